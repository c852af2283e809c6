import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../../worker/domain/calendar.ts";
import { amountOf } from "../../worker/domain/catalogue/item.ts";
import { type PriceHistory, shownPrice, withPrice } from "../../worker/domain/catalogue/prices.ts";
import { priceAt, productOf } from "../../worker/domain/catalogue/product.ts";

const mower = {
	id: "kx-40",
	title: "Kosiarka <b>KX-40</b>",
	link: "https://shop.example/kx-40",
	price: "1 299,00 zł",
};
const productIn = (fields: Record<string, string>) => productOf({ ...mower, ...fields }, "PLN");

describe("an item of a feed", () => {
	it("is a product once it has an id, a title, an address and a price", () => {
		expect(productIn({})).toEqual({
			is: "product",
			product: {
				id: "kx-40",
				name: "Kosiarka KX-40",
				url: "https://shop.example/kx-40",
				currency: "PLN",
				price: 129_900,
				availability: "in-stock",
				categories: [],
				labels: {},
			},
			faults: [],
		});
	});

	it("says of each field what is wrong with it", () => {
		const { faults } = productOf(
			{ title: "x".repeat(301), link: "javascript:alert(1)", price: "tanio" },
			"PLN",
		);
		expect(faults.map(({ field, is }) => `${field} ${is}`)).toEqual([
			"id missing",
			"title too-long",
			"link not-an-address",
			"price not-a-price",
		]);
	});

	it("loses what is wrong and not needed, and says so", () => {
		const read = productIn({ availability: "maybe", sale_price: "10 EUR", image_link: "data:x" });
		expect(read).toMatchObject({ is: "product", product: { availability: "in-stock" } });
		expect(read).not.toHaveProperty("product.sale");
		expect(read.faults.map(({ field }) => field)).toEqual(["image_link", "sale_price", "availability"]);
	});

	it("costs its sale price while the sale lasts", () => {
		const period = "2026-05-01T00:00+02:00/2026-05-03T00:00+02:00";
		const read = productIn({ sale_price: "999 PLN", sale_price_effective_date: period });
		if (read.is !== "product") throw new Error("no product");
		const prices = ["2026-04-30T21:59Z", "2026-04-30T22:00Z", "2026-05-02T22:00Z"].map(Date.parse);
		expect(prices.map((at) => priceAt(read.product, at))).toEqual([129_900, 99_900, 129_900]);
	});

	it("is read whatever it says, and a product has what a product needs", () => {
		const names = ["id", "title", "link", "price", "sale_price", "availability", "product_type", "__proto__"];
		const fields = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: "binary" }));
		fc.assert(
			fc.property(fields, (said) => {
				const read = productOf({ ...mower, ...said }, "PLN");
				if (read.is === "refused") expect(read.faults.length).toBeGreaterThan(0);
				else expect(Number.isSafeInteger(read.product.price)).toBe(true);
			}),
		);
	});
});

describe("an amount", () => {
	it.each([
		["105.29 USD", 10_529, "USD"],
		["1 299,00 zł", 129_900, "PLN"],
		["PLN 1.299,00", 129_900, "PLN"],
		["1,299.00", 129_900, "PLN"],
		["1.299", 129_900, "PLN"],
		["12,5 €", 1_250, "EUR"],
		["1’299.50 CHF", 129_950, "CHF"],
		["0", 0, "PLN"],
		["1 234 567,89", 123_456_789, "PLN"],
	])("may be written %s", (text, hundredths, currency) => {
		expect(amountOf(text, "PLN")).toEqual({ hundredths, currency });
	});

	it.each(["", "tanio", "12 zł/szt. 3", "-5 zł", "1e5", "5 abcd", "1,2,3.4.5"])("is not %j", (text) => {
		expect(amountOf(text, "PLN")).toBeUndefined();
	});
});

describe("a reduced price", () => {
	const day = (n: number) => n * dayMs;
	const history = (
		changes: readonly (readonly [day: number, amount: number])[],
		offered?: number,
	): PriceHistory =>
		changes.reduce<PriceHistory>((all, [at, amount]) => withPrice(all, day(at), amount), {
			changes: [],
			...(offered !== undefined && { offeredAt: day(offered) }),
		});

	it("stands beside the lowest of the 30 days before it", () => {
		const known = history([
			[0, 100],
			[50, 80],
			[55, 120],
			[60, 90],
		]);
		expect(shownPrice(known, 90, day(61))).toEqual({ amount: 90 });
		const dearer = history([
			[0, 100],
			[20, 80],
			[25, 120],
			[60, 90],
		]);
		expect(shownPrice(dearer, 90, day(61))).toEqual({ amount: 90, before: 120 });
	});

	it("that was reduced again stands beside what was lowest before the first reduction", () => {
		const known = history([
			[0, 100],
			[60, 90],
			[65, 70],
		]);
		expect(shownPrice(known, 70, day(66))).toEqual({ amount: 70, before: 100 });
	});

	it("stands alone where the 30 days before it are not known, unless the product is younger", () => {
		const changes = [
			[0, 100],
			[10, 80],
		] as const;
		expect(shownPrice(history(changes), 80, day(11))).toEqual({ amount: 80 });
		expect(shownPrice(history(changes, 0), 80, day(11))).toEqual({ amount: 80, before: 100 });
	});

	it("stands beside what the shop itself says was the lowest", () => {
		expect(shownPrice({ changes: [] }, 80, day(1), 95)).toEqual({ amount: 80, before: 95 });
	});

	it("that went up is not reduced", () => {
		const known = history([
			[0, 100],
			[40, 110],
		]);
		expect(shownPrice(known, 110, day(41))).toEqual({ amount: 110 });
	});

	it("never stands beside a price that is above any of the 30 days before it, however much is forgotten", () => {
		const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 9 })), {
			minLength: 1,
			maxLength: 60,
		});
		fc.assert(
			fc.property(steps, (all) => {
				const told: (readonly [at: number, amount: number])[] = [];
				for (const [days, amount] of all) told.push([(told.at(-1)?.[0] ?? 0) + days, amount]);
				const at = told.at(-1)?.[0] ?? 0;
				const known = history(told);
				const amount = told.at(-1)?.[1] ?? 0;
				const { before } = shownPrice(known, amount, day(at));
				if (before === undefined) return;
				let first = told.length - 1;
				while (first > 0 && (told[first - 1]?.[1] ?? 0) >= (told[first]?.[1] ?? 0)) first--;
				const reducedAt = told.slice(first).find(([, one]) => one < (told[first]?.[1] ?? 0))?.[0] ?? 0;
				for (let moment = reducedAt - 30; moment < reducedAt; moment += 0.5) {
					const held = told.findLast(([since]) => since <= moment)?.[1];
					if (held !== undefined) expect(before).toBeLessThanOrEqual(held);
				}
			}),
		);
	});
});
