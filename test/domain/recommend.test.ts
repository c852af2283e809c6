import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../../worker/domain/calendar.ts";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import { type Lesson, newLearned, study } from "../../worker/domain/recommend/learned.ts";
import {
	type Filters,
	plainStrategies,
	type Recipe,
	type Source,
	type Taste,
} from "../../worker/domain/recommend/recipe.ts";
import { recommend } from "../../worker/domain/recommend/recommend.ts";
import type { Shelf, Since } from "../../worker/domain/recommend/shelf.ts";
import { fold } from "../../worker/domain/text.ts";

const now = 1_000 * dayMs + 12 * 3_600_000;

function product(id: string, more: Partial<Product> = {}): Product {
	return {
		id,
		name: `Product ${id}`,
		url: `https://shop.example/p/${id}`,
		currency: "PLN",
		price: 10_000,
		availability: "in-stock",
		categories: [],
		labels: {},
		...more,
	};
}

interface Stock {
	readonly newest?: readonly Since[];
	readonly priceDropped?: readonly Since[];
	readonly backInStock?: readonly Since[];
}

/** A catalogue in memory; products stand in the order in which they are most viewed. */
function shelfOf(products: readonly Product[], stock: Stock = {}): Shelf {
	const byId = new Map(products.map((one) => [one.id, one]));
	const those = (is: (one: Product) => boolean) => products.filter(is).map(({ id }) => id);
	return {
		learned: newLearned(),
		product: (id) => byId.get(id),
		ofCategory: (category) => those(({ categories }) => categories.some((one) => fold(one) === category)),
		ofBrand: (brand) => those((one) => one.brand !== undefined && fold(one.brand) === brand),
		newest: () => stock.newest ?? [],
		reduced: () => those(({ sale }) => sale !== undefined),
		priceDropped: () => stock.priceDropped ?? [],
		backInStock: () => stock.backInStock ?? [],
		any: (random) => products[Math.floor(random * products.length)]?.id,
	};
}

const nobody: Taste = {
	now,
	viewed: [],
	visitFrom: now - 60_000,
	cart: [],
	bought: [],
	categories: [],
	brands: [],
	segments: [],
};

function recipe(sources: readonly Source[], filters: Filters = {}, most = 8, least = 1): Recipe {
	return { most, least, sources, filters };
}

function ids(shelf: Shelf, one: Recipe, taste: Partial<Taste> = {}): string[] {
	return recommend(one, { ...nobody, ...taste }, shelf, () => 0.5).map((chosen) => chosen.product.id);
}

let serial = 0;
/** Somebody looks at these in one visit, and buys those. */
function teach(
	shelf: Shelf,
	viewed: string,
	more: { bought?: string; before?: Lesson["is"] & object; at?: number; groups?: string[] } = {},
): void {
	const browser = `browser ${serial++}`;
	const { at = now - 3_600_000, groups = [] } = more;
	for (const one of viewed.split(" ").filter(Boolean))
		study(shelf.learned, {
			event: `event ${serial++}`,
			at,
			browser,
			is: { what: "viewed", products: [one] },
			groups,
		});
	if (more.bought !== undefined)
		study(shelf.learned, {
			event: `event ${serial++}`,
			at,
			browser,
			is: { what: "bought", order: `order ${serial++}`, products: more.bought.split(" "), before: [] },
			groups,
		});
}

const tools = "abcdefghij".split("").map((id) => product(id));

