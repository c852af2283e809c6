// What the columns of a file become, and what everybody in it gets.

import { useMemo, useState } from "preact/hooks";
import { useDefinitions } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Checkbox, Input, Select, Switch } from "../../parts/field.tsx";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { ColumnTarget } from "./column.tsx";
import type { ImportView } from "./kept.ts";
import { type Named, useMeanings } from "./meanings.ts";
import { namesIn, recognisedBy, repeated } from "./targets.ts";

type Plan = ImportView["plan"];
export type SaidPlan = Pick<Plan, "columns" | "tags" | "categories" | "lists" | "firesRules">;
export type Reader = Pick<Plan, "encoding" | "delimiter" | "isNamed">;

const encodings: readonly Plan["encoding"][] = [
	"utf-8",
	"windows-1250",
	"iso-8859-2",
	"utf-16le",
	"utf-16be",
];
const delimiters: readonly Plan["delimiter"][] = [",", ";", "\t", "|"];

export interface MappingProps {
	readonly view: ImportView;
	readonly isBusy: boolean;
	readonly mayEdit: boolean;
	/** The file is to be read in another way: its columns may be others then. */
	readonly onRead: (reader: Reader) => Promise<void>;
	readonly onRehearse: (plan: SaidPlan) => void;
}

/** A column cannot be told from one of our own before it is known which attributes have a meaning. */
export function Mapping(props: MappingProps) {
	const meanings = useMeanings();
	return <Answered asked={meanings}>{(known) => <Columns {...props} meanings={known} />}</Answered>;
}

function Columns({
	view,
	isBusy,
	mayEdit,
	meanings,
	onRead,
	onRehearse,
}: MappingProps & { readonly meanings: readonly Named[] }) {
	const { imports: words } = useWords();
	const format = useFormat();
	const { plan } = view;
	const [columns, setColumns] = useState(plan.columns);
	const [tags, setTags] = useState(plan.tags.join(", "));
	const [categories, setCategories] = useState(plan.categories.join(", "));
	const [lists, setLists] = useState(plan.lists);
	const [firesRules, setFires] = useState(plan.firesRules);
	const again = useMemo(() => repeated(columns), [columns]);
	const by = recognisedBy(columns);

	// Another reading brings other columns with it.
	const read = JSON.stringify([plan.encoding, plan.delimiter, plan.isNamed, plan.columns.length]);
	const [drawn, setDrawn] = useState(read);
	if (drawn !== read) {
		setDrawn(read);
		setColumns(plan.columns);
	}
	const readAnew = (change: Partial<Reader>) => {
		const { encoding, delimiter, isNamed } = plan;
		void onRead({ encoding, delimiter, isNamed, ...change });
	};
	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault();
				onRehearse({ columns, tags: namesIn(tags), categories: namesIn(categories), lists, firesRules });
			}}
		>
			<fieldset class="stack" disabled={!mayEdit}>
				<Section title={words.columns} hint={words.columnsHint}>
					<ul class="import-columns" aria-label={words.columns}>
						<li class="import-columns-head" aria-hidden="true">
							<span>{words.column}</span>
							<span>{words.samples}</span>
							<span>{words.becomes}</span>
						</li>
						{view.columns.map((column, i) => {
							const target = columns[i];
							return (
								target && (
									<ColumnTarget
										key={`${read} ${column.name}`}
										column={column}
										target={target}
										meanings={meanings}
										isRepeated={again.has(i)}
										onChange={(next) => setColumns(columns.map((one, at) => (at === i ? next : one)))}
									/>
								)
							);
						})}
					</ul>
					{by.length === 0 ? (
						<Notice kind="warn">{words.noIdentifier}</Notice>
					) : (
						<p class="hint">{words.recognised(format.list(by.map((kind) => words.identifiers[kind])))}</p>
					)}
				</Section>
				<div class="columns">
					<Section title={words.everybody}>
						<Input
							label={words.tags}
							hint={words.tagsHint}
							placeholder={words.tagsPlaceholder}
							value={tags}
							onInput={setTags}
						/>
						<Input
							label={words.categories}
							hint={words.tagsHint}
							placeholder={words.categoriesPlaceholder}
							value={categories}
							onInput={setCategories}
						/>
						<Lists chosen={lists} onChange={setLists} />
						<Switch label={words.fires} hint={words.firesHint} checked={firesRules} onChange={setFires} />
					</Section>
					<Section title={words.reader} hint={words.readerHint}>
						<Select
							label={words.encoding}
							value={plan.encoding}
							options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
							onChange={(encoding) => readAnew({ encoding })}
						/>
						<Select
							label={words.delimiter}
							value={plan.delimiter}
							options={delimiters.map((value) => ({ value, label: words.delimiters[value] }))}
							onChange={(delimiter) => readAnew({ delimiter })}
						/>
						<Checkbox
							label={words.isNamed}
							checked={plan.isNamed}
							onChange={(isNamed) => readAnew({ isNamed })}
						/>
					</Section>
				</div>
			</fieldset>
			{mayEdit && (
				<div class="import-next-step">
					<Button kind="primary" type="submit" busy={isBusy} disabled={by.length === 0 || again.size > 0}>
						{words.rehearse}
					</Button>
					<span class="hint">
						{words.rehearseHint} {words.runUntil(format.date(view.keptUntil))}
					</span>
				</div>
			)}
		</form>
	);
}

/** Static lists that are live: the others nobody can be on. */
function Lists(props: {
	readonly chosen: readonly string[];
	readonly onChange: (chosen: readonly string[]) => void;
}) {
	const { chosen, onChange } = props;
	const { imports: words } = useWords();
	const lang = useLang();
	const { value } = useDefinitions("list");
	const live = value?.definitions.filter(({ live }) => live !== null) ?? [];
	if (live.length === 0) return null;
	return (
		<fieldset class="import-lists">
			<legend>{words.lists}</legend>
			{live.map(({ id, names }) => (
				<Checkbox
					key={id}
					label={names[lang]}
					checked={chosen.includes(id)}
					onChange={(isIn) => onChange(isIn ? [...chosen, id] : chosen.filter((one) => one !== id))}
				/>
			))}
		</fieldset>
	);
}
