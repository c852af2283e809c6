// What visits come to, as counts.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayIn } from "../../worker/domain/calendar.ts";
import type { Event } from "../../worker/domain/event.ts";
import { type Count, type Counted, countsOf, joinCounts } from "../../worker/domain/figure.ts";
import { storedEffect } from "../../worker/domain/stored.ts";
import { openingAt } from "../../worker/domain/visit.ts";

const noon = Date.UTC(2026, 5, 1, 12);
const hour = noon / 3_600_000;
const inWarsaw = dayIn("Europe/Warsaw");

function event(name: string, at: number, props: Event["props"] = {}): Event {
	return { id: `${name} ${at}`, name, at, props };
}

function told(event: Event, more: Partial<Counted> = {}): Counted {
	return { event, ...more };
}

const counted = (...entries: readonly Counted[]) => countsOf(entries, undefined, inWarsaw);
const sorted = (counts: readonly Count[]) => counts.map((count) => JSON.stringify(count)).sort();

const anyEvent = fc
	.record({
		name: fc.constantFrom("Page Viewed", "Experience Shown", "Experience Clicked", "Form Submitted"),
		at: fc.integer({ min: noon, max: noon + 7_200_000 }),
		experience: fc.constantFrom("a", "b", "a|b", 'a"'),
		revision: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
		variant: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
		product: fc.option(fc.constantFrom("p", "q|r", "constructor", 's"'), { nil: undefined }),
	})
	.map(({ name, at, ...props }) => told(event(name, at, JSON.parse(JSON.stringify(props)))));

describe("counts", () => {
	it("add up however the events are shared out", () => {
		fc.assert(
			fc.property(fc.array(anyEvent, { maxLength: 20 }), fc.nat(20), (entries, at) => {
				const apart = joinCounts([counted(...entries.slice(0, at)), counted(...entries.slice(at))]);
				expect(sorted(apart)).toEqual(sorted(counted(...entries)));
			}),
		);
	});

	it("hold no name that would end the place where it is kept", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const touch = { source: text, medium: text, landing: text };
				const [page] = [event("Page Viewed", noon, { experience: text, product: text })];
				const counts = counted(told(page as Event, { opens: {}, touch }));
				expect(counts.filter(([, , value]) => /["\\\p{Cc}]/u.test(value))).toEqual([]);
			}),
		);
	});

	it("know of nobody, and of no form that is no experience's", () => {
		const form = event("Form Submitted", noon, { email: "a@b.pl" });
		expect(counted(told(form))).toEqual([]);
	});

	it("take a showing that came to nothing off the hour in which it was granted", () => {
		const props = { experience: "a", revision: 1, why: "too-late", shownAt: noon - 1 };
		expect(counted(told(event("Experience Missed", noon, props)))).toEqual([
			[hour, "experience", "a|1||missed", 1],
			[hour - 1, "experience", "a|1||shown", -1],
		]);
	});

	it("know no miss where a page lacks the place, though what was granted for it is given back", () => {
		const props = { experience: "a", revision: 1, why: "no-place" };
		expect(counted(told(event("Experience Missed", noon, props)))).toEqual([]);
		const granted = { ...props, shownAt: noon };
		expect(counted(told(event("Experience Missed", noon, granted)))).toEqual([
			[hour, "experience", "a|1||shown", -1],
		]);
	});

	it("tell a visit by where it came from, and its page views by the same", () => {
		const touch = { source: "google", medium: "cpc", channel: "Paid Search", landing: "/" } as const;
		const environment = { device: "phone", country: "PL" } as const;
		const counts = counted(
			told(event("Page Viewed", noon), { opens: {}, touch, environment }),
			told(event("Page Viewed", noon + 1), { environment }),
		);
		expect(sorted(counts)).toEqual(
			sorted([
				[hour, "all", "", 1, 2, 1, 1],
				[hour, "channel", "Paid Search", 1, 2, 1, 1],
				[hour, "source", "google", 1, 2, 1, 1],
				[hour, "medium", "cpc", 1, 2, 1, 1],
				[hour, "landing", "/", 1, 2, 1, 1],
				[hour, "device", "phone", 1, 2, 1, 1],
				[hour, "country", "PL", 1, 2, 1, 1],
			]),
		);
	});

	it("count a browser as a visitor once in each day of the site's own zone", () => {
		const midnight = Date.UTC(2026, 5, 1, 22);
		const again = (since: number, at: number) =>
			counted(told(event("Page Viewed", at), { opens: { since } }))[0]?.slice(3);
		expect(again(midnight - 3_600_000, midnight - 1)).toEqual([1, 1, 0, 0]);
		expect(again(midnight - 3_600_000, midnight)).toEqual([1, 1, 1, 0]);
		expect(counted(told(event("Page Viewed", midnight), { opens: {} }))[0]?.slice(3)).toEqual([1, 1, 1, 1]);
	});

	it("count what rules made of events: who came into segments, who left, and points by rule", () => {
		const of = (name: string, rule: string, props: Event["props"] = {}): Event => ({
			...event(name, noon, props),
			cause: { event: "e", rule },
		});
		const effects = [
			of("Segment Entered", "buyers", { segment: "buyers" }),
			of("Points Earned", "cennik", { points: 10 }),
			of("Points Earned", "cennik", { points: 10 }),
			of("Points Earned", "club", { points: 5, programme: "club" }),
		];
		expect(
			counted(
				told(event("Any", noon), { effects: effects.map(storedEffect) }),
				told(of("Segment Exited", "buyers", { segment: "buyers" })),
			),
		).toEqual([
			[hour, "segment", "buyers", 1, 1],
			[hour, "score", "cennik", 2, 20],
		]);
	});

	it("count the reasons for which something else was shown", () => {
		const decision = [
			{ experience: "spring", reason: { is: "shown" } },
			{ experience: "autumn", reason: { is: "lost-to" } },
		];
		const shown = event("Experience Shown", noon, { experience: "spring", revision: 2, variant: "b" });
		expect(counted(told(shown, { decision }))).toEqual([
			[hour, "experience", "spring|2|b|shown", 1],
			[hour, "lost", "autumn|lost-to", 1],
		]);
	});
});

describe("a visit", () => {
	it("begins where a browser was not here for half an hour, and never with what comes late", () => {
		expect(openingAt(noon, undefined)).toEqual({});
		expect(openingAt(noon, Number.MIN_SAFE_INTEGER)).toEqual({});
		expect(openingAt(noon, noon - 1_800_000)).toBeUndefined();
		expect(openingAt(noon, noon - 1_800_001)).toEqual({ since: noon - 1_800_001 });
		expect(openingAt(noon, noon + 1)).toBeUndefined();
	});
});
