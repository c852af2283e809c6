// One experience: its funnel, over time, by revision and variant, and why it was not what was shown.

import { useMemo } from "preact/hooks";
import type { Experiences as ExperiencesView, Funnel as FunnelView } from "../../../../protocol/figure.ts";
import { type Reading, useAsked } from "../../api/asked.ts";
import { changeOf, shareOf } from "../../figures/compared.ts";
import { daysIn } from "../../figures/period.ts";
import { useMoney, useNames } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Bars, Change, Stat } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { reactionsOf } from "./editions.ts";
import { OwedCell, Step, useShareWords } from "./experiences.tsx";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

export function Experience({ id }: { readonly id: string }) {
	const { reports: words } = useWords();
	const site = useSite();
	const nameOf = useNames("experience");
	const above = [{ name: words.tabs.experiences, href: `${site.home}/reports/experiences` }];
	return (
		<Frame
			title={nameOf(id)}
			above={above}
			within="experiences"
			actions={<LinkButton href={`${site.home}/experiences/${id}`}>{words.edit}</LinkButton>}
		>
			{(address) => <Report id={id} address={address} />}
		</Frame>
	);
}

function Report({ id, address }: { readonly id: string; readonly address: ReportAddress }) {
	const site = useSite();
	const isHours = "days" in address.choice.of && address.choice.of.days === 1;
	const path = `${site.api}/figures/experiences/${encodeURIComponent(id)}?${address.asked}${isHours ? "&step=hour" : ""}`;
	const asked = useAsked<FunnelView>(path);
	const all = useAsked<ExperiencesView>(`${site.api}/reports/experiences?${address.asked}`);
	const { isCompared } = address.choice;
	return (
		<Answered asked={asked} rows={8}>
			{(view) => (
				<>
					<div class="columns">
						<FunnelSteps view={view} isCompared={isCompared} />
						<WhyNot view={view} />
					</div>
					<Owed view={view} isCompared={isCompared} />
					<OverTime view={view} isHours={isHours} path={path} />
					<Editions id={id} all={all} />
				</>
			)}
		</Answered>
	);
}

interface OfView {
	readonly view: FunnelView;
	readonly isCompared: boolean;
}

const steps = ["qualified", "shown", "reacted", "byClick"] as const;

function countsOf({ outcomes, byClick }: FunnelView | FunnelView["previous"]) {
	const { qualified, shown } = outcomes;
	return { qualified, shown, reacted: reactionsOf(outcomes), byClick: byClick.orders };
}

function FunnelSteps({ view, isCompared }: OfView) {
	const { reports: words } = useWords();
	const format = useFormat();
	const shareWords = useShareWords();
	const now = countsOf(view);
	const then = countsOf(view.previous);
	const most = Math.max(...Object.values(now), 1);
	const people = { shown: view.conditions.shown, reacted: view.conditions.engaged };
	return (
		<Section title={words.funnel} hint={words.funnelHint}>
			<ol class="funnel">
				{steps.map((step, i) => {
					const before = i === 0 ? undefined : steps[i - 1];
					const share = before && shareWords(now[step], now[before]);
					const change = isCompared ? changeOf(now[step], then[step]) : undefined;
					return (
						<li key={step}>
							<span class="funnel-name">{words.steps[step]}</span>
							<span class="funnel-figures">
								<strong>{format.number(now[step])}</strong>
								{change !== undefined && <Change of={change} />}
								{(step === "shown" || step === "reacted") && now[step] > 0 && (
									<Who of={people[step]} name={words.steps[step]} />
								)}
							</span>
							<i aria-hidden="true">
								<b style={{ inlineSize: `${(100 * now[step]) / most}%` }} />
							</i>
							<small>
								{share ? `${share} · ` : ""}
								{words.stepHints[step]}
							</small>
						</li>
					);
				})}
			</ol>
		</Section>
	);
}

