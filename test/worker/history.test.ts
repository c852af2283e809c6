// What a screen is told of a person: all their parts, and what a rule made of the past marked as such.

import { beforeEach, expect, test, vi } from "vitest";
import { ledgerOf, storyOf } from "../../worker/data/history.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, site } from "./world.ts";

const seen = { event: { name: "Page Viewed", path: { op: "is", value: "/cennik" } } } as const;
const none: Definitions = { tagRules: [], scoreRules: [], segments: [], experiences: [] };
const scored: Definitions = {
	...none,
	scoreRules: [{ id: "view", name: "Cennik", points: 10, limit: "each", when: seen }],
};

let browser: Browser;
let person: string;
beforeEach(async () => {
	await freshWorld();
	browser = new Browser(await publish({ definitions: none }));
	await browser.view("/cennik");
	person = partsOf(browser.token).visitor;
	await drain(browser.token);
});

test("points given by hand stand beside those of a rule, and those of the past say when it was applied", async () => {
	await publish({ definitions: scored });
	const apply = { apply: { rule: "view" } };
	expect((await call("POST", `${site}/past/apply`, apply)).status).toBe(200);
	await vi.waitFor(
		async () => {
			const progress = await (await call("GET", `${site}/past`)).json<{ pending: unknown[] }>();
			expect(progress.pending).toEqual([]);
		},
		{ timeout: 30_000 },
	);
	const act = { kind: "points", points: 7 };
	await call("POST", `${site}/acts`, { id: uuidv7(Date.now()), act, people: [person] });
	await browser.view("/cennik");
	await drain(browser.token);

	const now = Date.now();
	const told = await ledgerOf(env.DB, site, person, now);
	const byHand = told.find(({ rule }) => rule === null);
	const [early, late] = told.filter(({ rule }) => rule === "view").sort((a, b) => a.at - b.at);
	expect(told).toHaveLength(3);
	expect(byHand).toMatchObject({ points: 7, name: "Points Earned", path: null });
	expect(early).toMatchObject({ points: 10, name: "Page Viewed", path: "/cennik" });
	expect(early?.appliedAt).toBeGreaterThan(early?.at ?? 0);
	expect([late?.points, late?.appliedAt, byHand?.appliedAt]).toEqual([10, undefined, undefined]);

	const story = await storyOf(env.DB, site, person, now);
	expect(story.map(({ name, appliedAt }) => [name, appliedAt !== undefined]).sort()).toEqual([
		["Page Viewed", false],
		["Page Viewed", false],
		["Points Earned", false],
		["Points Earned", true],
	]);
});

test("of somebody anonymous nothing is told from the instant at which it lapses, whatever part it is in", async () => {
	const act = { kind: "points", points: 7 };
	await call("POST", `${site}/acts`, { id: uuidv7(Date.now()), act, people: [person] });
	await drain(browser.token);
	const lapsed = Date.now() + 3 * 3_600_000;
	expect(await ledgerOf(env.DB, site, person, lapsed - 60_000)).toHaveLength(1);
	expect(await ledgerOf(env.DB, site, person, lapsed)).toEqual([]);
	expect(await storyOf(env.DB, site, person, lapsed)).toEqual([]);
});
