// Every place that holds something about a person: tables of D1 and of a cell. Export and erasure go through this list and
// know of nothing else. What holds nothing personal, and objects that see to it themselves, stand in tables.ts: a test
// fails where the two have a gap.

import { digestOf } from "../platform/digest.ts";

/** What a person is called in the stores: by their own ids, by those of their parts, and by those of their browsers. */
export interface Ids {
	readonly people: readonly string[];
	readonly parts: readonly string[];
	readonly visitors: readonly string[];
}

export const noIds: Ids = { people: [], parts: [], visitors: [] };

export type Holding =
	/** Rows are a person's where one of these columns, or expressions in brackets, has an id of that kind. */
	| { readonly holds: "personal"; readonly by: Readonly<Partial<Record<keyof Ids, readonly string[]>>> }
	/**
	 * A file that somebody is bringing in, of many: it goes whole, and by itself, when it is done with. What is of whoever
	 * is erased meanwhile goes within the hour: see import/erased.ts.
	 */
	| { readonly holds: "personal"; readonly until: string }
	/** Lines of the outbox, of which many share a row: struck one by one. */
	| { readonly holds: "personal"; readonly as: "lines" }
	/** What is of a conversation, and goes with it. */
	| { readonly holds: "personal"; readonly as: "conversations" }
	/** Why that is so stands beside it. */
	| { readonly holds: "nothing personal" };

export type Store = Readonly<Record<string, Holding>>;

export const none: Holding = { holds: "nothing personal" };
export const by = (columns: Partial<Record<keyof Ids, readonly string[]>>): Holding => ({
	holds: "personal",
	by: columns,
});

/** Tables of D1. Every one of them has a column `site`. */
export const inDatabase = {
	people: by({ people: ["id"] }),
	parts: by({ parts: ["id"] }),
	arrivals: by({ parts: ["part"] }),
	contact_events: by({ parts: ["part"] }),
	forwards: by({ people: ["person", "into_person"] }),
	messages: by({ parts: ["part"] }),
	conversations: by({ people: ["person"], parts: ["part"] }),
	conflicts: by({ people: ["person", "other"] }),
} as const satisfies Store;

/** What of a key comes after its kind, and of two ids, which a slash parts, the first and the second. */
const after = (column: string) => `substr(${column}, instr(${column}, '/') + 1)`;
const firstIn = (text: string) => `(substr(${text}, 1, instr(${text} || '/', '/') - 1))`;
const secondIn = (text: string) => `(${after(text)})`;
/**
 * Whom an errand is about: its key is `<kind>/<id>`, or `<kind>/<id>/<id>`. Names that go from one to another are the
 * other's: whoever was parted from somebody who is erased gets theirs back all the same.
 */
const errandOf = [`(iif(key LIKE 'move/%', NULL, ${firstIn(after("key"))}))`, secondIn(after("key"))];

/** Tables of a cell. */
export const inCell = {
	people: by({ people: ["id"] }),
	browsers: by({ people: ["person"], visitors: ["visitor"] }),
	sealed: by({ people: ["person"], parts: ["part"] }),
	outbox: { holds: "personal", as: "lines" },
	dead: { holds: "personal", as: "lines" },
	forwards: by({ people: ["person", "into_person"] }),
	// Also of `left/<person>`. What says who was parted from whom holds digests of names, and goes with either: see merging.ts.
	merges: by({ people: [`(${after("person")})`] }),
	errands: by({ people: errandOf, visitors: errandOf }),
	confirmations: by({ people: ["person"] }),
	mails: by({ people: ["person"] }),
	erasures: by({ people: ["person"] }),
	// Digests, from which nobody gets to a person.
	tombstones: none,
	// Codes that nobody was given yet.
	coupons: none,
	// What the cell knows of itself: see keys.
	meta: none,
} as const satisfies Store;

/** Statements over whatever a store holds of a person, each with the ids that it is bound to as JSON. */
export interface Statement {
	readonly table: string;
	readonly sql: string;
	readonly ids: readonly string[];
}

/** Of an object's store, or of D1, where ids stand in ?2 beside the site in ?1. */
export function statementsOf(
	store: Store,
	verb: "SELECT *" | "DELETE",
	ids: Ids,
	of: "object" | "database",
): readonly Statement[] {
	const [site, place] = of === "database" ? ["site = ?1 AND ", "?2"] : ["", "?"];
	return Object.entries(store).flatMap(([table, holding]) => {
		if (!("by" in holding)) return [];
		return kinds.flatMap((kind) =>
			ids[kind].length === 0
				? []
				: (holding.by[kind] ?? []).map((column) => ({
						table,
						sql: `${verb} FROM ${table} WHERE ${site}${column.startsWith("(") ? column : `"${column}"`} IN (SELECT value FROM json_each(${place}))`,
						ids: ids[kind],
					})),
		);
	});
}

const kinds = ["people", "parts", "visitors"] as const;

/** Both; the first itself where the other adds nothing. */
export function joinIds(a: Ids, b: Ids): Ids {
	const all = {
		people: more(a.people, b.people),
		parts: more(a.parts, b.parts),
		visitors: more(a.visitors, b.visitors),
	};
	return kinds.every((kind) => all[kind].length === a[kind].length) ? a : all;
}

function more(known: readonly string[], others: readonly string[]): readonly string[] {
	return [...new Set([...known, ...others])];
}

/** What stands for them in every list of tombstones. */
export function digestsOf({ people, parts, visitors }: Ids): readonly string[] {
	return [
		...people.map((id) => digestOf("person", id)),
		...parts.map((id) => digestOf("part", id)),
		...visitors.map((id) => digestOf("visitor", id)),
	];
}
