// A list of people, page by page, with those who are selected and what can be done to them.

import { Users } from "lucide";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Answered, Empty } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { BulkBar } from "./bulk.tsx";
import { useColumns } from "./columns.tsx";
import { isEverybody, type Listing, type SortBy, sortings } from "./listing.ts";
import type { Table as Found, People, Row, Whom } from "./types.ts";

const perPage = 50;

export function List({
	listing,
	definitions,
	onSort,
	onEverybody,
}: {
	readonly listing: Listing;
	readonly definitions: "published" | "drafts";
	readonly onSort: (sort: Listing["sort"]) => void;
	readonly onEverybody: () => void;
}) {
	const { people: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayActOnMany = useMay("marketer");
	const { condition, q, sort } = listing;
	const path = `${site.api}/conditions/people`;
	const whom = { condition, ...(q !== "" && { q }), definitions };
	// Of whoever has no name the list shows what they are.
	const columns = [...new Set(["name", ...listing.columns])];
	const body = { ...whom, columns, sort, limit: perPage, only: "page" };
	const asked = useAsked<Found>(path, { body });
	const counted = useAsked<People>(path, { body: { ...whom, only: "count" } });
	const count = counted.value?.count ?? undefined;
	const key = JSON.stringify(body);
	const [more, setMore] = useState<{ key: string; rows: readonly Row[]; next: string | null }>();
	const [isLoadingMore, setIsLoadingMore] = useState(false);
	const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
	const [isAll, setIsAll] = useState(false);
	const who = JSON.stringify(whom);
	useEffect(() => {
		setSelected(new Set());
		setIsAll(false);
	}, [who]);

	const added = more?.key === key ? more : undefined;
	const next = added ? added.next : (asked.value?.next ?? null);
	const rows = [...(asked.value?.rows ?? []), ...(added?.rows ?? [])];
	const drawn = useColumns(columns, asked.value?.columns ?? []);
	const chosen: ReadonlySet<string> = useMemo(
		() => (isAll ? new Set(rows.map(({ id }) => id)) : selected),
		[isAll, selected, rows.length],
	);

	async function loadMore(): Promise<void> {
		setIsLoadingMore(true);
		try {
			const found = await call<Found>("POST", path, { ...body, after: next });
			setMore({ key, rows: [...(added?.rows ?? []), ...found.rows], next: found.next });
		} catch (error) {
			sayRefused(error);
		}
		setIsLoadingMore(false);
	}
	const clear = () => {
		setSelected(new Set());
		setIsAll(false);
	};
	const meant: Whom = isAll ? whom : { people: [...selected] };
	const howMany = isAll ? count : selected.size;
	return (
		<>
			<p class="people-count" role="status">
				{count === undefined ? words.counting : words.count(count)}
			</p>
			<Answered asked={asked} rows={8}>
				{() =>
					rows.length === 0 ? (
						isEverybody(condition) && q === "" ? (
							<Empty icon={Users} title={words.none}>
								{words.noneWhy}
							</Empty>
						) : (
							<Empty
								icon={Users}
								title={words.noneSuch}
								action={<Button onClick={onEverybody}>{words.showAll}</Button>}
							>
								{words.noneSuchWhy}
							</Empty>
						)
					) : (
						<div class="people-list">
							<Table
								label={words.title}
								rows={rows}
								keyOf={({ id }) => id}
								nameOf={({ cells: [name] }) => (name === null ? words.anonymous : String(name))}
								columns={drawn}
								sorting={{ by: sort.by, down: sort.order === "desc" }}
								onSort={({ by, down }) => isSorting(by) && onSort({ by, order: down ? "desc" : "asc" })}
								{...(mayActOnMany && {
									selected: chosen,
									onSelect: (next: ReadonlySet<string>) => {
										setIsAll(false);
										setSelected(next);
									},
								})}
								onMore={next === null ? undefined : () => void loadMore()}
								isLoadingMore={isLoadingMore}
							/>
						</div>
					)
				}
			</Answered>
			{howMany !== undefined && howMany > 0 && (
				<BulkBar
					whom={meant}
					count={howMany}
					columns={listing.columns}
					onClear={clear}
					onDone={() => {
						clear();
						asked.refresh();
						counted.refresh();
					}}
				>
					{!isAll && count !== undefined && count > selected.size && (
						<Button small kind="quiet" onClick={() => setIsAll(true)}>
							{words.selectAll(count)}
						</Button>
					)}
					<span class="unseen">{format.number(howMany)}</span>
				</BulkBar>
			)}
		</>
	);
}

const isSorting = (by: string): by is SortBy => sortings.some((one) => one === by);
