// Acts by hand through the API: the same ledger as the rules', once each, and rewards out of a pool.

import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { storyOf } from "../../worker/data/history.ts";
import { pagesOf, pastsOf } from "../../worker/data/past.ts";
import { peopleWho, youngestFirst } from "../../worker/data/people.ts";
import type { Programme } from "../../worker/domain/definition.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { limits } from "../../worker/protocol/limits.ts";
import { Browser, call, drain, env, event, freshWorld, partsOf, publish, site } from "./world.ts";

const club: Programme = {
	id: "club",
	name: "Klub",
	joins: { by: { event: { name: "Form Submitted" } } },
	tiers: [],
	rewards: [{ id: "voucher", name: "Bon", points: 30, pool: "vouchers" }],
};
const vip = {
	id: "vip",
	name: "VIP",
	condition: { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } },
} as const;

let browser: Browser;
let person: string;
beforeEach(async () => {
	await freshWorld();
	const key = await publish({ definitions: { programmes: [club], segments: [vip], experiences: [] } });
	browser = new Browser(key);
	await browser.view("/");
	person = partsOf(browser.token).visitor;
	await drain(browser.token);
});

type Outcome = { person: string; is: string; why?: string; coupon?: string };
async function act(what: object, id = uuidv7(Date.now()), people = [person]): Promise<Outcome[]> {
	const answer = await call("POST", `${site}/acts`, { id, act: what, people });
	expect(answer.status).toBe(200);
	return (await answer.json<{ people: Outcome[] }>()).people;
}

/** Of the part that acts by hand stand in, in the order of the alphabet. */
async function entries(): Promise<string[]> {
	await drain(browser.token);
	const { results } = await env.DB.prepare("SELECT name, props FROM ledger WHERE site = ?1 AND part = ?2")
		.bind(site, `hand-${person}`)
		.all<{ name: string; props: string }>();
	return results.map(({ name, props }) => [name, ...Object.values(JSON.parse(props))].join(" ")).sort();
}

describe("a tag by hand", () => {
	test("is on the person at once, moves segments, and comes off again", async () => {
		expect(await act({ kind: "tag", tag: "VIP" })).toEqual([{ person, is: "done" }]);
		const inVip = await call("POST", `${site}/explain`, { segment: "vip", person });
		expect(await inVip.json()).toMatchObject({ is: true });
		expect(await act({ kind: "untag", tag: "VIP" })).toEqual([{ person, is: "done" }]);
		expect(await act({ kind: "untag", tag: "VIP" })).toEqual([
			{ person, is: "refused", why: "tag-not-there" },
		]);
		expect(await entries()).toEqual([
			"Segment Entered vip",
			"Segment Exited vip",
			"Tag Added VIP",
			"Tag Removed VIP 1",
		]);
	});

	test("counts once, however often the request is sent", async () => {
		const id = uuidv7(Date.now());
		expect(await act({ kind: "tag", tag: "VIP" }, id)).toEqual([{ person, is: "done" }]);
		expect(await act({ kind: "tag", tag: "VIP" }, id)).toEqual([{ person, is: "duplicate" }]);
		expect(await entries()).toEqual(["Segment Entered vip", "Tag Added VIP"]);
	});

	test("is refused where its id is so old that nobody knows any more whether it counted", async () => {
		const old = uuidv7(Date.now() - 60_000);
		expect(await act({ kind: "tag", tag: "VIP" }, old)).toEqual([{ person, is: "done" }]);
		for (let sent = 0; sent < limits.rememberedIds; sent += limits.eventsPerRequest) {
			const events = Array.from({ length: limits.eventsPerRequest }, () => event("Searched", {}));
			await browser.send(events, "/", {});
		}
		expect(await act({ kind: "tag", tag: "VIP" }, old)).toEqual([{ person, is: "refused", why: "expired" }]);
		expect(await act({ kind: "tag", tag: "VIP" })).toEqual([{ person, is: "done" }]);
	});

	test("tells of each of many people, strangers among them", async () => {
		const outcomes = await act({ kind: "tag", tag: "VIP" }, undefined, ["nobody", person]);
		expect(outcomes).toEqual([
			{ person: "nobody", is: "refused", why: "person-unknown" },
			{ person, is: "done" },
		]);
	});
});

