// One column of a file: its name, what stands in it, and what it becomes.

import { call } from "../../api/call.ts";
import { useLang, useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { Checkbox, Input, type Option, Select } from "../../parts/field.tsx";
import { useSite } from "../../site.ts";
import type { ImportView, Target } from "./kept.ts";
import type { Named } from "./meanings.ts";
import { type AttributeType, choiceOf, fixedChoices, isReserved, ownChoice, targetOf } from "./targets.ts";

const types: readonly AttributeType[] = ["text", "number", "yes-no", "date", "list"];
/** 03/04/2026 is in March or in April; 2026-04-03 is not asked about. */
const monthMayBeFirst = /^\s*\d{1,2}[-./]\d{1,2}[-./]\d{4}/;
const samplesShown = 3;

export function ColumnTarget(props: {
	readonly column: ImportView["columns"][number];
	readonly target: Target;
	readonly meanings: readonly Named[];
	readonly isRepeated: boolean;
	readonly onChange: (target: Target) => void;
}) {
	const { column, target, meanings, isRepeated, onChange } = props;
	const { imports: words } = useWords();
	const choice = choiceOf(target, meanings);
	const ofGroup = (group: string, beginning: string): readonly Option[] =>
		fixedChoices
			.filter((value) => value.startsWith(beginning))
			.map((value) => ({ value, label: words.fixed[value] ?? value, group }));
	const { groups } = words;
	const options: readonly Option[] = [
		{ value: "nothing", label: words.nothing },
		...ofGroup(groups.known, "identifier."),
		...meanings
			.filter(({ name }) => !isReserved(name))
			.map(({ name, label }) => ({ value: `attribute.${name}`, label, group: groups.person })),
		{ value: ownChoice, label: words.own, group: groups.own },
		{ value: "tags", label: words.fixed.tags ?? "", group: groups.own },
		...ofGroup(groups.consent, "consent."),
		...ofGroup(groups.order, "order."),
		...ofGroup(groups.line, "line."),
	];
	return (
		<li class={target.to === "nothing" ? "is-left" : undefined}>
			<strong>{column.name}</strong>
			<span class="import-samples">
				{column.samples.length === 0 ? (
					<i>{words.emptyColumn}</i>
				) : (
					column.samples.slice(0, samplesShown).map((sample) => <span key={sample}>{sample}</span>)
				)}
			</span>
			<div class="import-target">
				<Select
					label={words.becomesOf(column.name)}
					hideLabel
					value={choice}
					options={options}
					{...(isRepeated && { error: words.usedTwice })}
					onChange={(chosen) => onChange(targetOf(chosen, column, meanings))}
				/>
				{target.to === "attribute" && choice === ownChoice && (
					<OwnAttribute target={target} onChange={onChange} />
				)}
				{isDated(target) &&
					(target.isMonthFirst || column.samples.some((sample) => monthMayBeFirst.test(sample))) && (
						<Checkbox
							label={words.monthFirst}
							checked={target.isMonthFirst === true}
							onChange={(isMonthFirst) => onChange({ ...target, isMonthFirst })}
						/>
					)}
				{target.to === "consent" && (
					<Input
						label={words.purpose}
						hint={words.consentHint}
						value={target.purpose}
						maxLength={64}
						required
						onInput={(purpose) => onChange({ ...target, purpose })}
					/>
				)}
			</div>
		</li>
	);
}

type Dated = Extract<Target, { to: "attribute" | "order" }>;

function isDated(target: Target): target is Dated {
	return (
		(target.to === "attribute" && target.type === "date") || (target.to === "order" && target.field === "at")
	);
}

type Attribute = Extract<Target, { to: "attribute" }>;
type Suggested = { readonly values: readonly { readonly value: string; readonly count: number | null }[] };

/** Named as one that people have already, or anew. */
function OwnAttribute({
	target,
	onChange,
}: {
	readonly target: Attribute;
	readonly onChange: (target: Target) => void;
}) {
	const { imports: words } = useWords();
	const lang = useLang();
	const site = useSite();
	async function suggest(written: string) {
		const query = new URLSearchParams({ field: "attribute", language: lang, limit: "8" });
		if (written !== "" && written !== target.name) query.set("q", written);
		const { values } = await call<Suggested>("GET", `${site.api}/suggestions?${query}`);
		return values.map(({ value }) => ({ value }));
	}
	return (
		<div class="import-own">
			<Combobox
				label={words.ownName}
				value={target.name}
				suggest={suggest}
				onChange={(name) => name.trim() !== "" && onChange({ ...target, name: name.trim() })}
			/>
			<Select
				label={words.ownType}
				value={target.type}
				options={types.map((value) => ({ value, label: words.types[value] }))}
				onChange={(type) => onChange({ to: "attribute", name: target.name, type })}
			/>
		</div>
	);
}
