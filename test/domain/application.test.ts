// Rules applied to the recorded past: as if they had been there, once and no more, and nothing else is touched.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Applied, applicationOf, applying } from "../../worker/domain/application.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import { type Corrections, correctionsOf, enter } from "../../worker/domain/correction.ts";
import type { Definitions, ScoreRule, TagRule } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { type Person, read } from "../../worker/domain/person.ts";
import { balanceOf, pointsOf, spend, tierOf } from "../../worker/domain/programme.ts";
import { live, relive, unlived } from "../../worker/domain/relive.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { adopt } from "../../worker/domain/standing.ts";
import { tagsOf } from "../../worker/domain/tag.ts";
import { runs } from "../support/runs.ts";
import { dayMs, type Story, story, told } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30);
const hour = 3_600_000;
const event = (name: string) => ({ event: { name } });
const club = { id: "club", name: "Club", joins: "everyone", tiers: [], rewards: [] } as const;
const often: Condition = {
	field: "events",
	match: { name: "Page Viewed" },
	count: { op: ">=", n: 3 },
	withinMs: 4 * dayMs,
};
const nothing: Definitions = { tagRules: [], scoreRules: [], segments: [], experiences: [] };

function corrected(
	of: Pick<Story, "entries" | "standing">,
	applied: Applied,
	definitions: Partial<Definitions>,
	now: number,
): Corrections {
	const application = applicationOf(applied, { ...nothing, ...definitions });
	if (!application) throw new Error("there is no such rule");
	const ready = applying(JSON.parse(JSON.stringify(application)));
	const life = unlived("anonymous");
	for (const one of of.entries)
		relive(life, ready, {
			part: { id: one.id.startsWith("hand") ? "hand" : "browser", kind: "browser" },
			event: asStored(one),
			circumstances: {},
		});
	live(life, ready, "browser", now);
	return correctionsOf(life, of.standing.person, now);
}

/** Applies it, as of now: what D1 then has of it, the person has. */
function apply(of: Story, applied: Applied, definitions: Partial<Definitions>, now: number): Corrections {
	of.pass(now);
	const corrections = corrected(of, applied, definitions, now);
	const rules = prepare({ ...nothing, ...definitions });
	enter(of.standing, rules, corrections.entries);
	of.entries.push(...corrections.entries.map((one) => one.event));
	of.entries.sort((a, b) => a.at - b.at);
	adopt(of.standing, rules, now);
	return corrections;
}

/** Effects of effects stand in the row of the event that began it all. */
function asStored(one: Event): Event {
	if (!one.cause || one.cause.event === "clock") return one;
	return { ...one, cause: { ...one.cause, event: one.id.split("/")[0] ?? "" } };
}

interface Step {
	readonly name: string;
	readonly after: number;
	readonly props: Properties;
	readonly points: number;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		name: fc.constantFrom(
			"Page Viewed",
			"Page Viewed",
			"Page Viewed",
			"Page Left",
			"Order Completed",
			"spend",
		),
		after: fc.integer({ min: 0, max: 60 }),
		props: fc.record(
			{ category: fc.constantFrom("Piły", "Sekatory", "__proto__", "!"), path: fc.constantFrom("/a", "/b") },
			{ requiredKeys: [] },
		),
		points: fc.integer({ min: 1, max: 40 }),
	}),
	{ maxLength: 40, size: "max" },
);

function lived(all: readonly Step[], definitions: Partial<Definitions>): { of: Story; now: number } {
	const of = story({ programmes: [club], ...definitions });
	let now = start;
	for (const [n, { name, after, props, points }] of all.entries()) {
		now += after * hour;
		if (name !== "spend") of.happen(name, now, props);
		else {
			of.pass(now);
			const spending = spend(of.standing, of.rules, "club", { id: `hand-${n}`, points }, now);
			if (spending.is === "spent") of.byHand(spending.event);
		}
	}
	of.pass(now + hour);
	return { of, now: now + hour };
}

const who: Condition = { field: "events", match: { name: "Order Completed" }, count: { op: ">=", n: 1 } };
const tagRules: readonly TagRule[] = [
	{ id: "r", tag: "SEEN", when: event("Page Viewed") },
	{ id: "r", tag: "SEEN", when: event("Page Viewed"), expiresAfterMs: 2 * dayMs },
	{ id: "r", tag: "{category}", when: event("Page Viewed"), expiresAfterMs: 3 * dayMs },
	{ id: "r", tag: "BUYER", when: { event: { name: "Page Viewed" }, who } },
	{ id: "r", tag: "OFTEN", when: { trait: often } },
	{ id: "r", tag: "QUIET", when: { trait: { not: often } }, expiresAfterMs: dayMs },
	{ id: "r", tag: "OTHER", removes: true, when: event("Order Completed") },
];
const others: Partial<Definitions> = {
	programmes: [club],
	tagRules: [{ id: "other", tag: "OTHER", when: event("Page Viewed") }],
	scoreRules: [
		{ id: "base", name: "", points: 2, when: event("Page Viewed") },
		{ id: "earns", name: "", points: 9, programme: "club", when: event("Page Viewed") },
	],
};
const scoreRules: readonly ScoreRule[] = [
	{ id: "r", name: "", points: 5, when: event("Page Viewed") },
	{ id: "r", name: "", points: -3, when: { event: { name: "Page Viewed" }, who } },
	{ id: "r", name: "", points: 5, limit: "once", when: event("Page Viewed") },
	{ id: "r", name: "", points: 5, limit: { perDay: 2 }, when: event("Page Viewed") },
	{ id: "r", name: "", points: 5, expiresAfterMs: 2 * dayMs, when: event("Page Viewed") },
	{ id: "r", name: "", points: 11, when: { trait: often } },
	{ id: "r", name: "", points: 4, programme: "club", limit: { perDay: 1 }, when: event("Page Viewed") },
	{ id: "r", name: "", points: 4, programme: "club", expiresAfterMs: 3 * dayMs, when: event("Page Left") },
];

