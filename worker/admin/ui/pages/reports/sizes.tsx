// How many contacts a segment had day by day, and how many had how many points.

import { useMemo } from "preact/hooks";
import type { SizesOverTime } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { alongside } from "../../figures/compared.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useFormat, useWords } from "../../language.ts";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Beside } from "./beside.tsx";
import { Csv } from "./frame.tsx";
import { Who } from "./who.tsx";

interface Props {
	readonly address: ReportAddress;
}

const pathOf = (api: string, { asked }: ReportAddress) => `${api}/figures/sizes?${asked}`;

/** Noon of UTC lies within the day of every zone but a few islands'. */
const noonOf = (day: string) => Date.parse(`${day}T12:00:00Z`);

export function useSizes(address: ReportAddress) {
	const site = useSite();
	const asked = useAsked<SizesOverTime>(pathOf(site.api, address));
	const then = usePrevious(`${site.api}/figures/sizes`, asked.value, address.choice.isCompared);
	return { asked, then };
}

export function SegmentSize({
	address,
	segment,
	name,
}: Props & { readonly segment: string; readonly name: string }) {
	const { reports: words } = useWords();
	const { asked, then } = useSizes(address);
	return (
		<Answered asked={asked}>
			{(view) => <SizeChart view={view} then={then} segment={segment} label={words.sizeOf(name)} />}
		</Answered>
	);
}

function SizeChart({
	view,
	then,
	segment,
	label,
}: {
	readonly view: SizesOverTime;
	readonly then: SizesOverTime | undefined;
	readonly segment: string;
	readonly label: string;
}) {
	const { reports: words } = useWords();
	const at = useMemo(() => view.days.map(noonOf), [view]);
	const lines = useMemo((): readonly Series[] => {
		const of = (one: SizesOverTime | undefined) =>
			one?.segments.find((each) => each.segment === segment)?.sizes;
		const before = of(then);
		return [
			{ name: words.inIt, values: of(view) ?? [] },
			...(before?.some((n) => n !== null)
				? [{ name: words.before, values: alongside(before, view.days.length), isBefore: true }]
				: []),
		];
	}, [view, then, segment, words]);
	const known = lines[0]?.values.filter((n) => n !== null).length ?? 0;
	return (
		<>
			{known > 1 && <Chart label={label} at={at} series={lines} by="day" timeZone="UTC" />}
			{known < view.days.length && <p class="hint">{known > 1 ? words.sizesSince : words.sizesBegin}</p>}
		</>
	);
}

/** As many lines as can be told apart: who has no points is told in the table. */
export function ScoreBands({ address }: Props) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const site = useSite();
	const { asked, then } = useSizes(address);
	const was = new Map(then?.scores.map((one) => [one.least, one.sizes.findLast((n) => n !== null)]));
	return (
		<Answered asked={asked}>
			{(view) => {
				const all = view.scores.reduce((sum, { people }) => sum + people, 0);
				return (
					<Section
						title={words.bands}
						hint={words.bandsHint}
						actions={<Csv path={pathOf(site.api, address)} />}
					>
						<BandLines view={view} />
						<Table
							label={words.bands}
							rows={view.scores}
							keyOf={({ least }) => String(least)}
							columns={[
								{
									id: "band",
									label: words.points,
									isMain: true,
									cell: (band) => words.band(band.least, band.below),
								},
								{
									id: "people",
									label: words.inNow,
									isNumber: true,
									cell: ({ least, people }) => <Beside now={people} then={was.get(least) ?? undefined} />,
								},
								{
									id: "share",
									label: words.share,
									isNumber: true,
									cell: ({ people }) => (all === 0 ? "–" : format.percent(people / all, 1)),
								},
								{
									id: "who",
									label: figures.people,
									isNumber: true,
									cell: ({ least, below, condition }) => (
										<Who of={condition} name={words.band(least, below)} />
									),
								},
							]}
						/>
					</Section>
				);
			}}
		</Answered>
	);
}

const mostLines = 5;

function BandLines({ view }: { readonly view: SizesOverTime }) {
	const { reports: words } = useWords();
	const at = useMemo(() => view.days.map(noonOf), [view]);
	const lines = useMemo(
		(): readonly Series[] =>
			view.scores
				.filter(({ least }) => least > 0)
				.slice(-mostLines)
				.map(({ least, below, sizes }) => ({ name: words.band(least, below), values: sizes })),
		[view, words],
	);
	const known = lines[0]?.values.filter((n) => n !== null).length ?? 0;
	return known > 1 ? <Chart label={words.bands} at={at} series={lines} by="day" timeZone="UTC" /> : null;
}
