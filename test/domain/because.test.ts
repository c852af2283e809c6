import fc from "fast-check";
import { expect, test } from "vitest";
import { type Because, explain } from "../../worker/domain/because.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import { emptyFacts } from "../../worker/domain/facts.ts";
import { matchKey } from "../../worker/domain/match.ts";
import { read } from "../../worker/domain/person.ts";
import { evaluateOne } from "../../worker/domain/predicate.ts";
import type { Subject } from "../../worker/domain/subject.ts";
import { watchFor } from "../../worker/domain/watch.ts";
import { condition, history, latest, personOf } from "../support/generate.ts";

const now = 1_800_000_000_000;
const dayMs = 86_400_000;

test("each node says whether it is so, until when, what was needed and what is so", () => {
	const match = { name: "Page Viewed" };
	const facts = {
		...emptyFacts(),
		score: 7,
		counters: { [matchKey(match)]: [now - dayMs, now - 3 * dayMs, now - 9 * dayMs] },
		attributes: { city: { value: "Łódź", at: 1, id: "e" } },
	};
	const asked: Condition = {
		all: [
			{ field: "events", match, count: { op: ">=", n: 2 }, withinMs: 7 * dayMs },
			{ not: { field: "score", test: { op: ">=", n: 10 } } },
			{ field: "attribute", name: "city", test: { op: "is", value: "lodz" } },
			{ field: "country", test: { op: "exists" } },
			{ field: "tag", tag: "constructor", count: { op: "=", n: 0 } },
		],
	};
	expect(explain(asked, { facts, identity: "anonymous" }, now)).toEqual({
		is: false,
		until: Infinity,
		kind: "all",
		members: [
			{
				is: true,
				until: now + 4 * dayMs,
				kind: "events",
				match,
				withinMs: 7 * dayMs,
				needed: { op: ">=", n: 2 },
				actual: 2,
				isAtLeast: false,
				lastAt: now - dayMs,
				dropsAt: now + 4 * dayMs,
			},
			{
				is: true,
				until: Infinity,
				kind: "not",
				member: {
					is: false,
					until: Infinity,
					kind: "number",
					field: "score",
					needed: { op: ">=", n: 10 },
					actual: 7,
				},
			},
			{
				is: true,
				until: Infinity,
				kind: "attribute",
				name: "city",
				needed: { op: "is", value: "lodz" },
				actual: "Łódź",
			},
			{ is: false, until: Infinity, kind: "text", field: "country", needed: { op: "exists" } },
			{ is: true, until: Infinity, kind: "tag", tag: "constructor", needed: { op: "=", n: 0 }, actual: 0 },
		],
	});
});

test("a count says when it may be more than what is remembered", () => {
	const match = { name: "Page Viewed" };
	const facts = { ...emptyFacts(), counters: { [matchKey(match)]: [3, 2, 1] } };
	const because = explain(
		{ field: "events", match, count: { op: ">=", n: 2 } },
		{ facts, identity: "anonymous" },
		now,
	);
	expect(because).toMatchObject({ actual: 3, isAtLeast: true });
});

function everyNode(because: Because): Because[] {
	if (because.kind === "not") return [because, ...everyNode(because.member)];
	if (because.kind === "all" || because.kind === "any")
		return [because, ...because.members.flatMap(everyNode)];
	return [because];
}

test("the reason never disagrees with the answer", () => {
	fc.assert(
		fc.property(history(15), condition, (past, asked) => {
			const subject: Subject = { facts: read(personOf(past, watchFor([asked]))), identity: past.identity };
			const because = explain(asked, subject, latest);
			expect({ is: because.is, until: because.until }).toEqual(evaluateOne(asked, subject, latest));
			for (const node of everyNode(because)) {
				if (node.kind === "all") expect(node.is).toBe(node.members.every(({ is }) => is));
				if (node.kind === "any") expect(node.is).toBe(node.members.some(({ is }) => is));
				if (node.kind === "not") expect(node.is).toBe(!node.member.is);
			}
		}),
	);
});
