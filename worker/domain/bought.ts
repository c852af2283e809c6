// What was bought: of each order that counts (order.ts) its products, and of each product what was not given back. To
// conditions this is an event called "Product Bought", at the instant at which its order was first completed. No source
// says it and nothing stores it: it is worked out of the orders, so a product counts once however many sources tell of its
// order, ceases to when the order is cancelled, and counts for less when it is given back in part.
//
// What both compilers mean: the products of an order are those of the latest completion or update (by at, then event id)
// that lists any. Lines of one product are one: their quantities add up, and the rest is as the first of them has it. Of each
// quantity is taken off what refunds say of the product, each refund as it was said last. The event has the properties
// `order_id`, `product_id`, `quantity` (what is left), `name`, `category`, `brand`, `coupon` (the order's own where the
// product has none), `price`, and as `revenue` price times quantity; it belongs to no visit and to no page.

import { dayOf } from "./calendar.ts";
import { leftOf } from "./completed.ts";
import type { EventMatch } from "./condition.ts";
import { type DaySums, joinSums, valueKey } from "./counters.ts";
import { type Event, eventNames, type Properties } from "./event.ts";
import type { Facts } from "./facts.ts";
import { asKey, own } from "./keyed.ts";
import { limits } from "./limits.ts";
import { worthOf } from "./line.ts";
import { restTester } from "./match.ts";
import { hundredths } from "./money.ts";
import type { Order, Orders } from "./order.ts";
import type { Watched } from "./watch.ts";

/** Whether what matches is not counted as it comes, but found in the orders. */
export function isWorkedOut({ name }: EventMatch): boolean {
	return name === eventNames.productBought;
}

interface Bought {
	readonly at: number;
	readonly props: Properties;
}

/** Every evaluation asks. Orders never change in place. */
const known = new WeakMap<Orders, readonly Bought[]>();

/** What of these orders counts, latest first: its `product_id` is text. */
export function boughtOf(orders: Orders): readonly Bought[] {
	const before = known.get(orders);
	if (before) return before;
	const all = Object.entries(orders).flatMap(([id, order]) => boughtIn(id, order));
	all.sort((a, b) => b.at - a.at);
	known.set(orders, all);
	return all;
}

function boughtIn(id: string, order: Order): readonly Bought[] {
	const { completion, lines, refunds = {} } = order;
	const at = completion?.firstAt;
	if (!completion || at === undefined || !lines || leftOf(completion, order) === undefined) return [];
	return Object.entries(lines.of).flatMap(([product, line]) => {
		let quantity = line.quantity;
		for (const { lines: back = {} } of Object.values(refunds)) quantity -= own(back, product) ?? 0;
		if (quantity <= 0) return [];
		const { price, quantity: _whole, ...said } = line;
		const amounts =
			price === undefined ? {} : { price: price / 100, revenue: worthOf(price, quantity) / 100 };
		const props = { order_id: id, product_id: product, ...said, ...amounts, quantity: quantity / 100 };
		return [{ at, props }];
	});
}

/** The products of an order as events of their own, for rules to react to: caused by what completed it. */
export function boughtBy({ id, at, props }: Event, orders: Orders): readonly Event[] {
	const order = String(own(props, "order_id"));
	return boughtIn(order, own(orders, order) ?? {}).map((bought, n) => ({
		id: `${id}/${n}`,
		name: eventNames.productBought,
		at,
		props: bought.props,
	}));
}

/** The id of the event that completed the order, of that of one of its products. */
export function completedBy(id: string): string {
	return id.slice(0, Math.max(id.lastIndexOf("/"), 0));
}

/** Where facts have the instants of what is asked of events, latest first. */
export function instantsOf(
	match: EventMatch,
	watched: Watched,
): (facts: Facts) => readonly number[] | undefined {
	const { as, key } = watched;
	if (isWorkedOut(match)) return ({ orders }) => orders && boughtInstants(orders, match, watched);
	const name = asKey(key);
	return as === "value" ? ({ values }) => values?.[name]?.at : ({ counters }) => counters[name];
}

/** And where their sums are. */
export function sumsOf(match: EventMatch, watched: Watched): (facts: Facts) => DaySums | undefined {
	const { as, key } = watched;
	const name = asKey(key);
	if (!isWorkedOut(match)) return ({ sums }) => sums?.[name];
	const property = as === "sum" ? watched.property : "";
	return ({ orders }) =>
		orders &&
		matching(orders, match)
			.map(({ at, props }) => sumOf(at, hundredths(own(props, property))))
			.reduce(joinSums, none);
}

const none: DaySums = { ever: 0, days: [], sums: [] };

function sumOf(at: number, amount: number): DaySums {
	return { ever: amount, days: [dayOf(at)], sums: [amount] };
}

function boughtInstants(orders: Orders, match: EventMatch, watched: Watched): readonly number[] {
	const found = matching(orders, match);
	const instants = found.map(({ at }) => at);
	switch (watched.as) {
		case "latest":
			return instants.slice(0, limits.sequence);
		case "first":
			return instants.slice(-1);
		case "value": {
			const latest = new Map<string, number>();
			for (const { at, props } of found) {
				const value = own(props, watched.property);
				if (value !== undefined && !latest.has(valueKey(value))) latest.set(valueKey(value), at);
			}
			return [...latest.values()];
		}
		default:
			return [];
	}
}

function matching(orders: Orders, match: EventMatch): readonly Bought[] {
	if (match.path) return [];
	const passes = restTester(match);
	return boughtOf(orders).filter(({ at, props }) => passes(props, at));
}
