// What a page view writes in D1: one row for all that its request brought, and a person's own only where it changed.

import { beforeEach, expect, it } from "vitest";
import { Browser, drain, env, event, freshWorld, publish, shop } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

interface PersonRow {
	readonly version: number;
	readonly retention_ms: number | null;
	readonly segments: string;
}

async function personOf(browser: Browser): Promise<PersonRow> {
	await drain(browser.token);
	const row = await env.DB.prepare("SELECT version, retention_ms, segments FROM people").first<PersonRow>();
	if (!row) throw new Error("nobody is there");
	return row;
}

it("a person is written when they are new or a segment changes, and not for points alone", async () => {
	const browser = new Browser(key);
	await browser.view("/", "");
	const atFirst = await personOf(browser);
	await browser.view("/cennik");
	expect(await personOf(browser)).toEqual(atFirst);
	expect(await env.DB.prepare("SELECT score FROM parts").first("score")).toBe(10);
	for (const _ of [1, 2]) await browser.view("/cennik");
	const inSegment = await personOf(browser);
	expect(inSegment.version).toBeGreaterThan(atFirst.version);
	expect(Object.keys(JSON.parse(inSegment.segments))).toContain("ready-to-buy");
});

it("a person is written when their details live shorter than before", async () => {
	const browser = new Browser(key);
	await browser.view("/", "");
	await drain(browser.token);
	await publish({ settings: { retentionMs: 3_600_000 } });
	await browser.view("/");
	expect((await personOf(browser)).retention_ms).toBe(3_600_000);
});

it("a person whose first request brought nothing is written with the first that does", async () => {
	const browser = new Browser(key);
	await browser.send([], "/", { decide: true });
	await browser.view("/", "");
	expect((await personOf(browser)).retention_ms).toBeGreaterThan(0);
});

it("what a page sends together is one row, under its page view", async () => {
	const browser = new Browser(key);
	const props = { url: `${shop}/`, path: "/" };
	await browser.send([event("Page Left", props), event("Page Viewed", props)], "/", {});
	await drain(browser.token);
	const { results } = await env.DB.prepare("SELECT name FROM arrivals").all();
	expect(results).toEqual([{ name: "Page Viewed" }]);
	expect(await env.DB.prepare("SELECT count(*) AS n FROM events").first("n")).toBe(2);
});
