// A site's catalogue: its products, and what becomes of them. One object for each site.

import { DurableObject } from "cloudflare:workers";
import type { Listing, ProductChange } from "../domain/catalogue/listing.ts";
import { type ShownPrice, shownPrice } from "../domain/catalogue/prices.ts";
import { type Product, priceAt } from "../domain/catalogue/product.ts";
import { fold } from "../domain/text.ts";
import type { ContentEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { vanish } from "../platform/vanish.ts";
import type { ProductChanged } from "../protocol/catalogue.ts";
import type { FramesCall, ShownProduct } from "./call.ts";
import type { Duty } from "./duty.ts";
import { Feed, type FeedRefusal, type FeedView } from "./feed/feed.ts";
import type { FeedProblem, FeedSettings } from "./feed/run.ts";
import { type TriedFeed, tryFeed } from "./feed/tried.ts";
import { framesOf } from "./frames.ts";
import { Keeper } from "./keeper.ts";
import { Learning, type Look } from "./learning.ts";
import { Newsroom } from "./newsroom.ts";
import { sales } from "./sales.ts";
import { SiteShelf } from "./shelf.ts";
import { CatalogueStore, type Numbered, type Put } from "./store.ts";

/** After a duty failed, until it comes again. */
const retryMs = 60_000;

/** With its price, and what may be crossed out beside it. */
export interface PricedProduct extends Omit<Listing, "history"> {
	readonly shown: ShownPrice;
}

export interface ProductPage {
	readonly products: readonly PricedProduct[];
	/** After which the next page begins. */
	readonly next: number | null;
}

export interface ProductCard extends PricedProduct {
	/** When it was first offered, where that is known. */
	readonly offeredAt?: number;
	/** What it cost from when on, the earliest first. */
	readonly prices: readonly { readonly at: number; readonly amount: number }[];
	/** The latest first. */
	readonly changes: readonly ProductChange[];
}

export class Catalogue extends DurableObject<ContentEnv> {
	readonly #store: CatalogueStore;
	readonly #keeper: Keeper;
	readonly #learning: Learning;
	readonly #shelf: SiteShelf;
	readonly #feed: Feed;
	readonly #newsroom: Newsroom;
	readonly #duties: readonly Duty[];
	/** Duties that failed, and when they come again. */
	readonly #failed = new Map<string, number>();

	constructor(state: DurableObjectState, env: ContentEnv) {
		super(state, env);
		this.#store = new CatalogueStore(state.storage);
		this.#keeper = new Keeper(state.storage);
		this.#learning = new Learning(env, this.#store, this.#keeper);
		this.#shelf = new SiteShelf(this.#store, this.#keeper);
		this.#feed = new Feed(this.#store, this.#local);
		this.#newsroom = new Newsroom(env, this.#store, () => this.#feed.isAtWork);
		this.#duties = [sales(this.#store), this.#feed, this.#learning, this.#newsroom];
		void state.blockConcurrencyWhile(async () => {
			this.#learning.resume((await state.storage.getAlarm()) ?? 0);
		});
	}

	async feed(): Promise<FeedView> {
		return this.#feed.view;
	}

	/** None takes the schedule away, and leaves the products. */
	async setFeed(site: string, settings: FeedSettings | undefined): Promise<FeedView> {
		this.#newsroom.site = site;
		this.#feed.settings = settings;
		await this.#wake();
		return this.#feed.view;
	}

	async tryFeed(settings: Pick<FeedSettings, "url" | "currency">): Promise<TriedFeed> {
		return tryFeed(settings, this.#local);
	}

	async runFeed(): Promise<FeedRefusal | FeedView> {
		return this.#feedAfter(this.#feed.begin("hand", Date.now()));
	}

	/** The body is the feed as it stands, packed by gzip or not. */
	async uploadFeed(site: string, body: ReadableStream<Uint8Array>): Promise<FeedRefusal | FeedView> {
		this.#newsroom.site = site;
		return this.#feedAfter(await this.#feed.upload(body, Date.now()));
	}

	/** Whether what looked suspicious is sound, and to be taken. */
	async decideFeed(isSound: boolean): Promise<FeedRefusal | FeedView> {
		return this.#feedAfter(this.#feed.decide(isSound));
	}

	/** The first that the last run came by. */
	async feedProblems(): Promise<readonly FeedProblem[]> {
		return this.#feed.problems;
	}

	/** Takes in what the shop's server says of products; what became of each, in their order. */
	async put(site: string, products: readonly Product[]): Promise<readonly Put[]> {
		this.#newsroom.site = site;
		const now = Date.now();
		const put = this.#store.transaction(() => this.#store.put(products, "api", now, this.#isComplete));
		await this.#wake();
		return put.map(({ is }) => is);
	}

	/** Takes in what changed of products; what became of each. Who said the rest of it, goes on saying it. */
	async change(site: string, changes: readonly ProductChanged[]): Promise<readonly (Put | "unknown")[]> {
		this.#newsroom.site = site;
		const now = Date.now();
		const put = this.#store.transaction(() =>
			changes.map((change) => {
				const known = this.#store.listing(change.id);
				if (!known) return "unknown";
				const product = changed(known.product, change);
				const [one] = this.#store.put([product], known.origin, now, this.#isComplete);
				return one?.is ?? "same";
			}),
		);
		await this.#wake();
		return put;
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
		const now = Date.now();
		return { products: shown.map((listing) => shownAt(listing, now)), next };
	}

	/** What these are called, as far as they are known. */
	async names(ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
		return Object.fromEntries(this.#store.listings(ids).map(({ product: { id, name } }) => [id, name]));
	}

	/** One, with what it cost and what changed. */
	async product(id: string): Promise<ProductCard | undefined> {
		const known = this.#store.listing(id);
		if (!known) return undefined;
		const { offeredAt, changes: prices } = known.history;
		return {
			...shownAt(known, Date.now()),
			...(offeredAt !== undefined && { offeredAt }),
			prices: prices.map(([at, amount]) => ({ at, amount })),
			changes: this.#store.changesOf(known.n, 100),
		};
	}

	/** What these recipes show to somebody of that taste, in their order; an empty list for nothing. */
	async frames(call: FramesCall): Promise<readonly (readonly ShownProduct[])[]> {
		this.#newsroom.site = call.site;
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
	async vanish(): Promise<void> {
		return vanish(this.ctx);
	}

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
		if (next === Number.POSITIVE_INFINITY) return;
		const at = Math.max(next, Date.now());
		const set = await this.ctx.storage.getAlarm();
		if (set === null || set > at) await this.ctx.storage.setAlarm(at);
	}

	async #feedAfter(refusal: FeedRefusal | undefined): Promise<FeedRefusal | FeedView> {
		await this.#wake();
		return refusal ?? this.#feed.view;
	}

	/** On a developer's machine the demo's own shop may be asked, and nothing else there. */
	get #local(): string | undefined {
		return this.env.LOCAL === "1" ? this.env.SHOP : undefined;
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

function shownAt({ n: _, history, ...known }: Numbered, now: number): PricedProduct {
	const { product } = known;
	return { ...known, shown: shownPrice(history, priceAt(product, now), now, product.lowest) };
}

/** Null takes away what a product need not have. */
function changed(product: Product, change: ProductChanged): Product {
	const members = Object.entries({ ...product, ...change }).filter(([, value]) => value !== null);
	return Object.fromEntries(members) as unknown as Product;
}
