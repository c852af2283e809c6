// Arbitrary events of orders, and what orders mean, worked out naively from lists of events: for every suite that must
// find an implementation in agreement with it.

import fc from "fast-check";
import type { CompletedOrder } from "../../worker/domain/completed.ts";
import type { Event, Scalar } from "../../worker/domain/event.ts";

const kept = { orders: 200, takenBack: 200, refunds: 50 };

const orderIds: fc.Arbitrary<Scalar | undefined> = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom("A", "B", "C") },
	{ weight: 3, arbitrary: fc.constantFrom(12, "12", 1.5, "Łódź", "constructor", "__proto__") },
	{ weight: 1, arbitrary: fc.constantFrom(undefined, "", true, "x".repeat(200), "x".repeat(201)) },
);
const amounts: fc.Arbitrary<Scalar | undefined> = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(10, 20, 30, 0.1, 12.345, 99.99) },
	{ weight: 2, arbitrary: fc.constantFrom(undefined, 0, -0, -5, -0.001) },
	{ weight: 1, arbitrary: fc.constantFrom(1e12, -1e12, 999_999_999_999.99, "10", true) },
);
const saying = fc.record({
	name: fc.constantFrom(
		"Order Completed",
		"Order Completed",
		"Order Refunded",
		"Order Cancelled",
		"Order Updated",
	),
	at: fc.integer({ min: 0, max: 12 }),
	order_id: orderIds,
	revenue: amounts,
	refund_id: fc.constantFrom<(Scalar | undefined)[]>(
		undefined,
		undefined,
		"r1",
		"r2",
		7,
		"7",
		"",
		"__proto__",
	),
	original_revenue: fc.constantFrom<(Scalar | undefined)[]>(undefined, undefined, undefined, 40),
});

/** Up to three parts of up to `length` events that tell of few orders in many ways. Ids are unique. */
export function orderHistory(length = 30): fc.Arbitrary<readonly (readonly Event[])[]> {
	return fc.array(fc.array(saying, { maxLength: length, size: "max" }), { maxLength: 3 }).map((parts) =>
		parts.map((list, p) =>
			list.map(({ name, at, ...props }, i) => ({
				// Not in the order of time, as ids of different sources are not.
				id: `${(i * 7) % 10}-${p}-${i}`,
				name,
				at,
				props: given(props),
			})),
		),
	);
}

export function given(props: Readonly<Record<string, Scalar | undefined>>): Record<string, Scalar> {
	const entries: [string, Scalar][] = [];
	for (const [name, value] of Object.entries(props)) if (value !== undefined) entries.push([name, value]);
	return Object.fromEntries(entries);
}

interface Saying {
	readonly event: Event;
	readonly order: string;
}

