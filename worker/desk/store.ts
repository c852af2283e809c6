// The desk's SQLite. Tables:
//   meta           what the desk knows of itself: schema, site, settings as they were read last, agents who were here, and what
//                  visitors were told of the office
//   conversations  one row each: its state (domain/conversation/state.ts) as JSON, and what it is found by. `due_at`: when
//                  to look at it next, by alarm: it wakes, or its period ends. `home`: where the visitor's cell is
//   events         the logs: what happened, by number. `id` is the command's, by which one that comes again is known
//   files          what was attached, or may be; the bytes are in R2. `secret` opens the upload, until it has come
//   errands        what others are to be told, and have not taken yet: see errands.ts
//   mails          transcripts on their way: see ../cell/mails.ts
//   outbox, dead   see ../outbox
// Written by the desk alone. All of a conversation goes when its period ends, or when whose it is is erased.

import type { Event } from "../domain/conversation/event.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import { tables } from "../outbox/slots.ts";
import type { Row, Sql } from "../platform/sql.ts";

const schemaVersion = "1";

const schema = [
	`CREATE TABLE conversations (
		id TEXT PRIMARY KEY, person TEXT NOT NULL, part TEXT NOT NULL, visitor TEXT NOT NULL, status TEXT NOT NULL,
		last_at INTEGER NOT NULL, due_at INTEGER NOT NULL, home TEXT NOT NULL, state TEXT NOT NULL
	) WITHOUT ROWID`,
	"CREATE INDEX conversations_of_person ON conversations (person)",
	"CREATE INDEX conversations_of_part ON conversations (part)",
	"CREATE INDEX conversations_due ON conversations (due_at)",
	"CREATE INDEX conversations_alive ON conversations (status) WHERE status <> 'closed'",
	`CREATE TABLE events (
		conversation TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
		PRIMARY KEY (conversation, seq)
	) WITHOUT ROWID`,
	"CREATE INDEX events_by_id ON events (conversation, id)",
	`CREATE TABLE files (
		id TEXT PRIMARY KEY, conversation TEXT NOT NULL, at INTEGER NOT NULL, secret TEXT, body TEXT NOT NULL
	) WITHOUT ROWID`,
	"CREATE INDEX files_of_conversation ON files (conversation)",
	`CREATE TABLE errands (
		id TEXT PRIMARY KEY, conversation TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, body TEXT NOT NULL
	) WITHOUT ROWID`,
	`CREATE TABLE mails (
		id TEXT PRIMARY KEY, person TEXT NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER, attempts INTEGER NOT NULL,
		letter TEXT
	) WITHOUT ROWID`,
	tables.outbox,
	tables.dead,
];

/** A conversation costs more to read than to keep: of so many the state stays in memory. */
const mostKept = 2_000;

/** Where the visitor who began it is, and the origin of the page. The cell knows where they went. */
export interface Home {
	readonly cell: string;
	readonly origin: string | null;
}

export class DeskStore {
	readonly sql: Sql;
	readonly #states = new Map<string, Conversation>();

	constructor(sql: Sql) {
		this.sql = sql;
	}

	migrate(): void {
		this.sql.transaction(() => {
			this.sql.all(
				"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
			);
			if (this.meta("schema") === schemaVersion) return;
			for (const statement of schema) this.sql.all(statement);
			this.setMeta("schema", schemaVersion);
		});
	}

