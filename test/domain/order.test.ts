import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completedOrders, lastCompletedAt } from "../../worker/domain/completed.ts";
import type { Event, Scalar } from "../../worker/domain/event.ts";
import { joinOrders, type Orders, orderEvents, recordOrder } from "../../worker/domain/order.ts";
import { given, naiveOrders, orderHistory } from "../support/orders.ts";
import { runs } from "../support/runs.ts";

let made = 0;
type Props = Readonly<Record<string, Scalar | undefined>>;
function event(name: string, at: number, props: Props): Event {
	return { id: `event ${++made}`, name, at, props: given(props) };
}
function completed(order_id: Scalar, at: number, revenue?: Scalar): Event {
	return event("Order Completed", at, { order_id, revenue });
}
function cancelled(order_id: Scalar, at: number): Event {
	return event("Order Cancelled", at, { order_id });
}
function refunded(order_id: Scalar, at: number, revenue?: Scalar, refund_id?: Scalar): Event {
	return event("Order Refunded", at, { order_id, revenue, refund_id });
}

function ordersOf(events: readonly Event[]): Orders {
	return events.reduce(recordOrder, {});
}
function countingOf(...events: Event[]): readonly (readonly [id: string, at: number, hundredths: number])[] {
	return completedOrders(ordersOf(events)).map(({ id, at, hundredths }) => [id, at, hundredths]);
}
function shuffled(events: fc.Arbitrary<readonly Event[]>) {
	return events.chain((list) =>
		fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
	);
}

describe("an order", () => {
	test("told twice counts once: when it was first told, for what was told last", () => {
		expect(countingOf(completed("A", 5, 20), completed("A", 9, 30))).toEqual([["A", 5, 3000]]);
		expect(countingOf(completed("A", 9, 30), completed("A", 5, 20))).toEqual([["A", 5, 3000]]);
	});

	test("has the same id as a number and as text", () => {
		expect(countingOf(completed(12, 1, 10), completed("12", 2, 10))).toEqual([["12", 1, 1000]]);
	});

	test("without an id that can be used is none", () => {
		const ids = [undefined, "", true, "x".repeat(201)];
		for (const order_id of ids) expect(ordersOf([event("Order Completed", 1, { order_id })])).toEqual({});
		expect(countingOf(completed("x".repeat(200), 1, 1))).toHaveLength(1);
	});

	test("may have any name", () => {
		const names = ["__proto__", "constructor", "toString"];
		const orders = ordersOf(names.flatMap((name) => [completed(name, 1, 5), refunded(name, 2, 1, name)]));
		expect(Object.getPrototypeOf(orders)).toBe(Object.prototype);
		expect(completedOrders(orders).map(({ id, hundredths }) => [id, hundredths])).toEqual([
			["toString", 400],
			["constructor", 400],
			["__proto__", 400],
		]);
	});

	test("worth nothing, or nothing that can be told, counts for 0", () => {
		const revenues = [undefined, 0, "12", 1e12, -1e12, -3];
		for (const revenue of revenues) expect(countingOf(completed("A", 1, revenue))).toEqual([["A", 1, 0]]);
	});

	test("refunded in part counts for what is left", () => {
		expect(countingOf(completed("A", 1, 100), refunded("A", 2, 30), refunded("A", 3, 20.5))).toEqual([
			["A", 1, 4950],
		]);
		expect(countingOf(completed("A", 1, 100), refunded("A", 2, -30))).toEqual([["A", 1, 7000]]);
	});

	test("is worth what an update said of it last, and is not completed by one", () => {
		const updated = (at: number, revenue?: number) => event("Order Updated", at, { order_id: "A", revenue });
		expect(countingOf(completed("A", 5, 20), updated(6, 30), updated(7))).toEqual([["A", 5, 3000]]);
		expect(countingOf(updated(6, 30), completed("A", 5, 20))).toEqual([["A", 5, 3000]]);
		expect(countingOf(updated(4, 30), completed("A", 5, 20))).toEqual([["A", 5, 2000]]);
		expect(countingOf(updated(6, 30), refunded("A", 7, 5))).toEqual([]);
		expect(countingOf(completed("A", 5, 20), updated(6, 0))).toEqual([["A", 5, 0]]);
		const server = ordersOf([updated(6, 30)]);
		const whole = joinOrders(server, ordersOf([completed("A", 5, 20), refunded("A", 8, 5)]));
		expect(completedOrders(whole)).toEqual([{ id: "A", at: 5, hundredths: 2500 }]);
	});

	test("is, of many that were updated and wait for their completion, the 200 updated last", () => {
		const waiting = Array.from({ length: 260 }, (_, i) =>
			event("Order Updated", (i * 37) % 260, { order_id: i, revenue: 1 }),
		);
		const orders = ordersOf(waiting);
		expect(Object.keys(orders)).toHaveLength(200);
		expect(ordersOf(waiting.toReversed())).toEqual(orders);
	});

	test("does not count once it is refunded in full, in one or in parts, or beyond", () => {
		expect(countingOf(completed("A", 1, 100), refunded("A", 2))).toEqual([]);
		expect(countingOf(completed("A", 1, 100), refunded("A", 2, 60), refunded("A", 3, 40))).toEqual([]);
		expect(countingOf(completed("A", 1, 100), refunded("A", 2, 500))).toEqual([]);
	});

	test("is given back once for each refund, as much as was said of it last", () => {
		const told = [refunded("A", 2, 30, "r1"), refunded("A", 4, 10, "r1"), refunded("A", 3, 5, 7)];
		expect(countingOf(completed("A", 1, 100), ...told, refunded("A", 2, 5, "7"))).toEqual([["A", 1, 8500]]);
	});

	test("that is cancelled does not count, even where the cancellation comes first", () => {
		expect(countingOf(cancelled("A", 2), completed("A", 1, 10), completed("B", 1, 10))).toEqual([
			["B", 1, 1000],
		]);
		expect(countingOf(cancelled("A", 2), completed("A", 3, 10))).toEqual([]);
		expect(countingOf(refunded("A", 2, 4), completed("A", 1, 10))).toEqual([["A", 1, 600]]);
	});

	test("is not given back in full by a refund in a currency that has no rate", () => {
		const unknown = event("Order Refunded", 2, { order_id: "A", original_revenue: 3, unconverted: true });
		expect(countingOf(completed("A", 1, 10), unknown)).toEqual([["A", 1, 1000]]);
	});

	test("is refunded by another part than told of it, once", () => {
		const browser = ordersOf([completed("A", 1, 10), refunded("A", 5, 4, "r1")]);
		const server = ordersOf([refunded("A", 2, 4, "r1"), completed("A", 2, 12)]);
		const whole = joinOrders(browser, server);
		expect(completedOrders(whole)).toEqual([{ id: "A", at: 1, hundredths: 800 }]);
		expect(
			completedOrders(joinOrders(ordersOf([completed("A", 1, 10)]), ordersOf([cancelled("A", 1)]))),
		).toEqual([]);
	});
});

