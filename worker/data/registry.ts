// Every place that holds something, and whether that is about a person: all tables of D1, and all tables and keys of the
// objects. Export and erasure go through this list and know of nothing else, and a test fails where it has a gap.

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
	/** Why that is so stands beside it: as text it would be uploaded with whoever serves visitors. */
	| { readonly holds: "nothing personal" };

type Store = Readonly<Record<string, Holding>>;

const none: Holding = { holds: "nothing personal" };
const by = (columns: Partial<Record<keyof Ids, readonly string[]>>): Holding => ({
	holds: "personal",
	by: columns,
});

/** Tables of D1. Every one that is personal has a column `site`. */
export const database = {
	people: by({ people: ["id"] }),
	parts: by({ parts: ["id"] }),
	arrivals: by({ parts: ["part"] }),
	contact_events: by({ parts: ["part"] }),
	forwards: by({ people: ["person", "into_person"] }),
	messages: by({ parts: ["part"] }),
	conversations: by({ people: ["person"], parts: ["part"] }),
	conflicts: by({ people: ["person", "other"] }),
	// Names of files, and when they came.
	imports: none,
	// Which lists marketers come back to: whatever a condition says, a marketer wrote it.
	views: none,
	// When which acts on many people began.
	bulk_jobs: none,
	// Digests, from which nobody gets to a person.
	tombstones: none,
	// How much was done in each hour, by nobody in particular.
	figures: none,
	// What orders were worth and owed to; each is known by a digest, and whose it is stands nowhere.
	credits: none,
	// How far each cell's outbox has been taken in.
	watermarks: none,
	// The site's own settings.
	sites: none,
	// What marketers define.
	definitions: none,
	// What was published.
	publications: none,
	// What marketers defined before.
	revisions: none,
	// The site's own people, who are no visitors.
	accounts: none,
	// What the site's own people may do there.
	memberships: none,
	// Where the site's own people are signed in.
	sessions: none,
	// Digests of codes of the site's own people.
	recovery_codes: none,
	// Public keys of the site's own people.
	passkeys: none,
	// Digests of chance.
	challenges: none,
	// Whom the site's own people let in to work with them.
	invitations: none,
	// Digests of chance.
	recoveries: none,
	// How often was guessed, by digests that lapse within the hour.
	guesses: none,
	// What the site's own people did: to which person, a digest says, from which nobody gets to them.
	audit: none,
	// Which migrations were applied.
	d1_migrations: none,
} as const satisfies Store;

/** What of a key comes after its kind, and of two ids, which a slash parts, the first and the second. */
const after = (column: string) => `substr(${column}, instr(${column}, '/') + 1)`;
const firstIn = (text: string) => `(substr(${text}, 1, instr(${text} || '/', '/') - 1))`;
const secondIn = (text: string) => `(${after(text)})`;
/** Whom an errand is about: its key is `<kind>/<id>`, or `<kind>/<id>/<id>`. */
const errandOf = [firstIn(after("key")), secondIn(after("key"))];

/** Tables of the objects, by class. */
export const objects = {
	Cell: {
		people: by({ people: ["id"] }),
		browsers: by({ people: ["person"], visitors: ["visitor"] }),
		sealed: by({ people: ["person"], parts: ["part"] }),
		outbox: { holds: "personal", as: "lines" },
		dead: { holds: "personal", as: "lines" },
		forwards: by({ people: ["person", "into_person"] }),
		// Also of `left/<person>`: see merging.ts.
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
	},
	// By its own erasure (see desk.ts): a conversation goes whole, with what is still to be told of it.
	Desk: {
		conversations: by({ people: ["person"], parts: ["part"], visitors: ["visitor"] }),
		events: { holds: "personal", as: "conversations" },
		files: { holds: "personal", as: "conversations" },
		errands: { holds: "personal", as: "conversations" },
		mails: { holds: "personal", as: "conversations" },
		outbox: { holds: "personal", as: "conversations" },
		dead: { holds: "personal", as: "conversations" },
		// The site, its settings, and what its agents are called.
		meta: none,
	},
	Directory: {
		owners: by({ people: ["person"] }),
		// Digests, from which nobody gets to a person.
		tombstones: none,
	},
	Site: {
		// The snapshot and the clock.
		meta: none,
		// Names of cells.
		cells: none,
		// Codes of coupon pools, and which cell has them.
		codes: none,
		// How many codes each pool has.
		pools: none,
		// Names and digests of keys of the site's servers.
		secret_keys: none,
		previews: { holds: "personal", until: "the link to the preview has expired, a day after it was made" },
	},
	Catalogue: {
		// The feed, and how far it is read.
		meta: none,
		// What the shop offers.
		products: none,
		// What changed of it.
		changes: none,
		// How far was read, and digests under a key of the object's own: of visits for half an hour, of events for ten minutes, of orders for three days.
		learned_state: none,
		// Which products were looked at or bought together, by nobody in particular.
		learned_blocks: none,
		// How often products were looked at on a day.
		learned_days: none,
		// The feed as it came.
		feed_chunks: none,
	},
	Bulk: {
		// The act, and how far it has come.
		meta: none,
		slices: {
			holds: "personal",
			until: "an undo is no longer possible, 30 days after the act; of whoever was erased, within the hour",
		},
	},
	Import: {
		// The plan, and how far it has come.
		meta: none,
		chunks: { holds: "personal", until: "the run is done" },
		rows: { holds: "personal", until: "the run is done" },
		people: { holds: "personal", until: "an undo is no longer possible, 30 days after the run" },
		keys: { holds: "personal", until: "the run is done" },
		problems: { holds: "personal", until: "an undo is no longer possible, 30 days after the run" },
	},
} as const satisfies Readonly<Record<string, Store>>;

/** Keys of `meta` in a cell; `pool <id>` is one for each pool. */
export const keys: Readonly<Record<string, string>> = {
	schema: "the version of the tables",
	birth: "the site and the cell's name",
	snapshot: "what is published",
	clock: "how far the site's clock is ahead",
	fill: "how far a publication has come: an id may stand there as a bound in the order of ids, and tells of nobody",
	apply: "how far an application has come: as in fill",
	applications: "rules that are applied to the past",
	pool: "the last code that was given out of a pool",
	back: "which places of a pool were given back",
};

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