describe("what a visitor did", () => {
	const shelf = shelfOf(tools);
	const viewed = [
		["c", now - 1_000],
		["b", now - 2 * dayMs],
		["a", now - 2 * dayMs - 60_000],
		["d", now - 9 * dayMs],
	] as const;

	it("comes back as what was viewed, the latest first, and never as what is being looked at", () => {
		expect(ids(shelf, recipe([{ by: "recently-viewed" }]), { viewed })).toEqual(["c", "b", "a", "d"]);
		expect(ids(shelf, recipe([{ by: "recently-viewed" }]), { viewed, seen: { id: "b" } })).toEqual([
			"c",
			"a",
			"d",
		]);
	});

	it("can be gone on with: what was viewed in the visit before, and not bought since", () => {
		const source = recipe([{ by: "continue-browsing" }]);
		expect(ids(shelf, source, { viewed })).toEqual(["b", "a"]);
		expect(ids(shelf, source, { viewed, bought: [["b", now - dayMs]] })).toEqual(["a"]);
		expect(ids(shelf, source, { viewed: [["c", now - 1_000]] })).toEqual([]);
	});

	it("includes what was left in the cart", () => {
		expect(ids(shelf, recipe([{ by: "left-in-cart" }]), { cart: ["j", "gone"] })).toEqual(["j"]);
	});

	it("is due again when the time between two purchases has nearly passed, where three people showed how long that is", () => {
		const own = shelfOf(tools);
		const source = recipe([{ by: "replenishment" }]);
		const again = (days: number) =>
			study(own.learned, {
				event: `event ${serial++}`,
				at: now - dayMs,
				is: {
					what: "bought",
					order: `order ${serial++}`,
					products: ["a"],
					before: [["a", now - (days + 1) * dayMs]],
				},
				groups: [],
			});
		for (const days of [29, 31]) again(days);
		const bought = [["a", now - 28 * dayMs]] as const;
		expect(ids(own, source, { bought })).toEqual([]);
		again(30);
		expect(ids(own, source, { bought })).toEqual(["a"]);
		expect(ids(own, source, { bought: [["a", now - 10 * dayMs]] })).toEqual([]);
		expect(ids(own, source, { bought: [["a", now - 90 * dayMs]] })).toEqual([]);
	});
});

