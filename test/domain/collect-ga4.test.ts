// Google's e-commerce events in Segment's names.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toldByGa4, toldByLayer } from "../../widget/collect/ga4.ts";
import { numberOf } from "../../widget/collect/told.ts";
import { CollectEvent } from "../../worker/protocol/collect.schema.ts";

const item = {
	item_id: "SKU_12345",
	item_name: "Koszulka",
	item_brand: "Google",
	item_category: "Odzież",
	item_category2: "Dorośli",
	item_variant: "zielona",
	price: 9.99,
	quantity: 2,
	coupon: "LATO",
	index: 0,
};
const product = {
	product_id: "SKU_12345",
	name: "Koszulka",
	category: "Odzież",
	brand: "Google",
	variant: "zielona",
	price: 9.99,
	quantity: 2,
	coupon: "LATO",
	position: 0,
};

/** As `gtag` pushes them. */
function args(..._: unknown[]): IArguments {
	// biome-ignore lint/complexity/noArguments: it is what is pushed
	return arguments;
}

describe("an event of GA4", () => {
	it("is one event for each product, or one with a list of them, in Segment's names", () => {
		expect(toldByGa4("add_to_cart", { currency: "PLN", value: 19.98, items: [item] })).toEqual([
			{ name: "Product Added", props: { ...product, currency: "PLN" } },
		]);
		expect(toldByGa4("view_item", { items: [item, { ...item, item_id: "B" }] })).toHaveLength(2);
		expect(
			toldByGa4("purchase", {
				transaction_id: "T1",
				value: 30.5,
				tax: "4,50",
				shipping: 0,
				currency: "PLN",
				coupon: "LATO",
				items: [item],
			}),
		).toEqual([
			{
				name: "Order Completed",
				props: {
					order_id: "T1",
					revenue: 30.5,
					tax: 4.5,
					shipping: 0,
					currency: "PLN",
					coupon: "LATO",
					products: [product],
				},
			},
		]);
	});

	it("says what lies in the cart where it names all of it", () => {
		const names = (name: string) => toldByGa4(name, { value: 5, items: [item] }).map((told) => told.name);
		expect(names("view_cart")).toEqual(["Cart Viewed", "Cart Updated"]);
		expect(names("begin_checkout")).toEqual(["Checkout Started", "Cart Updated"]);
	});

	it("is understood however it is pushed, and as enhanced e-commerce had it before", () => {
		const told = toldByGa4("view_item", { currency: "PLN", items: [item] });
		expect(toldByLayer({ event: "view_item", ecommerce: { currency: "PLN", items: [item] } })).toEqual(told);
		expect(toldByLayer({ event: "view_item", currency: "PLN", items: [item] })).toEqual(told);
		expect(toldByLayer(args("event", "view_item", { currency: "PLN", items: [item] }))).toEqual(told);
		const older = { id: "SKU_12345", name: "Koszulka", brand: "Google", category: "Odzież", price: "9.99" };
		expect(
			toldByLayer({
				event: "transaction",
				ecommerce: {
					currencyCode: "PLN",
					purchase: { actionField: { id: "T1", revenue: "30.50" }, products: [older] },
				},
			}),
		).toEqual([
			{
				name: "Order Completed",
				props: {
					order_id: "T1",
					revenue: 30.5,
					currency: "PLN",
					products: [
						{ product_id: "SKU_12345", name: "Koszulka", brand: "Google", category: "Odzież", price: 9.99 },
					],
				},
			},
		]);
	});

	it("without what it counts by is none: an order without an id, a product without a name", () => {
		expect(toldByGa4("purchase", { value: 5 })).toEqual([]);
		expect(toldByGa4("view_item", { items: [{ price: 5 }, null, "x"] })).toEqual([]);
		for (const pushed of [
			{ ecommerce: null },
			args("js", new Date()),
			args("config", "G-1"),
			5,
			null,
			"event",
		]) {
			expect(toldByLayer(pushed)).toEqual([]);
		}
		expect(toldByLayer({ event: "constructor", items: [item] })).toEqual([]);
	});

	it("fits into a request however many products it lists, the first of them first", () => {
		const items = Array.from({ length: 500 }, (_, n) => ({ ...item, item_id: `SKU_${n}` }));
		const [told] = toldByGa4("view_item_list", { item_list_id: "all", items });
		expect(JSON.stringify(told).length).toBeLessThan(7_500);
		expect(JSON.stringify(told)).toContain("SKU_0");
	});

	it("is never refused by our own protocol, nor ever a throw, whatever a page pushes", () => {
		const at = 1_790_000_000_000;
		const id = "01990000-0000-7000-8000-000000000000";
		fc.assert(
			fc.property(
				fc.constantFrom("view_item", "view_cart", "purchase", "search", "view_promotion", "generate_lead"),
				fc.record(
					{
						items: fc.array(
							fc.record(
								{
									item_id: fc.anything(),
									item_name: fc.string(),
									price: fc.anything(),
									index: fc.anything(),
								},
								{ requiredKeys: [] },
							),
						),
						value: fc.anything(),
						currency: fc.anything(),
						transaction_id: fc.anything(),
						search_term: fc.string({ maxLength: 3_000 }),
					},
					{ requiredKeys: [] },
				),
				(name, params) => {
					for (const told of toldByLayer({ event: name, ecommerce: params })) {
						expect(CollectEvent.safeParse({ id, at, ...told }).success).toBe(true);
					}
				},
			),
		);
	});
});

describe("an amount", () => {
	it.each([
		["12.50", 12.5],
		["12,5", 12.5],
		["1 299,00 zł", 1_299],
		["1\u00a0299 zł.", 1_299],
		["$1,299.00", 1_299],
		["1.299,00", 1_299],
		["1,299", 1_299],
		["0.9950", 0.995],
		["-5", -5],
		["", undefined],
		["za darmo", undefined],
		[Number.NaN, undefined],
		[null, undefined],
	])("%j is %j", (written, number) => {
		expect(numberOf(written)).toBe(number);
	});
});

const folder = join(import.meta.dirname, "../../../shared/data/events");

describe.skipIf(!existsSync(folder))(
	"Google's own examples (skipped where the shared data is not there)",
	() => {
		it("are events of Segment's specification, every one of them", () => {
			const { events } = JSON.parse(readFileSync(join(folder, "ga4_ecommerce_events.json"), "utf8"));
			const known: string[] = Object.values(
				JSON.parse(readFileSync(join(folder, "segment_ecommerce_v2.json"), "utf8")).events,
			).flat() as string[];
			for (const [name, params] of Object.entries(events)) {
				const told = toldByLayer({ event: name, ecommerce: params });
				expect(told, name).not.toEqual([]);
				expect(toldByLayer(args("event", name, params)), name).toEqual(told);
				// A snapshot of the cart is our own.
				for (const one of told) if (one.name !== "Cart Updated") expect(known).toContain(one.name);
			}
		});
	},
);
