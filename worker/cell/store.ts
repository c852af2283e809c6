// The cell's SQLite. Tables:
//   meta      what the cell knows of itself: schema, birth, snapshot, clock; how far the last publication has come (fill),
//             and what is being applied to the past (apply, and the applications themselves)
//   people    one row a person: everything, as JSON; `due_at` is when to look at them next, by alarm
//   browsers  which person a visitor is, only where that is not the visitor's own id; "" once the browser is erased.
//             `cell` is where the browser went, null while it is here, and `epoch` how often it moved
//   sealed    parts of people that are sealed: see sealing.ts
//   forwards  who somebody is now, and where, if they are no card of their own any more; "" once they are erased
//   errands   see errands.ts
//   merges    cards that were merged into one of this cell, as both were before: what undoes it; and who left, or was parted
//   coupons   codes of the site's pools that were leased to this cell and are not given away yet
//   confirmations  what was asked for and waits for the person's word: see confirmations.ts
//   mails     messages to people on their way to a mail server: see mails.ts
//   erasures  who is being erased, until every store has confirmed it; tombstones  digests of who was
//   outbox, dead: see ../outbox
// Written by the cell alone. Details of anonymous people lapse; attention and totals stay.

import type { Owner } from "../domain/contact.ts";
import { tables } from "../outbox/slots.ts";
import type { Row, Sql } from "../platform/sql.ts";

export const schemaVersion = 5;

const coupons =
	"CREATE TABLE IF NOT EXISTS coupons (pool TEXT NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (pool, place)) WITHOUT ROWID";

const mail = `
	CREATE TABLE IF NOT EXISTS confirmations (
		id TEXT PRIMARY KEY, person TEXT NOT NULL, email TEXT NOT NULL, expires_at INTEGER NOT NULL, body TEXT NOT NULL
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS mails (
		id TEXT PRIMARY KEY, person TEXT NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER, attempts INTEGER NOT NULL,
		letter TEXT
	) WITHOUT ROWID`;
const erasures = `
	CREATE TABLE IF NOT EXISTS erasures (person TEXT PRIMARY KEY, job TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS tombstones (digest TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
`;

const sealed =
	"CREATE TABLE sealed (person TEXT NOT NULL, part TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (person, part)) WITHOUT ROWID";

const schema = `
	${tables.outbox};
	${coupons};
	${mail};
	${erasures};
	${sealed};
	CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE people (id TEXT PRIMARY KEY, due_at INTEGER, state TEXT NOT NULL) WITHOUT ROWID;
	CREATE INDEX due ON people (due_at) WHERE due_at IS NOT NULL;
	CREATE TABLE browsers (
		visitor TEXT PRIMARY KEY, person TEXT NOT NULL, part TEXT NOT NULL, cell TEXT, epoch INTEGER NOT NULL DEFAULT 0
	) WITHOUT ROWID;
	CREATE INDEX browsers_of_part ON browsers (part);
	CREATE TABLE forwards (person TEXT PRIMARY KEY, into_person TEXT NOT NULL, cell TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE errands (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE merges (person TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
	${tables.dead};
`;

/** Where a visitor is. `cell` is null while it is here. */
export interface WhereBrowser {
	readonly person: string;
	readonly part: string;
	readonly cell: string | null;
	readonly epoch: number;
}

export class Store {
	readonly sql: Sql;
	/** Most cells have no row in `browsers`, and need not ask for one with each request. */
	#hasBrowsers: boolean | undefined;
	/** The same of `forwards`. */
	#hasForwards: boolean | undefined;
	/** No later than the first due instant, where it is known; so that a page view need not ask for it. */
	#nextDue: number | undefined;

	constructor(sql: Sql) {
		this.sql = sql;
	}

	migrate(): void {
		this.sql.transaction(() => {
			this.sql.all(
				"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
			);
			const known = this.meta("schema");
			if (known === String(schemaVersion)) return;
			if (known === undefined) this.#run(schema);
			else {
				this.#run(coupons);
				this.#run(mail);
				this.#run(erasures);
				this.#run(sealed);
			}
			this.setMeta("schema", String(schemaVersion));
		});
	}

