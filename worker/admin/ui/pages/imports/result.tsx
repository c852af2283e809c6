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

/** What attributes, rules and segments are called: asked once, for all who are shown. */
interface Names {
	readonly attribute: (name: string) => string;
	readonly rule: (id: string) => string;
	readonly segment: (id: string) => string;
}

function useNames(): Names {
	const lang = useLang();
	const meanings = useMeanings().value ?? [];
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const tagRules = useDefinitions("tag-rule").value?.definitions ?? [];
	const scoreRules = useDefinitions("score-rule").value?.definitions ?? [];
	const rules = [...tagRules, ...scoreRules];
	return {
		attribute: (name) => labelIn(meanings, name),
		rule: (id) => rules.find((one) => one.id === id)?.names[lang] ?? id,
		segment: (id) => segments.find((one) => one.id === id)?.names[lang] ?? id,
	};
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

const examplesShown = 5;

function Examples(props: {
	readonly title: string;
	readonly examples: readonly Example[];
	readonly view: ImportView;
	readonly names: Names;
}) {
	const { title, examples, view, names } = props;
	const { shell } = useWords();
	if (examples.length === 0) return null;
	const rest = examples.slice(examplesShown);
	return (
		<Section title={title}>
			<ul class="import-examples">
				{examples.slice(0, examplesShown).map((one) => (
					<One key={one.line} example={one} view={view} names={names} />
				))}
			</ul>
			{rest.length > 0 && (
				<details>
					<summary>{shell.more}</summary>
					<ul class="import-examples">
						{rest.map((one) => (
							<One key={one.line} example={one} view={view} names={names} />
						))}
					</ul>
				</details>
			)}
		</Section>
	);
}

/** Said of whoever is new, and by nobody's file. */
const ownMarks: ReadonlySet<string> = new Set(["created", "origin"]);

function One({
	example,
	view,
	names,
}: {
	readonly example: Example;
	readonly view: ImportView;
	readonly names: Names;
}) {
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
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
								<dt>{names.attribute(attribute)}</dt>
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
