// What becomes of a grant whose answer is lost, or that comes to nothing on the page: what nobody saw counts for nothing.

import { beforeEach, expect, test } from "vitest";
import { uuidv7 } from "../../worker/platform/id.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Block } from "../../worker/protocol/experience.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { coupon, scrolled, showing } from "./showing.ts";
import { Browser, call, drain, event, freshWorld, publish, shop, site } from "./world.ts";

const once = { attention: { afterCloseMs: 0, afterSubmitMs: 0, cap: { times: 1 } } } as const;
const text = [{ kind: "text", text: "Taniej" }] as const;
const popup = { kind: "popup", surface: { kind: "modal" }, ...once } as const;

beforeEach(freshWorld);

const published = (...experiences: Experience[]) => publish({ definitions: { experiences } });
const viewed = (path = "/") => event("Page Viewed", { url: shop + path, path });
type Viewed = ReturnType<typeof viewed>;

function sent(
	browser: Browser,
	view: Viewed,
	events: readonly unknown[],
	more = {},
): Promise<CollectResponse> {
	const page = { url: `${shop}/`, view: view.id, language: "pl", visible: true };
	return browser.send(events, "/", { page, ...more });
}
const asked = (browser: Browser, view = viewed()) => sent(browser, view, [view], { decide: true });
const missed = (experience: string, claim: string | undefined, more = {}) =>
	event("Experience Missed", { experience, revision: 1, claim: claim ?? "", why: "left", ...more });
const shownIn = ({ show }: CollectResponse) => show.map(({ experience, claim }) => [experience, claim]);

async function countsOf(browser: Browser, experience: string): Promise<Record<string, number> | undefined> {
	await drain(browser.token);
	const answer = await call("GET", `${site}/reports/experiences`);
	const { experiences } = await answer.json<{
		experiences: { experience: string; outcomes: Record<string, number> }[];
	}>();
	return experiences.find((one) => one.experience === experience)?.outcomes;
}

test("a page view that is sent again gets what it was granted, and that counts once", async () => {
	const key = await published(
		showing("a", text, popup),
		showing("b", text, once),
		showing("second", text, { ...once, surface: { kind: "inline", place: { slot: "b" } }, priority: -1 }),
	);
	const browser = new Browser(key);
	const view = viewed();
	const first = await asked(browser, view);
	expect(shownIn(first).map(([id]) => id)).toEqual(["a", "b"]);
	expect(shownIn(await asked(browser, view))).toEqual(shownIn(first));
	expect(shownIn(await asked(browser, view))).toEqual(shownIn(first));
	// Another page view finds the caps as they are.
	expect(shownIn(await asked(browser)).map(([id]) => id)).toEqual(["second"]);
	expect(await countsOf(browser, "a")).toMatchObject({ qualified: 1, shown: 1 });
});

test("a code that was given with an answer that was lost is given again, and no second", async () => {
	const key = await published(showing("a", [coupon("spring")]));
	await call("POST", `${site}/pools/spring/codes`, { codes: ["ONE", "TWO"] });
	const browser = new Browser(key);
	const view = viewed();
	const codes = async () => (await asked(browser, view)).show.map(({ given }) => given?.codes);
	expect(await codes()).toEqual([{ spring: "ONE" }]);
	expect(await codes()).toEqual([{ spring: "ONE" }]);
});

test("what came to nothing was never shown: not to caps, not to reports, not to an order", async () => {
	const key = await published(showing("a", text, once));
	const browser = new Browser(key);
	const [[, claim] = []] = shownIn(await asked(browser));
	expect(shownIn(await asked(browser))).toEqual([]);
	await browser.send([missed("a", claim)], "/", {});
	await browser.track("Order Completed", { order_id: "o-1", revenue: 10 });
	expect(await countsOf(browser, "a")).toMatchObject({ qualified: 1, shown: 0, missed: 1 });
	const report = await (await call("GET", `${site}/reports/experiences`)).json();
	expect(report).toMatchObject({ unowed: { orders: 1, revenue: 10 } });
	expect(shownIn(await asked(browser)).map(([id]) => id)).toEqual(["a"]);
});

test("a showing is taken back once, by its own claim and by nobody's word", async () => {
	const key = await published(showing("a", text), showing("b", text));
	const browser = new Browser(key);
	const [[, ofA] = [], [, ofB] = []] = shownIn(await asked(browser));
	const now = Date.now();
	await browser.send(
		[
			missed("a", ofB),
			missed("a", uuidv7(now)),
			missed("a", "", { shownAt: now }),
			missed("b", ofB),
			missed("b", ofB),
			missed("b", ofB, { shownAt: now - 1 }),
		],
		"/",
		{},
	);
	expect(await countsOf(browser, "a")).toMatchObject({ shown: 1, missed: 3 });
	expect(await countsOf(browser, "b")).toMatchObject({ shown: 0, missed: 3 });
	expect(ofA).not.toBe(ofB);
});

test("a claim whose answer was lost is given back, and the next is granted", async () => {
	const key = await published(showing("a", text, { ...popup, trigger: scrolled }));
	const browser = new Browser(key);
	const view = viewed();
	await asked(browser, view);
	const id = uuidv7(Date.now());
	const claimed = async (by: string, within = view) =>
		(await sent(browser, within, [], { claims: [{ id: by, experience: "a" }] })).grants.map(
			(one) => one.granted,
		);
	expect(await claimed(id)).toEqual([true]);
	expect(await claimed(uuidv7(Date.now()))).toEqual([false]);
	await browser.send([missed("a", id)], "/", {});
	expect(await claimed(id)).toEqual([false]);
	const next = viewed("/next");
	await asked(browser, next);
	expect(await claimed(uuidv7(Date.now()), next)).toEqual([true]);
});

test("the id of a claim that was granted gives nothing of another experience", async () => {
	const key = await published(
		showing("a", text, { trigger: scrolled }),
		showing("b", [coupon("spring")], { trigger: scrolled, schedule: { until: 1 } }),
	);
	await call("POST", `${site}/pools/spring/codes`, { codes: ["ONE"] });
	const browser = new Browser(key);
	const view = viewed();
	await asked(browser, view);
	const id = uuidv7(Date.now());
	const claims = ["a", "b"].map((experience) => ({ id, experience }));
	const { grants } = await sent(browser, view, [], { claims });
	expect(grants).toEqual([
		{ id, granted: true },
		{ id, granted: false },
	]);
});

test("a frame for which there are no products takes no view", async () => {
	const recipe = { most: 4, least: 1, sources: [{ by: "popular", among: "site" }], filters: {} } as const;
	const block = { kind: "products", layout: "grid", why: true, recipe } as unknown as Block;
	const key = await published(showing("f", [block], { kind: "frame", ...once }));
	const browser = new Browser(key);
	expect(shownIn(await asked(browser))).toEqual([]);
	await expect.poll(() => countsOf(browser, "f")).toMatchObject({ qualified: 1, shown: 0, missed: 1 });
});
