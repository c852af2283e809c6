// Why each experience is shown on a page or is not, over experiences and records nobody wrote: what is told agrees with
// the decision, and what would change it does.

import fc from "fast-check";
import { expect, test } from "vitest";
import { accountsOf } from "../../worker/domain/account.ts";
import { canEnd, explainDecision, type Objection } from "../../worker/domain/because-decision.ts";
import { decide, type Question } from "../../worker/domain/decision.ts";
import type { Experience } from "../../worker/domain/definition.ts";
import { joinInterruptions } from "../../worker/domain/interruption.ts";
import type { PageNow } from "../../worker/domain/page.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { decisionChange, decisionSentences, experienceSentence } from "../../worker/domain/words/decision.ts";
import { languages } from "../../worker/domain/words/language.ts";
import { calm } from "../support/question.ts";
import { runs } from "../support/runs.ts";
import { expectSentence } from "../support/sentence.ts";
import { dayMs, story } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30);
const hourMs = 3_600_000;

const path = fc.constantFrom("/", "/blog/a", "/cennik");
const pathTest = fc.record({ op: fc.constantFrom("is", "starts-with", "contains"), value: path });
const spans = fc.constantFrom(0, hourMs, dayMs, 30 * dayMs);
const instants = fc.integer({ min: -50, max: 50 }).map((hours) => start + hours * hourMs);
const here = fc.constantFrom<NonNullable<Experience["here"]>>(
	{ field: "page.hour", from: 18, to: 6, zone: "site" },
	{ not: { field: "page.weekday", days: [1, 2], zone: "visitor" } },
	{ any: [{ field: "page.query", name: "a", test: { op: "exists" } }, { all: [] }] },
	{ all: [{ field: "page.url", test: { op: "contains", value: "blog" } }, { any: [] }] },
	{
		all: [
			{ field: "page.product.price", test: { op: "between", from: 10, to: 20 } },
			{ not: { field: "page.product.brand", test: { op: "is", value: "stihl" } } },
		],
	},
	{ field: "page.title", test: { op: "contains", value: "cennik" } },
);
const conversion = fc.record({ withinMs: spans, restMs: fc.option(spans, { nil: null }) });
const experience: fc.Arbitrary<Experience> = fc
	.record({
		priority: fc.integer({ min: 0, max: 2 }),
		only: fc.array(pathTest, { maxLength: 1 }),
		except: fc.array(pathTest, { maxLength: 1 }),
		here: fc.option(here, { nil: undefined }),
		segment: fc.option(fc.constantFrom("in", "out"), { nil: undefined }),
		schedule: fc.record({ from: instants, until: instants }, { requiredKeys: [] }),
		cap: fc.option(
			fc.record({ times: fc.integer({ min: 1, max: 2 }), perMs: spans }, { requiredKeys: ["times"] }),
			{ nil: undefined },
		),
		afterCloseMs: spans,
		afterSubmitMs: fc.option(spans, { nil: null }),
		afterConversion: fc.option(conversion, { nil: undefined }),
		surface: fc.constantFrom<Experience["surface"]>(
			undefined,
			{ kind: "bar", at: "top" },
			{ kind: "inline", place: { slot: "a" } },
		),
		trigger: fc.constantFrom<Experience["trigger"]>(undefined, { kind: "exit" }),
		group: fc.constantFrom(undefined, "g", "h"),
		kind: fc.constantFrom<Experience["kind"]>(undefined, "banner"),
		onLanding: fc.constantFrom(undefined, true as const),
	})
	.map(({ only, except, here, segment, cap, afterCloseMs, afterSubmitMs, afterConversion, ...own }) => {
		const { surface, trigger, group, kind, onLanding, ...rest } = own;
		const given = {
			...(surface && { surface }),
			...(trigger && { trigger }),
			...(group && { group }),
			...(kind && { kind }),
			...(onLanding && { onLanding }),
		};
		return {
			rest: { ...rest, ...given },
			only,
			except,
			here,
			segment,
			cap,
			afterConversion,
			afterCloseMs,
			afterSubmitMs,
		};
	})
	.map(({ rest, only, except, here, segment, cap, afterConversion, afterCloseMs, afterSubmitMs }) => ({
		...rest,
		id: "",
		name: "",
		revision: 1,
		pages: { only, except },
		...(here && { here }),
		...(segment && { segment }),
		attention: {
			...(cap && { cap }),
			...(afterConversion && { afterConversion }),
			afterCloseMs,
			afterSubmitMs,
		},
	}));
