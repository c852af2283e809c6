// Products that the shop's own pages tell of, where its settings have it (`catalogue.learns`): what enough visitors' pages said
// alike within a day is taken in. Neither a feed nor the shop's server is ever overruled.

import { databaseOf } from "../data/database.ts";
import { sayingsOf } from "../data/lessons.ts";
import { settingsIn } from "../data/sites.ts";
import { dayMs } from "../domain/calendar.ts";
import { fewestVisitors, learned } from "../domain/catalogue/learned.ts";
import { defaultCurrency } from "../domain/money.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import type { CatalogueStore } from "./store.ts";

const seldomMs = 10 * 60_000;
const most = 1_000;

export class Hearing {
	readonly #env: DatabaseEnv;
	readonly #store: CatalogueStore;
	#heardAt = Number.NEGATIVE_INFINITY;

	constructor(env: DatabaseEnv, store: CatalogueStore) {
		this.#env = env;
		this.#store = store;
	}

	async listen(site: string, now: number): Promise<void> {
		if (now < this.#heardAt + seldomMs) return;
		this.#heardAt = now;
		const db = databaseOf(this.#env, site);
		const settings = await settingsIn(db, site);
		if (!settings?.catalogue?.learns) return;
		const { origins, currency = defaultCurrency } = settings;
		const span = { since: now - dayMs, now, visitors: fewestVisitors, most };
		const sayings = await sayingsOf(db, site, span);
		const products = sayings.flatMap((saying) => learned(saying, origins, currency) ?? []);
		this.#store.transaction(() => this.#store.put(products, "learned", now, false));
	}
}
