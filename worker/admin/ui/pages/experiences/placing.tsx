// Where an experience stands, and when it opens.

import type { Surface } from "../../../../domain/surface.ts";
import { useWords } from "../../language.ts";
import { Checkbox, Choice, Input, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { languagesOf, setIn, withValue } from "./draft.ts";
import { useEditing, useProblem } from "./editing.ts";
import { WhenForm } from "./triggers.tsx";

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
