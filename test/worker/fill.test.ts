// A publication reaches the people who were here before it, whatever happens meanwhile: an eviction, an outage, another
// publication, a page view. And it costs no more than what it changes.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import {
	cell,
	inCell,
	membersInD1,
	publish,
	segment,
	send,
	settled,
	states,
	subscribed,
	sums,
	times,
	view,
	viewed,
} from "./filled.ts";
import { env, freshWorld } from "./world.ts";

const site = "shop";
const prices = segment("prices", times(viewed("/prices"), 2));
const blog = segment("blog", times(viewed("/blog"), 1));
const pages = ["/prices", "/prices", "/blog"];
const filling = () => siteOf(env, site).filling();
const d1 = Object.getPrototypeOf(env.DB) as D1Database;

beforeEach(async () => {
	await freshWorld();
	await publish(site, 1, {});
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** People who saw these pages while nobody watched, once D1 has it; contacts, for the details of others go in hours. */
async function crowd(people: number, paths: readonly string[] = pages): Promise<readonly string[]> {
	const ids = Array.from({ length: people }, () => uuidv7(Date.now())).sort();
	for (const id of ids) await send(site, id, [subscribed(`${id}@x.pl`), ...paths.map((path) => view(path))]);
	await settled(site);
	return ids;
}

/** Until so many are done. */
async function reached(done: number): Promise<void> {
	await vi.waitFor(async () => expect((await filling()).done).toBeGreaterThanOrEqual(done), {
		interval: 5,
		timeout: 30_000,
	});
}

const pricesSeen = async () =>
	(await sums(site)).map(
		([, { parts }]) => parts[0]?.counters['["Page Viewed",["is","/prices"],[]]']?.length,
	);

describe("a new segment", () => {
	it("counts what was there before it, enters people silently, and says how far it has come", async () => {
		const ids = await crowd(3);
		await crowd(2, ["/prices"]);
		await publish(site, 2, { segments: [prices] });
		expect(await filling()).toMatchObject({ revision: 2, people: 5, definitions: ["prices"] });
		await settled(site);
		expect(await filling()).toEqual({ revision: 2, people: 5, done: 5, definitions: [] });
		expect(await membersInD1(site, "prices")).toEqual(ids);
		expect(
			await env.DB.prepare("SELECT count(*) AS n FROM ledger WHERE site = ?").bind(site).first("n"),
		).toBe(0);
		// And is left by whoever it is no longer for.
		await publish(site, 3, { segments: [{ ...prices, condition: times(viewed("/prices"), 3) }] });
		await settled(site);
		expect(await membersInD1(site, "prices")).toEqual([]);
	});

	it("that asks for no events reaches D1 without reading from it", async () => {
		const [id = ""] = await crowd(1);
		await send(site, uuidv7(Date.now()), [view("/")]);
		await settled(site);
		const contacts = segment("contacts", { field: "identity", test: { op: "is", value: "monitored" } });
		const batch = vi.spyOn(d1, "batch");
		await publish(site, 2, { segments: [contacts] });
		await settled(site);
		expect(await membersInD1(site, "contacts")).toEqual([id]);
		// The one batch tells of the one who came in.
		expect(batch).toHaveBeenCalledTimes(1);
	});

	it("has those looked at in time who are not about", async () => {
		await crowd(2);
		const during = { ...viewed("/blog") };
		const withinMs = 3_600_000;
		await publish(site, 2, {
			segments: [segment("lately", { ...(times(during, 1) as object), withinMs } as never)],
		});
		await settled(site);
		const due = await inCell(site, (sql) =>
			sql.exec<{ n: number }>("SELECT due_at AS n FROM people").toArray(),
		);
		for (const { n } of due) expect(Math.abs(n - Date.now() - withinMs)).toBeLessThan(30_000);
	});
});

describe("what happens meanwhile", () => {
	it("an eviction: it goes on where it was", async () => {
		const ids = await crowd(230);
		await publish(site, 2, { segments: [prices] });
		await reached(1);
		const { done } = await filling();
		await evictDurableObject(cellOf(env, site, cell));
		expect((await filling()).done).toBeGreaterThanOrEqual(done);
		expect(done).toBeLessThan(230);
		await settled(site);
		expect(await membersInD1(site, "prices")).toEqual(ids);
	});

	it("an outage of D1: it waits, and nothing else suffers", async () => {
		const ids = await crowd(3);
		const outage = vi.spyOn(d1, "batch").mockRejectedValue(new Error("D1 is down"));
		vi.spyOn(console, "warn").mockImplementation(() => {});
		await publish(site, 2, { segments: [prices] });
		await vi.waitFor(() => expect(outage).toHaveBeenCalled(), { timeout: 30_000 });
		await send(site, ids[0] ?? "", [view("/blog")]);
		expect((await filling()).done).toBe(0);
		outage.mockRestore();
		await settled(site);
		expect(await membersInD1(site, "prices")).toEqual(ids);
	});

	it("D1 is read and takes nothing in: whose last page views it has not yet waits for that", async () => {
		const [busy = ""] = await crowd(2);
		const refusing = ["parts", "watermarks"];
		for (const table of refusing)
			await env.DB.exec(
				`CREATE TRIGGER no_${table} BEFORE INSERT ON ${table} BEGIN SELECT raise(ABORT, 'full'); END`,
			);
		vi.spyOn(console, "warn").mockImplementation(() => {});
		await send(site, busy, [view("/prices")]);
		await publish(site, 2, { segments: [prices] });
		await reached(1);
		expect(await filling()).toMatchObject({ people: 2, done: 1 });
		for (const table of refusing) await env.DB.exec(`DROP TRIGGER no_${table}`);
		await settled(site);
		expect(await pricesSeen()).toEqual([3, 2]);
	});

	it("somebody whose state nobody can read: all others are brought up", async () => {
		const [broken = "", ...ids] = await crowd(4);
		await inCell(site, (sql) => sql.exec("UPDATE people SET state = '?' WHERE id = ?", broken));
		await evictDurableObject(cellOf(env, site, cell));
		for (const say of ["warn", "error"] as const) vi.spyOn(console, say).mockImplementation(() => {});
		await publish(site, 2, { segments: [prices] });
		await settled(site);
		expect(await membersInD1(site, "prices")).toEqual(ids);
	}, 60_000);

	it("another publication: what the first still owed is brought with what the second needs", async () => {
		const ids = await crowd(230);
		await publish(site, 2, { segments: [prices] });
		await reached(1);
		expect((await filling()).done).toBeLessThan(230);
		await publish(site, 3, { segments: [prices, blog] });
		expect((await filling()).definitions).toEqual(["blog", "prices"]);
		await settled(site);
		expect(await membersInD1(site, "prices")).toEqual(ids);
		expect(await membersInD1(site, "blog")).toEqual(ids);
	});

	it("a page view while D1 is read, and one before: each counts once", async () => {
		const [id = ""] = await crowd(1);
		const original = d1.batch;
		let isBusy = true;
		vi.spyOn(d1, "batch").mockImplementation(async function (this: D1Database, statements) {
			const answer = await original.call(this, statements);
			if (isBusy) {
				isBusy = false;
				await send(site, id, [view("/prices")]);
			}
			return answer as never;
		});
		await publish(site, 2, { segments: [prices] });
		await settled(site);
		expect(isBusy).toBe(false);
		expect(await pricesSeen()).toEqual([3]);
		await send(site, id, [view("/prices")]);
		expect(await pricesSeen()).toEqual([3]);
		expect(await membersInD1(site, "prices")).toEqual([id]);
	});
});

describe("a publication", () => {
	it("writes a row for each whom it changes, one for the slice and one for what D1 is told", async () => {
		await crowd(20);
		await crowd(20, ["/"]);
		const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
			const prototype = Object.getPrototypeOf(storage.sql) as SqlStorage;
			const exec = prototype.exec;
			vi.spyOn(prototype, "exec").mockImplementation(function (this: SqlStorage, ...query) {
				const cursor = exec.apply(this, query);
				cursors.push(cursor as never);
				return cursor as never;
			});
		});
		await publish(site, 2, { segments: [blog] });
		await settled(site);
		const written = cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
		// To take it, the site and the cell write two each; and then come two slices, of which one tells D1 of everybody.
		const [taking, slices, lines] = [4, 2, 1];
		expect(written).toBeGreaterThanOrEqual(20 + taking + slices);
		expect(written).toBeLessThanOrEqual(20 + taking + slices + 2 * lines);
	});

	it("leaves alone whom it does not concern, and still tells what time does to them", async () => {
		const [id = ""] = await crowd(1);
		const away = segment("away", { field: "seen.last", test: { op: "longer-ago", ms: 86_400_000 } });
		await publish(site, 2, { segments: [away] });
		await settled(site);
		const before = (await states(site)).get(id)?.version;
		await publish(site, 3, { segments: [away, segment("often", times(viewed("/never"), 1))] });
		await settled(site);
		expect((await states(site)).get(id)?.version).toBe(before);
		await evictDurableObject(cellOf(env, site, cell));
		await siteOf(env, site).moveClock(2 * 86_400_000);
		await vi.waitFor(
			async () => {
				const query = "SELECT name FROM events WHERE site = ?1 AND part = ?2 AND cause = 'away'";
				expect(await env.DB.prepare(query).bind(site, id).first("name")).toBe("Segment Entered");
			},
			{ timeout: 30_000 },
		);
	});
});
