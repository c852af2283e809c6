// What can be asked of a person, and how each question is edited.

import type { ComponentChildren } from "preact";
import type {
	Comparison,
	DateLeaf,
	Leaf,
	ListTest,
	NumberLeaf,
	TextLeaf,
} from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Combobox } from "../parts/combobox.tsx";
import { NumberInput, type Option, Select } from "../parts/field.tsx";
import { Duration } from "./duration.tsx";
import { useKnown } from "./known.ts";
import { MatchEditor } from "./match.tsx";
import {
	DateTestEditor,
	ListTestEditor,
	NumberTestEditor,
	TextTestEditor,
	ValueTestEditor,
} from "./tests.tsx";

interface LeafProps<L extends Leaf> {
	readonly leaf: L;
	readonly onChange: (leaf: L) => void;
	readonly label: string;
}
type Of<F extends Leaf["field"]> = Extract<Leaf, { readonly field: F }>;

const dayMs = 86_400_000;
const comparisons = [">=", "<=", "="] as const;
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

const Word = ({ children }: { readonly children: ComponentChildren }) => (
	<span class="builder-word">{children}</span>
);

function Events({ leaf, onChange }: LeafProps<Of<"events">>) {
	const { builder } = useWords();
	const { suggest } = useKnown();
	const { by, withinMs } = leaf;
	const within = withinMs === undefined ? "ever" : "within";
	const counted = by === undefined ? "event" : by === "visit" ? "visit" : "property";
	const without = (name: "by" | "withinMs"): Of<"events"> => {
		const { [name]: _, ...left } = leaf;
		return left;
	};
	return (
		<MatchEditor label={builder.event} match={leaf.match} onChange={(match) => onChange({ ...leaf, match })}>
			<Count count={leaf.count} label={builder.event} onChange={(count) => onChange({ ...leaf, count })} />
			<Select
				label={builder.countedBy}
				hideLabel
				value={counted}
				options={(["event", "visit", "property"] as const).map((value) => ({
					value,
					label: builder.countBy[value],
				}))}
				onChange={(next) =>
					onChange(
						next === "event"
							? without("by")
							: { ...leaf, by: next === "visit" ? "visit" : { property: "product" } },
					)
				}
			/>
			{typeof by === "object" && (
				<Combobox
					label={builder.property}
					hideLabel
					placeholder={builder.property}
					value={by.property}
					suggest={(written) => suggest("property", written, { event: leaf.match.name })}
					onChange={(property) => onChange({ ...leaf, by: { property } })}
				/>
			)}
			<Select
				label={builder.when}
				hideLabel
				value={within}
				options={(["ever", "within"] as const).map((value) => ({ value, label: builder.withins[value] }))}
				onChange={(next) =>
					onChange(next === "ever" ? without("withinMs") : { ...leaf, withinMs: 30 * dayMs })
				}
			/>
			{withinMs !== undefined && (
				<Duration label={builder.when} ms={withinMs} onChange={(ms) => onChange({ ...leaf, withinMs: ms })} />
			)}
		</MatchEditor>
	);
}

function Sequence({ leaf, onChange }: LeafProps<Of<"sequence">>) {
	const { builder } = useWords();
	return (
		<>
			<Word>{builder.first}</Word>
			<MatchEditor
				label={builder.first}
				match={leaf.first}
				onChange={(first) => onChange({ ...leaf, first })}
			/>
			<Word>{builder.thenWithin}</Word>
			<Duration
				label={builder.thenWithin}
				ms={leaf.thenWithinMs}
				onChange={(thenWithinMs) => onChange({ ...leaf, thenWithinMs })}
			/>
			<MatchEditor
				label={builder.thenWithin}
				match={leaf.second}
				onChange={(second) => onChange({ ...leaf, second })}
			/>
		</>
	);
}

