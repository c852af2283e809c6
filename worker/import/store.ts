// What an import's object keeps. Tables:
//   meta      the job; and of the people under way, what their cells were found to make of it, before they are told
//   chunks    the file as it came, until the run is done
//   rows      what each row says, by person, until the run is done
//   people    one row each: who they are, what identifiers the file has of them, and what an undo needs to know
//   keys      by digest of an identifier, whose it is within the file; until the run is done
//   problems  rows that failed, and conflicts
// Identifiers stand in `rows` and `problems` alone.

import type { Told } from "../domain/import/row.ts";
import type { Job, Problem } from "./job.ts";

const schema = [
	"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS chunks (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
	"CREATE TABLE IF NOT EXISTS rows (n INTEGER NOT NULL, line INTEGER NOT NULL, told TEXT NOT NULL, PRIMARY KEY (n, line)) WITHOUT ROWID",
	`CREATE TABLE IF NOT EXISTS people (n INTEGER PRIMARY KEY, is_new INTEGER NOT NULL, person TEXT, cell TEXT,
		keys TEXT NOT NULL, said TEXT)`,
	"CREATE INDEX IF NOT EXISTS people_known ON people (person) WHERE person IS NOT NULL",
	"CREATE TABLE IF NOT EXISTS keys (key TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
	`CREATE TABLE IF NOT EXISTS problems (line INTEGER NOT NULL, place INTEGER NOT NULL, problem TEXT NOT NULL,
		PRIMARY KEY (line, place)) WITHOUT ROWID`,
];

/** A call takes 32 MB, and what is told grows on its way. */
const charactersPerCall = 4_000_000;

/** Somebody of the file. */
export interface Someone {
	readonly n: number;
	/** Whether nobody knew them when the file was read. */
	readonly isNew: boolean;
	/** Who they are; of whoever is new, from the run on. */
	readonly owner: { readonly person: string; readonly cell: string } | undefined;
	/** Digests of their identifiers; `isOurs` where nobody had it, and the run claims it. */
	readonly keys: readonly { readonly key: string; readonly isOurs: boolean }[];
}

/** What an undo needs to know of whoever was told. */
export interface Said {
	readonly once: string;
	readonly left: Readonly<Record<string, number>>;
}

type Columns = { n: number; is_new: number; person: string | null; cell: string | null; keys: string };

