// Conditions in order, one of each kind at least: what the tests of the schema start from.

import { limits } from "../../worker/domain/limits.ts";

export const score = { field: "score", test: { op: ">=", n: 1 } };
export const city = { field: "city", test: { op: "is", value: "Kraków" } };
export const views = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } };
export const sum = { field: "sum", match: { name: "a" }, property: "p", test: { op: ">=", n: 1 } };
export const near = { field: "near", latitude: 50, longitude: 20, km: 10 };
export const sequence = JSON.parse(
	'{"field":"sequence","first":{"name":"a"},"second":{"name":"b"},"thenWithinMs":1000}',
);
const day = 86_400_000;

export const accepted: readonly unknown[] = [
	{ all: [] },
	{ any: [{ not: city }, score] },
	{ field: "first.click", test: { op: "wildcard", value: "g*" } },
	{ field: "cartItems", test: { op: "between", from: 1, to: 1 } },
	{ field: "order.last", test: { op: "longer-ago", ms: limits.windowMs } },
	{ field: "attribute", name: "birthday", test: { op: "anniversary", days: 0 } },
	{ field: "attribute", name: "birthday", test: { op: "longer-ago", ms: 18 * 366 * day } },
	{ field: "attribute", name: "sex", test: { op: "any-of", values: ["F", "other"] } },
	{ field: "consent", channel: "sms", purpose: "newsletter", state: "withdrawn" },
	{ field: "age", test: { op: "between", from: 18, to: 24 } },
	{ field: "member", programme: "club" },
	{ field: "tier", programme: "club", tier: "gold", op: "at-least" },
	{ field: "attribute", name: "born", test: { op: "before", at: -day } },
	{ field: "attribute", name: "interests", test: { op: "has-all", values: ["a"] } },
	near,
	{ field: "tag", tag: `it's "quoted" 100%`, count: { op: "=", n: 0 } },
	{ field: "tagged", tag: "A", which: "first", test: { op: "in-the-last", ms: 1 } },
	{ field: "points", programme: "club", of: "earned", test: { op: ">=", n: 10 } },
	{ ...views, withinMs: 1, by: "visit" },
	{ ...views, match: { name: "a", during: { from: 0, to: 1 } }, by: { property: "sku" } },
	{ ...sum, days: limits.windowDays },
	{ field: "moment", match: { name: "a" }, which: "last", test: { op: "in-the-next", ms: 1 } },
	{ ...sequence, withinMs: limits.windowMs },
	{ field: "orders", of: "average", test: { op: "<=", n: 99.99 }, days: 1 },
	{ field: "cartProducts", test: { op: "has-any", values: ["1"] } },
	{ field: "interest", in: "brand", value: "Alfa", of: "share", test: { op: ">=", n: 100 / 3 } },
	{ field: "list", list: "vip" },
	{ field: "list", list: "vip", test: { op: "in-the-last", ms: 1 } },
	{ field: "segment", segment: "vip" },
];
