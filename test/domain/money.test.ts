import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event, Scalar } from "../../worker/domain/event.ts";
import { hundredths, inSiteCurrency, withSiteAmounts } from "../../worker/domain/money.ts";

const zloty = { currency: "PLN", rates: { EUR: 4.3, USD: 3.955, BAD: 0, WORSE: Number.NaN } };

function said(props: Readonly<Record<string, Scalar>>, name = "Order Completed"): Event {
	return { id: "e", name, at: 1, props };
}
function ours(props: Readonly<Record<string, Scalar>>, name?: string): Readonly<Record<string, Scalar>> {
	return withSiteAmounts(said(props, name), zloty).props;
}

describe("hundredths", () => {
	test("are whole, with halves away from zero", () => {
		expect([12.5, 0.1, 0.005, -0.005, -12.345, 19.99].map(hundredths)).toEqual([
			1250, 10, 1, -1, -1235, 1999,
		]);
	});

	test("of what is no amount are 0, and never -0", () => {
		const none = [undefined, "12", true, Number.NaN, Number.POSITIVE_INFINITY, 1e12, -1e12, -0, -0.001];
		expect(none.map(hundredths)).toEqual(none.map(() => 0));
	});

	test("are safe integers with the amount's sign", () => {
		fc.assert(
			fc.property(fc.double(), (amount) => {
				expect(Number.isSafeInteger(hundredths(amount))).toBe(true);
				expect(hundredths(-amount) + hundredths(amount)).toBe(0);
			}),
		);
	});
});

describe("an amount in another currency", () => {
	test("is converted at the stored rate and rounded to hundredths", () => {
		expect(inSiteCurrency(10, "EUR", zloty.rates, "PLN")).toBe(43);
		expect(inSiteCurrency(0.99, " usd ", zloty.rates, "PLN")).toBe(3.92);
	});

	test("stays as it is where it is the site's own or none is said", () => {
		for (const currency of ["PLN", "pln", "", undefined])
			expect(inSiteCurrency(9.999, currency, zloty.rates, "PLN")).toBe(9.999);
	});

	test("is unknown without a rate, and where there is no such amount", () => {
		for (const currency of ["GBP", "BAD", "WORSE", "constructor", "__proto__"])
			expect(inSiteCurrency(1, currency, zloty.rates, "PLN")).toBeUndefined();
		for (const amount of [Number.NaN, Number.NEGATIVE_INFINITY, 9e11])
			expect(inSiteCurrency(amount, "EUR", zloty.rates, "PLN")).toBeUndefined();
	});
});

describe("an event", () => {
	test("in euros tells what it is in the site's currency, and what was said", () => {
		expect(ours({ order_id: "A", revenue: 10, tax: 2, currency: "EUR" })).toEqual({
			order_id: "A",
			revenue: 43,
			original_revenue: 10,
			tax: 8.6,
			original_tax: 2,
			currency: "PLN",
			original_currency: "EUR",
		});
	});

	test("in a currency without a rate tells no amounts", () => {
		expect(ours({ price: 10, name: "Mug", currency: "GBP" }, "Product Viewed")).toEqual({
			name: "Mug",
			original_price: 10,
			original_currency: "GBP",
			unconverted: true,
		});
	});

	test("without amounts has nothing to convert: a refund of all stays one", () => {
		const refund = said({ order_id: "A", currency: "GBP" }, "Order Refunded");
		expect(withSiteAmounts(refund, zloty)).toBe(refund);
	});

	test("of the site's own currency, or no commerce, comes back as it is", () => {
		for (const currency of ["PLN", "pln", ""]) {
			const event = said({ revenue: 10, currency });
			expect(withSiteAmounts(event, zloty)).toBe(event);
		}
		const other = said({ price: 10, currency: "EUR" }, "Advert Sold");
		expect(withSiteAmounts(other, zloty)).toBe(other);
	});

	test("of a completed order takes its revenue from total, else from value", () => {
		expect(ours({ total: 5, value: 7 }).revenue).toBe(5);
		expect(ours({ value: 7 }).revenue).toBe(7);
		expect(ours({ revenue: 0, total: 5 }).revenue).toBe(0);
		expect(ours({ value: 10, currency: "EUR" })).toMatchObject({ revenue: 43, original_revenue: 10 });
		expect(ours({ value: 7 }, "Order Refunded").revenue).toBeUndefined();
	});

	test("with an amount that is no number in another currency does not keep it for one of ours", () => {
		expect(ours({ revenue: "10", currency: "EUR" })).toEqual({
			original_revenue: "10",
			original_currency: "EUR",
			unconverted: true,
		});
	});

	test("is not converted twice, nor changed in place", () => {
		const amount = fc.oneof(
			fc.constantFrom<Scalar[]>(0, 10, -3.5, 9e11, "10", true),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
		);
		const props = fc.record(
			{
				revenue: amount,
				total: amount,
				value: amount,
				price: amount,
				currency: fc.constantFrom<Scalar[]>("PLN", "eur", "GBP", "__proto__", "", 5),
			},
			{ requiredKeys: [] },
		);
		const names = fc.constantFrom("Order Completed", "Order Refunded", "Product Viewed", "Page Viewed");
		fc.assert(
			fc.property(props, names, (some, name) => {
				const event = said(some, name);
				const before = JSON.stringify(event);
				const once = withSiteAmounts(event, zloty);
				expect(withSiteAmounts(once, zloty)).toBe(once);
				expect(JSON.stringify(event)).toBe(before);
			}),
			{ numRuns: 1000 },
		);
	});
});
