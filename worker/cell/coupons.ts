// The codes that this cell has of the site's coupon pools. A code is taken in the transaction in which it is given away,
// and then lies nowhere but in the event that says so, and with the id of the act that it answered.

import type { Lease } from "../protocol/site.ts";
import type { Store } from "./store.ts";

const rememberedPlaces = 200;

export class Coupons {
	readonly #store: Store;

	constructor(store: Store) {
		this.#store = store;
	}

	/** How far this cell has been told of a pool: what it asks the site to go on from. */
	toldOf(pool: string): number {
		return Number(this.#store.meta(`pool ${pool}`) ?? "0");
	}

	/** How many codes are at hand. */
	left(pool: string): number {
		return Number(this.#store.sql.all("SELECT count(*) AS n FROM coupons WHERE pool = ?", pool)[0]?.n);
	}

	/** Takes in what the site leased; what came before changes nothing. */
	keep(pool: string, leases: readonly Lease[]): void {
		const told = this.toldOf(pool);
		const news = leases.filter(({ place }) => place > told);
		const last = news.at(-1);
		if (!last) return;
		const query = `INSERT INTO coupons (pool, place, code)
			SELECT ?, value ->> 'place', value ->> 'code' FROM json_each(?)`;
		this.#store.sql.all(query, pool, JSON.stringify(news));
		this.#store.setMeta(`pool ${pool}`, String(last.place));
	}

	/** The code that is given away next; nothing where none is left here. */
	next(pool: string): string | undefined {
		const query = "SELECT code FROM coupons WHERE pool = ? ORDER BY place LIMIT 1";
		const code = this.#store.sql.all(query, pool)[0]?.code;
		return typeof code === "string" ? code : undefined;
	}

	/**
	 * Gives all that is here of a pool back, by its places; again, it answers with the same, and with what came since: an
	 * answer may have been lost.
	 */
	giveBack(pool: string): readonly number[] {
		const before: number[] = JSON.parse(this.#store.meta(`back ${pool}`) ?? "[]");
		const rows = this.#store.sql.all("DELETE FROM coupons WHERE pool = ? RETURNING place", pool);
		if (rows.length === 0) return before;
		const places = [...before, ...rows.map(({ place }) => Number(place))].slice(-rememberedPlaces);
		this.#store.setMeta(`back ${pool}`, JSON.stringify(places));
		return places;
	}

	/** It was given away. */
	give(pool: string): void {
		const query =
			"DELETE FROM coupons WHERE pool = ?1 AND place = (SELECT min(place) FROM coupons WHERE pool = ?1)";
		this.#store.sql.all(query, pool);
	}
}
