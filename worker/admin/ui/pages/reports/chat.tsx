// How the live chat was answered: how much came, how long visitors waited, how they rated it, and who answered.

import { MessagesSquare } from "lucide";
import { useMemo } from "preact/hooks";
import type { ChatReport } from "../../../../protocol/chat-report.ts";
import { useAsked } from "../../api/asked.ts";
import { alongside, changeOf } from "../../figures/compared.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Bars, Stat } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

export default function Chat() {
	return <Frame>{(address) => <Report address={address} />}</Frame>;
}

function Report({ address }: { readonly address: ReportAddress }) {
	const { reports: words } = useWords();
	const site = useSite();
	const path = `${site.api}/reports/chat?${address.asked}`;
	const asked = useAsked<ChatReport>(path);
	const then = usePrevious(`${site.api}/reports/chat`, asked.value, address.choice.isCompared);
	return (
		<Answered asked={asked} rows={8}>
			{(view) =>
				view.total.conversations === 0 ? (
					<Empty
						icon={MessagesSquare}
						title={words.noChats}
						action={<LinkButton href={`${site.home}/chat`}>{words.toChat}</LinkButton>}
					>
						{words.noChatsWhy}
					</Empty>
				) : (
					<>
						<Totals total={view.total} then={then?.total} />
						<OverTime view={view} then={then} path={path} />
						{view.agents.length > 0 && <Agents agents={view.agents} path={path} />}
						{view.total.rated > 0 && <Ratings stars={view.total.stars} />}
						<Hours hours={view.hours} />
					</>
				)
			}
		</Answered>
	);
}

type Total = ChatReport["total"];
type Agent = ChatReport["agents"][number];

/** A time that nobody waited is none. */
function useSpans() {
	const format = useFormat();
	return (ms: number | null) => (ms === null ? "–" : format.span(ms));
}

function useStars() {
	const format = useFormat();
	return (rating: number | null) => (rating === null ? "–" : `${format.number(rating, 1)} ★`);
}

function Totals({ total, then }: { readonly total: Total; readonly then: Total | undefined }) {
	const { reports: words } = useWords();
	const format = useFormat();
	const [span, stars] = [useSpans(), useStars()];
	const beside = (now: number | null, before: number | null | undefined, shown: string) =>
		then && { change: changeOf(now ?? 0, before ?? undefined), against: words.against(shown) };
	const share = (one: Total) => (one.conversations === 0 ? 0 : one.answered / one.conversations);
	return (
		<div class="stats is-wide">
			<Stat
				label={words.chats}
				value={format.number(total.conversations)}
				{...(then && beside(total.conversations, then.conversations, format.number(then.conversations)))}
			/>
			<Stat
				label={words.chatsAnswered}
				value={format.percent(share(total))}
				{...(then && beside(share(total), share(then), format.percent(share(then))))}
			/>
			<Stat
				label={words.waited}
				value={span(total.firstAnswerMs.median)}
				better="less"
				{...(then &&
					beside(total.firstAnswerMs.median, then.firstAnswerMs.median, span(then.firstAnswerMs.median)))}
			/>
			<Stat
				label={words.waitedMost}
				value={span(total.firstAnswerMs.p90)}
				better="less"
				{...(then && beside(total.firstAnswerMs.p90, then.firstAnswerMs.p90, span(then.firstAnswerMs.p90)))}
			/>
			<Stat
				label={words.rating}
				value={stars(total.rating)}
				{...(then && beside(total.rating, then.rating, stars(then.rating)))}
			/>
		</div>
	);
}

interface OverTimeProps {
	readonly view: ChatReport;
	readonly then: ChatReport | undefined;
	readonly path: string;
}

function OverTime({ view, then, path }: OverTimeProps) {
	const { reports: words } = useWords();
	// Noon of UTC lies within the day of every zone but a few islands'.
	const at = useMemo(() => view.days.map(({ day }) => Date.parse(`${day}T12:00:00Z`)), [view]);
	const lines = useMemo(
		(): readonly Series[] => [
			{ name: words.chats, values: view.days.map((day) => day.conversations) },
			{ name: words.chatsAnswered, values: view.days.map((day) => day.answered) },
			...(then
				? [
						{
							name: words.before,
							values: alongside(
								then.days.map((day) => day.conversations),
								view.days.length,
							),
							isBefore: true,
						},
					]
				: []),
		],
		[view, then, words],
	);
	return (
		<Section
			title={words.overTime(words.chats)}
			actions={
				<>
					<Who of={view.total.condition} name={words.chats} />
					<Csv path={path} of={words.chatDays} />
				</>
			}
		>
			{view.days.length > 1 && (
				<Chart label={words.overTime(words.chats)} at={at} series={lines} by="day" timeZone="UTC" />
			)}
		</Section>
	);
}

function Agents({ agents, path }: { readonly agents: readonly Agent[]; readonly path: string }) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const [span, stars] = [useSpans(), useStars()];
	return (
		<Section
			plain
			title={words.answerers}
			hint={words.answerersHint}
			actions={<Csv path={`${path}&of=agents`} of={words.answerers} />}
		>
			<Table
				label={words.answerers}
				rows={agents}
				keyOf={({ agent }) => agent}
				columns={[
					{ id: "name", label: words.agent, isMain: true, cell: ({ name }) => name },
					{
						id: "conversations",
						label: words.chats,
						isNumber: true,
						cell: ({ conversations }) => format.number(conversations),
					},
					{
						id: "median",
						label: words.waited,
						isNumber: true,
						cell: ({ firstAnswerMs }) => span(firstAnswerMs.median),
					},
					{
						id: "p90",
						label: words.waitedMost,
						isNumber: true,
						cell: ({ firstAnswerMs }) => span(firstAnswerMs.p90),
					},
					{ id: "rating", label: words.rating, isNumber: true, cell: ({ rating }) => stars(rating) },
					{ id: "rated", label: words.rated, isNumber: true, cell: ({ rated }) => format.number(rated) },
					{
						id: "people",
						label: figures.people,
						isNumber: true,
						cell: ({ condition, name }) => <Who of={condition} name={name} />,
					},
				]}
			/>
		</Section>
	);
}

function Ratings({ stars }: { readonly stars: readonly number[] }) {
	const { reports: words } = useWords();
	const format = useFormat();
	return (
		<Section title={words.ratings}>
			<Bars
				label={words.ratings}
				rows={stars
					.map((n, place) => ({
						key: String(place),
						name: words.starsOf(place + 1),
						value: n,
						shown: format.number(n),
					}))
					.toReversed()}
			/>
		</Section>
	);
}

function Hours({ hours }: { readonly hours: readonly number[] }) {
	const { reports: words } = useWords();
	const format = useFormat();
	const two = (n: number) => String(n).padStart(2, "0");
	return (
		<Section title={words.chatHours} hint={words.chatHoursHint}>
			<Bars
				label={words.chatHours}
				rows={hours.flatMap((n, hour) =>
					n === 0
						? []
						: [
								{
									key: String(hour),
									name: `${two(hour)}:00–${two(hour)}:59`,
									value: n,
									shown: format.number(n),
								},
							],
				)}
			/>
		</Section>
	);
}
