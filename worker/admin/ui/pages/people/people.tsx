// The people of a site: found by any condition, seen as one likes, acted on by the thousand.

import { ArrowUpDown, Columns3, Filter, History, X } from "lucide";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { ErrorBoundary, useLocation } from "preact-iso";
import { useAsked } from "../../api/asked.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { later } from "../../later.tsx";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Page, Tabs } from "../../parts/page.tsx";
import { useMay, useSite } from "../../site.ts";
import { ColumnsDialog } from "./columns.tsx";
import { FilterBar } from "./filter.tsx";
import { Jobs } from "./jobs.tsx";
import { List } from "./list.tsx";
import {
	baseOf,
	contactsView,
	definitionsFor,
	isEverybody,
	isSame,
	type Listing,
	read,
	sortings,
	write,
} from "./listing.ts";
import type { Views } from "./types.ts";
import { ViewActs } from "./views.tsx";

const searchAfterMs = 250;

const FilterDialog = later(() => import("./filter-dialog.tsx"));

export default function PeoplePage() {
	const { people: words, lists: listWords } = useWords();
	const site = useSite();
	const lang = useLang();
	const { query, path, route } = useLocation();
	const asked = useAsked<Views>(`${site.api}/views`);
	const segments = useDefinitions("segment").value?.definitions;
	const mayActOnMany = useMay("marketer");
	const [open, setOpen] = useState<"filter" | "columns" | "jobs">();
	const views = asked.value?.views ?? [];
	const base = useMemo(() => baseOf(query, views), [query, views]);
	const listing = useMemo(() => read(query, views), [query, views]);
	const lists = useDefinitions("list").value?.definitions;
	const segment = segments?.find(({ id }) => id === query.segment);
	const at = (next: Listing) => `${path}${write(next, query, base)}`;
	const change = (next: Partial<Listing>, isInPlace = false) => route(at({ ...listing, ...next }), isInPlace);
	// Whoever has followed a link meanwhile is not called back: this page stays until the next one has come.
	const seek = (q: string) => location.pathname === path && change({ q }, true);
	const isOfOne = Boolean(query.segment || query.tag || query.list);
	const here = query.view ? `${path}?view=${query.view}` : isOfOne ? "" : path;
	const view = views.find(({ id }) => id === query.view);
	// What the tab or the line above says is not said twice.
	const isSaid = isOfOne || query.view === contactsView;
	const isFiltered =
		!isEverybody(listing.condition) && !(isSaid && isSame(listing.condition, base.condition));
	// A list of somebody's view must not begin as everybody's.
	const isReady = query.view === undefined || query.view === contactsView || asked.value !== undefined;

	return (
		<Page
			title={words.title}
			lead={words.lead}
			wide
			actions={
				<>
					<Button icon={History} onClick={() => setOpen("jobs")}>
						{words.jobs}
					</Button>
					<LinkButton href={`${site.home}/people/lists`}>{listWords.title}</LinkButton>
					{mayActOnMany && <LinkButton href={`${site.home}/people/conflicts`}>{words.conflicts}</LinkButton>}
				</>
			}
			tabs={
				<Tabs
					label={words.views}
					current={here}
					tabs={[
						{ name: words.everybody, href: path },
						{ name: words.contacts, href: `${path}?view=${contactsView}` },
						...views.map(({ id, name, isShared }) => ({
							name,
							href: `${path}?view=${id}`,
							...(!isShared && { count: words.own }),
						})),
					]}
				/>
			}
		>
			<div class="people-tools">
				<Seeking q={listing.q} onSeek={seek} />
				<Button icon={Filter} onClick={() => setOpen("filter")}>
					{words.filter}
				</Button>
				<Button icon={Columns3} onClick={() => setOpen("columns")}>
					{words.columns}
				</Button>
				<Menu
					label={words.sort}
					icon={ArrowUpDown}
					kind="plain"
					acts={sortings.flatMap((by) =>
						(["desc", "asc"] as const).map((order) => ({
							label: words.sorted[by][order],
							isChosen: isSame(listing.sort, { by, order }),
							onAct: () => change({ sort: { by, order } }),
						})),
					)}
				>
					{words.sorted[listing.sort.by][listing.sort.order]}
				</Menu>
				<ViewActs
					view={view}
					listing={listing}
					isChanged={!isSame(listing, base) || isOfOne}
					onChanged={(saved) => {
						asked.refresh();
						route(saved ? `${path}?view=${saved}` : path);
					}}
					onBack={() => route(at(base))}
					views={asked}
				/>
			</div>
			{isOfOne && (
				<p class="people-of">
					{query.segment
						? words.inSegment(segment?.names[lang] ?? query.segment)
						: query.list
							? words.onList(lists?.find(({ id }) => id === query.list)?.names[lang] ?? query.list)
							: words.withTag(query.tag ?? "")}
					<LinkButton small kind="quiet" icon={X} href={path}>
						{words.showAll}
					</LinkButton>
				</p>
			)}
			{isFiltered && (
				<FilterBar
					condition={listing.condition}
					onOpen={() => setOpen("filter")}
					onClear={() => change({ condition: { all: [] } })}
				/>
			)}
			{isReady ? (
				<List
					listing={listing}
					definitions={definitionsFor(listing.condition, segments ?? [])}
					onSort={(sort) => change({ sort })}
					onEverybody={() => route(path)}
				/>
			) : (
				<Answered asked={asked}>{() => null}</Answered>
			)}
			{open === "filter" && (
				<ErrorBoundary>
					<FilterDialog
						condition={listing.condition}
						onClose={() => setOpen(undefined)}
						onApply={(condition) => {
							setOpen(undefined);
							change({ condition });
						}}
					/>
				</ErrorBoundary>
			)}
			{open === "columns" && (
				<ColumnsDialog
					columns={listing.columns}
					onChange={(columns) => change({ columns }, true)}
					onClose={() => setOpen(undefined)}
				/>
			)}
			{open === "jobs" && <Jobs onClose={() => setOpen(undefined)} />}
		</Page>
	);
}

/** Asked once nothing was written for a moment. */
function Seeking({ q, onSeek }: { readonly q: string; readonly onSeek: (q: string) => unknown }) {
	const { people: words } = useWords();
	const [written, setWritten] = useState(q);
	// A space at the end is still being written. Before the next letter, which would be lost.
	useLayoutEffect(() => setWritten((now) => (now.trim() === q ? now : q)), [q]);
	useEffect(() => {
		if (written.trim() === q) return;
		const timer = setTimeout(() => onSeek(written.trim()), searchAfterMs);
		return () => clearTimeout(timer);
	}, [written]);
	return (
		<Input
			type="search"
			label={words.seek}
			hideLabel
			placeholder={words.seekWhat}
			value={written}
			maxLength={100}
			onInput={setWritten}
		/>
	);
}
