// What a definition may cost, checked when it is saved. The shape is the protocol's business; this is total over
// conditions of the right shape, however large, and gives up at the first breach.

import { type Condition, type CountLeaf, type Leaf, limits, type ScalarTest } from "./condition.ts";
import { canSpell } from "./keyed.ts";

export type Reason =
	| "too-deep"
	| "too-many-nodes"
	| "list-too-long"
	| "text-too-long"
	| "text-empty"
	| "text-malformed"
	| "count-out-of-range"
	| "window-out-of-range"
	| "number-out-of-range";

/** `at` leads to the breach: the place of each member on the way down. */
export interface Refusal {
	readonly reason: Reason;
	readonly at: readonly number[];
}

/**
 * Why a condition is too much, or nothing where it is not. Each member of a tree, each property test and each path test
 * counts as a node, so that the SQL made of a condition is as bounded as its predicate.
 */
export function refuse(condition: Condition): Refusal | undefined {
	let nodes = 0;
	const at: number[] = [];

	function walk(node: Condition): Reason | undefined {
		// Before looking inside: a hostile tree may be deeper than the stack.
		if (at.length >= limits.depth) return "too-deep";
		if (++nodes > limits.nodes) return "too-many-nodes";
		if ("all" in node) return walkEach(node.all);
		if ("any" in node) return walkEach(node.any);
		if ("not" in node) return walkEach([node.not]);
		if (node.field === "events") nodes += (node.match.where?.length ?? 0) + (node.match.path ? 1 : 0);
		return nodes > limits.nodes ? "too-many-nodes" : refuseLeaf(node);
	}
	function walkEach(members: readonly Condition[]): Reason | undefined {
		if (members.length > limits.list) return "list-too-long";
		for (const [place, member] of members.entries()) {
			at.push(place);
			const reason = walk(member);
			if (reason) return reason;
			at.pop();
		}
		return undefined;
	}

	const reason = walk(condition);
	return reason && { reason, at };
}

function refuseLeaf(leaf: Leaf): Reason | undefined {
	switch (leaf.field) {
		case "events":
			return refuseCount(leaf);
		case "tag":
			return refuseName(leaf.tag, limits.text) ?? refuseThreshold(leaf.count.n);
		case "attribute":
			return refuseKey(leaf.name) ?? refuseTest(leaf.test, Number.isFinite);
		case "score":
		case "visits":
			return refuseTest(leaf.test, Number.isSafeInteger);
		default:
			return refuseTest(leaf.test, Number.isFinite);
	}
}

function refuseCount({ match: { name, path, where = [] }, count, withinMs }: CountLeaf): Reason | undefined {
	if (where.length > limits.where) return "list-too-long";
	for (const { property, test } of where) {
		const reason = refuseKey(property) ?? refuseTest(test, Number.isFinite);
		if (reason) return reason;
	}
	if (withinMs !== undefined && !isWithin(withinMs, 1, limits.windowMs)) return "window-out-of-range";
	return refuseName(name, limits.text) ?? (path && refuseText(path.value)) ?? refuseThreshold(count.n);
}

function refuseTest(test: ScalarTest, isNumber: (n: number) => boolean): Reason | undefined {
	switch (test.op) {
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
			return refuseText(test.value);
		case "any-of":
			if (test.values.length > limits.list) return "list-too-long";
			return test.values.map(refuseText).find((reason) => reason);
		case ">=":
		case "<=":
		case "=":
			return isNumber(test.n) ? undefined : "number-out-of-range";
		case "between":
			return isNumber(test.from) && isNumber(test.to) ? undefined : "number-out-of-range";
		case "exists":
		case "is-true":
		case "is-false":
			return undefined;
	}
}

function refuseText(text: string): Reason | undefined {
	return text.length > limits.text ? "text-too-long" : undefined;
}

/** Names are compared as they are, not folded, and what SQLite cannot store alike must not be one. */
function refuseName(name: string, limit: number): Reason | undefined {
	if (name === "") return "text-empty";
	if (name.length > limit) return "text-too-long";
	return name.isWellFormed() && !name.includes("\0") ? undefined : "text-malformed";
}

/** Names of properties and attributes: none is accepted from a page that a JSON path could not spell. */
function refuseKey(name: string): Reason | undefined {
	return refuseName(name, limits.property) ?? (canSpell(name) ? undefined : "text-malformed");
}

function refuseThreshold(n: number): Reason | undefined {
	return isWithin(n, 0, limits.count) ? undefined : "count-out-of-range";
}

function isWithin(n: number, from: number, to: number): boolean {
	return Number.isSafeInteger(n) && n >= from && n <= to;
}
