// What the recommender has learned, in the object's memory and beside it in SQLite, from where it comes back after an
// eviction. Tables:
//   learned_state   one row for each of: `course` (how far was read, digests of what may still go on, groups that are asked
//                   for), `repeats`
//   learned_blocks  sessions, 256 in a row: of each ring of memory (visits, baskets, journeys) as many rows as it takes, used
//                   again in turn
//   learned_days    what was counted on a day, a row for each tally
// Only what changed is written. In memory all of it takes some 15 MB, at most 40.

import { dayMs } from "../domain/calendar.ts";
import { forget, type Learned, learnedBounds, newLearned } from "../domain/recommend/learned.ts";
import { type Memory, productsOf, restore, sessionNumber } from "../domain/recommend/memory.ts";
import { count, countedOn, newTally, type Tally, tallyDays } from "../domain/recommend/tally.ts";

const perBlock = 256;
const rings = ["visits", "baskets", "journeys"] as const;
type Ring = (typeof rings)[number];
/** Of all visitors; the others are named as groups are. */
const ofSite = "site";

interface Course {
	readonly site: string;
	/** For digests. */
	readonly key: string;
	/** Events up to this instant were read. */
	readonly readTo: number;
	readonly lookedAt: number;
	/** Open visits with the instant of their latest event and the number of their session. */
	readonly open: readonly (readonly [browser: string, at: number, session: number])[];
	readonly known: readonly (readonly [event: string, at: number])[];
	readonly orders: readonly (readonly [order: string, at: number])[];
	readonly groups: readonly string[];
}

interface Block {
	/** Number of the first. */
	readonly from: number;
	readonly sessions: readonly (readonly string[])[];
}

