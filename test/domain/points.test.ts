// Scoring: rules that give and take points, how often they may, and points that expire.

import { describe, expect, test } from "vitest";
import type { ScoreRule } from "../../worker/domain/definition.ts";
import { emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";
import { dayMs, story, told } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30, 0, 123);
const view: ScoreRule = { id: "view", name: "", points: 5, when: { event: { name: "Page Viewed" } } };

describe("a scoring rule", () => {
	test("gives 10 points for an opened e-mail and a filled survey, each with its reason", () => {
		const { happen, facts } = story({
			scoreRules: [
				{ id: "opened", name: "", points: 10, limit: "each", when: { event: { name: "Email Opened" } } },
				{ id: "survey", name: "", points: 10, limit: "once", when: { event: { name: "Survey Filled" } } },
			],
		});
		const entries = [0, 1].flatMap((n) => [
			...happen("Email Opened", start + n),
			...happen("Survey Filled", start + n),
		]);
		expect(entries.map(({ cause, props }) => [cause?.event, cause?.rule, props.points])).toEqual([
			["event-0", "opened", 10],
			["event-1", "survey", 10],
			["event-2", "opened", 10],
		]);
		expect(facts().score).toBe(30);
	});

	test("gives at most 3 times 5 points a day", () => {
		const { happen, comeLate, facts } = story({ scoreRules: [{ ...view, limit: { perDay: 3 } }] });
		const midnight = Date.UTC(2026, 4, 5);
		for (const before of [5, 4, 3, 2, 1]) happen("Page Viewed", midnight - before);
		expect(facts().score).toBe(15);
		happen("Page Viewed", midnight);
		expect(facts().score).toBe(20);
		// Late events count on their own day.
		comeLate("Page Viewed", midnight - 6, {}, midnight + dayMs);
		expect(facts().score).toBe(20);
		comeLate("Page Viewed", midnight + 1, {}, midnight + dayMs);
		expect(facts().score).toBe(25);
		expect(facts().daily).toEqual({
			view: [
				[midnight / dayMs, 2],
				[midnight / dayMs - 1, 3],
			],
		});
	});

	test("counts its limit over all browsers", () => {
		const { happen, facts } = story({ scoreRules: [{ ...view, limit: { perDay: 2 } }] });
		for (const part of ["browser", "server", "browser"] as const) happen("Page Viewed", start, {}, part);
		expect(facts().score).toBe(10);
	});

	test.each([
		[{ once: true }, 5],
		[{ once: false }, 15],
		[{}, 15],
		[{ once: false, limit: "once" }, 5],
		[{ once: true, limit: "each" }, 15],
	] as const)("reads %j as older definitions mean it", (own, score) => {
		const { happen, facts } = story({ scoreRules: [{ ...view, ...own }] });
		for (const n of [0, 1, 2]) happen("Page Viewed", start + n);
		expect(facts().score).toBe(score);
	});

	test("that fires once fires once for two events of one wave", () => {
		const tag = { when: { event: { name: "Page Viewed" } } } as const;
		const { happen, facts } = story({
			tagRules: [
				{ id: "a", tag: "A", ...tag },
				{ id: "b", tag: "B", ...tag },
			],
			scoreRules: [{ id: "s", name: "", points: 5, limit: "once", when: { event: { name: "Tag Added" } } }],
		});
		happen("Page Viewed", start);
		expect(facts().score).toBe(5);
	});
});

test("an offer when the score crosses 50: in, out by a minus rule, in again, each once", () => {
	const offer = { field: "score", test: { op: ">=", n: 50 } } as const;
	const { happen, entries } = story({
		scoreRules: [
			{ ...view, points: 20 },
			{ id: "bounce", name: "", points: -15, when: { event: { name: "Email Bounced" } } },
		],
		segments: [{ id: "offer", name: "", condition: offer }],
	});
	for (const [n, name] of [
		"Page Viewed",
		"Page Viewed",
		"Page Viewed",
		"Page Viewed",
		"Email Bounced",
		"Email Bounced",
		"Email Bounced",
		"Page Viewed",
	].entries())
		happen(name, start + n);
	expect(
		entries.filter(({ name }) => name.startsWith("Segment")).map(({ name, at }) => [name, at - start]),
	).toEqual([
		["Segment Entered", 2],
		["Segment Exited", 6],
		["Segment Entered", 7],
	]);
});

