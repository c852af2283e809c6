// What several questions have in common: one of the site's own, how often, since when.

import type { ComponentChildren } from "preact";
import type { Comparison, Leaf } from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Combobox } from "../parts/combobox.tsx";
import { NumberInput, type Option, Select } from "../parts/field.tsx";
import { useKnown } from "./known.ts";

export interface LeafProps<L extends Leaf> {
	readonly leaf: L;
	readonly onChange: (leaf: L) => void;
	readonly label: string;
}
export type Of<F extends Leaf["field"]> = Extract<Leaf, { readonly field: F }>;

const comparisons = [">=", "<=", "="] as const;

export const Word = ({ children }: { readonly children: ComponentChildren }) => (
	<span class="builder-word">{children}</span>
);

/** One of what the site has; what is gone meanwhile stays named, so that it is seen. */
export function OneOf(props: {
	readonly value: string;
	readonly options: readonly Option[];
	readonly label: string;
	readonly onChange: (value: string) => void;
}) {
	const { value, options } = props;
	const all = options.some((one) => one.value === value) ? options : [{ value, label: value }, ...options];
	return <Select label={props.label} hideLabel value={value} options={all} onChange={props.onChange} />;
}

export function Which({
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

export function Count(props: {
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

export function Days<L extends Of<"sum"> | Of<"orders">>({ leaf, onChange, label }: LeafProps<L>) {
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

export function Tag<L extends Of<"tag"> | Of<"tagged">>({ leaf, onChange, label }: LeafProps<L>) {
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

export function Programme<L extends Of<"points"> | Of<"member"> | Of<"tier">>({
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
