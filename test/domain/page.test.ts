// What an experience may ask of the page it is to open on.

import { expect, test } from "vitest";
import { type PageCondition, type PageNow, passesPage } from "../../worker/domain/page.ts";

const now = Date.UTC(2026, 10, 22, 22, 30); // A Sunday: 23:30 in Warsaw, Monday 07:30 in Tokyo.
const page: PageNow = {
	url: "https://shop.example/Oferta/?utm_campaign=Jesień",
	path: "/oferta",
	params: { utm_campaign: "Jesień" },
	referrer: "https://www.google.com/",
	title: "Kosiarka Łoś 40 – Zielony Kąt",
	product: { id: "k-40", name: "Kosiarka Łoś 40", category: "Kosiarki|Ogród", brand: "Łoś", price: 899.5 },
	zones: { site: "Europe/Warsaw", visitor: "Asia/Tokyo" },
};
const cases: readonly (readonly [name: string, asked: PageCondition, is: boolean])[] = [
	["an empty all is every page", { all: [] }, true],
	["an empty any is none", { any: [] }, false],
	["a path", { field: "page.path", test: { op: "is", value: "/oferta" } }, true],
	[
		"so is a parameter",
		{ field: "page.query", name: "utm_campaign", test: { op: "is", value: "jesien" } },
		true,
	],
	["one that is not there", { field: "page.query", name: "gclid", test: { op: "exists" } }, false],
	["a name every object has", { field: "page.query", name: "constructor", test: { op: "exists" } }, false],
	["where they come from", { field: "page.referrer", test: { op: "contains", value: "google" } }, true],
	["its title", { field: "page.title", test: { op: "contains", value: "zielony kat" } }, true],
	["the id of its product", { field: "page.product.id", test: { op: "is", value: "K-40" } }, true],
	["its name", { field: "page.product.name", test: { op: "starts-with", value: "kosiarka" } }, true],
	["its category", { field: "page.product.category", test: { op: "ends-with", value: "ogrod" } }, true],
	["its brand", { field: "page.product.brand", test: { op: "any-of", values: ["los", "bosch"] } }, true],
	["its price", { field: "page.product.price", test: { op: "between", from: 500, to: 899.5 } }, true],
	["a price that it is not", { field: "page.product.price", test: { op: ">=", n: 900 } }, false],
	["an evening of the site", { field: "page.hour", from: 20, to: 24, zone: "site" }, true],
	["which is morning for the visitor", { field: "page.hour", from: 20, to: 24, zone: "visitor" }, false],
	["hours over midnight", { field: "page.hour", from: 22, to: 6, zone: "site" }, true],
	["a Sunday of the site", { field: "page.weekday", days: [7], zone: "site" }, true],
	["a Monday of the visitor", { field: "page.weekday", days: [1], zone: "visitor" }, true],
	["not", { not: { field: "page.weekday", days: [6, 7], zone: "site" } }, false],
];

test.each(cases)("%s", (_name, asked, is) => {
	expect(passesPage(asked, page, now)).toBe(is);
});

test("a page that says nothing of a product is about none", () => {
	const { product: _, title: __, ...silent } = page;
	const asked: readonly PageCondition[] = [
		{ field: "page.product.price", test: { op: "<=", n: 1e9 } },
		{ field: "page.product.id", test: { op: "exists" } },
		{ field: "page.title", test: { op: "exists" } },
	];
	expect(asked.map((one) => passesPage(one, silent, now))).toEqual([false, false, false]);
	expect(asked.map((one) => passesPage({ not: one }, silent, now))).toEqual([true, true, true]);
});

test("a zone that nobody knows is the site's", () => {
	const zones = { site: "Europe/Warsaw", visitor: "Mars/Olympus" };
	expect(passesPage({ field: "page.hour", from: 23, to: 24, zone: "visitor" }, { ...page, zones }, now)).toBe(
		true,
	);
});
