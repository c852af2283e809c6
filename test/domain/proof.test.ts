import fc from "fast-check";
import { expect, test } from "vitest";
import {
	mayHandOver,
	mayShowPersonal,
	maySpeak,
	mayTarget,
	type Proof,
	proofs,
	surer,
} from "../../worker/domain/proof.ts";

const proof: fc.Arbitrary<Proof | null> = fc.constantFrom(null, ...proofs);

test.each([
	["nobody is known", null, [false, false, false, false]],
	["it was typed", "typed", [false, false, false, false]],
	["a link was clicked", "linked", [true, true, false, false]],
	["the person confirmed it", "verified", [true, true, true, true]],
] as const)("where %s: targeting, handover, personal words, speaking for oneself", (_name, one, expected) => {
	expect([mayTarget(one), mayHandOver(one), mayShowPersonal(one), maySpeak(one)]).toEqual(expected);
});

test("surer proof lets through no less", () => {
	const questions = [mayTarget, mayHandOver, mayShowPersonal, maySpeak];
	fc.assert(
		fc.property(proof, proof, (a, b) => {
			for (const may of questions) if (may(a) || may(b)) expect(may(surer(a, b))).toBe(true);
		}),
	);
});

test("the surer of several proofs is the same in any order, and typing takes none away", () => {
	fc.assert(
		fc.property(proof, proof, proof, (a, b, c) => {
			expect(surer(a, b)).toBe(surer(b, a));
			expect(surer(surer(a, b), c)).toBe(surer(a, surer(b, c)));
			if (a !== null) expect(surer<Proof | null>(a, "typed")).toBe(a);
		}),
	);
});
