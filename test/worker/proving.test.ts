// A request that brings a proof: from it on the browser is the card's, with what it sends in that very request, under a
// token of the card's cell. A request without one costs and does what it did before.

import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShownMail } from "../../worker/cell/mails.ts";
import { Directory } from "../../worker/directory/directory.ts";
import { findOwner, resolve } from "../../worker/directory/resolve.ts";
import type { Identifier } from "../../worker/domain/contact.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { jwt, loggedIn, login } from "./login.ts";
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

const ewa: Identifier = { kind: "user", value: "42" };
const ewasMail: Identifier = { kind: "email", value: "ewa@example.com" };
const page = "/kosiarki-akumulatorowe";

let key: string;
beforeEach(async () => {
	await freshWorld();
	const experiences = definitions.experiences.map((one): Experience => {
		// Offered as often as it is asked for: of whom it is, and not how often, is asked here.
		return { ...one, trigger: { kind: "scroll", depth: 90 } };
	});
	key = await publish({ settings: { origins: [shop], login }, definitions: { experiences } });
});
afterEach(() => {
	vi.restoreAllMocks();
});

const proof = (kind: "link" | "confirmed" | "jwt", token: string) => ({ proof: { kind, token } });
const viewing = (path: string) => event("Page Viewed", { url: shop + path, path });
const bySent = async (browser: Browser, more: object, events: readonly unknown[] = [viewing(page)]) =>
	browser.send(events, page, { decide: true, ...more });
const shown = ({ show }: CollectResponse) => show.map(({ experience }) => experience);

/** Somebody who is logged in, and ready to buy. */
async function readyToBuy(): Promise<Browser> {
	const browser = new Browser(key);
	await browser.send([viewing("/cennik")], "/cennik", proof("jwt", await loggedIn("42", ewasMail.value)));
	for (const _ of [1, 2]) await browser.view("/cennik");
	return browser;
}

/** A browser of another cell than this one's. */
async function elsewhere({ token }: Browser): Promise<Browser> {
	for (;;) {
		const browser = new Browser(key);
		await browser.view("/", "");
		if (partsOf(browser.token).cell !== partsOf(token).cell) return browser;
	}
}

async function linkTo(person: string): Promise<string> {
	await settled();
	const answer = await call("POST", `${site}/people/${person}/link`, { url: `${shop}/` });
	const { url } = await answer.json<{ url: string }>();
	return new URL(url).searchParams.get("wl") ?? "";
}

/** What our page hands on when the button of the message was pressed, to an address that this browser typed. */
async function confirmed(browser: Browser, email = ewasMail.value): Promise<string> {
	await browser.track("Form Submitted", {
		experience: "blog-newsletter",
		email,
		"consent.newsletter": "v1",
		"wording.newsletter": "x",
	});
	const { cell } = partsOf(browser.token);
	const mails = (): Promise<readonly ShownMail[]> => cellOf(env, site, cell).shownMails();
	await expect.poll(mails).not.toEqual([]);
	const link = /https:\/\/\S+\/c\/\S+/.exec((await mails()).at(-1)?.text ?? "")?.[0] ?? "";
	const answer = await exports.default.fetch(link, { method: "POST", redirect: "manual" });
	return new URL(answer.headers.get("location") ?? "").searchParams.get("wc") ?? "";
}

/** How often a browser's person was written by their cell. */
async function writesOf(browser: Browser): Promise<number> {
	await settled();
	const { person } = await inspect(browser, page);
	const { cell } = partsOf(browser.token);
	return runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
		const query = "SELECT state ->> 'version' AS version FROM people WHERE id = ?";
		return Number(storage.sql.exec(query, person).one().version);
	});
}

async function proofIn(browser: Browser): Promise<string | null> {
	await settled();
	const query = "SELECT proof FROM parts WHERE id = ?";
	return env.DB.prepare(query).bind(partsOf(browser.token).visitor).first("proof");
}

