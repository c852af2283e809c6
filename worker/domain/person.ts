// A person: a map from parts to facts. A part is where facts came from: a browser between two identities,
// an import, acts by hand, a server. Merging is the union of the maps; sums exist only on reading.
//
// A seal stands for many parts, as their sum: whoever comes with ever new browsers is read as fast as anybody. It is what
// reading them would give, so no answer changes by it, at any time; it lists them, and a union ignores what it lists. A
// seal is never written to: what is to be written, dropped or given away is opened before. So whoever seals keeps the
// parts, and nothing is lost.

import { joinInterests } from "./affinity.ts";
import { joinAttention } from "./attention.ts";
import { joinCart } from "./cart.ts";
import { joinConsents, withdrawalsOf } from "./consent.ts";
import { joinSums, joinValues } from "./counters.ts";
import { isLater } from "./event.ts";
import type { Facts, Points, Stamped, TagMark } from "./facts.ts";
import { emptyFacts } from "./facts.ts";
import { joinGivens } from "./given.ts";
import { own, put } from "./keyed.ts";
import { joinLists } from "./list.ts";
import { joinOrders } from "./order.ts";
import { joinDays, joinOutstanding } from "./points.ts";
import { pagesOf } from "./visit.ts";

export type PartKind = "browser" | "import" | "hand" | "server";

/** Each part has one writer, which raises `version` with every write; in a union the higher version wins. */
export interface Part {
	readonly id: string;
	readonly kind: PartKind;
	readonly version: number;
	readonly facts: Facts;
	/** Written elsewhere: see card.ts. */
	readonly isCopy?: true;
	/** Of a seal, the parts that it stands for. */
	readonly seals?: readonly string[];
}

export interface Person {
	readonly parts: Readonly<Record<string, Part>>;
}

export const nobody: Person = { parts: {} };

/**
 * Union of the parts, without those that are sealed in either: commutative, associative and idempotent. A part is of one
 * seal alone, as it has one writer.
 */
export function merge(a: Person, b: Person): Person {
	const parts: Record<string, Part> = { ...a.parts };
	for (const part of Object.values(b.parts)) {
		const known = own(parts, part.id);
		if (!known || part.version > known.version) put(parts, part.id, part);
	}
	for (const { seals = [] } of Object.values(parts)) for (const id of seals) delete parts[id];
	return { parts };
}

/** The person with these parts, which are of one kind, sealed together with what that seal stands for already. */
export function seal(person: Person, id: string, sealed: readonly Part[]): Person {
	const { [id]: known, ...parts } = person.parts;
	const ids = sealed.map((part) => part.id);
	const open = Object.entries(parts).filter(([one]) => !ids.includes(one));
	return withPart(
		{ parts: Object.fromEntries(open) },
		sealing(id, known, known ? [known, ...sealed] : sealed),
	);
}

/** The person with these parts out of their seal. `sealed` is all that it stands for, as it was when it was sealed. */
export function open(person: Person, id: string, sealed: readonly Part[], ids: ReadonlySet<string>): Person {
	const { [id]: known, ...parts } = person.parts;
	const rest = sealed.filter((part) => !ids.has(part.id));
	const opened = sealed.filter((part) => ids.has(part.id)).reduce(withPart, { parts });
	return rest.length > 0 ? withPart(opened, sealing(id, known, rest)) : opened;
}

function sealing(id: string, known: Part | undefined, members: readonly Part[]): Part {
	const seals = members.flatMap((part) => part.seals ?? [part.id]).sort();
	const facts = members.map((part) => part.facts).reduce(sum);
	return { id, kind: members[0]?.kind ?? "browser", version: (known?.version ?? 0) + 1, facts, seals };
}

/** The person with one part put in place of what was known of it. */
export function withPart(person: Person, part: Part): Person {
	return { parts: { ...person.parts, [part.id]: part } };
}

/** The person without one part: forgetting a browser, undoing an import. Withdrawals stay, and nothing else of it. */
export function withoutPart(person: Person, id: string): Person {
	const { [id]: gone, ...parts } = person.parts;
	const consents = gone?.facts.consents && withdrawalsOf(gone.facts.consents);
	if (!gone || !consents) return { parts };
	return withPart({ parts }, { ...gone, version: gone.version + 1, facts: { ...emptyFacts(), consents } });
}

/** All parts read as one. A single part, by far the usual case, is read as it stands. */
export function read(person: Person): Facts {
	const parts = Object.values(person.parts);
	const [first] = parts;
	if (!first) return emptyFacts();
	if (parts.length === 1) return first.facts;
	return parts.map((part) => part.facts).reduce(sum);
}