/** The orders that count, latest first, of a person of these parts. */
export function naiveOrders(parts: readonly (readonly Event[])[]): readonly CompletedOrder[] {
	const all = parts.flatMap(lookedAt);
	const counting = [...new Set(all.map(({ order }) => order))].flatMap((id) => {
		const its = all.filter(({ order }) => order === id).map(({ event }) => event);
		const of = (name: string) => its.filter((event) => event.name === name).sort(byTime);
		const completions = of("Order Completed");
		const [first, last] = [completions[0], completions.at(-1)];
		if (!first || !last || of("Order Cancelled").length > 0) return [];
		const amended = [
			...completions,
			...of("Order Updated").filter(({ props }) => props.revenue !== undefined),
		];
		const value = cents((amended.sort(byTime).at(-1) ?? last).props.revenue);
		const back = refundsOf(of("Order Refunded")).reduce((sum, refund) => sum + givenBack(refund, value), 0);
		if (value > 0 && value - back <= 0) return [];
		return [{ id, at: first.at, hundredths: Math.max(value - back, 0) }];
	});
	return counting.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** What was bought, as events: the lines of the orders that count, less what came back. Of parts with few orders. */
export function naiveBought(parts: readonly (readonly Event[])[]): readonly Event[] {
	const all = parts.flatMap(lookedAt);
	return naiveOrders(parts).flatMap(({ id, at }) => {
		const its = all.filter(({ order }) => order === id).map(({ event }) => event);
		const of = (name: string) => its.filter((event) => event.name === name).sort(byTime);
		const listed = [...of("Order Completed"), ...of("Order Updated")]
			.sort(byTime)
			.findLast(({ props }) => listOf(props.products).size > 0);
		const refunds = refundsOf(of("Order Refunded")).map(({ props }) => listOf(props.products));
		return [...listOf(listed?.props.products)].flatMap(([product, { pieces, price, said }]) => {
			const back = refunds.reduce((sum, refund) => sum + (refund.get(product)?.pieces ?? 0), 0);
			const left = pieces - back;
			if (left <= 0) return [];
			const amounts =
				price === undefined
					? {}
					: { price: price / 100, revenue: Math.floor((price * left) / 100 + 0.5) / 100 };
			const props = { order_id: id, product_id: product, ...said, ...amounts, quantity: left / 100 };
			return [{ id: `${id} ${product}`, name: "Product Bought", at, props }];
		});
	});
}

interface Listed {
	readonly pieces: number;
	readonly price: number | undefined;
	readonly said: Readonly<Record<string, string>>;
}

function listOf(text: Scalar | undefined): ReadonlyMap<string, Listed> {
	const found = new Map<string, Listed>();
	if (typeof text !== "string" || !text.startsWith('[{"')) return found;
	const list: readonly Record<string, Scalar>[] = JSON.parse(text);
	for (const { product_id, quantity = 1, price, category, coupon } of list) {
		const id = usable(product_id);
		const pieces = cents(quantity);
		if (id === undefined || pieces <= 0) continue;
		const known = found.get(id);
		if (known) found.set(id, { ...known, pieces: known.pieces + pieces });
		else {
			const isPrice = typeof price === "number" && price >= 0 && price < 1e9;
			const said = { ...(category && { category: `${category}` }), ...(coupon && { coupon: `${coupon}` }) };
			found.set(id, { pieces, price: isPrice ? cents(price) : undefined, said });
		}
	}
	return found;
}

/** What is looked at of a part. */
function lookedAt(events: readonly Event[]): readonly Saying[] {
	const all = events.flatMap((event): Saying[] => {
		const order = usable(event.props.order_id);
		const tells = ["Order Completed", "Order Updated", "Order Refunded", "Order Cancelled"].includes(
			event.name,
		);
		return tells && order !== undefined ? [{ event, order }] : [];
	});
	const isCompletion = ({ event }: Saying) => event.name === "Order Completed";
	const completions = all.filter(isCompletion);
	const updates = all.filter(({ event }) => event.name === "Order Updated");
	const takings = all.filter((one) => !isCompletion(one) && !updates.includes(one));
	const completed = latest(completions, (instants) => Math.min(...instants), kept.orders);
	const takenBack = latest(takings, (instants) => Math.max(...instants), kept.takenBack);
	const refunds = new Set(
		[...new Set(takings.map(({ order }) => order))].flatMap((id) => {
			const its = takings.filter(({ event, order }) => order === id && event.name === "Order Refunded");
			return refundsOf(its.map(({ event }) => event).sort(byTime)).slice(-kept.refunds);
		}),
	);
	return [
		...completions.filter(({ order }) => completed.has(order)),
		// Of few orders all.
		...updates,
		...takings.filter(
			({ event, order }) =>
				(completed.has(order) || takenBack.has(order)) &&
				(event.name === "Order Cancelled" || refunds.has(event)),
		),
	];
}

function latest(
	sayings: readonly Saying[],
	one: (instants: readonly number[]) => number,
	count: number,
): ReadonlySet<string> {
	const instants = new Map<string, number[]>();
	for (const { event, order } of sayings) instants.set(order, [...(instants.get(order) ?? []), event.at]);
	const dated = [...instants].map(([id, list]) => ({ id, at: one(list) }));
	dated.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
	return new Set(dated.slice(0, count).map(({ id }) => id));
}

/** Of each refund what was said last, oldest first. `events` are in the order of time. */
function refundsOf(events: readonly Event[]): readonly Event[] {
	const last = new Map<string, Event>();
	for (const event of events) last.set(usable(event.props.refund_id) ?? event.id, event);
	return [...last.values()].sort(byTime);
}

function givenBack({ props }: Event, value: number): number {
	const listed = [...listOf(props.products).values()];
	if (props.revenue === undefined && listed.length > 0)
		return listed.reduce((sum, { pieces, price = 0 }) => sum + Math.floor((price * pieces) / 100 + 0.5), 0);
	const isAll = props.revenue === undefined && props.original_revenue === undefined;
	return isAll ? Math.max(value, 0) : Math.abs(cents(props.revenue));
}

function usable(id: Scalar | undefined): string | undefined {
	if (typeof id === "number") return `${id}`;
	return typeof id === "string" && id.length > 0 && id.length <= 200 ? id : undefined;
}

function cents(amount: Scalar | undefined): number {
	if (typeof amount !== "number" || Math.abs(amount) >= 1e12) return 0;
	const magnitude = Math.floor(Math.abs(amount) * 100 + 0.5);
	return amount < 0 && magnitude > 0 ? -magnitude : magnitude;
}

function byTime(a: Event, b: Event): number {
	return a.at - b.at || (a.id < b.id ? -1 : 1);
}
