// Definitions made ready to run: one program over all conditions, rules by the event they wait for, and what the
// cell must remember of events for their sake.

import { type Condition, type EventMatch, leavesOf } from "./condition.ts";
import type { Definitions, Experience, ScoreRule, TagRule } from "./definition.ts";
import { type Matching, matchingOf } from "./matching.ts";
import { compile, type Program } from "./predicate.ts";
import { type Watch, watchFor } from "./watch.ts";

export type Rule = ({ readonly kind: "tag" } & TagRule) | ({ readonly kind: "score" } & ScoreRule);

/** `at` is the place of the rule's condition in the program; none where the rule has no condition. */
export interface PlacedRule {
	readonly rule: Rule;
	readonly at: number | undefined;
}

export interface Rules<E extends Experience = Experience> {
	readonly program: Program;
	readonly watch: Watch;
	/** Place of each segment's condition in the program. */
	readonly segments: ReadonlyMap<string, number>;
	readonly traits: readonly (PlacedRule & { readonly at: number })[];
	/** Rules that an event sets off. */
	readonly onEvent: Matching<PlacedRule>;
	/** In the order in which they compete. */
	readonly experiences: readonly E[];
	/** Segments that ask nothing of a person's past: what a decision may use before consent. */
	readonly contextual: ReadonlySet<string>;
}

export function prepare<E extends Experience>(definitions: Definitions<E>): Rules<E> {
	const conditions: Condition[] = [];
	const place = (condition: Condition): number => conditions.push(condition) - 1;
	const segments = new Map(definitions.segments.map(({ id, condition }) => [id, place(condition)]));
	const traits: (PlacedRule & { readonly at: number })[] = [];
	const onEvent: (readonly [EventMatch, PlacedRule])[] = [];
	for (const rule of rulesOf(definitions)) {
		if ("trait" in rule.when) {
			traits.push({ rule, at: place(rule.when.trait) });
			continue;
		}
		onEvent.push([rule.when.event, { rule, at: rule.when.who && place(rule.when.who) }]);
	}
	return {
		program: compile(conditions),
		watch: watchFor(conditions),
		segments,
		traits,
		onEvent: matchingOf(onEvent),
		experiences: inOrder(definitions.experiences),
		contextual: new Set(
			definitions.segments.filter(({ condition }) => isContextual(condition)).map(({ id }) => id),
		),
	};
}

/** Higher priority first; among equals the smaller id. */
function inOrder<E extends Experience>(experiences: readonly E[]): readonly E[] {
	return experiences.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

function* rulesOf({ tagRules, scoreRules }: Definitions): Generator<Rule> {
	for (const rule of tagRules) yield { kind: "tag", ...rule };
	for (const rule of scoreRules) yield { kind: "score", ...rule };
}

function isContextual(condition: Condition): boolean {
	for (const { field } of leavesOf(condition)) {
		if (field === "events" || field === "tag" || field === "attribute") return false;
		if (field === "score" || field === "visits" || field === "identity") return false;
	}
	return true;
}