describe("what others did", () => {
	it("is seen together from two visits on, and says in how many", () => {
		const shelf = shelfOf(tools);
		const source = recipe([{ by: "viewed-together" }]);
		teach(shelf, "a b");
		teach(shelf, "a c");
		expect(ids(shelf, source, { seen: { id: "a" } })).toEqual([]);
		teach(shelf, "b a");
		const [best] = recommend(source, { ...nobody, seen: { id: "a" } }, shelf, Math.random);
		expect(best).toMatchObject({ product: { id: "b" }, why: { by: "viewed-together", of: "a", count: 2 } });
	});

	it("is bought together, with what the page is about or what lies in the cart", () => {
		const shelf = shelfOf(tools);
		for (let n = 0; n < 3; n++) teach(shelf, "", { bought: "a b" });
		teach(shelf, "", { bought: "a c" });
		const source = recipe([{ by: "bought-together" }]);
		expect(ids(shelf, source, { seen: { id: "a" } })).toEqual(["b"]);
		expect(ids(shelf, source, { cart: ["a"] })).toEqual(["b"]);
	});

	it("is bought in the end by who looked at this", () => {
		const shelf = shelfOf(tools);
		for (let n = 0; n < 2; n++) teach(shelf, "a b c", { bought: "c" });
		teach(shelf, "a b");
		const source = recipe([{ by: "viewed-then-bought" }]);
		expect(ids(shelf, source, { seen: { id: "a" } })).toEqual(["c"]);
	});

	it("counts once for each visit, however often it is looked at or told", () => {
		const shelf = shelfOf(tools);
		const lesson: Lesson = {
			event: "one",
			at: now - 1_000,
			browser: "me",
			is: { what: "viewed", products: ["a"] },
			groups: [],
		};
		expect(study(shelf.learned, lesson)).toBe(true);
		expect(study(shelf.learned, lesson)).toBe(false);
		study(shelf.learned, { ...lesson, event: "two" });
		const [best] = recommend(recipe([{ by: "popular", among: "site" }]), nobody, shelf, Math.random);
		expect(best?.why).toEqual({ by: "popular", count: 1 });
	});

	it("counts an order once, whoever tells of it", () => {
		const shelf = shelfOf(tools);
		for (const event of ["browser's", "server's"])
			study(shelf.learned, {
				event,
				at: now,
				is: { what: "bought", order: "7", products: ["a", "b"], before: [] },
				groups: [],
			});
		expect(ids(shelf, recipe([{ by: "bought-together" }]), { seen: { id: "a" } })).toEqual([]);
	});

	it("is popular on the site, in the category, in the region, and in a segment for its members", () => {
		const shelf = shelfOf([
			product("a", { categories: ["Tools", "Saws"] }),
			product("b", { categories: ["Tools"] }),
			product("c"),
		]);
		for (const group of ["segment vip", "region PL-14"])
			shelf.learned.groups.set(group, { ...newLearned().views, names: [], numbers: new Map() });
		for (let n = 0; n < 6; n++) teach(shelf, "c b", { groups: ["segment vip"] });
		for (let n = 0; n < 7; n++) teach(shelf, "a", { groups: ["region PL-14"] });
		expect(ids(shelf, recipe([{ by: "popular", among: "site" }]))).toEqual(["a", "b", "c"]);
		const inCategory = recipe([{ by: "popular", among: "category" }]);
		expect(ids(shelf, inCategory, { seen: { id: "x", category: "TOOLS" } })).toEqual(["a", "b"]);
		expect(ids(shelf, recipe([{ by: "popular", among: "region" }]), { region: "PL-14" })).toEqual(["a"]);
		const ofSegment = recipe([{ by: "popular", among: { segment: "vip" } }]);
		expect(ids(shelf, ofSegment)).toEqual([]);
		expect(ids(shelf, ofSegment, { segments: ["vip"] })).toEqual(["b", "c"]);
	});

	it("shows no favourite of a group that fewer than five visits made", () => {
		const shelf = shelfOf(tools);
		shelf.learned.groups.set("region PL-14", newLearned().views);
		for (let n = 0; n < 4; n++) teach(shelf, "a", { groups: ["region PL-14"] });
		expect(ids(shelf, recipe([{ by: "popular", among: "region" }]), { region: "PL-14" })).toEqual([]);
	});

	it("is a trend where this week has more views than the weeks before explain", () => {
		const shelf = shelfOf(tools);
		const source = recipe([{ by: "trending" }]);
		for (let day = 28; day >= 0; day--) {
			for (let n = 0; n < 5; n++) teach(shelf, "a", { at: now - day * dayMs });
			if (day < 3) for (let n = 0; n < 6; n++) teach(shelf, "b", { at: now - day * dayMs });
		}
		teach(shelf, "c");
		expect(ids(shelf, source)).toEqual(["b"]);
	});

	it("is no trend while no week is known before this one", () => {
		const shelf = shelfOf(tools);
		for (let n = 0; n < 40; n++) teach(shelf, "a");
		expect(ids(shelf, recipe([{ by: "trending" }]))).toEqual([]);
	});
});

