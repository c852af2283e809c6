// Which people are listed and how, as the address of the page says it: so a list can be sent to a colleague, and "back"
// leads to where one was. Nothing here knows of a screen.

import type { Condition, Leaf } from "../../../../domain/condition.ts";
import type { View } from "./types.ts";

export const sortings = ["createdAt", "lastSeenAt", "score", "visits"] as const;
export type SortBy = (typeof sortings)[number];
export interface Sorting {
	readonly by: SortBy;
	readonly order: "asc" | "desc";
}

export interface Listing {
	readonly condition: Condition;
	/** A part of a name or an address; "" for all. */
	readonly q: string;
	readonly columns: readonly string[];
	readonly sort: Sorting;
}

export const everybody: Condition = { all: [] };
/** Of whom we know an address, or who has a card. */
export const contacts: Condition = {
	not: { field: "identity", test: { op: "is", value: "anonymous" } },
};
export const usual: Listing = {
	condition: everybody,
	q: "",
	columns: ["name", "identity", "score", "lastSeenAt", "segments", "tags"],
	sort: { by: "lastSeenAt", order: "desc" },
};
/** A view that everyone has. */
export const contactsView = "contacts";

/** What an address asks for. What in it cannot be read counts as not said. */
export function read(query: Readonly<Record<string, string>>, views: readonly View[]): Listing {
	const { q, where, columns, sort } = query;
	const base = baseOf(query, views);
	const condition = where === undefined ? undefined : conditionIn(where);
	const by = sort === undefined ? undefined : sortIn(sort);
	const named = columns?.split("~").filter((name) => name !== "");
	return {
		condition: condition ?? base.condition,
		q: q ?? base.q,
		columns: named && named.length > 0 ? named : base.columns,
		sort: by ?? base.sort,
	};
}

/** Where a list begins: a saved view, a segment, a static list, a tag, everybody. */
export function baseOf(
	{ view, segment, tag, list }: Readonly<Record<string, string>>,
	views: readonly View[],
): Listing {
	if (segment) return { ...usual, condition: { field: "segment", segment } };
	if (list) return { ...usual, condition: { field: "list", list } };
	if (tag) return { ...usual, condition: { field: "tag", tag, count: { op: ">=", n: 1 } } };
	if (view === contactsView) return { ...usual, condition: contacts };
	const saved = views.find(({ id }) => id === view);
	return saved ? { ...saved, q: saved.q ?? "" } : usual;
}

/** The address of a list: only what is otherwise than where it begins. */
export function write(listing: Listing, query: Readonly<Record<string, string>>, base: Listing): string {
	const said = new URLSearchParams();
	for (const name of ["view", "segment", "tag", "list"]) if (query[name]) said.set(name, query[name]);
	if (!isSame(listing.condition, base.condition)) said.set("where", JSON.stringify(listing.condition));
	if (listing.q !== base.q) said.set("q", listing.q);
	if (!isSame(listing.columns, base.columns)) said.set("columns", listing.columns.join("~"));
	if (!isSame(listing.sort, base.sort)) said.set("sort", `${listing.sort.order}.${listing.sort.by}`);
	const text = said.toString();
	return text === "" ? "" : `?${text}`;
}

export const isEverybody = (condition: Condition) => isSame(condition, everybody);
export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Of a segment that was never published nobody is a member yet: then the drafts say who would be. */
export function definitionsFor(
	condition: Condition,
	segments: readonly { readonly id: string; readonly live: unknown }[],
): "published" | "drafts" {
	const unpublished = new Set(segments.flatMap(({ id, live }) => (live ? [] : [id])));
	const isUnpublished = (leaf: Leaf) => leaf.field === "segment" && unpublished.has(leaf.segment);
	return leavesIn(condition).some(isUnpublished) ? "drafts" : "published";
}

function leavesIn(condition: Condition): readonly Leaf[] {
	if ("all" in condition) return condition.all.flatMap(leavesIn);
	if ("any" in condition) return condition.any.flatMap(leavesIn);
	return "not" in condition ? leavesIn(condition.not) : [condition];
}

/** Whatever an address says: the API refuses what is no condition, and the builder is only shown what has its shape. */
function conditionIn(text: string): Condition | undefined {
	try {
		const said: unknown = JSON.parse(text);
		return isCondition(said) ? said : undefined;
	} catch {
		return undefined;
	}
}

function isCondition(said: unknown): said is Condition {
	if (typeof said !== "object" || said === null) return false;
	if ("all" in said) return Array.isArray(said.all) && said.all.every(isCondition);
	if ("any" in said) return Array.isArray(said.any) && said.any.every(isCondition);
	if ("not" in said) return isCondition(said.not);
	return "field" in said && typeof said.field === "string";
}

function sortIn(text: string): Sorting | undefined {
	const [order, by] = text.split(".");
	const known = sortings.find((one) => one === by);
	return known && (order === "asc" || order === "desc") ? { by: known, order } : undefined;
}

/** With one of them elsewhere in the order. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
	const one = list[from];
	if (one === undefined || to < 0 || to >= list.length) return list;
	return list.toSpliced(from, 1).toSpliced(to, 0, one);
}
