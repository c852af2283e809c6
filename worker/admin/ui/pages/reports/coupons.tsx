// Codes of coupon pools: how many are left, and how many were given over time.

import { Plus, Ticket } from "lucide";
import { useMemo, useState } from "preact/hooks";
import type { Pools as PoolsView } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { daysIn } from "../../figures/period.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useMoney } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Chart, type Series } from "../../parts/chart.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input, Textarea } from "../../parts/field.tsx";
import { Answered, Empty, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Progress } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { say } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Beside } from "./beside.tsx";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

type Pool = PoolsView["pools"][number];
const dayMs = 86_400_000;

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
														isNumber: true,
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
				<AddCodes
					pool={adding}
					onClose={() => setAdding(undefined)}
					onAdded={() => {
						setAdding(undefined);
						asked.refresh();
					}}
				/>
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

interface AddCodesProps {
	/** Empty where it is still to be named. */
	readonly pool: string;
	readonly onClose: () => void;
	readonly onAdded: () => void;
}

function AddCodes({ pool, onClose, onAdded }: AddCodesProps) {
	const { reports: words } = useWords();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const [name, setName] = useState(pool);
	const [text, setText] = useState("");
	const [state, setState] = useState<{ isBusy?: boolean; isTried?: boolean; refusal?: Refusal }>({});
	const codes = [...new Set(text.split(/[\s,;]+/).filter((code) => code !== ""))];
	const isNamed = /^[a-z0-9-]{1,64}$/.test(name);
	async function add(): Promise<void> {
		if (!isNamed || codes.length === 0) return setState({ isTried: true });
		setState({ isBusy: true });
		try {
			const { added } = await call<{ added: number }>("POST", `${site.api}/pools/${name}/codes`, { codes });
			say(words.added(added));
			onAdded();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setState({ refusal: error });
		}
	}
	return (
		<Dialog
			title={pool === "" ? words.addPool : words.addCodes(pool)}
			onClose={onClose}
			actions={
				<Button kind="primary" busy={state.isBusy} onClick={() => void add()}>
					{words.addThem}
				</Button>
			}
		>
			<div class="stack">
				{state.refusal && <Notice kind="bad">{wordsOf(state.refusal)}</Notice>}
				{pool === "" && (
					<Input
						label={words.poolName}
						hint={words.poolHint}
						value={name}
						onInput={setName}
						maxLength={64}
						error={state.isTried && !isNamed ? words.poolWrong : undefined}
						autocomplete="off"
					/>
				)}
				<Textarea
					label={words.codesField}
					hint={words.codesHint}
					value={text}
					onInput={setText}
					rows={8}
					error={state.isTried && codes.length === 0 ? words.codesMissing : undefined}
				/>
			</div>
		</Dialog>
	);
}
