// What a condition that somebody asks about stands on: the site's settings and segments, and its clock.

import { namedOf } from "../data/attributes.ts";
import { databaseOf } from "../data/database.ts";
import { definitionsOf, publicationOf, settingsOf } from "../data/sites.ts";
import { refuse } from "../domain/check.ts";
import type { Condition } from "../domain/condition.ts";
import { leavesOf } from "../domain/condition.ts";
import type { Programme, Segment } from "../domain/definition.ts";
import { refuseReferences } from "../domain/references.ts";
import { inlined } from "../domain/segment.ts";
import type { InEach } from "../domain/words/language.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { parseCondition } from "../protocol/condition.schema.ts";
import type { Definitions, SiteSettings } from "../protocol/site.ts";
import { problemOf } from "./consistency.ts";
import { asked, type Parsed, refused } from "./request.ts";

export interface Ground {
	readonly settings: SiteSettings;
	readonly definitions: Definitions;
	/** What the site's own are called, by the name that they are sent by. */
	readonly attributes: Readonly<Record<string, InEach<string>>>;
	/** On the site's clock. */
	readonly now: number;
}

/** Nothing where there is no such site. */
export async function groundOf(
	env: Env,
	site: string,
	from: "published" | "drafts",
): Promise<Ground | undefined> {
	const [written, named] = await asked(
		Promise.all([settingsOf(env, site), namedOf(databaseOf(env, site), site)]),
	);
	if (!written) return undefined;
	const { settings } = written;
	const now = Date.now() + (await siteOf(env, site).clockOffsetMs());
	const attributes = Object.fromEntries(named.map(({ name, names }) => [name, names]));
	const published = from === "published" ? await asked(publicationOf(env, site)) : undefined;
	if (published) return { settings: published.settings, definitions: published.definitions, attributes, now };
	return { settings, definitions: await asked(definitionsOf(env, site)), attributes, now };
}

export interface Grounded {
	/** As it was sent. */
	readonly condition: Condition;
	/** With the segments that it mentions in their place: what is compiled. */
	readonly whole: Condition;
	/** The segments that it mentions, and those that they mention. */
	readonly mentioned: readonly Segment[];
	readonly programmes: readonly Programme[];
}

/** The name of what has none: no segment can be called so. */
const nameless = "";

/** A condition out of anything, checked with all that it mentions. `as` is the segment that it is to be. */
export function ground(value: unknown, { definitions }: Ground, as: string = nameless): Parsed<Grounded> {
	const parsed = parseCondition(value);
	if (parsed.is === "refused")
		return refused("condition-refused", [{ at: parsed.at.join("."), why: parsed.reason }]);
	const { condition } = parsed;
	const others = definitions.segments.filter(({ id }) => id !== as);
	const all = [...others, { id: as, name: as, condition }];
	const { programmes = [], lists = [] } = definitions;
	const rules = { segments: all, tagRules: [], scoreRules: [], programmes, lists };
	// What is wrong with others does not concern it.
	const problems = refuseReferences(rules).filter((problem) =>
		problem.reason === "segment-cycle" ? problem.segments.includes(as) : problem.in === as,
	);
	if (problems.length > 0) return refused("condition-refused", problems.map(problemOf));
	const mentioned = mentionedBy(condition, others);
	const inPlace = inlined({
		...rules,
		segments: [...mentioned, { id: as, name: as, condition }],
		// How they are joined may mention segments that this condition does not.
		programmes: programmes.map((one) => ({ ...one, joins: joinedHow(one) })),
		experiences: [],
	});
	const whole = inPlace.is === "inlined" && inPlace.definitions.segments.at(-1)?.condition;
	if (!whole) throw new Error("what refuseReferences lets through can be put in place");
	return { is: "parsed", value: { condition, whole, mentioned, programmes } };
}

/** Whoever meets the one and not the other; refused where the two together are too much for D1. */
export function difference(one: Condition, other: Condition): Parsed<Condition> {
	const condition: Condition = { all: [one, { not: other }] };
	const refusal = refuse(condition);
	if (refusal) return refused("too-large-to-compare", [{ at: "", why: refusal.reason }]);
	return { is: "parsed", value: condition };
}

function joinedHow({ joins }: Programme): Programme["joins"] {
	return joins === "everyone" ? joins : { by: { trait: { any: [] } } };
}

function mentionedBy(condition: Condition, segments: readonly Segment[]): readonly Segment[] {
	const byId = new Map(segments.map((segment) => [segment.id, segment]));
	const found = new Set<Segment>();
	const open = [condition];
	for (let next = open.pop(); next; next = open.pop()) {
		for (const leaf of leavesOf(next)) {
			const segment = leaf.field === "segment" ? byId.get(leaf.segment) : undefined;
			if (!segment || found.has(segment)) continue;
			found.add(segment);
			open.push(segment.condition);
		}
	}
	return [...found];
}