const sumsOf = (person: Person) => ({
	tags: Object.fromEntries(Object.entries(tagsOf(read(person))).map(([tag, { count }]) => [tag, count])),
	score: read(person).score,
	balance: balanceOf(pointsOf(person, "club")),
});
const withRule = (rule: TagRule | ScoreRule): Partial<Definitions> => ({
	...others,
	...("tag" in rule
		? { tagRules: [...(others.tagRules ?? []), rule] }
		: { scoreRules: [...(others.scoreRules ?? []), rule] }),
});
const rule = { of: "rule", rule: "r" } as const;

describe("a rule that is applied to the past", () => {
	it.each([...tagRules, ...scoreRules].map((one) => [JSON.stringify(one), one] as const))(
		"leaves a person as if it had been there on arrival: %s",
		(_, one) => {
			fc.assert(
				fc.property(
					steps.map((all) => all.filter(({ name }) => name !== "spend")),
					(all) => {
						const { of, now } = lived(all, others);
						apply(of, rule, withRule(one), now);
						expect(sumsOf(of.standing.person)).toEqual(sumsOf(lived(all, withRule(one)).of.standing.person));
					},
				),
				{ numRuns: runs(25, 60) },
			);
		},
	);

	it.each([...tagRules, ...scoreRules].map((one) => [JSON.stringify(one), one] as const))(
		"adds nothing when it is applied again, nor where it had run: %s",
		(_, one) => {
			fc.assert(
				fc.property(steps, steps, (all, more) => {
					const { of, now } = lived(all, others);
					apply(of, rule, withRule(one), now);
					expect(apply(of, rule, withRule(one), now + 1).entries).toEqual([]);
					const there = lived([...all, ...more], withRule(one));
					expect(corrected(there.of, rule, withRule(one), there.now).entries).toEqual([]);
				}),
				{ numRuns: runs(25, 60) },
			);
		},
	);

	it("makes of two browsers' past together what it makes of each", () => {
		const apart = [tagRules[0], tagRules[2], scoreRules[0], scoreRules[4]].filter((one) => one !== undefined);
		fc.assert(
			fc.property(steps, steps, fc.constantFrom(...apart), (a, b, one) => {
				const [left, right] = [lived(a, others), lived(b, others)];
				fc.pre([left, right].every(({ of }) => of.standing.person.parts.browser));
				const now = Math.max(left.now, right.now);
				const entered = ({ entries }: Corrections) =>
					entries.map(({ event: { name, at, props } }) => told({ id: "", name, at, props })).sort();
				const alone = [left, right].flatMap(({ of }) => entered(corrected(of, rule, withRule(one), now)));
				const renamed = (of: Story, by: string) =>
					of.entries.map((entry) => JSON.parse(JSON.stringify(entry).replaceAll("event-", by)) as Event);
				const merged = {
					entries: [...renamed(left.of, "left-"), ...renamed(right.of, "right-")].sort((x, y) => x.at - y.at),
					standing: left.of.standing,
				};
				const isExpiring = one.expiresAfterMs !== undefined && "tag" in one;
				// The same tag from two browsers is one tag, and lives as long as the later of them lets it.
				const additions = (list: readonly string[]) =>
					list.filter((text) => !isExpiring || text.startsWith("Tag Added"));
				expect(additions(entered(corrected(merged, rule, withRule(one), now)))).toEqual(
					additions(alone.sort()),
				);
			}),
			{ numRuns: runs(25, 60) },
		);
	});

	it("enters each with the event that it is because of, its instant, and when it was entered", () => {
		const of = story({});
		of.happen("Page Viewed", start, { path: "/cennik" });
		const now = start + dayMs;
		const definitions = { tagRules: [{ id: "r", tag: "CENNIK", when: event("Page Viewed") }] };
		const { entries, tags } = apply(of, rule, definitions, now);
		expect(entries).toEqual([
			{
				part: "browser",
				reason: { name: "Page Viewed", path: "/cennik" },
				event: {
					id: `event-0/r/${now}/0`,
					name: "Tag Added",
					at: start,
					props: { tag: "CENNIK" },
					cause: { event: "event-0", rule: "r" },
				},
			},
		]);
		expect([...tags]).toEqual([["CENNIK", [0, 1]]]);
		expect(read(of.standing.person).tags.CENNIK).toEqual({ count: 1, firstAt: start, lastAt: start });
	});

	it("runs alone: what waits for its tag is not set off, and segments follow without a word", () => {
		const marked: Condition = { field: "tag", tag: "SEEN", count: { op: ">=", n: 1 } };
		const definitions: Partial<Definitions> = {
			tagRules: [
				{ id: "r", tag: "SEEN", when: event("Page Viewed") },
				{ id: "chained", tag: "CHAINED", when: event("Tag Added") },
			],
			segments: [{ id: "marked", name: "", condition: marked }],
		};
		const of = story({});
		of.happen("Page Viewed", start);
		const { entries } = apply(of, rule, definitions, start + hour);
		expect(entries.map((one) => told(one.event))).toEqual(["Tag Added SEEN"]);
		expect(of.standing.segments).toEqual({ marked: start + hour });
	});

	it("is none where no such rule or programme is defined", () => {
		expect(applicationOf(rule, nothing)).toBeUndefined();
		expect(applicationOf({ of: "programme", programme: "club" }, nothing)).toBeUndefined();
	});
});