describe("orders", () => {
	test("are the same in any order of arrival", () => {
		const events = orderHistory(40).map((parts) => parts.flat());
		fc.assert(
			fc.property(shuffled(events), ([list, other]) => {
				expect(ordersOf(other)).toEqual(ordersOf(list));
			}),
			{ numRuns: runs(300, 1_000) },
		);
	});

	test("are what a naive reading of all events finds", () => {
		fc.assert(
			fc.property(orderHistory(40), (parts) => {
				const whole = parts.map(ordersOf).reduce(joinOrders, {});
				expect(completedOrders(whole)).toEqual(naiveOrders(parts));
			}),
			{ numRuns: runs(500, 2_000) },
		);
	});

	test("of several parts are their union", () => {
		fc.assert(
			fc.property(orderHistory(), ([x = [], y = [], z = []]) => {
				const [a, b, c] = [ordersOf(x), ordersOf(y), ordersOf(z)];
				expect(joinOrders(a, b)).toEqual(joinOrders(b, a));
				expect(joinOrders(joinOrders(a, b), c)).toEqual(joinOrders(a, joinOrders(b, c)));
				expect(joinOrders(a, a)).toBe(a);
				expect(joinOrders(joinOrders(a, b), b)).toEqual(joinOrders(a, b));
				expect(joinOrders(a, b)).toEqual(ordersOf([...x, ...y]));
			}),
			{ numRuns: runs(200, 500) },
		);
	});

	test("never change in place, and stay the same object where an event says nothing new", () => {
		fc.assert(
			fc.property(orderHistory(), fc.nat(), (parts, place) => {
				const list = parts.flat();
				const orders = ordersOf(list);
				const before = JSON.stringify(orders);
				const again = list[place % Math.max(list.length, 1)];
				if (again) expect(recordOrder(orders, again)).toBe(orders);
				for (const one of list) recordOrder(orders, { ...one, id: "z", at: 20 });
				expect(JSON.stringify(orders)).toBe(before);
			}),
		);
		const orders = ordersOf([completed("A", 1, 10)]);
		expect(recordOrder(orders, event("Page Viewed", 9, { order_id: "A", revenue: 5 }))).toBe(orders);
		expect(recordOrder(orders, event("Order Updated", 9, { order_id: "A", status: "sent" }))).toBe(orders);
		expect([...orderEvents].sort()).toEqual([
			"Order Cancelled",
			"Order Completed",
			"Order Refunded",
			"Order Updated",
		]);
	});

	test("survive being stored as JSON", () => {
		fc.assert(
			fc.property(orderHistory(), (parts) => {
				const orders = ordersOf(parts.flat());
				const stored: Orders = JSON.parse(JSON.stringify(orders));
				expect(stored).toEqual(orders);
			}),
		);
	});

	test("are summed up once for as long as they are the same object", () => {
		const orders = ordersOf([completed("A", 1, 10), completed("B", 2, 10), cancelled("B", 3)]);
		expect(completedOrders(orders)).toBe(completedOrders(orders));
		expect(joinOrders({}, orders)).toBe(orders);
		expect(joinOrders(orders, {})).toBe(orders);
		expect(lastCompletedAt(orders)).toBe(2);
		expect(lastCompletedAt({})).toBeUndefined();
	});
});

