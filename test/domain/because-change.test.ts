// What each leaf of the language rests on, and the smallest change that would flip an answer.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Because, explain, isLeaf, leafOf } from "../../worker/domain/because.ts";
import { type Change, smallestChange } from "../../worker/domain/change.ts";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { type Circumstances, emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import { needOf } from "../../worker/domain/need.ts";
import { evaluateOne } from "../../worker/domain/predicate.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { changeSentence } from "../../worker/domain/words/change.ts";
import { languages } from "../../worker/domain/words/language.ts";
import { becauseSentences } from "../../worker/domain/words/why.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.UTC(2026, 10, 25, 12);

interface Past {
	readonly name: string;
	readonly ago: number;
	readonly props?: Properties;
	readonly with?: Circumstances;
}

function subjectOf(asked: Condition, past: readonly Past[]): Subject {
	const facts: Facts = emptyFacts();
	const watch = watchFor([asked]);
	for (const [i, { name, ago, props = {}, with: circumstances = {} }] of past.entries())
		record(facts, { id: `${i}`, name, at: now - ago, props } satisfies Event, watch, circumstances);
	return { facts, identity: "anonymous" };
}

function because(asked: Condition, past: readonly Past[]): Because {
	return explain(asked, subjectOf(asked, past), now);
}

function change(asked: Condition, past: readonly Past[]): Change {
	return smallestChange(because(asked, past), now);
}

/** What would have to become so, where it is a single leaf. */
function need(asked: Leaf | { readonly not: Leaf }, past: readonly Past[] = []): unknown {
	const known = change(asked, past);
	return known.kind === "possible" ? known.flips.map((flip) => flip.need) : known.kind;
}

const view = (path: string, ago: number): Past => ({ name: "Page Viewed", ago, props: { path } });
const prices = { name: "Page Viewed", path: { op: "is", value: "/cennik" } } as const;
const order = (id: string, revenue: number, ago: number): Past => ({
	name: "Order Completed",
	ago,
	props: { order_id: id, revenue },
});

test("a count says how many are missing, and before when", () => {
	const asked: Leaf = {
		field: "events",
		match: prices,
		count: { op: ">=", n: 3 },
		withinMs: 7 * dayMs,
	};
	const past = [view("/cennik", dayMs), view("/cennik", 3 * dayMs), view("/cennik", 9 * dayMs)];
	expect(because(asked, past)).toMatchObject({ is: false, actual: 2, dropsAt: now + 4 * dayMs });
	expect(need(asked, past)).toEqual([{ kind: "more", n: 1, before: now + 4 * dayMs }]);
	expect(need({ not: asked }, past)).toEqual([{ kind: "more", n: 1, before: now + 4 * dayMs }]);
	expect(need(asked, [...past, view("/cennik", 0)])).toEqual([{ kind: "time", at: now + 4 * dayMs }]);
	expect(need({ ...asked, match: { ...prices, during: { from: 0, to: now } } }, past)).toBe("impossible");
});

test("a count by visit or by value counts those", () => {
	const match = { name: "Page Viewed" };
	const past = [view("/a", 0), view("/b", hourMs), view("/a", hourMs), view("/A", 9 * hourMs)];
	const byVisit: Leaf = { field: "events", match, count: { op: ">=", n: 5 }, by: "visit" };
	expect(because(byVisit, past)).toMatchObject({ actual: 3, by: "visit" });
	const byValue: Leaf = { field: "events", match, count: { op: ">=", n: 5 }, by: { property: "path" } };
	expect(because(byValue, past)).toMatchObject({ actual: 2 });
	expect(need(byValue, past)).toEqual([{ kind: "more", n: 3 }]);
});

test("sums, points and orders say by how much they miss", () => {
	const past = [
		order("1", 100.1, dayMs),
		order("2", 50, 40 * dayMs),
		{ name: "Points Earned", ago: 0, props: { points: 35, programme: "klub" } },
		{ name: "Points Spent", ago: 0, props: { points: 20, programme: "klub" } },
	];
	const sum: Leaf = {
		field: "sum",
		match: { name: "Order Completed" },
		property: "revenue",
		test: { op: ">=", n: 200 },
		days: 30,
	};
	expect(because(sum, past)).toMatchObject({ actual: 100.1 });
	expect(need(sum, past)).toEqual([{ kind: "amount", direction: "up", by: 99.9, bound: "at-least" }]);
	const points: Leaf = { field: "points", programme: "klub", of: "balance", test: { op: ">=", n: 30 } };
	expect(because(points, past)).toMatchObject({ actual: 15 });
	expect(need(points, past)).toEqual([{ kind: "amount", direction: "up", by: 15, bound: "at-least" }]);
	expect(need({ ...points, of: "earned", test: { op: "<=", n: 30 } }, past)).toBe("impossible");
	const orders: Leaf = { field: "orders", of: "count", test: { op: "between", from: 4, to: 5 } };
	expect(because(orders, past)).toMatchObject({ actual: 2, orders: { count: 2, revenue: 150.1 } });
	expect(need(orders, past)).toEqual([{ kind: "more", n: 2 }]);
	expect(need({ ...orders, test: { op: "=", n: 1 } }, past)).toEqual([{ kind: "fewer", n: 1 }]);
	expect(because({ ...orders, of: "average" }, past)).toMatchObject({ actual: 75.05 });
	expect(because({ ...orders, of: "average" }, [])).not.toHaveProperty("actual");
});

test("dates say when it was, and what a first one cannot become", () => {
	const past = [view("/cennik", 2 * dayMs), view("/cennik", 40 * dayMs)];
	const first: Leaf = {
		field: "moment",
		match: prices,
		which: "first",
		test: { op: "in-the-last", ms: 30 * dayMs },
	};
	expect(because(first, past)).toMatchObject({ is: false, actual: now - 40 * dayMs });
	expect(need(first, past)).toBe("impossible");
	expect(need(first, [])).toEqual([{ kind: "happening" }]);
	expect(need({ ...first, which: "last" }, past)).toEqual([{ kind: "time", at: now + 28 * dayMs }]);
	const seen: Leaf = { field: "seen.last", test: { op: "longer-ago", ms: 3 * dayMs } };
	expect(need(seen, past)).toEqual([{ kind: "time", at: now + dayMs }]);
	expect(need(seen, [])).toEqual([{ kind: "happening", thenMs: 3 * dayMs }]);
	const later: Leaf = { field: "seen.last", test: { op: "after", at: now + dayMs } };
	expect(need(later, past)).toEqual([{ kind: "happening", from: now + dayMs }]);
});

test("a sequence tells the pair that completes it, or what is still open", () => {
	const asked: Leaf = {
		field: "sequence",
		first: prices,
		second: { name: "Form Submitted" },
		thenWithinMs: hourMs,
	};
	const opened = [view("/cennik", hourMs / 2)];
	expect(because(asked, opened)).toMatchObject({
		is: false,
		open: { firstAt: now - hourMs / 2, until: now + hourMs / 2 },
	});
	expect(need(asked, opened)).toEqual([{ kind: "sequence", missing: "second", before: now + hourMs / 2 }]);
	expect(need(asked, [])).toEqual([{ kind: "sequence", missing: "both" }]);
	const done = [view("/cennik", 5 * hourMs), { name: "Form Submitted", ago: 4.5 * hourMs }];
	expect(because(asked, done)).toMatchObject({
		is: true,
		actual: { firstAt: now - 5 * hourMs, thenAt: now - 4.5 * hourMs },
	});
	expect(need(asked, done)).toBe("impossible");
	expect(need({ ...asked, withinMs: dayMs }, done)).toEqual([{ kind: "time", at: now + 19.5 * hourMs }]);
});

test("whereabouts say where they are known from", () => {
	const environment = { country: "DE", city: "Berlin", latitude: 52.52, longitude: 13.405 };
	const seen = { ...view("/", 0), with: { environment } };
	const told = {
		...view("/", 0),
		with: { environment, attributes: { "delivery.country": "PL", city: "Łódź" } },
	};
	const country: Leaf = { field: "whereabouts.country", test: { op: "is", value: "PL" } };
	expect(because(country, [seen])).toMatchObject({ is: false, actual: "DE", from: "seen" });
	expect(because(country, [told])).toMatchObject({ is: true, actual: "PL", from: "delivery" });
	expect(because({ ...country, field: "whereabouts.city" }, [told])).toMatchObject({ from: "declared" });
	expect(because(country, [])).not.toHaveProperty("from");
	const warsaw: Leaf = { field: "near", latitude: 52.2297, longitude: 21.0122, km: 30 };
	const near = because(warsaw, [seen]);
	expect(near).toMatchObject({ is: false, from: "seen" });
	expect(near.kind === "near" && near.actual).toBeCloseTo(517, -1);
	expect(because(warsaw, [])).not.toHaveProperty("actual");
});

test("the cart, a tag, an attribute and a first touch", () => {
	const cart = { name: "Cart Updated", ago: 0, props: { value: 120, products: "a|b" } };
	const both: Leaf = { field: "cartProducts", test: { op: "has-all", values: ["B", "c", "d"] } };
	expect(because(both, [cart])).toMatchObject({ kind: "cart", actual: ["a", "b"] });
	expect(need(both, [cart])).toEqual([{ kind: "products", change: "add", of: "each", products: ["c", "d"] }]);
	expect(need({ field: "cartProducts", test: { op: "has-any", values: ["B", "c"] } }, [cart])).toEqual([
		{ kind: "products", change: "remove", of: "each", products: ["B"] },
	]);
	expect(need({ field: "cartValue", test: { op: "<=", n: 100 } }, [cart])).toEqual([
		{ kind: "amount", direction: "down", by: 20, bound: "at-least" },
	]);
	const tag = { name: "Tag Added", ago: dayMs, props: { tag: "VIP" } };
	expect(need({ field: "tag", tag: "VIP", count: { op: ">=", n: 1 } }, [tag])).toBe("impossible");
	expect(
		because({ field: "tagged", tag: "VIP", which: "last", test: { op: "before", at: 0 } }, [tag]),
	).toMatchObject({ kind: "tagged", actual: now - dayMs });
	const touch = { source: "google", medium: "cpc", landing: "/" };
	const arrived = { ...view("/", 0), with: { touch } };
	const campaign: Leaf = { field: "first.campaign", test: { op: "exists" } };
	expect(need(campaign, [arrived])).toBe("impossible");
	expect(need(campaign, [])).toEqual([{ kind: "value" }]);
	expect(need({ ...campaign, field: "last.campaign" }, [arrived])).toEqual([{ kind: "value" }]);
	expect(need({ field: "attribute", name: "plan", test: { op: "has-any", values: [] } })).toBe("impossible");
});

test("a segment is explained by its condition, which stands in its place", () => {
	const tagged: Condition = { field: "tag", tag: "VIP", count: { op: ">=", n: 2 } };
	const segments = new Map<string, Condition>([["vip", { not: { not: tagged } }]]);
	const asked: Condition = { all: [{ field: "segment", segment: "vip" }] };
	const known = explain(asked, subjectOf(asked, []), now, (segment) => segments.get(segment));
	expect(known).toMatchObject({ is: false, members: [{ kind: "segment", of: { kind: "not", is: false } }] });
	expect(smallestChange(known, now)).toMatchObject({ flips: [{ at: [0, 0, 0, 0], need: { n: 2 } }] });
	expect(() => explain(asked, subjectOf(asked, []), now)).toThrow("vip");
	const negated = explain(
		{ not: { field: "segment", segment: "vip" } },
		subjectOf(tagged, []),
		now,
		(segment) => segments.get(segment),
	);
	expect(becauseSentences(negated, "pl", { segments: { vip: "Najlepsi" } })).toEqual([
		"Spełnione: nie należy do segmentu „Najlepsi”.",
		"1. Niespełnione: to, co niżej, nie może być spełnione.",
		"1.1. Spełnione: ma tag „VIP” mniej niż 2 razy; nie dodano go ani razu.",
	]);
});

test("of several ways the cheapest is told, of equal ones the first", () => {
	const views = (n: number): Leaf => ({ field: "events", match: prices, count: { op: ">=", n } });
	const fixed: Leaf = { field: "first.source", test: { op: "is", value: "bing" } };
	const touch = { source: "google", medium: "cpc", landing: "/" };
	const past = [{ ...view("/", dayMs), with: { touch } }];
	const scored = (n: number): Leaf => ({ field: "score", test: { op: ">=", n } });
	expect(change({ any: [fixed, views(3), { all: [views(1), scored(5)] }, scored(9)] }, past)).toMatchObject({
		to: true,
		cost: 1,
		flips: [{ at: [3], need: { by: 9 } }],
	});
	expect(change({ any: [views(2), { all: [views(1), scored(5)] }] }, past)).toMatchObject({
		flips: [{ at: [0] }],
	});
	expect(change({ all: [scored(5), fixed] }, past)).toMatchObject({
		kind: "impossible",
		fixed: [{ kind: "text" }],
	});
	expect(change({ all: [] }, past)).toEqual({ kind: "impossible", to: false, fixed: [] });
});

const spans = fc.integer({ min: 1, max: 60 }).map((hours) => hours * hourMs);
const count = fc.record({ op: fc.constantFrom(">=", "<=", "="), n: fc.integer({ min: 0, max: 4 }) });
const number = fc.oneof(
	count,
	fc.record({
		op: fc.constant("between"),
		from: fc.integer({ min: 0, max: 3 }),
		to: fc.integer({ min: 1, max: 4 }),
	}),
);
const dates = fc.oneof(
	fc.record({ op: fc.constantFrom("before", "after"), at: fc.constantFrom(now - dayMs, now, now + dayMs) }),
	fc.record({ op: fc.constantFrom("in-the-last", "longer-ago", "in-the-next"), ms: spans }),
	fc.record({ op: fc.constant("anniversary"), days: fc.integer({ min: 0, max: 3 }) }),
);
const match = fc.constantFrom(
	prices,
	{ name: "Page Viewed" },
	{ name: "Order Completed" },
	{ name: "Page Viewed", during: { from: now - 40 * hourMs, to: now - hourMs } },
);
const which = fc.constantFrom("first", "last");
const days = fc.integer({ min: 1, max: 3 });
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
	fc.record(
		{
			field: fc.constant("events"),
			match,
			count,
			withinMs: spans,
			by: fc.constantFrom("visit" as const, { property: "path" }),
		},
		{ requiredKeys: ["field", "match", "count"] },
	),
	fc.record(
		{ field: fc.constant("sum"), match, property: fc.constant("revenue"), test: number, days },
		{ requiredKeys: ["field", "match", "property", "test"] },
	),
	fc.record({ field: fc.constant("moment"), match, which, test: dates }),
	fc.record(
		{
			field: fc.constant("sequence"),
			first: match,
			second: match,
			thenWithinMs: spans,
			withinMs: spans,
		},
		{ requiredKeys: ["field", "first", "second", "thenWithinMs"] },
	),
	fc.record(
		{
			field: fc.constant("orders"),
			of: fc.constantFrom("count", "revenue", "average"),
			test: number,
			days,
		},
		{ requiredKeys: ["field", "of", "test"] },
	),
	fc.record({ field: fc.constant("tag"), tag: fc.constantFrom("VIP", "x"), count }),
	fc.record({ field: fc.constant("tagged"), tag: fc.constantFrom("VIP", "x"), which, test: dates }),
	fc.record({
		field: fc.constantFrom("seen.first", "seen.last", "order.first", "order.last", "cart.changed"),
		test: dates,
	}),
	fc.record({
		field: fc.constantFrom("score", "visits", "visitPages", "cartValue", "cartItems"),
		test: number,
	}),
	fc.record({
		field: fc.constantFrom("first.source", "country"),
		test: fc.constantFrom({ op: "exists" }, { op: "is", value: "google" }),
	}),
	fc.record({
		field: fc.constant("cartProducts"),
		test: fc.record({
			op: fc.constantFrom("has-any", "has-all"),
			values: fc.subarray(["a", "b", "c"]),
		}),
	}),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 3, depthSize: "small" },
		{ weight: 3, arbitrary: leaf },
		{ weight: 2, arbitrary: fc.record({ all: fc.array(tie("node"), { maxLength: 3 }) }) },
		{ weight: 2, arbitrary: fc.record({ any: fc.array(tie("node"), { maxLength: 3 }) }) },
		{ weight: 1, arbitrary: fc.record({ not: tie("node") }) },
	),
})).node;
const past: fc.Arbitrary<Past[]> = fc.array(
	fc
		.oneof(
			fc.record({
				name: fc.constant("Page Viewed"),
				path: fc.constantFrom("/cennik", "/a", "/b"),
				ago: spans,
			}),
			fc.record({
				name: fc.constantFrom("Order Completed", "Tag Added", "Points Earned", "Cart Updated"),
				ago: spans,
			}),
		)
		.map(
			(one): Past => ({
				name: one.name,
				ago: one.ago,
				props: {
					...("path" in one ? { path: one.path } : {}),
					order_id: `${one.ago}`,
					revenue: 1.5,
					tag: "VIP",
					points: 1,
					products: "a|b",
					value: 2,
				},
				with: { touch: { source: "google", medium: "cpc", landing: "/" } },
			}),
		),
	{ maxLength: 12 },
);

