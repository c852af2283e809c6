// What is given with what is shown: a code of a pool, so much time, a turn of the wheel. Each once to a person, in however
// many tabs and on however many devices, and told again from then on.

import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Block } from "../../worker/protocol/experience.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { loggedIn, login } from "./login.ts";
import { coupon, scrolled, showing } from "./showing.ts";
import {
	Browser,
	call,
	drain,
	env,
	event,
	freshWorld,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

beforeEach(freshWorld);

const minute = 60_000;
const upload = (n: number, pool = "welcome") =>
	call("POST", `${site}/pools/${pool}/codes`, {
		codes: Array.from({ length: n }, (_, i) => `${pool}-${i + 1}`),
	});
const published = (...experiences: readonly Experience[]) =>
	publish({ settings: { origins: [shop], login }, definitions: { experiences: [...experiences] } });
const given = ({ show }: CollectResponse) => show.map((offer) => offer.given);
const codesIn = (answer: CollectResponse) => given(answer).flatMap((one) => Object.values(one?.codes ?? {}));
const text: Block = { kind: "text", text: "Dziękujemy" };

async function claim(browser: Browser, experience: string, id = uuidv7(Date.now())) {
	const { grants } = await browser.send([], "/", { claims: [{ id, experience }] });
	return grants.find((grant) => grant.id === id);
}

async function proofOf(user: string) {
	return { proof: { kind: "jwt", token: await loggedIn(user) }, decide: true };
}

async function reasonFor(browser: Browser, experience: string) {
	const { cell, visitor } = partsOf(browser.token);
	const seen = await inspectIn(cellOf(env, site, cell), visitor, "/");
	return seen?.candidates.find((one) => one.experience === experience)?.reason;
}

describe("a coupon from a pool", () => {
	it("is given with the offer that opens at once, and told again, never a second", async () => {
		await upload(30);
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		const first = codesIn(await browser.view("/"));
		expect(first).toEqual(["welcome-1"]);
		expect(codesIn(await browser.view("/a"))).toEqual(first);
		const { cell } = partsOf(browser.token);
		await evictDurableObject(cellOf(env, site, cell));
		expect(codesIn(await browser.view("/b"))).toEqual(first);
		const other = new Browser(browser.key);
		expect(codesIn(await other.view("/"))).not.toEqual(first);
	});

	it("of an offer that waits is given when it opens, and an offer that never opened burns none", async () => {
		await upload(30);
		const browser = new Browser(
			await published(showing("later", [coupon("welcome")], { trigger: scrolled })),
		);
		expect(given(await browser.view("/"))).toEqual([undefined]);
		expect(given(await browser.view("/"))).toEqual([undefined]);
		const id = uuidv7(Date.now());
		const grant = { id, granted: true, given: { codes: { welcome: "welcome-1" } } };
		expect(await claim(browser, "later", id)).toEqual(grant);
		expect(await claim(browser, "later", id)).toEqual(grant);
	});

	it("is one and the same for 8 tabs at once on two devices of one person", async () => {
		await upload(100);
		const key = await published(showing("later", [coupon("welcome")], { trigger: scrolled }));
		const devices = [new Browser(key), new Browser(key)];
		for (const device of devices) await device.send([], "/", await proofOf("42"));
		const claims = devices.flatMap((device) => Array.from({ length: 8 }, () => claim(device, "later")));
		const codes = (await Promise.all(claims)).map((grant) => grant?.given?.codes?.welcome);
		expect(new Set(codes).size).toBe(1);
		expect(codes[0]).toBeDefined();
	});

	it("stays the first that was given, where two browsers turn out to be one person", async () => {
		await upload(100);
		const key = await published(showing("hello", [coupon("welcome")]));
		const [desk, phone] = [new Browser(key), new Browser(key)];
		const [first] = codesIn(await desk.view("/"));
		const [second] = codesIn(await phone.view("/"));
		expect(second).not.toBe(first);
		await desk.send([], "/", await proofOf("42"));
		await phone.send([], "/", await proofOf("42"));
		await settled();
		for (const browser of [phone, desk]) expect(codesIn(await browser.view("/a"))).toEqual([first]);
	});

	it("is told to nobody to whom a link of ours was forwarded, nor are they given another in its place", async () => {
		await upload(30);
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		await browser.send([], "/", await proofOf("42"));
		const [own] = codesIn(await browser.view("/a"));
		expect(own).toBeDefined();
		await settled();
		const { cell, visitor } = partsOf(browser.token);
		const seen = await inspectIn(cellOf(env, site, cell), visitor, "/");
		const made = await call("POST", `${site}/people/${seen?.person}/link`, { url: `${shop}/` });
		const token = new URL((await made.json<{ url: string }>()).url).searchParams.get("wl") ?? "";
		const friend = new Browser(browser.key);
		const answer = await friend.send([], "/", { proof: { kind: "link", token }, decide: true });
		expect(answer.show).toEqual([]);
		expect(JSON.stringify(answer)).not.toContain("welcome-");
	});

	it("outlives the details of the visit", async () => {
		await upload(30);
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		const first = codesIn(await browser.view("/"));
		await siteOf(env, site).moveClock(7 * 86_400_000);
		expect(codesIn(await browser.view("/"))).toEqual(first);
	});

	it("is not shown when no code is left anywhere, and is again when there are more", async () => {
		await upload(1);
		const key = await published(showing("hello", [coupon("welcome")]), showing("other", [text]));
		const [lucky, late] = [new Browser(key), new Browser(key)];
		const shown = ({ show }: CollectResponse) => show.map(({ experience }) => experience);
		expect(shown(await lucky.view("/"))).toEqual(["hello", "other"]);
		expect(shown(await late.view("/"))).toEqual(["other"]);
		expect(await reasonFor(late, "hello")).toEqual({ is: "pool-empty", pool: "welcome" });
		// Whoever has a code is told it still.
		expect(codesIn(await lucky.view("/"))).toEqual(["welcome-1"]);
	});

	it("is taken from wherever codes are left, to the last one", async () => {
		await upload(12);
		const key = await published(showing("hello", [coupon("welcome")]));
		const browsers = Array.from({ length: 16 }, () => new Browser(key));
		const codes: string[] = [];
		for (const browser of browsers) codes.push(...codesIn(await browser.view("/")));
		expect(codes.length).toBe(12);
		expect(new Set(codes).size).toBe(12);
	});

	it("behind a form is given when that was submitted, and told again where the answer was lost", async () => {
		await upload(30);
		const form: Block = {
			kind: "form",
			fields: [{ kind: "email", name: "email", label: "E-mail", required: true }],
			submit: "Chcę kod",
			thanks: [coupon("welcome")] as never,
		};
		const browser = new Browser(await published(showing("lead", [form])));
		expect(codesIn(await browser.view("/"))).toEqual([]);
		const sent = event("Form Submitted", { experience: "lead", revision: 1, email: "ala@example.pl" });
		const grant = { id: sent.id, granted: true, given: { codes: { welcome: "welcome-1" } } };
		for (const verdict of ["ok", "duplicate"]) {
			const answer = await browser.send([sent], "/", {});
			expect(answer).toMatchObject({ verdicts: [{ verdict }], grants: [grant] });
		}
		// Whoever only says so was not shown it, or does not say who they are.
		const liar = new Browser(browser.key);
		expect(
			(await liar.track("Form Submitted", { experience: "lead", email: "x@example.pl" })).grants,
		).toEqual([]);
		await liar.view("/");
		expect((await liar.track("Form Submitted", { experience: "lead" })).grants).toEqual([]);
	});

	it("stands on the card, in what is exported, and goes with an erasure", async () => {
		await upload(30);
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		await browser.view("/");
		await browser.track("Form Submitted", { email: "ala@example.pl" });
		await drain(browser.token);
		const given = await env.DB.prepare("SELECT props FROM events WHERE name = 'Coupon Given'").first<string>(
			"props",
		);
		expect(JSON.parse(given ?? "{}")).toEqual({ experience: "hello", pool: "welcome", coupon: "welcome-1" });
		const { cell, visitor } = partsOf(browser.token);
		expect(JSON.stringify(await cellOf(env, site, cell).extract(visitor))).toContain("welcome-1");
		await cellOf(env, site, cell).erase({ site, cell, person: visitor });
		expect(await cellOf(env, site, cell).extract(visitor)).toBeUndefined();
	});

	it("is told as used by the order that it was placed with, once, and not by whom it was not given to", async () => {
		await upload(30);
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		const [code = ""] = codesIn(await browser.view("/"));
		const order = { order_id: "o-1", revenue: 200, coupon: `spring, ${code.toUpperCase()}` };
		for (const _ of [1, 2]) await browser.track("Order Completed", order);
		const other = new Browser(browser.key);
		await other.track("Order Completed", { order_id: "o-2", revenue: 50, coupon: code });
		await drain(browser.token);
		await drain(other.token);
		const pools = async () => (await call("GET", `${site}/figures/pools`)).json();
		const used = { pools: [{ pool: "welcome", given: 1, used: 1, revenue: 200 }] };
		expect(await pools()).toMatchObject(used);
		// What is told stays told when whoever ordered is forgotten.
		await browser.send([], "/", { consent: "denied" });
		await settled();
		expect(await pools()).toMatchObject(used);
	});

	it("is never named by a page: what it says of codes gives nothing", async () => {
		const browser = new Browser(await published(showing("hello", [coupon("welcome")])));
		const { verdicts } = await browser.track("Coupon Given", { pool: "welcome", coupon: "FREE" });
		expect(verdicts[0]).toMatchObject({ verdict: "dropped", why: "reserved-name" });
		expect(codesIn(await browser.view("/"))).toEqual([]);
	});
});

describe("a countdown", () => {
	const countdown: Block = {
		kind: "countdown",
		until: { minutes: 15 },
		label: "Kończy się za",
		ended: "Po czasie",
	};

	it("begins for each visitor when it is shown first, and never restarts", async () => {
		const browser = new Browser(await published(showing("hurry", [countdown])));
		const [first] = given(await browser.view("/"));
		expect(first?.leftMs).toBe(15 * minute);
		await siteOf(env, site).moveClock(10 * minute);
		const [later] = given(await browser.view("/"));
		expect(later?.leftMs).toBeLessThanOrEqual(5 * minute);
		expect(later?.leftMs).toBeGreaterThan(4 * minute);
		await siteOf(env, site).moveClock(7 * 86_400_000);
		expect(given(await browser.view("/"))).toEqual([{ leftMs: 0 }]);
	});

	it("takes its coupon with it, in the offer and in the claim", async () => {
		const blocks: Block[] = [
			countdown,
			{ kind: "coupon", code: "SZYBKO", label: "Kod", withCountdown: true },
		];
		const key = await published(showing("hurry", blocks), showing("later", blocks, { trigger: scrolled }));
		const browser = new Browser(key);
		expect((await browser.view("/")).show.length).toBe(2);
		await siteOf(env, site).moveClock(16 * minute);
		expect((await browser.view("/")).show.map(({ experience }) => experience)).toEqual(["later"]);
		expect(await reasonFor(browser, "hurry")).toMatchObject({ is: "expired" });
		expect((await claim(browser, "hurry"))?.granted).toBe(false);
	});

	it("that ends at one instant for all is over then, also for whom nothing is kept", async () => {
		const until = Date.now() + minute;
		const fixed: Block = { ...countdown, until };
		const browser = new Browser(await published(showing("sale", [fixed])));
		expect(given(await browser.view("/"))[0]?.leftMs).toBeGreaterThan(0);
		await siteOf(env, site).moveClock(2 * minute);
		expect(given(await browser.view("/"))).toEqual([{ leftMs: 0 }]);
	});
});

describe("a wheel of fortune", () => {
	const wheel = (segments: readonly object[]): Block =>
		({ kind: "wheel", spin: "Zakręć", segments }) as unknown as Block;
	const win = { label: "10%", weight: 1, text: "Wygrana", pool: "welcome" };

	it("is drawn once for each person, and tells nobody what is in it before that", async () => {
		await upload(30);
		const secret = { label: "20%", weight: 1, text: "Wygrana", code: "TAJNE" };
		const never = { label: "100%", weight: 0, text: "Nie", code: "NIGDY" };
		const key = await published(showing("spin", [wheel([secret, never, win])], { trigger: scrolled }));
		const browser = new Browser(key);
		expect(JSON.stringify(await browser.view("/"))).not.toMatch(/TAJNE|NIGDY/);
		const drawn = (await claim(browser, "spin"))?.given;
		expect([
			{ outcome: 0, code: "TAJNE" },
			{ outcome: 2, codes: { welcome: "welcome-1" } },
		]).toContainEqual(drawn);
		for (const _ of [1, 2, 3]) expect((await claim(browser, "spin"))?.given).toEqual(drawn);
	});

	it("draws nothing that is not there to be won", async () => {
		await upload(1, "other");
		const blank = { label: "Nic", weight: 1, text: "Następnym razem" };
		const key = await published(showing("spin", [wheel([win, blank])]));
		for (const _ of [1, 2, 3, 4, 5])
			expect(given(await new Browser(key).view("/"))).toEqual([{ outcome: 1 }]);
	});
});

describe("of whom nothing is kept", () => {
	it("nobody is offered what is given but once", async () => {
		await upload(30);
		const key = await published(
			showing("hello", [coupon("welcome")]),
			showing("plain", [text], { priority: -1 }),
		);
		const nobody = new Browser(key);
		const { show } = await nobody.send([], "/", { consent: "denied", decide: true });
		expect(show.map(({ experience }) => experience)).toEqual(["plain"]);
	});
});

describe("a page that gives nothing", () => {
	it("asks no other object and writes no more than before", async () => {
		await upload(30);
		const key = await published(
			showing("plain", [text]),
			showing("elsewhere", [coupon("welcome")], { pages: { only: [{ op: "is", value: "/x" }], except: [] } }),
		);
		const browser = new Browser(key);
		await browser.view("/");
		await browser.view("/");
		const { pools } = await (await call("GET", `${site}/pools`)).json<{ pools: readonly object[] }>();
		expect(pools).toMatchObject([{ pool: "welcome", codes: 30, left: 30 }]);
	});
});
