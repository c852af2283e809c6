import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../../worker/domain/calendar.ts";
import {
	delist,
	isAvailable,
	type Listing,
	list,
	reprice,
	turnsAt,
} from "../../worker/domain/catalogue/listing.ts";
import type { Product } from "../../worker/domain/catalogue/product.ts";

const mower: Product = {
	id: "kx-40",
	name: "Kosiarka KX-40",
	url: "https://shop.example/kx-40",
	currency: "PLN",
	price: 100_000,
	availability: "in-stock",
	categories: ["Kosiarki"],
	labels: {},
};
const soldOut: Product = { ...mower, availability: "out-of-stock" };

function listed(product = mower, now = 0, origin: Listing["origin"] = "feed"): Listing {
	const first = list(undefined, product, origin, now, false);
	if (!first) throw new Error("not listed");
	return first.listing;
}

describe("a product in the catalogue", () => {
	it("that is said again as it stands is no change", () => {
		expect(list(listed(), { ...mower }, "feed", dayMs, true)).toBeUndefined();
	});

	it("tells that its price dropped, and that it rose", () => {
		const dropped = list(listed(), { ...mower, price: 90_000 }, "feed", 1, true);
		expect(dropped?.changes).toEqual([{ kind: "price-dropped", at: 1, from: 100_000, to: 90_000 }]);
		const risen = list(dropped?.listing, mower, "feed", 2, true);
		expect(risen?.changes).toEqual([{ kind: "price-raised", at: 2, from: 90_000, to: 100_000 }]);
		expect(risen?.listing.history.changes).toEqual([
			[0, 100_000],
			[1, 90_000],
			[2, 100_000],
		]);
	});

	it("tells that it sold out, and that it is back", () => {
		const out = list(listed(), soldOut, "feed", 1, true);
		expect(out?.changes).toEqual([{ kind: "sold-out", at: 1 }]);
		expect(list(out?.listing, mower, "feed", 2, true)?.changes).toEqual([{ kind: "back-in-stock", at: 2 }]);
	});

	it("that is no longer offered is remembered, and is back when it is offered again", () => {
		const gone = delist(listed(), 5);
		expect([isAvailable(gone), gone.goneAt, gone.product]).toEqual([false, 5, mower]);
		expect(delist(gone, 9)).toBe(gone);
		const back = list(gone, mower, "feed", 10, true);
		expect(back?.changes).toEqual([{ kind: "back-in-stock", at: 10 }]);
		expect(back?.listing).not.toHaveProperty("goneAt");
	});

	it("is known to have had no price before only where the catalogue knew all others", () => {
		expect(list(undefined, mower, "feed", 7, false)?.listing.history).not.toHaveProperty("offeredAt");
		expect(list(undefined, mower, "feed", 7, true)?.listing.history.offeredAt).toBe(7);
	});

	it("is not what a page says in passing where a feed or the shop's server has said it", () => {
		const said = { ...mower, price: 1 };
		for (const origin of ["feed", "api"] as const)
			expect(list(listed(mower, 0, origin), said, "learned", 1, true)).toBeUndefined();
		expect(list(listed(mower, 0, "learned"), said, "feed", 1, true)?.listing.origin).toBe("feed");
	});

	it("whose currency changes begins a history of its own", () => {
		const inEuro = list(listed(), { ...mower, currency: "EUR", price: 25_000 }, "feed", 1, true);
		expect(inEuro?.changes).toEqual([]);
		expect(inEuro?.listing.history).toEqual({ changes: [[1, 25_000]] });
	});

	it("changes its price when its sale begins and when it ends, though nobody says so then", () => {
		const onSale = listed({ ...mower, sale: { price: 80_000, from: 10, until: 20 } });
		expect([turnsAt(onSale, 0), turnsAt(onSale, 10), turnsAt(onSale, 20)]).toEqual([10, 20, undefined]);
		const begun = reprice(onSale, 10);
		expect(begun.changes).toEqual([{ kind: "price-dropped", at: 10, from: 100_000, to: 80_000 }]);
		expect(reprice(begun.listing, 20).changes).toMatchObject([{ kind: "price-raised", to: 100_000 }]);
	});

	it("tells of every change once, whatever is said of it and in which order", () => {
		const said = fc.record({
			price: fc.integer({ min: 1, max: 3 }),
			availability: fc.constantFrom("in-stock", "out-of-stock"),
		});
		fc.assert(
			fc.property(fc.array(said, { maxLength: 30 }), (all) => {
				let known = listed({ ...mower, price: 1 });
				let stock = true;
				let price = 1;
				for (const [at, one] of all.entries()) {
					const next = list(known, { ...mower, ...one } as Product, "feed", at + 1, true);
					for (const { kind, from, to } of next?.changes ?? []) {
						if (from !== undefined && to !== undefined) {
							expect(from).toBe(price);
							expect(kind).toBe(to < from ? "price-dropped" : "price-raised");
							price = to;
						} else {
							expect(kind).toBe(stock ? "sold-out" : "back-in-stock");
							stock = !stock;
						}
					}
					known = next?.listing ?? known;
					expect([price, stock]).toEqual([one.price, one.availability === "in-stock"]);
				}
			}),
		);
	});
});
