// Loyalty programmes: members, tiers, rewards, and what time takes.

import { describe, expect, test } from "vitest";
import type { Programme, ScoreRule } from "../../worker/domain/definition.ts";
import { balanceOf, pointsOf, spend, tierOf } from "../../worker/domain/programme.ts";
import { dayMs, type Story, story, told } from "../support/story.ts";

const start = Date.UTC(2026, 4, 4, 9, 30, 0, 123);
const club: Programme = {
	id: "club",
	name: "Klub ogrodnika",
	joins: { by: { event: { name: "Form Submitted" } } },
	tiers: [
		{ id: "green", name: "Zielony", from: 0 },
		{ id: "silver", name: "Srebrny", from: 100 },
		{ id: "gold", name: "Złoty", from: 500 },
	],
	rewards: [{ id: "gloves", name: "Rękawice", points: 30 }],
};
const open: Programme = { ...club, joins: "everyone" };
const buying: ScoreRule = {
	id: "buying",
	name: "Zakup",
	programme: "club",
	points: 20,
	when: { event: { name: "Order Completed" } },
};
const bought = ({ happen }: Story, at: number) => happen("Order Completed", at, { order_id: `${at}` });
const balance = ({ standing }: Story) => balanceOf(pointsOf(standing.person, "club"));

type Wish = { reward: string; coupon?: string } | { points: number };
function buy(of: Story, purchase: Wish, at: number): string {
	const spending = spend(of.standing, of.rules, "club", { id: `hand-${at}`, ...purchase }, at);
	if (spending.is === "refused") return spending.why;
	of.byHand(spending.event);
	return told(spending.event);
}

describe("membership", () => {
	test("only members earn, and joining is an entry with its reason", () => {
		const of = story({ programmes: [club], scoreRules: [buying] });
		expect(bought(of, start)).toEqual([]);
		const [joined] = of.happen("Form Submitted", start + 1);
		expect(joined).toMatchObject({
			name: "Programme Joined",
			props: { programme: "club" },
			cause: { event: "event-1", rule: "club" },
		});
		expect(of.happen("Form Submitted", start + 2)).toEqual([]);
		expect(bought(of, start + 3).map(told)).toEqual(["Points Earned club 20"]);
		expect(of.facts().points?.club).toMatchObject({ earned: 20, spent: 0, joinedAt: start + 1 });
		expect(of.facts().score).toBe(0);
	});

	test("welcome points come with the very event that makes a member", () => {
		const form = { event: { name: "Form Submitted" } };
		const joining = { event: { name: "Programme Joined" } };
		const of = story({
			programmes: [club],
			scoreRules: [
				{ ...buying, id: "form", points: 5, when: form },
				{ ...buying, id: "welcome", points: 50, when: joining },
			],
		});
		expect(of.happen("Form Submitted", start).map(told)).toEqual([
			"Programme Joined club",
			"Points Earned club 5",
			"Points Earned club 50",
		]);
	});

	test("comes with what the person is, also by asking for a segment", () => {
		const of = story({
			programmes: [{ ...club, joins: { by: { trait: { field: "segment", segment: "buyers" } } } }],
			segments: [
				{ id: "buyers", name: "", condition: { field: "orders", of: "count", test: { op: ">=", n: 1 } } },
			],
		});
		expect(bought(of, start).map(told)).toEqual(["Programme Joined club", "Segment Entered buyers"]);
		expect(bought(of, start + 1)).toEqual([]);
	});

	test("is given by hand too", () => {
		const of = story({ programmes: [club], scoreRules: [buying] });
		of.byHand({ id: "h", name: "Programme Joined", at: start, props: { programme: "club" } });
		bought(of, start + 1);
		expect(balance(of)).toBe(20);
	});

	test("is everyone's where the programme says so", () => {
		const of = story({ programmes: [open], scoreRules: [buying] });
		bought(of, start);
		expect(balance(of)).toBe(20);
	});
});

describe("a reward out of a pool of coupons", () => {
	const voucher = { id: "voucher", name: "Bon na 20 zł", points: 20, pool: "vouchers" };
	const vouchers: Programme = { ...open, rewards: [voucher] };

	test("is the code that was at hand, and the entry says which", () => {
		const of = story({ programmes: [vouchers], scoreRules: [buying] });
		bought(of, start);
		const spending = spend(
			of.standing,
			of.rules,
			"club",
			{ id: "h", reward: "voucher", coupon: "BON-1" },
			start + 1,
		);
		expect(spending).toMatchObject({
			event: { name: "Points Spent", props: { reward: "voucher", points: 20, coupon: "BON-1" } },
		});
	});

	test("costs nothing where the pool is empty, nor does a code help whoever has too few points", () => {
		const of = story({ programmes: [vouchers], scoreRules: [buying] });
		expect(buy(of, { reward: "voucher", coupon: "BON-1" }, start)).toBe("balance-too-low");
		bought(of, start + 1);
		expect(buy(of, { reward: "voucher" }, start + 2)).toBe("pool-empty");
		expect(balance(of)).toBe(20);
	});
});

