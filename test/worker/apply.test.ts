// Rules applied to the recorded past of those who are here: what the preview says is done, once, whatever happens
// meanwhile.

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Applied, applicationOf } from "../../worker/domain/application.ts";
import type { ScoreRule, TagRule } from "../../worker/domain/definition.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { cell, publish, segment, send, settled, states, subscribed, view } from "./filled.ts";
import { env, freshWorld, hurry } from "./world.ts";

const site = "shop";
const rule: Applied = { of: "rule", rule: "prices" };
const prices: TagRule = {
	id: "prices",
	tag: "CENNIK",
	when: { event: { name: "Page Viewed", path: { op: "is", value: "/cennik" } } },
};
const club = { id: "club", name: "Klub", joins: "everyone", tiers: [], rewards: [] } as const;
const scale = (points: number): Partial<Definitions> => ({
	programmes: [club],
	scoreRules: [
		{ id: "view", name: "", points, programme: "club", when: { event: { name: "Page Viewed" } } },
		{ id: "own", name: "", points: -points, when: { event: { name: "Page Viewed" } } },
	] satisfies readonly ScoreRule[],
});
const tagged = segment("tagged", { field: "tag", tag: "CENNIK", count: { op: ">=", n: 1 } });
const d1 = Object.getPrototypeOf(env.DB) as D1Database;
const here = () => cellOf(env, site, cell);

beforeEach(async () => {
	await freshWorld();
	await publish(site, 1, {});
});
afterEach(() => {
	vi.restoreAllMocks();
});

function application(applied: Applied, definitions: Partial<Definitions>) {
	const nothing: Definitions = { tagRules: [], scoreRules: [], segments: [], experiences: [] };
	const made = applicationOf(applied, { ...nothing, ...definitions });
	if (!made) throw new Error("there is no such rule");
	return JSON.parse(JSON.stringify(made)) as typeof made;
}

const preview = (applied: Applied, definitions: Partial<Definitions>) =>
	here().previewPast({ application: application(applied, definitions), after: "", limit: 1_000 });

async function apply(applied: Applied, definitions: Partial<Definitions>): Promise<void> {
	await here().apply(application(applied, definitions));
	await finished();
}

async function finished(): Promise<void> {
	for (let wait = 0; (await here().applications()).pending.length > 0; wait = 20)
		await hurry(site, [cell], wait);
	await settled(site);
}

async function anonymous(...paths: readonly string[]): Promise<string> {
	const id = uuidv7(Date.now());
	await send(
		site,
		id,
		paths.map((path) => view(path)),
	);
	return id;
}

async function contact(...paths: readonly string[]): Promise<string> {
	const id = uuidv7(Date.now());
	await send(site, id, [subscribed(`${id}@x.pl`), ...paths.map((path) => view(path))]);
	return id;
}

/** What was entered because of a rule, as D1 has it. */
async function entered(cause: string) {
	const query =
		"SELECT id, part, at, name, props FROM events WHERE site = ?1 AND cause = ?2 ORDER BY part, at, id";
	const { results } = await env.DB.prepare(query)
		.bind(site, cause)
		.all<{ id: string; part: string; at: number; name: string; props: string }>();
	return results;
}

async function timesTagged(person: string): Promise<number | undefined> {
	const parts = Object.values((await states(site)).get(person)?.standing.person.parts ?? {});
	return parts.find(({ facts }) => facts.tags.CENNIK)?.facts.tags.CENNIK?.count;
}

const scoresInD1 = async () => {
	const query = "SELECT score, points ->> '$.club' AS club FROM parts WHERE site = ?1 ORDER BY id";
	return (await env.DB.prepare(query).bind(site).all<{ score: number; club: string | null }>()).results;
};

