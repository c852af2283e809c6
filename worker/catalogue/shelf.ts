// The shelf from which frames are filled: what is offered, laid out so that a frame is chosen without waiting. What is most
// viewed is in memory by category and brand; what else there is, is looked up in SQLite when somebody takes from a list
// until its end. All of it holds until that part of the catalogue, or what was learned, changes.

import { dayMs } from "../domain/calendar.ts";
import type { ChangeKind, Listing } from "../domain/catalogue/listing.ts";
import type { Product } from "../domain/catalogue/product.ts";
import type { Learned } from "../domain/recommend/learned.ts";
import type { Shelf, Since } from "../domain/recommend/shelf.ts";
import { popular } from "../domain/recommend/tally.ts";
import { fold } from "../domain/text.ts";
import type { Changed, ListName } from "./changed.ts";
import type { Keeper } from "./keeper.ts";
import type { CatalogueStore } from "./store.ts";

/** Products that are laid out by category and brand; and of the others, in one list. */
const mostLaidOut = 2_000;
const mostLookedUp = 200;
const perSlice = 30;
const newForMs = 30 * dayMs;
const changedForMs = 14 * dayMs;
/** Parsed and in memory, some 2 KB each. */
const rememberedListings = 10_000;
const listMs = 60_000;

interface Layout {
	readonly learned: number;
	readonly at: number;
	readonly ofCategory: ReadonlyMap<string, readonly string[]>;
	readonly ofBrand: ReadonlyMap<string, readonly string[]>;
	readonly rank: ReadonlyMap<string, number>;
	/** What strategies ask for whole, made when it is first asked for. */
	readonly lists: Map<ListName, readonly Since[]>;
}

interface Known {
	/** Whole paths by each category on them, all folded. */
	readonly paths: ReadonlyMap<string, readonly string[]>;
	/** The highest number of a product. */
	readonly last: number;
}

export class SiteShelf implements Shelf {
	readonly #store: CatalogueStore;
	readonly #keeper: Keeper;
	readonly #listings = new Map<string, Listing | undefined>();
	/** Of each category and brand what was looked up. */
	readonly #rows = new Map<
		string,
		{ readonly of: readonly string[]; readonly ids: string[]; isAll: boolean }
	>();
	#laid: Layout | undefined;
	#known: Known | undefined;
	#now = 0;

	constructor(store: CatalogueStore, keeper: Keeper) {
		this.#store = store;
		this.#keeper = keeper;
	}

	/** From here on the question is of that instant, and what has changed since the last is read anew. */
	open(now: number): void {
		this.#now = now;
		const changed = this.#store.takeChanged();
		this.#forget(changed);
		const laid = this.#laid;
		const isMoved = laid && (changed.isAll || [...changed.moved].some((id) => laid.rank.has(id)));
		const isStale = !laid || isMoved || laid.learned !== this.#keeper.version || now - laid.at > listMs;
		if (isStale) this.#laid = this.#layOut(now);
		else for (const list of changed.lists) laid.lists.delete(list);
	}

	#forget({ ids, places, isAll }: Changed): void {
		if (isAll) {
			this.#listings.clear();
			this.#rows.clear();
		}
		for (const id of ids) this.#listings.delete(id);
		if (places.size > 0 || isAll) this.#known = undefined;
		for (const [key, { of }] of this.#rows) if (of.some((place) => places.has(place))) this.#rows.delete(key);
	}