describe("spending", () => {
	test("a balance never goes below zero", () => {
		const of = story({ programmes: [open], scoreRules: [buying] });
		bought(of, start);
		expect(buy(of, { reward: "gloves" }, start + 1)).toBe("balance-too-low");
		bought(of, start + 2);
		expect(buy(of, { reward: "gloves" }, start + 3)).toBe("Points Spent club 30 gloves");
		expect(buy(of, { points: 11 }, start + 4)).toBe("balance-too-low");
		expect(buy(of, { points: 10 }, start + 5)).toBe("Points Spent club 10");
		expect(balance(of)).toBe(0);
	});

	test("is refused with its reason", () => {
		const of = story({ programmes: [club] });
		expect(buy(of, { points: 1 }, start)).toBe("not-a-member");
		expect(buy(of, { reward: "car" }, start)).toBe("unknown-reward");
		for (const points of [0, -5, 0.5, Number.NaN])
			expect(buy(of, { points }, start)).toBe("points-malformed");
		const unknown = spend(of.standing, of.rules, "other", { id: "x", points: 1 }, start);
		expect(unknown).toEqual({ is: "refused", why: "unknown-programme" });
	});

	test("a minus rule stops at zero, and leaves what was ever earned", () => {
		const minus = { ...buying, id: "minus", points: -15, when: { event: { name: "Order Refunded" } } };
		const of = story({ programmes: [open], scoreRules: [buying, minus, { ...minus, id: "again" }] });
		bought(of, start);
		expect(of.happen("Order Refunded", start + 1).map(told)).toEqual([
			"Points Spent club 15",
			"Points Spent club 5",
		]);
		expect(of.happen("Order Refunded", start + 2)).toEqual([]);
		expect(of.facts().points?.club).toMatchObject({ earned: 20, spent: 20 });
	});
});

test("a tier is reached by points ever earned, and a segment tells of it", () => {
	const silver = { field: "points", programme: "club", of: "earned", test: { op: ">=", n: 100 } } as const;
	const of = story({
		programmes: [open],
		scoreRules: [{ ...buying, points: 50 }],
		segments: [{ id: "silver", name: "", condition: silver }],
	});
	bought(of, start);
	expect(bought(of, start + 1).map(told)).toContain("Segment Entered silver");
	buy(of, { points: 100 }, start + 2);
	expect(Object.keys(of.standing.segments)).toEqual(["silver"]);
	const { earned } = pointsOf(of.standing.person, "club");
	expect(tierOf(open, earned)?.id).toBe("silver");
	expect([0, 99, 500, 9_999].map((points) => tierOf(open, points)?.id)).toEqual([
		"green",
		"green",
		"gold",
		"gold",
	]);
	expect(tierOf({ ...open, tiers: [] }, 10)).toBeUndefined();
});

describe("points of a programme that expire", () => {
	const lasting = { ...buying, expiresAfterMs: 30 * dayMs };

	test("go to the millisecond, and are earned points all the same", () => {
		const of = story({ programmes: [open], scoreRules: [lasting] });
		bought(of, start);
		expect(of.pass(start + 30 * dayMs - 1)).toEqual([]);
		expect(of.pass(start + 30 * dayMs)).toMatchObject([
			{
				name: "Points Expired",
				at: start + 30 * dayMs,
				props: { programme: "club", points: 20, rule: "buying", due: 20 },
				cause: { event: "clock", rule: "buying" },
			},
		]);
		expect(pointsOf(of.standing.person, "club")).toMatchObject({ earned: 20, spent: 20 });
	});

	test("were spent first where they were the first to expire", () => {
		const of = story({ programmes: [open], scoreRules: [lasting] });
		bought(of, start);
		bought(of, start + 10 * dayMs);
		buy(of, { points: 15 }, start + 20 * dayMs);
		expect(of.pass(start + 30 * dayMs).map(told)).toEqual(["Points Expired club 5 buying 20"]);
		expect(balance(of)).toBe(20);
		expect(of.pass(start + 40 * dayMs).map(told)).toEqual(["Points Expired club 20 buying 20"]);
		expect(balance(of)).toBe(0);
	});

	test("and were all spent take nothing more", () => {
		const of = story({ programmes: [open], scoreRules: [lasting, { ...buying, id: "lasts", points: 3 }] });
		bought(of, start);
		buy(of, { points: 23 }, start + 1);
		expect(of.pass(start + 30 * dayMs).map(told)).toEqual(["Points Expired club 0 buying 20"]);
		expect([balance(of), of.standing.until]).toEqual([0, Infinity]);
	});
});

describe("a balance that fades", () => {
	const fading: Programme = { ...open, fades: { everyDays: 30, percent: 10 } };

	test("loses whole points every so many days from the first one", () => {
		const of = story({ programmes: [fading], scoreRules: [{ ...buying, points: 25 }] });
		bought(of, start);
		bought(of, start + 29 * dayMs);
		expect(of.standing.until).toBe(start + 30 * dayMs);
		const faded = of.pass(start + 400 * dayMs);
		expect(faded[0]).toEqual({
			id: `clock:${start + 30 * dayMs}/club/fades`,
			name: "Points Expired",
			at: start + 30 * dayMs,
			props: { programme: "club", points: 5, rule: "club", percent: 10 },
			cause: { event: "clock", rule: "club" },
		});
		expect(faded.slice(0, 3).map(({ at, props }) => [(at - start) / dayMs, props.points])).toEqual([
			[30, 5],
			[60, 4],
			[90, 4],
		]);
		expect(of.pass(start + 4_000 * dayMs).length).toBeGreaterThan(0);
		// A tenth of nine is less than a point.
		expect([balance(of), of.standing.until]).toEqual([9, Infinity]);
	});

	test("does not lose for days on which the points were not there", () => {
		const of = story({ programmes: [fading], scoreRules: [{ ...buying, points: 9 }] });
		bought(of, start);
		expect(of.standing.until).toBe(Infinity);
		bought(of, start + 100 * dayMs);
		expect(of.standing.until).toBe(start + 120 * dayMs);
	});
});
