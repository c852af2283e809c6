// How a run of the feed went, or how far it has come.

import { useAsked } from "../../api/asked.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { Badge, Progress } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { Problems, Run } from "./kept.ts";

const looks: Partial<Record<Run["status"], "good" | "warn" | "bad">> = {
	done: "good",
	unchanged: "good",
	suspicious: "warn",
	failed: "bad",
};

export function Sentence({ of }: { readonly of: Run["sentence"] }) {
	const lang = useLang();
	return of && <p>{of[lang]}</p>;
}

export function LastRun({ run }: { readonly run: Run }) {
	const { products: words } = useWords();
	const format = useFormat();
	const { status, items, good, applied, bytes, endedAt, startedAt } = run;
	if (status === "fetching") return <Progress label={words.going.fetching(sizeOf(bytes, format.number))} />;
	if (status === "checking") return <Progress label={words.going.checking(words.items(items))} />;
	if (status === "applying")
		return <Progress label={words.going.applying} share={good === 0 ? 0 : Math.min(1, applied / good)} />;
	const figures = (["items", "good", "added", "changed", "gone", "refused"] as const).filter(
		(name) => name === "items" || run[name] > 0,
	);
	return (
		<div class="stack">
			<p class="row">
				<Badge kind={looks[status] ?? "plain"}>{words.statuses[status]}</Badge>
				<span class="hint" title={format.dateTime(endedAt ?? startedAt)}>
					{format.relative(endedAt ?? startedAt)}, {words.by[run.by]}
				</span>
			</p>
			{status === "failed" && run.sentence && (
				<Notice kind="bad">
					<Sentence of={run.sentence} />
				</Notice>
			)}
			{items > 0 && (
				<dl class="feed-figures">
					{figures.map((name) => (
						<div key={name}>
							<dt>{words.figures[name]}</dt>
							<dd>{format.number(run[name])}</dd>
						</div>
					))}
				</dl>
			)}
		</div>
	);
}

function sizeOf(bytes: number, number: (value: number, digits?: number) => string): string {
	return bytes < 1_000_000 ? `${number(bytes / 1_000)} kB` : `${number(bytes / 1_000_000, 1)} MB`;
}

export function FeedProblems({ problems }: { readonly problems: number }) {
	const { products: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const asked = useAsked<Problems>(`${site.api}/catalogue/feed/problems`);
	return (
		<Answered asked={asked}>
			{({ problems: listed }) => (
				<Section
					title={words.problems}
					hint={words.problemsHint(format.number(listed.length), format.number(problems))}
				>
					<ProblemTable problems={listed} />
				</Section>
			)}
		</Answered>
	);
}

export function ProblemTable({ problems }: { readonly problems: Problems["problems"] }) {
	const { products: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	return (
		<Table
			label={words.problems}
			rows={problems.map((problem, n) => ({ ...problem, n }))}
			keyOf={({ n }) => String(n)}
			columns={[
				{ id: "line", label: words.line, cell: ({ line }) => format.number(line) },
				{ id: "id", label: words.product, isMain: true, cell: ({ id }) => id ?? "–" },
				{ id: "problem", label: words.problem, cell: ({ sentence }) => sentence[lang] },
				{
					id: "taken",
					label: words.stock,
					cell: ({ isTaken }) => (
						<Badge kind={isTaken ? "plain" : "warn"}>{isTaken ? words.isTaken : words.isRefused}</Badge>
					),
				},
			]}
		/>
	);
}
