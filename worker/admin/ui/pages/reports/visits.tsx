// Visits over time beside the time before, and by where they came from.

import { ChartLine, X } from "lucide";
import { useMemo, useState } from "preact/hooks";
import type { Origin } from "../../../../domain/figure.ts";
import type { Totals, Visits as VisitsView } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { alongside, changeOf, shareOf } from "../../figures/compared.ts";
import { dayOf, daysIn } from "../../figures/period.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useMoney, useOriginName } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Choice } from "../../parts/field.tsx";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Change, Stat } from "../../parts/show.tsx";
import { type Column, type Sorting, Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

const origins = [
	"channel",
	"source",
	"medium",
	"campaign",
	"landing",
	"device",
	"country",
] as const satisfies readonly Origin[];
const figures = [
	"visits",
	"visitors",
	"contacts",
	"orders",
	"revenue",
	"conversions",
	"convertedRevenue",
] as const satisfies readonly (keyof Totals)[];
type Figure = (typeof figures)[number];
const isMoney = (figure: Figure) => figure === "revenue" || figure === "convertedRevenue";
/** Of one source alone nobody's becoming known, and no order, is told over time. */
const ofOne: readonly Figure[] = ["visits", "visitors"];

export function Visits() {
	return <Frame>{(address) => <Report address={address} />}</Frame>;
}

function Report({ address }: { readonly address: ReportAddress }) {
	const { reports: words } = useWords();
	const site = useSite();
	const by = origins.find((one) => one === address.query.by) ?? "channel";
	const value = address.query.value;
	const of = value === undefined ? "" : `&value=${encodeURIComponent(value)}`;
	const path = `${site.api}/figures/visits?${address.asked}&by=${by}`;
	const asked = useAsked<VisitsView>(`${path}${of}`);
	return (
		<Answered asked={asked} rows={8}>
			{(view) =>
				view.totals.visits + view.previous.visits + view.totals.orders === 0 ? (
					<Empty icon={ChartLine} title={words.noFigures}>
						{words.noFiguresWhy}
					</Empty>
				) : (
					<>
						<OverTime view={view} by={by} value={value} address={address} />
						<ByOrigin view={view} by={by} path={path} address={address} />
					</>
				)
			}
		</Answered>
	);
}

interface OverTimeProps {
	readonly view: VisitsView;
	readonly by: Origin;
	readonly value: string | undefined;
	readonly address: ReportAddress;
}

function OverTime({ view, by, value, address }: OverTimeProps) {
	const { reports: words, figures: names } = useWords();
	const format = useFormat();
	const money = useMoney();
	const site = useSite();
	const nameOf = useOriginName();
	const offered = value === undefined ? figures : ofOne;
	const figure = offered.find((one) => one === address.query.figure) ?? "visits";
	const isHours = daysIn(view) === 1;
	const { isCompared } = address.choice;
	const of = value === undefined ? "" : `&by=${by}&value=${encodeURIComponent(value)}`;
	const step = isHours ? "hour" : "day";
	const then = usePrevious(`${site.api}/figures/visits`, view, isCompared, `${of}&step=${step}`);
	const hours = useAsked<VisitsView>(
		isHours ? `${site.api}/figures/visits?from=${view.from}&until=${view.until}${of}&step=hour` : undefined,
	).value;
	const series = isHours ? (hours?.series ?? []) : view.series;
	const at = useMemo(() => series.map((step) => step.at), [series]);
	const lines = useMemo((): readonly Series[] => {
		const now = { name: names[figure], values: series.map((step) => known(step.at, step[figure])) };
		if (!then) return [now];
		const values = alongside(
			then.series.map((step) => step[figure]),
			series.length,
		);
		return [now, { name: words.before, values, isBefore: true }];
	}, [series, then, figure, names, words]);
	const show = (one: Figure, amount: number) => (isMoney(one) ? money(amount) : format.number(amount));
	return (
		<>
			{value !== undefined && (
				<p class="row">
					<strong>{words.of(nameOf(by, value))}</strong>
					<Button small icon={X} onClick={() => address.change({ value: undefined })}>
						{words.showAll}
					</Button>
				</p>
			)}
			<div class="stats is-wide">
				{offered.map((one) => (
					<Stat
						key={one}
						label={names[one]}
						value={show(one, view.totals[one])}
						{...(isCompared && {
							change: changeOf(view.totals[one], view.previous[one]),
							against: words.against(show(one, view.previous[one])),
						})}
						isChosen={one === figure}
						onChoose={() => address.change({ figure: one === "visits" ? undefined : one })}
					/>
				))}
			</div>
			<Section title={words.overTime(names[figure])}>
				<Chart
					label={words.overTime(names[figure])}
					at={at}
					series={lines}
					by={isHours ? "hour" : "day"}
					timeZone={view.timeZone}
					{...(isMoney(figure) && { show: money })}
				/>
				{isCompared && view.until === dayOf(Date.now(), view.timeZone) && (
					<p class="hint">{words.unfinished}</p>
				)}
			</Section>
		</>
	);
}

/** What is still to come is not nought. */
function known(at: number, amount: number): number | null {
	return amount === 0 && at > Date.now() ? null : amount;
}

type Row = VisitsView["rows"][number];
const mostAtFirst = 20;

interface ByOriginProps {
	readonly view: VisitsView;
	readonly by: Origin;
	readonly path: string;
	readonly address: ReportAddress;
}

function ByOrigin({ view, by, path, address }: ByOriginProps) {
	const { reports: words, figures: names } = useWords();
	const format = useFormat();
	const money = useMoney();
	const nameOf = useOriginName();
	const [sorting, setSorting] = useState<Sorting>({ by: "visits", down: true });
	const [most, setMost] = useState(mostAtFirst);
	const { isCompared } = address.choice;
	const number = (id: "visits" | "visitors" | "newcomers" | "orders"): Column<Row> => ({
		id,
		label: names[id],
		isNumber: true,
		canSort: true,
		cell: (row) => format.number(row[id]),
	});
	const columns: readonly Column<Row>[] = [
		{
			id: "value",
			label: words.byWhat[by],
			isMain: true,
			cell: ({ value }) => (
				<a
					class="cut is-wide"
					href={address.of("visits", { by, value })}
					aria-label={words.choose(nameOf(by, value))}
					title={nameOf(by, value)}
				>
					{nameOf(by, value)}
				</a>
			),
		},
		number("visits"),
		...(isCompared
			? [
					{
						id: "change",
						label: names.change,
						isNumber: true,
						cell: ({ visits, previous }: Row) => {
							const change = changeOf(visits, previous.visits);
							return change === undefined ? <span class="soft">–</span> : <Change of={change} />;
						},
					},
				]
			: []),
		number("visitors"),
		number("newcomers"),
		number("orders"),
		{
			id: "rate",
			label: words.conversion,
			isNumber: true,
			cell: ({ orders, visits }) => format.percent(shareOf(orders, visits) ?? 0, 1),
		},
		{
			id: "revenue",
			label: names.revenue,
			isNumber: true,
			canSort: true,
			cell: ({ revenue }) => money(revenue),
		},
		{
			id: "people",
			label: names.people,
			isNumber: true,
			cell: ({ value, condition }) => value !== "" && <Who of={condition} name={nameOf(by, value)} />,
		},
	];
	const sorted = view.rows.toSorted((a, b) => {
		const [x, y] = [figureOf(a, sorting.by), figureOf(b, sorting.by)];
		return sorting.down ? y - x : x - y;
	});
	return (
		<Section plain title={words.by} actions={<Csv path={path} of={words.byWhat[by]} />}>
			<Choice
				label={words.by}
				hideLabel
				value={by}
				options={origins.map((one) => ({ value: one, label: words.byWhat[one] }))}
				onChange={(one) => address.change({ by: one === "channel" ? undefined : one, value: undefined })}
			/>
			<Table
				label={words.byWhat[by]}
				rows={sorted.slice(0, most)}
				keyOf={({ value }) => value}
				columns={columns}
				sorting={sorting}
				onSort={setSorting}
				onMore={sorted.length > most ? () => setMost(most + 100) : undefined}
			/>
			<p class="hint">
				{view.rows.some(({ value }) => value === "") && `${words.rest} `}
				{names.peopleHint}
			</p>
		</Section>
	);
}

function figureOf(row: Row, name: string): number {
	const value = Object.entries(row).find(([key]) => key === name)?.[1];
	return typeof value === "number" ? value : 0;
}
