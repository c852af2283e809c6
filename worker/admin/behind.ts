// Whom a figure is made of, as a condition that lists them: as far as we may still know them, for details of anonymous
// visits lapse within hours, and figures stay.

import type { Condition, EventMatch } from "../domain/condition.ts";
import type { ScoreRule } from "../domain/definition.ts";
import { eventNames } from "../domain/event.ts";
import type { Origin } from "../domain/figure.ts";
import type { Span } from "./days.ts";

const fields = {
	channel: "last.channel",
	source: "last.source",
	medium: "last.medium",
	campaign: "last.campaign",
	landing: "last.landing",
	device: "device",
	country: "country",
} as const satisfies Record<Origin, string>;

/** Whoever looked at a page in that time and came so last. */
export function whoCame(by: Origin, value: string, span: Span): Condition {
	const came = { field: fields[by], test: { op: "is", value } } as const;
	return { all: [came, whoDid({ name: eventNames.pageViewed }, span)] };
}

export function whoDid(match: EventMatch, { from, to }: Span): Condition {
	return { field: "events", match: { ...match, during: { from, to } }, count: { op: ">=", n: 1 } };
}

/** Whoever did it with this experience; with a product of it, where one is named. */
export function whoTook(name: string, experience: string, span: Span, product?: string): Condition {
	const is = (property: string, value: string) => ({ property, test: { op: "is", value } }) as const;
	const of = product === undefined ? [] : [is("product", product)];
	return whoDid({ name, where: [is("experience", experience), ...of] }, span);
}

/** As many fit into a condition with room to spare. */
const mostAtOnce = 40;

/** Whoever did it with any of these experiences; nothing where they are more than a condition holds. */
export function whoTookAny(name: string, experiences: readonly string[], span: Span): Condition | null {
	if (experiences.length > mostAtOnce) return null;
	return { any: experiences.map((experience) => whoTook(name, experience, span)) };
}

export function whoWasGiven(pool: string, span: Span): Condition {
	const where = [{ property: "pool", test: { op: "is", value: pool } }] as const;
	return whoDid({ name: eventNames.couponGiven, where }, span);
}

/** Whoever did what the rule gives points for; nothing where it depends on who somebody was then: nobody knows that any more. */
export function whoEarned(rule: ScoreRule | undefined, span: Span): Condition | null {
	return rule && "event" in rule.when && !rule.when.who ? whoDid(rule.when.event, span) : null;
}

const contacts: Condition = { not: { field: "identity", test: { op: "is", value: "anonymous" } } };

/** Contacts in it: of the anonymous memberships lapse with their details, and no report counts them. */
export function whoIsIn(segment: string): Condition {
	return { all: [{ field: "segment", segment }, contacts] };
}

/** Contacts with so many points and more, and fewer than `below`. */
export function whoHas(least: number, below: number | null): Condition {
	const all: Condition[] = [contacts];
	// In the lowest band is also whoever lost more than they had.
	if (least > 0) all.push({ field: "score", test: { op: ">=", n: least } });
	if (below !== null) all.push({ field: "score", test: { op: "<=", n: below - 1 } });
	return { all };
}
