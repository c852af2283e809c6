// How segments and the score grow day by day.

import { beforeEach, expect, test } from "vitest";
import { countSizes } from "../../worker/admin/sizes.ts";
import { dayIn, daysAfter } from "../../worker/domain/calendar.ts";
import { Browser, call, drain, env, freshWorld, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { timeZone: "Europe/Warsaw" } });
});

interface View {
	days: string[];
	segments: { segment: string; people: number; before: number | null; sizes: (number | null)[] }[];
	scores: { least: number; people: number; sizes: (number | null)[] }[];
}
const told = async (more = "") => (await call("GET", `${site}/figures/sizes?days=3${more}`)).json<View>();
const segmentOf = ({ segments }: View) => segments.find(({ segment }) => segment === "from-google");
const today = dayIn("Europe/Warsaw")(Date.now());
const noonOf = (day: string) => Date.parse(`${day}T11:00:00Z`);

async function contact(name: string): Promise<void> {
	const browser = new Browser(key);
	await browser.view("/cennik", "https://www.google.com/");
	await browser.track("Form Submitted", { email: `${name}@example.pl` });
	await drain(browser.token);
}

test("each day is told as it ended, today as it is now, and a day without a count as unknown", async () => {
	await contact("anna");
	await countSizes(env, noonOf(daysAfter(today, -1)));
	await contact("bea");
	expect(segmentOf(await told())).toEqual({
		segment: "from-google",
		name: expect.any(String),
		people: 2,
		before: null,
		sizes: [null, 1, 2],
	});
});

test("a day is counted once an hour strikes in it, and once more in its last hour", async () => {
	const day = daysAfter(today, -1);
	await contact("anna");
	await countSizes(env, noonOf(day));
	await contact("bea");
	await countSizes(env, noonOf(day) + 3_600_000);
	expect(segmentOf(await told())?.sizes[1]).toBe(1);
	// 23:55 in Warsaw.
	const end = Date.parse(`${day}T22:55:00Z`);
	const last = dayIn("Europe/Warsaw")(end) === day ? end : end - 3_600_000;
	await countSizes(env, last);
	expect(segmentOf(await told())?.sizes[1]).toBe(2);
});

test("points are told in bands that add up to all contacts", async () => {
	await contact("anna");
	await contact("bea");
	const { scores, segments } = await told();
	expect(scores.map(({ least }) => least)).toEqual([0, 1, 10, 25, 50, 100, 250]);
	expect(scores.reduce((sum, { people }) => sum + people, 0)).toBe(2);
	// The price list gives ten points, and so does the form.
	expect(scores.filter(({ people }) => people > 0).map(({ least }) => least)).not.toContain(0);
	expect(segments.length).toBeGreaterThan(1);
});

test("whoever looks before the first hour has struck begins the count", async () => {
	await contact("anna");
	await told();
	await expect
		.poll(() => env.DB.prepare("SELECT day FROM sizes WHERE site = ?1").bind(site).first("day"))
		.toBe(today);
});

test("the file has a row for each day", async () => {
	await contact("anna");
	const text = await (await call("GET", `${site}/figures/sizes?days=3&format=csv`)).text();
	const [head, ...rows] = text.trim().split("\r\n");
	expect(head).toMatch(/^day,.*from-google.*points\.0,/);
	expect(rows.map((row) => row.slice(0, 10))).toEqual([daysAfter(today, -2), daysAfter(today, -1), today]);
});
