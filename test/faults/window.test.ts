// What time alone changes, it changes to the second, by the cell's alarm and without a request.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { minute, second, World, week } from "./past.ts";

let edge: FaultyEdge;
beforeAll(async () => {
	edge = await FaultyEdge.start();
});
afterAll(() => edge.stop());

describe("a window of a contact", () => {
	it("ends to the second, by alarm, without a request: the history bears that very instant", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		await world.tell(person.token, "Form Submitted", {
			experience: "blog-newsletter",
			email: "ala@example.pl",
		});
		const { segments } = await person.look();
		expect(segments).toContain("three-in-a-week");
		await person.waitForD1();
		const [first] = await person.events();
		const end = (first?.at ?? 0) + week;
		// One second before the end nothing happens, although the cell is awake and delivers.
		const before = await person.look(world.offsetTo(end - second));
		expect([before.now < end, before.segments.includes("three-in-a-week")]).toEqual([true, true]);
		await edge.moveClock(world.site, world.offsetTo(end + 5 * second));
		const exits = await until(
			async () => (await person.events()).filter(({ cause }) => cause !== null),
			(events) => events.length >= 2,
		);
		expect(exits).toContainEqual(
			expect.objectContaining({ name: "Segment Exited", cause: "three-in-a-week", at: end }),
		);
	});

	it("what the clock adds reaches D1's counters as well as its history", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		await world.tell(person.token, "Form Submitted", {
			experience: "blog-newsletter",
			email: "ola@example.pl",
		});
		const { score } = await person.look();
		await person.waitForD1();
		await edge.moveClock(world.site, week + minute);
		await until(
			() => person.events(),
			(events) => events.some(({ name }) => name === "Points Earned"),
		);
		expect((await person.row())?.score).toBe(score - 7);
		expect((await person.look()).score).toBe(score - 7);
	});
});
