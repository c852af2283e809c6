// The demo's made-up people: the same on every run, and alive enough for figures to mean something.

import { describe, expect, it } from "vitest";
import { lifeOf } from "../support/seed-life.ts";

const now = Date.UTC(2026, 10, 22, 12);
const crowd = { seed: 1, count: 2_000, now };
const livesOf = (one: typeof crowd) => Array.from({ length: one.count }, (_, index) => lifeOf(one, index));
const lives = livesOf(crowd);
const events = lives.flatMap((life) => life.events);
const named = (name: string) => events.filter((event) => event.name === name);

describe("the seed", () => {
	it("makes the same people of the same seed, and others of another", () => {
		expect(livesOf(crowd)).toEqual(lives);
		expect(lifeOf({ ...crowd, seed: 2 }, 0)).not.toEqual(lives[0]);
	});

	it("gives every person and event an id of its own, of their instant", () => {
		const ids = [...lives.map(({ visitor }) => visitor), ...events.map(({ id }) => id)];
		expect(new Set(ids).size).toBe(ids.length);
		for (const { id, at } of events) expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(at);
		for (const { visitor, events: own } of lives)
			expect(Number.parseInt(visitor.replace("-", "").slice(0, 12), 16)).toBeLessThanOrEqual(own[0]?.at ?? 0);
	});

	it("tells each life in the order of time, and nothing that is still to come", () => {
		for (const life of lives) {
			const times = life.events.map(({ at }) => at);
			expect(times).toEqual(times.toSorted((a, b) => a - b));
			expect(times.at(-1)).toBeLessThanOrEqual(now);
			expect(times[0]).toBeGreaterThan(now - 91 * 86_400_000);
		}
	});

	it("has 800 contacts and 600 orders, some of them taken back", () => {
		expect(named("Form Submitted").length).toBe(800);
		expect(named("Order Completed").length).toBe(600);
		expect(named("Order Refunded").length).toBeGreaterThan(20);
		expect(named("Order Cancelled").length).toBeGreaterThan(10);
	});
});
