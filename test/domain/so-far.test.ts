// What triggers ask of the visit so far: the same in any order of arrival, and only of what something waits for.

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Experience } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { recordSoFar, type SoFar, signalsOf, visitNow, waitingOf } from "../../worker/domain/so-far.ts";
import type { Opening } from "../../worker/domain/trigger.ts";
import { story } from "../support/story.ts";

const minute = 60_000;
const start = Date.UTC(2026, 4, 4, 9);

function experience(id: string, trigger: Opening): Experience {
	const everywhere = { only: [], except: [] };
	const attention = { afterCloseMs: 0, afterSubmitMs: 0 };
	return { id, revision: 1, name: id, priority: 0, pages: everywhere, schedule: {}, attention, trigger };
}

const waiting = [
	experience("many", {
		all: [
			{ kind: "pages", n: 5 },
			{ kind: "presence", seconds: 60, of: "visit" },
		],
	}),
	experience("tag", { kind: "event", name: "Tag Added", of: "CENNIK" }),
	experience("cart", { any: [{ kind: "cart" }, { kind: "cart", from: 100 }] }),
	experience("calm", { kind: "exit" }),
];

test("where nothing asks, nothing is remembered", () => {
	expect(signalsOf([experience("calm", { kind: "exit" })])).toBeUndefined();
	const life = story({ experiences: [experience("calm", { kind: "presence", seconds: 9 })] });
	life.happen("Page Viewed", start);
	life.happen("Page Left", start + minute, { seconds: 9 });
	expect(life.facts().soFar).toBeUndefined();
});

test("what is waited for is told apart by name, and by what one of its properties says", () => {
	expect(waitingOf(waiting).map(({ experience: id, awaited }) => [id, awaited.length])).toEqual([
		["tag", 1],
		["cart", 3],
	]);
});

describe("a visit", () => {
	const live = (...acts: readonly (readonly [name: string, minutes: number, props?: Properties])[]) => {
		const life = story({ experiences: waiting });
		for (const [name, minutes, props] of acts) life.happen(name, start + minutes * minute, props);
		return (minutes: number) => visitNow(life.standing.person, "browser", start + minutes * minute);
	};

	it("has its own pages and seconds, and none of the visit before it", () => {
		const at = live(
			["Page Viewed", 0],
			["Page Left", 5, { seconds: 200 }],
			["Page Viewed", 60],
			["Page Left", 61, { seconds: 40 }],
			["Page Viewed", 61],
		);
		expect(at(62)).toMatchObject({ pages: 2, seconds: 40 });
		expect(at(92)).toBeUndefined();
	});

	it("knows what happened in it, once it happened, and not before something was shown", () => {
		const at = live(
			["Tag Added", -60, { tag: "CENNIK" }],
			["Page Viewed", 0],
			["Tag Added", 1, { tag: "CENNIK" }],
		);
		const visit = at(2);
		expect(visit?.has({ name: "Tag Added", of: "CENNIK" }, -Infinity)).toBe(true);
		expect(visit?.has({ name: "Tag Added", of: "CENNIK" }, start + minute)).toBe(false);
		expect(visit?.has({ name: "Tag Added", of: "NIC" }, -Infinity)).toBe(false);
		expect(
			live(
				["Tag Added", -60, { tag: "CENNIK" }],
				["Page Viewed", 0],
			)(1)?.has({ name: "Tag Added", of: "CENNIK" }, -Infinity),
		).toBe(false);
	});

	it("has the cart that lies there now, and none that was ordered", () => {
		const filled = [
			["Page Viewed", 0],
			["Cart Updated", 1, { value: 120.5, items: 2, products: "a|b" }],
		] as const;
		expect(live(...filled)(2)?.cart).toBe(120.5);
		expect(live(...filled, ["Order Completed", 3, { order_id: "1", value: 120.5 }])(4)?.cart).toBe(0);
	});
});

test("any order of arrival makes the same memory", () => {
	const event = fc
		.record({
			name: fc.constantFrom("Page Viewed", "Page Left", "Tag Added", "Product Added", "Other"),
			at: fc.integer({ min: 0, max: 90 }).map((minutes) => start + minutes * minute),
			seconds: fc.integer({ min: 0, max: 9 }),
			tag: fc.constantFrom("CENNIK", "NIC"),
		})
		.map(({ name, at, ...props }): Event => ({ id: "", name, at, props }));
	const signals = signalsOf(waiting);
	if (!signals) throw new Error("nothing asks");
	const remembered = (events: readonly Event[]) =>
		events.reduce((known: SoFar | undefined, one) => recordSoFar(known, one, signals), undefined);
	const shuffled = fc
		.array(event, { maxLength: 90 })
		.chain((events) =>
			fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
		);
	fc.assert(
		fc.property(shuffled, ([events, other]) => {
			expect(remembered(other)).toEqual(remembered(events));
			expect(remembered(events)?.views?.length ?? 0).toBeLessThanOrEqual(5);
		}),
	);
});