describe("a programme by hand", () => {
	test("only members have points, and a balance never goes below zero", async () => {
		const points = { kind: "points", programme: "club" };
		expect(await act({ ...points, points: 10 })).toMatchObject([{ why: "not-a-member" }]);
		expect(await act({ kind: "join", programme: "club" })).toMatchObject([{ is: "done" }]);
		expect(await act({ kind: "join", programme: "club" })).toMatchObject([{ why: "already-a-member" }]);
		expect(await act({ ...points, points: 10 })).toMatchObject([{ is: "done" }]);
		expect(await act({ ...points, points: -11 })).toMatchObject([{ why: "balance-too-low" }]);
		expect(await act({ ...points, points: -10 })).toMatchObject([{ is: "done" }]);
	});

	test("a reward costs its points and is a code of its own; with the pool empty it costs nothing", async () => {
		await act({ kind: "join", programme: "club" });
		await act({ kind: "points", programme: "club", points: 100 });
		const voucher = { kind: "spend", programme: "club", reward: "voucher" };
		expect(await act(voucher)).toEqual([{ person, is: "refused", why: "pool-empty" }]);
		await call("POST", `${site}/pools/vouchers/codes`, { codes: ["BON-1", "BON-2"] });
		const id = uuidv7(Date.now());
		expect(await act(voucher, id)).toEqual([{ person, is: "done", coupon: "BON-1" }]);
		expect(await act(voucher, id)).toEqual([{ person, is: "duplicate", coupon: "BON-1" }]);
		expect(await act(voucher)).toEqual([{ person, is: "done", coupon: "BON-2" }]);
		expect(await act(voucher)).toEqual([{ person, is: "refused", why: "pool-empty" }]);
		const score = await call("POST", `${site}/explain`, { score: "club", person });
		expect(JSON.stringify(await score.json())).toContain("40");
		expect((await entries()).filter((entry) => entry.startsWith("Points Spent"))).toEqual([
			"Points Spent club 30 voucher BON-1",
			"Points Spent club 30 voucher BON-2",
		]);
	});
});

describe("a card by hand", () => {
	const people = async (condition: object): Promise<string[]> => {
		await drain(browser.token);
		const answer = await call("POST", `${site}/conditions/people`, { condition });
		expect(answer.status).toBe(200);
		return (await answer.json<{ people: { id: string }[] }>()).people.map(({ id }) => id);
	};

	test("an owner and a funnel stage are what was said last, and are asked for as attributes", async () => {
		const stage = { field: "attribute", name: "funnelStage", test: { op: "is", value: "oferta" } };
		const owner = { field: "attribute", name: "owner", test: { op: "is", value: "ewa" } };
		await act({ kind: "owner", owner: "Ewa" });
		await act({ kind: "stage", stage: "Kontakt" });
		await act({ kind: "stage", stage: "Oferta" });
		await act({ kind: "profile", network: "linkedin", url: "https://www.linkedin.com/in/ewa" });
		await act({ kind: "note", text: "Call back in May." });
		expect(await people({ all: [stage, owner] })).toEqual([person]);
		const profile = { field: "attribute", name: "profile.linkedin", test: { op: "exists" } };
		expect(await people(profile)).toEqual([person]);
		const { results } = await env.DB.prepare("SELECT name FROM events WHERE part = ?1 ORDER BY name")
			.bind(`hand-${person}`)
			.all();
		expect(results.map(({ name }) => name)).toEqual([
			"Note Added",
			"Owner Assigned",
			"Profile Added",
			"Stage Changed",
			"Stage Changed",
		]);
	});

	test("a consent written down by hand gives way to a withdrawal, and a later one does not bring it back", async () => {
		const consent = { kind: "consent", channel: "email", purpose: "newsletter" };
		const asked = { field: "consent", channel: "email", purpose: "newsletter" };
		await act({ ...consent, state: "given" });
		expect(await people({ ...asked, state: "given" })).toEqual([person]);
		const purposes = await call("GET", `${site}/suggestions?field=purpose`);
		expect(await purposes.json()).toMatchObject({ values: [{ value: "newsletter", count: 1 }] });
		await act({ ...consent, state: "withdrawn" });
		await act({ ...consent, state: "given" });
		expect(await people({ ...asked, state: "given" })).toEqual([]);
		expect(await people({ ...asked, state: "withdrawn" })).toEqual([person]);
	});
});

