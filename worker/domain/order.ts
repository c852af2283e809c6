// Orders: what a part knows of them, as a fold without regard to the order of arrival, and the union over parts.
// An order counts once by its id, however many sources tell of it: the thank-you page loaded again, the page and the
// server, two browsers. Amounts are in the site's currency already (money.ts).
//
// What both compilers mean:
// - An order is known by `order_id`: text, or a number read as text ("12"), of 1 to 200 characters. Other events are no
//   orders'. It was completed at the earliest instant said, and is worth what the latest completion, or update that says
//   an amount, said (by at, then event id). One of which there are only updates was not completed. What is given back adds up over refunds, each known by `refund_id` (as usable an id; else by the event's
//   own) and as much as was said of it last; one refund without an amount gives back all.
// - An order that was cancelled, or was worth more than 0 and has nothing left, does not count. One worth 0 counts.
// - What it was made of are the lines of the latest completion or update that lists products; refunds name what they give back of
//   them (bought.ts). A refund that names products and no amount gives back what it says of their prices.
// - Looked at are, of each part by itself: of every order the latest 50 refunds (by at, then event id, of what was said
//   of them last); completions of the latest 200 orders (by their first completion in this part, then order id), and
//   what updates say of 200 that were completed elsewhere or are to be; the lines of the latest 50 completed ones; what was taken back of those 200 and of the latest 200 orders taken back (by
//   their latest refund or cancellation in this part, then order id). Then all parts are joined: a refund told by the
//   server takes from an order of the browser.
//
// The fold holds exactly that for any order of arrival, but for two things that only more memory would mend, and only in
// a part with over 200 orders: one that fell out is new when it is told of again, or was kept out wrongly by another that
// is later said to be older; and what was taken back of an order that fell out, or of one unknown for 200 others since,
// is forgotten. Neither touches a part with 200 orders or fewer.

import { type Event, isLater, type Scalar } from "./event.ts";
import { own, put } from "./keyed.ts";
import { limits } from "./limits.ts";
import { givenBack, linesOf } from "./line.ts";
import { hundredths } from "./money.ts";

/** What an event said of an amount, in whole hundredths. */
interface Said {
	/** Of the event that said it: epoch ms and id. */
	readonly at: number;
	readonly id: string;
	readonly hundredths: number;
}
/** What the latest completion or update said, and the instant of the earliest completion (epoch ms): none before it. */
export interface Completion extends Said {
	readonly firstAt?: number;
}
/** Without an amount: all. `lines` has how much of each product comes back, in whole hundredths of a piece. */
export type Refund = Omit<Said, "hundredths"> & {
	readonly hundredths?: number;
	readonly lines?: Readonly<Record<string, number>>;
};
/** A product of an order: so many hundredths of a piece, for so many hundredths of the currency each. */
export interface Line {
	readonly quantity: number;
	readonly price?: number;
	readonly name?: string;
	readonly category?: string;
	readonly brand?: string;
	readonly coupon?: string;
}
/** By product id, with the event that said so. */
export type Lines = Omit<Said, "hundredths"> & { readonly of: Readonly<Record<string, Line>> };

/** Plain JSON. Without a completion with its instant it waits for one. */
export interface Order {
	readonly completion?: Completion;
	readonly lines?: Lines;
	/** When it was last said to be cancelled, epoch ms. */
	readonly cancelledAt?: number;
	/** By refund id. */
	readonly refunds?: Readonly<Record<string, Refund>>;
}
/** By order id. */
export type Orders = Readonly<Record<string, Order>>;

export const orderNames = {
	completed: "Order Completed",
	updated: "Order Updated",
	cancelled: "Order Cancelled",
	refunded: "Order Refunded",
} as const;
/** Names of the events that `recordOrder` looks at. */
export const orderEvents: ReadonlySet<string> = new Set(Object.values(orderNames));

export const orderLimits = { refunds: 50, takenBack: 200, updated: 200, lined: 50, id: 200 } as const;

