// Why a person has a tag, or has not: what added it and took it off, when it goes, and what the rules would need. Worked
// out when somebody asks, as data from which any language can make its sentences.

import { type Because, type ConditionOf, type CountBecause, explain } from "./because.ts";
import { completedBy } from "./bought.ts";
import { type Change, type Flip, smallestChange } from "./change.ts";
import type { EventMatch } from "./condition.ts";
import type { Definitions, TagRule } from "./definition.ts";
import { clock, type Event, eventNames, type Properties } from "./event.ts";
import { own } from "./keyed.ts";
import { lapsesOf } from "./lapse.ts";
import { needOf } from "./need.ts";
import { read } from "./person.ts";
import type { Verdict } from "./predicate.ts";
import { lapsingOf } from "./rules.ts";
import type { Standing } from "./standing.ts";
import { fillingOf, isExpiry, markOf, timesOf } from "./tag.ts";
import { withProgrammes } from "./tier.ts";

/**
 * What made an entry of history: a rule, on an event (with its name and page, where they are at hand) or by time alone;
 * time, as a rule says; or nobody's rule, as by hand, form or API.
 */
export type Origin =
	| {
			readonly is: "rule";
			readonly rule: string;
			readonly event?: { readonly name: string; readonly path?: string };
	  }
	| { readonly is: "expiry"; readonly rule: string }
	| { readonly is: "hand" };

/** Instants are epoch ms. */
export interface TagEntry {
	readonly at: number;
	/** 1 where it was added; less than 0 where it was taken off, by so many. */
	readonly times: number;
	readonly origin: Origin;
}

export interface TagRuleBecause {
	readonly rule: TagRule;
	/** What the rule asks of the person, explained; nothing where it asks nothing. */
	readonly of?: Because;
	/** Of a trait, which it does once: when it did. */
	readonly firedAt?: number;
	/** What would set it off: of an event rule the event, as a leaf that is not so. */
	readonly event?: Verdict & CountBecause;
}

export interface TagBecause {
	readonly tag: string;
	/** 0 where the person has not got it. */
	readonly count: number;
	/** Latest first. With `untold`, what history at hand does not tell, their times sum to `count`. */
	readonly entries: readonly TagEntry[];
	readonly untold: number;
	/** Those that could add it or take it off. */
	readonly rules: readonly TagRuleBecause[];
	/** When it goes unless it is added again. */
	readonly expiresAt?: number;
}

/** `history` is of all parts, in any order, each event with what rules made of it beside it. */
export function explainTag(
	tag: string,
	{ person, identity }: Pick<Standing, "person" | "identity">,
	definitions: Definitions,
	history: readonly Event[],
	now: number,
	conditionOf: ConditionOf,
): TagBecause {
	const facts = read(person);
	const mark = markOf(facts, tag);
	const count = mark?.count ?? 0;
	const entries = entriesOf(tag, history);
	const rules = rulesFor(tag, entries, definitions.tagRules).map((rule): TagRuleBecause => {
		const filling = fillingOf(rule.tag, tag);
		const condition = "trait" in rule.when ? rule.when.trait : rule.when.who;
		const of =
			condition &&
			explain(withProgrammes(condition, definitions.programmes), { facts, identity }, now, conditionOf);
		const firedAt = "trait" in rule.when ? own(facts.fired, rule.id) : undefined;
		const event = "event" in rule.when ? leafOf(filled(rule.when.event, filling)) : undefined;
		return {
			rule,
			...(of && { of }),
			...(firedAt === undefined ? {} : { firedAt }),
			...(event && { event }),
		};
	});
	const ofTag = mark && { ...facts, tags: { [tag]: mark }, expiring: {}, points: {} };
	const expiresAt = ofTag && lapsesOf(ofTag, lapsingOf(definitions)).next().value?.at;
	return {
		tag,
		count,
		entries,
		untold: count - entries.reduce((sum, { times }) => sum + times, 0),
		rules,
		...(expiresAt === undefined ? {} : { expiresAt }),
	};
}

/**
 * The least that would bring the tag to whoever has not got it, or take it off: of one rule what its condition lacks, and
 * its event; or time. That somebody does it by hand is not reckoned. Each leaf is looked at as in `smallestChange`.
 */
