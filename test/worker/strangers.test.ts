// Attempts to gain another's data, by class. Ewa is a card that is proven and ready to buy: a page of the shop offers it a
// code. Whoever is not as surely Ewa as that takes is shown what anybody is, told nothing of her, gets no token because of
// her, and moves neither her score nor her segments.

import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { ShownMail } from "../../worker/cell/mails.ts";
import { findOwner } from "../../worker/directory/resolve.ts";
import type { Owner } from "../../worker/domain/contact.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { Importing } from "./importing.ts";
import { base64url, claimsOf, jwt, loggedIn, login } from "./login.ts";
import { makeSecretKey, post } from "./servers.ts";
import {
	Browser,
	call,
	edge,
	env,
	event,
	freshWorld,
	inspect,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

const mail = "ewa@example.com";
const phone = "+48600100200";
/** Words of hers alone. */
const hers = /ewa|nowak|600100200|PILA/i;
const page = "/kosiarki-akumulatorowe";
const attempts = 10;

let key: string;
let ewa: Browser;
let before: object;
beforeEach(async () => {
	await freshWorld();
	const experiences = definitions.experiences.map((one): Experience => {
		// Offered as often as it is asked for: of whom it is, and not how often, is asked here.
		return { ...one, trigger: { kind: "scroll", depth: 90 } };
	});
	key = await publish({ settings: { origins: [shop], login }, definitions: { experiences } });
	ewa = new Browser(key);
	await send(ewa, [viewing("/cennik")], { proof: { kind: "jwt", token: await loggedIn("42", mail) } });
	await ewa.track("Identified", { userId: "42", email: mail, phone, "traits.lastName": "Nowak" });
	for (const path of ["/cennik", "/cennik", "/pily"]) await ewa.view(path);
	expect(shown(await ewa.view(page))).toEqual(["ready-to-buy"]);
	before = await herself();
});

const viewing = (path: string) => event("Page Viewed", { url: shop + path, path });
const shown = ({ show }: CollectResponse) => show.map(({ experience }) => experience);
const send = (browser: Browser, events: readonly unknown[], more: object = {}) =>
	browser.send(events, page, { decide: true, ...more });

/** What counts of Ewa. */
async function herself(): Promise<object> {
	await settled();
	const { person, score, tags, segments, attributes } = await inspect(ewa, page);
	const since = segments.map(({ id, since }) => [id, since]);
	const proven =
		"SELECT id, proof FROM parts WHERE person = ? AND kind = 'browser' AND proof <> 'linked' ORDER BY id";
	const { results } = await env.DB.prepare(proven).bind(person).all();
	return { person, score, tags, since, attributes, results };
}

/** What there is to see in an answer. */
function seenIn({ verdicts, show, grants, token }: CollectResponse) {
	return { verdicts: verdicts.map(({ verdict }) => verdict), show, grants, isGiven: token !== undefined };
}

/** A browser that came before, half of them with a history of its own. */
async function stranger(n: number): Promise<Browser> {
	const browser = new Browser(key, { "cf-connecting-ip": `192.0.2.${n}` });
	await browser.view(n % 2 === 0 ? "/" : "/sekatory", "");
	return browser;
}

/** Does it beside one that does nothing of the kind: no answer differs, then or later. */
async function seesNothing(
	n: number,
	attempt: (browser: Browser) => Promise<CollectResponse>,
): Promise<Browser> {
	const [browser, other] = [await stranger(n), await stranger(n)];
	const { token } = browser;
	const answers = [await attempt(browser), await send(browser, [viewing(page)])];
	const without = [await send(other, [event("Anything", {})]), await send(other, [viewing(page)])];
	expect(answers.map(seenIn).map(({ show, isGiven }) => [show, isGiven])).toEqual(
		without.map(seenIn).map(({ show, isGiven }) => [show, isGiven]),
	);
	expect(JSON.stringify(answers)).not.toMatch(hers);
	expect(browser.token).toBe(token);
	return browser;
}

/** After all that was tried: Ewa is as she was, and none of these is hers. */
async function nothingCameOfIt(browsers: readonly Browser[]): Promise<void> {
	expect(await herself()).toEqual(before);
	const { person } = await inspect(ewa, page);
	for (const browser of browsers) {
		const seen = await inspect(browser, page);
		expect(seen.person).not.toBe(person);
		expect(JSON.stringify([seen.segments.filter(({ since }) => since !== null), seen.tags])).not.toMatch(
			/ready-to-buy|PILA|CENNIK/,
		);
		expect(shown(await send(browser, [viewing(page)]))).toEqual([]);
	}
}

async function linkTo(person: string): Promise<string> {
	const answer = await call("POST", `${site}/people/${person}/link`, { url: `${shop}/` });
	const { url } = await answer.json<{ url: string }>();
	return new URL(url).searchParams.get("wl") ?? "";
}

/** The link in the message to an address that somebody typed. */
async function asked(browser: Browser, email: string): Promise<string> {
	await browser.track("Form Submitted", { experience: "blog-newsletter", email, "consent.newsletter": "v1" });
	const { cell } = partsOf(browser.token);
	const mails = async () =>
		(await cellOf(env, site, cell).shownMails()).filter(({ to }: ShownMail) => to === email);
	await expect.poll(mails).not.toEqual([]);
	return /https:\/\/\S+\/c\/\S+/.exec((await mails())[0]?.text ?? "")?.[0] ?? "";
}

const open = (url: string, method: string, agent = "Mozilla/5.0") =>
	exports.default.fetch(url, { method, redirect: "manual", headers: { "user-agent": agent } });

async function prove(
	kind: "link" | "confirmed" | "jwt",
	token: string,
	browser: Browser,
	events = [event("Anything", {})],
) {
	return send(browser, events, { proof: { kind, token } });
}

it("her address, phone or id, typed", async () => {
	const form = (props: object) => event("Form Submitted", { experience: "blog-newsletter", ...props });
	const identified = (props: object) => event("Identified", { ...props });
	const typed = [
		form({ email: mail }),
		form({ email: " EWA@Example.COM " }),
		form({ email: mail, phone: "600 100 200", name: "Ewa" }),
		form({ phone }),
		form({ email: mail, "consent.newsletter": "v1" }),
		identified({ email: mail }),
		identified({ userId: "42" }),
		identified({ userId: "42", email: mail, phone }),
		identified({ "traits.email": mail, "traits.lastName": "x" }),
		identified({ phone: "0048600100200" }),
		identified({ userId: " 42 " }),
	];
	const browsers: Browser[] = [];
	for (const [n, one] of typed.entries())
		browsers.push(await seesNothing(n, (browser) => send(browser, [one])));
	await settled();
	await nothingCameOfIt(browsers);
});

it("her orders, posted by strangers who typed who she is", async () => {
	for (let n = 0; n < attempts; n++) {
		const order = { order_id: `${n}`, total: 1_000 * (n + 1), currency: "PLN" };
		const said = event(n % 2 === 0 ? "Identified" : "Form Submitted", { email: mail, userId: "42" });
		await seesNothing(n, (browser) =>
			send(browser, [said, event("Order Completed", order), viewing("/pily")]),
		);
	}
	await settled();
	await nothingCameOfIt([]);
	const tied = "SELECT count(*) AS n FROM parts WHERE tied_to = ?";
	expect(
		await env.DB.prepare(tied)
			.bind((await inspect(ewa, page)).person)
			.first("n"),
	).toBe(attempts);
});

it("her link, forwarded: it may choose what is shown, and says no word of hers", async () => {
	const { person } = await inspect(ewa, page);
	const link = await linkTo(person);
	const browsers: Browser[] = [];
	for (let n = 0; n < attempts; n++) {
		const browser = n < 3 ? new Browser(key, { "cf-connecting-ip": `192.0.2.${n}` }) : await stranger(n);
		if (n % 3 === 1) await prove("jwt", await loggedIn(`other-${n}`), browser);
		const answers = [
			await prove("link", link, browser, [viewing(page)]),
			await prove("link", link, browser),
			// No surer because of what is typed or brought beside it.
			await prove("jwt", link, browser),
			await prove("confirmed", link, browser),
			await send(browser, [viewing(page)]),
		];
		expect(answers.map(shown).at(-1)).toEqual(["ready-to-buy"]);
		expect(JSON.stringify(answers)).not.toMatch(hers);
		browsers.push(browser);
	}
	await settled();
	const ids = browsers.map(({ token }) => partsOf(token).visitor);
	const query = "SELECT DISTINCT proof FROM parts WHERE person = ?1 AND kind = 'browser' AND id <> ?2";
	const { results } = await env.DB.prepare(query).bind(person, partsOf(ewa.token).visitor).all();
	expect([ids.length, results]).toEqual([attempts, [{ proof: "linked" }]]);
	expect(await herself()).toMatchObject({
		person,
		attributes: Object(before).attributes,
		results: Object(before).results,
	});
});

it("her link and her message's link, opened by scanners", async () => {
	const message = await asked(ewa, mail);
	await settled();
	before = await herself();
	const link = await linkTo((await inspect(ewa, page)).person);
	const agents = ["Mozilla/5.0", "Barracuda Sentinel", "Proofpoint", "Googlebot/2.1", "curl/8.0"];
	for (const method of ["GET", "HEAD"]) {
		for (const agent of agents) {
			const answer = await open(message, method, agent);
			expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
			expect(await answer.text()).not.toMatch(/ewa|nowak|wc=/i);
			const collect = `${edge}/v1/collect?wl=${link}&site=${key}`;
			expect((await open(collect, method, agent)).status).toBe(404);
		}
	}
	const bot = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
	for (let n = 0; n < attempts; n++) {
		const scanner = new Browser(key, { "user-agent": bot });
		const answer = await prove("link", link, scanner, [viewing(page)]);
		expect(seenIn(answer)).toEqual({ verdicts: ["dropped"], show: [], grants: [], isGiven: false });
	}
	const given = "SELECT count(*) AS n FROM events WHERE name = 'Consent Given'";
	await nothingCameOfIt([]);
	expect(await env.DB.prepare(given).first("n")).toBe(0);
});

it("her confirmation, replayed by others once she used it", async () => {
	const answer = await open(await asked(ewa, mail), "POST");
	const token = new URL(answer.headers.get("location") ?? "").searchParams.get("wc") ?? "";
	await prove("confirmed", token, ewa);
	before = await herself();
	const browsers: Browser[] = [];
	for (let n = 0; n < attempts; n++)
		browsers.push(
			await seesNothing(n, (browser) =>
				prove(n < 8 ? "confirmed" : n === 8 ? "link" : "jwt", token, browser),
			),
		);
	await nothingCameOfIt(browsers);
	expect(shown(await prove("confirmed", token, ewa))).toEqual(["ready-to-buy"]);
});

it("through the API, with the key that is in every page", async () => {
	const said = [
		["identify", { userId: "42", traits: { email: mail } }],
		["identify", { anonymousId: "a", userId: "42" }],
		["alias", { previousId: "a", userId: "42" }],
		["alias", { previousId: "42", userId: "a" }],
		["group", { userId: "42", groupId: "x", traits: { name: "x" } }],
		["track", { userId: "42", event: "Order Completed", properties: { order_id: "1", total: 9_999 } }],
		["track", { userId: "42", event: "Tag Added", properties: { tag: "VIP" } }],
		["page", { userId: "42", properties: { url: `${shop}/cennik`, path: "/cennik" } }],
		["screen", { userId: "42", name: "x" }],
		["batch", { batch: [{ type: "track", userId: "42", event: "Order Completed", messageId: "m" }] }],
		["track", { anonymousId: partsOf(ewa.token).visitor, event: "Order Completed" }],
	] as const;
	const nobodys = (body: object) =>
		JSON.parse(JSON.stringify(body).replaceAll('"42"', '"no"').replaceAll(mail, "no@no.no"));
	for (const [path, body] of said) {
		const [known, unknown] = [await post(path, body, key), await post(path, nobodys(body), key)];
		expect([path, known.status]).toEqual([path, unknown.status]);
		expect(Object.keys(JSON.parse(await known.text()))).toEqual(
			Object.keys(JSON.parse(await unknown.text())),
		);
	}
	const reads = ["people/read", "people", "events", "orders", "acts"];
	for (const path of reads)
		for (const one of [key, undefined, "", `${key}x`]) {
			const answer = await post(path, { identifiers: { user: "42" }, people: [], events: [] }, one);
			expect([path, answer.status >= 401 && answer.status <= 403]).toEqual([path, true]);
			expect(await answer.text()).not.toMatch(hers);
		}
	await settled();
	await nothingCameOfIt([]);
});

it("by a merge: whatever is said of two people makes them none, and who typed gains nothing by one", async () => {
	const browsers: Browser[] = [];
	for (let n = 0; n < attempts; n++) {
		const own = { userId: `mine-${n}`, email: `mine-${n}@example.com` };
		const browser = await seesNothing(n, (one) => send(one, [event("Identified", own)]));
		// Their own login, and hers beside it.
		await prove("jwt", await loggedIn(own.userId, own.email), browser, [
			event("Identified", n % 2 === 0 ? { userId: "42", email: mail } : { phone, "traits.email": mail }),
		]);
		await post("alias", { previousId: own.userId, userId: "42" }, key);
		browsers.push(browser);
	}
	await settled();
	await nothingCameOfIt(browsers);

	// Ten who merely typed are on one card each, and the marketer merges those into hers.
	const { person } = await inspect(ewa, page);
	const typists: Browser[] = [];
	for (let n = 0; n < attempts; n++) {
		const typist = await stranger(100 + n);
		await typist.track("Form Submitted", { experience: "blog-newsletter", email: `two-${n}@example.com` });
		typists.push(typist);
	}
	await settled();
	for (let n = 0; n < attempts; n++) {
		const owner = await ownerOf("email", `two-${n}@example.com`);
		const merged = await call("POST", `${site}/people/${owner.person}/merge`, { into: person });
		expect(merged.status).toBe(200);
	}
	await settled();
	for (const typist of typists) {
		expect(shown(await send(typist, [viewing(page)]))).toEqual([]);
		expect((await inspect(typist, page)).person).not.toBe(person);
	}
});

async function ownerOf(kind: "email" | "user", value: string): Promise<Owner> {
	const owner = await findOwner(env, site, { kind, value });
	if (!owner) throw new Error("nobody has it");
	return owner;
}

it("by an import, and by what the shop's server tells, of addresses that strangers typed before", async () => {
	const secret = await makeSecretKey(["events", "people"]);
	const browsers: Browser[] = [];
	for (let n = 0; n < attempts; n++)
		browsers.push(
			await seesNothing(n, (browser) =>
				send(browser, [
					event("Form Submitted", { experience: "blog-newsletter", email: `c${n}@example.com` }),
				]),
			),
		);
	await settled();
	const rows = browsers.map((_, n) => `c${n}@example.com,Nowak`).slice(0, attempts / 2);
	await (await Importing.upload(["email,lastName", ...rows].join("\n"), { tags: ["PILA"] })).run();
	for (let n = 0; n < attempts; n++) {
		const events = [1, 2, 3].map((i) => ({
			id: `${n}-${i}`,
			identifiers: { email: `c${n}@example.com` },
			name: "Page Viewed",
			props: { url: `${shop}/cennik`, path: "/cennik" },
		}));
		expect((await post("events", { events }, secret)).status).toBe(200);
	}
	await settled();
	const owner = await ownerOf("email", "c0@example.com");
	const basics = await cellOf(env, site, owner.cell).basics(owner.person);
	expect(JSON.stringify(basics)).toContain("ready-to-buy");
	await nothingCameOfIt(browsers);
});

it("by a card that was made of her names before she came", async () => {
	const pairs: (readonly [Browser, Browser])[] = [];
	for (let n = 0; n < attempts; n++) {
		const names = { userId: `later-${n}`, email: `later-${n}@example.com` };
		const early = await seesNothing(n, (one) =>
			send(one, [event("Identified", n % 2 === 0 ? names : { email: names.email })]),
		);
		await settled();
		const owner = new Browser(key, { "cf-connecting-ip": `198.51.100.${n}` });
		await prove("jwt", await loggedIn(names.userId, names.email), owner, [viewing("/cennik")]);
		for (const _ of [1, 2]) await owner.view("/cennik");
		expect(shown(await owner.view(page))).toEqual(["ready-to-buy"]);
		pairs.push([early, owner]);
	}
	await settled();
	for (const [early, owner] of pairs) {
		const { score } = await inspect(owner, page);
		await early.track("Order Completed", { order_id: "1", total: 9_999, currency: "PLN" });
		await early.view("/dmuchawy");
		expect(shown(await send(early, [viewing(page)]))).toEqual([]);
		await settled();
		expect((await inspect(owner, page)).score).toBe(score);
		expect((await inspect(early, page)).person).not.toBe((await inspect(owner, page)).person);
	}
	await nothingCameOfIt(pairs.map(([early]) => early));
});

describe("by a token that is none of the shop's login", () => {
	const now = () => Math.floor(Date.now() / 1_000);
	/** Ten ways to name her. */
	const claims = () => [
		claimsOf("42"),
		claimsOf("42", mail),
		claimsOf("x", mail),
		{ ...claimsOf("42"), iat: now() },
		{ ...claimsOf("42"), nbf: now() - 60 },
		{ ...claimsOf("42"), iss: "https://shop.example" },
		{ ...claimsOf("42"), admin: true },
		{ ...claimsOf("42"), jti: uuidv7(Date.now()) },
		{ ...claimsOf("42"), exp: now() + 31_536_000 },
		{ ...claimsOf("42"), aud: [login.audience, "other"] },
	];
	type Forge = (claims: object, n: number) => Promise<string>;
	const classes: Readonly<Record<string, Forge>> = {
		"signed with another key": (one, n) => jwt(one, { key: `another secret of thirty-two letters ${n}` }),
		expired: (one, n) => jwt({ ...one, exp: now() - 61 - n * n * 3_600 }),
		"alg: none": async (one, n) => {
			const head = base64url(
				JSON.stringify({ alg: ["none", "None", "NONE", "nOnE", ""][n % 5], typ: "JWT" }),
			);
			const [, , mac] = (await jwt(one)).split(".");
			return `${head}.${base64url(JSON.stringify(one))}.${n < 5 ? "" : mac}`;
		},
		"for another audience": (one, n) =>
			jwt({
				...one,
				aud: ["other", "", "Witaj", "witaj ", ["other"], [], null, 7, { witaj: 1 }, "witaj2"][n],
			}),
		"of another algorithm": (one, n) =>
			jwt(one, { header: { alg: ["HS512", "RS256", "ES256", "HS384", "hs256"][n % 5] } }),
		"changed after it was signed": async (one, n) => {
			const [head, , mac] = (await jwt({ ...one, sub: `${n}` })).split(".");
			return `${head}.${base64url(JSON.stringify(one))}.${mac}`;
		},
	};
	it.each(Object.entries(classes))("%s", async (_class, forge) => {
		const browsers: Browser[] = [];
		for (const [n, one] of claims().entries()) {
			const token = await forge(one, n);
			browsers.push(await seesNothing(n, (browser) => prove("jwt", token, browser)));
		}
		expect(browsers).toHaveLength(attempts);
		await nothingCameOfIt(browsers);
	});
});