/**
 * The orders with what one event says of them; the same object where that is nothing new. Any permutation of the same
 * events makes the same orders (see above for what more than 200 do), and an event told twice changes nothing.
 */
export function recordOrder(orders: Orders, event: Event): Orders {
	const id = idOf(own(event.props, "order_id"));
	const said = id === undefined ? undefined : saidOf(event);
	if (id === undefined || !said) return orders;
	const known = own(orders, id);
	const order = known ? withLatestRefunds(joinOrder(known, said), known) : said;
	if (order === known) return orders;
	const bounded = withLatest({ ...orders, [id]: order });
	return known || own(bounded, id) ? bounded : orders;
}

/**
 * Union over parts, not bounded any further: commutative, associative and idempotent, one event's id being one event.
 * One side itself where the other adds nothing, so that what was worked out of it is not worked out again.
 */
export function joinOrders(a: Orders, b: Orders): Orders {
	return Object.keys(a).length === 0 ? b : joined(a, b, joinOrder);
}

/** An id as text, or none where it is of no use. */
export function idOf(value: Scalar | undefined): string | undefined {
	if (typeof value !== "string" && typeof value !== "number") return undefined;
	const id = String(value);
	return id !== "" && id.length <= orderLimits.id ? id : undefined;
}

/** What one event says of its order, as an order of which nothing else is known. */
function saidOf(event: Event): Order | undefined {
	const { at, id, name } = event;
	if (name === orderNames.cancelled) return { cancelledAt: at };
	const revenue = own(event.props, "revenue");
	const lines = linesOf(event.props);
	if (name === orderNames.completed)
		return {
			completion: { firstAt: at, at, id, hundredths: hundredths(revenue) },
			...(lines && { lines: { at, id, of: lines } }),
		};
	// Said in a currency without a rate (money.ts), or not at all, the amount stays.
	const completion = revenue === undefined ? undefined : { at, id, hundredths: hundredths(revenue) };
	if (name === orderNames.updated)
		return completion || lines
			? { ...(completion && { completion }), ...(lines && { lines: { at, id, of: lines } }) }
			: undefined;
	if (name !== orderNames.refunded) return undefined;
	const back = lines && givenBack(lines);
	const said = revenue === undefined ? back?.hundredths : hundredths(revenue);
	// Said in a currency without a rate (money.ts): how much is unknown, but it was an amount, and not all.
	const isAll = said === undefined && own(event.props, "original_revenue") === undefined;
	// Some sources write what they give back as a negative amount.
	const amount = isAll ? {} : { hundredths: Math.abs(said ?? 0) };
	const refund = { at, id, ...amount, ...(back && { lines: back.lines }) };
	return { refunds: { [idOf(own(event.props, "refund_id")) ?? id]: refund } };
}

/** `a` itself where `b` adds nothing. */
function joinOrder(a: Order, b: Order): Order {
	const completion = joinCompletion(a.completion, b.completion);
	const cancelledAt =
		a.cancelledAt !== undefined && b.cancelledAt !== undefined
			? Math.max(a.cancelledAt, b.cancelledAt)
			: (a.cancelledAt ?? b.cancelledAt);
	const refunds =
		a.refunds && b.refunds
			? joined(a.refunds, b.refunds, (x, y) => (isLater(y, x) ? y : x))
			: (a.refunds ?? b.refunds);
	const lines = !a.lines || (b.lines && isLater(b.lines, a.lines)) ? b.lines : a.lines;
	const isSame = completion === a.completion && cancelledAt === a.cancelledAt && refunds === a.refunds;
	if (isSame && lines === a.lines) return a;
	return {
		...(completion ? { completion } : {}),
		...(lines ? { lines } : {}),
		...(cancelledAt === undefined ? {} : { cancelledAt }),
		...(refunds ? { refunds } : {}),
	};
}

