// What an import would do, and what it has done: the same figures beforehand and afterwards.

import { ArrowLeft, Play, Users } from "lucide";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { Bars, Stat } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { Examples } from "./examples.tsx";
import type { ImportView, Totals } from "./kept.ts";
import { type Names, ownMarks, useNames } from "./names.ts";

export function Rehearsal(props: {
	readonly view: ImportView;
	readonly rehearsal: NonNullable<ImportView["rehearsal"]>;
	readonly isBusy: boolean;
	readonly mayRun: boolean;
	readonly onRun: () => void;
	readonly onMap: () => void;
}) {
	const { view, rehearsal, isBusy, mayRun, onRun, onMap } = props;
	const { imports: words } = useWords();
	const { people } = view.reading;
	return (
		<Section
			title={words.rehearsal}
			hint={words.rehearsalHint}
			actions={
				mayRun && (
					<>
						<Button icon={ArrowLeft} onClick={onMap}>
							{words.mapping}
						</Button>
						{people > 0 && (
							<Button kind="primary" icon={Play} busy={isBusy} onClick={onRun}>
								{words.run(people)}
							</Button>
						)}
					</>
				)
			}
		>
			{people === 0 && <Notice kind="bad">{words.nobody}</Notice>}
			<Figures totals={rehearsal.totals} reading={view.reading} />
		</Section>
	);
}

/** Less near than the rows that are to be put right. */
export function Foreseen({
	view,
	rehearsal,
}: {
	readonly view: ImportView;
	readonly rehearsal: NonNullable<ImportView["rehearsal"]>;
}) {
	const { imports: words } = useWords();
	const names = useNames();
	return (
		<>
			<Gets totals={rehearsal.totals} firesRules={view.plan.firesRules} names={names} />
			<Examples title={words.examplesNew} examples={rehearsal.new} view={view} names={names} />
			<Examples title={words.examplesChanged} examples={rehearsal.changed} view={view} names={names} />
		</>
	);
}

export function Result({ view }: { readonly view: ImportView }) {
	const { imports: words } = useWords();
	const names = useNames();
	const site = useSite();
	return (
		<>
			<Section
				title={words.result}
				actions={
					view.status === "done" && (
						<LinkButton icon={Users} href={`${site.home}/people`}>
							{words.seePeople}
						</LinkButton>
					)
				}
			>
				<Figures totals={view.totals} reading={view.reading} />
			</Section>
			<Gets totals={view.totals} firesRules={view.plan.firesRules} names={names} />
		</>
	);
}

function Figures({ totals, reading }: { readonly totals: Totals; readonly reading: ImportView["reading"] }) {
	const { imports: words } = useWords();
	const format = useFormat();
	const lesser = [
		[words.orders, totals.orders],
		[words.merged, reading.merged, words.mergedHint],
		[words.consents, reading.consents],
		[words.conflicts, reading.conflicts],
		[words.failed, reading.failed],
	] as const;
	return (
		<>
			<div class="stats">
				<Stat label={words.new} value={format.number(totals.new)} />
				<Stat label={words.changed} value={format.number(totals.changed)} />
				<Stat label={words.same} value={format.number(totals.same)} />
			</div>
			<dl class="facts">
				{lesser
					.filter(([, n]) => n > 0)
					.map(([name, n, hint]) => (
						<>
							<dt key={name}>{name}</dt>
							<dd>
								{format.number(n)} {hint && <small>{hint}</small>}
							</dd>
						</>
					))}
			</dl>
			{reading.isCut && <Notice kind="warn">{words.isCut}</Notice>}
		</>
	);
}

function Gets({
	totals,
	firesRules,
	names,
}: {
	readonly totals: Totals;
	readonly firesRules: boolean;
	readonly names: Names;
}) {
	const { imports: words } = useWords();
	const itself = (name: string) => name;
	const attributes = Object.fromEntries(
		Object.entries(totals.attributes).filter(([name]) => !ownMarks.has(name)),
	);
	const lists = [
		[words.attributes, attributes, names.attribute],
		[words.gainedTags, totals.tags, itself],
		[words.rules, totals.rules, names.rule],
		[words.entered, totals.entered, names.segment],
		[words.left, totals.left, names.segment],
	] as const;
	const told = lists.filter(([, counts]) => Object.keys(counts).length > 0);
	if (told.length === 0) return null;
	return (
		<Section title={words.gets} {...(!firesRules && { hint: words.noRules })}>
			<div class="columns">
				{told.map(([title, counts, nameOf]) => (
					<Counts key={title} title={title} counts={counts} nameOf={nameOf} />
				))}
			</div>
		</Section>
	);
}

const countsShown = 8;

function Counts(props: {
	readonly title: string;
	readonly counts: Readonly<Record<string, number>>;
	readonly nameOf: (key: string) => string;
}) {
	const { title, counts, nameOf } = props;
	const format = useFormat();
	const { shell } = useWords();
	const all = Object.entries(counts)
		.toSorted(([, a], [, b]) => b - a)
		.map(([key, value]) => ({ key, name: nameOf(key), value, shown: format.number(value) }));
	const rest = all.slice(countsShown);
	return (
		<div class="import-counts">
			<h3>{title}</h3>
			<Bars label={title} rows={all.slice(0, countsShown)} />
			{rest.length > 0 && (
				<details>
					<summary>{shell.more}</summary>
					<Bars label={title} rows={rest} />
				</details>
			)}
		</div>
	);
}