describe("what the catalogue says", () => {
	const saws = [
		product("saw", { categories: ["Tools", "Saws"], brand: "Oak", price: 10_000 }),
		product("saw-2", { categories: ["Tools", "Saws"], brand: "Oak", price: 11_000 }),
		product("saw-3", { categories: ["Tools", "Saws"], brand: "Elm", price: 90_000 }),
		product("axe", { categories: ["Tools", "Axes"], brand: "Oak", price: 10_000 }),
		product("hat", { categories: ["Clothes"], brand: "Oak", price: 10_000 }),
	];

	it("is alike in category, price and brand", () => {
		expect(ids(shelfOf(saws), recipe([{ by: "similar" }]), { seen: { id: "saw" } })).toEqual([
			"saw-2",
			"axe",
			"saw-3",
			"hat",
		]);
	});

	it("belongs to what is seen or lies in the cart, as the marketer has it", () => {
		const pairs = [{ category: "saws", with: ["clothes", "axes"] }];
		const source = recipe([{ by: "complementary", pairs }]);
		expect(ids(shelfOf(saws), source, { seen: { id: "saw" } })).toEqual(["hat", "axe"]);
		expect(ids(shelfOf(saws), source, { cart: ["saw-2"] })).toEqual(["hat", "axe"]);
		expect(ids(shelfOf(saws), source, { cart: ["hat"] })).toEqual([]);
	});

	it("is new, reduced, cheaper or there again: first what the person looked at before that", () => {
		const changed = [
			["a", now - dayMs],
			["b", now - 2 * dayMs],
		] as const;
		const sale = { price: 5_000 };
		const shelf = shelfOf([product("a"), product("b"), product("c", { sale })], {
			newest: changed,
			priceDropped: changed,
			backInStock: changed,
		});
		const viewed = [["b", now - 3 * dayMs]] as const;
		expect(ids(shelf, recipe([{ by: "new" }]))).toEqual(["a", "b"]);
		expect(ids(shelf, recipe([{ by: "on-promotion" }]))).toEqual(["c"]);
		expect(ids(shelf, recipe([{ by: "price-dropped" }]), { viewed })).toEqual(["b", "a"]);
		expect(ids(shelf, recipe([{ by: "back-in-stock" }]), { viewed })).toEqual(["b", "a"]);
	});

	it("suits what the person is drawn to, in proportion", () => {
		const brands = [
			["oak", 2],
			["elm", 1],
		] as const;
		expect(ids(shelfOf(saws), recipe([{ by: "top-affinity" }]), { brands })).toEqual([
			"saw",
			"saw-2",
			"saw-3",
			"axe",
			"hat",
		]);
	});
});

describe("for you", () => {
	const shelf = shelfOf(tools);
	for (let n = 0; n < 3; n++) teach(shelf, "a b");
	for (let n = 0; n < 3; n++) teach(shelf, "c d");
	const source = recipe([{ by: "for-you" }]);

	it("follows this visit where it has views", () => {
		const viewed = [
			["a", now - 1_000],
			["c", now - dayMs],
		] as const;
		const [best] = recommend(source, { ...nobody, viewed }, shelf, Math.random);
		expect(best).toMatchObject({ product: { id: "b" }, why: { by: "for-you", of: "a", count: 3 } });
	});

	it("follows earlier visits and orders where this one has none, and knows nothing of whom nothing is known", () => {
		expect(ids(shelf, source, { viewed: [["c", now - dayMs]] })).toEqual(["d"]);
		expect(ids(shelf, source, { bought: [["c", now - dayMs]] })).toEqual(["d"]);
		expect(ids(shelf, source)).toEqual([]);
	});
});

