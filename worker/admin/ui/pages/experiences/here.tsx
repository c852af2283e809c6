// What else must be so of the page and the hour: its product, its address, the time.

import { Plus, X } from "lucide";
import type { PageCondition, PageLeaf, Zone } from "../../../../domain/page.ts";
import { NumberTestEditor, TextTestEditor } from "../../builder/tests.tsx";
import { useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Checkbox, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { withValue } from "./draft.ts";
import { useEditing } from "./editing.ts";

type Field = PageLeaf["field"];
const fields = [
	"page.product.category",
	"page.product.brand",
	"page.product.name",
	"page.product.id",
	"page.product.price",
	"page.query",
	"page.url",
	"page.referrer",
	"page.title",
	"page.hour",
	"page.weekday",
] as const satisfies readonly Field[];
const week = [1, 2, 3, 4, 5, 6, 7] as const;

function begin(field: (typeof fields)[number]): PageLeaf {
	const test = { op: "is", value: "" } as const;
	switch (field) {
		case "page.product.price":
			return { field, test: { op: ">=", n: 100 } };
		case "page.query":
			return { field, name: "utm_campaign", test };
		case "page.hour":
			return { field, from: 8, to: 16, zone: "site" };
		case "page.weekday":
			return { field, days: [1, 2, 3, 4, 5], zone: "site" };
		default:
			return { field, test };
	}
}

/** All of these leaves; nothing of what is built otherwise. */
function leavesOf(here: PageCondition | undefined): readonly PageLeaf[] | undefined {
	if (here === undefined) return [];
	if ("field" in here) return [here];
	if (!("all" in here)) return undefined;
	const leaves = here.all.filter((one) => "field" in one);
	return leaves.length === here.all.length ? leaves : undefined;
}

export function HereForm() {
	const { experiences: words, shell } = useWords();
	const { draft, change } = useEditing();
	const leaves = leavesOf(draft.here);
	if (!leaves) return <p class="hint">{words.hereOtherwise}</p>;
	const set = (next: readonly PageLeaf[], what?: string) =>
		change(withValue(draft, ["here"], next.length > 0 ? { all: next } : undefined), what);
	return (
		<fieldset class="editor-group">
			<legend>{words.here}</legend>
			{leaves.map((leaf, index) => (
				<div key={index} class="editor-item">
					<div class="editor-item-head">
						<b>{words.hereFields[leaf.field]}</b>
						<IconButton
							small
							icon={X}
							label={`${shell.remove}: ${words.hereFields[leaf.field]}`}
							onClick={() => set(leaves.toSpliced(index, 1))}
						/>
					</div>
					<LeafForm leaf={leaf} onChange={(next) => set(leaves.with(index, next), `here ${index}`)} />
				</div>
			))}
			<Menu
				label={words.addHere}
				icon={Plus}
				kind="plain"
				small
				acts={fields.map((field) => ({
					label: words.hereFields[field],
					onAct: () => set([...leaves, begin(field)]),
				}))}
			>
				{words.addHere}
			</Menu>
		</fieldset>
	);
}

function LeafForm({
	leaf,
	onChange,
}: {
	readonly leaf: PageLeaf;
	readonly onChange: (leaf: PageLeaf) => void;
}) {
	const { experiences: words } = useWords();
	const label = words.hereFields[leaf.field];
	switch (leaf.field) {
		// A path is asked for with the pages.
		case "page.path":
			return <code>{leaf.test.value}</code>;
		case "page.product.price":
			return (
				<div class="row">
					<NumberTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
				</div>
			);
		case "page.query":
			return (
				<>
					<Input label={words.parameter} value={leaf.name} onInput={(name) => onChange({ ...leaf, name })} />
					<div class="row">
						<TextTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
					</div>
				</>
			);
		case "page.hour":
			return (
				<>
					<div class="editor-pair">
						<NumberInput
							label={words.fromHour}
							min={0}
							max={24}
							value={leaf.from}
							onInput={(from) => from !== undefined && onChange({ ...leaf, from })}
						/>
						<NumberInput
							label={words.toHour}
							min={0}
							max={24}
							value={leaf.to}
							onInput={(to) => to !== undefined && onChange({ ...leaf, to })}
						/>
					</div>
					<ZoneSelect zone={leaf.zone} onChange={(zone) => onChange({ ...leaf, zone })} />
				</>
			);
		case "page.weekday":
			return (
				<>
					<div class="row">
						{week.map((day) => (
							<Checkbox
								key={day}
								label={words.weekdays[day]}
								checked={leaf.days.includes(day)}
								disabled={leaf.days.length === 1 && leaf.days.includes(day)}
								onChange={(isIn) =>
									onChange({
										...leaf,
										days: week.filter((one) => (one === day ? isIn : leaf.days.includes(one))),
									})
								}
							/>
						))}
					</div>
					<ZoneSelect zone={leaf.zone} onChange={(zone) => onChange({ ...leaf, zone })} />
				</>
			);
		default:
			return (
				<div class="row">
					<TextTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
				</div>
			);
	}
}

function ZoneSelect({ zone, onChange }: { readonly zone: Zone; readonly onChange: (zone: Zone) => void }) {
	const { experiences: words } = useWords();
	return (
		<Select
			label={words.clock}
			value={zone}
			options={(["site", "visitor"] as const).map((value) => ({ value, label: words.clocks[value] }))}
			onChange={onChange}
		/>
	);
}