export class ImportStore {
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
		this.#setMeta("job", JSON.stringify(job));
		this.#job = job;
		return job;
	}

	/** After a failed transaction, memory may be ahead of the store: the store is right. */
	resume(): void {
		const text = this.#meta("job");
		this.#job = text === undefined ? undefined : JSON.parse(text);
	}

	/** What is about to be told, as it was found; nothing where none is. */
	slice<T>(): T | undefined {
		const text = this.#meta("slice");
		return text === undefined ? undefined : JSON.parse(text);
	}

	putSlice(slice: unknown): void {
		if (slice === undefined) this.#sql.exec("DELETE FROM meta WHERE key = 'slice'");
		else this.#setMeta("slice", JSON.stringify(slice));
	}

	putChunk(n: number, bytes: Uint8Array): void {
		this.#sql.exec("INSERT INTO chunks (n, bytes) VALUES (?, ?)", n, bytes);
	}

	/** One at a time, however large the file. */
	*chunks(): Generator<ArrayBuffer, void> {
		for (let n = 0; ; n++) {
			const row = this.#sql
				.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM chunks WHERE n = ?", n)
				.toArray()[0];
			if (!row) return;
			yield row.bytes;
		}
	}

	/** Puts another file in the place of this one, of which no more than a chunk is read ahead. */
	replaceChunks(chunks: Iterable<Uint8Array>): void {
		let n = 0;
		for (const bytes of chunks) this.putChunk(--n, bytes);
		this.#sql.exec("DELETE FROM chunks WHERE n >= 0");
		this.#sql.exec("UPDATE chunks SET n = -1 - n");
	}

	/** All that was read of the file. */
	forgetReading(): void {
		for (const table of ["rows", "people", "keys", "problems"]) this.#sql.exec(`DELETE FROM ${table}`);
		this.putSlice(undefined);
	}

	/** What is of no use once everybody was told. */
	forgetFile(): void {
		for (const table of ["chunks", "rows", "keys"]) this.#sql.exec(`DELETE FROM ${table}`);
	}

	groupOfKey(key: string): number | undefined {
		return this.#sql.exec<{ n: number }>("SELECT n FROM keys WHERE key = ?", key).toArray()[0]?.n;
	}

	groupOfPerson(person: string): number | undefined {
		return this.#sql.exec<{ n: number }>("SELECT n FROM people WHERE person = ?", person).toArray()[0]?.n;
	}

	putKey(key: string, n: number): void {
		this.#sql.exec("INSERT INTO keys (key, n) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", key, n);
	}

	putSomeone({ n, isNew, owner, keys }: Someone): void {
		this.#sql.exec(
			`INSERT INTO people (n, is_new, person, cell, keys) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (n) DO UPDATE SET keys = excluded.keys`,
			n,
			isNew ? 1 : 0,
			owner?.person ?? null,
			owner?.cell ?? null,
			JSON.stringify(keys.map(({ key, isOurs }) => [key, isOurs ? 1 : 0])),
		);
	}

	someone(n: number): Someone | undefined {
		return this.#sql.exec<Columns>("SELECT * FROM people WHERE n = ?", n).toArray().map(someoneOf)[0];
	}

	/** The next people after one, in their order: as many as their rows fit into a call. */
	peopleAfter(n: number, most: number): readonly Someone[] {
		const query = `SELECT p.*, (SELECT sum(length(told)) FROM rows r WHERE r.n = p.n) AS characters
			FROM people p WHERE p.n > ? ORDER BY p.n LIMIT ?`;
		let characters = 0;
		return this.#sql
			.exec<Columns & { characters: number | null }>(query, n, most)
			.toArray()
			.filter((row, i) => {
				characters += row.characters ?? 0;
				return i === 0 || characters < charactersPerCall;
			})
			.map(someoneOf);
	}

	lastPerson(): number {
		return this.#sql.exec<{ n: number | null }>("SELECT max(n) AS n FROM people").one().n ?? 0;
	}

	/** Some of those who were told, with what an undo needs; of each all that they were told. */
	toldPeople(most: number): readonly (Someone & Said)[] {
		return this.#sql
			.exec<Columns & { said: string }>(
				`SELECT * FROM people WHERE person IN (
					SELECT DISTINCT person FROM people WHERE said IS NOT NULL ORDER BY person LIMIT ?) AND said IS NOT NULL`,
				most,
			)
			.toArray()
			.map((row) => ({ ...someoneOf(row), ...JSON.parse(row.said) }));
	}

	putTold(n: number, owner: { readonly person: string; readonly cell: string }, said: Said): void {
		this.#sql.exec(
			"UPDATE people SET person = ?, cell = ?, said = ? WHERE n = ?",
			owner.person,
			owner.cell,
			JSON.stringify(said),
			n,
		);
		this.#sql.exec("DELETE FROM rows WHERE n = ?", n);
	}

	forgetPeople(ns: readonly number[]): void {
		this.#sql.exec("DELETE FROM people WHERE n IN (SELECT value FROM json_each(?))", JSON.stringify(ns));
	}

	putRow(n: number, told: Told): void {
		this.#sql.exec(
			"INSERT INTO rows (n, line, told) VALUES (?, ?, ?) ON CONFLICT (n, line) DO UPDATE SET told = excluded.told",
			n,
			told.line,
			JSON.stringify(told),
		);
	}

	rowsOf(n: number): readonly Told[] {
		return this.#sql
			.exec<{ told: string }>("SELECT told FROM rows WHERE n = ? ORDER BY line", n)
			.toArray()
			.map(({ told }) => JSON.parse(told));
	}

	putProblem(problem: Problem, place: number): void {
		this.#sql.exec(
			`INSERT INTO problems (line, place, problem) VALUES (?, ?, ?)
			ON CONFLICT (line, place) DO UPDATE SET problem = excluded.problem`,
			problem.line,
			place,
			JSON.stringify(problem),
		);
	}

	/** After a line, in their order. */
	problems(after: number, most: number): readonly Problem[] {
		return this.#sql
			.exec<{ problem: string }>(
				"SELECT problem FROM problems WHERE line > ? ORDER BY line, place LIMIT ?",
				after,
				most,
			)
			.toArray()
			.map(({ problem }) => JSON.parse(problem));
	}

	/** All of a line. */
	forgetProblems(line: number): void {
		this.#sql.exec("DELETE FROM problems WHERE line = ?", line);
	}

	/** Why the row of that line failed; nothing where it did not. */
	failure(line: number): Problem | undefined {
		const [row] = this.#sql
			.exec<{ problem: string }>("SELECT problem FROM problems WHERE line = ? AND place = ?", line, failed)
			.toArray();
		return row && JSON.parse(row.problem);
	}

	forgetFailure(line: number): void {
		this.#sql.exec("DELETE FROM problems WHERE line = ? AND place = ?", line, failed);
	}

	#meta(key: string): string | undefined {
		return this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key).toArray()[0]?.value;
	}

	#setMeta(key: string, value: string): void {
		this.#sql.exec(
			"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			key,
			value,
		);
	}
}

/** The place of a problem that made its row fail; conflicts stand after it. */
export const failed = 0;

function someoneOf({ n, is_new, person, cell, keys }: Columns): Someone {
	const digests: readonly [string, number][] = JSON.parse(keys);
	return {
		n,
		isNew: is_new === 1,
		owner: person === null || cell === null ? undefined : { person, cell },
		keys: digests.map(([key, isOurs]) => ({ key, isOurs: isOurs === 1 })),
	};
}
