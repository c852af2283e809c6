import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attention, attend, joinAttention } from "../../worker/domain/attention.ts";
import { creditOf } from "../../worker/domain/credit.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { recordOrder } from "../../worker/domain/order.ts";

const day = 86_400_000;
const hour = day / 24;
const ordered = Date.UTC(2026, 10, 21, 12);

function event(name: string, at: number, props: Properties): Event {
	return { id: `${name} ${at} ${JSON.stringify(props)}`, name, at, props };
}

function attention(...events: readonly Event[]): Record<string, Attention> {
	const record: Record<string, Attention> = {};
	for (const one of events) attend(record, one);
	return record;
}

const shown = (experience: string, at: number) =>
	event("Experience Shown", at, { experience, revision: 2, variant: "b" });
const clicked = (experience: string, at: number, product?: string) =>
	event("Experience Clicked", at, { experience, revision: 2, ...(product && { product }) });
const order = recordOrder(
	{},
	event("Order Completed", ordered, {
		order_id: "o-1",
		revenue: 300,
		products: JSON.stringify([
			{ product_id: "mower", price: 100, quantity: 2 },
			{ product_id: "gloves", price: 100 },
		]),
	}),
)["o-1"];

function credit(...events: readonly Event[]) {
	if (!order) throw new Error("no order");
	return creditOf("o-1", order, attention(...events));
}

describe("an order", () => {
	it("is owed to the experience that was clicked last, and the others assisted", () => {
		const owed = credit(
			shown("seen", ordered - hour),
			clicked("first", ordered - 2 * day),
			clicked("last", ordered - day),
		);
		expect(owed?.main).toMatchObject({ experience: "last", by: "click", revision: 2 });
		expect(owed?.assisted.map(({ experience, by }) => [experience, by])).toEqual([
			["first", "click"],
			["seen", "view"],
		]);
		expect(owed?.hundredths).toBe(30_000);
	});

	it("is owed to nothing that was granted and came to nothing", () => {
		const missed = event("Experience Missed", ordered, { experience: "banner", shownAt: ordered - hour });
		expect(credit(shown("banner", ordered - hour), missed)?.main).toBeUndefined();
		expect(
			credit(shown("banner", ordered - hour), missed, shown("banner", ordered - 2 * hour))?.main,
		).toMatchObject({ at: ordered - 2 * hour });
	});

	it("is owed to what was shown within a day where nothing was clicked, in the variant that was shown", () => {
		expect(credit(shown("banner", ordered - hour))?.main).toMatchObject({
			experience: "banner",
			by: "view",
			variant: "b",
		});
		expect(credit(shown("banner", ordered - day - 1))?.main).toBeUndefined();
	});

	it("is owed to nothing that came after it, nor to a click of more than a week before", () => {
		expect(credit(clicked("late", ordered + 1), clicked("old", ordered - 7 * day - 1))?.main).toBeUndefined();
	});

	it("gives a product to the frame in which it was clicked, with what was paid for it", () => {
		const owed = credit(
			clicked("frame", ordered - hour, "mower"),
			clicked("other", ordered - 2 * hour, "mower"),
		);
		expect(owed?.products).toEqual([["mower", "frame", 20_000]]);
	});

	it("that was cancelled is worth nothing, and still says to what it was owed", () => {
		const cancelled = recordOrder(
			{ "o-1": order ?? {} },
			event("Order Cancelled", ordered + day, { order_id: "o-1" }),
		);
		const owed = creditOf("o-1", cancelled["o-1"] ?? {}, attention(clicked("last", ordered - day)));
		expect(owed).toMatchObject({ hundredths: null, saidAt: ordered + day, main: { experience: "last" } });
	});
});

const anyEvent = fc
	.record({
		name: fc.constantFrom("Experience Shown", "Experience Closed", "Experience Clicked", "Form Submitted"),
		at: fc.integer({ min: ordered, max: ordered + 5 }),
		experience: fc.constantFrom("a", "b"),
		revision: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
		variant: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
		product: fc.option(fc.constantFrom("p", "q", "constructor"), { nil: undefined }),
	})
	.map(({ name, at, ...props }) => event(name, at, JSON.parse(JSON.stringify(props))));

describe("what a person was shown", () => {
	it("is the same whatever the order of arrival, in one part and over two", () => {
		fc.assert(
			fc.property(
				fc.array(anyEvent, { maxLength: 12 }),
				fc.array(anyEvent, { maxLength: 12 }),
				(one, other) => {
					expect(attention(...one)).toEqual(attention(...one.toReversed()));
					const [a, b] = [attention(...one), attention(...other)];
					for (const id of ["a", "b"]) {
						const [x, y] = [a[id], b[id]];
						if (x && y) expect(joinAttention(x, y)).toEqual(joinAttention(y, x));
					}
				},
			),
		);
	});
});
