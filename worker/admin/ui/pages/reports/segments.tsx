// Who comes into segments and goes, and what gives points, over time.

import { ChartPie, Users } from "lucide";
import { useMemo } from "preact/hooks";
import type { Scores as ScoresView, Segments as SegmentsView } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { usePrevious } from "../../figures/previous.ts";
import { peopleOf, useNames } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Select } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Beside } from "./beside.tsx";
import { Csv, Frame } from "./frame.tsx";
import { ScoreBands, SegmentSize } from "./sizes.tsx";
import { Who } from "./who.tsx";

export function SegmentsAndScores() {
	return (
		<Frame>
			{(address) => (
				<>
					<SegmentMoves address={address} />
					<ScoreBands address={address} />
					<ScoreRules address={address} />
				</>
			)}
		</Frame>
	);
}

interface Props {
	readonly address: ReportAddress;
}

/** Carts are left, and rules take points away: whether more of it is good, only who made them knows. */
const Moved = (props: { readonly now: number; readonly then: number | undefined }) => (
	<Beside {...props} better="neither" />
);

const stepOf = ({ choice }: ReportAddress) => ("days" in choice.of && choice.of.days === 1 ? "hour" : "day");

function SegmentMoves({ address }: Props) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const site = useSite();
	const nameOf = useNames("segment");
	const path = `${site.api}/figures/segments?${address.asked}&step=${stepOf(address)}`;
	const asked = useAsked<SegmentsView>(path);
	const then = usePrevious(`${site.api}/figures/segments`, asked.value, address.choice.isCompared);
	const was = new Map(then?.segments.map((one) => [one.segment, one]));
	return (
		<Answered asked={asked} rows={6}>
			{(view) => {
				const chosen =
					view.segments.find(({ segment }) => segment === address.query.segment) ?? view.segments[0];
				return chosen === undefined ? (
					<Empty
						icon={ChartPie}
						title={words.noSegments}
						action={<LinkButton href={`${site.home}/segments`}>{words.toSegments}</LinkButton>}
					>
						{words.noSegmentsWhy}
					</Empty>
				) : (
					<>
						<Section plain title={words.segments} actions={<Csv path={path} />}>
							<Table
								label={words.segments}
								rows={view.segments}
								keyOf={({ segment }) => segment}
								columns={[
									{
										id: "segment",
										label: words.segment,
										isMain: true,
										cell: ({ segment }) => <a href={`${site.home}/segments/${segment}`}>{nameOf(segment)}</a>,
									},
									{
										id: "people",
										label: words.inNow,
										isNumber: true,
										cell: ({ people, condition, segment }) => (
											<a
												class="with-icon"
												href={peopleOf(site, condition)}
												aria-label={`${format.number(people)}: ${figures.showPeopleOf(nameOf(segment))}`}
											>
												{format.number(people)} <Icon of={Users} />
											</a>
										),
									},
									{
										id: "entered",
										label: words.entered,
										isNumber: true,
										cell: ({ segment, entered }) => <Moved now={entered} then={was.get(segment)?.entered} />,
									},
									{
										id: "left",
										label: words.left,
										isNumber: true,
										cell: ({ segment, left }) => <Moved now={left} then={was.get(segment)?.left} />,
									},
									{
										id: "net",
										label: words.net,
										isNumber: true,
										cell: ({ entered, left }) =>
											`${entered > left ? "+" : ""}${format.number(entered - left)}`,
									},
								]}
							/>
						</Section>
						<Section
							title={words.overTime(nameOf(chosen.segment))}
							actions={
								<Select
									label={words.segment}
									hideLabel
									value={chosen.segment}
									options={view.segments.map(({ segment }) => ({ value: segment, label: nameOf(segment) }))}
									onChange={(segment) => address.change({ segment })}
								/>
							}
						>
							<SegmentSize address={address} segment={chosen.segment} name={nameOf(chosen.segment)} />
							<h3>{words.moves}</h3>
							<Moves of={chosen} by={stepOf(address)} timeZone={view.timeZone} />
						</Section>
					</>
				);
			}}
		</Answered>
	);
}

function Moves({
	of: { segment, series },
	by,
	timeZone,
}: {
	readonly of: SegmentsView["segments"][number];
	readonly by: "day" | "hour";
	readonly timeZone: string;
}) {
	const { reports: words } = useWords();
	const nameOf = useNames("segment");
	const at = useMemo(() => series.map((step) => step.at), [series]);
	const lines = useMemo(
		(): readonly Series[] => [
			{ name: words.entered, values: series.map(({ entered }) => entered) },
			{ name: words.left, values: series.map(({ left }) => left) },
		],
		[series, words],
	);
	return <Chart label={words.overTime(nameOf(segment))} at={at} series={lines} by={by} timeZone={timeZone} />;
}

/** As many lines can be told apart. */
const mostLines = 5;

function ScoreRules({ address }: Props) {
	const { reports: words, figures } = useWords();
	const site = useSite();
	const nameOf = useNames("score-rule");
	const path = `${site.api}/figures/scores?${address.asked}&step=${stepOf(address)}`;
	const asked = useAsked<ScoresView>(path);
	const then = usePrevious(`${site.api}/figures/scores`, asked.value, address.choice.isCompared);
	const was = new Map(then?.rules.map((one) => [one.rule, one]));
	return (
		<Answered asked={asked}>
			{(view) => (
				<Section title={words.scores} actions={view.rules.length > 0 && <Csv path={path} />}>
					{view.rules.length === 0 ? (
						<p class="hint">{words.noScores}</p>
					) : (
						<>
							<PointLines view={view} by={stepOf(address)} />
							<Table
								label={words.scores}
								rows={sorted(view)}
								keyOf={({ rule }) => rule}
								columns={[
									{
										id: "rule",
										label: words.rule,
										isMain: true,
										cell: ({ rule }) => <a href={`${site.home}/scores/${rule}`}>{nameOf(rule)}</a>,
									},
									{
										id: "times",
										label: words.times,
										isNumber: true,
										cell: ({ rule, times }) => <Moved now={times} then={was.get(rule)?.times} />,
									},
									{
										id: "points",
										label: words.points,
										isNumber: true,
										cell: ({ rule, points }) => <Moved now={points} then={was.get(rule)?.points} />,
									},
									{
										id: "people",
										label: figures.people,
										isNumber: true,
										cell: ({ rule, condition }) => <Who of={condition} name={nameOf(rule)} />,
									},
								]}
							/>
						</>
					)}
				</Section>
			)}
		</Answered>
	);
}

const sorted = ({ rules }: ScoresView) => rules.toSorted((a, b) => b.points - a.points);

function PointLines({ view, by }: { readonly view: ScoresView; readonly by: "day" | "hour" }) {
	const { reports: words } = useWords();
	const nameOf = useNames("score-rule");
	const shown = useMemo(() => sorted(view).slice(0, mostLines), [view]);
	const at = useMemo(() => shown[0]?.series.map((step) => step.at) ?? [], [shown]);
	const lines = useMemo(
		(): readonly Series[] =>
			shown.map(({ rule, series }) => ({ name: nameOf(rule), values: series.map(({ points }) => points) })),
		[shown, nameOf],
	);
	return (
		<Chart label={words.overTime(words.points)} at={at} series={lines} by={by} timeZone={view.timeZone} />
	);
}