export class Keeper {
	readonly #storage: DurableObjectStorage;
	#learned: Learned | undefined;
	#course: Course;
	#areGroupsNew = false;
	/** Raised with each change of what was learned. */
	version = 0;
	site: string | undefined;

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
		storage.transactionSync(() => {
			for (const table of tables) storage.sql.exec(table);
		});
		const known = this.#state<Course>("course");
		this.#course = known ?? { ...newCourse, key: crypto.randomUUID() };
		this.site = known?.site;
	}

	get readTo(): number {
		return this.#course.readTo;
	}

	get lookedAt(): number {
		return this.#course.lookedAt;
	}

	/** Brought back from SQLite at the first question: some 100 ms where it is full. */
	get learned(): Learned {
		this.#learned ??= this.#restored();
		return this.#learned;
	}

	/** Learns, and stores what that changed with how far was read: both or neither. Answers what `teach` does. */
	keep(now: number, readTo: number, teach: (learned: Learned, key: string) => number): number {
		const { learned } = this;
		try {
			const taught = teach(learned, this.#course.key);
			forget(learned, readTo);
			this.#storage.transactionSync(() => this.#store(now, readTo, taught > 0));
			if (taught > 0) this.version++;
			return taught;
		} catch (error) {
			// What is in memory is no longer what is stored.
			this.#learned = undefined;
			throw error;
		}
	}

	/** What its members like is counted from here on; nothing where too many groups are asked for already. */
	ask(group: string): void {
		const { groups } = this.learned;
		if (groups.has(group) || groups.size >= learnedBounds.groups) return;
		groups.set(group, watched(newTally(learnedBounds.group)));
		this.#areGroupsNew = true;
	}

	#store(now: number, readTo: number, isTaught: boolean): void {
		const { learned } = this;
		const { open, known, orders, groups, visits } = learned;
		if (isTaught) {
			for (const ring of rings) this.#storeRing(ring, learned[ring]);
			this.#storeTally(ofSite, learned.views);
			for (const [group, tally] of groups) this.#storeTally(group, tally);
			this.#setState("repeats", [...learned.repeats.intervals]);
		}
		const before = this.#course;
		this.#course = {
			...before,
			site: this.site ?? "",
			readTo,
			lookedAt: now,
			open: [...open].slice(-mostOpen).flatMap(([browser, at]) => {
				const session = sessionNumber(visits, browser);
				return session === undefined ? [] : [[browser, at, session] as const];
			}),
			known: [...known].slice(-mostKnown),
			orders: [...orders].slice(-mostOrders),
			groups: [...groups.keys()],
		};
		// Also what is to be forgotten.
		const isShorter = (["open", "known", "orders"] as const).some(
			(list) => this.#course[list].length < before[list].length,
		);
		if (!isTaught && !isShorter && !this.#areGroupsNew && before.lookedAt > 0) return;
		this.#setState("course", this.#course);
		this.#areGroupsNew = false;
	}

	#storeRing(ring: Ring, memory: Memory): void {
		const changed = memory.changed ?? new Set();
		const blocks = new Set([...changed].map((session) => Math.floor(session / perBlock)));
		for (const block of blocks) {
			const from = block * perBlock;
			const count = Math.min(perBlock, memory.begun - from);
			const sessions = Array.from({ length: count }, (_, n) => productsOf(memory, from + n));
			this.#storage.sql.exec(
				"INSERT OR REPLACE INTO learned_blocks (ring, place, block) VALUES (?, ?, ?)",
				ring,
				block % placesOf(memory),
				JSON.stringify({ from, sessions } satisfies Block),
			);
		}
		changed.clear();
	}

	#storeTally(name: string, tally: Tally): void {
		const { sql } = this.#storage;
		const days = [...(tally.changed ?? [])];
		for (const day of days) {
			const counted = countedOn(tally, day).map(({ product, count }) => [product, count]);
			sql.exec(
				"INSERT OR REPLACE INTO learned_days (tally, day, counted) VALUES (?, ?, ?)",
				name,
				day,
				JSON.stringify(counted),
			);
		}
		if (days.length > 0)
			sql.exec("DELETE FROM learned_days WHERE tally = ? AND day <= ?", name, tally.today - tallyDays);
		tally.changed?.clear();
	}

	#restored(): Learned {
		const learned = newLearned();
		for (const ring of rings) this.#restoreRing(ring, learned[ring]);
		const { open, known, orders, groups } = this.#course;
		for (const [browser, at, session] of open.toSorted((a, b) => a[2] - b[2])) {
			learned.open.set(browser, at);
			learned.visits.open.set(browser, session);
		}
		for (const [event, at] of known) learned.known.set(event, at);
		for (const [order, at] of orders) learned.orders.set(order, at);
		for (const group of groups) learned.groups.set(group, newTally(learnedBounds.group));
		this.#restoreTallies(learned);
		for (const [product, days] of this.#state<[string, number[]][]>("repeats") ?? [])
			learned.repeats.intervals.set(product, days);
		for (const ring of rings) learned[ring].changed = new Set();
		for (const tally of [learned.views, ...learned.groups.values()]) watched(tally);
		return learned;
	}

	#restoreRing(ring: Ring, memory: Memory): void {
		const blocks = this.#storage.sql
			.exec<{ block: string }>("SELECT block FROM learned_blocks WHERE ring = ?", ring)
			.toArray()
			.map(({ block }): Block => JSON.parse(block))
			.sort((a, b) => a.from - b.from);
		// What is older than all that is remembered waits for its place to be used again.
		const [first] = blocks;
		const last = blocks.at(-1);
		if (!first || !last) return;
		memory.begun = Math.max(first.from, last.from - (placesOf(memory) - 1) * perBlock);
		for (const { from, sessions } of blocks) {
			if (from < memory.begun) continue;
			while (memory.begun < from) restore(memory, []);
			for (const products of sessions) restore(memory, products);
		}
	}

	#restoreTallies({ views, groups }: Learned): void {
		const rows = this.#storage.sql
			.exec<{ tally: string; day: number; counted: string }>(
				"SELECT tally, day, counted FROM learned_days ORDER BY day",
			)
			.toArray();
		for (const { tally: name, day, counted } of rows) {
			const tally = name === ofSite ? views : groups.get(name);
			const all: readonly (readonly [string, number])[] = JSON.parse(counted);
			if (tally) for (const [product, times] of all) count(tally, product, day * dayMs, times);
		}
	}

	#state<T>(key: string): T | undefined {
		const [row] = this.#storage.sql
			.exec<{ value: string }>("SELECT value FROM learned_state WHERE key = ?", key)
			.toArray();
		return row && JSON.parse(row.value);
	}

	#setState(key: string, value: unknown): void {
		this.#storage.sql.exec(
			"INSERT OR REPLACE INTO learned_state (key, value) VALUES (?, ?)",
			key,
			JSON.stringify(value),
		);
	}
}

const tables = [
	"CREATE TABLE IF NOT EXISTS learned_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
	`CREATE TABLE IF NOT EXISTS learned_blocks (ring TEXT NOT NULL, place INTEGER NOT NULL, block TEXT NOT NULL,
		PRIMARY KEY (ring, place)) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS learned_days (tally TEXT NOT NULL, day INTEGER NOT NULL, counted TEXT NOT NULL,
		PRIMARY KEY (tally, day)) WITHOUT ROWID`,
];

/**
 * Digests that outlive an eviction: what fits into a row. Of a site with more than that (a million views of products a day)
 * some may count twice after one.
 */
const mostOpen = 15_000;
const mostKnown = 15_000;
const mostOrders = 10_000;

const newCourse = { site: "", readTo: 0, lookedAt: 0, open: [], known: [], orders: [], groups: [] };

/** One block more than a ring needs: the one that begins does not take the place of one that is still remembered. */
function placesOf({ bounds: { sessions } }: Memory): number {
	return Math.ceil(sessions / perBlock) + 1;
}

function watched(tally: Tally): Tally {
	tally.changed ??= new Set();
	return tally;
}