describe("re-scoring", () => {
	const scale = (one: number, two: number): Partial<Definitions> => ({
		scoreRules: [
			{ id: "view", name: "", points: one, when: event("Page Viewed") },
			{ id: "leave", name: "", points: two, limit: { perDay: 2 }, when: event("Page Left") },
			{ id: "buy", name: "", points: 2 * two, limit: "once", when: event("Order Completed") },
			{ id: "short", name: "", points: one, expiresAfterMs: dayMs, when: event("Page Viewed") },
		],
	});

	it("makes of the score what the new scale would have made of it from the beginning", () => {
		const points = fc.integer({ min: -9, max: 9 });
		fc.assert(
			fc.property(steps, points, points, points, points, (all, a, b, c, d) => {
				const { of, now } = lived(all, scale(a, b));
				apply(of, { of: "score" }, scale(c, d), now);
				const score = (one: Story) => read(one.standing.person).score;
				expect(score(of)).toBe(score(lived(all, scale(c, d)).of));
				expect(apply(of, { of: "score" }, scale(c, d), now + 1).entries).toEqual([]);
				// And back again.
				apply(of, { of: "score" }, scale(a, b), now + 2);
				expect(score(of)).toBe(score(lived(all, scale(a, b)).of));
			}),
			{ numRuns: runs(40, 100) },
		);
	});

	it("takes back what rules gave that are no more, and leaves alone what was given by hand", () => {
		const of = story(scale(5, 1));
		of.happen("Page Viewed", start);
		of.byHand({ id: "hand-1", name: "Points Earned", at: start + 1, props: { points: 30 } });
		apply(of, { of: "score" }, {}, start + 2);
		expect(read(of.standing.person).score).toBe(30);
	});

	const earns = (points: number): Partial<Definitions> => ({
		programmes: [{ ...club, tiers: [{ id: "gold", name: "", from: 40 }] }],
		scoreRules: [{ id: "view", name: "", points, programme: "club", when: event("Page Viewed") }],
	});
	const programme = { of: "programme", programme: "club" } as const;

	it("lifts a member into the tier that the new scale comes to", () => {
		const of = story(earns(10));
		for (const n of [1, 2]) of.happen("Page Viewed", start + n * hour);
		const definitions = earns(20);
		const { points } = apply(of, programme, definitions, start + dayMs);
		expect([...points]).toEqual([["club", [20, 40]]]);
		const [gold] = definitions.programmes ?? [];
		expect(gold && tierOf(gold, pointsOf(of.standing.person, "club").earned)?.id).toBe("gold");
	});

	it("never leaves a balance below zero, whatever was spent of it", () => {
		const points = fc.integer({ min: 1, max: 40 });
		fc.assert(
			fc.property(steps, points, points, (all, before, after) => {
				const { of, now } = lived(all, earns(before));
				const { spent } = pointsOf(of.standing.person, "club");
				apply(of, programme, earns(after), now);
				const account = pointsOf(of.standing.person, "club");
				expect(balanceOf(account)).toBeGreaterThanOrEqual(0);
				expect(account.spent).toBe(spent);
				expect(apply(of, programme, earns(after), now + 1).entries).toEqual([]);
			}),
			{ numRuns: runs(40, 100) },
		);
	});

	it("counts for no further time of the day: what is put right is still the same time", () => {
		const daily = (points: number): Partial<Definitions> => ({
			scoreRules: [{ id: "r", name: "", points, limit: { perDay: 2 }, when: event("Page Viewed") }],
		});
		const of = story(daily(1));
		of.happen("Page Viewed", start);
		apply(of, { of: "score" }, daily(10), start + 1);
		of.happen("Page Viewed", start + 2);
		of.happen("Page Viewed", start + 3);
		expect(read(of.standing.person).score).toBe(11);
	});
});
