// Products for a session, by its nearest neighbours: earlier sessions in which the same was looked at.
//
// The frame is VMIS-kNN (Kersbergen, Sprangers, Schelter: "Serenade", SIGMOD 2022): of each product only the latest
// sessions are looked at, and the last products count most. From STAN (Garg et al.: "Sequence and Time Aware Neighborhood
// for Session-based Recommendations", SIGIR 2019) comes that a product weighs more the nearer it stands, in a neighbour,
// to what both have looked at; from V-SKNN (Ludewig, Jannach 2018) that what is rare says more than what all look at.

import { isForgotten, itemsOf, type Memory, sessionNumber } from "./memory.ts";

export interface Recommendation {
	readonly product: string;
	readonly weight: number;
	/**
	 * The product of this session because of which it is here, and in how many neighbours both were looked at. Of a product
	 * of this session itself that is the product itself.
	 */
	readonly because: { readonly product: string; readonly sessions: number };
}

export interface Wanted {
	readonly most: number;
	/** The visit itself is no neighbour of its own. */
	readonly visit?: string;
	/** Whether a product of this session may come again. */
	readonly again: boolean;
}

/** Tuned on the sessions of a real shop, on others than those that are reported (test/bench/recommend.ts). */
const neighbours = 100;
const latestItems = 20;
/**
 * By so many products back what was looked at counts by 1/e: in this session, for the nearest product that a neighbour
 * shares, and in the neighbour, away from it.
 */
const fading = 2;
/** People go back to what they have seen: the last as readily as to the best, by so many products back 1/e of that. */
const returning = 8;
/** Where neighbours know too little, the best of what they know are asked in their turn, as if they had been seen. */
const secondHand = 8;

/**
 * The products that suit a session best, the best first; fewer than `most`, and maybe none, where too little is known.
 * `seen` are its products in the order in which they were looked at; the last is never recommended.
 */
export function foretell(
	memory: Memory,
	seen: readonly string[],
	{ most, visit, again }: Wanted,
): readonly Recommendation[] {
	const items = latestOf(memory, seen);
	const [last] = items;
	if (last === undefined) return [];
	const current = visit === undefined ? undefined : sessionNumber(memory, visit);
	const barred = new Set(again ? [last] : seen.flatMap((product) => memory.numbers.get(product) ?? []));
	const ranked = rank(memory, items, current, barred);
	if (ranked.length < most && ranked.length > 0) {
		const known = new Set([...barred, ...ranked.map(({ item }) => item)]);
		const further = rank(
			memory,
			ranked.slice(0, secondHand).map(({ item }) => item),
			current,
			known,
		);
		const lowest = ranked.at(-1)?.weight ?? 0;
		const highest = further[0]?.weight ?? 1;
		// Divided first: what is at most one leaves no weight above the lowest, however it is rounded.
		for (const one of further) ranked.push({ ...one, weight: lowest * (one.weight / highest) });
	}
	return ranked.slice(0, most).map(({ item, weight, because, sessions }) => ({
		product: memory.names[item] ?? "",
		weight,
		because: { product: memory.names[because] ?? "", sessions },
	}));
}

interface Ranked {
	readonly item: number;
	readonly weight: number;
	readonly because: number;
	readonly sessions: number;
}

/** Numbers of the latest different products, the latest first. */
function latestOf(memory: Memory, seen: readonly string[]): readonly number[] {
	const items: number[] = [];
	for (let place = seen.length - 1; place >= 0 && items.length < latestItems; place--) {
		const item = memory.numbers.get(seen[place] ?? "");
		if (item !== undefined && !items.includes(item)) items.push(item);
	}
	return items;
}

/** Items that nearest sessions have beside these, which stand the latest first. */
function rank(
	memory: Memory,
	items: readonly number[],
	current: number | undefined,
	barred: ReadonlySet<number>,
): Ranked[] {
	const tally = new Map<number, { weight: number; because: number; best: number; sessions: number }>();
	for (const { session, nearest, weight } of nearestOf(memory, items, current)) {
		const shared = items[nearest] ?? 0;
		const all = itemsOf(memory, session);
		const at = all.indexOf(shared);
		const force = weight * Math.exp(-nearest / fading);
		for (let place = 0; place < all.length; place++) {
			const item = all[place] ?? 0;
			if (barred.has(item)) continue;
			const near = Math.exp(-Math.abs(place - at) / fading);
			const known = tally.get(item) ?? { weight: 0, because: shared, best: nearest, sessions: 0 };
			known.weight += force * near;
			if (nearest < known.best) Object.assign(known, { because: shared, best: nearest, sessions: 0 });
			if (nearest === known.best) known.sessions++;
			tally.set(item, known);
		}
	}
	const ranked = [...tally].map(([item, { weight, because, sessions }]) => {
		return { item, weight: weight * rarity(memory, item), because, sessions };
	});
	const best = Math.max(0, ...ranked.map(({ weight }) => weight));
	items.forEach((item, place) => {
		if (barred.has(item)) return;
		const weight = best * Math.exp(-place / returning);
		const known = ranked.find((one) => one.item === item);
		if (known) Object.assign(known, { weight: known.weight + weight, because: item });
		else ranked.push({ item, weight, because: item, sessions: memory.popularity[item] ?? 0 });
	});
	// Of two alike the one that was met first, so that the same question has the same answer.
	return ranked.sort((a, b) => b.weight - a.weight || a.item - b.item);
}

/** `nearest` is the place among `items` of the latest that the session shares. */
interface Neighbour {
	readonly session: number;
	readonly nearest: number;
	readonly weight: number;
}

function nearestOf(
	memory: Memory,
	items: readonly number[],
	current: number | undefined,
): readonly Neighbour[] {
	const found = new Map<number, { session: number; nearest: number; weight: number }>();
	const { sessionsPerItem } = memory.bounds;
	items.forEach((item, nearest) => {
		const weight = Math.exp(-nearest / fading) * rarity(memory, item);
		const listed = memory.sessions[item] ?? [];
		for (let at = listed.length - 1; at >= 0 && at >= listed.length - sessionsPerItem; at--) {
			const session = listed[at] ?? 0;
			if (session === current || isForgotten(memory, session)) continue;
			const known = found.get(session);
			if (known) known.weight += weight;
			else found.set(session, { session, nearest, weight });
		}
	});
	const all = [...found.values()];
	if (all.length <= neighbours) return all;
	return all.sort((a, b) => b.weight - a.weight || b.session - a.session).slice(0, neighbours);
}

/** Inverse document frequency: of all sessions to those that have the item. */
export function rarity({ begun, bounds, popularity }: Memory, item: number): number {
	return Math.log((1 + Math.min(begun, bounds.sessions)) / Math.max(1, popularity[item] ?? 1));
}