interface Placed {
	readonly at: string;
	readonly node: Because;
}

function* leavesIn(node: Because, at: readonly number[] = []): Generator<Placed> {
	if (node.kind === "not") yield* leavesIn(node.member, [...at, 0]);
	else if (node.kind === "all" || node.kind === "any")
		for (const [place, member] of node.members.entries()) yield* leavesIn(member, [...at, place]);
	else yield { at: at.join(), node };
}

/** The verdict of the tree where the leaves at these places answered otherwise. */
function verdict(node: Because, flipped: ReadonlySet<string>, at: readonly number[] = []): boolean {
	if (node.kind === "not") return !verdict(node.member, flipped, [...at, 0]);
	if (node.kind === "all" || node.kind === "any") {
		const members = node.members.map((member, place) => verdict(member, flipped, [...at, place]));
		return node.kind === "all" ? members.every(Boolean) : members.some(Boolean);
	}
	return node.is !== flipped.has(at.join());
}

test("the flips told flip the answer, and nothing cheaper does", () => {
	fc.assert(
		fc.property(condition, past, (asked, events) => {
			const why = because(asked, events);
			const told = smallestChange(why, now);
			const leaves = [...leavesIn(why)];
			const prices = leaves.map(({ node }) =>
				isLeaf(node) && node.kind !== "segment" ? (needOf(node, !node.is, now)?.cost ?? Infinity) : Infinity,
			);
			if (told.kind === "possible") {
				expect(verdict(why, new Set(told.flips.map(({ at }) => at.join())))).toBe(!why.is);
			}
			if (leaves.length > 10) return;
			const limit = told.kind === "possible" ? told.cost : Infinity;
			for (let chosen = 0; chosen < 1 << leaves.length; chosen++) {
				const some = leaves.filter((_, i) => chosen & (1 << i));
				const cost = prices.reduce((sum, price, i) => (chosen & (1 << i) ? sum + price : sum), 0);
				if (cost < limit) expect(verdict(why, new Set(some.map(({ at }) => at)))).toBe(why.is);
			}
		}),
		{ numRuns: 1_000 },
	);
});

