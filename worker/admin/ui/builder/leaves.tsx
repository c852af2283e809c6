// What can be asked of a person, and how each question is edited.

import type { DateLeaf, Leaf, ListTest, NumberLeaf, TextLeaf } from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Combobox } from "../parts/combobox.tsx";
import { Select } from "../parts/field.tsx";
import { useKnown } from "./known.ts";
import { Events, Sequence } from "./leaf-events.tsx";
import { Near } from "./leaf-near.tsx";
import { Count, Days, type LeafProps, OneOf, Programme, Tag, Which, Word } from "./leaf-parts.tsx";
import { MatchEditor } from "./match.tsx";
import {
	DateTestEditor,
	ListTestEditor,
	NumberTestEditor,
	TextTestEditor,
	ValueTestEditor,
} from "./tests.tsx";

const channels = ["email", "sms", "webpush", "phone", "post"] as const;
const states = ["given", "pending", "withdrawn"] as const;

/** Edits whatever a leaf asks. */
export function LeafEditor({ leaf, onChange, label }: LeafProps<Leaf>) {
	const known = useKnown();
	const { builder } = useWords();
	switch (leaf.field) {
		case "events":
			return <Events leaf={leaf} onChange={onChange} label={label} />;
		case "sum":
			return (
				<>
					<Combobox
						label={builder.property}
						hideLabel
						placeholder={builder.property}
						value={leaf.property}
						suggest={(written) => known.suggest("property", written, { event: leaf.match.name })}
						onChange={(property) => onChange({ ...leaf, property })}
					/>
					<Word>{builder.over}</Word>
					<MatchEditor
						label={builder.event}
						match={leaf.match}
						onChange={(match) => onChange({ ...leaf, match })}
					>
						<NumberTestEditor
							label={label}
							test={leaf.test}
							onChange={(test) => onChange({ ...leaf, test })}
						/>
						<Days leaf={leaf} onChange={onChange} label={label} />
					</MatchEditor>
				</>
			);
		case "moment":
			return (
				<>
					<Which value={leaf.which} onChange={(which) => onChange({ ...leaf, which })} />
					<MatchEditor
						label={builder.event}
						match={leaf.match}
						onChange={(match) => onChange({ ...leaf, match })}
					>
						<DateTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
					</MatchEditor>
				</>
			);
		case "sequence":
			return <Sequence leaf={leaf} onChange={onChange} label={label} />;
		case "orders":
			return (
				<>
					<Select
						label={label}
						hideLabel
						value={leaf.of}
						options={(["count", "revenue", "average"] as const).map((value) => ({
							value,
							label: builder.orders[value],
						}))}
						onChange={(of) => onChange({ ...leaf, of })}
					/>
					<NumberTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
					<Days leaf={leaf} onChange={onChange} label={label} />
				</>
			);
		case "cartProducts":
			return (
				<ListTestEditor
					label={label}
					test={leaf.test}
					suggest={(written) => known.suggest("product", written)}
					onChange={(test: ListTest) => onChange({ ...leaf, test })}
				/>
			);
		case "interest":
			return (
				<>
					<Select
						label={builder.interestIn}
						hideLabel
						value={leaf.in}
						options={(["category", "brand"] as const).map((value) => ({
							value,
							label: builder.interests[value],
						}))}
						onChange={(dimension) => onChange({ ...leaf, in: dimension })}
					/>
					<Combobox
						label={builder.interests[leaf.in]}
						hideLabel
						placeholder={builder.value}
						value={leaf.value}
						suggest={(written) => known.suggest(leaf.in, written)}
						onChange={(value) => onChange({ ...leaf, value })}
					/>
					<Select
						label={label}
						hideLabel
						value={leaf.of}
						options={(["strength", "share", "rank"] as const).map((value) => ({
							value,
							label: builder.interestOf[value],
						}))}
						onChange={(of) => onChange({ ...leaf, of })}
					/>
					<NumberTestEditor
						label={label}
						test={leaf.test}
						unit={leaf.of === "share" ? "%" : undefined}
						onChange={(test) => onChange({ ...leaf, test })}
					/>
				</>
			);
		case "tag":
			return (
				<>
					<Tag leaf={leaf} onChange={onChange} label={label} />
					<Count count={leaf.count} label={label} onChange={(count) => onChange({ ...leaf, count })} />
				</>
			);
		case "tagged":
			return (
				<>
					<Tag leaf={leaf} onChange={onChange} label={label} />
					<Which value={leaf.which} onChange={(which) => onChange({ ...leaf, which })} />
					<DateTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
				</>
			);
		case "points":
			return (
				<>
					<Programme leaf={leaf} onChange={onChange} label={label} />
					<Select
						label={label}
						hideLabel
						value={leaf.of}
						options={(["balance", "earned"] as const).map((value) => ({
							value,
							label: builder.points[value],
						}))}
						onChange={(of) => onChange({ ...leaf, of })}
					/>
					<NumberTestEditor label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
				</>
			);
		case "member":
			return <Programme leaf={leaf} onChange={onChange} label={label} />;
		case "tier": {
			const { tiers = [] } = known.programmes.find(({ value }) => value === leaf.programme) ?? {};
			return (
				<>
					<Programme leaf={leaf} onChange={onChange} label={label} />
					<Select
						label={builder.operator(label)}
						hideLabel
						value={leaf.op}
						options={(["is", "at-least"] as const).map((value) => ({ value, label: builder.tierOps[value] }))}
						onChange={(op) => onChange({ ...leaf, op })}
					/>
					<OneOf
						value={leaf.tier}
						options={tiers}
						label={label}
						onChange={(tier) => onChange({ ...leaf, tier })}
					/>
				</>
			);
		}
		case "list":
			return (
				<OneOf
					value={leaf.list}
					options={known.lists}
					label={label}
					onChange={(list) => onChange({ ...leaf, list })}
				/>
			);
		case "consent":
			return (
				<>
					<Select
						label={builder.channel}
						hideLabel
						value={leaf.channel}
						options={channels.map((value) => ({ value, label: builder.channels[value] }))}
						onChange={(channel) => onChange({ ...leaf, channel })}
					/>
					<Combobox
						label={builder.purpose}
						hideLabel
						placeholder={builder.purpose}
						value={leaf.purpose}
						suggest={(written) => known.suggest("purpose", written)}
						onChange={(purpose) => onChange({ ...leaf, purpose })}
					/>
					<Select
						label={label}
						hideLabel
						value={leaf.state}
						options={states.map((value) => ({ value, label: builder.states[value] }))}
						onChange={(state) => onChange({ ...leaf, state })}
					/>
				</>
			);
		case "segment":
			return (
				<OneOf
					value={leaf.segment}
					options={known.segments}
					label={label}
					onChange={(segment) => onChange({ ...leaf, segment })}
				/>
			);
		case "attribute": {
			const attribute = known.attributes.find(({ name }) => name === leaf.name);
			return (
				<>
					<Combobox
						label={builder.attribute}
						hideLabel
						placeholder={builder.attribute}
						value={leaf.name}
						suggest={(written) => known.suggest("attribute", written)}
						onChange={(name) => onChange({ ...leaf, name })}
					/>
					<ValueTestEditor
						label={attribute?.label ?? leaf.name}
						kind={attribute?.kind}
						named={attribute?.values}
						test={leaf.test}
						suggest={(written) => known.suggest(`attribute.${leaf.name}`, written)}
						onChange={(test) => onChange({ ...leaf, test })}
					/>
				</>
			);
		}
		case "age":
			return (
				<NumberTestEditor
					label={label}
					test={leaf.test}
					unit={builder.years}
					onChange={(test) => onChange({ ...leaf, test })}
				/>
			);
		case "near":
			return <Near leaf={leaf} onChange={onChange} label={label} />;
		default: {
			const field = known.fields.find(({ id }) => id === leaf.field);
			const props = { label, named: field?.values, unit: field?.unit };
			const suggest = (written: string) => known.suggest(leaf.field, written);
			// The type of a field decides which tests it has.
			if (field?.type === "number")
				return (
					<NumberTestEditor
						{...props}
						test={(leaf as NumberLeaf).test}
						onChange={(test) => onChange({ ...leaf, test } as Leaf)}
					/>
				);
			if (field?.type === "date")
				return (
					<DateTestEditor
						{...props}
						test={(leaf as DateLeaf).test}
						onChange={(test) => onChange({ ...leaf, test } as Leaf)}
					/>
				);
			return (
				<TextTestEditor
					{...props}
					suggest={suggest}
					test={(leaf as TextLeaf).test}
					onChange={(test) => onChange({ ...leaf, test } as Leaf)}
				/>
			);
		}
	}
}