	#run(script: string): void {
		for (const statement of script.split(";")) if (statement.trim()) this.sql.all(statement);
	}

	meta(key: string): string | undefined {
		const value = this.sql.all("SELECT value FROM meta WHERE key = ?", key)[0]?.value;
		return value === undefined || value === null ? undefined : String(value);
	}

	setMeta(key: string, value: string): void {
		this.sql.all(
			"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			key,
			value,
		);
	}

	state(person: string): string | undefined {
		const state = this.sql.all("SELECT state FROM people WHERE id = ?", person)[0]?.state;
		return typeof state === "string" ? state : undefined;
	}

	/** For someone whose due instant stands: an index on a column that is set costs a row, even where it is the same. */
	updateState(person: string, state: string): void {
		this.sql.all("UPDATE people SET state = ? WHERE id = ?", state, person);
	}

	putState(person: string, state: string, dueAt: number | null): void {
		if (dueAt !== null && this.#nextDue !== undefined) this.#nextDue = Math.min(this.#nextDue, dueAt);
		this.sql.all(
			`INSERT INTO people (id, due_at, state) VALUES (?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, state = excluded.state`,
			person,
			dueAt,
			state,
		);
	}

	remove(person: string): void {
		this.sql.all("DELETE FROM people WHERE id = ?", person);
		this.sql.all("DELETE FROM sealed WHERE person = ?", person);
	}

	/** The parts of a person that are sealed, each as its text. */
	sealed(person: string): readonly string[] {
		return this.sql
			.all("SELECT body FROM sealed WHERE person = ? ORDER BY part", person)
			.map(({ body }) => String(body));
	}

	putSealed(person: string, part: string, body: string): void {
		this.sql.all("INSERT OR REPLACE INTO sealed (person, part, body) VALUES (?, ?, ?)", person, part, body);
	}

	/** Of a person's sealed parts none but these stay. */
	keepSealed(person: string, parts: readonly string[]): void {
		this.sql.all(
			"DELETE FROM sealed WHERE person = ? AND part NOT IN (SELECT value FROM json_each(?))",
			person,
			JSON.stringify(parts),
		);
	}

	/** How many people there are, and the highest of their ids. */
	census(): { readonly people: number; readonly last: string } {
		const row = this.sql.all("SELECT count(*) AS people, max(id) AS last FROM people")[0];
		return { people: Number(row?.people ?? 0), last: String(row?.last ?? "") };
	}

	/** Ids of the next people after one, up to and with another, in their order. */
	peopleAfter(cursor: string, last: string, most: number): readonly string[] {
		const query = "SELECT id FROM people WHERE id > ? AND id <= ? ORDER BY id LIMIT ?";
		return this.sql.all(query, cursor, last, most).map((row) => String(row.id));
	}

	/** People to look at, the longest due first. */
	due(now: number, most: number): readonly string[] {
		const rows = this.sql.all("SELECT id FROM people WHERE due_at <= ? ORDER BY due_at LIMIT ?", now, most);
		return rows.map((row) => String(row.id));
	}

	/** When someone is due, or infinity: a lower bound, and exact after `askDue`. */
	nextDue(): number {
		return this.#nextDue ?? this.askDue();
	}

	askDue(): number {
		const row = this.sql.all("SELECT due_at FROM people WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1")[0];
		this.#nextDue = row === undefined ? Number.POSITIVE_INFINITY : Number(row.due_at);
		return this.#nextDue;
	}

	browser(visitor: string): WhereBrowser {
		this.#hasBrowsers ??= this.sql.all("SELECT 1 FROM browsers LIMIT 1").length > 0;
		const row: Row | undefined = this.#hasBrowsers
			? this.sql.all("SELECT person, part, cell, epoch FROM browsers WHERE visitor = ?", visitor)[0]
			: undefined;
		// Until the browser changes hands, visitor, person and part share one id, and no row is spent on saying so.
		if (!row) return { person: visitor, part: visitor, cell: null, epoch: 0 };
		const cell = row.cell === null ? null : String(row.cell);
		return { person: String(row.person), part: String(row.part), cell, epoch: Number(row.epoch) };
	}

	/** The browser that writes a part here, if any does. */
	visitorOf(part: string): string | undefined {
		const row = this.sql.all("SELECT visitor FROM browsers WHERE part = ? AND cell IS NULL", part)[0];
		if (row) return String(row.visitor);
		const { part: own, cell } = this.browser(part);
		return own === part && cell === null ? part : undefined;
	}

	/** Who is one of these by now. */
	forwardedTo(people: readonly string[]): readonly string[] {
		const query = "SELECT person FROM forwards WHERE into_person IN (SELECT value FROM json_each(?))";
		return this.sql.all(query, JSON.stringify(people)).map(({ person }) => String(person));
	}

	/** What takes back those who were parted from these people, and have not arrived where they were before. */
	returningFrom(people: readonly string[]): readonly string[] {
		const query = `SELECT body FROM errands
			WHERE key LIKE 'return/%' AND body ->> '$.from.person' IN (SELECT value FROM json_each(?))`;
		return this.sql.all(query, JSON.stringify(people)).map(({ body }) => String(body));
	}

	/** Browsers that are this person's, and the parts they write to; the person's own id where that is still a visitor's. */
	browsersOf(person: string): readonly { readonly visitor: string; readonly part: string }[] {
		const rows = this.sql.all("SELECT visitor, part FROM browsers WHERE person = ?", person);
		const own = this.browser(person).person === person ? [{ visitor: person, part: person }] : [];
		return [...own, ...rows.map((row) => ({ visitor: String(row.visitor), part: String(row.part) }))];
	}

	putBrowser(visitor: string, { person, part, cell, epoch }: WhereBrowser): void {
		// It stays so where the transaction fails: asking in vain does no harm.
		this.#hasBrowsers = true;
		this.sql.all(
			`INSERT INTO browsers (visitor, person, part, cell, epoch) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (visitor) DO UPDATE
			SET person = excluded.person, part = excluded.part, cell = excluded.cell, epoch = excluded.epoch`,
			visitor,
			person,
			part,
			cell,
			epoch,
		);
	}

	/** Who somebody is now, and where; nothing where they are themselves. */
	forwardOf(person: string): Owner | undefined {
		this.#hasForwards ??= this.sql.all("SELECT 1 FROM forwards LIMIT 1").length > 0;
		if (!this.#hasForwards) return undefined;
		const row = this.sql.all("SELECT into_person, cell FROM forwards WHERE person = ?", person)[0];
		return row && { person: String(row.into_person), cell: String(row.cell) };
	}

	putForward(person: string, into: Owner): void {
		this.#hasForwards = true;
		this.sql.all(
			`INSERT INTO forwards (person, into_person, cell) VALUES (?, ?, ?)
			ON CONFLICT (person) DO UPDATE SET into_person = excluded.into_person, cell = excluded.cell`,
			person,
			into.person,
			into.cell,
		);
	}

	removeForward(person: string): void {
		this.sql.all("DELETE FROM forwards WHERE person = ?", person);
	}

	merge(person: string): string | undefined {
		const body = this.sql.all("SELECT body FROM merges WHERE person = ?", person)[0]?.body;
		return typeof body === "string" ? body : undefined;
	}

	/** What stands under keys that begin so. */
	mergesFrom(beginning: string): readonly string[] {
		const query = "SELECT body FROM merges WHERE person >= ?1 AND person < ?1 || char(0x10ffff)";
		return this.sql.all(query, beginning).map(({ body }) => String(body));
	}

	/** Of merges that can be undone those in which one of these stands: what is forgotten does not come back. */
	removeMerges(ids: readonly string[]): void {
		const query = "DELETE FROM merges WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(body, value) > 0)";
		this.sql.all(query, JSON.stringify(ids));
	}

	putMerge(person: string, body: string): void {
		this.sql.all(
			"INSERT INTO merges (person, body) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET body = excluded.body",
			person,
			body,
		);
	}

	/** The keys of all errands. */
	errands(): readonly string[] {
		return this.sql.all("SELECT key FROM errands").map((row) => String(row.key));
	}

	/** Of those the ones that carry this text. */
	errandsNaming(text: string): readonly string[] {
		const query = "SELECT key FROM errands WHERE instr(body, ?) > 0";
		return this.sql.all(query, text).map((row) => String(row.key));
	}

	errand(key: string): string | undefined {
		const body = this.sql.all("SELECT body FROM errands WHERE key = ?", key)[0]?.body;
		return typeof body === "string" ? body : undefined;
	}

	/** Of errands that take a card, or a browser, to another cell those in which one of these stands. */
	passing(ids: readonly string[]): readonly { readonly key: string; readonly body: string }[] {
		const query = `SELECT key, body FROM errands
			WHERE (key LIKE 'merge/%' OR key LIKE 'return/%' OR key LIKE 'hand/%')
				AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(body, value) > 0)`;
		const rows = this.sql.all(query, JSON.stringify(ids));
		return rows.map(({ key, body }) => ({ key: String(key), body: String(body) }));
	}

	putErrand(key: string, body: string): void {
		this.sql.all(
			"INSERT INTO errands (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body",
			key,
			body,
		);
	}

	removeErrand(key: string): void {
		this.sql.all("DELETE FROM errands WHERE key = ?", key);
	}
}