function Near({ leaf, onChange }: LeafProps<Of<"near">>) {
	const { builder } = useWords();
	return (
		<>
			<NumberInput
				label={builder.km}
				hideLabel
				min={1}
				value={leaf.km}
				unit={builder.km}
				onInput={(km = 1) => onChange({ ...leaf, km })}
			/>
			<Word>{builder.from}</Word>
			<NumberInput
				label={builder.latitude}
				hideLabel
				min={-90}
				max={90}
				step={0.0001}
				value={leaf.latitude}
				unit={builder.latitude}
				onInput={(latitude = 0) => onChange({ ...leaf, latitude })}
			/>
			<NumberInput
				label={builder.longitude}
				hideLabel
				min={-180}
				max={180}
				step={0.0001}
				value={leaf.longitude}
				unit={builder.longitude}
				onInput={(longitude = 0) => onChange({ ...leaf, longitude })}
			/>
		</>
	);
}

function Tag<L extends Of<"tag"> | Of<"tagged">>({ leaf, onChange, label }: LeafProps<L>) {
	const { suggest } = useKnown();
	const { builder } = useWords();
	return (
		<Combobox
			label={label}
			hideLabel
			placeholder={builder.tag}
			value={leaf.tag}
			suggest={(written) => suggest("tag", written)}
			onChange={(tag) => onChange({ ...leaf, tag })}
		/>
	);
}

function Programme<L extends Of<"points"> | Of<"member"> | Of<"tier">>({
	leaf,
	onChange,
	label,
}: LeafProps<L>) {
	const { programmes } = useKnown();
	return (
		<OneOf
			value={leaf.programme}
			options={programmes}
			label={label}
			onChange={(programme) => onChange({ ...leaf, programme })}
		/>
	);
}

/** One of what the site has; what is gone meanwhile stays named, so that it is seen. */
function OneOf(props: {
	readonly value: string;
	readonly options: readonly Option[];
	readonly label: string;
	readonly onChange: (value: string) => void;
}) {
	const { value, options } = props;
	const all = options.some((one) => one.value === value) ? options : [{ value, label: value }, ...options];
	return <Select label={props.label} hideLabel value={value} options={all} onChange={props.onChange} />;
}

function Which({
	value,
	onChange,
}: {
	readonly value: "first" | "last";
	readonly onChange: (which: "first" | "last") => void;
}) {
	const { builder } = useWords();
	return (
		<Select
			label={builder.which}
			hideLabel
			value={value}
			options={(["first", "last"] as const).map((one) => ({ value: one, label: builder.whichOnes[one] }))}
			onChange={onChange}
		/>
	);
}

function Count(props: {
	readonly count: Comparison;
	readonly label: string;
	readonly onChange: (count: Comparison) => void;
}) {
	const { count, label, onChange } = props;
	const { builder } = useWords();
	return (
		<span class="builder-pair">
			<Select
				label={builder.operator(label)}
				hideLabel
				value={count.op}
				options={comparisons.map((value) => ({ value, label: builder.countOps[value] }))}
				onChange={(op) => onChange({ ...count, op })}
			/>
			<NumberInput
				label={label}
				hideLabel
				min={0}
				max={100}
				value={count.n}
				unit={builder.times}
				onInput={(n = 0) => onChange({ ...count, n: Math.min(100, Math.max(0, Math.round(n))) })}
			/>
		</span>
	);
}

function Days<L extends Of<"sum"> | Of<"orders">>({ leaf, onChange, label }: LeafProps<L>) {
	const { builder } = useWords();
	return (
		<span class="builder-pair">
			<Select
				label={builder.when}
				hideLabel
				value={leaf.days === undefined ? "ever" : "within"}
				options={(["ever", "within"] as const).map((value) => ({ value, label: builder.withins[value] }))}
				onChange={(next) => {
					const { days: _, ...left } = leaf;
					onChange((next === "ever" ? left : { ...leaf, days: 30 }) as L);
				}}
			/>
			{leaf.days !== undefined && (
				<NumberInput
					label={label}
					hideLabel
					min={1}
					max={400}
					value={leaf.days}
					unit={builder.days}
					onInput={(days) => days !== undefined && days >= 1 && onChange({ ...leaf, days: Math.round(days) })}
				/>
			)}
		</span>
	);
}
