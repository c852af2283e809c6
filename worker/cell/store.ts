// The cell's SQLite. Tables:
//   meta      what the cell knows of itself: schema, birth, snapshot, clock; how far the last publication has come (fill),
//             and what is being applied to the past (apply, and the applications themselves)
//   people    one row a person: everything, as JSON; `due_at` is when to look at them next, by alarm
//   browsers  which person a visitor is, only where that is not the visitor's own id; "" once the browser is erased
//   coupons   codes of the site's pools that were leased to this cell and are not given away yet
//   identifiers  by what the directory knows whom: it cannot be asked the other way round
//   erasures  who is being erased, until every store has confirmed it; tombstones  digests of who was
//   outbox, dead: see slots.ts and outbox.ts
// Written by the cell alone. Details of anonymous people lapse; attention and totals stay.

import { type Identifier, identifierKinds } from "../domain/contact.ts";
import type { Row, Sql } from "./sql.ts";

export const schemaVersion = 4;

const outbox = `CREATE TABLE outbox (
	slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, seqs TEXT NOT NULL, sink TEXT NOT NULL, kind TEXT NOT NULL,
	payload TEXT NOT NULL, attempts INTEGER NOT NULL
)`;

const coupons =
	"CREATE TABLE IF NOT EXISTS coupons (pool TEXT NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (pool, place)) WITHOUT ROWID";

const erasures = `
	CREATE TABLE IF NOT EXISTS identifiers (
		person TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person, kind, value)) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS erasures (person TEXT PRIMARY KEY, job TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS tombstones (digest TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
`;

const schema = `
	${outbox};
	${coupons};
	${erasures};
	CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE people (id TEXT PRIMARY KEY, due_at INTEGER, state TEXT NOT NULL) WITHOUT ROWID;
	CREATE INDEX due ON people (due_at) WHERE due_at IS NOT NULL;
	CREATE TABLE browsers (visitor TEXT PRIMARY KEY, person TEXT NOT NULL, part TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE dead (seq INTEGER PRIMARY KEY, sink TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL, error TEXT NOT NULL);
`;

/** From version 1: rows in slots, and the highest number that may have been used in a blank one. */
const slots = `
	ALTER TABLE outbox RENAME TO outbox_1;
	${outbox};
	INSERT INTO outbox (seq, seqs, sink, kind, payload, attempts)
		SELECT seq, CAST(seq AS TEXT), sink, kind, payload, attempts FROM outbox_1 ORDER BY seq;
	INSERT INTO outbox (seq, seqs, sink, kind, payload, attempts)
		SELECT CAST(value AS INTEGER), '', 'd1', 'history', '', 0 FROM meta WHERE key = 'seq';
	DELETE FROM meta WHERE key = 'seq';
	DROP TABLE outbox_1;
`;

export class Store {
	readonly sql: Sql;
	/** Most cells have no row in `browsers`, and need not ask for one with each request. */
	#hasBrowsers: boolean | undefined;
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
				if (known === "1") this.#run(slots);
				this.#run(coupons);
				this.#run(erasures);
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

	browser(visitor: string): { readonly person: string; readonly part: string } {
		this.#hasBrowsers ??= this.sql.all("SELECT 1 FROM browsers LIMIT 1").length > 0;
		const row: Row | undefined = this.#hasBrowsers
			? this.sql.all("SELECT person, part FROM browsers WHERE visitor = ?", visitor)[0]
			: undefined;
		// Until the browser changes hands, visitor, person and part share one id, and no row is spent on saying so.
		return row ? { person: String(row.person), part: String(row.part) } : { person: visitor, part: visitor };
	}

	/** Costs a row where it is new, and nothing where it is known. */
	keepIdentifiers(person: string, identifiers: readonly Identifier[]): void {
		for (const { kind, value } of identifiers)
			this.sql.all(
				"INSERT OR IGNORE INTO identifiers (person, kind, value) VALUES (?, ?, ?)",
				person,
				kind,
				value,
			);
	}

	dropIdentifiers(person: string, identifiers: readonly Identifier[]): void {
		for (const { kind, value } of identifiers)
			this.sql.all(
				"DELETE FROM identifiers WHERE person = ? AND kind = ? AND value = ?",
				person,
				kind,
				value,
			);
	}

	identifiersOf(person: string): readonly Identifier[] {
		const rows = this.sql.all("SELECT kind, value FROM identifiers WHERE person = ?", person);
		return rows.flatMap(({ kind: said, value }) => {
			const kind = identifierKinds.find((one) => one === said);
			return kind ? [{ kind, value: String(value) }] : [];
		});
	}

	/** Browsers that are this person's, and the parts they write to; the person's own id where that is still a visitor's. */
	browsersOf(person: string): readonly { readonly visitor: string; readonly part: string }[] {
		const rows = this.sql.all("SELECT visitor, part FROM browsers WHERE person = ?", person);
		const own = this.browser(person).person === person ? [{ visitor: person, part: person }] : [];
		return [...own, ...rows.map((row) => ({ visitor: String(row.visitor), part: String(row.part) }))];
	}

	putBrowser(visitor: string, person: string, part: string): void {
		// It stays so where the transaction fails: asking in vain does no harm.
		this.#hasBrowsers = true;
		this.sql.all(
			`INSERT INTO browsers (visitor, person, part) VALUES (?, ?, ?)
			ON CONFLICT (visitor) DO UPDATE SET person = excluded.person, part = excluded.part`,
			visitor,
			person,
			part,
		);
	}
}
