// Which orders count, and what is left of them: what is read out of order.ts.

import { type Completion, latestFirst, type Order, type Orders } from "./order.ts";

/** An order that counts: when it was completed (epoch ms) and what is left of it after refunds. */
export interface CompletedOrder {
	readonly id: string;
	readonly at: number;
	readonly hundredths: number;
}

/** The orders that count, latest first, of one date by id, downwards. Asked again of the same object, the same answer. */
export function completedOrders(orders: Orders): readonly CompletedOrder[] {
	return summaryOf(orders).counting;
}

/** The latest instant (epoch ms) at which an order was completed, whether it counts or not. */
export function lastCompletedAt(orders: Orders): number | undefined {
	return summaryOf(orders).lastAt;
}

interface Summary {
	readonly counting: readonly CompletedOrder[];
	readonly lastAt: number | undefined;
}

/** Every evaluation asks. Orders never change in place, so what was worked out of an object holds for its life. */
const summaries = new WeakMap<Orders, Summary>();

function summaryOf(orders: Orders): Summary {
	const known = summaries.get(orders);
	if (known) return known;
	const counting: CompletedOrder[] = [];
	let lastAt: number | undefined;
	for (const [id, order] of Object.entries(orders)) {
		const at = order.completion?.firstAt;
		if (!order.completion || at === undefined) continue;
		lastAt = Math.max(at, lastAt ?? at);
		const left = leftOf(order.completion, order);
		if (left !== undefined) counting.push({ id, at, hundredths: left });
	}
	const summary = { counting: counting.sort(latestFirst), lastAt };
	summaries.set(orders, summary);
	return summary;
}

/** What is left of an order after refunds, or none where it does not count. */
export function leftOf(completion: Completion, { cancelledAt, refunds }: Order): number | undefined {
	if (cancelledAt !== undefined) return undefined;
	const value = completion.hundredths;
	let left = value;
	for (const refund of Object.values(refunds ?? {})) left -= refund.hundredths ?? Math.max(value, 0);
	return left <= 0 && value > 0 ? undefined : Math.max(left, 0);
}
