// How far each experience brings people, and what was ordered because of it.

import { PanelTop } from "lucide";
import { useState } from "preact/hooks";
import type { Experiences as ExperiencesView } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { changeOf, shareOf } from "../../figures/compared.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useMoney, useNames } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Change, Stat } from "../../parts/show.tsx";
import { type Column, type Sorting, Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { byExperience, type Sum } from "./editions.ts";
import { Csv, Frame } from "./frame.tsx";

export function Experiences() {
	return <Frame>{(address) => <Report address={address} />}</Frame>;
}

function Report({ address }: { readonly address: ReportAddress }) {
	const { reports: words } = useWords();
	const site = useSite();
	const path = `${site.api}/reports/experiences?${address.asked}`;
	const asked = useAsked<ExperiencesView>(path);
	const then = usePrevious(`${site.api}/reports/experiences`, asked.value, address.choice.isCompared);
	return (
		<Answered asked={asked} rows={8}>
			{(view) => (
				<>
					<Owed view={view} then={then} />
					<p class="hint">{words.owedHint}</p>
					{view.experiences.length === 0 ? (
						<Empty
							icon={PanelTop}
							title={words.noExperiences}
							action={<LinkButton href={`${site.home}/experiences`}>{words.toExperiences}</LinkButton>}
						>
							{words.noExperiencesWhy}
						</Empty>
					) : (
						<Each view={view} then={then} path={path} address={address} />
					)}
				</>
			)}
		</Answered>
	);
}

interface Compared {
	readonly view: ExperiencesView;
	readonly then: ExperiencesView | undefined;
}

type Owing = ExperiencesView["total"];

function sumOf(view: ExperiencesView, by: "byClick" | "byView"): Owing {
	return view.experiences.reduce(
		(sum, one) => ({ orders: sum.orders + one[by].orders, revenue: sum.revenue + one[by].revenue }),
		{ orders: 0, revenue: 0 },
	);
}

function Owed({ view, then }: Compared) {
	const { reports: words } = useWords();
	const money = useMoney();
	const stat = (label: string, of: (view: ExperiencesView) => Owing) => {
		const now = of(view);
		const was = then && of(then);
		return (
			<Stat
				label={`${label} · ${words.orders(now.orders)}`}
				value={money(now.revenue)}
				{...(was && {
					change: changeOf(now.revenue, was.revenue),
					against: words.against(money(was.revenue)),
				})}
			/>
		);
	};
	return (
		<div class="stats is-wide">
			{stat(words.allOrders, ({ total }) => total)}
			{stat(words.byClick, (of) => sumOf(of, "byClick"))}
			{stat(words.byView, (of) => sumOf(of, "byView"))}
			{stat(words.unowed, ({ unowed }) => unowed)}
		</div>
	);
}

const sorters: Readonly<Record<string, (one: Sum) => number>> = {
	shown: ({ outcomes }) => outcomes.shown,
	reacted: ({ reactions }) => reactions,
	byClick: ({ byClick }) => byClick.revenue,
	byView: ({ byView }) => byView.revenue,
};

function Each({
	view,
	then,
	path,
	address,
}: Compared & { readonly path: string; readonly address: ReportAddress }) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const nameOf = useNames("experience");
	const [sorting, setSorting] = useState<Sorting>({ by: "shown", down: true });
	const was = new Map(then && byExperience(then.experiences).map((one) => [one.experience, one]));
	const owed = (id: "byClick" | "byView" | "assisted"): Column<Sum> => ({
		id,
		label: words[id],
		isNumber: true,
		canSort: id !== "assisted",
		cell: (one) => <OwedCell of={one[id]} />,
	});
	const columns: readonly Column<Sum>[] = [
		{
			id: "experience",
			label: words.experience,
			isMain: true,
			cell: ({ experience }) => <a href={address.of(`experiences/${experience}`)}>{nameOf(experience)}</a>,
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
			canSort: true,
			cell: ({ outcomes }) => <Step n={outcomes.shown} of={outcomes.qualified} />,
		},
		...(then
			? [
					{
						id: "change",
						label: figures.change,
						isNumber: true,
						cell: ({ experience, outcomes }: Sum) => {
							const change = changeOf(outcomes.shown, was.get(experience)?.outcomes.shown);
							return change === undefined ? <span class="soft">–</span> : <Change of={change} />;
						},
					},
				]
			: []),
		{
			id: "reacted",
			label: words.reacted,
			isNumber: true,
			canSort: true,
			cell: ({ outcomes, reactions }) => <Step n={reactions} of={outcomes.shown} />,
		},
		owed("byClick"),
		owed("byView"),
		owed("assisted"),
	];
	const figure = sorters[sorting.by] ?? (() => 0);
	return (
		<Section plain title={words.tabs.experiences} hint={words.funnelHint} actions={<Csv path={path} />}>
			<Table
				label={words.tabs.experiences}
				rows={byExperience(view.experiences).toSorted((a, b) =>
					sorting.down ? figure(b) - figure(a) : figure(a) - figure(b),
				)}
				keyOf={({ experience }) => experience}
				columns={columns}
				sorting={sorting}
				onSort={setSorting}
			/>
		</Section>
	);
}

/** How many came so far, and which share of those before. */
export function Step({ n, of }: { readonly n: number; readonly of: number }) {
	const format = useFormat();
	return (
		<span class="two-lines">
			{format.number(n)}
			<small>{useShareWords()(n, of)}</small>
		</span>
	);
}

/** What qualified is counted once a visit, what was shown each time: so it may be more. */
export function useShareWords(): (n: number, of: number) => string {
	const { reports: words } = useWords();
	const format = useFormat();
	return (n, of) => {
		const share = shareOf(n, of);
		if (share === undefined) return "";
		return share > 1 ? words.perOne(format.number(share, 1)) : format.percent(share, 1);
	};
}

export function OwedCell({ of: { orders, revenue } }: { readonly of: Owing }) {
	const { reports: words } = useWords();
	const money = useMoney();
	if (orders === 0) return <span class="soft">–</span>;
	return (
		<span class="two-lines">
			{money(revenue)}
			<small>{words.orders(orders)}</small>
		</span>
	);
}
