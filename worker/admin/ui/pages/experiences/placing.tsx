// Where an experience stands, and when it opens.

import { Plus, X } from "lucide";
import type { Surface } from "../../../../domain/surface.ts";
import { type Trigger, triggersIn } from "../../../../domain/trigger.ts";
import { useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Checkbox, Choice, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Section } from "../../parts/page.tsx";
import { languagesOf, setIn, withValue } from "./draft.ts";
import { useEditing, useProblem } from "./editing.ts";

type SurfaceKind = Surface["kind"];
const over: readonly SurfaceKind[] = ["modal", "corner", "bar", "full", "spotlight"];
const corners = ["bottom-end", "bottom-start", "top-end", "top-start"] as const;

function beginSurface(kind: SurfaceKind): Surface {
	switch (kind) {
		case "corner":
			return { kind, at: "bottom-end" };
		case "bar":
			return { kind, at: "top" };
		case "spotlight":
			return { kind, beside: "#" };
		case "inline":
			return { kind, place: { slot: "banner" } };
		default:
			return { kind };
	}
}

export default function Placing() {
	return (
		<>
			<WhereForm />
			<WhenForm />
		</>
	);
}

function WhereForm() {
	const { experiences: words } = useWords();
	const { draft, change, language } = useEditing();
	const surface: Surface = draft.surface ?? { kind: "modal" };
	const isOver = ["popup", "greeting"].includes(draft.kind ?? "popup");
	const kinds = isOver ? over : [...over, "inline" as const];
	const set = (next: Surface, what?: string) => change(withValue(draft, ["surface"], next), what);
	const error = useProblem(["surface"]);
	const teaser = draft.content[language]?.teaser;
	const setTeaser = (way: "before" | "after" | "at", value: string | undefined) => {
		let edited = draft;
		for (const one of languagesOf(draft))
			if (way === "at" ? draft.content[one]?.teaser : one === language)
				edited = setIn(edited, one, ["teaser", way], value, false);
		change(edited, `teaser ${way}`);
	};
	const toggleTeaser = (isOn: boolean) => {
		let edited = draft;
		for (const one of languagesOf(draft))
			edited = setIn(
				edited,
				one,
				["teaser"],
				isOn ? { after: one === "pl" ? "Oferta" : "Offer", at: "bottom-start" } : undefined,
				false,
			);
		change(edited);
	};
	return (
		<Section title={words.where} hint={words.whereHint}>
			<Select
				label={words.surface}
				{...(error !== undefined && { error })}
				value={surface.kind}
				options={(kinds.includes(surface.kind) ? kinds : [...kinds, surface.kind]).map((value) => ({
					value,
					label: words.surfaces[value],
				}))}
				onChange={(kind) => set(beginSurface(kind))}
			/>
			{surface.kind === "corner" && (
				<Select
					label={words.corner}
					value={surface.at}
					options={corners.map((value) => ({ value, label: words.corners[value] }))}
					onChange={(at) => set({ ...surface, at })}
				/>
			)}
			{surface.kind === "bar" && (
				<Choice
					label={words.edge}
					value={surface.at}
					options={(["top", "bottom"] as const).map((value) => ({ value, label: words.edges[value] }))}
					onChange={(at) => set({ ...surface, at })}
				/>
			)}
			{surface.kind === "spotlight" && (
				<Input
					label={words.beside}
					hint={words.selectorHint}
					value={surface.beside}
					onInput={(beside) => set({ ...surface, beside }, "beside")}
				/>
			)}
			{surface.kind === "inline" && <PlaceForm surface={surface} set={set} />}
			{surface.kind !== "inline" && (
				<>
					<Checkbox
						label={words.teaser}
						hint={words.teaserHint}
						checked={teaser !== undefined}
						onChange={toggleTeaser}
					/>
					{teaser && (
						<>
							<Input
								label={words.teaserBefore}
								maxLength={40}
								value={teaser.before ?? ""}
								onInput={(text) => setTeaser("before", text || undefined)}
							/>
							<Input
								label={words.teaserAfter}
								maxLength={40}
								value={teaser.after ?? ""}
								onInput={(text) => setTeaser("after", text || undefined)}
							/>
							<Select
								label={words.corner}
								value={teaser.at}
								options={corners.map((value) => ({ value, label: words.corners[value] }))}
								onChange={(at) => setTeaser("at", at)}
							/>
						</>
					)}
					<Checkbox
						label={words.onLanding}
						hint={words.onLandingHint}
						checked={draft.onLanding === true}
						onChange={(isOn) => change(withValue(draft, ["onLanding"], isOn ? true : undefined))}
					/>
				</>
			)}
		</Section>
	);
}