	/** A transaction failed: what is in memory may be ahead of what is stored. */
	distrust(): void {
		this.#states.clear();
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

	state(id: string): Conversation | undefined {
		const kept = this.#states.get(id);
		if (kept) return kept;
		const text = this.sql.all("SELECT state FROM conversations WHERE id = ?", id)[0]?.state;
		if (typeof text !== "string") return undefined;
		const state: Conversation = JSON.parse(text);
		this.#keep(id, state);
		return state;
	}

	home(id: string): Home | undefined {
		const text = this.sql.all("SELECT home FROM conversations WHERE id = ?", id)[0]?.home;
		return typeof text === "string" ? JSON.parse(text) : undefined;
	}

	/** Conversations of this person, or that this browser began between two identities; the latest first. */
	conversationsOf({ person, part }: { readonly person: string; readonly part: string }): readonly string[] {
		const query = "SELECT id FROM conversations WHERE person = ?1 OR part = ?2 ORDER BY last_at DESC";
		return this.sql.all(query, person, part).map(({ id }) => String(id));
	}

	/** Those that are not closed, the longest silent first. */
	alive(most: number): readonly string[] {
		const query = "SELECT id FROM conversations WHERE status <> 'closed' ORDER BY last_at LIMIT ?";
		return this.sql.all(query, most).map(({ id }) => String(id));
	}

	countAlive(): number {
		return Number(this.sql.all("SELECT count(*) AS n FROM conversations WHERE status <> 'closed'")[0]?.n);
	}

	/** `dueAt` is a lower bound: where it stands, its index is not written. */
	append(
		id: string,
		home: Home,
		before: Conversation | undefined,
		events: readonly Event[],
		after: Conversation,
		dueAt: number,
	): void {
		for (const event of events)
			this.sql.all(
				"INSERT INTO events (conversation, seq, id, body) VALUES (?, ?, ?, ?)",
				id,
				event.seq,
				event.id,
				JSON.stringify(event),
			);
		const state = JSON.stringify(after);
		const { whose, status, lastAt } = after;
		if (!before)
			this.sql.all(
				`INSERT INTO conversations (id, person, part, visitor, status, last_at, due_at, home, state)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				...[id, whose.person, whose.part, whose.visitor, status, lastAt, dueAt, JSON.stringify(home), state],
			);
		else {
			const changed: Record<string, string | number> = { last_at: lastAt, state };
			if (whose.person !== before.whose.person) changed.person = whose.person;
			if (status !== before.status) changed.status = status;
			const sets = Object.keys(changed).map((column) => `${column} = ?`);
			this.sql.all(`UPDATE conversations SET ${sets.join(", ")} WHERE id = ?`, ...Object.values(changed), id);
			if (dueAt < this.#dueOf(id)) this.setDue(id, dueAt);
		}
		this.#keep(id, after);
	}

	setDue(id: string, at: number): void {
		this.sql.all("UPDATE conversations SET due_at = ? WHERE id = ?", at, id);
	}

	#dueOf(id: string): number {
		return Number(this.sql.all("SELECT due_at FROM conversations WHERE id = ?", id)[0]?.due_at);
	}

	due(now: number, most: number): readonly string[] {
		const query = "SELECT id FROM conversations WHERE due_at <= ? ORDER BY due_at LIMIT ?";
		return this.sql.all(query, now, most).map(({ id }) => String(id));
	}

	nextDue(): number {
		const row = this.sql.all("SELECT min(due_at) AS at FROM conversations")[0];
		return typeof row?.at === "number" ? row.at : Number.POSITIVE_INFINITY;
	}

	/** The number of the last event that came of a command; nothing where it never came. */
	doneAt(conversation: string, command: string): number | undefined {
		const query = "SELECT max(seq) AS seq FROM events WHERE conversation = ? AND id = ?";
		const seq = this.sql.all(query, conversation, command)[0]?.seq;
		return typeof seq === "number" ? seq : undefined;
	}

	/** Above `after`, in their order. */
	eventsAfter(conversation: string, after: number, most: number): readonly Event[] {
		const query = "SELECT body FROM events WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?";
		return this.sql.all(query, conversation, after, most).map(eventIn);
	}

	/** The last below `before`, in their order. */
	eventsBefore(conversation: string, before: number, most: number): readonly Event[] {
		const query = "SELECT body FROM events WHERE conversation = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
		return this.sql.all(query, conversation, before, most).map(eventIn).reverse();
	}

	/** Of these ids of people, parts and visitors, all conversations. */
	concerning(
		people: readonly string[],
		parts: readonly string[],
		visitors: readonly string[],
	): readonly string[] {
		const among = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;
		const query = `SELECT id FROM conversations WHERE ${among("person")} UNION SELECT id FROM conversations WHERE ${among("part")}
			UNION SELECT id FROM conversations WHERE ${among("visitor")}`;
		return this.sql
			.all(query, JSON.stringify(people), JSON.stringify(parts), JSON.stringify(visitors))
			.map(({ id }) => String(id));
	}

	/** All of it, but for what others are still to be told; answers with its files. */
	remove(conversation: string): readonly string[] {
		const files = this.sql.all("SELECT id FROM files WHERE conversation = ?", conversation);
		for (const table of ["events", "files", "errands"])
			this.sql.all(`DELETE FROM ${table} WHERE conversation = ?`, conversation);
		this.sql.all("DELETE FROM mails WHERE person = ?", conversation);
		this.sql.all("DELETE FROM conversations WHERE id = ?", conversation);
		this.#states.delete(conversation);
		return files.map(({ id }) => String(id));
	}

	#keep(id: string, state: Conversation): void {
		if (this.#states.size >= mostKept) this.#states.clear();
		this.#states.set(id, state);
	}
}

function eventIn({ body }: Row): Event {
	return JSON.parse(String(body));
}
