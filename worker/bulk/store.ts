// What a bulk act's object keeps. Tables:
//   meta    the job
//   slices  some people each, in one row: who they are; and from when on they are about to be acted on, where they were
//           found and which segments they were in. Of whoever was refused nothing is left once that is known.

import type { Job } from "./job.ts";

const schema = [
	"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS slices (n INTEGER PRIMARY KEY, people TEXT NOT NULL, found TEXT)",
];

/** Somebody as they were found before they were acted on. */
export interface Found {
	/** As they were called when they were gathered. */
	readonly name: string;
	readonly person: string;
	readonly cell: string;
	/** Memberships with the instant of entry: what an undo gives back. */
	readonly segments: Readonly<Record<string, number>>;
}

export interface Slice {
	readonly n: number;
	readonly people: readonly string[];
	/** Absent until they are looked up. */
	readonly found?: readonly Found[];
}

export class BulkStore {
	readonly #storage: DurableObjectStorage;
	/** The job as it stands. Another object with each change. */
	#job: Job | undefined;

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
		for (const statement of schema) this.#sql.exec(statement);
		this.resume();
	}

	get #sql(): SqlStorage {
		return this.#storage.sql;
	}

	transaction<T>(work: () => T): T {
		return this.#storage.transactionSync(work);
	}

	get current(): Job | undefined {
		return this.#job;
	}

	put(job: Job): Job {
		this.#sql.exec(
			"INSERT INTO meta (key, value) VALUES ('job', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			JSON.stringify(job),
		);
		this.#job = job;
		return job;
	}

	/** After a failed transaction, memory may be ahead of the store: the store is right. */
	resume(): void {
		const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'job'").toArray();
		this.#job = row && JSON.parse(row.value);
	}

	putSlice({ n, people, found }: Slice): void {
		this.#sql.exec(
			`INSERT INTO slices (n, people, found) VALUES (?, ?, ?)
			ON CONFLICT (n) DO UPDATE SET people = excluded.people, found = excluded.found`,
			n,
			JSON.stringify(people),
			found === undefined ? null : JSON.stringify(found),
		);
	}

	slice(n: number): Slice | undefined {
		const [row] = this.#sql
			.exec<{ people: string; found: string | null }>("SELECT people, found FROM slices WHERE n = ?", n)
			.toArray();
		return row && { n, people: JSON.parse(row.people), ...(row.found && { found: JSON.parse(row.found) }) };
	}

	dropSlice(n: number): void {
		this.#sql.exec("DELETE FROM slices WHERE n = ?", n);
	}

	dropSlices(): void {
		this.#sql.exec("DELETE FROM slices");
	}

	/** Which slices there are, in their order. */
	numbers(): readonly number[] {
		return this.#sql
			.exec<{ n: number }>("SELECT n FROM slices ORDER BY n")
			.toArray()
			.map(({ n }) => n);
	}
}
