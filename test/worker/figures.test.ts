// A site's figures, over the real edge, cells and D1.

import { beforeEach, expect, test } from "vitest";
import { todayView } from "../../worker/admin/today.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, settled, site } from "./world.ts";

const google = "https://www.google.com/";
let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

async function told<T>(path: string): Promise<T> {
	const answer = await call("GET", `${site}/${path}`);
	if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
	return answer.json<T>();
}

interface Row {
	value: string;
	visits: number;
	pages: number;
	visitors: number;
	orders: number;
	revenue: number;
	condition: unknown;
}
interface Visits {
	totals: Record<string, number>;
	series: (Record<string, number> & { at: number })[];
	rows: Row[];
}
const visitsBy = (by: string, more = "") => told<Visits>(`figures/visits?by=${by}${more}`);
const rowsOf = ({ rows }: Visits) =>
	rows.map(({ value, visits, pages, visitors }) => [value, visits, pages, visitors]);

async function lapse(...browsers: readonly Browser[]): Promise<void> {
	await siteOf(env, site).moveClock(4 * 3_600_000);
	for (const { token } of browsers) {
		const { cell, visitor } = partsOf(token);
		await cellOf(env, site, cell).about(visitor);
	}
	await settled();
}

test("visits are told by where they came from, and stay told when their details have lapsed", async () => {
	const searched = new Browser(key);
	await searched.view("/", google);
	await searched.view("/cennik");
	const typed = new Browser(key);
	await typed.view("/", "");
	for (const { token } of [searched, typed]) await drain(token);
	const before = await visitsBy("source");
	expect(before.totals).toMatchObject({ visits: 2, pages: 3, visitors: 2, newcomers: 2, contacts: 0 });
	expect(rowsOf(before)).toEqual([
		["(direct)", 1, 1, 1],
		["google", 1, 2, 1],
	]);
	await lapse(searched, typed);
	expect(await env.DB.prepare("SELECT count(*) AS n FROM arrivals").first("n")).toBe(0);
	const after = await visitsBy("source");
	expect(after.totals).toEqual(before.totals);
	expect(rowsOf(after)).toEqual(rowsOf(before));
});

test("neither a lapsed visit nor an erased visitor can be told from what is counted", async () => {
	const browser = new Browser(key);
	await browser.view("/p/alfa-36?utm_source=list", "");
	await drain(browser.token);
	await browser.send([], "/", { consent: "denied" });
	await drain(browser.token);
	const { visitor } = partsOf(browser.token);
	const { results } = await env.DB.prepare("SELECT hour, json(counts) AS counts FROM figures").all();
	expect(JSON.stringify(results)).toContain("list");
	expect(JSON.stringify(results)).not.toContain(visitor);
	expect((await visitsBy("source")).totals).toMatchObject({ visits: 1, pages: 1 });
});

test("who becomes known within a visit made one visit, and is one contact gained", async () => {
	const browser = new Browser(key);
	await browser.view("/", google);
	await browser.track("Form Submitted", { email: "anna@example.pl" });
	await browser.view("/cennik");
	await drain(browser.token);
	const { totals, rows } = await visitsBy("channel");
	expect(totals).toMatchObject({ visits: 1, pages: 2, visitors: 1, newcomers: 1, contacts: 1 });
	expect(rows).toMatchObject([{ value: "Organic Search", visits: 1, pages: 2 }]);
});

test("orders by source add up to the shop's, less what was given back", async () => {
	for (const [n, referrer] of [google, "", google].entries()) {
		const browser = new Browser(key);
		await browser.view("/", referrer);
		await browser.track("Order Completed", { order_id: `o-${n}`, revenue: 100 });
		if (n === 2) await browser.track("Order Refunded", { order_id: `o-${n}`, refund_id: "r", revenue: 40 });
		await drain(browser.token);
	}
	const { totals, rows } = await visitsBy("source");
	expect(totals).toMatchObject({ orders: 3, revenue: 260, conversions: 0 });
	expect(rows.map(({ value, orders, revenue }) => [value, orders, revenue])).toEqual([
		["google", 2, 160],
		["(direct)", 1, 100],
	]);
});

test("each row names the condition of the people behind it", async () => {
	for (const referrer of [google, google, ""]) {
		const browser = new Browser(key);
		await browser.view("/", referrer);
		await drain(browser.token);
	}
	const { rows } = await visitsBy("source");
	const condition = rows.find(({ value }) => value === "google")?.condition;
	const answer = await call("POST", `${site}/conditions/people`, { condition });
	expect(await answer.json()).toMatchObject({ count: 2 });
});

