// Conditions as large as they may be: what D1 must still take.

import { refuse } from "../../worker/domain/check.ts";
import type {
	Condition,
	DateTest,
	EventMatch,
	Leaf,
	NumberTest,
	PropertyTest,
} from "../../worker/domain/condition.ts";
import { limits } from "../../worker/domain/limits.ts";

export const times = <T>(n: number, make: (i: number) => T): T[] =>
	Array.from({ length: n }, (_, i) => make(i));
export const count = (match: EventMatch, i: number): Leaf => ({
	field: "events",
	match,
	count: { op: "<=", n: i % 100 },
	withinMs: 1_000 + i,
});

const seen: EventMatch = { name: "Page Viewed" };
const said: EventMatch = { name: "Tag Added" };
const bought: EventMatch = { name: "Product Bought" };
const wildcard = (i: number) => ({ op: "wildcard", value: `a*${i}*b*c` }) as const;
const wild = (match: EventMatch, i: number): EventMatch => ({ ...match, path: wildcard(i) });
const strict = (match: EventMatch, i: number, test: PropertyTest["test"]): EventMatch => ({
	...match,
	where: times(limits.where, (k) => ({ property: `p${k} ${i}`.padEnd(limits.property, "x"), test })),
});
const birthday = (i: number): DateTest => ({ op: "anniversary", days: i % limits.anniversaryDays });
const between = (i: number): NumberTest => ({ op: "between", from: 0, to: i });
const byVisit = (match: EventMatch, i: number): Leaf => ({
	field: "events",
	match,
	count: { op: "<=", n: i % 100 },
	withinMs: 1_000 + i,
	by: "visit",
});
const values = (match: EventMatch, i: number): Leaf => ({
	field: "events",
	match,
	count: { op: "<=", n: i % 100 },
	withinMs: 1_000 + i,
	by: { property: `x ${i}` },
});
const sum = (match: EventMatch, i: number): Leaf => ({
	field: "sum",
	match,
	property: `x ${i}`,
	test: between(i),
	days: i + 1,
});
const moment = (match: EventMatch, i: number): Leaf => ({
	field: "moment",
	match,
	which: "first",
	test: birthday(i),
});
const sequence = (first: EventMatch, second: EventMatch, i: number): Leaf => ({
	field: "sequence",
	first,
	second,
	thenWithinMs: 1_000 + i,
	withinMs: 2_000 + i,
});
const textFields = ["whereabouts.city", "whereabouts.country", "emailDomain", "first.click", "city"] as const;
const dateFields = ["order.first", "order.last", "cart.changed", "seen.first", "seen.last"] as const;

const kinds: Readonly<Record<string, (i: number) => Leaf>> = {
	"counts of what rules say": (i) => count(said, i),
	"counts of what happened": (i) => count(seen, i),
	"wildcards over what happened": (i) => count(wild(seen, i), i),
	"wildcards over what rules say": (i) => count(wild(said, i), i),
	properties: (i) => count(strict(said, i, { op: "ends-with", value: `${i}` }), i),
	"properties of what happened": (i) => count(strict(seen, i, { op: "any-of", values: [`${i}`] }), i),
	"wildcards over properties": (i) => count(strict(seen, i, wildcard(i)), i),
	visits: (i) => byVisit(seen, i),
	"visits of pages": (i) => byVisit(wild(seen, i), i),
	"visits by properties": (i) => byVisit(strict(seen, i, wildcard(i)), i),
	values: (i) => values(seen, i),
	"values of what rules say": (i) => values(said, i),
	sums: (i) => sum(seen, i),
	"sums of what rules say": (i) => sum(said, i),
	moments: (i) => moment(seen, i),
	"moments within a time": (i) => moment({ ...said, during: { from: i, to: i + 1 } }, i),
	sequences: (i) => sequence(seen, seen, i),
	"sequences of what rules say": (i) => sequence(wild(said, i), wild(said, i + 1), i),
	"counts of what was bought": (i) => count(bought, i),
	"properties of what was bought": (i) => count(strict(bought, i, wildcard(i)), i),
	"values of what was bought": (i) => values(bought, i),
	"sums of what was bought": (i) => sum(bought, i),
	"moments of what was bought": (i) => moment(bought, i),
	"sequences of what was bought": (i) => sequence(bought, bought, i),
	tags: (i) => ({ field: "tag", tag: `"${i}`, count: { op: "=", n: 1 } }),
	"moments of tags": (i) => ({ field: "tagged", tag: `"${i}`, which: "last", test: birthday(i) }),
	points: (i) => ({ field: "points", programme: `"${i}`, of: "balance", test: between(i) }),
	attributes: (i) => ({ field: "attribute", name: `a ${i}`, test: { op: "contains", value: `${i}` } }),
	"attributes that are dates": (i) => ({ field: "attribute", name: `a ${i}`, test: birthday(i) }),
	ages: (i) => ({ field: "age", test: between(i) }),
	members: (i) => ({ field: "member", programme: `programme-${i % 20}` }),
	"attributes that are lists": (i) => ({
		field: "attribute",
		name: `a ${i}`,
		test: { op: "has-all", values: [`${i}`] },
	}),
	"wildcards over attributes": (i) => ({ field: "attribute", name: `a ${i}`, test: wildcard(i) }),
	"wildcards over fields": (i) => ({ field: textFields[i % 5] ?? "city", test: wildcard(i) }),
	dates: (i) => ({ field: dateFields[i % 5] ?? "seen.last", test: birthday(i) }),
	places: (i) => ({ field: "near", latitude: i / 3, longitude: i / 7, km: i + 1 }),
	orders: (i) => ({ field: "orders", of: "average", test: between(i), days: i + 1 }),
	interests: (i) => ({
		field: "interest",
		in: i % 2 === 0 ? "category" : "brand",
		value: `${i}`,
		of: (["strength", "share", "rank"] as const)[i % 3] ?? "share",
		test: between(i),
	}),
	consents: (i) => ({
		field: "consent",
		channel: "email",
		purpose: `"${i}`,
		state: (["given", "pending", "withdrawn"] as const)[i % 3] ?? "given",
	}),
	lists: (i) => ({ field: "list", list: `list-${i}`, test: birthday(i) }),
	products: (i) => ({ field: "cartProducts", test: { op: "has-all", values: [`${i}`] } }),
};

/** Of each kind of leaf as many as check.ts lets through. */
export const largest = Object.entries(kinds).map(
	([name, make]): readonly [name: string, condition: Condition] => {
		let whole: Condition = { all: [] };
		for (let n = 1; n <= limits.nodes; n++) {
			const leaves = times(n, make);
			const half = n >> 1;
			const next: Condition = { any: [{ all: leaves.slice(0, half) }, { all: leaves.slice(half) }] };
			if (refuse(next)) break;
			whole = next;
		}
		return [name, whole];
	},
);
