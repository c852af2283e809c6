// What a browser brings to prove whose it is, as the edge looks into it: personal links out of the API, and the site's own
// login. The classes of forgery are in ../domain/link.test.ts and ../domain/jwt.test.ts.

import { beforeEach, expect, test } from "vitest";
import type { Owner } from "../../worker/domain/contact.ts";
import { proven } from "../../worker/edge/proof.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { signLink } from "../../worker/platform/link.ts";
import { siteOf } from "../../worker/platform/name.ts";
import { jwt, login } from "./login.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, shop, site } from "./world.ts";

let browser: Browser;
let person: Owner;
beforeEach(async () => {
	await freshWorld();
	const key = await publish({ settings: { origins: [shop] } });
	browser = new Browser(key);
	await browser.view("/");
	await drain(browser.token);
	const { cell, visitor } = partsOf(browser.token);
	person = { cell, person: visitor };
});

const ask = (body: object, whose = person.person) => call("POST", `${site}/people/${whose}/link`, body);

async function linkTo(page: string): Promise<string> {
	const { url } = await (await ask({ url: page })).json<{ url: string }>();
	return new URL(url).searchParams.get("wl") ?? "";
}

test("a personal link leads to a page of the site, and proves who is linked", async () => {
	const answer = await ask({ url: `${shop}/cennik?a=1`, days: 7 });
	const { url, expiresAt } = await answer.json<{ url: string; expiresAt: number }>();
	expect(url).toMatch(new RegExp(`^${shop}/cennik\\?a=1&wl=l1\\.k1\\.l\\.${site}\\.`));
	expect(Math.abs(expiresAt - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000);
	const token = new URL(url).searchParams.get("wl") ?? "";
	expect(await proven(env, site, { kind: "link", token })).toEqual({
		proof: "linked",
		person,
		identifiers: [],
	});
});

test("a personal link leads nowhere else, and is made for nobody who is not there", async () => {
	const evil = await ask({ url: "https://evil.example/" });
	expect([evil.status, await evil.json()]).toEqual([422, { error: "origin-refused" }]);
	expect((await ask({ url: "javascript:alert(1)" })).status).toBe(422);
	expect((await ask({ url: `${shop}/`, days: 401 })).status).toBe(422);
	expect((await ask({ url: `${shop}/` }, "nobody")).status).toBe(404);
});

test("a link of one site proves nothing at another, whatever the other is called", async () => {
	const token = await linkTo(`${shop}/`);
	for (const other of ["demo2", "dem", "demo-", "", "other", "a", "b", "c", "d", "e"])
		expect(await proven(env, other, { kind: "link", token })).toBeUndefined();
	const span = { issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
	for (const kind of ["personal", "confirmed"] as const) {
		const link = { kind, site: "other", cell: person.cell, subject: person.person, ...span };
		const foreign = await signLink(keyringOf(env.TOKEN_KEYS), link);
		for (const brought of ["link", "confirmed", "jwt"] as const)
			expect(await proven(env, site, { kind: brought, token: foreign })).toBeUndefined();
	}
});

test("a link to whoever was erased, or never came, proves nothing", async () => {
	const token = await linkTo(`${shop}/`);
	await browser.send([], "/", { consent: "denied" });
	expect(await proven(env, site, { kind: "link", token })).toBeUndefined();
	const span = { issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
	for (const cell of [person.cell, "eu-eeur-9999"]) {
		const link = { kind: "personal", site, cell, subject: uuidv7(Date.now()), ...span } as const;
		const nobodys = await signLink(keyringOf(env.TOKEN_KEYS), link);
		expect(await proven(env, site, { kind: "link", token: nobodys })).toBeUndefined();
	}
});

test("a link proves only as what it was made", async () => {
	const token = await linkTo(`${shop}/`);
	expect(await proven(env, site, { kind: "confirmed", token })).toBeUndefined();
	await publish({ site: "without-login" });
	expect(await proven(env, "without-login", { kind: "jwt", token })).toBeUndefined();
});

test("a confirmation that never was proves nothing, though we signed its name", async () => {
	const span = { issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
	const link = { kind: "confirmed", site, cell: person.cell, subject: person.person, ...span } as const;
	const token = await signLink(keyringOf(env.TOKEN_KEYS), link);
	expect(await proven(env, site, { kind: "confirmed", token })).toBeUndefined();
});

test("the site's own login proves its user, and the address that it has verified", async () => {
	await publish({ site: "shop", settings: { origins: [shop], login } });
	const claims = { sub: "7", aud: "witaj", exp: Date.now() / 1_000 + 60, email: " Ewa@Example.com" };
	const bring = async (more: object, key?: string) =>
		proven(env, "shop", { kind: "jwt", token: await jwt({ ...claims, ...more }, { key }) });
	const userId = { kind: "user", value: "7" };
	expect(await bring({})).toEqual({ proof: "verified", identifiers: [userId] });
	expect(await bring({ email_verified: true })).toEqual({
		proof: "verified",
		identifiers: [userId, { kind: "email", value: "ewa@example.com" }],
	});
	expect(await bring({ email_verified: true, email: "no address" })).toEqual({
		proof: "verified",
		identifiers: [userId],
	});
	for (const sub of [" 7", "7 ", "7\n", "7".repeat(201)]) expect(await bring({ sub })).toBeUndefined();
	expect(await bring({ aud: "other" })).toBeUndefined();
	expect(await bring({}, "another secret of thirty-two letters")).toBeUndefined();
	const token = await jwt(claims);
	await publish({ site: "without-login" });
	expect(await proven(env, "without-login", { kind: "jwt", token })).toBeUndefined();
	expect(await proven(env, "nowhere", { kind: "jwt", token })).toBeUndefined();
});

test("a key that is unfit is refused when it is set, and says why", async () => {
	const { settings } = await import("../shop/definitions.ts");
	const put = (change: object) =>
		call("PUT", `${site}/settings`, { ...settings, login: { ...login, ...change } });
	expect((await put({})).status).toBe(200);
	const refused = await put({ key: "short" });
	expect([refused.status, await refused.json()]).toEqual([
		422,
		{ error: "malformed", problems: [{ at: "login.key", why: "a secret has 32 characters at least" }] },
	]);
	expect((await put({ algorithm: "RS256" })).status).toBe(422);
	expect((await put({ algorithm: "none" })).status).toBe(422);
});

test("the secret of the login is in no snapshot, no cell and no script", async () => {
	const key = await publish({ settings: { origins: [shop], login } });
	const visitor = new Browser(key);
	await visitor.view("/");
	const { results } = await env.DB.prepare("SELECT snapshot FROM publications").all();
	const settings = await siteOf(env, site).settings();
	expect(JSON.stringify([results, settings])).not.toContain(login.key);
	expect(await siteOf(env, site).login()).toEqual(login);
	await publish({ settings: { origins: [shop] } });
	expect(await siteOf(env, site).login()).toBeUndefined();
});
