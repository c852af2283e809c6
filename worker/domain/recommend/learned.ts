// All that a site's recommender has learned of its visitors, and how it learns: an event at a time, each once, whatever the
// order. Whose events they are it does not know: visits and orders go by digests, which it forgets when they are over.
//
// Bounded: the latest 50,000 visits of 20 products, 20,000 orders of 20, 10,000 visits that came to an order; views of
// 20,000 products on 35 days, and of 500 in each of at most 40 segments and regions.

import { dayMs } from "../calendar.ts";
import { visitGapMs } from "../visit.ts";
import { bounds, close, learn, type Memory, newMemory, productsOf, sessionNumber } from "./memory.ts";
import { boughtAgain, newRepeats, type Repeats } from "./repeats.ts";
import { count, newTally, type Tally } from "./tally.ts";

/** A digest stands for a browser, an event or an order: equal for the same one, and nothing that leads to it. */
export interface Lesson {
	readonly event: string;
	readonly at: number;
	/** Whose visit it belongs to; none where no browser told it. */
	readonly browser?: string;
	readonly is:
		| { readonly what: "viewed" | "in-cart"; readonly products: readonly string[] }
		| {
				readonly what: "bought";
				readonly order: string;
				readonly products: readonly string[];
				/** When the same person bought which of them before. */
				readonly before: readonly (readonly [product: string, at: number])[];
		  };
	/** Groups whose favourites are asked for: `segment vip`, `region PL-14`. */
	readonly groups: readonly string[];
}

export interface Learned {
	readonly visits: Memory;
	readonly baskets: Memory;
	/** Visits that came to an order: what was viewed in them stands as `v <product>`, what was bought as `b <product>`. */
	readonly journeys: Memory;
	/** Of views, once for each visit. */
	readonly views: Tally;
	readonly groups: Map<string, Tally>;
	readonly repeats: Repeats;
	/** Visits that may go on, by digest, with the instant of their latest event. */
	readonly open: Map<string, number>;
	/** Digests of events that were learned lately, with their instant: what is read again counts once. */
	readonly known: Map<string, number>;
	/** The same of orders, of which browser and server both tell, maybe days apart. */
	readonly orders: Map<string, number>;
}

export const learnedBounds = {
	baskets: { sessions: 20_000, itemsPerSession: 20, sessionsPerItem: 500 },
	journeys: { sessions: 10_000, itemsPerSession: 40, sessionsPerItem: 500 },
	tally: 20_000,
	group: 500,
	groups: 40,
	repeats: 5_000,
} as const;

/** What arrives so long after later events have been learned is not learned any more: see `forget`. */
export const latenessMs = 10 * 60_000;
const orderKnownMs = 3 * dayMs;

export function newLearned(): Learned {
	return {
		visits: newMemory(bounds),
		baskets: newMemory(learnedBounds.baskets),
		journeys: newMemory(learnedBounds.journeys),
		views: newTally(learnedBounds.tally),
		groups: new Map(),
		repeats: newRepeats(learnedBounds.repeats),
		open: new Map(),
		known: new Map(),
		orders: new Map(),
	};
}

/** Learns what happened, and says whether that was new. */
export function study(learned: Learned, lesson: Lesson): boolean {
	const { event, at, browser, is } = lesson;
	if (learned.known.has(event)) return false;
	learned.known.set(event, at);
	if (browser !== undefined) enter(learned, browser, at);
	if (is.what === "bought") buy(learned, lesson, is);
	else if (browser !== undefined)
		for (const product of is.products) look(learned, lesson, browser, product, is.what);
	return true;
}

/**
 * Forgets digests of what is over at that instant, up to which all was learned: visits without an event for half an hour,
 * and events that nobody will read again.
 */
export function forget({ visits, open, known, orders }: Learned, now: number): void {
	for (const [browser, at] of open) {
		if (at >= now - visitGapMs) continue;
		open.delete(browser);
		close(visits, browser);
	}
	for (const [event, at] of known) if (at <= now - latenessMs) known.delete(event);
	for (const [order, at] of orders) if (at <= now - orderKnownMs) orders.delete(order);
}

export const viewedIn = (product: string): string => `v ${product}`;
export const boughtIn = (product: string): string => `b ${product}`;

function enter({ visits, open }: Learned, browser: string, at: number): void {
	const last = open.get(browser);
	if (last !== undefined && at - last > visitGapMs) close(visits, browser);
	open.set(browser, Math.max(at, last ?? at));
}

function look(
	learned: Learned,
	{ at, groups }: Lesson,
	browser: string,
	product: string,
	what: "viewed" | "in-cart",
): void {
	const { visits, views } = learned;
	// A cart is told again with each change: what is in it already is not looked at anew.
	if (what === "in-cart" && viewsOf(visits, browser).includes(product)) return;
	if (!learn(visits, browser, product)) return;
	count(views, product, at);
	for (const group of groups) {
		const tally = learned.groups.get(group);
		if (tally) count(tally, product, at);
	}
}

function buy(
	learned: Learned,
	{ event, browser, at }: Lesson,
	is: Extract<Lesson["is"], { what: "bought" }>,
): void {
	const { orders, baskets, journeys, visits, repeats } = learned;
	if (orders.has(is.order)) return;
	orders.set(is.order, at);
	for (const product of is.products) learn(baskets, event, product);
	close(baskets, event);
	const viewed = browser === undefined ? [] : viewsOf(visits, browser);
	if (viewed.length > 0) {
		for (const product of viewed) learn(journeys, event, viewedIn(product));
		for (const product of is.products) learn(journeys, event, boughtIn(product));
		close(journeys, event);
	}
	for (const [product, before] of is.before)
		if (is.products.includes(product)) boughtAgain(repeats, product, before, at);
}

function viewsOf(visits: Memory, browser: string): readonly string[] {
	const session = sessionNumber(visits, browser);
	return session === undefined ? [] : productsOf(visits, session);
}
