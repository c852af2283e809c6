// The visitor's own page: what it tells, to whom, and what its forms may do.

import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { findOwner, resolve } from "../../worker/directory/resolve.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { everything } from "./everything.ts";
import {
	Browser,
	call,
	drain,
	edge,
	env,
	event,
	freshWorld,
	inspect,
	partsOf,
	publish,
	settled,
	site,
} from "./world.ts";

let key: string;
let browser: Browser;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
	browser = new Browser(key);
	await browser.view("/tajemnica", "https://www.google.com/");
	await browser.view("/cennik");
	await drain(browser.token);
});

type Fields = Record<string, string>;
const own = { origin: edge };

function open(path = `/me?site=${key}`, token = browser.token, headers: Fields = {}): Promise<Response> {
	return exports.default.fetch(edge + path, {
		headers: { "accept-language": "pl", ...(token && { cookie: `__Host-witaj=${token}` }), ...headers },
	});
}

function submit(fields: Fields, headers: Fields = own, path = "/v1/me"): Promise<Response> {
	return exports.default.fetch(edge + path, {
		method: "POST",
		headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "pl", ...headers },
		body: new URLSearchParams({ site: key, ...fields }).toString(),
	});
}

const passIn = (page: string): string => /name="pass" value="([^"]+)"/.exec(page)?.[1] ?? "";
const pass = async () => passIn(await (await open()).text());

describe("the page", () => {
	test("says in either language what this browser did, on the site's own zone by its cookie", async () => {
		const page = await open();
		const text = await page.text();
		expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'nonce-/);
		expect(text).not.toContain("<script");
		for (const known of ["Co ta strona o mnie wie", "/tajemnica", "/cennik", "google", "CENNIK"])
			expect(text).toContain(known);
		const english = await (await open(`/_w/me?site=${key}&lang=en`)).text();
		expect(english).toContain("What this site knows about me");
		expect(english).toContain("viewed a page");
	});

	test("tells of orders and consents in the visitor's language, as far as this browser may know of them", async () => {
		const order = (name: string) => browser.track(name, { order_id: "1", revenue: 10 });
		await order("Order Completed");
		await order("Order Updated");
		const props = { experience: "blog-newsletter", email: "anna@example.pl", "consent.newsletter": "v1" };
		await browser.track("Form Submitted", props);
		await drain(browser.token);
		const known = [
			"złożono zamówienie",
			"zmieniono zamówienie",
			"E-mail: newsletter",
			"czeka na potwierdzenie",
		];
		const text = await (await open()).text();
		for (const one of known) expect(text).toContain(one);
		// What others say of the card is not told to a browser that merely typed an address.
		const { person } = await inspect(browser);
		const act = { kind: "consent", channel: "sms", purpose: "offers", state: "given" };
		await call("POST", `${site}/acts`, { id: uuidv7(Date.now()), act, people: [person] });
		expect(await (await open()).text()).not.toContain("offers");
	});

	test("opens from elsewhere with the token in the body, and with nothing else", async () => {
		const page = await submit({ token: browser.token ?? "" }, { origin: "https://shop.example" });
		expect(await page.text()).toContain("/tajemnica");
		for (const token of ["", "v1.k1.eu-eeur-0.x.y", `${browser.token}x`])
			expect(await (await submit({ token })).text()).not.toContain("/tajemnica");
		expect(await (await open(undefined, "")).text()).toContain("nic nie wie");
		expect((await open("/me?site=demo.invented")).status).toBe(404);
	});

	test("never shows the browser of somebody who typed an address what its card knew before", async () => {
		await browser.track("Form Submitted", { email: "anna@example.pl", name: "Anna" });
		const { cell, visitor: person } = partsOf(browser.token);
		const part = { id: `server-${person}`, kind: "server" as const };
		const secret = {
			id: uuidv7(Date.now()),
			name: "Order Completed",
			at: Date.now(),
			props: { order_id: "tajne-7", revenue: 777 },
		};
		const people = [{ person, part, identifiers: [], events: [secret], firesRules: true }];
		await cellOf(env, site, cell).receive({ site, cell, people });
		await call("POST", `${site}/acts`, {
			id: uuidv7(Date.now()),
			act: { kind: "tag", tag: "UKRYTY" },
			people: [person],
		});
		await drain(browser.token);
		const text = await (await open()).text();
		expect(text).toContain("anna@example.pl");
		for (const hidden of ["tajne-7", "Zamówienia", "UKRYTY"]) expect(text).not.toContain(hidden);
	});

	test("shows what anybody sent as text and never as HTML", async () => {
		await browser.track("Form Submitted", { email: "a@b.pl", name: `"><img src=x onerror=alert(1)>` });
		await browser.send(
			[event("Page Viewed", { path: "/<script>alert(1)</script>", url: "https://shop.example/" })],
			"/",
			{},
		);
		await drain(browser.token);
		const text = await (await open()).text();
		expect(text).not.toMatch(/<img|<script/);
		expect(text).toContain("&#60;script&#62;");
	});
});

