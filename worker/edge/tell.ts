// Telling cells what others than a browser say of people: whose it is, which cell has them, one call to each cell, and
// what became of each event. What is told twice is taken once, so whoever gets no answer tells all of it again.

import { waitUntil } from "cloudflare:workers";
import type { Received, Telling, ToldEvent } from "../cell/receive.ts";
import { noteConflicts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { findOwner, keyOf, type Resolved, release, resolve } from "../directory/resolve.ts";
import { callsOn } from "../directory/sources.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { cellOf, directoryOf } from "../platform/name.ts";
import type { Verdict } from "../protocol/collect.ts";

/** An event, with what whom it is about is called by: at least one name. */
export interface Told {
	readonly identifiers: readonly Identifier[];
	readonly event: ToldEvent;
}

/** `person` is none where the cell did not take it. */
export interface Taken {
	readonly verdict: Verdict;
	readonly person?: string;
	/** Names among `identifiers` that are somebody else's. */
	readonly conflicts?: readonly Identifier[];
}

/** The site's own word, in the order in which it was told. */
export async function tellByServer(
	env: EdgeEnv,
	site: string,
	told: readonly Told[],
): Promise<readonly Taken[]> {
	const found = await ownersOf(env, site, told);
	waitUntil(note(env, site, found));
	const byPerson = Map.groupBy(told.keys(), (i) => found[i]?.owner.person ?? "");
	const planned = Array.from(byPerson, ([person, those]): Planned => {
		const places = inTime(those, told);
		const telling: Telling = {
			person,
			part: { id: `server-${person}`, kind: "server" },
			proof: "verified",
			identifiers: distinct(places.flatMap((i) => found[i]?.owned ?? [])),
			events: places.flatMap((i) => told[i]?.event ?? []),
			...erasedIn(places.flatMap((i) => found[i]?.erasedAt ?? [])),
			firesRules: true,
		};
		return { places, telling, cell: found[those[0] ?? 0]?.owner.cell ?? "" };
	});
	const taken: Taken[] = [];
	await Promise.all(
		Array.from(
			Map.groupBy(planned, ({ cell }) => cell),
			async ([cell, those]) => {
				const answers = await received(
					env,
					site,
					cell,
					those.map(({ telling }) => telling),
				);
				for (const [n, one] of those.entries()) settle(one.places, answers[n], taken);
			},
		),
	);
	return told.map(({ event }, i) => {
		const conflicts = found[i]?.conflicts ?? [];
		return { ...(taken[i] ?? untaken(event)), ...(conflicts.length > 0 && { conflicts }) };
	});
}

/** Names that are two people's are listed, for somebody to settle; the answer does not wait for that. */
async function note(env: EdgeEnv, site: string, found: readonly Found[]): Promise<void> {
	const noted = new Map(found.map((one) => [one, { person: one.owner.person, conflicts: one.contested }]));
	try {
		await noteConflicts(databaseOf(env, site), site, [...noted.values()], Date.now());
	} catch (error) {
		logFault("conflicts", error);
	}
}

/** What is to be told of one person, and where its events stand in what was sent. */
interface Planned {
	readonly cell: string;
	readonly telling: Telling;
	readonly places: readonly number[];
}

/** Puts a cell's verdicts where the events stood. */
export function settle(places: readonly number[], answer: Received | undefined, taken: Taken[]): void {
	for (const [n, i] of places.entries()) {
		const verdict = answer?.verdicts[n];
		if (answer && verdict) taken[i] = { verdict, person: answer.person };
	}
}

export function untaken({ id }: ToldEvent): Taken {
	return { verdict: { id, verdict: "retry" } };
}

/** One call; where the cell cannot take all of it, one for each person, so that nobody waits for another's sake. */
export async function received(
	env: EdgeEnv,
	site: string,
	cell: string,
	people: readonly Telling[],
): Promise<readonly (Received | undefined)[]> {
	try {
		const answers = await cellOf(env, site, cell).receive({ site, cell, people });
		for (const [i, { person, identifiers, source }] of people.entries()) {
			const names = source === undefined ? identifiers : callsOn(source, identifiers);
			if (answers[i]?.isGone) await release(env, site, names, person);
		}
		return answers;
	} catch (error) {
		const { overloaded } = error as { overloaded?: boolean };
		if (overloaded || people.length === 1) {
			logFault("receive", error);
			return [];
		}
		return Promise.all(people.map(async (one) => (await received(env, site, cell, [one]))[0]));
	}
}

export const erasedIn = (ends: readonly number[]): Pick<Telling, "erasedAt"> =>
	ends.length > 0 ? { erasedAt: Math.max(...ends) } : {};

interface Found {
	readonly owner: Owner;
	/** Of its names those that are the owner's. */
	readonly owned: readonly Identifier[];
	readonly conflicts: readonly Identifier[];
	/** When somebody who had one of its names before was erased. */
	readonly erasedAt?: number;
	/** Of those the names, with whose they are. */
	readonly contested: Resolved["conflicts"];
}

/**
 * Whose each event is. What shares a name is asked about one after the other, in the order in which it was told: a visitor
 * who was anonymous and then says who they are is one person, and two users of one browser are two.
 */
async function ownersOf(env: EdgeEnv, site: string, told: readonly Told[]): Promise<readonly Found[]> {
	const found: Found[] = [];
	const known = new Map<string, Found>();
	/** Who got a name by what is told here, which their cell does not know yet. */
	const named = new Set<string>();
	await Promise.all(
		chainsOf(told).map(async (chain) => {
			for (const i of chain) {
				const { identifiers = [] } = told[i] ?? {};
				const name = identifiers.map(nameOf).join("\n");
				const one = known.get(name) ?? (await ownerOf(env, site, identifiers, named));
				known.set(name, one);
				if (identifiers.some(isName)) named.add(one.owner.person);
				found[i] = one;
			}
		}),
	);
	return found;
}

async function ownerOf(
	env: EdgeEnv,
	site: string,
	identifiers: readonly Identifier[],
	named: ReadonlySet<string>,
): Promise<Found> {
	const names = identifiers.filter(isName);
	const devices = identifiers.filter((one) => !isName(one));
	const first = names.length > 0 ? names : devices;
	const visitor = names.length > 0 ? await visitorOn(env, site, devices, names, named) : undefined;
	const { person, cell, conflicts, erasedAt } = await resolve(env, site, first, visitor);
	const owner = { person, cell };
	const isOthers = async (device: Identifier) => !(await isHandedTo(env, site, device, owner, named));
	const kept = names.length > 0 ? await Promise.all(devices.map(isOthers)) : [];
	const theirs = [...conflicts, ...devices.filter((_, i) => kept[i])].map(({ kind, value }) => ({
		kind,
		value,
	}));
	const others = new Set(theirs.map(nameOf));
	return {
		owner,
		owned: identifiers.filter((one) => !others.has(nameOf(one))),
		conflicts: theirs,
		contested: conflicts.filter(isName),
		...(erasedAt !== undefined && { erasedAt }),
	};
}

/**
 * Who was on this device without a name, and has one now. Nobody where the name is somebody's already, or where whoever
 * was there has another: that is another person on the same device.
 */
async function visitorOn(
	env: EdgeEnv,
	site: string,
	devices: readonly Identifier[],
	names: readonly Identifier[],
	named: ReadonlySet<string>,
): Promise<Owner | undefined> {
	const [holders, owners] = await Promise.all(
		[devices, names].map((those) => Promise.all(those.map((one) => findOwner(env, site, one)))),
	);
	if (owners?.some((owner) => owner !== undefined)) return undefined;
	for (const holder of holders ?? []) if (holder && !(await hasName(env, site, holder, named))) return holder;
	return undefined;
}

/**
 * Whether a device is this person's from now on: it was nobody's, or that of somebody else with a name, for devices change
 * hands. Whoever was there without a name keeps it, and what they did: to make two people one is not for here.
 */
async function isHandedTo(
	env: EdgeEnv,
	site: string,
	device: Identifier,
	owner: Owner,
	named: ReadonlySet<string>,
): Promise<boolean> {
	const holder = await resolve(env, site, [device], owner);
	if (holder.person === owner.person) return true;
	if (!(await hasName(env, site, holder, named))) return false;
	const key = keyOf(site, device);
	return directoryOf(env, site, key).move(key, holder.person, owner);
}

async function hasName(
	env: EdgeEnv,
	site: string,
	{ person, cell }: Owner,
	named: ReadonlySet<string>,
): Promise<boolean> {
	if (named.has(person)) return true;
	const known = await cellOf(env, site, cell).basics(person);
	return known !== undefined && known.identity !== "anonymous";
}

/** The places of what shares a name, by way of others too: each chain in its order. */
function chainsOf(told: readonly Told[]): readonly (readonly number[])[] {
	const before = told.map((_, i) => i);
	const firstOf = (i: number): number => {
		let first = i;
		while (before[first] !== first) first = before[first] ?? first;
		return first;
	};
	const seen = new Map<string, number>();
	for (const [i, { identifiers }] of told.entries()) {
		for (const name of identifiers.map(nameOf)) {
			before[firstOf(i)] = firstOf(seen.get(name) ?? i);
			seen.set(name, i);
		}
	}
	return [...Map.groupBy(told.keys(), firstOf).values()];
}

/** What another system calls somebody before it knows who they are is no name. */
function isName({ kind }: Identifier): boolean {
	return kind !== "anonymous";
}

export function nameOf({ kind, value }: Identifier): string {
	return `${kind} ${value}`;
}

export function distinct(identifiers: readonly Identifier[]): readonly Identifier[] {
	return [...new Map(identifiers.map((one) => [nameOf(one), one])).values()];
}

/** The older first: a cell remembers the latest messages of a person, and knows by their time what came before them. */
export function inTime(places: readonly number[], told: readonly Told[]): readonly number[] {
	return places.toSorted((a, b) => (told[a]?.event.at ?? 0) - (told[b]?.event.at ?? 0));
}