function joinCompletion(a: Completion | undefined, b: Completion | undefined): Completion | undefined {
	if (!a || !b) return a ?? b;
	const latest = isLater(b, a) ? b : a;
	const firstAt = Math.min(a.firstAt ?? never, b.firstAt ?? never);
	return firstAt === never || latest.firstAt === firstAt ? latest : { ...latest, firstAt };
}

const never = Number.POSITIVE_INFINITY;

/** Of both records, joined where both have a key; `a` itself where `b` adds nothing. */
function joined<T>(
	a: Readonly<Record<string, T>>,
	b: Readonly<Record<string, T>>,
	join: (x: T, y: T) => T,
): Readonly<Record<string, T>> {
	let all: Record<string, T> | undefined;
	for (const [key, value] of Object.entries(b)) {
		const known = own(a, key);
		const one = known === undefined ? value : join(known, value);
		if (one === known) continue;
		all ??= { ...a };
		put(all, key, one);
	}
	return all ?? a;
}

/** At most so many refunds; `known` where it was the new one that gives way. */
function withLatestRefunds(order: Order, known: Order): Order {
	const refunds = Object.entries(order.refunds ?? {});
	if (refunds.length <= orderLimits.refunds) return order;
	refunds.sort(([, a], [, b]) => (isLater(a, b) ? -1 : 1));
	const kept = Object.fromEntries(refunds.slice(0, orderLimits.refunds));
	const isNew = Object.keys(kept).some((key) => !known.refunds || !Object.hasOwn(known.refunds, key));
	return isNew ? { ...order, refunds: kept } : known;
}

/** What is kept of a part's orders: see the head of this file. */
function withLatest(orders: Orders): Orders {
	const entries = Object.entries(orders);
	if (entries.length <= Math.min(limits.orders, orderLimits.takenBack, orderLimits.lined)) return orders;
	const completed = latestIds(entries, limits.orders, ({ completion }) => completion?.firstAt);
	const lined = latestIds(entries, orderLimits.lined, ({ completion }) => completion?.firstAt);
	// Ranked among all that were taken back, not only among those without a completion: an order's place must not
	// depend on whether the completions of others have arrived.
	const takenBack = latestIds(entries, orderLimits.takenBack, takenBackAt);
	const updated = latestIds(entries, orderLimits.updated, waitingSince);
	const kept: Record<string, Order> = {};
	for (const [id, order] of entries) {
		if (lined.has(id) || updated.has(id)) put(kept, id, order);
		else if (completed.has(id)) put(kept, id, withoutLines(order));
		else if (takenBack.has(id)) put(kept, id, withoutCompletion(order));
	}
	return kept;
}

function latestIds(
	entries: readonly (readonly [id: string, order: Order])[],
	count: number,
	atOf: (order: Order) => number | undefined,
): ReadonlySet<string> {
	const dated: { readonly id: string; readonly at: number }[] = [];
	for (const [id, order] of entries) {
		const at = atOf(order);
		if (at !== undefined) dated.push({ id, at });
	}
	return new Set(
		dated
			.sort(latestFirst)
			.slice(0, count)
			.map(({ id }) => id),
	);
}

function takenBackAt({ cancelledAt, refunds }: Order): number | undefined {
	let latest = cancelledAt;
	for (const { at } of Object.values(refunds ?? {})) latest = Math.max(at, latest ?? at);
	return latest;
}

/** Of an order of which there are only updates. */
function waitingSince({ completion, lines }: Order): number | undefined {
	return completion?.firstAt === undefined ? (completion ?? lines)?.at : undefined;
}

function withoutCompletion(order: Order): Order {
	if (!order.completion) return order;
	const { completion: _forgotten, ...takenBack } = withoutLines(order);
	return takenBack;
}

function withoutLines(order: Order): Order {
	if (!order.lines) return order;
	const { lines: _forgotten, ...rest } = order;
	return rest;
}

/** By date, then by id downwards. */
export function latestFirst(a: { at: number; id: string }, b: { at: number; id: string }): number {
	return isLater(a, b) ? -1 : isLater(b, a) ? 1 : 0;
}