describe("a login's token", () => {
	it("makes the page that brings it the card's: its events, its decision, its token", async () => {
		const desk = await readyToBuy();
		const phone = await elsewhere(desk);
		const before = phone.token;
		const seen = viewing(page);
		const answer = await bySent(phone, proof("jwt", await loggedIn("42")), [seen]);
		expect(shown(answer)).toEqual(["ready-to-buy"]);
		expect(answer.verdicts).toEqual([{ id: seen.id, verdict: "ok" }]);
		expect(partsOf(answer.token).cell).toBe(partsOf(desk.token).cell);
		expect(partsOf(answer.token).visitor).toBe(partsOf(before).visitor);
		await settled();
		const whose = "SELECT p.person FROM events e JOIN parts p ON p.id = e.part WHERE e.id = ?";
		expect(await env.DB.prepare(whose).bind(seen.id).first("person")).toBe(
			(await inspect(desk, page)).person,
		);
		expect(await proofIn(phone)).toBe("verified");
	});

	it("says who it is, whatever is typed beside it", async () => {
		const browser = await readyToBuy();
		const { person } = await inspect(browser, page);
		const typed = { userId: "43", email: "jan@example.com", "traits.phone": "600100200", firstName: "Ewa" };
		const token = await loggedIn("42", ewasMail.value);
		await bySent(browser, proof("jwt", token), [event("Identified", typed)]);
		await settled();
		const now = await inspect(browser, page);
		expect(now.person).toBe(person);
		expect(now.attributes).toMatchObject({ email: ewasMail.value });
		expect(JSON.stringify(now.attributes)).not.toMatch(/jan|600100200/);
		for (const one of [
			{ kind: "user", value: "43" },
			{ kind: "email", value: "jan@example.com" },
		] as const)
			expect(await findOwner(env, site, one)).toBeUndefined();
	});

	it("is of whoever came after a reset, and what came before it is not theirs", async () => {
		const jan = new Browser(key);
		await bySent(jan, proof("jwt", await loggedIn("43")));
		const jans = await inspect(jan, page);
		const [his, hers] = [viewing("/cennik"), viewing("/cennik")];
		const events = [his, event("Reset", {}), event("Identified", { userId: "42" }), hers];
		const answer = await bySent(jan, proof("jwt", await loggedIn("42")), events);
		expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(["ok", "ok", "ok", "ok"]);
		await settled();
		const whose = "SELECT p.person FROM events e JOIN parts p ON p.id = e.part WHERE e.id = ?";
		const persons = await Promise.all(
			[his, hers].map(({ id }) => env.DB.prepare(whose).bind(id).first("person")),
		);
		expect(persons).toEqual([jans.person, (await findOwner(env, site, ewa))?.person]);
	});

	it("with every page writes no more than the page", async () => {
		const browser = await readyToBuy();
		await bySent(browser, {});
		const written = async (more: () => Promise<object>) => {
			const before = await writesOf(browser);
			for (const _ of [1, 2, 3]) await bySent(browser, await more());
			return (await writesOf(browser)) - before;
		};
		const { token } = browser;
		const plain = await written(async () => ({}));
		expect(await written(async () => proof("jwt", await loggedIn("42", ewasMail.value)))).toBe(plain);
		expect(browser.token).toBe(token);
	});

	it("of two cards puts the browser with the stronger name, and lists the other for somebody to settle", async () => {
		const his = await resolve(env, site, [ewasMail]);
		const hers = await resolve(env, site, [ewa]);
		const browser = new Browser(key);
		await bySent(browser, proof("jwt", await loggedIn("42", ewasMail.value)));
		expect((await inspect(browser, page)).person).toBe(hers.person);
		await settled();
		expect(await (await call("GET", `${site}/people/conflicts`)).json()).toMatchObject({
			conflicts: [{ person: hers.person, other: his.person, ...ewasMail }],
		});
	});
});

