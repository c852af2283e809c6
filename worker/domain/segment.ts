// Conditions that ask for segments, and for tiers and members of programmes: what definitions say these are is put in place
// before anything is compiled.

import type { Condition, MemberLeaf, TierLeaf } from "./condition.ts";
import type { Definitions, Experience, Programme, Segment, When } from "./definition.ts";
import { meantBy } from "./tier.ts";

/** `in` is the id of the segment or rule whose condition asks for it. */
export type InliningRefusal =
	| {
			readonly reason: "segment-unknown" | "segment-cycle";
			readonly segment: string;
			readonly in: string;
	  }
	| { readonly reason: "tier-unknown"; readonly programme: string; readonly in: string };

export type Inlined<E extends Experience = Experience> =
	| { readonly is: "inlined"; readonly definitions: Definitions<E> }
	| { readonly is: "refused"; readonly refusals: readonly InliningRefusal[] };

/**
 * The definitions with the condition of each segment in the place of the leaves that ask for it, and what a programme means
 * in that of its tiers and members (tier.ts); or why that cannot be: each leaf that asks for something that does not exist,
 * or for a segment that asks back. Conditions are shared and not
 * copied, so what comes out takes no more memory; walking through it may take longer, which references.ts bounds.
 */
export function inlined<E extends Experience>(definitions: Definitions<E>): Inlined<E> {
	const { segments, tagRules, scoreRules, programmes } = definitions;
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	const done = new Map<string, Condition>();
	const open = new Set<string>();
	const refusals: InliningRefusal[] = [];

	function ofSegment({ id, condition }: Segment): Condition {
		const known = done.get(id);
		if (known) return known;
		open.add(id);
		const whole = inPlace(condition, id);
		open.delete(id);
		done.set(id, whole);
		return whole;
	}
	function inPlace(condition: Condition, within: string): Condition {
		if ("all" in condition) return { all: condition.all.map((member) => inPlace(member, within)) };
		if ("any" in condition) return { any: condition.any.map((member) => inPlace(member, within)) };
		if ("not" in condition) return { not: inPlace(condition.not, within) };
		if (condition.field === "member" || condition.field === "tier") return ofProgrammes(condition, within);
		if (condition.field !== "segment") return condition;
		const asked = byId.get(condition.segment);
		if (asked && !open.has(asked.id)) return ofSegment(asked);
		const reason = asked ? "segment-cycle" : "segment-unknown";
		refusals.push({ reason, segment: condition.segment, in: within });
		return condition;
	}
	function ofProgrammes(leaf: MemberLeaf | TierLeaf, within: string): Condition {
		const programme = programmes?.find(({ id }) => id === leaf.programme);
		const meant = programme && meantBy(leaf, programme);
		if (!meant) refusals.push({ reason: "tier-unknown", programme: leaf.programme, in: within });
		return meant ?? leaf;
	}
	function ofWhen(when: When, id: string): When {
		if ("trait" in when) return { trait: inPlace(when.trait, id) };
		return when.who ? { ...when, who: inPlace(when.who, id) } : when;
	}
	function ofRule<Rule extends { readonly id: string; readonly when: When }>(rule: Rule): Rule {
		return { ...rule, when: ofWhen(rule.when, rule.id) };
	}
	function ofProgramme(programme: Programme): Programme {
		const { id, joins } = programme;
		return joins === "everyone" ? programme : { ...programme, joins: { by: ofWhen(joins.by, id) } };
	}

	const whole = {
		...definitions,
		segments: segments.map((segment) => ({ ...segment, condition: ofSegment(segment) })),
		tagRules: tagRules.map(ofRule),
		scoreRules: scoreRules.map(ofRule),
		...(programmes ? { programmes: programmes.map(ofProgramme) } : {}),
	};
	return refusals.length > 0 ? { is: "refused", refusals } : { is: "inlined", definitions: whole };
}
