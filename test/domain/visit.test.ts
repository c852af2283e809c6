import fc from "fast-check";
import { expect, test } from "vitest";
import { pagesOf, type Visit, visitGapMs, withInstant } from "../../worker/domain/visit.ts";

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** At full hours a page is viewed; at other times something else happens. */
const isPage = (at: number) => at % (60 * minuteMs) === 0;

interface Folded {
	readonly open: readonly Visit[];
	readonly sealed: number;
}

function visitsOf(instants: readonly number[]): Folded {
	return instants.reduce<Folded>(
		(known, at) => {
			const { open, sealed } = withInstant(known.open, at, isPage(at) ? 1 : 0);
			return { open, sealed: known.sealed + sealed };
		},
		{ open: [], sealed: 0 },
	);
}

function countOf(instants: readonly number[]): number {
	const sorted = instants.toSorted((a, b) => a - b);
	return sorted.filter((at, i) => i === 0 || at - (sorted[i - 1] ?? 0) > visitGapMs).length;
}

test("events half an hour apart are one visit, a moment more and they are two", () => {
	expect(visitsOf([0, visitGapMs]).open).toEqual([[0, visitGapMs, 1]]);
	expect(visitsOf([0, visitGapMs + 1]).open).toHaveLength(2);
});

test("a late event bridges two visits into one, with the pages of both", () => {
	expect(visitsOf([0, 60 * minuteMs, 30 * minuteMs, 60 * minuteMs]).open).toEqual([[0, 60 * minuteMs, 3]]);
});

test("the order of arrival does not matter, as long as nothing is more than a week late", () => {
	const arrival = fc.record({
		at: fc.integer({ min: 0, max: 60 * 96 }).map((quarters) => quarters * 15 * minuteMs),
		lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7 * dayMs })),
	});
	fc.assert(
		fc.property(fc.array(arrival, { maxLength: 80, size: "max" }), (arrivals) => {
			const late = arrivals.toSorted((a, b) => a.at + a.lateMs - b.at - b.lateMs).map(({ at }) => at);
			const inTime = late.toSorted((a, b) => a - b);
			expect(visitsOf(late)).toEqual(visitsOf(inTime));
			const { open, sealed } = visitsOf(late);
			expect(open.length + sealed).toBe(countOf(late));
			const pages = late.filter(isPage).length;
			const counted = open.reduce((sum, visit) => sum + pagesOf(visit), 0);
			if (sealed === 0) expect(counted).toBe(pages);
			expect(counted).toBeLessThanOrEqual(pages);
		}),
		{ numRuns: 300 },
	);
});

test("what is kept is bounded: a week of visits, however many there were", () => {
	const { open, sealed } = visitsOf(Array.from({ length: 400 }, (_, day) => day * dayMs));
	expect(open.length).toBeLessThan(10);
	expect(open.length + sealed).toBe(400);
});
