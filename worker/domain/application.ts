// Applying rules to the recorded past: an act of the marketer, because a rule is new or a scale has changed. What is
// applied runs alone, over what happened and over what all other rules made of it then. It never runs others, so
// nothing is set off by it; memberships follow as they follow a publication.

import type { Definitions, Programme } from "./definition.ts";
import { type Event, eventNames } from "./event.ts";
import { own } from "./keyed.ts";
import { prepare, type Rules } from "./rules.ts";
import { inlined } from "./segment.ts";
import { isExpiry } from "./tag.ts";

/**
 * Of a tag rule, what it would have added is added. Of a scoring rule, of all rules of a programme, or of all of the
 * site's own score, what they gave is put right: points of rules that are no more are taken back.
 */
export type Applied =
	| { readonly of: "rule"; readonly rule: string }
	| { readonly of: "programme"; readonly programme: string }
	| { readonly of: "score" };

/** Plain data: `definitions` hold what runs and nothing else, with segments in their place. */
export interface Application {
	readonly applied: Applied;
	readonly definitions: Definitions;
}

/** Made ready to run. */
export interface Applying {
	readonly applied: Applied;
	readonly rules: Rules;
	/** Rules that fire once for a person, whatever for. */
	readonly once: ReadonlySet<string>;
}

/** Nothing where there is no such rule or programme. */
export function applicationOf(applied: Applied, written: Definitions): Application | undefined {
	const whole = inlined(written);
	if (whole.is === "refused") throw new Error(`definitions: ${JSON.stringify(whole.refusals)}`);
	const { programmes = [], ...all } = whole.definitions;
	const tagRules = applied.of === "rule" ? all.tagRules.filter(({ id }) => id === applied.rule) : [];
	const scoreRules = all.scoreRules.filter(({ id, programme }) =>
		applied.of === "rule" ? id === applied.rule : programme === programmeOf(applied),
	);
	const isKnown =
		applied.of === "rule"
			? tagRules.length + scoreRules.length > 0
			: applied.of === "score" || programmes.some(({ id }) => id === applied.programme);
	if (!isKnown) return undefined;
	const named = new Set(scoreRules.map(({ programme }) => programme));
	const definitions = {
		tagRules,
		scoreRules,
		programmes: programmes.filter(({ id }) => named.has(id)).map(asItStood),
		segments: [],
		experiences: [],
	};
	return { applied, definitions };
}

export function applying({ applied, definitions }: Application): Applying {
	const { tagRules, scoreRules } = definitions;
	const isOnce = scoreRules.filter(({ limit, once, when }) => limit === "once" || once || "trait" in when);
	const traits = tagRules.filter(({ when }) => "trait" in when);
	return {
		applied,
		rules: prepare(definitions),
		once: new Set([...isOnce, ...traits].map(({ id }) => id)),
	};
}

/** Whether an entry is what the rules made that are applied: time's own entries are not. */
export function isOf(applied: Applied, event: Event): boolean {
	const { name, props, cause } = event;
	if (!cause || isExpiry(event)) return false;
	if (applied.of === "rule") return cause.rule === applied.rule;
	const isPoints = name === eventNames.pointsEarned || name === eventNames.pointsSpent;
	return isPoints && own(props, "programme") === programmeOf(applied);
}

function programmeOf(applied: Exclude<Applied, { of: "rule" }>): string | undefined {
	return applied.of === "programme" ? applied.programme : undefined;
}

/** Who joined and what faded is on record, and is not decided again. */
function asItStood({ fades: _fades, joins, ...programme }: Programme): Programme {
	return { ...programme, joins: joins === "everyone" ? joins : { by: { trait: { any: [] } } } };
}
