// Who nearly meets a condition: of all that it asks, one thing is missing, or there is less of it than it asks for.

import type { Condition, Leaf } from "./condition.ts";

/** Met by whoever does not meet the condition, and nearly does; none where it asks for nothing that can be had in part. */
export function nearTo(condition: Condition): Condition | undefined {
	const weaker = weakened(condition);
	const near = [...(weaker ? [weaker] : []), ...allButOne(condition)];
	return near.length > 0 ? { all: [{ not: condition }, { any: near }] } : undefined;
}

function allButOne(condition: Condition): readonly Condition[] {
	if (!("all" in condition) || condition.all.length < 2) return [];
	return condition.all.map((_, left) => ({ all: condition.all.filter((_, place) => place !== left) }));
}

/** With every count and amount that has to be reached at its least; none where there is none such. */
function weakened(condition: Condition): Condition | undefined {
	if ("all" in condition) {
		const members = condition.all.map(weakened);
		if (members.every((one) => one === undefined)) return undefined;
		return { all: condition.all.map((one, i) => members[i] ?? one) };
	}
	if ("any" in condition) {
		const members = condition.any.flatMap((one) => weakened(one) ?? []);
		return members.length > 0 ? { any: members } : undefined;
	}
	return "not" in condition ? undefined : weakenedLeaf(condition);
}

function weakenedLeaf(leaf: Leaf): Leaf | undefined {
	switch (leaf.field) {
		case "events":
		case "tag":
			return leaf.count.op === ">=" && leaf.count.n > 1 ? { ...leaf, count: { op: ">=", n: 1 } } : undefined;
		case "score":
		case "visits":
		case "visitPages":
		case "points":
		case "orders":
		case "sum":
		case "cartValue":
			return leaf.test.op === ">=" && leaf.test.n > 1
				? { ...leaf, test: { op: ">=", n: Math.ceil(leaf.test.n / 2) } }
				: undefined;
		default:
			return undefined;
	}
}
