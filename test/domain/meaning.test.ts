// What leaves over events mean, spelt out over everything that happened: slow, and too simple to be wrong. What a part
// remembers of it, and the loops over that, come to the same.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventMatch, Leaf, NumberTest } from "../../worker/domain/condition.ts";
import { matchesOf } from "../../worker/domain/condition.ts";
import type { Event } from "../../worker/domain/event.ts";
import { own } from "../../worker/domain/keyed.ts";
import { limits } from "../../worker/domain/limits.ts";
import { matches, passesScalar } from "../../worker/domain/match.ts";
import { hundredths } from "../../worker/domain/money.ts";
import { read } from "../../worker/domain/person.ts";
import { compile, evaluate } from "../../worker/domain/predicate.ts";
import { fold } from "../../worker/domain/text.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import {
	type Happening,
	type History,
	history,
	hourMs,
	latest,
	personOf,
	widerLeaf,
} from "../support/generate.ts";
import { naiveBought } from "../support/orders.ts";
import { runs } from "../support/runs.ts";

const dayMs = 24 * hourMs;
const visitGapMs = hourMs / 2;
/** Seven days: events come no later than that. */
const lateMs = 168 * hourMs;

type Part = readonly Happening[];

const eventsOf = (part: Part): readonly Event[] => part.flatMap(({ event, effects }) => [event, ...effects]);
const matching = (events: readonly Event[], match: EventMatch): readonly Event[] =>
	events.filter((event) => matches(match, event));

const byHand = [
	"Tag Added",
	"Tag Removed",
	"Programme Joined",
	"Points Earned",
	"Points Spent",
	"Points Expired",
	"List Joined",
	"List Left",
	"Contact Imported",
	"Consent Given",
	"Consent Pending",
	"Consent Withdrawn",
	"Owner Assigned",
	"Stage Changed",
	"Profile Added",
	"Note Added",
];
const ofOrders = ["Order Completed", "Order Updated", "Order Cancelled", "Order Refunded"];
const seenIn = (part: Part, kind = "browser"): readonly Event[] =>
	part
		.map(({ event }) => event)
		.filter(({ name }) => !byHand.includes(name) && (kind === "browser" || !ofOrders.includes(name)));

/** The number of the visit that each instant of a part lies in. */
function visitsOf(part: Part, kind: string | undefined): (at: number) => number {
	const instants = seenIn(part, kind)
		.map(({ at }) => at)
		.sort((a, b) => a - b);
	const starts = instants.filter((at, i) => i === 0 || at - (instants[i - 1] ?? 0) > visitGapMs);
	return (at) => starts.filter((start) => start <= at).length;
}

function valueIn(event: Event, property: string): string | undefined {
	const value = own(event.props, property);
	return value === undefined ? undefined : typeof value === "string" ? `text ${fold(value)}` : String(value);
}

const rounded = (n: number): number => Math.sign(n) * Math.floor(Math.abs(n) * 100 + 0.5);
function passesAmount(test: NumberTest, amount: number): boolean {
	if (test.op === "between") return amount >= rounded(test.from) && amount <= rounded(test.to);
	return passesScalar({ op: test.op, n: rounded(test.n) }, amount);
}

/** Nothing where a leaf asks of something else than events. */
function isSo(
	leaf: Leaf,
	{ parts, kinds }: Pick<History, "parts" | "kinds">,
	now: number,
): boolean | undefined {
	const told = parts.flatMap(eventsOf).filter(({ name }) => name !== "Product Bought");
	const all = [...told, ...naiveBought(parts.map(eventsOf))];
	switch (leaf.field) {
		case "events": {
			const { by, count, match, withinMs = Infinity } = leaf;
			const isIn = ({ at }: Event): boolean => at > now - withinMs;
			const counted = (): number => {
				if (by === undefined) return matching(all, match).filter(isIn).length;
				if (by !== "visit") {
					const values = matching(all, match)
						.filter(isIn)
						.map((event) => valueIn(event, by.property));
					return new Set(values.filter((value) => value !== undefined)).size;
				}
				if (match.name === "Product Bought") return 0;
				return parts
					.map(
						(part, p) =>
							new Set(
								matching(seenIn(part, kinds?.[p]), match)
									.filter(isIn)
									.map(({ at }) => visitsOf(part, kinds?.[p])(at)),
							).size,
					)
					.reduce((sum, size) => sum + size, 0);
			};
			return passesScalar(count, counted());
		}
		case "sum": {
			const { days = Infinity, match, property, test } = leaf;
			const first = Math.floor(now / dayMs) - days + 1;
			const amounts = matching(all, match)
				.filter(({ at }) => Math.floor(at / dayMs) >= first)
				.map((event) => hundredths(own(event.props, property)));
			return passesAmount(
				test,
				amounts.reduce((sum, amount) => sum + amount, 0),
			);
		}
		case "sequence": {
			const { first, second, thenWithinMs, withinMs = Infinity } = leaf;
			const latestOf = (match: EventMatch): readonly number[] =>
				[...parts.map(eventsOf), naiveBought(parts.map(eventsOf))].flatMap((part, p) =>
					matching(part, match)
						.filter(({ name }) => p === parts.length || name !== "Product Bought")
						.map(({ at }) => at)
						.sort((a, b) => b - a)
						.slice(0, limits.sequence),
				);
			const before = latestOf(first);
			return latestOf(second).some(
				(b) => b > now - withinMs && before.some((a) => b - thenWithinMs <= a && a < b),
			);
		}
		case "moment": {
			const instants = matching(all, leaf.match).map(({ at }) => at);
			if (instants.length === 0) return false;
			const at = leaf.which === "first" ? Math.min(...instants) : Math.max(...instants);
			switch (leaf.test.op) {
				case "before":
					return at < leaf.test.at;
				case "after":
					return at >= leaf.test.at;
				case "in-the-last":
					return now - leaf.test.ms < at && at <= now;
				case "longer-ago":
					return at <= now - leaf.test.ms;
				case "in-the-next":
					return now < at && at <= now + leaf.test.ms;
				default:
					return undefined;
			}
		}
		default:
			return undefined;
	}
}

function inTime({ parts, ...past }: History): History {
	const recent = parts.map((part) => {
		const last = Math.max(...part.map(({ event }) => event.at));
		return part.filter(({ event }) => event.at >= last - lateMs);
	});
	return { ...past, parts: recent };
}

test("what is remembered of events answers as all of them would", () => {
	const leaves = fc.array(
		widerLeaf.filter((leaf) => matchesOf(leaf).length > 0),
		{
			minLength: 20,
			maxLength: 20,
			size: "max",
		},
	);
	const answers = { so: 0, not: 0 };
	fc.assert(
		fc.property(history(), leaves, fc.integer({ min: 0, max: 20 }), (past, asked, hours) => {
			const now = latest + hours * hourMs;
			const known = inTime(past);
			const facts = read(personOf(known, watchFor(asked)));
			const verdicts = evaluate(compile(asked), { facts, identity: known.identity }, now);
			for (const [i, leaf] of asked.entries()) {
				const so = isSo(leaf, known, now);
				if (so === undefined) continue;
				answers[so ? "so" : "not"]++;
				expect({ leaf, so: verdicts.is(i) }).toEqual({ leaf, so });
			}
		}),
		{ numRuns: runs(100, 300) },
	);
	expect(Math.min(answers.so, answers.not)).toBeGreaterThan(200);
}, 60_000);
