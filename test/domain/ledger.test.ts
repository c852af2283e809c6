// What entries say, and what facts say: the same, whatever happened, in whatever order it came.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Definitions } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { emptyFacts, type Facts } from "../../worker/domain/facts.ts";
import { type Person, read } from "../../worker/domain/person.ts";
import { balanceOf, pointsOf, spend } from "../../worker/domain/programme.ts";
import { tagsOf, timesTagged } from "../../worker/domain/tag.ts";
import { dayMs, folded, type Story, story } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30);
const event = (name: string) => ({ event: { name } });
const named = { name: "" };
const definitions: Partial<Definitions> = {
	tagRules: [
		{ id: "seen", tag: "SEEN", when: event("Page Viewed"), expiresAfterMs: 3 * dayMs },
		{ id: "unseen", tag: "SEEN", removes: true, when: event("Order Completed") },
		{ id: "interest", tag: "{category}", when: event("Page Viewed"), expiresAfterMs: 5 * dayMs },
		{ id: "gone", tag: "GONE", when: event("Tag Removed") },
	],
	scoreRules: [
		{ id: "daily", ...named, points: 5, limit: { perDay: 2 }, when: event("Page Viewed") },
		{ id: "short", ...named, points: 3, expiresAfterMs: 2 * dayMs, when: event("Page Viewed") },
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
		{ id: "take", ...named, points: -9, programme: "p", limit: { perDay: 1 }, when: event("Page Left") },
		{ id: "tier", ...named, points: 1, limit: "once", when: event("Segment Entered") },
	],
	programmes: [
		{
			id: "p",
			...named,
			joins: { by: event("Order Completed") },
			tiers: [],
			rewards: [],
			fades: { everyDays: 4, percent: 15 },
		},
	],
	segments: [{ id: "warm", ...named, condition: { field: "score", test: { op: ">=", n: 10 } } }],
};

interface Step {
	readonly name: string;
	/** Hours after the one before, and how many hours late it came. */
	readonly after: number;
	readonly late: number;
	readonly props: Properties;
	readonly points: number;
}
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		name: fc.constantFrom(
			"Page Viewed",
			"Page Viewed",
			"Page Left",
			"Order Completed",
			"spend",
			"Tag Removed",
		),
		after: fc.integer({ min: 0, max: 60 }),
		late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100 })),
		props: fc.record(
			{ category: fc.constantFrom("Piły", "Sekatory", "__proto__", "!") },
			{ requiredKeys: [] },
		),
		points: fc.integer({ min: 1, max: 40 }),
	}),
	{ maxLength: 40, size: "max" },
);