test("where time alone is told to do, it does", () => {
	fc.assert(
		fc.property(leaf, past, (asked, events) => {
			const told = change(asked, events);
			if (told.kind !== "possible") return;
			for (const { need, leaf, to } of told.flips) {
				if (need.kind !== "time") continue;
				const subject = subjectOf(asked, events);
				expect(evaluateOne(leafOf(leaf), subject, need.at - 1).is).toBe(!to);
				expect(evaluateOne(leafOf(leaf), subject, need.at).is).toBe(to);
			}
		}),
		{ numRuns: 3_000 },
	);
});

test("so many more, and the count is enough", () => {
	const counting: fc.Arbitrary<Leaf> = fc.record({
		field: fc.constant("events"),
		match: fc.constant(prices),
		count,
		withinMs: spans,
	});
	fc.assert(
		fc.property(counting, past, (asked, events) => {
			const told = change(asked, events);
			const [flip] = told.kind === "possible" ? told.flips : [];
			if (flip?.need.kind !== "more") return;
			const withMore = (n: number) => [...events, ...Array.from({ length: n }, () => view("/cennik", 0))];
			const isWith = (n: number) => evaluateOne(asked, subjectOf(asked, withMore(n)), now).is;
			expect(isWith(flip.need.n)).toBe(flip.to);
			expect(isWith(flip.need.n - 1)).toBe(!flip.to);
		}),
	);
});

test("what was explained can be asked again", () => {
	fc.assert(
		fc.property(leaf, past, (asked, events) => {
			const why = because(asked, events);
			expect(isLeaf(why) && leafOf(why)).toEqual(asked);
			expect(why.is).toBe(evaluateOne(asked, subjectOf(asked, events), now).is);
		}),
	);
});

test("whatever was explained can be said, in sentences", () => {
	fc.assert(
		fc.property(condition, past, (asked, events) => {
			const why = because(asked, events);
			for (const language of languages) {
				const said = becauseSentences(why, language);
				for (const sentence of [...said, changeSentence(smallestChange(why, now), language)]) {
					expect(sentence).toMatch(/^[\d\p{Lu}].*[^ .;:]\.$/u);
					expect(sentence).not.toMatch(/undefined|NaN|Infinity|null|\[object| {2}|; ;|, ,/);
				}
			}
		}),
	);
});
