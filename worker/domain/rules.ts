// Definitions made ready to run: one program over all conditions, rules by the event they wait for, and what the
// cell must remember of events for their sake.

import { type Condition, leavesOf } from "./condition.ts";
import type { Definitions, Experience, ScoreRule, TagRule } from "./definition.ts";
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
	readonly byEvent: ReadonlyMap<string, readonly PlacedRule[]>;
	readonly experiences: readonly E[];
	/** Segments that ask nothing of a person's past: what a decision may use before consent. */
	readonly contextual: ReadonlySet<string>;
}

export function prepare<E extends Experience>(definitions: Definitions<E>): Rules<E> {
	const conditions: Condition[] = [];
	const place = (condition: Condition): number => conditions.push(condition) - 1;
	const segments = new Map(definitions.segments.map(({ id, condition }) => [id, place(condition)]));
	const traits: (PlacedRule & { readonly at: number })[] = [];
	const byEvent = new Map<string, PlacedRule[]>();
	for (const rule of rulesOf(definitions)) {
		if ("trait" in rule.when) {
			traits.push({ rule, at: place(rule.when.trait) });
			continue;
		}
		const waiting = byEvent.get(rule.when.event.name) ?? [];
		waiting.push({ rule, at: rule.when.who && place(rule.when.who) });
		byEvent.set(rule.when.event.name, waiting);
	}
	return {
		program: compile(conditions),
		watch: watchFor(conditions),
		segments,
		traits,
		byEvent,
		experiences: definitions.experiences,
		contextual: new Set(
			definitions.segments.filter(({ condition }) => isContextual(condition)).map(({ id }) => id),
		),
	};
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
