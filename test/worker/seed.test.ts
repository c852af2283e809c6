// Made-up people are real ones: a cell owns each of them, the rules have made of them what they make of anyone, and D1
// says of every contact what the cell says.

import { beforeEach, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { demoCellOf } from "../../worker/demo/cell.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { definitions } from "../shop/definitions.ts";
import { demo } from "../shop/demo.ts";
import { lifeOf } from "../support/seed-life.ts";
import { drain, env, freshWorld, publish, site } from "./world.ts";

const cell = "eu-eeur-0";
const people = 60;

beforeEach(async () => {
	await freshWorld();
	await publish();
});

function crowd() {
	const one = { seed: 7, count: people, now: Date.now() };
	return Array.from({ length: people }, (_, index) => lifeOf(one, index));
}

const isContact = (index: number) => index % 5 < 2;

it("the cells' answer and D1's are the same for every seeded contact and segment", async () => {
	const lives = crowd();
	const stub = demoCellOf(env, site, cell);
	expect(await stub.replay({ site, cell, lives })).toBe(people);
	await drain(`v1.k1.${cell}.`);
	const members = new Map<string, number>();
	for (const [index, { visitor, events }] of lives.entries()) {
		const person = await inspectIn(stub, visitor, "/");
		if (!person) throw new Error("the cell knows nobody");
		if (!isContact(index)) {
			expect(person.identity).toBe("anonymous");
			continue;
		}
		expect(person.identity).toBe("monitored");
		expect(person.visits).toBeGreaterThan(0);
		// What answers to something shown is done only where it was.
		const last = events.findLast(({ answers }) => answers === undefined);
		expect(person.lastSeenAt).toBeGreaterThanOrEqual(last?.at ?? 0);
		const questions = definitions.segments.map(({ condition }) => {
			const { tables, where, args } = compileSql(condition, person.now);
			const query = `${tables} SELECT ${where} AS so, p.cell, p.segments FROM people p WHERE p.site = ?2 AND p.id = ?3`;
			return env.DB.prepare(query).bind(args[0], site, visitor);
		});
		const answers = await env.DB.batch<{ so: number; cell: string; segments: string }>(questions);
		for (const [i, { id }] of definitions.segments.entries()) {
			const since = person.segments.find((segment) => segment.id === id)?.since ?? null;
			const row = answers[i]?.results[0];
			expect({ id, so: row?.so, cell: row?.cell }).toEqual({ id, so: Number(since !== null), cell });
			expect(JSON.parse(row?.segments ?? "{}")[id] ?? null).toBe(since);
			if (since !== null) members.set(id, (members.get(id) ?? 0) + 1);
		}
	}
	expect([...members.keys()]).toEqual(expect.arrayContaining(["from-google", "mower-seekers", "returning"]));
}, 60_000);

it("details of whoever was here hours ago have lapsed, and lives that were lived are not lived again", async () => {
	const lives = crowd();
	const stub = demoCellOf(env, site, cell);
	await stub.replay({ site, cell, lives });
	const past = lives.findIndex((_, index) => !isContact(index) && index % 18 >= 3);
	const lapsed = await inspectIn(stub, lives[past]?.visitor ?? "", "/");
	expect(lapsed).toMatchObject({ identity: "anonymous", tags: {}, score: 0, lastTouch: null });
	expect(lapsed?.visits).toBeGreaterThan(0);
	expect(await stub.replay({ site, cell, lives })).toBe(0);
});

it("the demo's club has members on each of its tiers, and points to spend", async () => {
	await publish({ definitions: demo });
	const stub = demoCellOf(env, site, cell);
	await stub.replay({ site, cell, lives: crowd() });
	await drain(`v1.k1.${cell}.`);
	const tiers = demo.programmes?.[0]?.tiers ?? [];
	const { results } = await env.DB.prepare(
		"SELECT points ->> '$.klub.earned' AS earned FROM parts WHERE points ->> '$.klub.joinedAt' IS NOT NULL",
	).all<{ earned: number }>();
	const reached = tiers.map(({ from }, n) => {
		const next = tiers[n + 1]?.from ?? Number.POSITIVE_INFINITY;
		return results.filter(({ earned }) => earned >= from && earned < next).length;
	});
	expect(tiers).toHaveLength(3);
	expect(
		reached.every((members) => members > 0),
		String(reached),
	).toBe(true);
});
