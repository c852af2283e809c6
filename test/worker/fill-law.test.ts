// The law of a new definition's past: what a publication newly watches comes to what it would have, had it been published
// from the beginning.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import { eventNames } from "../../worker/domain/event.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { countLeaf, history, hourMs, latest, widerLeaf } from "../support/generate.ts";
import { publish, segment, send, settled, subscribed, sums, view } from "./filled.ts";
import { freshWorld, isLong } from "./world.ts";

const day = 24 * hourMs;

beforeEach(freshWorld);
afterEach(() => {
	vi.useRealTimers();
});

describe("after a publication everything is as if it had been there from the beginning", () => {
	const asked = fc.oneof(
		{ weight: 1, arbitrary: (countLeaf as fc.Arbitrary<Leaf>).filter(isOfEvents) },
		{ weight: 3, arbitrary: widerLeaf.filter(isOfEvents) },
	);
	const life = fc.record({
		past: history(40).filter(({ parts }) => parts.length > 0),
		isContact: fc.boolean(),
		split: fc.double({ min: 0, max: 1, noNaN: true }),
	});
	const worlds = fc.record({
		before: fc.array(asked, { maxLength: 6 }),
		after: fc.array(asked, { minLength: 25, maxLength: 25, size: "max" }),
		lives: fc.array(life, { minLength: 6, maxLength: 6, size: "max" }),
	});
	const rules: Partial<Definitions> = {
		tagRules: [{ id: "tag-viewed", tag: "category", when: { event: { name: "Product Viewed" } } }],
		scoreRules: [{ id: "score-viewed", name: "Viewed", points: 3, when: { event: { name: "Page Viewed" } } }],
	};
	const published = (conditions: readonly Condition[]): Partial<Definitions> => ({
		...rules,
		segments: conditions.map((condition, i) => segment(`s${i}`, condition)),
	});

	it.each(
		fc.sample(worlds, { numRuns: isLong ? 8 : 4, seed: 20_261_122 }).map((world, i) => [i, world] as const),
	)(
		"for generated lives and conditions (%i)",
		async (i, { before, after, lives }) => {
			const [grown, whole] = [`grown-${i}`, `whole-${i}`];
			const conditions = [...before, ...after];
			await publish(grown, 1, published(before));
			await publish(whole, 1, published(conditions));
			const base = Date.now();
			const visitors = lives.map(({ past, isContact, split }) => {
				const events = past.parts.flat().flatMap(({ event }) => {
					// Anonymous details live for hours only; a page's events of days ago are not taken in.
					const at = base - ((latest - event.at) / hourMs) * (isContact ? 1 : 0.02) * hourMs;
					const { order_id: _order, ...props } = event.props;
					// After a logout the browser is somebody new, whose id is another in each of the two sites.
					return at < base - 2.9 * day || event.name === eventNames.reset
						? []
						: [{ id: uuidv7(at), name: event.name, at: Math.floor(at), props }];
				});
				return { visitor: uuidv7(base), isContact, events: events.slice(0, 90), split };
			});
			const bring = async (site: string, from: (n: number, split: number) => readonly [number, number]) => {
				for (const { visitor, events, split } of visitors) {
					const list = events.slice(...from(events.length, split));
					for (let at = 0; at < list.length; at += 20) await send(site, visitor, list.slice(at, at + 20));
				}
			};
			const forms = new Map(visitors.map(({ visitor }) => [visitor, subscribed(`${visitor}@example.com`)]));
			// A clock that moves would make of one event two instants.
			vi.useFakeTimers({ toFake: ["Date"], now: base });
			for (const site of [grown, whole])
				for (const { visitor, isContact } of visitors)
					await send(site, visitor, isContact ? [forms.get(visitor) ?? view("/")] : []);
			await bring(whole, (n) => [0, n]);
			await bring(grown, (n, split) => [0, Math.floor(n * split)]);
			await publish(grown, 2, published(conditions));
			// What comes while it is filled is counted once.
			await bring(grown, (n, split) => [Math.floor(n * split), n]);
			vi.useRealTimers();
			await settled(grown);
			expect(await sums(grown)).toEqual(await sums(whole));
		},
		60_000,
	);
});

/** Those that enter a segment do so silently where a publication does it, so that what watches that differs by design. */
function isOfEvents(one: Leaf): boolean {
	if (/Segment (Entered|Exited)/.test(JSON.stringify(one))) return false;
	return ["events", "sum", "moment", "sequence"].includes(one.field);
}
