// Definitions made ready to run: one program over all conditions, rules by the event they wait for, and what the
// cell must remember of events for their sake.

import { type Accounts, accountsOf } from "./account.ts";
import { type Condition, type EventMatch, type Leaf, leavesOf } from "./condition.ts";
import type {
	Definitions,
	Experience,
	InterestTag,
	Programme,
	ScoreRule,
	TagRule,
	When,
} from "./definition.ts";
import { type Holder, isNumberField, isTextField, numberFields, textFields } from "./fields.ts";
import type { Expiry, Lapsing } from "./lapse.ts";
import { type Matching, matchingOf } from "./matching.ts";
import { compile, type Program } from "./predicate.ts";
import { inlined } from "./segment.ts";
import { signalsOf, type Waiting, waitingOf } from "./so-far.ts";
import { placeholderOf } from "./tag.ts";
import { type Watch, type Watching, watchFor } from "./watch.ts";

/** A programme that is not everyone's is joined by a rule with its own id. */
export type Rule =
	| ({ readonly kind: "tag" } & TagRule)
	| ({ readonly kind: "score" } & ScoreRule)
	| { readonly kind: "join"; readonly id: string; readonly when: When; readonly programme: Programme };

/** `at` is the place of the rule's condition in the program; none where the rule has no condition. */
export interface PlacedRule {
	readonly rule: Rule;
	readonly at: number | undefined;
}

export interface Rules<E extends Experience = Experience> {
	readonly program: Program;
	readonly watch: Watch;
	/** Whether some condition asks when a person was seen, which every event changes. */
	readonly asksWhenSeen: boolean;
	/** Whether some condition or tag asks what a person is drawn to, which every product changes. */
	readonly asksInterests: boolean;
	readonly interestTags: readonly InterestTag[];
	/** Static lists that there are. */
	readonly lists: ReadonlySet<string>;
	/** Place of each segment's condition in the program, from the first on. */
	readonly segments: ReadonlyMap<string, number>;
	readonly segmentAt: readonly string[];
	/** How many conditions, from the first on, are those of segments and traits: what time alone may change. */
	readonly timed: number;
	readonly traits: readonly (PlacedRule & { readonly at: number })[];
	/** Rules that an event sets off. */
	readonly onEvent: Matching<PlacedRule>;
	readonly programmes: ReadonlyMap<string, Programme>;
	/** What time takes away. */
	readonly lapsing: Lapsing;
	/** In the order in which they compete. */
	readonly experiences: readonly E[];
	/** What their showing counts against beside themselves. */
	readonly accounts: Accounts;
	readonly waiting: readonly Waiting[];
	/** Segments that ask nothing of a person's past: what a decision may use before consent. */
	readonly contextual: ReadonlySet<string>;
}

/**
 * `more` is what else is to be remembered of events.
 * @throws where a segment asks for one that does not exist, or that asks back: references.ts lets neither be saved.
 */
export function prepare<E extends Experience>(
	written: Definitions<E>,
	more: readonly Watching[] = [],
): Rules<E> {
	const whole = inlined(written);
	if (whole.is === "refused") throw new Error(`definitions: ${JSON.stringify(whole.refusals)}`);
	const { definitions } = whole;
	const { interestTags = [] } = definitions;
	const conditions: Condition[] = [];
	const place = (condition: Condition): number => conditions.push(condition) - 1;
	const segments = new Map(definitions.segments.map(({ id, condition }) => [id, place(condition)]));
	const rules = [...rulesOf(definitions)];
	const traits = rules.flatMap((rule) =>
		"trait" in rule.when ? [{ rule, at: place(rule.when.trait) }] : [],
	);
	const timed = conditions.length;
	const onEvent = rules.flatMap((rule): readonly (readonly [EventMatch, PlacedRule])[] =>
		"trait" in rule.when ? [] : [[rule.when.event, { rule, at: rule.when.who && place(rule.when.who) }]],
	);
	const signals = signalsOf(definitions.experiences);
	return {
		program: compile(conditions),
		watch: { ...watchFor(conditions, more), daily: limitedByDay(definitions), ...(signals && { signals }) },
		asksWhenSeen: conditions.some((one) => asksFor(one, ["seen.first", "seen.last"])),
		asksInterests: interestTags.length > 0 || conditions.some((one) => asksFor(one, ["interest"])),
		interestTags,
		lists: new Set((definitions.lists ?? []).map(({ id }) => id)),
		segments,
		segmentAt: definitions.segments.map(({ id }) => id),
		timed,
		traits,
		onEvent: matchingOf(onEvent),
		programmes: new Map((definitions.programmes ?? []).map((one) => [one.id, one])),
		lapsing: lapsingOf(definitions),
		experiences: inOrder(definitions.experiences),
		accounts: accountsOf(definitions),
		waiting: waitingOf(definitions.experiences),
		contextual: new Set(
			definitions.segments.filter(({ condition }) => isContextual(condition)).map(({ id }) => id),
		),
	};
}

/** Higher priority first; among equals the smaller id. */
function inOrder<E extends Experience>(experiences: readonly E[]): readonly E[] {
	return experiences.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

/** Who joins a programme by an event earns by it too: joining comes first. */
function* rulesOf({ tagRules, scoreRules, programmes = [] }: Definitions): Generator<Rule> {
	for (const programme of programmes) {
		const { id, joins } = programme;
		if (joins !== "everyone") yield { kind: "join", id, when: joins.by, programme };
	}
	for (const rule of tagRules) yield { kind: "tag", ...rule };
	for (const rule of scoreRules) yield { kind: "score", ...rule };
}

function limitedByDay({ scoreRules }: Definitions): ReadonlySet<string> {
	return new Set(scoreRules.filter(({ limit }) => typeof limit === "object").map(({ id }) => id));
}

export function lapsingOf({
	tagRules,
	programmes = [],
}: Pick<Definitions, "tagRules" | "programmes">): Lapsing {
	const tags = new Map<string, Expiry>();
	const byRule = new Map<string, number>();
	for (const { id, tag, removes, expiresAfterMs } of tagRules) {
		if (expiresAfterMs === undefined || removes) continue;
		if (placeholderOf(tag) !== undefined) byRule.set(id, expiresAfterMs);
		else if (expiresAfterMs < (tags.get(tag)?.afterMs ?? Infinity))
			tags.set(tag, { afterMs: expiresAfterMs, rule: id });
	}
	return { tags, byRule, fading: programmes.filter(({ fades }) => fades) };
}

function asksFor(condition: Condition, fields: readonly Leaf["field"][]): boolean {
	for (const { field } of leavesOf(condition)) if (fields.includes(field)) return true;
	return false;
}

/** What the page view itself tells: with what, from where and where. */
const tellingNow: ReadonlySet<Holder> = new Set(["environment", "firstTouch", "lastTouch", "whereabouts"]);

function isContextual(condition: Condition): boolean {
	for (const { field } of leavesOf(condition)) {
		const from = isTextField(field)
			? textFields[field].from
			: isNumberField(field)
				? numberFields[field].from
				: undefined;
		if (field !== "near" && (from === undefined || !tellingNow.has(from))) return false;
	}
	return true;
}
