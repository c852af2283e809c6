// What a recommendation frame costs in the catalogue's object: 50,000 visits remembered, 100,000 products in SQLite, every
// strategy asked in turn; and what it takes to keep what was learned and to have it back after an eviction.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { framesOf } from "../../worker/catalogue/frames.ts";
import { Keeper } from "../../worker/catalogue/keeper.ts";
import { SiteShelf } from "../../worker/catalogue/shelf.ts";
import { CatalogueStore } from "../../worker/catalogue/store.ts";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import { type Learned, study } from "../../worker/domain/recommend/learned.ts";
import {
	plainStrategies,
	type Recipe,
	type Source,
	type Taste,
} from "../../worker/domain/recommend/recipe.ts";
import { atMost, figure, type Measure } from "./report.ts";

const file = join(import.meta.dirname, "../../../shared/data/clicks/train.txt");
const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const sessions = 50_000;
const productsCount = 100_000;
const askedFor = 4_000;
const warmedBy = 1_000;
const bytesPerMb = 1e6;
/** Frames. */
const changedEach = 10;

const sources: readonly Source[] = [
	...plainStrategies.map((by) => ({ by })),
	{ by: "popular", among: "site" },
	{ by: "popular", among: "category" },
	{ by: "complementary", pairs: [{ category: "part 1", with: ["part 2", "part 3"] }] },
];
const filters = { notInCart: true, notBoughtDays: 30, perBrand: 3, price: { from: 0.3, to: 3 } };

export function benchFrames(): Measure[] {
	if (!existsSync(file)) {
		console.log("frames: left out, for the clicks to try them on are not there");
		return [];
	}
	const visits = visitsIn(readFileSync(file, "utf8"));
	const items = [...new Set(visits.flat())];
	const storage = storageIn(new DatabaseSync(":memory:"));
	const store = new CatalogueStore(storage);
	fillIn(store, items);
	const keeper = new Keeper(storage);
	keeper.site = "bench";
	const kept = timed(() => keeper.keep(now, now, (learned) => teach(learned, visits)));
	const lately = timed(() =>
		keeper.keep(now, now, (learned) => teach(learned, visits.slice(0, 100), "again")),
	);
	const restored = timed(() => new Keeper(storage).learned.visits.begun);
	const laid = timed(() => new SiteShelf(store, keeper).open(now));
	// What a busy machine takes off a run is not what it costs: of each question the best of three runs counts, each on a
	// shelf of its own, so that none finds what another looked up.
	const run = (before?: (n: number) => void) => {
		const shelf = new SiteShelf(store, keeper);
		const ask = (n: number) => {
			const source = sources[n % sources.length] ?? { by: "random" };
			const recipe: Recipe = {
				most: 8,
				least: 1,
				sources: [source, { by: "popular", among: "site" }],
				filters,
			};
			framesOf({ site: "bench", recipes: [recipe], taste: tasteOf(visits, n) }, shelf, keeper);
		};
		// Not timed: the engine learns to run it, and what is most viewed is in memory, as in a shop that is open.
		for (let n = 0; n < warmedBy; n++) ask(askedFor + n);
		return Array.from({ length: askedFor }, (_, n) => {
			before?.(n);
			return timed(() => ask(n));
		});
	};
	const best = bestOf(Array.from({ length: 3 }, () => run()));
	// A shop where something is sold, and so something else costs or comes to, every few frames.
	const changed = bestOf(
		Array.from({ length: 3 }, (_, round) =>
			run((n) => {
				if (n % changedEach > 0) return;
				const product = changedNow(items, n, round);
				store.transaction(() => store.put([product], "feed", now, true));
			}),
		),
	);
	const { size } = storage.sql
		.exec<{ size: number }>("SELECT sum(length(block)) AS size FROM learned_blocks")
		.one();
	return [
		figure("frames: one of all strategies, p50", quantile(best, 0.5), "ms"),
		atMost("frames: one of all strategies, p99", quantile(best, 0.99), "ms", 1),
		figure("frames: while the catalogue changes, p50", quantile(changed, 0.5), "ms"),
		figure("frames: while the catalogue changes, p99", quantile(changed, 0.99), "ms"),
		figure("frames: laid out anew after learning", laid, "ms"),
		figure(`frames: ${sessions} visits learned and stored`, kept, "ms"),
		figure("frames: 100 visits learned and stored", lately, "ms"),
		figure("frames: brought back after an eviction", restored, "ms"),
		figure("frames: visits stored", size / bytesPerMb, "MB"),
	];
}

function bestOf(runs: readonly (readonly number[])[]): readonly number[] {
	const [first = []] = runs;
	return first.map((_, n) => Math.min(...runs.map((run) => run[n] ?? 0))).sort((a, b) => a - b);
}

