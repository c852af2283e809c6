// What a page view writes in D1: one row for its whole visit, or of a contact one for each event; and a person's own only
// where it changed.

import { beforeEach, expect, it } from "vitest";
import { siteOf } from "../../worker/platform/name.ts";
import { Browser, drain, env, event, freshWorld, publish, shop, site } from "./world.ts";

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

const rowsOf = async (table: "arrivals" | "contact_events") =>
	(await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n")) ?? 0;
const namesIn = async (table: "arrivals" | "events" | "contact_events") => {
	const members = table === "arrivals" ? "arrivals, json_each(arrivals.events) m" : table;
	const name = table === "arrivals" ? "m.value ->> 'name'" : "name";
	const { results } = await env.DB.prepare(`SELECT ${name} AS name FROM ${members}`).all<{ name: string }>();
	return results.map((row) => row.name);
};

it("what a visit brings is one row, in the order in which it came, and the next visit begins another", async () => {
	const browser = new Browser(key);
	const props = { url: `${shop}/`, path: "/" };
	await browser.send([event("Page Left", props), event("Page Viewed", props)], "/", {});
	await drain(browser.token);
	for (const name of ["Product Viewed", "Page Left"]) {
		await browser.track(name, props);
		await drain(browser.token);
	}
	expect(await rowsOf("arrivals")).toBe(1);
	const names = ["Page Left", "Page Viewed", "Product Viewed", "Page Left"];
	expect(await namesIn("arrivals")).toEqual(names);
	await siteOf(env, site).moveClock(31 * 60_000);
	await browser.track("Page Viewed", props);
	await drain(browser.token);
	expect(await rowsOf("arrivals")).toBe(2);
	expect((await namesIn("events")).toSorted()).toEqual([...names, "Page Viewed"].toSorted());
});

it("a long visit goes on in another row", async () => {
	const browser = new Browser(key);
	for (let i = 0; i < 20; i++) {
		const events = Array.from({ length: 10 }, () => event("Page Viewed", { url: `${shop}/`, path: "/" }));
		await browser.send(events, "/", {});
	}
	await drain(browser.token);
	expect(await rowsOf("arrivals")).toBeGreaterThan(1);
	expect(await rowsOf("arrivals")).toBeLessThan(8);
	expect((await namesIn("events")).length).toBe(200);
});

it("whoever becomes a contact has a row for each event, of what came before as well", async () => {
	const browser = new Browser(key);
	await browser.view("/cennik", "");
	await drain(browser.token);
	await browser.track("Product Viewed", { product: "sekator-2" });
	await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala@example.pl" });
	await browser.view("/cennik");
	await drain(browser.token);
	expect(await rowsOf("arrivals")).toBe(0);
	const names = ["Form Submitted", "Page Viewed", "Page Viewed", "Product Viewed"];
	expect((await namesIn("contact_events")).toSorted()).toEqual(names);
	expect((await namesIn("events")).toSorted()).toEqual(names);
	const touched =
		"SELECT count(*) AS n FROM contact_events WHERE touch IS NOT NULL AND environment IS NOT NULL";
	expect(await env.DB.prepare(touched).first("n")).toBeGreaterThan(0);
	const { n } = (await env.DB.prepare("SELECT count(*) AS n FROM ledger WHERE name = 'Points Earned'").first<{
		n: number;
	}>()) ?? { n: 0 };
	expect(n).toBeGreaterThan(0);
});

it("what the next person does on a contact's browser is theirs", async () => {
	const browser = new Browser(key);
	await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala@example.pl" });
	await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ola@example.pl" });
	await drain(browser.token);
	expect([await rowsOf("arrivals"), await rowsOf("contact_events")]).toEqual([0, 2]);
	const parts = await env.DB.prepare("SELECT count(DISTINCT part) AS n FROM contact_events").first("n");
	expect(parts).toBe(2);
});