describe("what is kept of a part", () => {
	/** Many orders, each completed once and some taken back, with ties in time. */
	const many = fc
		.array(
			fc.record({
				at: fc.integer({ min: 0, max: 300 }),
				back: fc.constantFrom("", "", "", "Order Refunded", "Order Cancelled"),
				backAt: fc.integer({ min: 0, max: 300 }),
				revenue: fc.constantFrom(undefined, 1, 10),
			}),
			{ minLength: 190, maxLength: 320, size: "max" },
		)
		.map((list) =>
			list.flatMap(({ at, back, backAt, revenue }, i) => {
				const first: Event = {
					id: `c${i}`,
					name: "Order Completed",
					at,
					props: { order_id: i, revenue: 10 },
				};
				if (back === "") return [first];
				return [first, { id: `b${i}`, name: back, at: backAt, props: given({ order_id: i, revenue }) }];
			}),
		);

	test("are the latest 200 orders, in any order of arrival", () => {
		fc.assert(
			fc.property(shuffled(many), ([list, other]) => {
				const orders = ordersOf(other);
				expect(orders).toEqual(ordersOf(list));
				expect(completedOrders(orders)).toEqual(naiveOrders([list]));
			}),
			{ numRuns: runs(6, 25), endOnFailure: true },
		);
	});

	test("are of the orders that wait for a completion the 200 taken back last", () => {
		const waiting = Array.from({ length: 260 }, (_, i) => cancelled(i, (i * 37) % 260));
		const orders = ordersOf(waiting);
		expect(Object.keys(orders)).toHaveLength(200);
		const instants = Object.values(orders).map(({ cancelledAt }) => cancelledAt ?? 0);
		expect(Math.min(...instants)).toBe(60);
		expect(ordersOf(waiting.toReversed())).toEqual(orders);
		expect(recordOrder(orders, cancelled("late", 5))).toBe(orders);
	});

	test("are of one order the latest 50 refunds", () => {
		const all = fc
			.array(fc.record({ refund: fc.integer({ min: 0, max: 80 }), at: fc.integer({ min: 0, max: 40 }) }), {
				minLength: 100,
				maxLength: 200,
				size: "max",
			})
			.map((list) => [
				completed("A", 0, 1000),
				...list.map(({ refund, at }, i) => refunded("A", at, i / 10, `r${refund}`)),
			]);
		fc.assert(
			fc.property(shuffled(all), ([list, other]) => {
				const orders = ordersOf(other);
				expect(Object.keys(orders.A?.refunds ?? {}).length).toBeLessThanOrEqual(50);
				expect(orders).toEqual(ordersOf(list));
				expect(completedOrders(orders)).toEqual(naiveOrders([list]));
			}),
			{ numRuns: runs(25, 100), endOnFailure: true },
		);
	});

	test("never exceeds 400 orders, whatever comes", () => {
		const events = Array.from({ length: 1200 }, (_, i) =>
			i % 2 ? completed(i, i, 1) : refunded(`back ${i}`, 5000 - i, 1),
		);
		const orders = ordersOf(events);
		expect(Object.keys(orders)).toHaveLength(400);
		expect(completedOrders(orders)).toEqual(naiveOrders([events]));
		expect(recordOrder(orders, completed("old", 1, 1))).toBe(orders);
	});

	test("forgets what more than 200 later orders pushed out: told of again, it is new", () => {
		const later = Array.from({ length: 200 }, (_, i) => completed(i, 10 + i, 1));
		const orders = ordersOf([completed("A", 1, 10), ...later, completed("A", 500, 10)]);
		expect(completedOrders(orders)[0]).toEqual({ id: "A", at: 500, hundredths: 1000 });
	});
});
