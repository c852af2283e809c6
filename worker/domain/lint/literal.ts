// What each leaf asks: of what (a key, the same for leaves that ask about the same), what that can be, and the test.

import type { DateTest, EventMatch, InterestLeaf, Leaf } from "../condition.ts";
import type { DateField, NumberField } from "../fields.ts";
import { identities } from "../subject.ts";
import { fold } from "../text.ts";
import type { Asked, Known } from "./numbers.ts";
import { type Domain, isPossible, type Test } from "./values.ts";

export interface Literal {
	readonly key: string;
	readonly domain: Domain;
	readonly test: Test;
	/** Where it is a count that can be no more than another count. */
	readonly counted?: Counted;
}

/** Counts of one group are of the same kind of thing. A narrower one within a wider one is never the greater. */
export interface Counted {
	readonly group: string;
	readonly match?: EventMatch;
	/** Milliseconds or days, alike within a group. Infinity for ever. */
	readonly window: number;
}

/** Never missing, and not below zero. */
const tally = { is: "number", missing: false, whole: true, least: 0 } as const;
const nothing = { is: "nothing" } as const;
/** A date of what has happened: nothing happens after now. */
const past: Domain & Known = { is: "number", missing: true, past: true };
const numbers: Readonly<Record<NumberField, Domain>> = {
	score: { is: "number", missing: false, whole: true },
	visits: tally,
	visitPages: tally,
	browserVersion: { is: "number", missing: true },
	cartValue: { is: "number", missing: false },
	cartItems: tally,
};
const dates: Readonly<Record<DateField, Domain>> = {
	"seen.first": past,
	"seen.last": past,
	"order.first": past,
	"order.last": past,
	"cart.changed": past,
};

const interests: Readonly<Record<InterestLeaf["of"], Domain>> = {
	strength: { is: "number", missing: false, least: 0 },
	share: { is: "number", missing: false, least: 0, most: 100 },
	rank: { is: "number", missing: true, whole: true, least: 1 },
};

export function literalOf(leaf: Leaf, now: number): Literal {
	switch (leaf.field) {
		case "events":
			return countOf(leaf, now);
		case "sum": {
			const key = keyOf(leaf.field, leaf.match, leaf.property, leaf.days);
			const isEmpty = !canMatch(leaf.match, now) || isNoTime(leaf.days);
			const domain = { is: "number", missing: false, ...(isEmpty ? { least: 0, most: 0 } : {}) } as const;
			return { key, domain, test: leaf.test };
		}
		case "moment": {
			const key = keyOf(leaf.field, leaf.match, leaf.which);
			return { key, domain: canMatch(leaf.match, now) ? past : nothing, test: leaf.test };
		}
		case "sequence":
			return sequenceOf(leaf, now);
		case "orders":
			return ordersOf(leaf);
		case "tag":
			return { key: keyOf(leaf.field, leaf.tag), domain: tally, test: leaf.count };
		case "tagged":
			return { key: keyOf(leaf.field, leaf.tag, leaf.which), domain: past, test: leaf.test };
		case "points":
			return {
				key: keyOf(leaf.field, leaf.programme, leaf.of),
				domain: { is: "number", missing: true },
				test: leaf.test,
			};
		case "attribute":
			return { key: keyOf(leaf.field, leaf.name), domain: { is: "value" }, test: leaf.test };
		case "age":
			return {
				key: leaf.field,
				domain: { is: "number", missing: true, whole: true, least: 0 },
				test: leaf.test,
			};
		case "member":
		case "tier":
			return { key: keyOf(leaf), domain: { is: "extent" }, test: { op: "within", sizes: [] } };
		case "near":
			return {
				key: keyOf(leaf.field, leaf.latitude, leaf.longitude),
				domain: { is: "extent" },
				test: { op: "within", sizes: [leaf.km] },
			};
		case "segment":
			return {
				key: keyOf(leaf.field, leaf.segment),
				domain: { is: "extent" },
				test: { op: "within", sizes: [] },
			};
		case "interest":
			return {
				key: keyOf(leaf.field, leaf.in, fold(leaf.value), leaf.of),
				domain: interests[leaf.of],
				test: leaf.test,
			};
		case "list": {
			const { field, list, test } = leaf;
			if (test) return { key: keyOf(field, list, "since"), domain: past, test };
			return { key: keyOf(field, list), domain: { is: "extent" }, test: { op: "within", sizes: [] } };
		}
		case "consent":
			return {
				key: keyOf(leaf.field, leaf.channel, leaf.purpose),
				// One of few words, or none where nobody ever acted on it.
				domain: { is: "text" },
				test: { op: "is", value: leaf.state },
			};
		case "cartProducts":
			return { key: leaf.field, domain: { is: "list" }, test: leaf.test };
		case "identity":
			return { key: leaf.field, domain: { is: "text", among: identities }, test: leaf.test };
		default:
			return { key: leaf.field, domain: domainOf(leaf.field), test: leaf.test };
	}
}

