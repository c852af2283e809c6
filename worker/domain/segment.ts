// Segments that ask for other segments: their conditions are put in place before anything is compiled.

import type { Condition } from "./condition.ts";
import type { Definitions, Experience, Programme, Segment, When } from "./definition.ts";

/** `in` is the id of the segment or rule whose condition asks for `segment`. */
export interface SegmentRefusal {
	readonly reason: "segment-unknown" | "segment-cycle";
	readonly segment: string;
	readonly in: string;
}

export type Inlined<E extends Experience = Experience> =
	| { readonly is: "inlined"; readonly definitions: Definitions<E> }
	| { readonly is: "refused"; readonly refusals: readonly SegmentRefusal[] };

/**
 * The definitions with the condition of each segment in the place of the leaves that ask for it, or why that cannot be:
 * each leaf that asks for a segment that does not exist, or for one that asks back. Conditions are shared and not
 * copied, so what comes out takes no more memory; walking through it may take longer, which references.ts bounds.
 */
export function inlined<E extends Experience>(definitions: Definitions<E>): Inlined<E> {
	const { segments, tagRules, scoreRules, programmes } = definitions;
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	const done = new Map<string, Condition>();
	const open = new Set<string>();
	const refusals: SegmentRefusal[] = [];

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
		if (condition.field !== "segment") return condition;
		const asked = byId.get(condition.segment);
		if (asked && !open.has(asked.id)) return ofSegment(asked);
		const reason = asked ? "segment-cycle" : "segment-unknown";
		refusals.push({ reason, segment: condition.segment, in: within });
		return condition;
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
