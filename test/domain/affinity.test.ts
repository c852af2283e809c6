// Interests: what counts, how it fades, and that both compilers find the same on every day.

import fc from "fast-check";
import { expect, test } from "vitest";
import { affinityLimits, interestOf, judgeInterest } from "../../worker/domain/affinity.ts";
import type { InterestLeaf } from "../../worker/domain/condition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { emptyFacts, record } from "../../worker/domain/facts.ts";
import { read } from "../../worker/domain/person.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";
import { type History, interestLeaf, personOf } from "../support/generate.ts";
import { rowsOf } from "../support/people.ts";
import { runs } from "../support/runs.ts";
import { spine } from "../support/spine.ts";

const dayMs = 86_400_000;
const today = Date.UTC(2026, 10, 25, 12);

interface Act {
	readonly name: string;
	/** Days before today. */
	readonly ago: number;
	readonly props: Properties;
}
const viewed = (category: string, ago: number): Act => ({ name: "Product Viewed", ago, props: { category } });
const bought = (order_id: string, category: string, ago: number): Act => ({
	name: "Order Completed",
	ago,
	props: { order_id, category },
});

function historyOf(parts: readonly (readonly Act[])[]): History {
	return {
		identity: "monitored",
		parts: parts.map((acts, p) =>
			acts.map(({ name, ago, props }, i) => {
				const event: Event = { id: `${p}-${i}`, name, at: today - ago * dayMs, props };
				return { event, circumstances: {}, effects: [] };
			}),
		),
	};
}

function interestsOf(...parts: readonly (readonly Act[])[]) {
	return read(personOf(historyOf(parts), nothingWatched)).interests;
}

const inCategory = (value: string, of: InterestLeaf["of"]) => ({ in: "category", value, of }) as const;

test("a view counts 1, an addition 3, a purchase 5, and each halves in 30 days", () => {
	const acts = [
		viewed("Kosiarki", 0),
		{ name: "Product Added", ago: 30, props: { category: "KOSIARKI" } },
		bought("Z-1", "kosiarki|Piły", 60),
	];
	const strength = (value: string, later: number) =>
		interestOf(interestsOf(acts), inCategory(value, "strength"), today + later * dayMs);
	expect(strength("kosiarki", 0)).toBe(1 + 1.5 + 1.25);
	expect(strength("kosiarki", 30)).toBe((1 + 1.5 + 1.25) / 2);
	expect(strength("pily", 0)).toBe(1.25);
	expect(strength("łopaty", 0)).toBe(0);
	expect([179, 180].map((later) => strength("kosiarki", later))).toEqual([expect.any(Number), 0]);
});

test("who is drawn to what is a matter of shares, which time leaves alone until nothing is left", () => {
	const interests = interestsOf([viewed("a", 40), viewed("a", 10), viewed("b", 10), viewed("c", 400)]);
	const then = (later: number, of: InterestLeaf["of"]) =>
		["a", "b", "c"].map((value) => interestOf(interests, inCategory(value, of), today + later * dayMs));
	expect(then(0, "rank")).toEqual([1, 2, undefined]);
	expect(then(0, "share")).toEqual([60, 40, 0]);
	expect(then(169, "share")).toEqual([60, 40, 0]);
	expect(then(170, "share")).toEqual([0, 0, 0]);
	expect(then(170, "rank")).toEqual([undefined, undefined, undefined]);
	const leaf: InterestLeaf = { field: "interest", ...inCategory("a", "share"), test: { op: ">=", n: 50 } };
	expect(judgeInterest(interests, leaf, today)).toEqual({ is: true, until: Date.UTC(2027, 4, 14) });
});

test("interest in one thing fades to the midnight that was foretold", () => {
	const leaf: InterestLeaf = { field: "interest", ...inCategory("a", "strength"), test: { op: ">=", n: 1 } };
	const interests = interestsOf([viewed("a", 0), viewed("a", 0)]);
	expect(judgeInterest(interests, leaf, today)).toEqual({ is: true, until: Date.UTC(2026, 11, 26) });
	const between: InterestLeaf = { ...leaf, test: { op: "between", from: 0.4, to: 0.5 } };
	expect(judgeInterest(interests, between, today)).toEqual({ is: false, until: Date.UTC(2027, 0, 24) });
});

test("an order counts once, however many browsers and servers tell of it", () => {
	const told = [bought("7", "a", 2), bought("7", "a", 2), bought("7", "a", 1)];
	const strength = (...parts: readonly (readonly Act[])[]) =>
		interestOf(interestsOf(...parts), inCategory("a", "strength"), today - dayMs);
	expect(strength(told, [bought("7", "a", 2)])).toBe(5);
	expect(strength(told, [bought("8", "a", 1)])).toBe(10);
});