describe("a recipe", () => {
	const shelf = shelfOf([
		product("a", { group: "g", brand: "Oak" }),
		product("b", { group: "g", brand: "Oak" }),
		product("c", { brand: "Oak", price: 20_000 }),
		product("d", { brand: "Oak", availability: "out-of-stock" }),
		product("e", { brand: "Elm", labels: { custom_label_0: "30" } }),
	]);
	const picked: Source = { by: "hand-picked", products: ["a", "b", "c", "d", "e", "none"] };

	it("asks its sources in turn until there are enough, and takes nothing twice", () => {
		const chain = recipe([{ by: "hand-picked", products: ["c"] }, { by: "trending" }, picked], {}, 3);
		expect(ids(shelf, chain)).toEqual(["c", "a", "e"]);
	});

	it("shows nothing rather than less than the least", () => {
		expect(ids(shelf, recipe([picked], {}, 8, 3))).toEqual(["a", "c", "e"]);
		expect(ids(shelf, recipe([picked], {}, 8, 4))).toEqual([]);
	});

	it("takes variants for one product: of a group one comes, and none of the one that is seen, bought or in the cart", () => {
		expect(ids(shelf, recipe([picked]), { seen: { id: "b" } })).toEqual(["c", "e"]);
		expect(ids(shelf, recipe([picked], { notInCart: true }), { cart: ["b"] })).toEqual(["c", "e"]);
		const bought = [["b", now - 5 * dayMs]] as const;
		expect(ids(shelf, recipe([picked], { notBoughtDays: 10 }), { bought })).toEqual(["c", "e"]);
		expect(ids(shelf, recipe([picked], { notBoughtDays: 3 }), { bought })).toEqual(["a", "c", "e"]);
	});

	it("shows what is sold out only where that is asked for", () => {
		expect(ids(shelf, recipe([picked], { soldOutToo: true }))).toEqual(["a", "c", "d", "e"]);
	});

	it("keeps to prices, brands and labels, compared with the product that is seen", () => {
		const seen = { id: "x", brand: "oak", price: 10_000 };
		expect(ids(shelf, recipe([picked], { price: { from: 0.5, to: 1.5 } }), { seen })).toEqual(["a", "e"]);
		expect(ids(shelf, recipe([picked], { brand: "same" }), { seen })).toEqual(["a", "c"]);
		expect(ids(shelf, recipe([picked], { brand: "other" }), { seen })).toEqual(["e"]);
		expect(ids(shelf, recipe([picked], { perBrand: 1 }))).toEqual(["a", "e"]);
		expect(ids(shelf, recipe([picked], { label: { name: "custom_label_0", least: 25 } }))).toEqual(["e"]);
		expect(ids(shelf, recipe([picked], { label: { name: "constructor", least: 0 } }))).toEqual([]);
	});
});