describe("points that expire", () => {
	const lasting: ScoreRule = { ...view, expiresAfterMs: 31 * dayMs };
	const june = start + 31 * dayMs;

	test("points earned in May expire in June", () => {
		const { happen, pass, facts, standing } = story({ scoreRules: [lasting] });
		const [earned] = happen("Page Viewed", start);
		expect(earned?.props).toEqual({ points: 5, expiresAt: june });
		happen("Page Viewed", start + dayMs);
		expect(standing.until).toBe(june);
		expect(pass(june - 1)).toEqual([]);
		expect(pass(june)).toEqual([
			{
				id: `clock:${june}/view/expires`,
				name: "Points Expired",
				at: june,
				props: { points: 5, rule: "view", due: 5 },
				cause: { event: "clock", rule: "view" },
			},
		]);
		expect([facts().score, standing.until]).toEqual([5, june + dayMs]);
		pass(june + dayMs);
		expect([facts().score, standing.until, facts().expiring]).toEqual([0, Infinity, {}]);
	});

	test("what a minus rule took comes back when that expires", () => {
		const { happen, pass, facts } = story({ scoreRules: [{ ...lasting, points: -5 }] });
		happen("Page Viewed", start);
		pass(june);
		expect(facts().score).toBe(0);
	});

	test("make a segment be left at the very instant", () => {
		const { happen, pass } = story({
			scoreRules: [lasting],
			segments: [{ id: "warm", name: "", condition: { field: "score", test: { op: ">=", n: 5 } } }],
		});
		happen("Page Viewed", start);
		expect(pass(june + dayMs).map((one) => [told(one), one.at])).toEqual([
			["Points Expired 5 view 5", june],
			["Segment Exited warm", june],
		]);
	});

	test("that came late and are due already go with the next look, and bear the instant all the same", () => {
		const { comeLate, pass, standing } = story({ scoreRules: [{ ...view, expiresAfterMs: dayMs }] });
		comeLate("Page Viewed", start, {}, start + 5 * dayMs);
		expect(standing.until).toBe(start + 5 * dayMs + 1);
		expect(pass(start + 6 * dayMs).map(({ at }) => at)).toEqual([start + dayMs]);
	});

	test("beyond 200 wait for the next, and none is lost", () => {
		const { happen, pass, facts } = story({ scoreRules: [lasting] });
		for (let n = 0; n < 250; n++) happen("Page Viewed", start + n);
		const waiting = facts().expiring?.[""] ?? [];
		expect(waiting).toHaveLength(200);
		expect(waiting[0]).toEqual([june + 50, 51 * 5, "view"]);
		for (let look = 0; look < 3; look++) pass(june + dayMs);
		expect([facts().score, facts().expiring]).toEqual([0, {}]);
	});

	test("are told in one part, and go in another", () => {
		const { happen, pass, facts, standing } = story({ scoreRules: [lasting] });
		happen("Order Completed", start - 1, { order_id: "1" });
		happen("Page Viewed", start, {}, "server");
		pass(june);
		expect([facts().score, facts().expiring?.[""], standing.until]).toEqual([0, [], Infinity]);
	});
});

test("points earned by hand need no cause, and what is no number is worth nothing", () => {
	const { byHand, facts } = story({});
	byHand({ id: "h1", name: "Points Earned", at: start, props: { points: 7 } });
	byHand({ id: "h2", name: "Points Earned", at: start, props: { points: "many" } });
	byHand({ id: "h3", name: "Points Spent", at: start, props: { points: 2 } });
	expect([facts().score, facts().visits]).toEqual([5, []]);
});

test("facts stored before there was any of this are read as they are", () => {
	const stored: Facts = {
		...emptyFacts(),
		score: 12,
		tags: { CENNIK: { count: 2, firstAt: 1, lastAt: 2 } },
		points: { club: { earned: 30, spent: 10 } },
	};
	const { standing, rules, pass, happen, facts } = story({
		tagRules: [{ id: "t", tag: "CENNIK", when: { event: { name: "Page Viewed" } }, expiresAfterMs: 60_000 }],
		programmes: [
			{
				id: "club",
				name: "Klub",
				joins: "everyone",
				tiers: [],
				rewards: [],
				fades: { everyDays: 30, percent: 10 },
			},
		],
	});
	standing.person = { parts: { browser: { id: "browser", kind: "browser", version: 1, facts: stored } } };
	standing.until = 60_002;
	expect(pass(start).map(told)).toEqual(["Tag Removed CENNIK 2 true"]);
	happen("Points Earned", start, { points: 5, programme: "club" });
	expect(facts().points?.club).toEqual({ earned: 35, spent: 10, firstAt: start, lastAt: start });
	expect(() =>
		record(stored, { id: "x", name: "Page Viewed", at: 3, props: {} }, nothingWatched),
	).not.toThrow();
	expect(rules.programmes.size).toBe(1);
});
