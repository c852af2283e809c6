// What comes with a site's public key: anybody can send it, in anybody's name. So it is kept with a person of its own,
// whom the directory knows by what the sender calls them, in a space of names that no card is in: nothing here reads a
// card, or adds to one. The names in it are announced as typed, like the address in a form, and what comes of that is
// decided where a form's is.

import type { Found } from "../directory/directory.ts";
import { findOwner, keyOf, resolve } from "../directory/resolve.ts";
import { namedOn } from "../directory/sources.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import { callerOf } from "../platform/caller.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { directoryOf } from "../platform/name.ts";
import { placeOf } from "../platform/place.ts";
import { cellForNewcomer } from "../platform/region.ts";
import {
	distinct,
	erasedIn,
	inTime,
	nameOf,
	received,
	settle,
	type Taken,
	type Told,
	untaken,
} from "./tell.ts";

/** An event in the name of whoever the sender knows as `source`. */
export interface TypedTold extends Told {
	readonly source: Identifier;
}

/** Nothing where the caller brings more newcomers than one address may. */
export async function tellTyped(
	env: EdgeEnv,
	request: Request,
	site: string,
	told: readonly TypedTold[],
): Promise<readonly Taken[] | undefined> {
	const bySource = Map.groupBy(told.keys(), (i) => told[i]?.source.value ?? "");
	const sources = Array.from(bySource, ([value, places]) => {
		const source: Identifier = { kind: "anonymous", value };
		return { source, places };
	});
	const owners = await Promise.all(
		sources.map(async ({ source }) => {
			const known = await findOwner(env, site, source);
			if (known) return known;
			const newcomer = await newcomerBy(request, env);
			return newcomer && resolve(env, site, [source], newcomer);
		}),
	);
	if (owners.some((owner) => owner === undefined)) return undefined;
	const taken: Taken[] = [];
	await Promise.all(
		sources.map(async ({ source, places }, n) => {
			let owner = owners[n];
			for (const run of runsOf(places, told))
				if (owner) owner = await tellOf(env, request, site, { source, owner, places: run }, told, taken);
		}),
	);
	return told.map(({ event }, i) => taken[i] ?? untaken(event));
}

interface Run {
	readonly source: Identifier;
	readonly owner: Found;
	readonly places: readonly number[];
}

/**
 * Tells of somebody under one name; answers with whose the source is after that. Who had a name on a source is looked for
 * by both, so that what is sent again after the browser changed hands is known to whoever it was told of before. What was
 * done until somebody was erased who was called so does not come back.
 */
async function tellOf(
	env: EdgeEnv,
	request: Request,
	site: string,
	{ source, owner, places }: Run,
	told: readonly TypedTold[],
	taken: Taken[],
): Promise<Found> {
	const inOrder = inTime(places, told);
	const identifiers = distinct(inOrder.flatMap((i) => told[i]?.identifiers ?? []));
	const tellIt = async (
		{ person, cell }: Owner,
		names: readonly Identifier[],
		...ends: readonly (number | undefined)[]
	): Promise<boolean> => {
		const [answer] = await received(env, site, cell, [
			{
				person,
				part: { id: `source-${person}`, kind: "server" },
				identifiers: names,
				source: source.value,
				proof: "typed",
				...erasedIn(ends.flatMap((at) => at ?? [])),
				events: inOrder.flatMap((i) => told[i]?.event ?? []),
				firesRules: true,
			},
		]);
		settle(inOrder, answer, taken);
		return answer?.isAnother === undefined;
	};
	const [strongest] = identifiers;
	const { erasedAt } = owner;
	if (!strongest) {
		await tellIt(owner, identifiers, erasedAt);
		return owner;
	}
	const named = namedOn(source.value, strongest);
	const known = await findOwner(env, site, named);
	if (!known && (await tellIt(owner, identifiers, erasedAt))) {
		await resolve(env, site, [named], owner);
		return owner;
	}
	// As a browser changes hands: what comes from here on is another person's.
	const newcomer = known ?? (await newcomerBy(request, env));
	if (!newcomer) return owner;
	const { person, cell, erasedAt: namedUntil } = known ?? (await resolve(env, site, [named], newcomer));
	const next = { person, cell };
	const ends = [erasedAt, namedUntil];
	// Whoever it was may be called otherwise by now: what they did before that is theirs all the same.
	if (!(await tellIt(next, identifiers, ...ends))) await tellIt(next, [], ...ends);
	const key = keyOf(site, source);
	if (person !== owner.person) await directoryOf(env, site, key).move(key, owner.person, next);
	return { ...next, ...(erasedAt !== undefined && { erasedAt }) };
}

/** What one source sent, cut where another name begins. */
function runsOf(places: readonly number[], told: readonly TypedTold[]): readonly (readonly number[])[] {
	const runs: number[][] = [];
	let name: string | undefined;
	for (const i of places) {
		const [strongest] = told[i]?.identifiers ?? [];
		const own = strongest && nameOf(strongest);
		const run = runs.at(-1);
		if (run && (own === undefined || name === undefined || own === name)) run.push(i);
		else runs.push([i]);
		name = own ?? name;
	}
	return runs;
}

/** Somebody new, near to whoever calls; nobody where one address brings too many. */
async function newcomerBy(request: Request, env: EdgeEnv): Promise<Owner | undefined> {
	if (!(await env.NEWCOMERS.limit({ key: callerOf(request) })).success) return undefined;
	return { person: uuidv7(Date.now()), cell: cellForNewcomer(env, placeOf(request), Math.random()) };
}