describe("its forms", () => {
	test("put details right, for the browser's own part", async () => {
		await browser.track("Form Submitted", { email: "anna@example.pl", name: "Ana" });
		const page = await submit({
			act: "correct",
			pass: await pass(),
			name: "Anna Nowak",
			company: "Ogród",
			email: "evil@example.pl",
		});
		expect(await page.text()).toContain("Poprawki zapisane");
		await drain(browser.token);
		const { visitor } = partsOf(browser.token);
		const card = await (await call("GET", `${site}/people/${visitor}`)).json<{
			attributes: { name: string; value: string }[];
		}>();
		const of = (name: string) => card.attributes.find((one) => one.name === name)?.value;
		expect([of("name"), of("company"), of("email")]).toEqual(["Anna Nowak", "Ogród", "anna@example.pl"]);
	});

	test("pause: nothing is recorded until it is resumed", async () => {
		expect(await (await submit({ act: "pause", pass: await pass() })).text()).toContain(
			"Zapisywanie jest wstrzymane",
		);
		const answer = await browser.view("/niewidoczna");
		expect(answer.verdicts).toMatchObject([{ verdict: "dropped", why: "no-consent" }]);
		await submit({ act: "resume", pass: await pass() });
		expect((await browser.view("/widoczna")).verdicts).toMatchObject([{ verdict: "ok" }]);
		await drain(browser.token);
		const all = await everything();
		expect([all.includes("niewidoczna"), all.includes("widoczna")]).toEqual([false, true]);
	});

	test("forget an anonymous visitor altogether", async () => {
		const page = await submit({ act: "forget", pass: await pass() });
		expect(page.headers.get("set-cookie")).toContain("Max-Age=0");
		expect(await page.text()).toContain("Wszystko zostało usunięte");
		const all = await everything();
		for (const trace of [partsOf(browser.token).visitor, "tajemnica"]) expect(all).not.toContain(trace);
		expect(await (await open()).text()).toContain("nic nie wie");
	});

	test("forget of a card that others told of too this browser alone, and the card goes on", async () => {
		await browser.track("Form Submitted", { email: "anna@example.pl", name: "Anna" });
		const { cell, visitor: person } = partsOf(browser.token);
		const part = { id: `server-${person}`, kind: "server" as const };
		const tell = async (id: string) => {
			const told = {
				id: uuidv7(Date.now()),
				name: "Order Completed",
				at: Date.now(),
				props: { order_id: id, revenue: 10 },
			};
			return cellOf(env, site, cell).receive({
				site,
				cell,
				people: [{ person, part, identifiers: [], events: [told], firesRules: true }],
			});
		};
		await tell("z-1");
		await drain(browser.token);
		await submit({ act: "forget", pass: await pass() });
		expect((await tell("z-2"))[0]?.verdicts).toMatchObject([{ verdict: "ok" }]);
		await drain(browser.token);
		const all = await everything();
		expect(all).not.toContain("tajemnica");
		expect(all).not.toContain("anna@example.pl");
		const answer = await call("GET", `${site}/people/${person}`);
		const card = await answer.json<{ orders: object; parts: { kind: string }[] }>();
		expect(card).toMatchObject({ orders: { count: 2 } });
		// Of the browser nothing; what is done to the card by hand has a part of its own from the split on.
		expect(card.parts.map(({ kind }) => kind).sort()).toEqual(["hand", "server"]);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM people").first("n")).toBe(1);
		const old = partsOf(browser.token).visitor;
		await browser.view("/");
		await browser.view("/");
		expect(partsOf(browser.token).visitor).not.toBe(old);
	});

	test("forget of who merely typed somebody's address nothing that is theirs", async () => {
		const anna = { kind: "email", value: "anna@example.pl" } as const;
		const owner = await resolve(env, site, [anna]);
		const order = { id: uuidv7(Date.now()), name: "Order Completed", at: Date.now() };
		const told = {
			person: owner.person,
			part: { id: `server-${owner.person}`, kind: "server" as const },
			proof: "verified" as const,
			identifiers: [anna],
			events: [{ ...order, props: { order_id: "z-1", revenue: 10 } }],
			firesRules: true,
		};
		await cellOf(env, site, owner.cell).receive({ site, cell: owner.cell, people: [told] });
		await browser.track("Form Submitted", { email: anna.value, name: "Ktoś" });
		await settled();
		await submit({ act: "forget", pass: await pass() });
		await settled();
		const card = await call("GET", `${site}/people/${owner.person}`);
		const { orders, parts } = await card.json<{ orders: object; parts: { kind: string }[] }>();
		expect([orders, parts.map(({ kind }) => kind).sort()]).toMatchObject([{ count: 1 }, ["hand", "server"]]);
		expect(await findOwner(env, site, anna)).toMatchObject({ person: owner.person });
		expect(await everything()).not.toContain("tajemnica");
	});

	test("do nothing for another page, without a pass, or with one that is another's, of another site, or changed", async () => {
		const sound = await pass();
		const foreign = await submit({ act: "forget", pass: sound }, { origin: "https://evil.example" });
		const nowhere = await submit({ act: "forget", pass: sound }, {});
		const opaque = await submit({ act: "forget", pass: sound }, { origin: "null" });
		expect([foreign.status, nowhere.status, opaque.status]).toEqual([403, 403, 403]);
		const other = await publish({ site: "other" });
		for (const fields of [
			{},
			{ pass: `${sound}x` },
			{ pass: sound.replace(/\d{13}/, "9999999999999") },
			{ pass: browser.token ?? "" },
		])
			expect((await submit({ act: "forget", ...fields })).status).toBe(403);
		expect((await submit({ act: "forget", pass: sound, site: other })).status).toBe(403);
		expect(await (await open()).text()).toContain("/tajemnica");
	});
});
