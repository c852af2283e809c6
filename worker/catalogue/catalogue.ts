// A site's catalogue: its products, and what becomes of them. One object for each site.

import { DurableObject } from "cloudflare:workers";
import type { Listing, ProductChange } from "../domain/catalogue/listing.ts";
import type { Product } from "../domain/catalogue/product.ts";
import { fold } from "../domain/text.ts";
import type { ContentEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import type { Duty } from "./duty.ts";
import { type FramesCall, framesOf, type ShownProduct } from "./frames.ts";
import { Keeper } from "./keeper.ts";
import { Learning, type Look } from "./learning.ts";
import { sales } from "./sales.ts";
import { SiteShelf } from "./shelf.ts";
import { CatalogueStore, type Put } from "./store.ts";

/** After a duty failed, until it comes again. */
const retryMs = 60_000;

export interface ProductPage {
	readonly products: readonly Listing[];
	/** After which the next page begins. */
	readonly next: number | null;
}

export interface ProductCard extends Listing {
	/** The latest first. */
	readonly changes: readonly ProductChange[];
}

export class Catalogue extends DurableObject<ContentEnv> {
	readonly #store: CatalogueStore;
	readonly #keeper: Keeper;
	readonly #learning: Learning;
	readonly #shelf: SiteShelf;
	readonly #duties: readonly Duty[];
	/** Duties that failed, and when they come again. */
	readonly #failed = new Map<string, number>();

	constructor(state: DurableObjectState, env: ContentEnv) {
		super(state, env);
		this.#store = new CatalogueStore(state.storage);
		this.#keeper = new Keeper(state.storage);
		this.#learning = new Learning(env, this.#store, this.#keeper);
		this.#shelf = new SiteShelf(this.#store, this.#keeper);
		this.#duties = [sales(this.#store), this.#learning];
		void state.blockConcurrencyWhile(async () => {
			this.#learning.resume((await state.storage.getAlarm()) ?? 0);
		});
	}

	/** Takes in what the shop's server says of products; what became of each, in their order. */
	async put(products: readonly Product[]): Promise<readonly Put[]> {
		const now = Date.now();
		const put = this.#store.transaction(() => this.#store.put(products, "api", now, this.#isComplete));
		await this.#wake();
		return put.map(({ is }) => is);
	}

	/** No longer offered; answers how many of them were. */
	async remove(ids: readonly string[]): Promise<number> {
		const gone = this.#store.transaction(() => this.#store.delist(ids, Date.now()));
		await this.#wake();
		return gone;
	}

	/** Those whose name, brand or id has these words in it, in the order in which they became known. */
	async products(
		after: number,
		most: number,
		asked: { readonly words?: string; readonly isOffered?: boolean },
	): Promise<ProductPage> {
		const words = fold(asked.words ?? "").trim();
		const found = this.#store.page(after, most + 1, { ...asked, words });
		const shown = found.slice(0, most);
		const next = found.length > most ? (shown.at(-1)?.n ?? null) : null;
		return { products: shown.map(({ n: _, ...listing }) => listing), next };
	}

	/** One, with what it cost and what changed. */
	async product(id: string): Promise<ProductCard | undefined> {
		const known = this.#store.listing(id);
		if (!known) return undefined;
		const { n, ...listing } = known;
		return { ...listing, changes: this.#store.changesOf(n, 100) };
	}

	/** What these recipes show to somebody of that taste, in their order; an empty list for nothing. */
	async frames(call: FramesCall): Promise<readonly (readonly ShownProduct[])[]> {
		if (this.#learning.expect(call.site, Date.now())) await this.#wake();
		return framesOf(call, this.#shelf, this.#keeper);
	}

	/** Learns what is new now, and not when the alarm rings. */
	async learn(site: string): Promise<Look> {
		this.#learning.expect(site, Date.now());
		const look = await this.#learning.look(Date.now());
		await this.#wake();
		return look;
	}

	async counts(): Promise<{ readonly offered: number; readonly available: number }> {
		return this.#store.offered();
	}

	/** The platform gives an alarm up that fails often: nothing is thrown here, and what failed comes again. */
	override async alarm(): Promise<void> {
		const now = Date.now();
		for (const duty of this.#duties) {
			const at = this.#dueAt(duty);
			if (at === undefined || at > now) continue;
			try {
				await duty.work(now);
				this.#failed.delete(duty.name);
			} catch (error) {
				logFault(`catalogue ${duty.name}`, error);
				this.#failed.set(duty.name, now + retryMs);
			}
		}
		await this.#wake();
	}

	/** Sets the alarm to what is due next. */
	async #wake(): Promise<void> {
		const next = Math.min(...this.#duties.map((duty) => this.#dueAt(duty) ?? Number.POSITIVE_INFINITY));
		const set = await this.ctx.storage.getAlarm();
		if (next === Number.POSITIVE_INFINITY || (set !== null && set <= next)) return;
		await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
	}

	#dueAt(duty: Duty): number | undefined {
		const at = duty.dueAt();
		return at === undefined ? undefined : Math.max(at, this.#failed.get(duty.name) ?? 0);
	}

	/** Whether all of the shop's products are known, so that one that is not is new. */
	get #isComplete(): boolean {
		return this.#store.meta("complete") === true;
	}
}
