// All places there are: tables of D1, and tables and keys of the objects, each with what it holds. Whoever serves visitors
// knows those of registry.ts, and is not uploaded with the rest.

import { by, inCell, inDatabase, none, type Store } from "./registry.ts";

/** Tables of D1. */
export const database = {
	...inDatabase,
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
	// How many people segments have.
	sizes: none,
	// What orders were worth and owed to; each is known by a digest, and whose it is stands nowhere.
	credits: none,
	// What changed of products. An id stands there as a bound in the order of ids, and tells of nobody.
	product_news: none,
	// How far each cell's outbox has been taken in.
	watermarks: none,
	// The site's own settings.
	sites: none,
	// What marketers define.
	definitions: none,
	// What was published.
	publications: none,
	// Questions that anybody may ask, with the site's answers.
	faq: none,
	// What the site calls what it knows of people, and never what that is of anybody.
	attributes: none,
	// Which sites are to go.
	removals: none,
	// Digests of what sites were called.
	removed_sites: none,
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

/** They look for it by themselves: see import/erased.ts and bulk/work.ts. */
const erased = "of whoever was erased, within the hour";

/** Tables of the objects, by class. */
export const objects = {
	Cell: inCell,
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
			until: `an undo is no longer possible, 30 days after the act; ${erased}`,
		},
	},
	Removal: {
		// Which site is to go, and how far that has come.
		meta: none,
	},
	Import: {
		// The plan, and how far it has come.
		meta: none,
		chunks: { holds: "personal", until: `the run is done; ${erased}` },
		rows: { holds: "personal", until: `the run is done; ${erased}` },
		people: {
			holds: "personal",
			until: `an undo is no longer possible, 30 days after the run; ${erased}`,
		},
		keys: { holds: "personal", until: `the run is done; ${erased}` },
		problems: {
			holds: "personal",
			until: `an undo is no longer possible, 30 days after the run; ${erased}`,
		},
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
