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
										cell: ({ pool }) => experiences && <Users pool={pool} of={experiences} />,
									},
									...(mayEdit
										? [
												{
													id: "add",
													label: words.addCodes,
													isNumber: true,
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

function Users({ pool, of: all }: { readonly pool: string; readonly of: readonly Kept<"experience">[] }) {
	const { coupons: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const users = usersOf(
		pool,
		all.map(({ id, draft, live }) => ({ id, body: [draft, live?.definition] })),
	);
	if (users.length === 0) return <span class="hint">{words.unused}</span>;
	return (
		<span class="row">
			{users.map((id) => (
				<a key={id} href={`${site.home}/experiences/${encodeURIComponent(id)}`}>
					{all.find((one) => one.id === id)?.names[lang] ?? id}
				</a>
			))}
		</span>
	);
}