/** Another price, and every third time sold out or there again. */
function changedNow(items: readonly string[], n: number, round: number): Product {
	const which = (n * 31) % productsCount;
	const product = productOf(items[which] ?? `other-${which}`, which);
	const isOut = product.availability === "in-stock" && (n + round) % 3 === 0;
	return { ...product, price: product.price + 1 + n + round, ...(isOut && { availability: "out-of-stock" }) };
}

function timed(work: () => unknown): number {
	const began = performance.now();
	work();
	return performance.now() - began;
}

/** Real visits, again under other names until there are enough. */
function visitsIn(text: string): readonly (readonly string[])[] {
	const lines = text
		.split("\n")
		.slice(1)
		.filter((line) => line !== "");
	const byVisit = Map.groupBy(
		lines.map((line) => line.split("\t")),
		([visit = ""]) => visit,
	);
	const real = [...byVisit.values()].map((clicks) => clicks.map(([, item = ""]) => item));
	return Array.from({ length: sessions }, (_, n) => real[n % real.length] ?? []);
}

function fillIn(store: CatalogueStore, items: readonly string[]): void {
	const all = Array.from({ length: productsCount }, (_, n) => productOf(items[n] ?? `other-${n}`, n));
	for (let from = 0; from < all.length; from += 1_000)
		store.transaction(() => store.put(all.slice(from, from + 1_000), "feed", now - dayMs, from > 50_000));
}

function productOf(id: string, n: number): Product {
	const price = 1_000 + ((n * 7_919) % 90_000);
	return {
		id,
		name: `Product ${n}`,
		url: `https://shop.example/${n}`,
		currency: "PLN",
		price,
		...(n % 5 === 0 && { sale: { price: Math.floor(price * 0.8) } }),
		availability: n % 20 === 0 ? "out-of-stock" : "in-stock",
		brand: `Brand ${n % 300}`,
		categories: ["All", `Part ${n % 12}`, `Shelf ${n % 240}`],
		labels: {},
	};
}

/** Over five weeks up to now, every tenth with an order of the last product. */
function teach(learned: Learned, visits: readonly (readonly string[])[], name = ""): number {
	visits.forEach((products, n) => {
		const at = now - Math.floor((1 - n / visits.length) * 35 * dayMs);
		const browser = `${name}${n}`;
		const deed = (event: string, is: Parameters<typeof study>[1]["is"]) =>
			study(learned, { event: `${browser} ${event}`, at, browser, is, groups: [] });
		for (const [place, product] of products.entries())
			deed(String(place), { what: "viewed", products: [product] });
		const bought = products.slice(-2);
		if (n % 10 === 0)
			deed("order", { what: "bought", order: `order ${browser}`, products: bought, before: [] });
	});
	return visits.length;
}

function tasteOf(visits: readonly (readonly string[])[], n: number): Taste {
	const visit = visits[(n * 97) % visits.length] ?? [];
	const [id = ""] = visit;
	return {
		now,
		...(n % 3 > 0 && { seen: { id } }),
		viewed: visit.map((product, place) => [product, now - place * 60_000 * (n % 2 === 0 ? 1 : 60)] as const),
		visitFrom: now - 3_600_000,
		cart: visit.slice(0, 2),
		bought: visit.slice(0, 3).map((product) => [product, now - 40 * dayMs] as const),
		categories: [
			["part 1", 5],
			["part 2", 2],
		],
		brands: [["brand 7", 3]],
		segments: [],
	};
}

/** As much of an object's storage as the catalogue uses, in Node's SQLite. */
function storageIn(db: DatabaseSync): DurableObjectStorage {
	const exec = (query: string, ...values: readonly SQLInputValue[]) => {
		if (values.length === 0 && !/^\s*(SELECT|WITH)/.test(query)) {
			db.exec(query);
			return cursorOf([]);
		}
		return cursorOf(statementOf(query).all(...values));
	};
	const known = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
	const statementOf = (query: string) => {
		const statement = known.get(query) ?? db.prepare(query);
		known.set(query, statement);
		return statement;
	};
	const cursorOf = (rows: readonly unknown[]) => ({ toArray: () => rows, one: () => rows[0] });
	const transactionSync = <T>(work: () => T): T => {
		db.exec("SAVEPOINT own");
		const answer = work();
		db.exec("RELEASE own");
		return answer;
	};
	return { sql: { exec }, transactionSync } as unknown as DurableObjectStorage;
}

function quantile(ascending: readonly number[], share: number): number {
	return ascending[Math.floor(ascending.length * share)] ?? Number.NaN;
}
