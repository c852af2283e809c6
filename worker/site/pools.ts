// Coupon pools: codes that a marketer uploaded, each given to one person. Cells take them in blocks, so that whoever is
// given one waits for nobody; a code that a cell has been told is told to another only when that cell has given it back.
//
// Tables: codes, one row for each code, in the order of their coming; `cell` and `place` once it is leased. pools, one row
// for each pool, with its counts.

import type { Lease } from "../protocol/site.ts";

/** The most that a cell takes at once; the fewer are left, the fewer it takes. */
const mostAtOnce = 20;
const shareAtOnce = 10;

/** `left` are in no cell yet. */
export interface PoolStock {
	readonly pool: string;
	readonly codes: number;
	readonly left: number;
	/** A tenth or less is left: time for more. */
	readonly isLow: boolean;
}

export class Pools {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS codes (n INTEGER PRIMARY KEY, pool TEXT NOT NULL, code TEXT NOT NULL, cell TEXT, place INTEGER)",
		);
		this.#sql.exec("CREATE UNIQUE INDEX IF NOT EXISTS code ON codes (pool, code)");
		this.#sql.exec("CREATE UNIQUE INDEX IF NOT EXISTS leased ON codes (pool, cell, place)");
		const known = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'pools'").toArray();
		if (known.length > 0) return;
		this.#sql.exec(
			`CREATE TABLE pools (pool TEXT PRIMARY KEY, codes INTEGER NOT NULL, "left" INTEGER NOT NULL) WITHOUT ROWID`,
		);
		this.#sql.exec(
			"INSERT INTO pools SELECT pool, count(*), coalesce(sum(cell IS NULL), 0) FROM codes GROUP BY pool",
		);
	}

	/** Adds codes; answers how many the pool did not have. One that was ever in it is not taken twice. */
	add(pool: string, codes: readonly string[]): number {
		const query = `INSERT INTO codes (pool, code) SELECT ?, value FROM json_each(?) WHERE true
			ON CONFLICT DO NOTHING RETURNING 1`;
		const added = this.#sql.exec(query, pool, JSON.stringify(codes)).toArray().length;
		const count = `INSERT INTO pools (pool, codes, "left") VALUES (?1, ?2, ?2)
			ON CONFLICT (pool) DO UPDATE SET codes = codes + ?2, "left" = "left" + ?2`;
		this.#sql.exec(count, pool, added);
		return added;
	}

	/**
	 * What a cell has of a pool beyond `after`; where it has all of that already, another block. Asked again with the same
	 * `after`, it answers with the same codes, so that none is lost where the answer was.
	 */
	lease(pool: string, cell: string, after: number): readonly Lease[] {
		const told = this.#leased(pool, cell, after);
		if (told.length > 0) return told;
		const left = this.stockOf(pool)?.left ?? 0;
		const block = Math.min(mostAtOnce, Math.max(1, Math.floor(left / shareAtOnce)));
		const query = `UPDATE codes SET cell = ?2, place = ?3 + block.row FROM (
				SELECT n, row_number() OVER (ORDER BY n) AS row FROM codes WHERE pool = ?1 AND cell IS NULL ORDER BY n LIMIT ?4
			) AS block WHERE codes.n = block.n`;
		this.#sql.exec(query, pool, cell, after, block);
		const leased = this.#leased(pool, cell, after);
		this.#count(pool, -leased.length);
		return leased;
	}

	/** A cell has given these places back. Heard again, it changes nothing: a cell has no place twice. */
	takeBack(pool: string, cell: string, places: readonly number[]): void {
		const query = `UPDATE codes SET cell = NULL, place = NULL
			WHERE pool = ? AND cell = ? AND place IN (SELECT value FROM json_each(?)) RETURNING 1`;
		this.#count(pool, this.#sql.exec(query, pool, cell, JSON.stringify(places)).toArray().length);
	}

	/** The cells to which codes of the pool were leased, but one. */
	holders(pool: string, but: string): readonly string[] {
		const query = "SELECT DISTINCT cell FROM codes WHERE pool = ? AND cell IS NOT NULL AND cell <> ?";
		return this.#sql
			.exec<{ cell: string }>(query, pool, but)
			.toArray()
			.map(({ cell }) => cell);
	}

	stock(): readonly PoolStock[] {
		return this.#sql
			.exec<Counted>('SELECT pool, codes, "left" FROM pools ORDER BY pool')
			.toArray()
			.map(stocked);
	}

	stockOf(pool: string): PoolStock | undefined {
		const query = 'SELECT pool, codes, "left" FROM pools WHERE pool = ?';
		return this.#sql.exec<Counted>(query, pool).toArray().map(stocked)[0];
	}

	#count(pool: string, more: number): void {
		if (more !== 0) this.#sql.exec('UPDATE pools SET "left" = "left" + ? WHERE pool = ?', more, pool);
	}

	#leased(pool: string, cell: string, after: number): readonly Lease[] {
		const query = "SELECT place, code FROM codes WHERE pool = ? AND cell = ? AND place > ? ORDER BY place";
		return this.#sql.exec<{ place: number; code: string }>(query, pool, cell, after).toArray();
	}
}

type Counted = { pool: string; codes: number; left: number };

function stocked(counted: Counted): PoolStock {
	return { ...counted, isLow: counted.left * 10 <= counted.codes };
}
