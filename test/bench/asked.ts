// What marketers ask of a large site: twenty conditions, as the trade says them, of the demo shop's made-up people.

import type { Condition, EventMatch } from "../../worker/domain/condition.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const prices: EventMatch = { name: "Page Viewed", path: { op: "is", value: "/cennik" } };
const offers: EventMatch["path"] = { op: "starts-with", value: "/p/" };
const mower: EventMatch = {
	name: "Product Viewed",
	where: [{ property: "category", test: { op: "is", value: "kosiarki-akumulatorowe" } }],
};
const cart: EventMatch = { name: "Cart Updated" };

export const asked: Readonly<Record<string, Condition>> = {
	"tag CENNIK at least 3 times": { field: "tag", tag: "CENNIK", count: { op: ">=", n: 3 } },
	"score at least 50": { field: "score", test: { op: ">=", n: 50 } },
	"of the motor trade, in Kraków": {
		all: [
			{ field: "attribute", name: "industry", test: { op: "is", value: "motoryzacja" } },
			{ field: "whereabouts.city", test: { op: "is", value: "Kraków" } },
		],
	},
	"first came for “kosiarka”": { field: "first.phrase", test: { op: "contains", value: "kosiarka" } },
	"last from Google, on a phone": {
		all: [
			{ field: "last.source", test: { op: "is", value: "google" } },
			{ field: "device", test: { op: "is", value: "phone" } },
		],
	},
	"viewed the price list 3 times in 30 days": {
		field: "events",
		match: prices,
		count: { op: ">=", n: 3 },
		withinMs: 30 * day,
	},
	"never viewed the price list": { not: { field: "events", match: prices, count: { op: ">=", n: 1 } } },
	"viewed cordless mowers": { field: "events", match: mower, count: { op: ">=", n: 1 } },
	"viewed cordless mowers in 3 visits": {
		field: "events",
		match: mower,
		count: { op: ">=", n: 3 },
		by: "visit",
	},
	"price list, then cart within an hour": {
		field: "sequence",
		first: prices,
		second: cart,
		thenWithinMs: hour,
	},
	"2 minutes or more on offers": {
		field: "sum",
		match: { name: "Page Left", path: offers },
		property: "seconds",
		test: { op: ">=", n: 120 },
	},
	"2 orders and 500 zł in 90 days": {
		all: [
			{ field: "orders", of: "count", test: { op: ">=", n: 2 }, days: 90 },
			{ field: "orders", of: "revenue", test: { op: ">=", n: 500 }, days: 90 },
		],
	},
	"average order 800 zł or more": { field: "orders", of: "average", test: { op: ">=", n: 800 } },
	"last order longer ago than 60 days": {
		field: "order.last",
		test: { op: "longer-ago", ms: 60 * day },
	},
	"cart over 300 zł, silent for 30 minutes": {
		all: [
			{ field: "cartValue", test: { op: ">=", n: 300 } },
			{ field: "cart.changed", test: { op: "longer-ago", ms: 30 * minute } },
		],
	},
	"10 page views in 365 days": {
		field: "events",
		match: { name: "Page Viewed" },
		count: { op: ">=", n: 10 },
		withinMs: 365 * day,
	},
	"any of: CENNIK, or mowers and not bought, or the form": {
		any: [
			{ field: "tag", tag: "CENNIK", count: { op: ">=", n: 5 } },
			{
				all: [
					{ field: "events", match: mower, count: { op: ">=", n: 2 }, withinMs: 30 * day },
					{ not: { field: "events", match: { name: "Order Completed" }, count: { op: ">=", n: 1 } } },
				],
			},
			{
				all: [
					{ field: "tag", tag: "POPUP_PODSTRONA_BLOG", count: { op: ">=", n: 1 } },
					{ not: { field: "visits", test: { op: ">=", n: 2 } } },
				],
			},
		],
	},
	"within 30 km of Kraków": { field: "near", latitude: 50.06, longitude: 19.94, km: 30 },
	"birthday within 7 days": {
		field: "attribute",
		name: "birthday",
		test: { op: "anniversary", days: 7 },
	},
	"3 different categories viewed": {
		field: "events",
		match: { name: "Product Viewed" },
		count: { op: ">=", n: 3 },
		by: { property: "category" },
	},
};
