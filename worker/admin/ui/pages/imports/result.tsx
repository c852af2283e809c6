// What an import would do, and what it has done: the same figures beforehand and afterwards.

import { ArrowLeft, Play, Users } from "lucide";
import type { ComponentChildren } from "preact";
import { useDefinitions } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { Badge, Bars, Stat } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import type { Example, ImportView, Totals } from "./kept.ts";
import { labelIn, useMeanings } from "./meanings.ts";
import type { AttributeType } from "./targets.ts";

export function Rehearsal(props: {
	readonly view: ImportView;
	readonly rehearsal: NonNullable<ImportView["rehearsal"]>;
	readonly isBusy: boolean;
	readonly mayRun: boolean;
	readonly onRun: () => void;
	readonly onMap: () => void;
	/** Rows to be put right: nearer than examples of those that are. */
	readonly children: ComponentChildren;
}) {
	const { view, rehearsal, isBusy, mayRun, onRun, onMap, children } = props;
	const { imports: words } = useWords();
	const { people } = view.reading;
	const isStale = view.status === "read";
	return (
		<>
			<Section
				title={words.rehearsal}
				hint={words.rehearsalHint}
				actions={
					mayRun && (
						<>
							<Button icon={ArrowLeft} onClick={onMap}>
								{words.mapping}
							</Button>
							{!isStale && people > 0 && (
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
			{children}
			<Gets totals={rehearsal.totals} firesRules={view.plan.firesRules} />
			<Examples title={words.examplesNew} examples={rehearsal.new} view={view} />
			<Examples title={words.examplesChanged} examples={rehearsal.changed} view={view} />
		</>
	);
}

export function Result({ view }: { readonly view: ImportView }) {
	const { imports: words } = useWords();
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
			<Gets totals={view.totals} firesRules={view.plan.firesRules} />
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

/** What rules and segments are called: by their ids, of which each kind has its own. */
function useNames(): { readonly rule: (id: string) => string; readonly segment: (id: string) => string } {
	const lang = useLang();
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const tagRules = useDefinitions("tag-rule").value?.definitions ?? [];
	const scoreRules = useDefinitions("score-rule").value?.definitions ?? [];
	const rules = [...tagRules, ...scoreRules];
	return {
		rule: (id) => rules.find((one) => one.id === id)?.names[lang] ?? id,
		segment: (id) => segments.find((one) => one.id === id)?.names[lang] ?? id,
	};
}

function Gets({ totals, firesRules }: { readonly totals: Totals; readonly firesRules: boolean }) {
	const { imports: words } = useWords();
	const names = useNames();
	const meanings = useMeanings();
	const itself = (name: string) => name;
	const attributes = Object.fromEntries(
		Object.entries(totals.attributes).filter(([name]) => !ownMarks.has(name)),
	);
	const lists = [
		[words.attributes, attributes, (name: string) => labelIn(meanings, name)],
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

const examplesShown = 5;

function Examples(props: {
	readonly title: string;
	readonly examples: readonly Example[];
	readonly view: ImportView;
}) {
	const { title, examples, view } = props;
	const { shell } = useWords();
	if (examples.length === 0) return null;
	const rest = examples.slice(examplesShown);
	return (
		<Section title={title}>
			<ul class="import-examples">
				{examples.slice(0, examplesShown).map((one) => (
					<One key={one.line} example={one} view={view} />
				))}
			</ul>
			{rest.length > 0 && (
				<details>
					<summary>{shell.more}</summary>
					<ul class="import-examples">
						{rest.map((one) => (
							<One key={one.line} example={one} view={view} />
						))}
					</ul>
				</details>
			)}
		</Section>
	);
}

/** Said of whoever is new, and by nobody's file. */
const ownMarks: ReadonlySet<string> = new Set(["created", "origin"]);

function One({ example, view }: { readonly example: Example; readonly view: ImportView }) {
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const names = useNames();
	const meanings = useMeanings();
	const typeOf = (attribute: string) =>
		view.plan.columns.flatMap((one) =>
			one.to === "attribute" && one.name === attribute ? [one.type] : [],
		)[0];
	const { line, person, tags, rules, entered, left } = example;
	const changes = example.changes.filter(({ attribute }) => !ownMarks.has(attribute));
	const name = nameOf(changes) ?? words.line(format.number(line));
	return (
		<li>
			<p class="import-example-name">
				{person ? <a href={`${site.home}/people/${person}`}>{name}</a> : <b>{name}</b>}
				<small>{words.line(format.number(line))}</small>
			</p>
			{changes.length === 0 ? (
				<p class="hint">{words.noChanges}</p>
			) : (
				<dl class="import-changes">
					{changes.map(({ attribute, from, to }) => {
						const type = typeOf(attribute);
						return (
							<div key={attribute}>
								<dt>{labelIn(meanings, attribute)}</dt>
								<dd>
									{from !== null && (
										<>
											<del>{shown(from, type, format.date)}</del>{" "}
										</>
									)}
									{shown(to, type, format.date)}
								</dd>
							</div>
						);
					})}
				</dl>
			)}
			<Marks>
				{tags.map((tag) => (
					<Badge key={`t${tag}`}>{tag}</Badge>
				))}
				{rules.map((id) => (
					<Badge key={`r${id}`} kind="accent" title={words.rules}>
						{names.rule(id)}
					</Badge>
				))}
				{entered.map((id) => (
					<Badge key={`e${id}`} kind="good" title={words.entered}>
						{names.segment(id)}
					</Badge>
				))}
				{left.map((id) => (
					<Badge key={`l${id}`} kind="warn" title={words.left}>
						{names.segment(id)}
					</Badge>
				))}
			</Marks>
		</li>
	);
}

function Marks({ children }: { readonly children: ComponentChildren }) {
	return <p class="row">{children}</p>;
}

type Change = Example["changes"][number];

function nameOf(changes: readonly Change[]): string | undefined {
	const of = (attribute: string) => {
		const to = changes.find((one) => one.attribute === attribute)?.to;
		return typeof to === "string" ? to : undefined;
	};
	const whole = [of("firstName"), of("lastName")].filter((part) => part !== undefined).join(" ");
	return of("name") ?? (whole || of("email") || undefined);
}

/** An instant is one by its attribute: a number is no date of itself. */
function shown(value: Change["to"], type: AttributeType | undefined, dateOf: (at: number) => string): string {
	if (typeof value === "number" && type === "date") return dateOf(value);
	return typeof value === "object" ? value.join(", ") : String(value);
}
