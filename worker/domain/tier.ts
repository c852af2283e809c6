// Tiers and membership as what they come to: what a programme says of points and of joining. Put in place before anything
// is compiled.

import type { Condition, MemberLeaf, TierLeaf } from "./condition.ts";
import type { Programme } from "./definition.ts";

/** What the leaf means by its programme; nothing where the programme has no such tier. */
export function meantBy(leaf: MemberLeaf | TierLeaf, { id, joins, tiers }: Programme): Condition | undefined {
	const member: Condition = joins === "everyone" ? { all: [] } : { field: "member", programme: id };
	if (leaf.field === "member") return member;
	const place = tiers.findIndex((tier) => tier.id === leaf.tier);
	const [tier, next] = [tiers[place], tiers[place + 1]];
	if (!tier) return undefined;
	const earned = (n: number): Condition => ({
		field: "points",
		programme: id,
		of: "earned",
		test: { op: ">=", n },
	});
	const below = next && leaf.op === "is" ? [{ not: earned(next.from) }] : [];
	return { all: [member, earned(tier.from), ...below] };
}

/** The condition with what its programmes mean in place. What no programme knows stays as it is. */
export function withProgrammes(condition: Condition, programmes: readonly Programme[] = []): Condition {
	const inPlace = (one: Condition): Condition => {
		if ("all" in one) return { all: one.all.map(inPlace) };
		if ("any" in one) return { any: one.any.map(inPlace) };
		if ("not" in one) return { not: inPlace(one.not) };
		if (one.field !== "member" && one.field !== "tier") return one;
		const programme = programmes.find(({ id }) => id === one.programme);
		return (programme && meantBy(one, programme)) ?? one;
	};
	return inPlace(condition);
}
