// How today goes, beside a day before until the same time; and what somebody should look at.

import { Activity, Sun } from "lucide";
import { useMemo, useState } from "preact/hooks";
import type { Today as TodayView, Totals } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { alongside, changeOf } from "../../figures/compared.ts";
import { useMoney } from "../../figures/site.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Choice } from "../../parts/field.tsx";
import { Answered, Empty, Page, Section } from "../../parts/page.tsx";
import { Stat } from "../../parts/show.tsx";
import { useMay, useSite } from "../../site.ts";
import { Brought, Sources } from "./came.tsx";
import { NeedsList } from "./needs.tsx";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
type Against = keyof TodayView["before"];
const charted = ["visits", "contacts", "orders", "revenue"] as const satisfies readonly (keyof Totals)[];
type Charted = (typeof charted)[number];

export default function Today() {
	const { today: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const asked = useAsked<TodayView>(`${site.api}/today`, { everyMs: minuteMs });
	const { value } = asked;
	const zone = { timeZone: value?.timeZone };
	const locale = lang === "pl" ? "pl-PL" : "en-GB";
	const day = new Intl.DateTimeFormat(locale, { ...zone, weekday: "long", day: "numeric", month: "long" });
	const time = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: "short" });
	return (
		<Page
			title={words.title}
			lead={value && words.until(day.format(value.now), time.format(value.now))}
			actions={
				value && (
					<LinkButton icon={Activity} href={`${site.home}/live`}>
						{words.hereNow(value.here)}
					</LinkButton>
				)
			}
		>
			<NeedsList />
			<Answered asked={asked} rows={6}>
				{(view) =>
					view.today.visits + view.weekAgo.visits + view.yesterday.visits === 0 ? (
						<Quiet />
					) : (
						<Figures of={view} />
					)
				}
			</Answered>
		</Page>
	);
}

function Quiet() {
	const { today: words } = useWords();
	const site = useSite();
	const mayStart = useMay("marketer");
	return (
		<Empty
			icon={Sun}
			title={words.quiet}
			action={
				mayStart && (
					<LinkButton kind="primary" href={`${site.home}/start`}>
						{words.toStart}
					</LinkButton>
				)
			}
		>
			{words.quietWhy}
		</Empty>
	);
}

function Figures({ of }: { readonly of: TodayView }) {
	const { today: words, figures } = useWords();
	const site = useSite();
	const format = useFormat();
	const money = useMoney();
	const [against, setAgainst] = useState<Against>("yesterday");
	const before = of[against];
	const stat = (figure: keyof Totals, report: string, show: (value: number) => string) => (
		<Stat
			label={figures[figure]}
			value={show(of.today[figure])}
			change={changeOf(of.today[figure], before[figure])}
			against={words.sameTime[against](show(before[figure]))}
			href={`${site.home}/reports${report}?days=1`}
		/>
	);
	return (
		<>
			<div class="today-compare">
				<Choice
					label={words.compareWith}
					value={against}
					options={(["yesterday", "weekAgo"] as const).map((value) => ({
						value,
						label: words.against[value],
					}))}
					onChange={setAgainst}
				/>
			</div>
			<div class="stats">
				{stat("visitors", "", format.number)}
				{stat("contacts", "", format.number)}
				{stat("conversions", "/experiences", format.number)}
				{stat("convertedRevenue", "/experiences", money)}
			</div>
			<ByHour of={of} against={against} money={money} />
			<div class="columns">
				<Sources of={of.channels} />
				<Brought of={of.experiences} />
			</div>
		</>
	);
}

function ByHour({
	of,
	against,
	money,
}: {
	readonly of: TodayView;
	readonly against: Against;
	readonly money: (value: number) => string;
}) {
	const { today: words, figures } = useWords();
	const [figure, setFigure] = useState<Charted>("visits");
	const at = useMemo(() => of.series.map((hour) => hour.at), [of]);
	const series = useMemo((): readonly Series[] => {
		// An hour that is not over would look like a fall, and one that has not begun like nought.
		const now = of.series.map((hour) => (hour.at + hourMs <= of.now ? hour[figure] : null));
		const then = of.before[against].map((hour) => hour[figure]);
		return [
			{ name: words.now, values: now },
			{ name: words.against[against], values: alongside(then, at.length), isBefore: true },
		];
	}, [of, figure, against, at, words]);
	return (
		<Section
			title={words.byHour}
			hint={words.byHourHint}
			actions={
				<Choice
					label={words.shownFigure}
					hideLabel
					value={figure}
					options={charted.map((value) => ({ value, label: figures[value] }))}
					onChange={setFigure}
				/>
			}
		>
			<Chart
				label={`${words.byHour}: ${figures[figure]}`}
				at={at}
				series={series}
				by="hour"
				timeZone={of.timeZone}
				{...(figure === "revenue" && { show: money })}
				height={200}
			/>
		</Section>
	);
}
