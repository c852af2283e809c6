// Coupon pools: codes that a marketer uploaded, each given to one person. Cells take them in blocks, so that whoever is
// given one waits for nobody; a code that a cell has been told is never told to another.
//
// Tables: codes, one row for each code, in the order of their coming; `cell` and `place` once it is leased.

import type { Lease } from "../protocol/site.ts";

const blockSize = 20;

/** `left` are in no cell yet. */
export interface PoolStock {
	readonly pool: string;
	readonly codes: number;
	readonly left: number;
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
	}

	/** Adds codes; answers how many the pool did not have. One that was ever in it is not taken twice. */
	add(pool: string, codes: readonly string[]): number {
		const query = `INSERT INTO codes (pool, code) SELECT ?, value FROM json_each(?) WHERE true
			ON CONFLICT DO NOTHING RETURNING 1`;
		return this.#sql.exec(query, pool, JSON.stringify(codes)).toArray().length;
	}

	/**
	 * What a cell has of a pool beyond `after`; where it has all of that already, another block. Asked again with the same
	 * `after`, it answers with the same codes, so that none is lost where the answer was.
	 */
	lease(pool: string, cell: string, after: number): readonly Lease[] {
		const told = this.#leased(pool, cell, after);
		if (told.length > 0) return told;
		const query = `UPDATE codes SET cell = ?2, place = ?3 + block.row FROM (
				SELECT n, row_number() OVER (ORDER BY n) AS row FROM codes WHERE pool = ?1 AND cell IS NULL ORDER BY n LIMIT ?4
			) AS block WHERE codes.n = block.n`;
		this.#sql.exec(query, pool, cell, after, blockSize);
		return this.#leased(pool, cell, after);
	}

	stock(): readonly PoolStock[] {
		const query = `SELECT pool, count(*) AS codes, sum(cell IS NULL) AS "left" FROM codes GROUP BY pool ORDER BY pool`;
		return this.#sql.exec<{ pool: string; codes: number; left: number }>(query).toArray();
	}

	#leased(pool: string, cell: string, after: number): readonly Lease[] {
		const query = "SELECT place, code FROM codes WHERE pool = ? AND cell = ? AND place > ? ORDER BY place";
		return this.#sql.exec<{ place: number; code: string }>(query, pool, cell, after).toArray();
	}
}