function WhyNot({ view: { lost } }: { readonly view: FunnelView }) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	return (
		<Section title={words.whyNot} hint={words.whyNotHint}>
			{lost.length === 0 ? (
				<p class="hint">{words.noWhyNot}</p>
			) : (
				<Bars
					label={words.whyNot}
					rows={lost.map(({ reason, times }) => ({
						key: reason,
						name: figures.reasons[reason] ?? reason,
						value: times,
						shown: format.number(times),
					}))}
				/>
			)}
		</Section>
	);
}

function Owed({ view, isCompared }: OfView) {
	const { reports: words } = useWords();
	const format = useFormat();
	const money = useMoney();
	const stat = (by: "byClick" | "byView") => (
		<Stat
			label={`${words[by]} · ${words.orders(view[by].orders)}`}
			value={money(view[by].revenue)}
			{...(isCompared && {
				change: changeOf(view[by].revenue, view.previous[by].revenue),
				against: words.against(money(view.previous[by].revenue)),
			})}
		/>
	);
	return (
		<>
			<div class="stats">
				{stat("byClick")}
				{stat("byView")}
				<Stat
					label={words.closed}
					value={format.number(view.outcomes.closed)}
					against={words.ofShown(format.percent(shareOf(view.outcomes.closed, view.outcomes.shown) ?? 0))}
				/>
			</div>
			<p class="hint">{words.owedHint}</p>
		</>
	);
}

function OverTime({
	view,
	isHours,
	path,
}: {
	readonly view: FunnelView;
	readonly isHours: boolean;
	readonly path: string;
}) {
	const { reports: words } = useWords();
	const { series } = view;
	const at = useMemo(() => series.map((step) => step.at), [series]);
	const lines = useMemo(
		(): readonly Series[] => [
			{ name: words.shown, values: series.map(({ outcomes }) => outcomes.shown) },
			{ name: words.reacted, values: series.map(({ outcomes }) => reactionsOf(outcomes)) },
		],
		[series, words],
	);
	const title = words.overTime(words.shown);
	return (
		<Section title={title} actions={<Csv path={path} />}>
			<Chart
				label={title}
				at={at}
				series={lines}
				by={isHours && daysIn(view) === 1 ? "hour" : "day"}
				timeZone={view.timeZone}
			/>
		</Section>
	);
}

function Editions({ id, all }: { readonly id: string; readonly all: Reading<ExperiencesView> }) {
	const { reports: words } = useWords();
	const format = useFormat();
	return (
		<Answered asked={all}>
			{({ experiences }) => (
				<Section plain title={words.revisions}>
					<Table
						label={words.revisions}
						rows={experiences.filter(({ experience }) => experience === id)}
						keyOf={({ revision, variant }) => `${revision} ${variant}`}
						columns={[
							{
								id: "revision",
								label: words.revision,
								isMain: true,
								cell: ({ revision }) => format.number(revision),
							},
							{
								id: "variant",
								label: words.variant,
								cell: ({ variant }) => variant || <span class="soft">{words.noVariant}</span>,
							},
							{
								id: "qualified",
								label: words.qualified,
								isNumber: true,
								cell: ({ outcomes }) => format.number(outcomes.qualified),
							},
							{
								id: "shown",
								label: words.shown,
								isNumber: true,
								cell: ({ outcomes }) => <Step n={outcomes.shown} of={outcomes.qualified} />,
							},
							{
								id: "reacted",
								label: words.reacted,
								isNumber: true,
								cell: ({ outcomes }) => <Step n={reactionsOf(outcomes)} of={outcomes.shown} />,
							},
							...(["byClick", "byView", "assisted"] as const).map((by) => ({
								id: by,
								label: words[by],
								isNumber: true,
								cell: (edition: ExperiencesView["experiences"][number]) => <OwedCell of={edition[by]} />,
							})),
						]}
					/>
				</Section>
			)}
		</Answered>
	);
}
