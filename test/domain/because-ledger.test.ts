// Explanations of tags and points, over stories nobody wrote: what is told adds up to what is so, and what
// would change it does.

import fc from "fast-check";
import { expect, test } from "vitest";
import { explainScore } from "../../worker/domain/because-score.ts";
import { explainTag, type TagBecause, tagChange } from "../../worker/domain/because-tag.ts";
import type { Change, Flip } from "../../worker/domain/change.ts";
import type { Definitions } from "../../worker/domain/definition.ts";
import { changeSentence } from "../../worker/domain/words/change.ts";
import { languages } from "../../worker/domain/words/language.ts";
import { nextTierSentence, scoreSentence, scoreSentences } from "../../worker/domain/words/score.ts";
import { tagSentence, tagSentences } from "../../worker/domain/words/tag.ts";
import { runs } from "../support/runs.ts";
import { expectSentence } from "../support/sentence.ts";
import { dayMs, type Story, story } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30);
const hourMs = 3_600_000;
const event = (name: string) => ({ event: { name } });
const named = { name: "" };
const viewed = (n: number) =>
	({ field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n }, withinMs: 5 * dayMs }) as const;
const definitions: Partial<Definitions> = {
	tagRules: [
		{ id: "seen", tag: "SEEN", when: event("Page Viewed"), expiresAfterMs: 3 * dayMs },
		{ id: "unseen", tag: "SEEN", removes: true, when: event("Order Completed") },
		{ id: "interest", tag: "{category}", when: event("Product Viewed"), expiresAfterMs: 5 * dayMs },
		{ id: "keen", tag: "KEEN", when: { trait: viewed(3) } },
		{ id: "asks", tag: "ASKED", when: { ...event("Form Submitted"), who: viewed(2) } },
		{ id: "unasked", tag: "ASKED", removes: true, when: { ...event("Order Completed"), who: viewed(4) } },
	],
	scoreRules: [
		{ id: "daily", ...named, points: 5, limit: { perDay: 2 }, when: event("Page Viewed") },
		{ id: "short", ...named, points: 3, expiresAfterMs: 2 * dayMs, when: event("Product Viewed") },
		{ id: "minus", ...named, points: -4, expiresAfterMs: 4 * dayMs, when: event("Order Completed") },
		{
			id: "club",
			...named,
			points: 7,
			programme: "p",
			expiresAfterMs: 6 * dayMs,
			when: event("Page Viewed"),
		},
		{ id: "keep", ...named, points: 40, programme: "p", when: event("Order Completed") },
		{ id: "take", ...named, points: -9, programme: "p", limit: "once", when: event("Form Submitted") },
		{ id: "never", ...named, points: 9, when: event("Never") },
	],
	programmes: [
		{
			id: "p",
			...named,
			joins: { by: event("Order Completed") },
			tiers: [
				{ id: "low", name: "Low", from: 50 },
				{ id: "high", name: "High", from: 120 },
			],
			rewards: [],
			fades: { everyDays: 4, percent: 15 },
		},
	],
};
const whole: Definitions = { tagRules: [], scoreRules: [], segments: [], experiences: [], ...definitions };

interface Step {
	readonly name: string;
	readonly hours: number;
	readonly category: string;
	readonly points: number;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		name: fc.constantFrom(
			"Page Viewed",
			"Page Viewed",
			"Product Viewed",
			"Form Submitted",
			"Order Completed",
			"Tag Added",
			"Points Earned",
		),
		hours: fc.integer({ min: 0, max: 60 }),
		category: fc.constantFrom("Piły", "Sekatory", "__proto__"),
		points: fc.integer({ min: -20, max: 40 }),
	}),
	{ maxLength: 20, size: "max" },
);
const tags = fc.constantFrom("SEEN", "KEEN", "ASKED", "PILY", "SEKATORY", "PROTO", "GONE");

function live(all: readonly Step[]): { readonly life: Story; readonly now: number } {
	const life = story(definitions);
	let now = start;
	// Time passes in the first part.
	life.happen("Began", start);
	for (const [i, { name, hours, category, points }] of all.entries()) {
		now += hours * hourMs;
		if (name === "Tag Added") life.byHand({ id: `hand-${i}`, name, at: now, props: { tag: "SEEN" } });
		else if (name === "Points Earned") life.byHand({ id: `hand-${i}`, name, at: now, props: { points } });
		else life.happen(name, now, { category, order_id: `${i}` });
	}
	return { life, now };
}

function tagOf(tag: string, life: Story, now: number): TagBecause {
	return explainTag(tag, life.standing, whole, life.entries, now, () => undefined);
}

