// Whose identifiers are. Each stands in a shard of its own, chosen by its digest.

import { createHash } from "node:crypto";
import { type Identifier, identifierKinds, type Owner } from "../domain/contact.ts";
import type { Env } from "../platform/env.ts";
import { directoryOf } from "../platform/name.ts";
import type { Found } from "./directory.ts";

/** `conflicts` are identifiers that belong to somebody else than the strongest of them does: for a person to settle. */
export interface Resolved extends Owner {
	readonly isNew: boolean;
	/** When somebody who had one of these before was erased: to be told on with all that is known by them. */
	readonly erasedAt?: number;
	readonly conflicts: readonly (Identifier & { readonly owner: Owner })[];
}

/** Under what an identifier stands in the directory: a digest, which says nothing to whoever reads it. */
export function keyOf(site: string, { kind, value }: Identifier): string {
	return createHash("sha256").update(`${site}\n${kind}\n${value}`).digest("hex");
}

export async function findOwner(env: Env, site: string, identifier: Identifier): Promise<Found | undefined> {
	const key = keyOf(site, identifier);
	return directoryOf(env, site, key).find(key);
}

/**
 * The person to whom these identifiers belong, of which there is at least one: who has the strongest that anybody has,
 * or a new one. What is nobody's becomes theirs. `owner`: who they are where nobody has any.
 */
export async function resolve(
	env: Env,
	site: string,
	identifiers: readonly Identifier[],
	owner?: Owner,
): Promise<Resolved> {
	const [strongest, ...others] = strongestFirst(identifiers);
	if (!strongest) throw new Error("nobody is known by no identifier");
	const found = await Promise.all(others.map((one) => findOwner(env, site, one)));
	const known = found.find((one) => one !== undefined);
	const claimed = await claim(env, site, strongest, known ?? owner);
	const rest = await Promise.all(others.map((one) => claim(env, site, one, claimed)));
	const conflicts = others.flatMap((one, i) => {
		const theirs = rest[i];
		return theirs && theirs.person !== claimed.person
			? [{ ...one, owner: { person: theirs.person, cell: theirs.cell } }]
			: [];
	});
	const erased = [claimed, ...rest].flatMap(({ erasedAt }) => erasedAt ?? []);
	return {
		person: claimed.person,
		cell: claimed.cell,
		isNew: claimed.isNew && !known,
		...(erased.length > 0 && { erasedAt: Math.max(...erased) }),
		conflicts,
	};
}

/** Of some identifiers, those that are somebody else's. None is claimed. */
export async function conflictsWith(
	env: Env,
	site: string,
	person: string,
	identifiers: readonly Identifier[],
): Promise<Resolved["conflicts"]> {
	const owners = await Promise.all(identifiers.map((one) => findOwner(env, site, one)));
	return identifiers.flatMap((one, i) => {
		const owner = owners[i];
		return owner && owner.person !== person
			? [{ ...one, owner: { person: owner.person, cell: owner.cell } }]
			: [];
	});
}

/**
 * Nobody's from now on, where they were this person's: who was erased while the directory was still told of them, and by
 * whose name all that is told next would be refused for good.
 */
export async function release(
	env: Env,
	site: string,
	identifiers: readonly Identifier[],
	person: string,
): Promise<void> {
	await Promise.all(
		identifiers.map(async (one) => {
			const key = keyOf(site, one);
			await directoryOf(env, site, key).release(key, person);
		}),
	);
}

/** Gives identifiers of one person to another; what is somebody else's by now stays theirs. */
export async function moveIdentifiers(
	env: Env,
	site: string,
	identifiers: readonly Identifier[],
	from: string,
	to: Owner,
): Promise<void> {
	const { person, cell } = to;
	await Promise.all(
		identifiers.map(async (one) => {
			const key = keyOf(site, one);
			await directoryOf(env, site, key).move(key, from, { person, cell });
		}),
	);
}

async function claim(env: Env, site: string, identifier: Identifier, owner?: Owner) {
	const key = keyOf(site, identifier);
	return directoryOf(env, site, key).claim(key, owner && { person: owner.person, cell: owner.cell });
}

export function strongestFirst(identifiers: readonly Identifier[]): readonly Identifier[] {
	return identifiers.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind }: Identifier): number {
	return identifierKinds.indexOf(kind);
}
