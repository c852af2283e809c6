// For who looks after the desk: how much waits, how fast it is answered, and how it is rated.

import { MessagesSquare } from "lucide";
import type { DeskFigures } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Badge, Bars, Stat } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";

const everyMs = 10_000;

export function Figures() {
	const { api } = useSite();
	const asked = useAsked<DeskFigures>(`${api}/desk/figures`, { everyMs });
	return (
		<Answered asked={asked} rows={6}>
			{(figures) => <View figures={figures} />}
		</Answered>
	);
}

function View({ figures }: { readonly figures: DeskFigures }) {
	const { chat } = useWords();
	const { figures: words } = chat;
	const format = useFormat();
	const { now, days, conversations, answered, firstAnswerMs, ratings } = figures;
	const span = (ms: number | null) => (ms === null ? "–" : format.span(ms));
	const loads = new Map(now.agents.map((one) => [one.agent, one]));
	const others = now.agents
		.filter(({ agent }) => !figures.agents.some((one) => one.agent === agent))
		.map(({ agent, name }) => ({ agent, name, conversations: 0, firstAnswerMs: null, stars: null }));
	return (
		<>
			<Section title={words.now}>
				<div class="stats">
					<Stat label={words.open} value={format.number(now.open)} />
					<Stat label={words.waiting} value={format.number(now.waiting)} />
					<Stat label={words.longest} value={span(now.longestWaitMs)} />
					<Stat label={words.onSite} value={format.number(now.visitors)} />
				</div>
			</Section>
			<Section title={words.days(days)}>
				{conversations === 0 ? (
					<Empty icon={MessagesSquare} title={words.none} />
				) : (
					<div class="stats">
						<Stat label={words.conversations} value={format.number(conversations)} />
						<Stat label={words.answered} value={format.percent(answered / conversations)} />
						<Stat label={words.median} value={span(firstAnswerMs.median)} />
						<Stat label={words.p90} value={span(firstAnswerMs.p90)} />
						<Stat
							label={words.rating}
							value={ratings.average === null ? "–" : `${format.number(ratings.average, 1)} ★`}
						/>
					</div>
				)}
			</Section>
			{ratings.count > 0 && (
				<Section title={words.ratings}>
					<Bars
						label={words.ratings}
						rows={ratings.stars
							.map((n, place) => ({
								key: String(place),
								name: words.starsOf(place + 1),
								value: n,
								shown: format.number(n),
							}))
							.toReversed()}
					/>
				</Section>
			)}
			{(figures.agents.length > 0 || others.length > 0) && (
				<Section title={words.agents}>
					<Table
						label={words.agents}
						rows={[...figures.agents, ...others]}
						keyOf={({ agent }) => agent}
						columns={[
							{
								id: "agent",
								label: words.agent,
								isMain: true,
								cell: ({ agent, name }) => {
									const here = loads.get(agent);
									return (
										<span class="row">
											{name}
											{here && (
												<Badge kind={here.isAway ? "plain" : "good"}>
													{here.isAway ? chat.away : chat.here}
												</Badge>
											)}
										</span>
									);
								},
							},
							{
								id: "load",
								label: words.load,
								isNumber: true,
								cell: ({ agent }) => format.number(loads.get(agent)?.open ?? 0),
							},
							{
								id: "conversations",
								label: words.conversations,
								isNumber: true,
								cell: (one) => format.number(one.conversations),
							},
							{ id: "first", label: words.first, isNumber: true, cell: (one) => span(one.firstAnswerMs) },
							{
								id: "stars",
								label: words.rating,
								isNumber: true,
								cell: ({ stars }) => (stars === null ? "–" : `${format.number(stars, 1)} ★`),
							},
						]}
					/>
				</Section>
			)}
		</>
	);
}