export function tagChange({ count, rules, expiresAt, tag }: TagBecause, now: number): Change {
	const to = count === 0;
	if (!to && expiresAt !== undefined) {
		const needed = { op: ">=", n: 1 } as const;
		const leaf = { kind: "tag", tag, needed, actual: count, is: true, until: expiresAt } as const;
		return {
			kind: "possible",
			to,
			cost: 0,
			flips: [{ at: [], leaf, to, need: { kind: "time", at: expiresAt } }],
		};
	}
	const changes = rules
		.filter(({ rule }) => (rule.removes !== true) === to)
		.map((rule) => ruleChange(rule, to, now));
	const fixed = changes.flatMap((change) => (change.kind === "impossible" ? change.fixed : []));
	return changes.reduce<Change>(cheaper, { kind: "impossible", to, fixed });
}

function cheaper(best: Change, one: Change): Change {
	if (one.kind === "impossible") return best;
	return best.kind === "impossible" || one.cost < best.cost ? one : best;
}

function ruleChange({ of, firedAt, event }: TagRuleBecause, to: boolean, now: number): Change {
	const impossible = { kind: "impossible", to, fixed: [] } as const;
	if (firedAt !== undefined) return impossible;
	const such = of && !of.is ? smallestChange(of, now) : undefined;
	if (such?.kind === "impossible") return { ...such, to };
	const flips: Flip[] = [...(such?.flips ?? [])];
	// A trait that is so already waits for anything to happen.
	const occasion = event ?? (such ? undefined : anythingAfter(now));
	if (occasion) {
		const known = needOf(occasion, true, now);
		if (!known) return { ...impossible, fixed: [occasion] };
		flips.push({ at: [], leaf: occasion, to: true, need: known.need });
	}
	return { kind: "possible", to, cost: (such?.cost ?? 0) + (occasion ? 1 : 0), flips };
}

/**
 * A rule with a placeholder can make nearly any tag: it counts where it did make this one, or where no rule has it by
 * name.
 */
function rulesFor(tag: string, entries: readonly TagEntry[], rules: readonly TagRule[]): readonly TagRule[] {
	const makers = new Set(entries.flatMap(({ origin }) => ("rule" in origin ? [origin.rule] : [])));
	const isNamed = rules.some((rule) => rule.tag === tag);
	return rules.filter(
		(rule) => rule.tag === tag || (fillingOf(rule.tag, tag) && (!isNamed || makers.has(rule.id))),
	);
}

/** An event that did not happen yet. */
function leafOf(match: EventMatch): Verdict & CountBecause {
	const needed = { op: ">=", n: 1 } as const;
	return { kind: "events", match, needed, actual: 0, isAtLeast: false, is: false, until: Infinity };
}

function anythingAfter(at: number) {
	const needed = { op: "after", at } as const;
	return { kind: "date", field: "seen.last", needed, is: false, until: Infinity } as const;
}

/** The match with what an event must say for the tag to be made out of it. */
function filled(match: EventMatch, filling: Properties = {}): EventMatch {
	const asked = Object.entries(filling).map(([property, value]) => {
		return { property, test: { op: "is", value: String(value) } } as const;
	});
	return asked.length === 0 ? match : { ...match, where: [...(match.where ?? []), ...asked] };
}

function entriesOf(tag: string, history: readonly Event[]): readonly TagEntry[] {
	const byId = new Map(history.map((event) => [event.id, event]));
	const entries = history.flatMap((event): TagEntry[] => {
		const { name, at, props } = event;
		const isRemoval = name === eventNames.tagRemoved;
		if (props.tag !== tag || !(isRemoval || name === eventNames.tagAdded)) return [];
		return [{ at, times: isRemoval ? -timesOf(props) : 1, origin: originOf(event, byId) }];
	});
	return entries.sort((a, b) => b.at - a.at);
}

function originOf(entry: Event, byId: ReadonlyMap<string, Event>): Origin {
	const { cause } = entry;
	if (!cause) return { is: "hand" };
	const { rule } = cause;
	if (isExpiry(entry)) return { is: "expiry", rule };
	const event =
		cause.event === clock ? undefined : (byId.get(cause.event) ?? byId.get(completedBy(cause.event)));
	if (!event) return { is: "rule", rule };
	const { path } = event.props;
	const page = typeof path === "string" ? { path } : {};
	return { is: "rule", rule, event: { name: event.name, ...page } };
}
