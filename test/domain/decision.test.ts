import { describe, expect, it } from "vitest";
import { type Attention, type AttentionPolicy, attend, refusal } from "../../worker/domain/attention.ts";
import { decide, type Question } from "../../worker/domain/decision.ts";
import type { Experience } from "../../worker/domain/definition.ts";
import type { Event } from "../../worker/domain/event.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { calm } from "../support/question.ts";

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const policy: AttentionPolicy = { afterCloseMs: 7 * day, afterSubmitMs: null };

function experience(id: string, own: Partial<Experience> = {}): Experience {
	const everywhere = { only: [], except: [] };
	return {
		id,
		revision: 1,
		name: id,
		priority: 0,
		pages: everywhere,
		schedule: {},
		attention: policy,
		...own,
	};
}

function on(path: string) {
	return { url: `https://shop.example${path}`, path, params: {}, zones: { site: "Europe/Warsaw" } };
}

function asked(own: Partial<Question> = {}): Question {
	return { ...calm, now, page: on("/"), isIn: () => true, ...own };
}

function reasons(experiences: readonly Experience[], question: Question) {
	return Object.fromEntries(
		decide(experiences, question).candidates.map(({ experience, reason }) => [experience, reason.is]),
	);
}

describe("a decision", () => {
	it("is for the pages that an experience asks for, and the hours", () => {
		const experiences = [
			experience("offer", { pages: { only: [{ op: "starts-with", value: "/oferta" }], except: [] } }),
			experience("evening", { here: { field: "page.hour", from: 18, to: 22, zone: "site" } }),
		];
		const evening = { page: on("/oferta/nowa"), now: Date.UTC(2026, 10, 22, 18) };
		expect(reasons(experiences, asked(evening))).toEqual({ offer: "shown", evening: "lost-to" });
		const night = { page: on("/"), now: Date.UTC(2026, 10, 22, 23) };
		expect(reasons(experiences, asked(night))).toEqual({ offer: "other-page", evening: "other-page" });
	});

	it("shows one pop-up at a time: the highest priority, and the others know to whom they lost", () => {
		const experiences = [experience("b"), experience("a"), experience("c", { priority: 5 })];
		const rules = prepare({ tagRules: [], scoreRules: [], segments: [], experiences });
		const decision = decide(rules.experiences, asked());
		expect(decision.shown.map(({ id }) => id)).toEqual(["c"]);
		expect(decision.candidates.map(({ experience, reason }) => [experience, reason])).toEqual([
			["c", { is: "shown" }],
			["a", { is: "lost-to", experience: "c" }],
			["b", { is: "lost-to", experience: "c" }],
		]);
	});

	it("gives every candidate its reason", () => {
		const early = experience("early", { schedule: { from: now + 1 } });
		const late = experience("late", { schedule: { until: now } });
		const blog = experience("blog", { pages: { only: [{ op: "starts-with", value: "/blog" }], except: [] } });
		const spared = experience("spared", { pages: { only: [], except: [{ op: "is", value: "/" }] } });
		const keen = experience("keen", { segment: "keen" });
		const closed = experience("closed");
		const attention: Record<string, Attention> = {
			closed: { shown: 1, shownAt: [now - day], closedAt: now - day },
		};
		const question = asked({ isIn: () => false, attention });
		expect(reasons([early, late, blog, spared, keen, closed], question)).toEqual({
			early: "off-schedule",
			late: "off-schedule",
			blog: "other-page",
			spared: "other-page",
			keen: "not-in-segment",
			closed: "cooling-down",
		});
	});

	it("uses nothing of a person's past where it may not", () => {
		const question = asked({ mayUse: () => false });
		expect(reasons([experience("keen", { segment: "keen" }), experience("all")], question)).toEqual({
			keen: "no-consent",
			all: "shown",
		});
	});
});

describe("attention", () => {
	const happened = (name: string, at: number): Event => ({
		id: `${at}`,
		name,
		at,
		props: { experience: "x" },
	});
	const taken = (...events: readonly Event[]) => {
		const record: Record<string, Attention> = {};
		for (const event of events) attend(record, event);
		return record.x;
	};

	it("is free before anything was shown", () => {
		expect(refusal({ ...policy, cap: { times: 1 } }, taken(), [], now)).toBeUndefined();
	});

	it("is capped for good, or until the oldest showing has left the window", () => {
		const shown = taken(happened("Experience Shown", now - 3 * day), happened("Experience Shown", now - day));
		expect(refusal({ ...policy, cap: { times: 2 } }, shown, [], now)).toEqual({
			is: "capped",
			until: Infinity,
		});
		const weekly = { ...policy, cap: { times: 2, perMs: 7 * day } };
		expect(refusal(weekly, shown, [], now)).toEqual({ is: "capped", until: now + 4 * day });
		expect(refusal(weekly, shown, [], now + 4 * day - 1)).toBeDefined();
		expect(refusal(weekly, shown, [], now + 4 * day)).toBeUndefined();
	});

	it("cools down after closing, and ends for good with a sent form", () => {
		const closed = taken(happened("Experience Shown", now - day), happened("Experience Closed", now - day));
		expect(refusal(policy, closed, [], now)).toEqual({
			is: "cooling-down",
			after: "close",
			at: now - day,
			until: now + 6 * day,
		});
		expect(refusal(policy, closed, [], now + 6 * day)).toBeUndefined();
		const sent = taken(happened("Form Submitted", now - 400 * day));
		expect(refusal(policy, sent, [], now)).toMatchObject({
			is: "cooling-down",
			after: "submit",
			until: Infinity,
		});
	});

	it("knows nothing of what was granted and came to nothing", () => {
		const cap = { ...policy, cap: { times: 1, perMs: day } };
		const missed = { ...happened("Experience Missed", now + 1), props: { experience: "x", shownAt: now } };
		const record = taken(happened("Experience Shown", now), missed);
		expect(record?.shown).toBe(0);
		expect(refusal(cap, record, [], now + 2)).toBeUndefined();
		expect(taken(missed, happened("Experience Shown", now))).toEqual(record);
		const twice = taken(happened("Experience Shown", now), missed, happened("Experience Shown", now));
		expect(refusal(cap, twice, [], now + 2)).toBeDefined();
	});

	it("is the same in whatever order its events arrive", () => {
		const events = ["Shown", "Closed", "Clicked", "Shown"].map((name, i) =>
			happened(`Experience ${name}`, now + i),
		);
		expect(taken(...events.toReversed())).toEqual(taken(...events));
	});
});