describe("a tag rule", () => {
	it("is applied to a contact and to somebody anonymous, at the instants of what they did", async () => {
		const [known, unknown, other] = [
			await contact("/cennik", "/", "/cennik"),
			await anonymous("/cennik"),
			await anonymous("/"),
		];
		await settled(site);
		await publish(site, 2, { tagRules: [prices], segments: [tagged] });
		await settled(site);
		await apply(rule, { tagRules: [prices] });
		expect([await timesTagged(known), await timesTagged(unknown), await timesTagged(other)]).toEqual([
			2,
			1,
			undefined,
		]);
		const views = await env.DB.prepare(
			"SELECT id, part, at FROM events WHERE site = ?1 AND path = '/cennik' ORDER BY part, at, id",
		)
			.bind(site)
			.all<{ id: string; part: string; at: number }>();
		expect((await entered("prices")).map(({ id, part, at }) => ({ id: id.split("/")[0], part, at }))).toEqual(
			views.results,
		);
		// Membership follows without a word.
		const inIt = [...(await states(site))].filter(([, { standing }]) => standing.segments.tagged);
		expect(inIt.map(([id]) => id)).toEqual([known, unknown].sort());
		expect(await entered("tagged")).toEqual([]);
	});

	it("applied twice, at once or later, is applied once", async () => {
		const ids = [await contact("/cennik"), await anonymous("/cennik", "/cennik")];
		await settled(site);
		await Promise.all([apply(rule, { tagRules: [prices] }), apply(rule, { tagRules: [prices] })]);
		await apply(rule, { tagRules: [prices] });
		expect(await Promise.all(ids.map(timesTagged))).toEqual([1, 2]);
		expect(await entered("prices")).toHaveLength(3);
	});

	it("adds nothing where the rule had run on arrival, and only what is missing of the rest", async () => {
		const id = await contact("/cennik");
		await settled(site);
		await publish(site, 2, { tagRules: [prices] });
		await send(site, id, [view("/cennik")]);
		await settled(site);
		expect(await timesTagged(id)).toBe(1);
		await apply(rule, { tagRules: [prices] });
		expect(await timesTagged(id)).toBe(2);
		expect(await entered("prices")).toHaveLength(1);
	});

	it("goes on where it was when the instance is gone midway, and doubles nothing", async () => {
		const ids: string[] = [];
		for (let n = 0; n < 60; n++) ids.push(await contact("/cennik"));
		await settled(site);
		const original = d1.batch;
		let answers = 1;
		const outage = vi.spyOn(d1, "batch").mockImplementation(function (this: D1Database, statements) {
			if (answers-- > 0) return original.call(this, statements) as never;
			return Promise.reject(new Error("D1 is down"));
		});
		vi.spyOn(console, "warn").mockImplementation(() => {});
		await here().apply(application(rule, { tagRules: [prices] }));
		const midway = { pending: [rule], people: 60, done: 25 };
		await vi.waitFor(async () => expect(await here().applications()).toEqual(midway), {
			interval: 5,
			timeout: 30_000,
		});
		// An eviction would wait for what it tries again.
		await expect(runInDurableObject(here(), (_cell, state) => state.abort("gone"))).rejects.toThrow("gone");
		expect(await here().applications()).toEqual(midway);
		outage.mockRestore();
		await finished();
		expect(await here().applications()).toEqual({ pending: [], people: 60, done: 60 });
		expect(await Promise.all(ids.map(timesTagged))).toEqual(ids.map(() => 1));
		expect(await entered("prices")).toHaveLength(60);
	});

	it("waits for what D1 has not yet: whoever acts meanwhile has each act counted once", async () => {
		const id = await contact("/cennik");
		await settled(site);
		await publish(site, 2, { tagRules: [prices] });
		await here().apply(application(rule, { tagRules: [prices] }));
		await send(site, id, [view("/cennik")]);
		await finished();
		expect(await timesTagged(id)).toBe(2);
	});
});

describe("a scale that has changed", () => {
	it("is put right, and no balance falls below zero", async () => {
		await publish(site, 2, scale(10));
		const id = await contact("/", "/a", "/b");
		await anonymous("/");
		await settled(site);
		const spent = await here().act({
			site,
			cell,
			id: uuidv7(Date.now()),
			act: { kind: "points", programme: "club", points: -25 },
			people: [id],
		});
		expect(spent).toEqual([{ person: id, is: "done" }]);
		await settled(site);
		await publish(site, 3, scale(2));
		await settled(site);
		const programme: Applied = { of: "programme", programme: "club" };
		const { changed } = await preview(programme, scale(2));
		expect(changed.map(({ points }) => points)).toEqual([
			[{ score: "club", before: 5, after: 0 }],
			[{ score: "club", before: 10, after: 2 }],
		]);
		await apply(programme, scale(2));
		expect(await preview(programme, scale(2))).toMatchObject({ changed: [] });
		await apply({ of: "score" }, scale(2));
		expect((await scoresInD1()).map(({ score }) => score).sort((a, b) => a - b)).toEqual([-6, -2, 0]);
	});
});

describe("a preview", () => {
	it("says exactly what will be entered, and writes nothing", async () => {
		await contact("/cennik", "/");
		await anonymous("/cennik");
		await anonymous("/");
		await settled(site);
		const before = JSON.stringify([...(await states(site))]);
		const { people, next, busy, changed } = await preview(rule, { tagRules: [prices] });
		expect({ people, next, busy }).toEqual({ people: 3, next: null, busy: 0 });
		expect(JSON.stringify([...(await states(site))])).toBe(before);
		expect(await entered("prices")).toEqual([]);
		expect(await here().applications()).toMatchObject({ pending: [] });
		await apply(rule, { tagRules: [prices] });
		const said = changed.flatMap(({ entries }) =>
			entries.map(({ part, event: { name, at, props } }) => [part, at, name, props]),
		);
		const done = (await entered("prices")).map(({ part, at, name, props }) => [
			part,
			at,
			name,
			JSON.parse(props),
		]);
		expect(said).toEqual(done);
	});

	it("comes in pages", async () => {
		const ids = [await contact("/cennik"), await contact("/"), await anonymous("/cennik")].sort();
		await settled(site);
		const first = await here().previewPast({
			application: application(rule, { tagRules: [prices] }),
			after: "",
			limit: 2,
		});
		expect(first).toMatchObject({ people: 2, next: ids[1] });
		const second = await here().previewPast({
			application: application(rule, { tagRules: [prices] }),
			after: first.next ?? "",
			limit: 2,
		});
		expect(second).toMatchObject({ people: 1, next: null });
		expect(first.changed.length + second.changed.length).toBe(2);
	});
});
