import { describe, expect, it } from "vitest";
import { frameProduct } from "../../worker/content/products.ts";
import { whyInWords } from "../../worker/content/why.ts";
import type { Product } from "../../worker/domain/catalogue/product.ts";
import { plainStrategies, type StrategyName } from "../../worker/domain/recommend/recipe.ts";

const strategies: readonly StrategyName[] = [...plainStrategies, "popular", "complementary", "hand-picked"];
const said = (by: StrategyName, count: number, language: "pl" | "en", of = "KX-40") =>
	whyInWords({ by, of: "kx", count }, of, true, language);

describe("why a product is recommended", () => {
	it.each([
		[1, "oglądane razem z „KX-40” przez 1 osobę"],
		[2, "oglądane razem z „KX-40” przez 2 osoby"],
		[5, "oglądane razem z „KX-40” przez 5 osób"],
		[22, "oglądane razem z „KX-40” przez 22 osoby"],
		[31, "oglądane razem z „KX-40” przez 31 osób"],
		[112, "oglądane razem z „KX-40” przez 112 osób"],
	])("inflects in Polish what comes after %i", (count, sentence) => {
		expect(said("viewed-together", count, "pl")).toBe(sentence);
	});

	it("says in orders what is counted in orders", () => {
		expect(said("bought-together", 1, "pl")).toBe("kupione razem z „KX-40” w 1 zamówieniu");
		expect(said("bought-together", 3, "pl")).toBe("kupione razem z „KX-40” w 3 zamówieniach");
		expect(said("bought-together", 1, "en")).toBe("bought with “KX-40” in 1 order");
		expect(said("viewed-together", 31, "en")).toBe("seen with “KX-40” by 31 people");
	});

	it("is a sentence of its own for each strategy, in both languages, with or without a name and a number", () => {
		for (const language of ["pl", "en"] as const) {
			const sentences = strategies.map((by) => said(by, 7, language));
			// Neighbours of a visit are told of as what is seen together.
			expect(new Set(sentences).size).toBe(strategies.length - 1);
			for (const by of strategies) {
				expect(whyInWords({ by }, undefined, false, language)).not.toMatch(/undefined|null|\s$|^$/);
			}
		}
	});

	it("speaks of no lower price where none may be shown beside it", () => {
		for (const by of ["on-promotion", "price-dropped"] as const)
			expect(whyInWords({ by }, undefined, false, "pl")).toBe("polecane");
		expect(whyInWords({ by: "price-dropped" }, undefined, true, "pl")).toBe("teraz taniej");
	});

	it("shortens a long name at a word", () => {
		const name = "Kosiarka akumulatorowa z napędem Verdena Terra 42 cm, 2 x 4 Ah";
		expect(whyInWords({ by: "similar", of: "kx" }, name, false, "pl")).toBe(
			"podobne do „Kosiarka akumulatorowa z napędem…”",
		);
	});
});

describe("a product in a frame", () => {
	const product: Product = {
		id: "kx",
		name: "KX-40",
		url: "https://shop.example/kx",
		currency: "PLN",
		price: 129_900,
		availability: "out-of-stock",
		categories: [],
		labels: {},
	};

	it("has its prices in the visitor's language, and crossed out only the lowest of the 30 days before", () => {
		const shown = { product, price: { amount: 99_900, before: 119_900 }, why: { by: "random" } } as const;
		const pl = frameProduct(shown, "pl", true);
		expect([pl.price, pl.before].map((text) => text?.replace(/\s/g, " "))).toEqual([
			"999,00 zł",
			"1 199,00 zł",
		]);
		expect(frameProduct(shown, "en", true).price.replace(/\s/g, " ")).toBe("PLN 999.00");
		expect(pl).toMatchObject({ soldOut: true, why: "z naszej oferty" });
		expect(frameProduct({ ...shown, price: { amount: 99_900 } }, "pl", false)).toMatchObject({ why: "" });
		expect(frameProduct({ ...shown, price: { amount: 99_900 } }, "pl", false)).not.toHaveProperty("before");
	});
});
