// Codes of coupon pools: how many are left, and how many were given over time.

import { Plus, Ticket } from "lucide";
import { useMemo, useState } from "preact/hooks";
import { ErrorBoundary } from "preact-iso";
import type { Pools as PoolsView } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { daysIn } from "../../figures/period.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useMoney } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { later } from "../../later.tsx";
import { Button } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Answered, Empty, Section } from "../../parts/page.tsx";
import { Progress } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useMay, useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Beside } from "./beside.tsx";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

type Pool = PoolsView["pools"][number];
const dayMs = 86_400_000;
const CodesDialog = later(() => import("../coupons/add.tsx"), "coupons");

export function Coupons() {
	return <Frame>{(address) => <Report address={address} />}</Frame>;
}

function Report({ address: { asked: days, choice } }: { readonly address: ReportAddress }) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const money = useMoney();
	const site = useSite();
	const mayAdd = useMay("marketer");
	const [adding, setAdding] = useState<string>();
	const isHours = "days" in choice.of && choice.of.days === 1;
	const path = `${site.api}/figures/pools?${days}&step=${isHours ? "hour" : "day"}`;
	const asked = useAsked<PoolsView>(path);
	const then = usePrevious(`${site.api}/figures/pools`, asked.value, choice.isCompared);
	const was = new Map(then?.pools.map((one) => [one.pool, one]));
	const add = mayAdd && (
		<Button kind="primary" icon={Plus} onClick={() => setAdding("")}>
			{words.addPool}
		</Button>
	);
	return (
		<>
			<Answered asked={asked}>
				{(view) =>
					view.pools.length === 0 ? (
						<Empty icon={Ticket} title={words.noPools} action={add}>
							{words.noPoolsWhy}
						</Empty>
					) : (
						<>
							<Section
								plain
								title={words.tabs.coupons}
								actions={
									<>
										<Csv path={path} />
										{add}
									</>
								}
							>
								<Table
									label={words.tabs.coupons}
									rows={view.pools}
									keyOf={({ pool }) => pool}
									columns={[
										{ id: "pool", label: words.pool, isMain: true, cell: ({ pool }) => pool },
										{
											id: "left",
											label: words.stock,
											cell: (pool) => (
												<span class="pool-left">
													<Progress
														label={words.leftOf(format.number(pool.left), format.number(pool.codes))}
														share={pool.codes === 0 ? 0 : pool.left / pool.codes}
													/>
													<LastsFor pool={pool} days={daysIn(view)} />
												</span>
											),
										},
										{
											id: "given",
											label: words.given,
											isNumber: true,
											cell: ({ pool, given }) => <Beside now={given} then={was.get(pool)?.given} />,
										},
										{
											id: "used",
											label: words.used,
											isNumber: true,
											cell: ({ pool, used }) => <Beside now={used} then={was.get(pool)?.used} />,
										},
										{
											id: "revenue",
											label: figures.revenue,
											isNumber: true,
											cell: ({ revenue }) => money(revenue),
										},
										{
											id: "people",
											label: figures.people,
											isNumber: true,
											cell: ({ pool, given, condition }) => <Who of={condition} figure={given} name={pool} />,
										},
										...(mayAdd
											? [
													{
														id: "add",
														label: words.codes,
														isActs: true,
														cell: ({ pool }: Pool) => (
															<Button small onClick={() => setAdding(pool)}>
																{words.addMore}
															</Button>
														),
													},
												]
											: []),
									]}
								/>
								<p class="hint">{words.usedHint}</p>
							</Section>
							{view.pools.some(({ given }) => given > 0) && (
								<Given view={view} by={isHours ? "hour" : "day"} />
							)}
						</>
					)
				}
			</Answered>
			{adding !== undefined && (
				<ErrorBoundary>
					<CodesDialog
						{...(adding !== "" && { pool: adding })}
						known={asked.value?.pools.map(({ pool }) => pool) ?? []}
						onClose={() => setAdding(undefined)}
						onAdded={() => {
							setAdding(undefined);
							asked.refresh();
						}}
					/>
				</ErrorBoundary>
			)}
		</>
	);
}

/** At the pace of these days. */
function LastsFor({ pool: { left, given }, days }: { readonly pool: Pool; readonly days: number }) {
	const { reports: words } = useWords();
	const format = useFormat();
	if (given === 0 || left === 0) return null;
	return <small>{words.runsOut(format.span(Math.max(1, Math.round((left / given) * days)) * dayMs))}</small>;
}

function Given({ view, by }: { readonly view: PoolsView; readonly by: "day" | "hour" }) {
	const { reports: words } = useWords();
	const at = useMemo(() => view.pools[0]?.series.map((step) => step.at) ?? [], [view]);
	const lines = useMemo(
		(): readonly Series[] =>
			view.pools
				.toSorted((a, b) => b.given - a.given)
				.slice(0, 5)
				.map(({ pool, series }) => ({ name: pool, values: series.map(({ given }) => given) })),
		[view],
	);
	const used = useMemo(
		(): readonly Series[] =>
			view.pools
				.filter((one) => one.used > 0)
				.toSorted((a, b) => b.used - a.used)
				.slice(0, 5)
				.map(({ pool, series }) => ({ name: pool, values: series.map((step) => step.used) })),
		[view],
	);
	return (
		<Section title={words.givenOverTime}>
			<Chart label={words.givenOverTime} at={at} series={lines} by={by} timeZone={view.timeZone} />
			{used.length > 0 && (
				<>
					<h3>{words.usedOverTime}</h3>
					<Chart label={words.usedOverTime} at={at} series={used} by={by} timeZone={view.timeZone} />
				</>
			)}
		</Section>
	);
}
