// Whose the identifiers of many people are: as resolve.ts has it of one, with one call for each shard that it concerns.

import type { Identifier, Owner } from "../domain/contact.ts";
import type { Env } from "../platform/env.ts";
import { directoryOf } from "../platform/name.ts";
import type { Claimed } from "./directory.ts";
import { keyOf, type Resolved, strongestFirst } from "./resolve.ts";

/** See `directoryOf`. */
const shards = 256;

/** Who has each of these keys, in their order. */
export function ownersOf(
	env: Env,
	site: string,
	keys: readonly string[],
): Promise<readonly (Owner | undefined)[]> {
	return byShard(
		keys,
		(key) => key,
		(some) => directoryOf(env, site, some[0] ?? "").findEach(some),
	);
}

/** Keys of whoever was erased at this instant or later, of all shards. */
export async function erasedSince(env: Env, site: string, at: number): Promise<ReadonlySet<string>> {
	const erased = await Promise.all(
		Array.from({ length: shards }, (_, i) =>
			directoryOf(env, site, i.toString(16).padStart(2, "0")).erasedSince(at),
		),
	);
	return new Set(erased.flat());
}

/** Nobody's from now on, where they were these people's. */
export async function releaseEach(
	env: Env,
	site: string,
	released: readonly { readonly key: string; readonly person: string }[],
): Promise<void> {
	await byShard(
		released,
		({ key }) => key,
		async (some) => {
			await directoryOf(env, site, some[0]?.key ?? "").releaseEach(some);
			return some;
		},
	);
}

/** `resolve` of each, who share no identifier. */
export async function resolveEach(
	env: Env,
	site: string,
	wanted: readonly { readonly identifiers: readonly Identifier[]; readonly owner: Owner | undefined }[],
): Promise<readonly Resolved[]> {
	const keyed = wanted.map(({ identifiers, owner }) => {
		const own = strongestFirst(identifiers).map((one) => ({ ...one, key: keyOf(site, one) }));
		return { identifiers: own, owner };
	});
	const all = keyed.flatMap(({ identifiers }) => identifiers);
	const found = await ownersOf(
		env,
		site,
		all.map(({ key }) => key),
	);
	const knownOf = new Map(all.map(({ key }, i) => [key, found[i]]));
	const first = await claimEach(
		env,
		site,
		keyed.map(({ identifiers, owner }) => {
			const [strongest] = identifiers;
			if (!strongest) throw new Error("nobody is known by no identifier");
			const known = identifiers.map(({ key }) => knownOf.get(key)).find((one) => one !== undefined);
			return { key: strongest.key, owner: known ?? owner };
		}),
	);
	const others = keyed.flatMap(({ identifiers }, i) =>
		identifiers.slice(1).map((one) => ({ ...one, i, owner: ownerOf(first[i]) })),
	);
	const rest = await claimEach(env, site, others);
	const conflicts = Map.groupBy(
		others.map((one, j) => ({ ...one, theirs: ownerOf(rest[j]) })),
		({ i }) => i,
	);
	const erased = Map.groupBy(
		others.map(({ i }, j) => ({ i, at: rest[j]?.erasedAt })),
		({ i }) => i,
	);
	return keyed.map(({ identifiers }, i) => {
		const { person, cell } = ownerOf(first[i]);
		const ends = [first[i]?.erasedAt, ...(erased.get(i) ?? []).map(({ at }) => at)].flatMap((at) => at ?? []);
		return {
			person,
			cell,
			...(ends.length > 0 && { erasedAt: Math.max(...ends) }),
			isNew: first[i]?.isNew === true && identifiers.every(({ key }) => !knownOf.get(key)),
			conflicts: (conflicts.get(i) ?? []).flatMap(({ kind, value, theirs }) =>
				theirs.person === person ? [] : [{ kind, value, owner: theirs }],
			),
		};
	});
}

function claimEach(
	env: Env,
	site: string,
	claims: readonly { readonly key: string; readonly owner: Owner | undefined }[],
): Promise<readonly Claimed[]> {
	return byShard(
		claims,
		({ key }) => key,
		(some) =>
			directoryOf(env, site, some[0]?.key ?? "").claimEach(some.map(({ key, owner }) => ({ key, owner }))),
	);
}

/** Answers in the order of what is asked. */
async function byShard<Asked, Answer>(
	asked: readonly Asked[],
	key: (one: Asked) => string,
	ask: (some: readonly Asked[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
	const places = Map.groupBy(asked.keys(), (i) => key(asked[i] as Asked).slice(0, 2));
	const answers: Answer[] = [];
	await Promise.all(
		Array.from(places.values(), async (own) => {
			const some = await ask(own.flatMap((i) => asked[i] ?? []));
			for (const [j, i] of own.entries()) answers[i] = some[j] as Answer;
		}),
	);
	return answers;
}

function ownerOf(owner: Owner | undefined): Owner {
	if (!owner) throw new Error("a shard answers for every key");
	return { person: owner.person, cell: owner.cell };
}
