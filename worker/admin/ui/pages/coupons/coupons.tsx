// Coupon pools: how many codes are left of each, and more of them.

import { Plus, Ticket } from "lucide";
import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type { Pools } from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { type Kept, useDefinitions } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Answered, Empty, Notice, Page } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useMay, useSite } from "../../site.ts";
import CodesDialog from "./add.tsx";
import { usersOf } from "./codes.ts";

type PoolList = z.infer<typeof Pools>;

export default function Coupons() {
	const { coupons: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const asked = useAsked<PoolList>(`${site.api}/pools`);
	/** A pool by its name; a new one has none yet. */
	const [adding, setAdding] = useState<{ readonly pool?: string }>();
	const experiences = useDefinitions("experience").value?.definitions;
	const programmes = useDefinitions("programme").value?.definitions;
	const known = asked.value?.pools.map(({ pool }) => pool) ?? [];
	const add = mayEdit && (
		<Button kind="primary" icon={Plus} onClick={() => setAdding({})}>
			{words.add}
		</Button>
	);
	return (
		<Page title={words.title} lead={words.lead} actions={known.length > 0 && add}>
			<Answered asked={asked}>
				{({ pools }) => {
					if (pools.length === 0)
						return (
							<Empty icon={Ticket} title={words.none} action={add}>
								{words.noneWhy}
							</Empty>
						);
					const low = pools.filter(({ isLow }) => isLow).map(({ pool }) => pool);
					return (
						<>
							{low.length > 0 && (
								<Notice kind="warn">
									<strong>{words.lowTitle(format.list(low))}</strong>
									<p>{words.lowWhy}</p>
								</Notice>
							)}
							<Table
								label={words.title}
								rows={pools}
								keyOf={({ pool }) => pool}
								columns={[
									{
										id: "pool",
										label: words.pool,
										isMain: true,
										cell: ({ pool, left, isLow }) => (
											<span class="row">
												{pool}
												{isLow && (
													<Badge kind={left === 0 ? "bad" : "warn"}>
														{left === 0 ? words.isEmpty : words.isLow}
													</Badge>
												)}
											</span>
										),
									},
									{
										id: "left",
										label: words.left,
										cell: ({ left, codes, isLow }) => (
											<span class={`pool-stock${isLow ? " is-low" : ""}`}>
												<meter
													min={0}
													max={1}
													value={codes === 0 ? 0 : left / codes}
													aria-label={words.left}
												/>
												{words.leftOf(format.number(left), format.number(codes))}
											</span>
										),
									},
									{
										id: "used",
										label: words.usedIn,
										cell: ({ pool }) =>
											experiences &&
											programmes && <Users pool={pool} experiences={experiences} programmes={programmes} />,
									},
									...(mayEdit
										? [
												{
													id: "add",
													label: words.addCodes,
													isActs: true,
													cell: ({ pool }: PoolList["pools"][number]) => (
														<Button small icon={Plus} onClick={() => setAdding({ pool })}>
															{words.addCodes}
														</Button>
													),
												},
											]
										: []),
								]}
							/>
						</>
					);
				}}
			</Answered>
			{adding && (
				<CodesDialog
					{...adding}
					known={known}
					onClose={() => setAdding(undefined)}
					onAdded={() => {
						setAdding(undefined);
						asked.refresh();
					}}
				/>
			)}
		</Page>
	);
}

/** What is shown gives codes away, and so do rewards. */
function Users({
	pool,
	experiences,
	programmes,
}: {
	readonly pool: string;
	readonly experiences: readonly Kept<"experience">[];
	readonly programmes: readonly Kept<"programme">[];
}) {
	const { coupons: words } = useWords();
	const lang = useLang();
	const { home } = useSite();
	const users = [
		...giving(pool, experiences).map((one) => ({ ...one, under: `${home}/experiences` })),
		...giving(pool, programmes).map((one) => ({ ...one, under: `${home}/scores/programmes` })),
	];
	if (users.length === 0) return <span class="hint">{words.unused}</span>;
	return (
		<span class="row">
			{users.map(({ id, names, under }) => (
				<a key={id} href={`${under}/${encodeURIComponent(id)}`}>
					{names[lang] ?? id}
				</a>
			))}
		</span>
	);
}

function giving(pool: string, all: readonly (Kept<"experience"> | Kept<"programme">)[]) {
	const users = usersOf(
		pool,
		all.map(({ id, draft, live }) => ({ id, body: [draft, live?.definition] })),
	);
	return all.filter(({ id }) => users.includes(id));
}
