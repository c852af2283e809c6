// What a site's server is told of somebody: who they are, and what its own programs branch by.

import type { Value } from "../domain/event.ts";
import { neverFirst, neverLast } from "../domain/facts.ts";
import { put } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { balanceOf, isMember, pointsOf } from "../domain/programme.ts";
import type { Rules } from "../domain/rules.ts";
import type { Identity } from "../domain/subject.ts";
import type { Experience } from "../protocol/site.ts";
import type { State } from "./state.ts";

export interface Basics {
	readonly person: string;
	readonly identity: Identity;
	readonly attributes: Readonly<Record<string, Value>>;
	/** How often each was given. */
	readonly tags: Readonly<Record<string, number>>;
	readonly score: number;
	/** Of each programme that they are a member of, what can be spent. */
	readonly points: Readonly<Record<string, number>>;
	/** With the instant of entry. */
	readonly segments: Readonly<Record<string, number>>;
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
}

export function basicsOf(person: string, { standing }: State, { programmes }: Rules<Experience>): Basics {
	const facts = read(standing.person);
	const attributes: Record<string, Value> = {};
	const tags: Record<string, number> = {};
	const points: Record<string, number> = {};
	for (const [name, { value }] of Object.entries(facts.attributes)) put(attributes, name, value);
	for (const [tag, { count }] of Object.entries(facts.tags)) if (count > 0) put(tags, tag, count);
	for (const programme of programmes.values())
		if (isMember(standing.person, programme))
			points[programme.id] = balanceOf(pointsOf(standing.person, programme.id));
	return {
		person,
		identity: standing.identity,
		attributes,
		tags,
		score: facts.score,
		points,
		segments: standing.segments,
		firstSeenAt: facts.firstSeenAt === neverFirst ? null : facts.firstSeenAt,
		lastSeenAt: facts.lastSeenAt === neverLast ? null : facts.lastSeenAt,
	};
}
