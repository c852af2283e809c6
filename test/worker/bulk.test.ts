// Acts on many people, over HTTP: each of them once whatever interrupts it, watched while it goes on, and taken back as if
// it had never been.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as z from "zod/mini";
import { Cell } from "../../worker/cell/cell.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { bulkOf, cellOf, siteOf } from "../../worker/platform/name.ts";
import type { BulkPreview, BulkView } from "../../worker/protocol/bulk.schema.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { ask, everyone, people } from "./asked.ts";
import { drainAll, Importing, everything as state } from "./importing.ts";
import { kill, killedAt } from "./killing.ts";
import { Browser, call, drain, env, freshWorld, publish, settled, site } from "./world.ts";

type View = z.infer<typeof BulkView>;

const hasTag = (tag: string) => ({ field: "tag", tag, count: { op: ">=", n: 1 } }) as const;
const definitions: Partial<Definitions> = {
	tagRules: [],
	scoreRules: [{ id: "tagged", name: "Za VIP", points: 5, when: { trait: hasTag("VIP") } }],
	programmes: [
		{
			id: "club",
			name: "Klub",
			joins: { by: { event: { name: "Form Submitted" } } },
			tiers: [],
			rewards: [],
		},
	],
	interestTags: [],
	lists: [{ id: "fair", names: { pl: "Targi", en: "Fair" } }],
	segments: [
		{ id: "vip", name: "VIP", condition: hasTag("VIP") },
		{ id: "not-vip", name: "Nie VIP", condition: { not: hasTag("VIP") } },
	],
	experiences: [],
};

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ definitions });
});

async function imported(count: number): Promise<void> {
	const rows = Array.from(
		{ length: count },
		(_, i) => `osoba${i}@example.com,Osoba ${i},${i % 2 ? "Łódź" : "Gdynia"}`,
	);
	await (await Importing.upload(["email,imię,miasto", ...rows].join("\n"))).run();
	await drainAll();
}

async function idsOf(condition: object = everyone): Promise<string[]> {
	return (await people(condition, { limit: 100 })).people.map(({ id }) => id);
}

async function sound(answer: Promise<Response>): Promise<View> {
	const response = await answer;
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json();
}
const view = (id: string, of = site) => sound(call("GET", `${of}/bulk/${id}`));