function live(all: readonly Step[], after: (of: Story) => void = () => {}): Story {
	const of = story(definitions);
	let now = start;
	for (const [n, { name, after: hours, late, props, points }] of all.entries()) {
		now += hours * 3_600_000;
		if (name === "spend") {
			of.pass(now);
			const spending = spend(of.standing, of.rules, "p", { id: `hand-${n}`, points }, now);
			if (spending.is === "spent") of.byHand(spending.event);
		} else if (name === "Tag Removed") {
			of.pass(now);
			const count = timesTagged(of.standing.person, "SEEN");
			of.byHand({ id: `hand-${n}`, name, at: now, props: { tag: "SEEN", count } });
		} else of.comeLate(name, now - late * 3_600_000, { ...props, order_id: `${n}` }, now);
		after(of);
	}
	of.pass(now + 90 * dayMs);
	after(of);
	return of;
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** What is on the card, added up by whoever reads it. */
function sums(entries: readonly Event[]) {
	const tags: Record<string, number> = {};
	const totals = { score: 0, earned: 0, spent: 0 };
	for (const { name, props } of entries) {
		const points = number(props.points);
		const tag = String(props.tag);
		if (name === "Tag Added") tags[tag] = (tags[tag] ?? 0) + 1;
		else if (name === "Tag Removed") tags[tag] = (tags[tag] ?? 0) - number(props.count);
		else if (name === "Points Earned") totals[props.programme ? "earned" : "score"] += points;
		else if (name === "Points Spent" || name === "Points Expired") {
			if (props.programme) totals.spent += points;
			else totals.score -= points;
		}
	}
	return { tags: Object.fromEntries(Object.entries(tags).filter(([, count]) => count > 0)), ...totals };
}

function sumsOf(person: Person) {
	const facts = read(person);
	const { earned, spent } = pointsOf(person, "p");
	const tags = Object.entries(tagsOf(facts)).map(([tag, { count }]) => [tag, count]);
	return { tags: Object.fromEntries(tags), score: facts.score, earned, spent };
}

test("the entries of a history come to the facts, at every moment", () => {
	fc.assert(
		fc.property(steps, (all) => {
			live(all, ({ entries, standing }) => expect(sumsOf(standing.person)).toEqual(sums(entries)));
		}),
		{ numRuns: 60 },
	);
});

test("a balance is never below zero, and nothing is ever taken twice", () => {
	fc.assert(
		fc.property(steps, (all) => {
			const { entries } = live(all, ({ standing }) => {
				expect(balanceOf(pointsOf(standing.person, "p"))).toBeGreaterThanOrEqual(0);
				for (const { count } of Object.values(read(standing.person).tags))
					expect(count).toBeGreaterThanOrEqual(0);
			});
			expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
		}),
		{ numRuns: 60 },
	);
});

test("after a quarter of silence nothing that expires is left", () => {
	fc.assert(
		fc.property(steps, (all) => {
			const { standing, facts } = live(all);
			expect(facts().expiring ?? {}).toEqual({});
			expect(Object.keys(tagsOf(facts())).filter((tag) => tag !== "GONE")).toEqual([]);
			// A balance may fade for longer.
			const { fadedAt } = pointsOf(standing.person, "p");
			if (standing.until < Infinity) expect((standing.until - (fadedAt ?? 0)) / dayMs).toBe(4);
		}),
		{ numRuns: 40 },
	);
});

/** Within one part. */
function factsIn(entries: readonly Event[], watch: Story["rules"]["watch"]): Facts {
	return folded(emptyFacts(), entries, watch);
}

test("entries make the same facts in any order, and read from the start what was kept all along", () => {
	const shuffled = steps.chain((all) => {
		const { entries, rules, facts } = live(all);
		return fc.tuple(
			fc.constant({ entries, rules, facts: facts() }),
			fc.shuffledSubarray([...entries], { minLength: entries.length }),
		);
	});
	fc.assert(
		fc.property(shuffled, ([{ entries, rules, facts }, other]) => {
			const whole = factsIn(entries, rules.watch);
			const accounts = ({ tags, score, points, expiring, daily, fired }: Facts) => ({
				tags,
				score,
				points,
				expiring,
				daily,
				fired,
			});
			expect(accounts(factsIn(other, rules.watch))).toEqual(accounts(whole));
			// Kept apart by part, and added up on reading.
			expect({ ...accounts(facts), expiring: undefined }).toEqual({
				...accounts(whole),
				expiring: undefined,
			});
		}),
		{ numRuns: 60 },
	);
});

test("stopping at every hour and looking in once a quarter come to the same", () => {
	fc.assert(
		fc.property(steps, (all) => {
			const often = story(definitions);
			const seldom = story(definitions);
			let now = start;
			for (const [n, { name, after, props }] of all.entries()) {
				if (name === "spend" || name === "Tag Removed") continue;
				for (let hour = 0; hour < after; hour++) often.pass(now + hour * 3_600_000);
				now += after * 3_600_000;
				for (const one of [often, seldom]) one.happen(name, now, { ...props, order_id: `${n}` });
			}
			const [passed, after] = [now + 20 * dayMs, now + 90 * dayMs];
			for (let at = now; at < passed; at += 3_600_000) often.pass(at);
			for (const one of [often, seldom]) one.pass(after);
			expect(seldom.entries.map(({ id }) => id)).toEqual(often.entries.map(({ id }) => id));
			expect(seldom.facts()).toEqual(often.facts());
		}),
		{ numRuns: 25 },
	);
});
