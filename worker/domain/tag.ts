// Tags: counted marks, added and removed by events, so that what a part knows of them is a sum. A tag whose additions
// were all removed is not there. And the names that rules make out of what an event says.

import { type Event, eventNames, type Properties } from "./event.ts";
import { type Facts, neverFirst, neverLast, type TagMark } from "./facts.ts";
import { own } from "./keyed.ts";
import type { Person } from "./person.ts";
import { fold } from "./text.ts";

export const tagLimits = {
	/** Of what fills a placeholder, in characters. */
	filled: 60,
	/** Pages say what fills placeholders: a part that knows so many tags gets no new one of that kind. */
	ofPart: 200,
} as const;

/** The property for which a tag's name has a placeholder, if it has one. */
export function placeholderOf(tag: string): string | undefined {
	const opens = tag.indexOf("{");
	return opens < 0 ? undefined : tag.slice(opens + 1, tag.indexOf("}", opens));
}

/**
 * The name of a tag with its placeholder filled: `{category}` of "Kosiarka akumulatorowa" is KOSIARKA_AKUMULATOROWA.
 * None where the event says nothing there, or nothing with a letter or a digit in it.
 */
export function tagNameOf(tag: string, props: Properties): string | undefined {
	const property = placeholderOf(tag);
	if (property === undefined) return tag;
	const value = own(props, property);
	const word = value === undefined ? undefined : wordOf(String(value));
	return word && tag.split(`{${property}}`).join(word);
}

/**
 * What a property would have to say for the placeholder of `template` to make this tag; nothing where it has none, or
 * makes none such.
 */
export function fillingOf(template: string, tag: string): Properties | undefined {
	const property = placeholderOf(template);
	if (property === undefined) return undefined;
	const [start = "", end = ""] = template.split(`{${property}}`);
	const props = { [property]: tag.slice(start.length, tag.length - end.length) };
	return tagNameOf(template, props) === tag ? props : undefined;
}

/** Folded, in capitals, every run of other characters than letters and digits between them one underscore. */
function wordOf(value: string): string | undefined {
	// Long before this many letters the limit is reached; what a page sends may be longer.
	const folded = fold(value.slice(0, 4 * tagLimits.filled)).toUpperCase();
	const letters = [...folded.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_/, "")];
	return letters.slice(0, tagLimits.filled).join("").replace(/_$/, "") || undefined;
}

/** Whether time took away what a rule had made: the rule did not fire. */
export function isExpiry({ name, props }: Event): boolean {
	return name === eventNames.pointsExpired || (name === eventNames.tagRemoved && props.expired === true);
}

/** Folds "Tag Added" and "Tag Removed" in, in place. A mark changes in place; a new one makes another record (see Facts). */
export function recordTag(facts: Facts, { name, at, props, cause }: Event): void {
	const tag = String(props.tag);
	const known = own(facts.tags, tag);
	const mark: TagMark = known ?? { count: 0, firstAt: neverFirst, lastAt: neverLast };
	if (name === eventNames.tagRemoved) mark.count -= timesOf(props);
	else {
		mark.count++;
		mark.firstAt = Math.min(mark.firstAt, at);
		mark.lastAt = Math.max(mark.lastAt, at);
		if (cause && props.property !== undefined && !mark.by?.includes(cause.rule))
			mark.by = [...(mark.by ?? []), cause.rule].sort();
	}
	if (!known) facts.tags = { ...facts.tags, [tag]: mark };
}

/** What a removal says that it takes away: nothing where that is no count. */
export function timesOf({ count }: Properties): number {
	return typeof count === "number" && Number.isFinite(count) && count > 0 ? Math.floor(count) : 0;
}

/** The mark of a tag that is there. */
export function markOf({ tags }: Facts, tag: string): TagMark | undefined {
	const mark = own(tags, tag);
	return mark && mark.count > 0 ? mark : undefined;
}

/** The tags that are there. */
export function tagsOf({ tags }: Facts): Readonly<Record<string, TagMark>> {
	return Object.fromEntries(Object.entries(tags).filter(([, { count }]) => count > 0));
}

/** How many times a person has a tag, over all parts: what "Tag Removed" must say in order to take it off. */
export function timesTagged({ parts }: Person, tag: string): number {
	let count = 0;
	for (const { facts } of Object.values(parts)) count += own(facts.tags, tag)?.count ?? 0;
	return Math.max(count, 0);
}