async function to(id: string, status: View["status"], of = site): Promise<View> {
	for (const until = Date.now() + 60_000; Date.now() < until; ) {
		// An object that a test has just killed answers the next time.
		const seen = await view(id, of).catch(() => undefined);
		if (seen?.status === status) return seen;
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error(`never ${status}: ${JSON.stringify(await view(id, of))}`);
}

async function begin(act: object, whom: object): Promise<string> {
	const id = uuidv7(Date.now());
	await sound(call("POST", `${site}/bulk`, { id, act, ...whom }));
	return id;
}

async function done(act: object, whom: object): Promise<View> {
	const seen = await to(await begin(act, whom), "done");
	await drainAll();
	return seen;
}

async function undone(id: string): Promise<View> {
	await sound(call("POST", `${site}/bulk/${id}/undo`));
	const seen = await to(id, "undone");
	await drainAll();
	return seen;
}

const act = (what: object, some: readonly string[]) =>
	ask("acts", { id: uuidv7(Date.now()), act: what, people: some });
const fromLodz = { field: "attribute", name: "city", test: { op: "is", value: "lodz" } };

describe("an act on many people", () => {
	it("is done to whoever meets the condition when it begins, and moves segments and rules as one by hand does", async () => {
		await imported(6);
		const preview = await ask<z.infer<typeof BulkPreview>>("bulk/preview", {
			act: { kind: "tag", tag: "VIP" },
			condition: fromLodz,
		});
		expect(preview).toEqual({ count: 3, already: 0 });
		const seen = await done({ kind: "tag", tag: "VIP" }, { condition: fromLodz });
		expect(seen).toMatchObject({ people: 3, done: 3, changed: 3, refused: {}, canUndo: true });
		const { count, people: those } = await people({ field: "segment", segment: "vip" });
		expect([count, those.map(({ score }) => score)]).toEqual([3, [5, 5, 5]]);
		const again = await ask("bulk/preview", { act: { kind: "tag", tag: "VIP" }, condition: fromLodz });
		expect(again).toEqual({ count: 3, already: 3 });
	});

	it("is done once, however often the request is sent", async () => {
		await imported(2);
		const body = { id: uuidv7(Date.now()), act: { kind: "points", points: 10 }, condition: everyone };
		await sound(call("POST", `${site}/bulk`, body));
		await sound(call("POST", `${site}/bulk`, body));
		await to(body.id, "done");
		await sound(call("POST", `${site}/bulk`, body));
		await drainAll();
		expect((await people(everyone)).people.map(({ score }) => score)).toEqual([10, 10]);
	});

	it("tells of whom it was refused, and why", async () => {
		await imported(3);
		const [first = "", ...rest] = await idsOf();
		await act({ kind: "enlist", list: "fair" }, [first]);
		await drainAll();
		const whom = { people: [first, ...rest, "nobody", first] };
		const seen = await done({ kind: "enlist", list: "fair" }, whom);
		expect(seen).toMatchObject({
			people: 4,
			done: 4,
			changed: 2,
			refused: { "already-on-list": 1, "person-unknown": 1 },
		});
		const points = await done({ kind: "points", points: 5, programme: "club" }, { condition: everyone });
		expect(points).toMatchObject({ changed: 0, refused: { "not-a-member": 3 } });
	});

	it("means those who are found by a text among those who meet the condition", async () => {
		await imported(12);
		const seen = await done({ kind: "stage", stage: "Oferta" }, { condition: fromLodz, q: "osoba 1" });
		// Osoba 1 and osoba 11.
		expect(seen).toMatchObject({ people: 2, changed: 2 });
	});

	it("is listed with how far it has come, at its own site alone", async () => {
		await publish({ site: "other", definitions });
		await imported(2);
		const first = await done({ kind: "owner", owner: "Ewa" }, { condition: everyone });
		const second = await done({ kind: "tag", tag: "A" }, { condition: everyone });
		const { jobs } = await (await call("GET", `${site}/bulk`)).json<{ jobs: View[] }>();
		expect(jobs).toEqual([second, first]);
		expect(await (await call("GET", "other/bulk")).json()).toEqual({ jobs: [], next: null });
		for (const what of ["", "/stop", "/resume", "/undo"]) {
			const answer = await call(what === "" ? "GET" : "POST", `other/bulk/${first.id}${what}`);
			expect([what, answer.status]).toEqual([what, 404]);
		}
		const foreign = await idsOf();
		const id = uuidv7(Date.now());
		await sound(call("POST", "other/bulk", { id, act: { kind: "tag", tag: "B" }, people: foreign }));
		const seen = await to(id, "done", "other");
		expect(seen).toMatchObject({ changed: 0, refused: { "person-unknown": 2 } });
	});

	it("refuses what concerns one person alone, both ways of meaning somebody, and neither", async () => {
		const id = uuidv7(Date.now());
		const tag = { kind: "tag", tag: "A" };
		for (const body of [
			{ id, act: { kind: "note", text: "x" }, condition: everyone },
			{ id, act: { kind: "erase" }, condition: everyone },
			{ id, act: tag },
			{ id, act: tag, condition: everyone, people: ["a"] },
			{ id, act: tag, condition: { field: "segment", segment: "nowhere" } },
			{ id: "job", act: tag, condition: everyone },
		])
			expect((await call("POST", `${site}/bulk`, body)).status).toBe(422);
		expect((await call("GET", `${site}/bulk/${id}`)).status).toBe(404);
		expect((await call("GET", `${site}/bulk/not-a-job`)).status).toBe(400);
	});
});

describe("undoing it", () => {
	it("leaves everybody as they were: a tag that was there stays, with when it came, and so do segments and scores", async () => {
		await imported(4);
		const [first = "", second = ""] = await idsOf();
		await act({ kind: "tag", tag: "VIP" }, [first]);
		await act({ kind: "stage", stage: "Lead" }, [first, second]);
		await act({ kind: "enlist", list: "fair" }, [first]);
		await act({ kind: "points", points: 3 }, [second]);
		await drainAll();
		const before = await state({ owners: false });
		const acts = [
			{ kind: "tag", tag: "VIP" },
			{ kind: "stage", stage: "Oferta" },
			{ kind: "untag", tag: "VIP" },
			{ kind: "delist", list: "fair" },
			{ kind: "points", points: -2 },
			{ kind: "owner", owner: "Ewa" },
		];
		for (const one of acts) {
			const { id, changed } = await done(one, { condition: everyone });
			expect(changed).toBeGreaterThan(0);
			expect(await withoutMemory(state({ owners: false }))).not.toEqual(await withoutMemory(before));
			const seen = await undone(id);
			expect(seen).toMatchObject({ changed, done: changed, canUndo: false });
			expect([one, await withoutMemory(state({ owners: false }))]).toEqual([
				one,
				await withoutMemory(before),
			]);
		}
	});

	it("takes back each of several acts in any order, and nothing of the others", async () => {
		await imported(2);
		const first = await done({ kind: "tag", tag: "A" }, { condition: everyone });
		const second = await done({ kind: "tag", tag: "A" }, { condition: everyone });
		const counts = async () => (await people(everyone)).people.map(({ tags }) => tags.A?.count ?? 0);
		expect(await counts()).toEqual([2, 2]);
		await undone(first.id);
		expect(await counts()).toEqual([1, 1]);
		await undone(second.id);
		expect(await counts()).toEqual([0, 0]);
	});

	it("finds whoever was merged since", async () => {
		await imported(2);
		const [one = "", other = ""] = await idsOf();
		const { id } = await done({ kind: "tag", tag: "VIP" }, { people: [one] });
		expect((await call("POST", `${site}/people/${one}/merge`, { into: other })).status).toBe(200);
		await settled();
		await undone(id);
		const card = await (await call("GET", `${site}/people/${other}`)).json<{ tags: unknown[] }>();
		expect(card.tags).toEqual([]);
	});
});

/** Messages that came are remembered, acts that were taken back among them: sent again, they are duplicates. */
async function withoutMemory(all: unknown): Promise<unknown> {
	const text = JSON.stringify(await all);
	return JSON.parse(text, (name, value) =>
		["seen", "version", "lastActivityAt", "until", "due_at", "dueAt", "revision"].includes(name) ? 0 : value,
	);
}

describe("what interrupts it", () => {
	it("is a stop, and it goes on when it is let", async () => {
		await imported(450);
		const id = await begin({ kind: "points", points: 1 }, { condition: everyone });
		await sound(call("POST", `${site}/bulk/${id}/stop`));
		const stopped = await view(id);
		expect(stopped.status).toBe("stopped");
		expect((await call("POST", `${site}/bulk/${id}/stop`)).status).toBe(409);
		await sound(call("POST", `${site}/bulk/${id}/resume`));
		expect(await to(id, "done")).toMatchObject({ people: 450, done: 450, changed: 450 });
		await drainAll();
		expect(await total("score")).toBe(450);
	}, 120_000);

	it("is an eviction or a killed cell, again and again: nobody is left out, and nobody acted on twice", async () => {
		await imported(900);
		const id = await begin({ kind: "points", points: 1 }, { condition: everyone });
		const marks = [1, 2, 1, 3, 4, 2, 1, 5, 3, 4, 1, 5].map((nth) => ({ call: "act", nth }));
		const bulk = () => bulkOf(env, site, id);
		const kills = await killedAt(bulk, marks, [Cell], to(id, "done"), async (n) => {
			const cells = await siteOf(env, site).cells();
			const cell = cells[n % Math.max(1, cells.length)];
			if (cell !== undefined && n % 3 === 0) await kill(() => cellOf(env, site, cell));
		});
		expect(kills).toBe(marks.length);
		expect(kills).toBeGreaterThan(10);
		expect(await view(id)).toMatchObject({ people: 900, done: 900, changed: 900, refused: {} });
		await drainAll();
		expect(await total("score")).toBe(900);
		await sound(call("POST", `${site}/bulk/${id}/undo`));
		const back = await killedAt(
			bulk,
			[1, 3, 6].map((nth) => ({ call: "dropPart", nth })),
			[Cell],
			to(id, "undone"),
		);
		expect(back).toBe(3);
		await drainAll();
		expect(await total("score")).toBe(0);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM parts WHERE id LIKE 'bulk-%'").first("n")).toBe(0);
	}, 180_000);

	it("is an undo in the middle: whoever was acted on is taken back, and nobody else is acted on", async () => {
		await imported(900);
		const id = await begin({ kind: "points", points: 1 }, { condition: everyone });
		while ((await view(id)).done === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await undone(id);
		expect(await total("score")).toBe(0);
		await evictDurableObject(bulkOf(env, site, id));
		expect(await view(id)).toMatchObject({ status: "undone", people: 900 });
	}, 120_000);

	async function total(column: "score"): Promise<number | null> {
		return env.DB.prepare(`SELECT sum(${column}) AS n FROM parts`).first<number>("n");
	}
});

describe("erasing many", () => {
	it("leaves nothing of them anywhere, not even who they were, and does not come back", async () => {
		await imported(6);
		const browser = new Browser(key);
		await browser.view("/");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ewa@example.com" });
		await drain(browser.token);
		const lodz = await idsOf(fromLodz);
		const id = uuidv7(Date.now());
		const differs = await call("POST", `${site}/bulk/erasures`, { id, count: 2, condition: fromLodz });
		expect([differs.status, await differs.json()]).toEqual([409, { error: "count-differs" }]);
		await sound(call("POST", `${site}/bulk/erasures`, { id, count: 3, condition: fromLodz }));
		expect(await to(id, "done")).toMatchObject({ people: 3, changed: 3, canUndo: false });
		await settled();
		const left = await kept(id);
		for (const person of lodz) expect(left).not.toContain(person);
		for (const person of lodz) expect((await call("GET", `${site}/people/${person}`)).status).toBe(404);
		// D1 is told of it by cells, each in its own time.
		await vi.waitFor(async () => expect((await people(everyone)).count).toBe(4), 20_000);
		const undo = await call("POST", `${site}/bulk/${id}/undo`);
		expect([undo.status, await undo.json()]).toEqual([409, { error: "final" }]);
	});

	it("one who was acted on before is named by no job within the hour", async () => {
		await imported(2);
		const [one = "", other = ""] = await idsOf();
		const { id } = await done({ kind: "tag", tag: "A" }, { condition: everyone });
		await call("DELETE", `${site}/people/${one}`);
		await settled();
		await runInDurableObject(bulkOf(env, site, id), (bulk) => bulk.alarm());
		const left = await kept(id);
		expect(left).not.toContain(one);
		expect(left).toContain(other);
	});

	/** All that a job's object holds. */
	const kept = (id: string) =>
		runInDurableObject(bulkOf(env, site, id), (_bulk, { storage }) =>
			JSON.stringify(["meta", "slices"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray())),
		);
});
