// Tags for what people are interested in: a rule names the interest, and its tags are there for as long as that is so.
// Once a rule made a tag for a person, it takes it off when the interest has faded, whoever added to it meanwhile.

import { type Dimension, type Interests, judgeInterest, valuesIn } from "./affinity.ts";
import type { InterestTag } from "./definition.ts";
import { derived } from "./effect.ts";
import { type Event, eventNames } from "./event.ts";
import { type Part, type Person, read } from "./person.ts";
import type { Verdict } from "./predicate.ts";
import { placeholderOf, tagLimits, tagNameOf } from "./tag.ts";

/** What the rules add and take off as of `now`, because of `cause`. None of it is recorded yet. */
export function interestEffects(
	rules: readonly InterestTag[],
	person: Person,
	part: Part,
	cause: { readonly event: string; readonly at: number },
	now: number,
): readonly Event[] {
	if (rules.length === 0) return [];
	const { interests, tags } = read(person);
	let room = tagLimits.ofPart - Object.keys(part.facts.tags).length;
	return rules.flatMap((rule) => {
		const property = dimensionOf(rule);
		const wanted = new Set<string>();
		for (const [name, { is }] of judged(rule, interests, now)) if (is) wanted.add(name);
		const held = Object.entries(tags).filter(([, { count, by }]) => count > 0 && by?.includes(rule.id));
		const told = (name: string, tag: string, props: Event["props"]): Event => {
			const event = derived(name, { tag, ...props }, rule.id, cause);
			// One rule makes several for one event.
			return { ...event, id: `${event.id}/${tag}` };
		};
		const gone = held.filter(([tag]) => !wanted.has(tag));
		for (const [tag] of held) wanted.delete(tag);
		const added = [...wanted].filter((tag) => Object.hasOwn(part.facts.tags, tag) || room-- > 0);
		return [
			...gone.map(([tag, { count }]) => told(eventNames.tagRemoved, tag, { count, expired: true })),
			...added.map((tag) => told(eventNames.tagAdded, tag, { property })),
		];
	});
}

/** When time alone may change that next. */
export function interestsUntil(rules: readonly InterestTag[], person: Person, now: number): number {
	let next = Number.POSITIVE_INFINITY;
	if (rules.length === 0) return next;
	const { interests } = read(person);
	for (const rule of rules)
		for (const [, { until }] of judged(rule, interests, now)) next = Math.min(until, next);
	return next;
}

/** Each value that the person was ever drawn to, as the name of a tag, and whether the rule means it. */
function* judged(
	rule: InterestTag,
	interests: Interests | undefined,
	now: number,
): Generator<readonly [tag: string, Verdict]> {
	const { tag, of, test } = rule;
	const dimension = dimensionOf(rule);
	for (const value of valuesIn(interests, dimension)) {
		const name = tagNameOf(tag, { [dimension]: value });
		if (name === undefined) continue;
		yield [name, judgeInterest(interests, { field: "interest", in: dimension, value, of, test }, now)];
	}
}

/** What the placeholder in the tag's name stands for. */
function dimensionOf({ tag }: InterestTag): Dimension {
	return placeholderOf(tag) === "brand" ? "brand" : "category";
}