function domainOf(field: string): Domain {
	if (isOf(numbers, field)) return numbers[field];
	return isOf(dates, field) ? dates[field] : { is: "text" };
}

function isOf<K extends string>(table: Readonly<Record<K, Domain>>, field: string): field is K {
	return Object.hasOwn(table, field);
}

function countOf({ match, count, withinMs, by }: Leaf & { field: "events" }, now: number): Literal {
	const group = keyOf("events", match.name, by);
	const isEmpty = !canMatch(match, now) || isNoTime(withinMs);
	return {
		key: keyOf(group, match, withinMs),
		domain: isEmpty ? { ...tally, most: 0 } : tally,
		test: count,
		counted: { group, match, window: withinMs ?? Infinity },
	};
}

function sequenceOf(leaf: Leaf & { field: "sequence" }, now: number): Literal {
	const { first, second, thenWithinMs, withinMs = Infinity } = leaf;
	const isEmpty =
		!canMatch(first, now) || !canMatch(second, now) || isNoTime(thenWithinMs) || isNoTime(withinMs);
	return {
		key: keyOf(leaf.field, first, second, isEmpty),
		domain: isEmpty ? nothing : { is: "extent" },
		test: { op: "within", sizes: [thenWithinMs, withinMs] },
	};
}

function ordersOf({ field, of, test, days }: Leaf & { field: "orders" }): Literal {
	const key = keyOf(field, of, days);
	if (of !== "count") return { key, domain: { is: "number", missing: of === "average" }, test };
	const domain = isNoTime(days) ? { ...tally, most: 0 } : tally;
	return { key, domain, test, counted: { group: field, window: days ?? Infinity } };
}

function isNoTime(window: number | undefined): boolean {
	return window !== undefined && window <= 0;
}

/** Whether some event can match. */
export function canMatch({ where = [], during }: EventMatch, now: number): boolean {
	if (during && during.from >= during.to) return false;
	const byProperty = Map.groupBy(where, ({ property }) => property);
	return [...byProperty.values()].every((tests) => canHold(tests, now));
}

/** Whether one value of a property can pass all tests. */
export function canHold(tests: NonNullable<EventMatch["where"]>, now: number): boolean {
	const asked = tests.map(({ test }): Asked<Test> => ({ test, yes: true }));
	return isPossible({ is: "value" }, asked, now);
}

/** Whether all that the one counts the other counts as well. */
export function isWithin(one: Counted, other: Counted): boolean {
	if (one.group !== other.group || one.window > other.window) return false;
	if (!one.match || !other.match) return true;
	const { path, where = [], during } = other.match;
	const had = new Set((one.match.where ?? []).map((test) => keyOf(test)));
	return (
		(!path || keyOf(path) === keyOf(one.match.path)) &&
		where.every((test) => had.has(keyOf(test))) &&
		(!during ||
			(one.match.during !== undefined &&
				one.match.during.from >= during.from &&
				one.match.during.to <= during.to))
	);
}

/** The same text for the same things, however their members are ordered. */
export function keyOf(...things: readonly unknown[]): string {
	return JSON.stringify(things, (_name, value: unknown) =>
		typeof value === "object" && value !== null && !Array.isArray(value)
			? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
			: value,
	);
}

/** Whether a test is of an instant. */
export function isDateTest(test: Test): test is DateTest {
	return ["before", "after", "in-the-last", "longer-ago", "in-the-next", "anniversary"].includes(test.op);
}