	/** Of the whole catalogue, read when somebody asks. */
	get #catalogue(): Known {
		this.#known ??= {
			paths: this.#paths(),
			last: this.#store.sql.exec<{ last: number }>("SELECT coalesce(max(n), 0) AS last FROM products").one()
				.last,
		};
		return this.#known;
	}

	get learned(): Learned {
		return this.#keeper.learned;
	}

	product(id: string): Product | undefined {
		const listing = this.listing(id);
		return listing?.goneAt === undefined ? listing?.product : undefined;
	}

	/** Also of what is no longer offered: people have it in their past. */
	listing(id: string): Listing | undefined {
		if (this.#listings.has(id)) return this.#listings.get(id);
		const listing = this.#store.listing(id);
		this.#remember(id, listing);
		return listing;
	}

	#remember(id: string, listing: Listing | undefined): void {
		this.#listings.set(id, listing);
		for (const oldest of this.#listings.keys()) {
			if (this.#listings.size <= rememberedListings) break;
			this.#listings.delete(oldest);
		}
	}

	*ofCategory(category: string): Iterable<string> {
		const known = this.#layout.ofCategory.get(category) ?? [];
		yield* known;
		yield* this.#others(known, "category", this.#catalogue.paths.get(category) ?? []);
	}

	*ofBrand(brand: string): Iterable<string> {
		const known = this.#layout.ofBrand.get(brand) ?? [];
		yield* known;
		yield* this.#others(known, "brand", [brand]);
	}

	newest(): Iterable<Since> {
		return this.#list("newest", () =>
			this.#store.sql
				.exec<{ id: string; at: number }>(
					`SELECT id, known_at AS at FROM (SELECT * FROM products ORDER BY n DESC LIMIT ?)
					WHERE is_available = 1 AND known_at >= ? AND history ->> 'offeredAt' IS NOT NULL
					ORDER BY known_at DESC, n DESC LIMIT ?`,
					mostLaidOut,
					this.#now - newForMs,
					mostLookedUp,
				)
				.toArray()
				.map(({ id, at }) => [id, at] as const),
		);
	}

	*reduced(): Iterable<string> {
		const list = this.#list("reduced", () => {
			const query =
				"SELECT id FROM products WHERE is_available = 1 AND is_reduced = 1 ORDER BY n DESC LIMIT ?";
			const ids = [...this.#ids(query, mostLaidOut)];
			return ids.sort((a, b) => this.#rank(a) - this.#rank(b)).map((id) => [id, 0] as const);
		});
		for (const [id] of list) yield id;
	}

	priceDropped(): Iterable<Since> {
		return this.#changed("price-dropped");
	}

	backInStock(): Iterable<Since> {
		return this.#changed("back-in-stock");
	}

	any(random: number): string | undefined {
		const from = Math.floor(random * this.#catalogue.last) + 1;
		const query = "SELECT id FROM products WHERE n >= ? AND is_available = 1 ORDER BY n LIMIT 1";
		const [id] = [...this.#ids(query, from)];
		return id ?? [...this.#ids(query, 0)][0];
	}

	get #layout(): Layout {
		if (!this.#laid) throw new Error("the shelf was asked before it was opened");
		return this.#laid;
	}

	#layOut(now: number): Layout {
		const ranked = popular(this.learned.views, now).slice(0, mostLaidOut);
		const ofCategory = new Map<string, string[]>();
		const ofBrand = new Map<string, string[]>();
		for (const { product: id } of ranked) {
			const product = this.product(id);
			if (!product) continue;
			const { categories, brand } = foldedIn(product);
			for (const category of categories) add(ofCategory, category, id);
			if (brand !== undefined) add(ofBrand, brand, id);
		}
		return {
			learned: this.#keeper.version,
			at: now,
			ofCategory,
			ofBrand,
			rank: new Map(ranked.map(({ product }, place) => [product, place])),
			lists: new Map(),
		};
	}

	/** Out of the index alone: as many steps as there are paths. */
	#paths(): ReadonlyMap<string, readonly string[]> {
		const paths = new Map<string, string[]>();
		const query = `WITH RECURSIVE paths (path) AS (
			SELECT min(category) FROM products WHERE is_available = 1 AND category IS NOT NULL
			UNION ALL
			SELECT (SELECT min(category) FROM products WHERE is_available = 1 AND category > path) FROM paths WHERE path IS NOT NULL
		) SELECT path FROM paths WHERE path IS NOT NULL LIMIT 5000`;
		for (const { path } of this.#store.sql.exec<{ path: string }>(query).toArray())
			for (const category of new Set(path.split(" > "))) add(paths, category, path);
		return paths;
	}

	#changed(kind: ChangeKind): Iterable<Since> {
		return this.#list(kind, () => {
			const changes = this.#store.changesSince(kind, this.#now - changedForMs, mostLookedUp);
			return changes.map(({ id, at }) => [id, at] as const);
		});
	}

	#list(name: ListName, make: () => readonly Since[]): readonly Since[] {
		const { lists } = this.#layout;
		const known = lists.get(name) ?? make();
		lists.set(name, known);
		return known;
	}

	/** What is not known of them, looked up a slice after the other for as long as somebody takes, and then remembered. */
	*#others(known: readonly string[], by: "category" | "brand", of: readonly string[]): Iterable<string> {
		if (of.length === 0) return;
		const key = `${by} ${of.join("\n")}`;
		const row = this.#rows.get(key) ?? { of, ids: [], isAll: false };
		this.#rows.set(key, row);
		const given = new Set(known);
		for (let place = 0; ; place++) {
			if (place === row.ids.length && !row.isAll) {
				const found = this.#store.available(by, of, place, perSlice);
				for (const listing of found) this.#remember(listing.product.id, listing);
				row.ids.push(...found.map(({ product }) => product.id));
				row.isAll = found.length < perSlice || row.ids.length >= mostLookedUp;
			}
			const id = row.ids[place];
			if (id === undefined) return;
			if (!given.has(id)) yield id;
		}
	}

	#ids(query: string, ...values: readonly (string | number)[]): readonly string[] {
		return this.#store.sql
			.exec<{ id: string }>(query, ...values)
			.toArray()
			.map(({ id }) => id);
	}

	#rank(id: string): number {
		return this.#layout.rank.get(id) ?? Number.MAX_SAFE_INTEGER;
	}
}

function add(to: Map<string, string[]>, key: string, value: string): void {
	const known = to.get(key);
	if (known) known.push(value);
	else to.set(key, [value]);
}

interface Folded {
	readonly categories: ReadonlySet<string>;
	readonly brand: string | undefined;
}

/** What is laid out is laid out again and again. */
const folded = new WeakMap<Product, Folded>();

function foldedIn(product: Product): Folded {
	const known = folded.get(product);
	if (known) return known;
	const { categories, brand } = product;
	const made = {
		categories: new Set(categories.map(fold)),
		brand: brand === undefined ? brand : fold(brand),
	};
	folded.set(product, made);
	return made;
}