describe("whatever was learned and whatever is asked", () => {
	const id = fc.constantFrom(..."abcdefghijklmnop".split(""), "__proto__", "gone");
	const word = fc.constantFrom("Tools", "Saws", "Clothes");
	const catalogue = fc.uniqueArray(
		fc.record({
			id,
			group: fc.option(fc.constantFrom("g", "h"), { nil: undefined }),
			brand: fc.option(fc.constantFrom("Oak", "Elm"), { nil: undefined }),
			price: fc.integer({ min: 0, max: 50_000 }),
			isSoldOut: fc.boolean(),
			categories: fc.array(word, { maxLength: 2 }),
			margin: fc.nat(50),
		}),
		{ selector: (one) => one.id, maxLength: 16 },
	);
	const instant = fc.integer({ min: 0, max: 60 }).map((days) => now - days * dayMs);
	const dated = fc.array(fc.tuple(id, instant), { maxLength: 6 });
	const source: fc.Arbitrary<Source> = fc.oneof(
		fc.constantFrom(...plainStrategies).map((by) => ({ by })),
		fc.constantFrom("site", "category", "region").map((among) => ({ by: "popular", among }) as const),
		word.map(
			(category) => ({ by: "complementary", pairs: [{ category, with: ["Tools", "Clothes"] }] }) as const,
		),
		fc.array(id).map((products) => ({ by: "hand-picked", products }) as const),
	);
	const filters: fc.Arbitrary<Filters> = fc.record(
		{
			notBoughtDays: fc.integer({ min: 1, max: 90 }),
			notInCart: fc.boolean(),
			soldOutToo: fc.boolean(),
			price: fc.record({ from: fc.constant(0.5), to: fc.constant(1.5) }),
			category: fc.constantFrom("same", "other"),
			brand: fc.constantFrom("same", "other"),
			label: fc.record({ name: fc.constant("margin"), least: fc.nat(50) }),
			perBrand: fc.integer({ min: 1, max: 3 }),
		},
		{ requiredKeys: [] },
	);
	const asked = fc.record({
		most: fc.integer({ min: 1, max: 16 }),
		least: fc.integer({ min: 1, max: 4 }),
		sources: fc.array(source, { minLength: 1, maxLength: 4 }),
		filters,
	});
	const taste: fc.Arbitrary<Taste> = fc.record(
		{
			now: fc.constant(now),
			seen: fc.record({ id, category: word, price: fc.constant(10_000), brand: fc.constant("oak") }),
			viewed: dated.map((all) => all.toSorted((a, b) => b[1] - a[1])),
			visitFrom: fc.constant(now - 3_600_000),
			cart: fc.array(id, { maxLength: 4 }),
			bought: dated.map((all) => all.toSorted((a, b) => b[1] - a[1])),
			categories: fc.array(fc.tuple(word.map(fold), fc.nat(9)), { maxLength: 2 }),
			brands: fc.array(fc.tuple(fc.constantFrom("oak", "elm"), fc.nat(9)), { maxLength: 2 }),
			region: fc.constant("PL-14"),
			segments: fc.constant([]),
		},
		{ requiredKeys: ["now", "viewed", "visitFrom", "cart", "bought", "categories", "brands", "segments"] },
	);
	const past = fc.array(
		fc.record({
			viewed: fc.array(id, { maxLength: 4 }),
			bought: fc.array(id, { maxLength: 3 }),
			at: instant,
		}),
		{ maxLength: 12 },
	);

	it("keeps to every promise of a frame", () => {
		fc.assert(
			fc.property(catalogue, past, asked, taste, fc.integer(), (goods, lives, one, who, seed) => {
				const products = goods.map(({ isSoldOut, margin, group, brand, ...rest }) =>
					product(rest.id, {
						...rest,
						...(group && { group }),
						...(brand && { brand }),
						labels: { margin: String(margin) },
						...(isSoldOut && { availability: "out-of-stock" as const }),
					}),
				);
				const dates = products.map((item, n) => [item.id, now - n * dayMs] as const);
				const shelf = shelfOf(products, { newest: dates, priceDropped: dates, backInStock: dates });
				for (const { viewed, bought, at } of lives)
					teach(shelf, viewed.join(" "), { at, ...(bought.length > 0 && { bought: bought.join(" ") }) });
				const chance = () => {
					let state = seed >>> 0;
					return () => {
						state = (state * 1_664_525 + 1_013_904_223) >>> 0;
						return state / 2 ** 32;
					};
				};
				const chosen = recommend(one, who, shelf, chance());
				expect(recommend(one, who, shelf, chance())).toEqual(chosen);
				const names = chosen.map((each) => each.product.id);
				expect(new Set(names).size).toBe(names.length);
				const groups = chosen.flatMap((each) => each.product.group ?? []);
				expect(new Set(groups).size).toBe(groups.length);
				expect(names).not.toContain(who.seen?.id);
				expect(names.length).toBeLessThanOrEqual(one.most);
				if (names.length > 0) expect(names.length).toBeGreaterThanOrEqual(one.least);
				const seen = who.seen && (shelf.product(who.seen.id) ?? who.seen);
				const { notBoughtDays = 0, notInCart, soldOutToo, price, label, brand, perBrand = 99 } = one.filters;
				for (const { product: item, why } of chosen) {
					expect(one.sources.map(({ by }) => by)).toContain(why.by);
					if (!soldOutToo) expect(item.availability).not.toBe("out-of-stock");
					if (notInCart) expect(who.cart).not.toContain(item.id);
					const boughtAt = who.bought.find(([bought]) => bought === item.id)?.[1] ?? 0;
					expect(boughtAt).toBeLessThan(now - notBoughtDays * dayMs + Number(notBoughtDays === 0) * now);
					if (label) expect(Number(item.labels.margin)).toBeGreaterThanOrEqual(label.least);
					if (price && seen?.price) expect(Math.abs(item.price / seen.price - 1)).toBeLessThanOrEqual(0.5);
					if (brand && seen?.brand !== undefined)
						expect(fold(item.brand ?? "") === fold(seen.brand)).toBe(brand === "same");
				}
				const brands = Map.groupBy(chosen, (each) => each.product.brand);
				for (const [name, its] of brands)
					if (name !== undefined) expect(its.length).toBeLessThanOrEqual(perBrand);
			}),
		);
	});
});
