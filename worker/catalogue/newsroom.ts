// What changed of products for the better, noted in D1 for whoever tells people of it (admin/news.ts): this object knows
// nobody, and no cell. Noted once no feed is at work and changes have come to rest, so that those of one run go together.

import { databaseOf } from "../data/database.ts";
import { addNews, type NewsBatch } from "../data/news.ts";
import { dayMs } from "../domain/calendar.ts";
import type { News } from "../domain/catalogue/news.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import { uuidv7Of } from "../platform/id.ts";
import type { Duty } from "./duty.ts";
import type { CatalogueStore } from "./store.ts";

const calmMs = 5_000;
/** More than what changes at one instant: a slice of a feed and one of sales, each in price and in stock. */
const perStep = 5_000;
/** Within what a row of D1 takes. */
const perBatch = 500;
/** What was not noted until then is no news. */
const freshMs = dayMs;

export class Newsroom implements Duty {
	readonly name = "news";
	readonly #env: DatabaseEnv;
	readonly #store: CatalogueStore;
	readonly #isFeedAtWork: () => boolean;
	#site: string | undefined;

	constructor(env: DatabaseEnv, store: CatalogueStore, isFeedAtWork: () => boolean) {
		this.#env = env;
		this.#store = store;
		this.#isFeedAtWork = isFeedAtWork;
		this.#site = store.meta<string>("site");
	}

	/** An object cannot tell its own: whoever asks says it. */
	set site(site: string) {
		if (this.#site === site) return;
		this.#site = site;
		this.#store.setMeta("site", site);
	}

	dueAt(): number | undefined {
		if (this.#site === undefined || this.#isFeedAtWork()) return undefined;
		const next = this.#store.nextNews(this.#notedTo);
		return next === undefined ? undefined : next + calmMs;
	}

	async work(now: number): Promise<void> {
		const site = this.#site;
		if (site === undefined) return;
		const { news, until } = this.#store.newsAfter(this.#notedTo, perStep);
		const fresh = news.filter(({ at }) => at > now - freshMs);
		await addNews(databaseOf(this.#env, site), site, await batchesOf(site, fresh));
		this.#store.setMeta("news-to", until);
	}

	get #notedTo(): number {
		return this.#store.meta<number>("news-to") ?? 0;
	}
}

/** Noted again, each has the id that it had; of a product the same is told once a day at most. */
async function batchesOf(site: string, news: readonly News[]): Promise<readonly NewsBatch[]> {
	const idOf = ({ name, props, at }: News, when: number) =>
		uuidv7Of(`${site} ${name} ${props.product_id} ${when}`, at);
	const batches: NewsBatch[] = [];
	for (let from = 0; from < news.length; from += perBatch) {
		const some = news.slice(from, from + perBatch);
		const [first] = some;
		if (!first) break;
		const told = some.map(async (one) => ({ ...one, id: await idOf(one, Math.floor(one.at / dayMs)) }));
		batches.push({ id: await idOf(first, first.at), news: await Promise.all(told) });
	}
	return batches;
}
