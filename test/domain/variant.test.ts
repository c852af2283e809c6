// Who gets which variant: by the person and the experience, and by nothing else.

import fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../worker/domain/decision.ts";
import type { Experience } from "../../worker/domain/definition.ts";
import { heldOut, isHeldOut, treated, type Variant, variantOf } from "../../worker/domain/variant.ts";
import { calm } from "../support/question.ts";

const people = Array.from(
	{ length: 20_000 },
	(_, n) => `01938f2e-7b1a-7000-8000-${String(n).padStart(12, "0")}`,
);
const share = (experiment: Parameters<typeof variantOf>[1]) => {
	const counts: Record<string, number> = {};
	for (const person of people) {
		const variant = variantOf(person, experiment);
		counts[variant] = (counts[variant] ?? 0) + 1 / people.length;
	}
	return counts;
};
const variants: readonly Variant[] = [
	{ id: "a", weight: 1 },
	{ id: "b", weight: 3 },
];

test("each gets as many people as it weighs, of those who are not held out", () => {
	const counted = share({ id: "spring", heldOut: 20, variants });
	for (const [variant, expected] of [
		[heldOut, 0.2],
		["a", 0.2],
		["b", 0.6],
	] as const)
		expect(counted[variant]).toBeCloseTo(expected, 1.7);
	expect(share({ id: "spring" })).toEqual({ "": expect.closeTo(1) });
	expect(Object.keys(share({ id: "spring", heldOut: 50 })).sort()).toEqual([heldOut, treated]);
});

test("one experience's groups tell nothing of another's", () => {
	const [one, other] = ["spring", "autumn"].map((id) => ({ id, heldOut: 50 }));
	if (!one || !other) throw new Error("two are needed");
	const both = people.filter((person) => isHeldOut(person, one) && isHeldOut(person, other)).length;
	expect(both / people.length).toBeCloseTo(0.25, 1.7);
});

test("more held out, another variant or another weight moves nobody but those who come or go", () => {
	const experiment = fc.record({
		id: fc.constantFrom("spring", "x"),
		heldOut: fc.integer({ min: 1, max: 90 }),
		variants: fc.uniqueArray(
			fc.record({ id: fc.constantFrom("a", "b", "c", "d"), weight: fc.integer({ min: 1, max: 9 }) }),
			{ selector: ({ id }) => id, minLength: 2 },
		),
	});
	fc.assert(
		fc.property(experiment, fc.uuid(), fc.integer({ min: 1, max: 9 }), (known, person, weight) => {
			const before = variantOf(person, known);
			expect(variantOf(person, { ...known, variants: known.variants.toReversed() })).toBe(before);
			const after = variantOf(person, { ...known, variants: [...known.variants, { id: "new", weight }] });
			expect([before, "new"]).toContain(after);
			const more = variantOf(person, { ...known, heldOut: known.heldOut + 5 });
			expect([before, heldOut]).toContain(more);
		}),
	);
});

test("whoever is held out is shown none of it, and what comes after it is shown to them", () => {
	const experience = (id: string, priority: number): Experience => ({
		id,
		revision: 1,
		name: id,
		priority,
		pages: { only: [], except: [] },
		schedule: {},
		attention: { afterCloseMs: 0, afterSubmitMs: 0 },
	});
	const page = { url: "https://shop.example/", path: "/", params: {}, zones: { site: "Europe/Warsaw" } };
	const question = {
		...calm,
		now: 1,
		page,
		isIn: () => true,
		isHeldOut: ({ id }: { id: string }) => id === "a",
	};
	const { candidates, shown } = decide([experience("a", 1), experience("b", 0)], question);
	expect(candidates.map(({ reason }) => reason)).toEqual([{ is: "held-out" }, { is: "shown" }]);
	expect(shown.map(({ id }) => id)).toEqual(["b"]);
});