const bounds = fc.record(
	{
		cap: fc.record({ times: fc.integer({ min: 1, max: 4 }), perMs: spans }, { requiredKeys: ["times"] }),
		afterCloseMs: spans,
		afterSubmitMs: fc.option(spans, { nil: null }),
		afterConversion: conversion,
	},
	{ requiredKeys: [] },
);
const spared = fc.record(
	{
		site: bounds,
		channels: fc.record({ popup: bounds, banner: bounds }, { requiredKeys: [] }),
		gapMs: spans,
		afterPurchaseMs: spans,
	},
	{ requiredKeys: [] },
);
const attention = fc.record(
	{
		shown: fc.integer({ min: 0, max: 3 }),
		shownAt: fc.array(instants, { maxLength: 3 }).map((list) => list.sort((a, b) => b - a)),
		closedAt: instants,
		submittedAt: instants,
		clickedAt: instants,
		isInline: fc.constant(true as const),
	},
	{ requiredKeys: ["shown", "shownAt"] },
);
const asked = fc
	.record({
		each: fc.array(fc.tuple(experience, fc.option(attention)), { maxLength: 5 }),
		path,
		said: fc.constantFrom<Pick<PageNow, "title" | "product">>(
			{},
			{ title: "Cennik" },
			{ product: { id: "k-1" } },
			{ product: { id: "k-1", brand: "STIHL", price: 20 } },
			{ title: "", product: { id: "k-2", brand: "Bosch", price: 10 } },
		),
		now: instants,
		group: bounds,
		spared,
		bought: fc.array(instants, { maxLength: 2 }),
		open: fc.array(
			fc.record({ experience: fc.constantFrom("e0", "gone"), ago: fc.integer({ min: -1, max: 200 }) }),
			{ maxLength: 2 },
		),
		isLanding: fc.boolean(),
	})
	.map(({ each, path, said, now, group, spared, bought, open, isLanding }) => {
		const experiences = each.map(([one], i) => ({ ...one, id: `e${i}`, name: `E${i}` }));
		const known = each.flatMap(([, one], i) => (one ? [[`e${i}`, one] as const] : []));
		const groups = [{ id: "g", name: "G", ...group }];
		const definitions = {
			tagRules: [],
			scoreRules: [],
			segments: [],
			experiences,
			groups,
			attention: spared,
		};
		const question: Question = {
			now,
			page: { url: path, path, params: {}, ...said, zones: { site: "Europe/Warsaw" } },
			isIn: (segment) => segment === "in",
			mayUse: () => true,
			attention: Object.fromEntries(known),
			accounts: accountsOf(definitions),
			bought: bought.filter((at) => at <= now),
			isLanding: () => isLanding,
			interruptions: joinInterruptions(
				open.map(({ experience, ago }, n) => ({ view: `v${n}`, experience, at: now - ago * 1_000 })),
			),
			opening: "at-once",
		};
		const rules = prepare(definitions);
		return { experiences: rules.experiences, question };
	});
const nowhere = { facts: story({}).facts(), identity: "anonymous" } as const;
const conditionOf = (segment: string) =>
	segment === "in" ? { all: [] } : ({ field: "score", test: { op: ">=", n: 30 } } as const);
const explained = (experiences: readonly Experience[], question: Question) =>
	explainDecision(experiences, question, nowhere, conditionOf);

test("of everything that speaks against an experience the first is the decision's reason", () => {
	fc.assert(
		fc.property(asked, ({ experiences, question }) => {
			const { candidates } = decide(experiences, question);
			const reasons = explained(experiences, question).map(({ against: [first] }) => {
				// What the page itself lacks and what the page is not are one reason.
				return first === undefined ? "shown" : first.is === "page-not-such" ? "other-page" : first.is;
			});
			expect(reasons).toEqual(candidates.map(({ reason }) => reason.is));
		}),
		{ numRuns: runs(500, 2_000) },
	);
});

test("what time ends, it ends at the instant that is told, and not before", () => {
	const standing = (one: Objection) => ({ ...one, blocks: [], until: 0 });
	fc.assert(
		fc.property(asked, ({ experiences, question }) => {
			for (const { experience, against } of explained(experiences, question)) {
				for (const one of against) {
					if (one.is === "lost-to" || one.until === Infinity) continue;
					const at = (now: number) =>
						explained(experiences, { ...question, now })
							.find((other) => other.experience === experience)
							?.against.map(standing);
					expect(at(one.until - 1)).toContainEqual(standing(one));
					expect(at(one.until)).not.toContainEqual(standing(one));
				}
			}
		}),
		{ numRuns: runs(200, 1_000) },
	);
});

test("time alone changes nothing before the instant that is told", () => {
	fc.assert(
		fc.property(asked, fc.nat(40), ({ experiences, question }, hours) => {
			const now = question.now + hours * hourMs;
			const later = explained(experiences, { ...question, now });
			for (const { experience, against, until } of explained(experiences, question)) {
				if (now >= until) continue;
				const then = later.find((one) => one.experience === experience)?.against ?? [];
				expect(then.length === 0).toBe(against.length === 0);
			}
		}),
		{ numRuns: runs(600, 3_000) },
	);
});

test("with all that speaks against it taken away, an experience is shown", () => {
	fc.assert(
		fc.property(asked, ({ experiences, question }) => {
			for (const { of, against } of explained(experiences, question)) {
				if (!against.every(canEnd)) continue;
				const gone = new Set(against.map(({ is }) => is));
				const cleared: Experience = {
					...of,
					...(gone.has("off-schedule") && { schedule: {} }),
					...(gone.has("other-page") && { pages: { only: [], except: [] } }),
					...(gone.has("page-not-such") && { here: { all: [] } }),
					...(gone.has("not-in-segment") && { segment: "in" }),
				};
				const rested = ["capped", "cooling-down", "bought", "interrupted", "too-soon"] as const;
				const isRested = rested.some((one) => gone.has(one));
				const { shown } = decide([cleared], {
					...question,
					...(isRested && calm),
					...(gone.has("landing") && { isLanding: () => false }),
				});
				expect(shown).toEqual([cleared]);
			}
		}),
		{ numRuns: runs(200, 1_000) },
	);
});

test("whatever was explained can be said, in sentences", () => {
	fc.assert(
		fc.property(asked, ({ experiences, question }) => {
			for (const one of explained(experiences, question)) {
				for (const language of languages) {
					for (const sentence of decisionSentences(one, language)) expectSentence(sentence);
					expectSentence(experienceSentence(one.of, language));
					expectSentence(decisionChange(one, language));
				}
			}
		}),
		{ numRuns: runs(60, 200) },
	);
});