test("what is no act is refused, and says where", async () => {
	const send = (act: object) => call("POST", `${site}/acts`, { id: uuidv7(1), act, people: [person] });
	for (const wrong of [
		{ kind: "points", points: 0 },
		{ kind: "points", points: 1.5 },
		{ kind: "tag", tag: "" },
		{ kind: "tag", tag: "A{b}" },
		{ kind: "delete" },
		{ kind: "owner", owner: "" },
		{ kind: "tag", tag: " " },
		{ kind: "stage", stage: "\t" },
		{ kind: "note", text: " \n " },
		{ kind: "profile", network: "linkedin", url: "javascript:alert(1)" },
		{ kind: "consent", channel: "email", purpose: "newsletter", state: "pending" },
	]) {
		const answer = await send(wrong);
		expect([answer.status, wrong]).toEqual([422, wrong]);
	}
	// An id that does not say when it was made could not be told from one that is forgotten.
	const id = crypto.randomUUID();
	const answer = await call("POST", `${site}/acts`, { id, act: { kind: "tag", tag: "A" }, people: [person] });
	expect(await answer.json()).toMatchObject({ problems: [{ at: "id" }] });
});

describe("what was done by hand to somebody anonymous", () => {
	const left = async () => {
		await drain(browser.token);
		const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n");
		return [await count("people"), await count("parts"), await count("events")];
	};

	test("goes with the browser when consent is revoked", async () => {
		await act({ kind: "tag", tag: "VIP" });
		expect(await left()).toEqual([1, 2, 2]);
		await browser.send([], "/", { consent: "denied" });
		expect(await left()).toEqual([0, 0, 0]);
	});

	test("does not make what the browser did readable for longer, nor is readable for longer itself", async () => {
		const hour = 3_600_000;
		const { cell } = partsOf(browser.token);
		const { lastSeenAt = Number.NaN } = (await inspectIn(cellOf(env, site, cell), person, "/")) ?? {};
		await siteOf(env, site).moveClock(3 * hour - 60_000);
		await act({ kind: "tag", tag: "VIP" });
		await drain(browser.token);
		const readable = async (now: number) => {
			const everyone = compileSql({ all: [] }, now);
			const { count } = await peopleWho(env.DB, site, everyone, now, {
				sort: youngestFirst,
				limit: 1,
				isCounted: true,
			});
			const { pasts } = await pastsOf(env.DB, site, [person], undefined, now);
			const story = await storyOf(env.DB, site, person, now);
			const unread = [person, `hand-${person}`].map((part) => ({ part, isContact: false }));
			const pages = await pagesOf(env.DB, site, unread, undefined, now);
			const told = pages.map(({ events }) => events.length);
			return [count, Object.keys(pasts.get(person) ?? {}).length, story.length, ...told];
		};
		expect(await readable(lastSeenAt + 3 * hour - 1)).toEqual([1, 2, 2, 2, 2]);
		expect(await readable(lastSeenAt + 3 * hour)).toEqual([0, 0, 0, 0, 0]);
	});

	test("lapses with all that is known of them", async () => {
		await act({ kind: "tag", tag: "VIP" });
		const { cell } = partsOf(browser.token);
		await siteOf(env, site).moveClock(4 * 3_600_000);
		await runDurableObjectAlarm(cellOf(env, site, cell));
		expect(await left()).toEqual([1, 2, 0]);
	});
});