test("an order draws to the category and the brand of each of its lines, once each", () => {
	const products = [
		{ product_id: "k-1", category: "Kosiarki", brand: "Stihl", quantity: 3 },
		{ product_id: "k-2", category: "kosiarki", brand: "Husqvarna" },
		{ name: "no id", category: "Piły|Łańcuchy", brand: true },
	];
	const order = { order_id: "Z-7", category: "Ogród", products: JSON.stringify(products) };
	const told = interestsOf([{ name: "Order Completed", ago: 0, props: order }]);
	const strengths = (dimension: "category" | "brand", values: readonly string[]) =>
		values.map((value) => interestOf(told, { in: dimension, value, of: "strength" }, today));
	expect(strengths("category", ["kosiarki", "Piły", "łańcuchy", "ogród"])).toEqual([5, 5, 5, 5]);
	expect(strengths("brand", ["stihl", "husqvarna", "true"])).toEqual([5, 5, 0]);
	const many = Array.from({ length: 31 }, (_, n) => ({ category: `c${n}` }));
	const long = interestsOf([
		{ name: "Order Completed", ago: 0, props: { order_id: "Z-8", products: JSON.stringify(many) } },
	]);
	expect(long?.category).toHaveLength(30);
});

test("what is no name of anything is not an interest", () => {
	const props: readonly Properties[] = [
		{ category: true },
		{ category: "" },
		{ category: "|" },
		{ category: "x".repeat(affinityLimits.value + 1) },
		{ other: "a" },
	];
	expect(interestsOf(props.map((one) => ({ name: "Product Viewed", ago: 0, props: one })))).toBe(undefined);
	expect(interestsOf([{ name: "Page Viewed", ago: 0, props: { category: "a" } }])).toBe(undefined);
});

const acts = (days: number, most: number): fc.Arbitrary<readonly Act[]> =>
	fc.array(
		fc.record({
			name: fc.constantFrom("Product Viewed", "Product Added", "Order Completed"),
			ago: fc.integer({ min: 0, max: days }),
			props: fc.record(
				{
					category: fc.constantFrom("Łódź", "a|b", "12", 12, "b"),
					brand: fc.constantFrom("a", "Łódź"),
					order_id: fc.constantFrom("1", "2", "20000"),
					products: fc.constantFrom('[{"category":"b","brand":"a"},{"category":"c|Łódź"}]', "[{}]", "[oops"),
				},
				{ requiredKeys: ["category"] },
			),
		}),
		{ maxLength: most, size: "max" },
	);

test("what is remembered does not depend on the order of arrival, even where old things give way", () => {
	let isFull = 0;
	const shuffled = acts(90, 220).chain((all) =>
		fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
	);
	fc.assert(
		fc.property(shuffled, ([all, order]) => {
			const events = historyOf([all]).parts[0]?.map(({ event }) => event) ?? [];
			const inOrder = emptyFacts();
			for (const event of events) record(inOrder, event, nothingWatched);
			const outOfOrder = emptyFacts();
			for (const i of order) {
				const event = events[i];
				if (event) record(outOfOrder, event, nothingWatched);
			}
			expect(outOfOrder.interests).toEqual(inOrder.interests);
			if (inOrder.interests?.category?.length === affinityLimits.pulls) isFull++;
		}),
	);
	expect(isFull).toBeGreaterThan(10);
});

test("the edge and SQL agree, now and at the instants about which an answer turns", () => {
	const db = spine();
	const asked = fc.array(interestLeaf, { minLength: 20, maxLength: 20, size: "max" });
	const answers = { so: 0, not: 0, turns: 0 };
	let n = 0;
	const parts = fc.array(fc.oneof(acts(60, 12), acts(400, 60)), { maxLength: 3 });
	fc.assert(
		fc.property(parts, asked, fc.integer({ min: 0, max: 200 }), (lives, leaves, later) => {
			const id = `person ${n++}`;
			const past = historyOf(lives);
			const { people, parts: rows } = rowsOf("shop", id, past);
			for (const [table, list] of [["people", people] as const, ["parts", rows] as const])
				for (const row of list) {
					const columns = Object.keys(row);
					const places = columns.map(() => "?").join(", ");
					db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`).run(
						...Object.values(row),
					);
				}
			const { interests } = read(personOf(past, nothingWatched));
			const inRows = (leaf: InterestLeaf, then: number): unknown => {
				const { tables, where, args } = compileSql(leaf, then);
				return db.prepare(`${tables} SELECT ${where} AS so FROM people p WHERE p.id = ?2`).get(args[0], id)
					?.so;
			};
			for (const leaf of leaves) {
				const now = today + later * dayMs;
				const { is, until } = judgeInterest(interests, leaf, now);
				answers[is ? "so" : "not"]++;
				expect({ leaf, so: inRows(leaf, now) }).toEqual({ leaf, so: Number(is) });
				if (until === Infinity) continue;
				answers.turns++;
				for (const then of [now + Math.floor((until - now) / 2), until - 1, until])
					expect({ leaf, then, so: inRows(leaf, then) }).toEqual({
						leaf,
						then,
						so: Number(then < until === is),
					});
			}
		}),
		{ numRuns: runs(60, 250) },
	);
	expect(Math.min(answers.so, answers.not)).toBeGreaterThan(120);
	expect(answers.turns).toBeGreaterThan(70);
}, 60_000);
