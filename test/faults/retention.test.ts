// Details of anonymous visits live three hours from the browser's last activity: unreadable from that instant, gone
// from D1 and from the cell within five minutes, whatever is down meanwhile.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { hour, minute, Person, second, World } from "./past.ts";
import { sound } from "./worker/plan.ts";

const down = { ...sound, down: true };

let edge: FaultyEdge;
beforeAll(async () => {
	edge = await FaultyEdge.start();
});
afterAll(() => edge.stop());

describe("details of an anonymous visit", () => {
	it("are there at 2:59:59 and unreadable at 3:00:01; when it was first seen and how often stays", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		const { lastSeenAt, firstSeenAt } = await person.look();
		const before = await person.look(world.offsetTo(lastSeenAt + 3 * hour - second));
		expect(before.now).toBeLessThan(lastSeenAt + 3 * hour);
		expect(before).toMatchObject({ score: 30, tags: { CENNIK: { count: 3 } }, visits: 1, firstSeenAt });
		const after = await person.look(world.offsetTo(lastSeenAt + 3 * hour + second));
		expect(after).toMatchObject({ score: 0, tags: {}, segments: [], visits: 1, firstSeenAt });
		await until(
			() => person.traces(),
			(traces) => traces.length === 0,
		);
	});

	it("go by themselves: nothing is left in D1 or the cell at 3:05", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		const { lastSeenAt, firstSeenAt } = await person.look();
		await person.waitForD1();
		expect(await person.traces()).toContain("/tajemnica in events");
		const offset = world.offsetTo(lastSeenAt + 3 * hour + 4 * minute + 30 * second);
		await edge.moveClock(world.site, offset);
		await until(
			() => person.traces(),
			(traces) => traces.length === 0,
		);
		expect(Date.now() + offset).toBeLessThan(lastSeenAt + 3 * hour + 5 * minute);
		expect(await person.row()).toMatchObject({ visits: 1, score: 0, tags: "{}", first_seen_at: firstSeenAt });
		expect(await person.events()).toEqual([]);
	});

	it("never arrive where D1 was down meanwhile: totals do", async () => {
		const world = await World.create(edge);
		await edge.order(down);
		const person = await world.visit();
		const { lastSeenAt, firstSeenAt } = await person.look();
		// Back one second after the end, minutes before anything is due to be cleared away.
		await edge.moveClock(world.site, world.offsetTo(lastSeenAt + 3 * hour + second));
		await edge.order(sound);
		await person.waitForD1();
		expect(await person.traces()).toEqual([]);
		expect(await person.events()).toEqual([]);
		expect(await person.row()).toMatchObject({ visits: 1, score: 0, tags: "{}", first_seen_at: firstSeenAt });
	});

	it("go from D1 when it is back, where it held them before it went down", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		const { lastSeenAt } = await person.look();
		await person.waitForD1();
		await edge.order(down);
		await edge.moveClock(world.site, world.offsetTo(lastSeenAt + 3 * hour + 5 * minute));
		await until(
			() => person.traces(),
			(traces) => traces.every((trace) => trace.endsWith("in events") || trace.endsWith("in row")),
		);
		await edge.order(sound);
		await until(
			() => person.traces(),
			(traces) => traces.length === 0,
		);
	});

	it("go where the process was killed in between, too", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		const { lastSeenAt } = await person.look();
		await person.waitForD1();
		await edge.moveClock(world.site, world.offsetTo(lastSeenAt + 3 * hour + 2 * minute));
		await edge.kill();
		await edge.revive();
		const offset = world.offsetTo(lastSeenAt + 3 * hour + 4 * minute + 30 * second);
		await edge.moveClock(world.site, offset);
		await until(
			() => person.traces(),
			(traces) => traces.length === 0,
		);
		expect(Date.now() + offset).toBeLessThan(lastSeenAt + 3 * hour + 5 * minute);
		expect(await person.row()).toMatchObject({ visits: 1 });
	});

	it("live on as long as the browser comes back, and a pop-up once closed stays closed after them", async () => {
		const world = await World.create(edge);
		const person = await world.visit();
		await world.tell(person.token, "Experience Closed", { experience: "blog-newsletter" });
		await edge.moveClock(world.site, 2 * hour);
		await world.view("/cennik", person.token);
		await edge.moveClock(world.site, 4 * hour);
		expect((await person.look()).score).toBe(40);
		await edge.moveClock(world.site, 6 * hour);
		await world.view("/blog/wiosna", person.token);
		const seen = await edge.look(world.site, person, "/blog/wiosna");
		expect(seen).toMatchObject({ score: 0, visits: 3 });
		expect(seen?.candidates).toContainEqual({ experience: "blog-newsletter", reason: "cooling-down" });
	});

	const visits = process.env.WITAJ_LONG ? 1_000 : 60;
	/** Twenty at a time; `apartMs` by the site's clock between these. */
	const visitorsOf = async (world: World, apartMs = 0): Promise<readonly Person[]> => {
		const people: Person[] = [];
		for (let offset = 0; people.length < visits; offset += apartMs) {
			if (offset > 0) await edge.moveClock(world.site, offset);
			const some = Array.from({ length: Math.min(20, visits - people.length) }, async () =>
				world.view("/tajemnica"),
			);
			for (const token of await Promise.all(some)) people.push(new Person(world, token));
		}
		return people;
	};

	it(`of ${visits} visits are readable in the last second of each, and in none of the seconds after`, async () => {
		const world = await World.create(edge);
		// As far apart as there is time to look at some before the first of them ends.
		const people = await visitorsOf(world, 3 * second);
		const known = await Promise.all(people.map(async (person) => ({ person, ...(await person.look()) })));
		const moments = known
			.map((one) => ({ ...one, end: one.lastSeenAt + 3 * hour }))
			.flatMap((one) => [-second, second].map((by) => ({ ...one, at: one.end + by })))
			.toSorted((a, b) => a.at - b.at);
		const looks = { before: 0, after: 0 };
		// Each is looked at on both sides of their own end, by a clock that never goes back: what they are then tells when that
		// was, also where it took long.
		let offset = Number.NEGATIVE_INFINITY;
		for (const { person, end, at, firstSeenAt } of moments) {
			offset = Math.max(offset, world.offsetTo(at));
			const { now, segments, ...kept } = await person.look(offset);
			looks[now < end ? "before" : "after"]++;
			expect([end - now, segments.includes("from-google")]).toEqual([end - now, now < end]);
			expect(kept).toMatchObject({ visits: 1, firstSeenAt });
		}
		expect(looks.before).toBeGreaterThan(visits * 0.9);
		expect(looks.after).toBeGreaterThanOrEqual(visits);
	}, 600_000);

	for (const [how, meanwhile] of [
		["where nothing else happens", async () => {}],
		[
			"where the process was killed, and its alarms with it",
			async () => {
				await edge.kill();
				await edge.revive();
			},
		],
		["where D1 was down", () => edge.order(down)],
	] as const)
		it(`of ${visits} visits are all readable half a minute before their time, none a second after it, and nowhere in any store at 3:05, ${how}`, async () => {
			const world = await World.create(edge);
			const people = await visitorsOf(world);
			for (const person of people.slice(0, 5)) await person.waitForD1();
			const from = Math.min(...(await Promise.all(people.map(async (one) => (await one.look()).lastSeenAt))));
			await edge.moveClock(world.site, world.offsetTo(from + 3 * hour - 30 * second));
			expect(await world.readable()).toBe(visits);
			const seen = await Promise.all(people.map((one) => one.look()));
			const to = Math.max(...seen.map(({ lastSeenAt }) => lastSeenAt));
			expect(seen.filter(({ segments }) => segments.includes("from-google")).length).toBe(visits);
			await meanwhile();
			await edge.moveClock(world.site, world.offsetTo(to + 3 * hour + second));
			expect(await world.readable()).toBe(0);
			const after = await Promise.all(people.map((one) => one.look()));
			expect(after.filter(({ segments, visits: n }) => segments.includes("from-google") || n !== 1)).toEqual(
				[],
			);
			await edge.order(sound);
			const offset = world.offsetTo(to + 3 * hour + 4 * minute + 30 * second);
			await edge.moveClock(world.site, offset);
			await until(
				() => edge.everything(world.site, []),
				(all) => !all.includes("/tajemnica"),
			);
			expect(Date.now() + offset).toBeLessThan(to + 3 * hour + 5 * minute);
		}, 600_000);

	it("go from what was set aside, too", async () => {
		const world = await World.create(edge);
		await edge.order({ ...sound, poison: "/tajemnica" });
		const person = await world.visit();
		await until(
			() => person.traces(),
			(traces) => traces.includes("/tajemnica in dead"),
		);
		await edge.order(sound);
		const { lastSeenAt } = await person.look();
		await edge.moveClock(world.site, world.offsetTo(lastSeenAt + 3 * hour + 5 * minute));
		await until(
			() => person.traces(),
			(traces) => traces.length === 0,
		);
	});
});
