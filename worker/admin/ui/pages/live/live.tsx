// Who is on the site now.

import { Activity, Pause, Play } from "lucide";
import { useEffect, useState } from "preact/hooks";
import type { Live as LiveView, Present } from "../../../../protocol/figure.ts";
import { call, Refusal } from "../../api/call.ts";
import { useNames, useOriginName } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Empty, Notice, Page, Section, Skeleton } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Avatar, Badge, Bars, Names } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import { countedBy, type Here, withNews } from "./present.ts";

const everyMs = 3_000;
const mostBars = 5;

/** Asks what changed, again and again, while the page is looked at and not paused. */
function useHere(isPaused: boolean): {
	readonly here: Here | undefined;
	readonly refusal: Refusal | undefined;
} {
	const { api } = useSite();
	const [state, setState] = useState<{ here?: Here; refusal?: Refusal }>({});
	useEffect(() => {
		if (isPaused) return;
		const end = new AbortController();
		let known: Here | undefined;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const ask = async () => {
			clearTimeout(timer);
			try {
				if (!document.hidden) {
					const since = known ? `?since=${known.cursor}` : "";
					const path = `${api}/live${since}`;
					known = withNews(known, await call<LiveView>("GET", path, undefined, { signal: end.signal }));
					setState({ here: known });
				}
			} catch (error) {
				if (end.signal.aborted) return;
				if (!(error instanceof Refusal)) throw error;
				setState((before) => ({ ...before, refusal: error }));
			}
			if (!end.signal.aborted) timer = setTimeout(ask, everyMs);
		};
		void ask();
		return () => {
			end.abort();
			clearTimeout(timer);
		};
	}, [api, isPaused]);
	return { here: state.here, refusal: state.refusal };
}

export default function Live() {
	const { live: words } = useWords();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const [isPaused, setPaused] = useState(false);
	const { here, refusal } = useHere(isPaused);
	return (
		<Page
			wide
			title={words.title}
			lead={words.lead}
			actions={
				<Button icon={isPaused ? Play : Pause} onClick={() => setPaused(!isPaused)}>
					{isPaused ? words.resume : words.pause}
				</Button>
			}
		>
			{refusal && (
				<Notice kind={here ? "warn" : "bad"}>
					{here && refusal.status === 0 ? words.lost : wordsOf(refusal)}
				</Notice>
			)}
			{here && (
				<p class="here-now" role="status">
					<i aria-hidden="true" class={isPaused || refusal ? "is-still" : undefined} />
					<strong>{words.here(here.count)}</strong>
					{isPaused && <Badge kind="warn">{words.paused}</Badge>}
				</p>
			)}
			{here === undefined ? (
				!refusal && <Skeleton rows={6} />
			) : here.visitors.length === 0 ? (
				<Empty
					icon={Activity}
					title={words.none}
					action={<LinkButton href={site.home}>{words.toToday}</LinkButton>}
				>
					{words.noneWhy}
				</Empty>
			) : (
				<Crowd of={here} />
			)}
		</Page>
	);
}

function Crowd({ of: { now, count, visitors } }: { readonly of: Here }) {
	const { live: words } = useWords();
	const format = useFormat();
	const nameOf = useOriginName();
	const segmentOf = useNames("segment");
	const experienceOf = useNames("experience");
	const bars = (title: string, rows: readonly (readonly [string, number])[]) =>
		rows.length > 0 && (
			<Section title={title}>
				<Bars
					label={title}
					rows={rows.slice(0, mostBars).map(([name, n]) => ({
						key: name,
						name,
						value: n,
						shown: format.number(n),
					}))}
				/>
			</Section>
		);
	return (
		<>
			<div class="columns">
				{bars(
					words.pages,
					countedBy(visitors, ({ path }) => path),
				)}
				{bars(
					words.sources,
					countedBy(visitors, ({ source }) => (source === null ? null : nameOf("source", source))),
				)}
			</div>
			<Table
				label={words.title}
				rows={visitors}
				keyOf={({ person }) => person}
				columns={[
					{ id: "who", label: words.who, isMain: true, cell: (one) => <Who one={one} /> },
					{
						id: "page",
						label: words.page,
						cell: ({ path, title }) => (
							<span class="two-lines">
								<span class="cut" title={path ?? undefined}>
									{path ?? "–"}
								</span>
								{title && <small class="cut">{title}</small>}
							</span>
						),
					},
					{
						id: "source",
						label: words.source,
						cell: ({ source, channel }) => (
							<span class="two-lines">
								<span class="cut">{source === null ? "–" : nameOf("source", source)}</span>
								{channel && channel !== "Direct" && <small>{nameOf("channel", channel)}</small>}
							</span>
						),
					},
					{
						id: "segments",
						label: words.segments,
						cell: ({ segments }) => <Names ids={segments} nameOf={segmentOf} />,
					},
					{
						id: "score",
						label: words.score,
						isNumber: true,
						cell: ({ score }) => format.number(score),
					},
					{
						id: "shown",
						label: words.shown,
						cell: ({ shown }) => <Names ids={shown} nameOf={experienceOf} kind="accent" />,
					},
					{
						id: "seen",
						label: words.seen,
						isNumber: true,
						cell: ({ lastAt, since, pages }) => (
							<span class="two-lines">
								<span title={format.dateTime(lastAt)}>
									{now - lastAt < 10_000 ? words.just : format.relative(lastAt, now)}
								</span>
								<small>
									{words.viewed(pages)}
									{lastAt - since >= 60_000 && `, ${words.forSpan(format.span(lastAt - since))}`}
								</small>
							</span>
						),
					},
				]}
			/>
			{count > visitors.length && <p class="hint">{words.some(visitors.length)}</p>}
		</>
	);
}

function Who({ one }: { readonly one: Present }) {
	const { live: words, figures } = useWords();
	const site = useSite();
	const { person, name, device, city } = one;
	const told = [device && (figures.devices[device] ?? device), city].filter(Boolean).join(" · ");
	return (
		<span class="who">
			<Avatar name={name ?? undefined} />
			<span class="two-lines">
				<a
					href={`${site.home}/people/${encodeURIComponent(person)}`}
					class={name === null ? "is-anonymous" : undefined}
				>
					{name ?? words.anonymous}
				</a>
				{told && <small>{told}</small>}
			</span>
		</span>
	);
}