describe("a personal link", () => {
	it("lets the card's segments choose what is shown, says nothing of the card, and proves no more than a link", async () => {
		const desk = await readyToBuy();
		const token = await linkTo((await inspect(desk, page)).person);
		const friend = await elsewhere(desk);
		const answer = await bySent(friend, proof("link", token));
		expect(shown(answer)).toEqual(["ready-to-buy"]);
		expect(JSON.stringify(answer)).not.toMatch(/ewa|42"/i);
		expect(await proofIn(friend)).toBe("linked");
		expect((await bySent(friend, proof("link", token))).token).toBeUndefined();
	});

	it("of somebody who was merged leads to the card that they are by now", async () => {
		const desk = await readyToBuy();
		const other = await elsewhere(desk);
		await bySent(other, proof("jwt", await loggedIn("43")));
		const [into, person] = [(await inspect(desk, page)).person, (await inspect(other, page)).person];
		const token = await linkTo(person);
		await settled();
		expect((await call("POST", `${site}/people/${person}/merge`, { into })).status).toBe(200);
		await settled();
		const friend = new Browser(key);
		expect(shown(await bySent(friend, proof("link", token)))).toEqual(["ready-to-buy"]);
		expect((await inspect(friend, page)).person).toBe(into);
	});
});

describe("a confirmation", () => {
	it("proves the browser that comes back with it, which may say so again, and no other", async () => {
		const desk = new Browser(key);
		await desk.view("/");
		const phone = await elsewhere(desk);
		const token = await confirmed(desk);
		const answer = await bySent(phone, proof("confirmed", token));
		expect(answer.token).toBeDefined();
		const again = await bySent(phone, proof("confirmed", token));
		expect(again.token).toBeUndefined();
		expect(await proofIn(phone)).toBe("verified");
		const owner = await findOwner(env, site, ewasMail);
		expect((await inspect(phone, page)).person).toBe(owner?.person);
		const third = new Browser(key);
		await third.view("/");
		const { token: known } = third;
		expect((await bySent(third, proof("confirmed", token))).token).toBeUndefined();
		expect(third.token).toBe(known);
		expect(await proofIn(third)).toBeNull();
	});

	it("leaves whoever typed the address unproven, in a person of their own", async () => {
		const typist = new Browser(key);
		await typist.view("/");
		const token = await confirmed(typist);
		const owner = await elsewhere(typist);
		await bySent(owner, proof("confirmed", token));
		await settled();
		expect((await inspect(typist, page)).person).not.toBe((await inspect(owner, page)).person);
		expect(await proofIn(typist)).toBe("typed");
	});
});

describe("a visitor token that is none of ours, or of somebody who is gone", () => {
	it.each([
		["none at all", () => undefined],
		["made up", () => "v1.k1.eu-eeur-0.01890000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAA"],
		["broken", () => "v1.x"],
	])("%s: the browser becomes a new visitor, and is the card's then", async (_what, made) => {
		const desk = await readyToBuy();
		const browser = new Browser(key);
		browser.token = made();
		const answer = await bySent(browser, proof("jwt", await loggedIn("42")));
		expect(shown(answer)).toEqual(["ready-to-buy"]);
		expect(partsOf(answer.token).visitor).not.toContain("01890000");
		expect((await inspect(browser, page)).person).toBe((await inspect(desk, page)).person);
	});

	it("revoked: so it does, and nothing of the one who was revoked comes back", async () => {
		const desk = await readyToBuy();
		const browser = new Browser(key);
		await browser.view("/pily");
		const old = browser.token;
		await browser.send([], "/", { consent: "denied" });
		browser.token = old;
		const answer = await bySent(browser, proof("jwt", await loggedIn("42")));
		expect(shown(answer)).toEqual(["ready-to-buy"]);
		expect(partsOf(browser.token).visitor).not.toBe(partsOf(old).visitor);
		expect((await inspect(browser, page)).person).toBe((await inspect(desk, page)).person);
		expect((await inspect(browser, page)).tags).not.toHaveProperty("PILA");
	});

	it("of another site: so it does there, and is nobody's here", async () => {
		const there = await publish({ site: "other", settings: { origins: [shop] } });
		const foreign = new Browser(there);
		await foreign.view("/");
		const browser = new Browser(key);
		browser.token = foreign.token;
		await bySent(browser, proof("jwt", await loggedIn("42")));
		expect(partsOf(browser.token).visitor).not.toBe(partsOf(foreign.token).visitor);
	});
});

describe("nothing is proven", () => {
	const count = async () => (await env.DB.prepare("SELECT count(*) AS n FROM parts").first<number>("n")) ?? 0;

	it("without consent, by staff, by bots, or from an origin that is not the site's", async () => {
		await readyToBuy();
		await settled();
		const before = await count();
		const { staffMark } = await (await call("GET", `${site}/keys`)).json<{ staffMark: string }>();
		const brought = proof("jwt", await loggedIn("42"));
		const refused = [
			[new Browser(key), { consent: "denied" }],
			[new Browser(key), { consent: "required" }],
			[new Browser(key), { staff: staffMark }],
			[new Browser(key, { "sec-gpc": "1" }), {}],
			[new Browser(key, { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" }), {}],
		] as const;
		for (const [browser, more] of refused) {
			const answer = await bySent(browser, { ...brought, ...more });
			expect([answer.token, shown(answer)]).toEqual([undefined, []]);
		}
		const evil = new Browser(key, { origin: "https://evil.example" });
		const answer = await evil.post({ ...evil.envelope(page), ...brought });
		expect([answer.status, await answer.json()]).toEqual([403, { error: "origin-refused" }]);
		await settled();
		expect(await count()).toBe(before);
	});

	it("by what is no proof, and the answer is the same as without", async () => {
		await readyToBuy();
		for (const kind of ["link", "confirmed", "jwt"] as const) {
			for (const token of ["x", "a.b.c", await jwt({ sub: "42" }), "l1.k1.l.demo"]) {
				const [one, other] = [new Browser(key), new Browser(key)];
				for (const browser of [one, other]) await browser.view("/", "");
				const [with_, without] = [await bySent(one, proof(kind, token)), await bySent(other, {})];
				expect({ ...with_, verdicts: [] }).toEqual({ ...without, verdicts: [] });
			}
		}
	});
});

describe("the site's own origin", () => {
	it("gets the card's token as a cookie", async () => {
		const own = await publish({ settings: { origins: [edge], login } });
		const first = new Browser(own, { origin: edge });
		const body = { ...first.envelope("/"), ...proof("jwt", await loggedIn("42")) };
		const response = await first.post(body);
		const cookie = response.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/^__Host-witaj=v1\./);
		expect(await response.json()).not.toHaveProperty("token");
		const token = /=([^;]+)/.exec(cookie)?.[1];
		expect(partsOf(token).cell).toBe((await findOwner(env, site, ewa))?.cell);
	});
});

describe("what it costs", () => {
	function counted(): Readonly<Record<"find" | "claim" | "move" | "release", number>> & object {
		const calls = { find: 0, claim: 0, move: 0, release: 0 };
		for (const name of ["find", "claim", "move", "release"] as const) {
			const real = Directory.prototype[name] as (...args: unknown[]) => unknown;
			vi.spyOn(Directory.prototype, name).mockImplementation(function (this: Directory, ...args: unknown[]) {
				calls[name]++;
				return real.apply(this, args) as never;
			});
		}
		return calls;
	}
	const sum = (calls: object) => Object.values(calls).reduce((a: number, b: number) => a + b, 0);

	it("a page view asks the directory nothing", async () => {
		const browser = new Browser(key);
		const calls = counted();
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		await settled();
		expect(sum(calls)).toBe(0);
	});

	it.each([
		["by the user's id", { userId: "42" }, () => loggedIn("42")],
		[
			"by the user's id and address",
			{ userId: "42", email: ewasMail.value },
			() => loggedIn("42", ewasMail.value),
		],
	])("an identify %s asks it once more at most where it is proven", async (_how, typed, token) => {
		const costs = async (more: object) => {
			const browser = new Browser(key);
			await browser.view("/", "");
			await settled();
			const calls = counted();
			await bySent(browser, more, [event("Identified", typed)]);
			await settled();
			vi.restoreAllMocks();
			return sum(calls);
		};
		const plain = await costs({});
		expect(plain).toBeGreaterThan(0);
		await freshWorld();
		key = await publish({ settings: { origins: [shop], login } });
		const [new_, known] = [
			await costs(proof("jwt", await token())),
			await costs(proof("jwt", await token())),
		];
		for (const proven of [new_, known]) {
			expect(proven).toBeGreaterThan(0);
			expect(proven).toBeLessThanOrEqual(plain + 1);
		}
	});
});