function sum(a: Facts, b: Facts): Facts {
	const environment = later(a.environment, b.environment);
	const firstTouch = earlier(a.firstTouch, b.firstTouch);
	const lastTouch = later(a.lastTouch, b.lastTouch);
	const values = either(a.values, b.values, (x, y) => joined(x, y, joinValues));
	const sums = either(a.sums, b.sums, (x, y) => joined(x, y, joinSums));
	const points = either(a.points, b.points, (x, y) => joined(x, y, sumPoints));
	const expiring = either(a.expiring, b.expiring, (x, y) => joined(x, y, joinOutstanding));
	const daily = either(a.daily, b.daily, (x, y) => joined(x, y, joinDays));
	const orders = either(a.orders, b.orders, joinOrders);
	const cart = joinCart(a.cart, b.cart);
	const interests = either(a.interests, b.interests, joinInterests);
	const lists = either(a.lists, b.lists, joinLists);
	const consents = either(a.consents, b.consents, joinConsents);
	const given = joinGivens(a.given, b.given);
	return {
		firstSeenAt: Math.min(a.firstSeenAt, b.firstSeenAt),
		lastSeenAt: Math.max(a.lastSeenAt, b.lastSeenAt),
		// A visit is a browser's: the same half hour on two devices is two visits.
		visits: [...a.visits, ...b.visits].sort((x, y) => x[0] - y[0] || x[1] - y[1] || pagesOf(x) - pagesOf(y)),
		sealedVisits: a.sealedVisits + b.sealedVisits,
		...(environment ? { environment } : {}),
		...(firstTouch ? { firstTouch } : {}),
		...(lastTouch ? { lastTouch } : {}),
		attributes: joined(a.attributes, b.attributes, (x, y) => (isLater(x, y) ? x : y)),
		counters: joined(a.counters, b.counters, (x, y) => [...x, ...y].sort((p, q) => q - p)),
		...(values ? { values } : {}),
		...(sums ? { sums } : {}),
		tags: joined(a.tags, b.tags, sumMarks),
		score: a.score + b.score,
		...(points ? { points } : {}),
		...(expiring ? { expiring } : {}),
		...(daily ? { daily } : {}),
		...(orders ? { orders } : {}),
		...(cart ? { cart } : {}),
		...(interests ? { interests } : {}),
		...(lists ? { lists } : {}),
		...(consents ? { consents } : {}),
		fired: joined(a.fired, b.fired, Math.min),
		attention: joined(a.attention, b.attention, joinAttention),
		...(given ? { given } : {}),
	};
}

function sumMarks(a: TagMark, b: TagMark): TagMark {
	const by = either(a.by, b.by, (x, y) => [...new Set([...x, ...y])].sort());
	return {
		count: a.count + b.count,
		firstAt: Math.min(a.firstAt, b.firstAt),
		lastAt: Math.max(a.lastAt, b.lastAt),
		...(by ? { by } : {}),
	};
}

function sumPoints(a: Points, b: Points): Points {
	const joinedAt = either(a.joinedAt, b.joinedAt, Math.min);
	const firstAt = either(a.firstAt, b.firstAt, Math.min);
	const lastAt = either(a.lastAt, b.lastAt, Math.max);
	const fadedAt = either(a.fadedAt, b.fadedAt, Math.max);
	const fallen = either(a.fallen, b.fallen, (x, y) => x + y);
	return {
		earned: a.earned + b.earned,
		spent: a.spent + b.spent,
		...(joinedAt === undefined ? {} : { joinedAt }),
		...(firstAt === undefined ? {} : { firstAt }),
		...(lastAt === undefined ? {} : { lastAt }),
		...(fadedAt === undefined ? {} : { fadedAt }),
		...(fallen === undefined ? {} : { fallen }),
	};
}

/** What only one has is as it stands there. */
function either<T>(a: T | undefined, b: T | undefined, join: (x: T, y: T) => T): T | undefined {
	return a === undefined || b === undefined ? (a ?? b) : join(a, b);
}

function joined<T>(a: Record<string, T>, b: Record<string, T>, join: (x: T, y: T) => T): Record<string, T> {
	const all: Record<string, T> = { ...a };
	for (const [key, value] of Object.entries(b)) {
		const known = own(all, key);
		put(all, key, known === undefined ? value : join(known, value));
	}
	return all;
}

function later<T>(a: Stamped<T> | undefined, b: Stamped<T> | undefined): Stamped<T> | undefined {
	return either(a, b, (x, y) => (isLater(x, y) ? x : y));
}

function earlier<T>(a: Stamped<T> | undefined, b: Stamped<T> | undefined): Stamped<T> | undefined {
	return either(a, b, (x, y) => (isLater(x, y) ? y : x));
}