test("the entries of a tag come to its count, and the lines of points to their balance, whatever happened", () => {
	fc.assert(
		fc.property(steps, tags, fc.integer({ min: 0, max: 9 * 24 }), (all, tag, hours) => {
			const { life, now } = live(all);
			life.pass(now + hours * hourMs);
			expect(tagOf(tag, life, now + hours * hourMs)).toMatchObject({ untold: 0 });
			for (const programme of [undefined, ...(whole.programmes ?? [])]) {
				const why = explainScore(programme, life.standing.person, whole, life.entries);
				expect(why.untold).toBe(0);
				expect(why.lines.reduce((sum, { points }) => sum + points, 0)).toBe(why.balance);
				const used = new Set(why.lines.flatMap(({ of }) => ("rule" in of ? [of.rule] : [])));
				expect(why.idle.filter(({ id }) => used.has(id))).toEqual([]);
			}
		}),
		{ numRuns: runs(100, 300) },
	);
});

test("what history has forgotten is told as not told, so that the sum stays right", () => {
	fc.assert(
		fc.property(steps, fc.nat(30), (all, forgotten) => {
			const { life } = live(all);
			const known = life.entries.slice(forgotten);
			const why = explainScore(undefined, life.standing.person, whole, known);
			const told = why.lines.reduce((sum, { points }) => sum + points, 0);
			expect(told + why.untold).toBe(life.facts().score);
		}),
	);
});

/** Lets come true what a flip asks for. */
function apply({ leaf, need }: Flip, life: Story, now: number): number {
	if (need.kind === "time") {
		life.pass(need.at);
		return need.at;
	}
	const n = need.kind === "more" ? need.n : 1;
	const { name, where = [] } = leaf.kind === "events" ? leaf.match : { name: "Anything" };
	const props = where.map(({ property, test }) => [property, "value" in test ? test.value : ""] as const);
	for (let i = 0; i < n; i++) life.happen(name, now, { order_id: "last", ...Object.fromEntries(props) });
	return now;
}

test("the smallest change, once it has come, brings the tag or takes it off", () => {
	let possible = 0;
	fc.assert(
		fc.property(steps, tags, (all, tag) => {
			const { life, now } = live(all);
			const change: Change = tagChange(tagOf(tag, life, now), now);
			if (change.kind === "impossible") return;
			possible++;
			let then = now;
			for (const flip of change.flips) then = apply(flip, life, then);
			expect(tagOf(tag, life, then).count > 0).toBe(change.to);
		}),
		{ numRuns: runs(150, 500) },
	);
	expect(possible).toBeGreaterThan(60);
});

test("a tag goes at the very instant that is told, and not before", () => {
	fc.assert(
		fc.property(steps, tags, (all, tag) => {
			const { life, now } = live(all);
			const { count, expiresAt } = tagOf(tag, life, now);
			if (expiresAt === undefined) return;
			expect(count).toBeGreaterThan(0);
			life.pass(expiresAt - 1);
			expect(tagOf(tag, life, expiresAt - 1).count).toBe(count);
			life.pass(expiresAt);
			expect(tagOf(tag, life, expiresAt).count).toBe(0);
		}),
	);
});

test("the next tier is reached with the very points that are told to be missing", () => {
	fc.assert(
		fc.property(steps, (all) => {
			const { life, now } = live(all);
			const [programme] = whole.programmes ?? [];
			const before = explainScore(programme, life.standing.person, whole, life.entries);
			const missing = before.next?.missing ?? 0;
			for (const [points, tier] of [
				[missing - 1, before.tier],
				[1, before.next?.tier],
			] as const) {
				life.byHand({ id: `p-${points}`, name: "Points Earned", at: now, props: { points, programme: "p" } });
				if (before.next)
					expect(explainScore(programme, life.standing.person, whole, life.entries).tier).toEqual(tier);
			}
		}),
	);
});

test("whatever was explained can be said, in sentences", () => {
	fc.assert(
		fc.property(steps, tags, (all, tag) => {
			const { life, now } = live(all);
			const why = tagOf(tag, life, now);
			for (const language of languages) {
				for (const one of [tagSentence(why, language), ...tagSentences(why, language)]) expectSentence(one);
				expectSentence(changeSentence(tagChange(why, now), language, {}, "tag"));
				for (const programme of [undefined, ...(whole.programmes ?? [])]) {
					const score = explainScore(programme, life.standing.person, whole, life.entries);
					for (const one of [scoreSentence(score, language), ...scoreSentences(score, language)])
						expectSentence(one);
					expectSentence(nextTierSentence(score, language));
				}
			}
		}),
		{ numRuns: runs(60, 200) },
	);
});
