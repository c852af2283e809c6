// Taking a consent back by the link in a message.

import { exports } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { uuidv7 } from "../../worker/platform/id.ts";
import { Browser, call, drain, edge, env, event, freshWorld, partsOf, publish, site } from "./world.ts";

const newsletter = { channel: "email", purpose: "newsletter" };

let browser: Browser;
let person: string;
beforeEach(async () => {
	await freshWorld();
	browser = new Browser(await publish({ definitions: { experiences: [] } }));
	await browser.view("/");
	await browser.send([event("Form Submitted", { email: "ewa@example.com" })], "/", {});
	person = partsOf(browser.token).visitor;
	await drain(browser.token);
	await act("given");
});

async function act(state: "given" | "withdrawn"): Promise<void> {
	const body = { id: uuidv7(Date.now()), act: { kind: "consent", ...newsletter, state }, people: [person] };
	const answer = await call("POST", `${site}/acts`, body);
	expect(await answer.json()).toEqual({ people: [{ person, is: "done" }] });
}

async function link(): Promise<string> {
	const answer = await call("POST", `${site}/people/${person}/unsubscribing`, newsletter);
	return edge + (await answer.json<{ path: string }>()).path;
}

const open = (url: string, init: RequestInit = {}) => exports.default.fetch(url, init);

async function is(state: string, purpose = "newsletter"): Promise<boolean> {
	const condition = { field: "consent", channel: "email", purpose, state };
	const answer = await call("POST", `${site}/explain`, { condition, person });
	return (await answer.json<{ is: boolean }>()).is;
}

test("opening the link asks, and changes nothing; the button takes the consent back", async () => {
	const url = await link();
	const page = await open(url);
	expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
	expect(page.headers.get("cache-control")).toBe("no-store");
	expect(await page.text()).toContain("Unsubscribe");
	expect(await is("given")).toBe(true);
	expect((await open(url, { method: "POST" })).status).toBe(200);
	expect(await is("withdrawn")).toBe(true);
});

test("so does the button that a mailbox shows by itself (RFC 8058), and again it is no other entry", async () => {
	const url = await link();
	const body = "List-Unsubscribe=One-Click";
	const headers = { "content-type": "application/x-www-form-urlencoded" };
	for (let i = 0; i < 3; i++) expect((await open(url, { method: "POST", body, headers })).status).toBe(200);
	await drain(browser.token);
	const count = "SELECT count(*) AS n FROM events WHERE name = 'Consent Withdrawn'";
	expect(await env.DB.prepare(count).first("n")).toBe(1);
});

test("nobody but the person brings it back, and other consents stay as they are", async () => {
	await open(await link(), { method: "POST" });
	await act("given");
	expect(await is("withdrawn")).toBe(true);
	expect(await is("withdrawn", "partners")).toBe(false);
});

test("a link that we did not sign does nothing, and says no more than that", async () => {
	const url = await link();
	for (const wrong of [url.slice(0, -1), url.replace("newsletter", "partners"), `${edge}/u/x`]) {
		for (const method of ["GET", "POST"]) {
			const answer = await open(wrong, { method, headers: { "accept-language": "pl-PL" } });
			expect(answer.status).toBe(404);
			expect(await answer.text()).toContain("Ten odnośnik wygasł albo jest niepełny.");
		}
	}
	expect(await is("given")).toBe(true);
});

test("a link is made for nobody who is not there, and for no channel that there is not", async () => {
	expect((await call("POST", `${site}/people/nobody/unsubscribing`, newsletter)).status).toBe(404);
	const unknown = { ...newsletter, channel: "pigeon" };
	expect((await call("POST", `${site}/people/${person}/unsubscribing`, unknown)).status).toBe(422);
});
