// The meters. All objects of a Worker share its isolate, so one set of numbers counts for them all.

import type { Counts } from "../counts.ts";

export const counts: Counts = {
	objectRequests: 0,
	alarms: 0,
	setAlarms: 0,
	objectWritten: {},
	databaseWritten: {},
	objectRead: 0,
	databaseRead: 0,
	batches: 0,
};

export function reset(): void {
	settle();
	Object.assign(counts, { objectRequests: 0, alarms: 0, setAlarms: 0, objectRead: 0, databaseRead: 0 });
	Object.assign(counts, { objectWritten: {}, databaseWritten: {}, batches: 0 });
}

let paused = false;

/** Counts nothing until what it returns is called; nothing may be awaited in between. */
export function pause(): () => void {
	settle();
	paused = true;
	return () => {
		// Whatever the last statement of the pause wrote is not counted either.
		open = undefined;
		paused = false;
	};
}

/** A cursor tells what it read and wrote only when it has been read to its end: so at the next statement. */
let open:
	| { readonly cursor: SqlStorageCursor<Record<string, SqlStorageValue>>; readonly query: string }
	| undefined;

export function settle(): void {
	if (!open) return;
	const { cursor, query } = open;
	open = undefined;
	counts.objectRead += cursor.rowsRead;
	add(counts.objectWritten, query, cursor.rowsWritten);
}

function add(to: Record<string, number>, query: string, rows: number): void {
	if (rows === 0) return;
	const [, verb = "?", table = "?"] =
		/^\s*(?:WITH.*?\)\s*)?(INSERT|UPDATE|DELETE|CREATE)(?: OR \w+)?(?: INTO| FROM| TABLE| INDEX| TABLE IF NOT EXISTS)? (\w+)/i.exec(
			query,
		) ?? [];
	const name = `${verb.toLowerCase()} ${table}`;
	to[name] = (to[name] ?? 0) + rows;
}

const watched = new WeakSet<object>();

/** Puts the meters on what every storage of this isolate shares. */
export function countStorage(storage: DurableObjectStorage): void {
	const sql: SqlStorage = Object.getPrototypeOf(storage.sql);
	const whole: DurableObjectStorage = Object.getPrototypeOf(storage);
	if (watched.has(sql)) return;
	watched.add(sql);
	const { exec } = sql;
	sql.exec = function counted<T extends Record<string, SqlStorageValue>>(
		this: SqlStorage,
		query: string,
		...values: unknown[]
	) {
		settle();
		const cursor = exec.call<SqlStorage, [string, ...unknown[]], SqlStorageCursor<T>>(this, query, ...values);
		if (!paused) open = { cursor, query };
		return cursor;
	};
	const { setAlarm } = whole;
	whole.setAlarm = function counted(this: DurableObjectStorage, ...when: Parameters<typeof setAlarm>) {
		if (!paused) counts.setAlarms++;
		return setAlarm.apply(this, when);
	};
}

const queries = new WeakMap<D1PreparedStatement, string>();

export function countedDatabase(db: D1Database): D1Database {
	return new Proxy(db, {
		get(target, key) {
			if (key === "prepare") return (query: string) => remembered(target.prepare(query), query);
			if (key === "batch") return (statements: D1PreparedStatement[]) => batch(target, statements);
			const member: unknown = Reflect.get(target, key);
			return typeof member === "function" ? member.bind(target) : member;
		},
	});
}

function remembered(statement: D1PreparedStatement, query: string): D1PreparedStatement {
	queries.set(statement, query);
	const bind = statement.bind.bind(statement);
	statement.bind = (...values) => {
		const bound = bind(...values);
		queries.set(bound, query);
		return bound;
	};
	return statement;
}

async function batch(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
	const results = await db.batch(statements);
	counts.batches++;
	results.forEach(({ meta }, i) => {
		const statement = statements[i];
		counts.databaseRead += meta.rows_read;
		add(counts.databaseWritten, (statement && queries.get(statement)) ?? "", meta.rows_written);
	});
	return results;
}