test("a day of the report is a day on the site's clock, and its hours are those of that day", async () => {
	await publish({ settings: { timeZone: "Europe/Warsaw" } });
	const spring = await visitsBy("source", "&from=2026-03-29&until=2026-03-29&step=hour");
	expect(spring.series).toHaveLength(23);
	expect(spring.series[0]?.at).toBe(Date.UTC(2026, 2, 28, 23));
	const autumn = await visitsBy("source", "&from=2026-10-25&until=2026-10-25&step=hour");
	expect(autumn.series).toHaveLength(25);
	const days = await visitsBy("source", "&from=2026-03-28&until=2026-03-30");
	expect(days.series.map(({ at }) => at)).toEqual([
		Date.UTC(2026, 2, 27, 23),
		Date.UTC(2026, 2, 28, 23),
		Date.UTC(2026, 2, 29, 22),
	]);
});

test("a file of a report has no cell that a spreadsheet would run", async () => {
	const browser = new Browser(key);
	await browser.view("/?utm_source=%3DHYPERLINK(1)&utm_medium=x", "");
	await drain(browser.token);
	const answer = await call("GET", `${site}/figures/visits?by=source&format=csv`);
	expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
	const [head, row] = (await answer.text()).split("\r\n");
	expect(head).toMatch(/^value,visits,pages,/);
	expect(row).toMatch(/^'=HYPERLINK\(1\),1,1,/);
});

test("what a visitor makes up as a source breaks nothing, and is one row", async () => {
	const browser = new Browser(key);
	const made = encodeURIComponent(`a"b\\c'd|e].${"x".repeat(300)}`);
	await browser.view(`/?utm_source=${made}&utm_medium=%00%22`, "");
	await drain(browser.token);
	await lapse(browser);
	expect((await visitsBy("source")).rows).toMatchObject([{ visits: 1, pages: 1 }]);
});

test("the live view tells who is here, on what page, and of whoever is anonymous no name", async () => {
	const anonymous = new Browser(key);
	await anonymous.view("/p/alfa-36", google);
	const known = new Browser(key);
	await known.view("/", "");
	await known.track("Form Submitted", { email: "anna@example.pl", name: "Anna Maj" });
	await known.view("/cennik");
	for (const { token } of [anonymous, known]) await drain(token);
	interface Live {
		cursor: number;
		here: number;
		visitors: Record<string, unknown>[];
	}
	const first = await told<Live>("live");
	expect(first).toMatchObject({
		here: 2,
		visitors: [
			{ name: "Anna Maj", identity: "monitored", path: "/cennik", pages: 2, source: "(direct)" },
			{ name: null, identity: "anonymous", path: "/p/alfa-36", pages: 1, source: "google", score: 3 },
		],
	});
	// Half a minute is told again: cells tell D1 each in its own time.
	expect((await told<Live>(`live?since=${first.cursor + 30_000}`)).visitors).toEqual([]);
	await anonymous.view("/cennik");
	await drain(anonymous.token);
	const next = await told<Live>(`live?since=${first.cursor}`);
	expect(next.here).toBe(2);
	expect(next.visitors[0]).toMatchObject({ identity: "anonymous", path: "/cennik", pages: 2 });
	await siteOf(env, site).moveClock(6 * 60_000);
	expect(await told<Live>("live")).toMatchObject({ here: 0, visitors: [] });
});

test("today is told by the hour, beside yesterday until the same time", async () => {
	// At noon: an hour later it is to be the same day still, wherever the site is.
	const day = 86_400_000;
	const toNoon = day - ((Date.now() + day / 2) % day);
	await siteOf(env, site).moveClock(toNoon);
	const browser = new Browser(key);
	await browser.view("/", google);
	await drain(browser.token);
	interface Today {
		today: object;
		yesterday: object;
		series: { visits: number }[];
		before: { yesterday: { visits: number }[] };
		channels: object[];
		here: number;
	}
	const now = await told<Today>("today");
	expect(now).toMatchObject({ here: 1, channels: [{ channel: "Organic Search", visits: 1 }] });
	expect(now.today).toMatchObject({ visits: 1, pages: 1, visitors: 1, contacts: 0, orders: 0 });
	expect(now.yesterday).toMatchObject({ visits: 0 });
	expect(now.series.reduce((sum, { visits }) => sum + visits, 0)).toBe(1);
	await siteOf(env, site).moveClock(toNoon + day + 3_600_000);
	const next = await told<Today>("today");
	expect(next.today).toMatchObject({ visits: 0 });
	expect(next.yesterday).toMatchObject({ visits: 1, pages: 1 });
	expect(next.before.yesterday).toHaveLength(24);
	expect(next.before.yesterday.reduce((sum, { visits }) => sum + visits, 0)).toBe(1);
	expect(next).toMatchObject({ here: 0, channels: [] });
});

test("yesterday until this time is until what the clock showed then, when clocks were changed too", async () => {
	const counts = [9, 10, 11].map((hour) => [Date.UTC(2026, 9, 25, hour) / 3_600_000, "all", "", 1, 1, 1, 1]);
	await env.DB.prepare("INSERT INTO tallies (site, counts) VALUES (?1, ?2)")
		.bind(site, JSON.stringify(counts))
		.run();
	// Noon in Warsaw, and on the day before, which had 25 hours: the visits of 10:00 and 11:00 are before it.
	const at = { timeZone: "Europe/Warsaw", now: Date.UTC(2026, 9, 26, 11) };
	expect((await todayView(env.DB, site, at)).yesterday).toMatchObject({ visits: 2 });
});

test("names that somebody makes up push out none but their like", async () => {
	const hour = Math.floor(Date.now() / 3_600_000);
	const add = (counts: readonly unknown[]) =>
		env.DB.prepare("INSERT INTO tallies (site, counts) VALUES (?1, ?2)").bind(site, JSON.stringify(counts));
	const madeUp = Array.from({ length: 2_000 }, (_, n) => [
		[hour, "landing", `/${n}-${"x".repeat(60)}`, 1, 1, 1, 1],
		[hour, "product", `popup|1||clicked|${n}-${"x".repeat(60)}`, 1],
	]);
	for (let at = 0; at < madeUp.length; at += 100) await add(madeUp.slice(at, at + 100).flat()).run();
	await add([
		[hour, "experience", "ready-to-buy|1||shown", 3],
		[hour, "lost", "ready-to-buy|capped", 2],
		[hour, "source", "google", 1, 1, 1, 1],
		[hour, "landing", "/cennik", 1, 1, 1, 1],
	]).run();
	const funnel = await told("figures/experiences/ready-to-buy");
	expect(funnel).toMatchObject({ outcomes: { shown: 3 }, lost: [{ reason: "capped", times: 2 }] });
	expect(rowsOf(await visitsBy("source"))).toEqual([["google", 1, 1, 1]]);
	// The rest is told together, and the hour stays small.
	expect(rowsOf(await visitsBy("landing"))[0]?.[0]).toBe("");
	const size = "SELECT length(counts) AS n FROM figures WHERE site = ?1";
	expect(await env.DB.prepare(size).bind(site).first("n")).toBeLessThan(65_536);
});

test("an experience's funnel is its own, also of one that is called alike", async () => {
	const hour = Math.floor(Date.now() / 3_600_000);
	const counts = [
		[hour, "experience", "spring|1||shown", 3],
		[hour, "experience", "spring-sale|1||shown", 5],
		[hour, "lost", "spring-sale|capped", 5],
	];
	await env.DB.prepare("INSERT INTO tallies (site, counts) VALUES (?1, ?2)")
		.bind(site, JSON.stringify(counts))
		.run();
	expect(await told("figures/experiences/spring")).toMatchObject({ outcomes: { shown: 3 }, lost: [] });
});

test("segments tell who is in them and how often they were entered, rules of the score how often they fired", async () => {
	const browser = new Browser(key);
	await browser.view("/cennik", google);
	await browser.track("Form Submitted", { email: "anna@example.pl" });
	await drain(browser.token);
	const { segments } = await told<{ segments: { segment: string }[] }>("figures/segments");
	expect(segments.find(({ segment }) => segment === "from-google")).toMatchObject({ people: 1, entered: 1 });
	expect(segments.find(({ segment }) => segment === "not-yet-known")).toMatchObject({
		people: 0,
		entered: 1,
		left: 1,
	});
	const { rules } = await told<{ rules: { rule: string }[] }>("figures/scores");
	expect(rules.find(({ rule }) => rule === "score-cennik")).toMatchObject({ times: 1, points: 10 });
});

test("an empty pool is among what somebody should look at, and a site that has just begun needs nothing", async () => {
	expect(await told("needs")).toEqual({ needs: [] });
	await call("POST", `${site}/pools/spring/codes`, { codes: ["A"] });
	await siteOf(env, site).leaseCoupons("spring", "eu-eeur-0", 0);
	expect(await told("needs")).toEqual({
		needs: [{ kind: "pool-low", pool: "spring", codes: 1, left: 0 }],
	});
});
