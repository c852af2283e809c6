// The smallest change that would flip an answer, as data: which leaves, and what would have to become so of each. Every
// leaf is looked at by itself, as if the others stayed as they are; that two leaves may ask for one thing, or for
// opposite ones, nobody reckons here.

import type { Because, LeafBecause } from "./because.ts";
import { type Need, needOf } from "./need.ts";
import type { Verdict } from "./predicate.ts";

export type ExplainedLeaf = Verdict & LeafBecause;

/** `at` leads to the leaf: the place of each member on the way down, 0 into a `not` or a segment. */
export interface Flip {
	readonly at: readonly number[];
	readonly leaf: ExplainedLeaf;
	/** What its answer becomes. */
	readonly to: boolean;
	readonly need: Need;
}

/** `to` is what the answer would become. What is impossible is so because of `fixed`: leaves that nothing can flip. */
export type Change =
	| {
			readonly kind: "possible";
			readonly to: boolean;
			readonly cost: number;
			readonly flips: readonly Flip[];
	  }
	| { readonly kind: "impossible"; readonly to: boolean; readonly fixed: readonly ExplainedLeaf[] };

/**
 * The change of the least cost, of equal ones the first. Time alone costs nothing, each thing that has to happen one, and
 * so does a value that has to become another, or an amount that has to grow or shrink by whatever it is.
 */
export function smallestChange(because: Because, now: number): Change {
	const { cost, flips, fixed } = planFor(because, !because.is, [], now);
	const to = !because.is;
	return cost < Infinity ? { kind: "possible", to, cost, flips } : { kind: "impossible", to, fixed };
}

interface Plan {
	readonly cost: number;
	readonly flips: readonly Flip[];
	readonly fixed: readonly ExplainedLeaf[];
}

const nothingToDo: Plan = { cost: 0, flips: [], fixed: [] };

function planFor(node: Because, to: boolean, at: readonly number[], now: number): Plan {
	if (node.is === to) return nothingToDo;
	switch (node.kind) {
		case "not":
			return planFor(node.member, !to, [...at, 0], now);
		case "segment":
			return planFor(node.of, to, [...at, 0], now);
		case "all":
		case "any": {
			const plans = node.members.map((member, place) => planFor(member, to, [...at, place], now));
			return (node.kind === "all") === to ? together(plans) : cheapest(plans);
		}
		default: {
			const known = needOf(node, to, now);
			if (!known) return { cost: Infinity, flips: [], fixed: [node] };
			return { cost: known.cost, flips: [{ at, leaf: node, to, need: known.need }], fixed: [] };
		}
	}
}

function together(plans: readonly Plan[]): Plan {
	return {
		cost: plans.reduce((sum, { cost }) => sum + cost, 0),
		flips: plans.flatMap(({ flips }) => flips),
		fixed: plans.flatMap(({ fixed }) => fixed),
	};
}

function cheapest(plans: readonly Plan[]): Plan {
	const impossible = { cost: Infinity, flips: [], fixed: plans.flatMap(({ fixed }) => fixed) };
	return plans.reduce<Plan>((best, plan) => (plan.cost < best.cost ? plan : best), impossible);
}
