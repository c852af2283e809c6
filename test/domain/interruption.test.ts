// One interruption at a time, and no bound exceeded, over histories of many tabs of one person in which triggers fire
// whenever they like.

import fc from "fast-check";
import { expect, test } from "vitest";
import { accountsOf } from "../../worker/domain/account.ts";
import { type Attention, attend } from "../../worker/domain/attention.ts";
import { objection, type Question } from "../../worker/domain/decision.ts";
import type { Experience, SiteAttention } from "../../worker/domain/definition.ts";
import {
	closed,
	type Interruption,
	joinInterruptions,
	openMs,
	withoutView,
} from "../../worker/domain/interruption.ts";
import { calm } from "../support/question.ts";

const minute = 60_000;
const everywhere = { only: [], except: [] };
const experiences = ["a", "b", "c", "d"].map(
	(id, n): Experience => ({
		id,
		revision: 1,
		name: id,
		priority: 0,
		pages: everywhere,
		schedule: {},
		attention: {
			afterCloseMs: 0,
			afterSubmitMs: 0,
			...(n === 0 && { cap: { times: 2, perMs: 30 * minute } }),
		},
		trigger: { kind: "exit" },
		...(n < 3 && { group: "offers" }),
		...(n === 2 && { kind: "banner", surface: { kind: "bar", at: "top" } }),
	}),
);
const groups = [{ id: "offers", name: "Offers", cap: { times: 3, perMs: 60 * minute } }];
const attention: SiteAttention = {
	site: { cap: { times: 4, perMs: 60 * minute } },
	channels: { banner: { cap: { times: 5 } } },
	gapMs: 3 * minute,
};

type Act =
	| { readonly is: "claim"; readonly tab: number; readonly experience: number }
	| { readonly is: "close" | "leave"; readonly tab: number }
	| { readonly is: "wait"; readonly ms: number };

const tab = fc.integer({ min: 0, max: 7 });
const act: fc.Arbitrary<Act> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			is: fc.constant("claim" as const),
			tab,
			experience: fc.integer({ min: 0, max: experiences.length - 1 }),
		}),
	},
	fc.record({ is: fc.constantFrom("close" as const, "leave" as const), tab }),
	{
		weight: 2,
		arbitrary: fc.record({ is: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 10 * minute }) }),
	},
);

interface Granted {
	readonly view: string;
	readonly experience: string;
	readonly at: number;
	endedAt?: number;
}

/** Lives through it as a cell does, and answers with all that was granted. */
function lived(acts: readonly Act[], spared: SiteAttention): readonly Granted[] {
	const accounts = accountsOf({
		tagRules: [],
		scoreRules: [],
		segments: [],
		experiences,
		groups,
		attention: spared,
	});
	const views = new Map<number, number>();
	const viewOf = (n: number) => `${n}/${views.get(n) ?? 0}`;
	const all: Granted[] = [];
	const record: Record<string, Attention> = {};
	let interruptions: readonly Interruption[] = [];
	let now = 1_800_000_000_000;
	for (const one of acts) {
		if (one.is === "wait") now += one.ms;
		else if (one.is === "claim") {
			const wanted = experiences[one.experience];
			const view = viewOf(one.tab);
			const question: Question = {
				...calm,
				now,
				page: { url: "/", path: "/", params: {}, zones: {} },
				isIn: () => true,
				attention: record,
				accounts,
				interruptions,
				view,
				opening: "anything",
			};
			if (!wanted || objection(wanted, question)) continue;
			all.push({ view, experience: wanted.id, at: now });
			attend(record, { id: "", name: "Experience Shown", at: now, props: { experience: wanted.id } });
			interruptions = joinInterruptions(interruptions, [{ view, experience: wanted.id, at: now }]);
		} else {
			const view = viewOf(one.tab);
			const open = all.find((granted) => granted.view === view && granted.endedAt === undefined);
			if (open) open.endedAt = now;
			if (one.is === "leave") {
				interruptions = withoutView(interruptions, view);
				views.set(one.tab, (views.get(one.tab) ?? 0) + 1);
			} else if (open) {
				attend(record, {
					id: "",
					name: "Experience Closed",
					at: now,
					props: { experience: open.experience },
				});
				interruptions = closed(interruptions, open.experience);
			}
		}
	}
	return all;
}

const histories = fc.array(act, { maxLength: 80 });

test("of eight tabs, one is interrupted at a time, and no page view twice", () => {
	fc.assert(
		fc.property(histories, (acts) => {
			const granted = lived(acts, {});
			expect(new Set(granted.map(({ view }) => view)).size).toBe(granted.length);
			for (const [n, one] of granted.entries()) {
				for (const earlier of granted.slice(0, n)) {
					const openUntil = Math.min(earlier.endedAt ?? Infinity, earlier.at + openMs);
					expect(one.at).toBeGreaterThanOrEqual(openUntil);
				}
			}
		}),
		{ numRuns: 1_000 },
	);
});

/** The most of them in any such span. */
function mostWithin(granted: readonly Granted[], perMs: number): number {
	return Math.max(
		0,
		...granted.map(({ at }) => granted.filter((one) => one.at >= at && one.at < at + perMs).length),
	);
}

test("no cap of an experience, a group, a channel or the site is ever exceeded, and the gap is kept", () => {
	fc.assert(
		fc.property(histories, (acts) => {
			const granted = lived(acts, attention);
			const of = (...ids: readonly string[]) => granted.filter(({ experience }) => ids.includes(experience));
			expect(mostWithin(of("a"), 30 * minute)).toBeLessThanOrEqual(2);
			expect(mostWithin(of("a", "b", "c"), 60 * minute)).toBeLessThanOrEqual(3);
			expect(of("c").length).toBeLessThanOrEqual(5);
			expect(mostWithin(granted, 60 * minute)).toBeLessThanOrEqual(4);
			for (const [n, { at }] of granted.entries()) {
				const before = granted[n - 1];
				if (before) expect(at - before.at).toBeGreaterThanOrEqual(3 * minute);
			}
		}),
		{ numRuns: 1_000 },
	);
});

test("what two devices granted before they were one person's is one list", () => {
	const one = [{ view: "x", experience: "a", at: 5 }];
	const other = [{ view: "y", experience: "b", at: 3 }];
	expect(joinInterruptions(one, other)).toEqual(joinInterruptions(other, one));
	expect(joinInterruptions(undefined, undefined)).toEqual([]);
});