function PlaceForm({
	surface,
	set,
}: {
	readonly surface: Extract<Surface, { kind: "inline" }>;
	readonly set: (surface: Surface, what?: string) => void;
}) {
	const { experiences: words } = useWords();
	const { place } = surface;
	const isSlot = "slot" in place;
	return (
		<>
			<Choice
				label={words.place}
				value={isSlot ? "slot" : "selector"}
				options={(["slot", "selector"] as const).map((value) => ({ value, label: words.places[value] }))}
				onChange={(way) =>
					set({
						kind: "inline",
						place: way === "slot" ? { slot: "banner" } : { selector: "main", put: "before" },
					})
				}
			/>
			{isSlot ? (
				<Input
					label={words.slot}
					hint={<code>{`<div data-witaj="${place.slot}"></div>`}</code>}
					value={place.slot}
					onInput={(slot) => set({ kind: "inline", place: { slot } }, "slot")}
				/>
			) : (
				<>
					<Input
						label={words.selector}
						hint={words.selectorHint}
						value={place.selector}
						onInput={(selector) => set({ kind: "inline", place: { ...place, selector } }, "selector")}
					/>
					<Select
						label={words.put}
						value={place.put}
						options={(["before", "after", "inside", "instead"] as const).map((value) => ({
							value,
							label: words.puts[value],
						}))}
						onChange={(put) => set({ kind: "inline", place: { ...place, put } })}
					/>
				</>
			)}
		</>
	);
}

type TriggerKind = Trigger["kind"];
const triggerKinds: readonly TriggerKind[] = [
	"at-once",
	"presence",
	"scroll",
	"exit",
	"idle",
	"pages",
	"seen",
	"click",
	"cart",
	"event",
	"return",
	"copy",
];

function beginTrigger(kind: TriggerKind): Trigger {
	switch (kind) {
		case "presence":
			return { kind, seconds: 5 };
		case "idle":
			return { kind, seconds: 30 };
		case "scroll":
			return { kind, depth: 50 };
		case "pages":
			return { kind, n: 2 };
		case "seen":
		case "click":
			return { kind, selector: "#" };
		case "event":
			return { kind, name: "Product Added" };
		default:
			return { kind };
	}
}

function WhenForm() {
	const { experiences: words, shell } = useWords();
	const { draft, change } = useEditing();
	const all = triggersIn(draft.trigger);
	const join = "all" in draft.trigger ? "all" : "any";
	const set = (next: readonly Trigger[], how: "any" | "all" = join, what?: string) => {
		const [only] = next;
		const trigger = next.length === 1 && only ? only : { [how]: next };
		change(withValue(draft, ["trigger"], trigger), what);
	};
	return (
		<Section title={words.when} hint={words.whenHint}>
			{all.length > 1 && (
				<Choice
					label={words.join}
					hideLabel
					value={join}
					options={(["any", "all"] as const).map((value) => ({ value, label: words.joins[value] }))}
					onChange={(how) => set(all, how)}
				/>
			)}
			{all.map((trigger, index) => (
				<div key={index} class="editor-item">
					<div class="editor-item-head">
						<Select
							label={words.trigger}
							hideLabel
							value={trigger.kind}
							options={triggerKinds.map((value) => ({ value, label: words.triggers[value] }))}
							onChange={(kind) => set(all.with(index, beginTrigger(kind)))}
						/>
						<IconButton
							small
							icon={X}
							label={shell.remove}
							disabled={all.length === 1}
							onClick={() => set(all.toSpliced(index, 1))}
						/>
					</div>
					<TriggerForm
						trigger={trigger}
						onChange={(next) => set(all.with(index, next), join, `trigger ${index}`)}
					/>
				</div>
			))}
			{all.length < 10 && (
				<Menu
					label={words.addTrigger}
					icon={Plus}
					kind="plain"
					small
					acts={triggerKinds.map((kind) => ({
						label: words.triggers[kind],
						onAct: () => set([...all, beginTrigger(kind)]),
					}))}
				>
					{words.addTrigger}
				</Menu>
			)}
		</Section>
	);
}

function TriggerForm({
	trigger,
	onChange,
}: {
	readonly trigger: Trigger;
	readonly onChange: (trigger: Trigger) => void;
}) {
	const { experiences: words } = useWords();
	switch (trigger.kind) {
		case "presence":
		case "idle":
			return (
				<div class="editor-pair">
					<NumberInput
						label={words.seconds}
						min={1}
						max={3600}
						value={trigger.seconds}
						onInput={(seconds) => seconds !== undefined && onChange({ ...trigger, seconds })}
					/>
					{trigger.kind === "presence" && (
						<Select
							label={words.counted}
							value={trigger.of ?? "page"}
							options={(["page", "visit"] as const).map((value) => ({ value, label: words.ofs[value] }))}
							onChange={(of) => onChange({ ...trigger, of })}
						/>
					)}
				</div>
			);
		case "scroll":
			return (
				<NumberInput
					label={words.depth}
					unit="%"
					min={1}
					max={100}
					value={trigger.depth}
					onInput={(depth) => depth !== undefined && onChange({ ...trigger, depth })}
				/>
			);
		case "pages":
			return (
				<NumberInput
					label={words.pagesSeen}
					min={1}
					max={100}
					value={trigger.n}
					onInput={(n) => n !== undefined && onChange({ ...trigger, n })}
				/>
			);
		case "seen":
		case "click":
			return (
				<Input
					label={words.selector}
					hint={words.selectorHint}
					value={trigger.selector}
					onInput={(selector) => onChange({ ...trigger, selector })}
				/>
			);
		case "cart":
			return (
				<NumberInput
					label={words.cartFrom}
					min={0}
					value={trigger.from}
					onInput={(from) => onChange(from === undefined ? { kind: "cart" } : { ...trigger, from })}
				/>
			);
		case "event":
			return (
				<Input label={words.event} value={trigger.name} onInput={(name) => onChange({ ...trigger, name })} />
			);
		default:
			return null;
	}
}
