// When an experience opens.

import { Plus, X } from "lucide";
import { type Trigger, triggersIn } from "../../../../domain/trigger.ts";
import { useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Choice, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Section } from "../../parts/page.tsx";
import { withValue } from "./draft.ts";
import { useEditing } from "./editing.ts";

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

export function WhenForm() {
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
