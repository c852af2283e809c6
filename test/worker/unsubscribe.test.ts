// Taking a consent back by the link in a message.

import { exports } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { uuidv7 } from "../../worker/platform/id.ts";
import { ask, Importing } from "./importing.ts";
import {
	Browser,
	call,
	drain,
	edge,
	env,
	event,
	freshWorld,
	partsOf,
	publish,
	settled,
	site,
} from "./world.ts";

interface Listed {
	readonly people: readonly { readonly id: string }[];
}

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

test("what they took back stays so through an import and its undo, a merge and its undo, and an export", async () => {
	await open(await link(), { method: "POST" });
	const asWithdrawn = async () => {
		await settled();
		const columns = ["id", "attribute.email", "consent.email.newsletter"];
		const csv = await (await ask("POST", "export", JSON.stringify({ columns }))).text();
		expect(csv).toMatch(new RegExp(`${person},.*,withdrawn`));
		expect(await is("withdrawn")).toBe(true);
		return csv;
	};
	const csv = await asWithdrawn();
	const columns = [
		{ to: "identifier", kind: "email" },
		{ to: "consent", channel: "email", purpose: "newsletter" },
	];
	const asItLeft = [{ to: "nothing" }, ...columns];
	const said = await Importing.upload("email,zgoda\newa@example.com,tak\nola@example.com,tak", { columns });
	await said.run();
	await asWithdrawn();
	// As it left: what was taken back is not given by that either.
	await (await Importing.upload(csv, { columns: asItLeft })).run();
	await asWithdrawn();
	const { people } = await (await call("GET", `${site}/people?email=ola@example.com`)).json<Listed>();
	const ola = people[0]?.id;
	expect((await call("POST", `${site}/people/${ola}/merge`, { into: person, preview: false })).status).toBe(
		200,
	);
	await asWithdrawn();
	expect((await call("POST", `${site}/people/${ola}/unmerge`)).status).toBe(200);
	await asWithdrawn();
	await said.undo();
	await asWithdrawn();
	// Whoever is asked for by consent is without them.
	const condition = { field: "consent", ...newsletter, state: "given" };
	const given = await ask("POST", "export", JSON.stringify({ condition, columns: ["attribute.email"] }));
	expect(await given.text()).not.toContain("ewa@example.com");
	const history = await ask("POST", "export", JSON.stringify({ of: "history", format: "ndjson" }));
	expect(await history.text()).toContain("Consent Withdrawn");
});

test("a link that we did not sign does nothing, and says no more than that", async () => {
	const url = await link();
	for (const wrong of [url.slice(0, -1), url.replace("newsletter", "partners"), `${edge}/u/x`]) {
		for (const method of ["GET", "POST"]) {
			const answer = await open(wrong, { method, headers: { "accept-language": "pl-PL" } });
			expect(answer.status).toBe(404);
			expect(await answer.text()).toContain("Ten link wygasł albo jest niepełny.");
		}
	}
	expect(await is("given")).toBe(true);
});

test("a link is made for nobody who is not there, and for no channel that there is not", async () => {
	expect((await call("POST", `${site}/people/nobody/unsubscribing`, newsletter)).status).toBe(404);
	const unknown = { ...newsletter, channel: "pigeon" };
	expect((await call("POST", `${site}/people/${person}/unsubscribing`, unknown)).status).toBe(422);
});
