// Who works at a site and with which keys, as an owner settles it and a colleague meets it: each in a browser of their own.

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { codeAt } from "../../worker/platform/totp.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { devices, violationsIn } from "../support/axe.ts";
import { bytesOfBase32 } from "../support/base32.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { untilShown } from "../support/places.ts";
import type { Edge } from "../support/runtime.ts";

let edge: Edge;
let browser: Browser;
beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	await publish(edge.url, "demo", settings, definitions);
	await setUp(edge.url, demoAccount);
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});

const english: BrowserContextOptions = { locale: "en-GB", viewport: { width: 1280, height: 900 } };
const { email, password } = demoAccount;

/** Somebody's own browser. Whatever breaks in its page, or is kept from running, breaks the test. */
async function open(options: BrowserContextOptions = english): Promise<Page> {
	const page = await (await browser.newContext(options)).newPage();
	page.on("pageerror", (error) => broken.push(String(error)));
	page.on("console", (said) => /Content Security Policy/.test(said.text()) && broken.push(said.text()));
	return page;
}
const broken: string[] = [];
afterAll(() => expect(broken).toEqual([]));

const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const reads = (page: Page, text: string) => page.getByText(text, { exact: false }).first().waitFor();

async function signIn(
	page: Page,
	path: string,
	as: { email: string; password: string } = { email, password },
) {
	await page.goto(`${edge.url}${path}`);
	await fill(page, "E-mail", as.email);
	await fill(page, "Password", as.password);
	await press(page, "Sign in");
	await page.locator("#page h1").waitFor();
}

test("an owner invites a colleague, who comes in as an analyst and is offered what an analyst may", async () => {
	const owner = await open();
	await signIn(owner, "/admin/demo/settings/team");
	await press(owner, "Invite a colleague");
	const dialog = owner.getByRole("dialog");
	await dialog.getByLabel("E-mail", { exact: true }).fill("Ola@shop.example");
	await dialog.getByLabel("Role", { exact: true }).selectOption("analyst");
	await dialog.getByRole("button", { name: "Invite a colleague" }).click();
	const link = await owner.getByLabel("Link of the invitation", { exact: true }).inputValue();
	expect(link).toContain("/admin/invitation#");
	await press(owner, "Done");
	await owner.getByRole("cell", { name: "ola@shop.example" }).waitFor();

	const colleague = await open();
	await colleague.goto(link);
	await reads(colleague, "You are invited to Zielony Kąt");
	await fill(colleague, "Your name", "Ola Nowak");
	await fill(colleague, "New password", "a-colleague's-own");
	await press(colleague, "Make the account and join");
	await colleague.getByRole("navigation", { name: "Pages" }).getByText("Settings").click();
	await colleague.getByRole("heading", { level: 1, name: "Own staff" }).waitFor();
	expect(colleague.url()).not.toContain("#");
	const offered = await colleague
		.getByRole("navigation", { name: "Settings" })
		.getByRole("link")
		.allTextContents();
	expect(offered).toEqual(["Own staff", "Attention budget", "Attributes", "Questions", "Team"]);
	await colleague.goto(`${edge.url}/admin/demo/settings/team`);
	await reads(colleague, "Owners invite colleagues");
	expect(await colleague.getByRole("button", { name: "Invite a colleague" }).count()).toBe(0);
	await colleague.goto(`${edge.url}/admin/demo/settings/keys`);
	await reads(colleague, "your role on this site does not open it");

	await owner.reload();
	await owner.getByLabel("Role of Ola Nowak").selectOption("marketer");
	await reads(owner, "Ola Nowak is Marketer now.");
	await colleague.goto(`${edge.url}/admin/demo/settings`);
	await colleague.getByRole("link", { name: "Data", exact: true }).waitFor();

	const late = await open();
	await late.goto(link);
	await reads(late, "This link no longer works");
});

test("a secret key is shown once, takes its place in the list, and holds no longer when it was revoked", async () => {
	const page = await open();
	await signIn(page, "/admin/demo/settings/keys");
	await page.getByRole("button", { name: "Make a key" }).first().click();
	await fill(page, "Who has it", "The shop");
	await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
	const key = await page.getByLabel("Secret key", { exact: true }).inputValue();
	await press(page, "I have it");
	const send = () =>
		fetch(`${edge.url}/v1/track`, {
			method: "POST",
			headers: { authorization: `Bearer ${key}` },
			body: JSON.stringify({ event: "Called", userId: "u1" }),
		}).then(({ status }) => status);
	expect(await send()).toBe(200);
	await page
		.getByRole("row", { name: /The shop/ })
		.getByRole("button", { name: "Revoke" })
		.click();
	await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
	await reads(page, "revoked ");
	await expect.poll(send, { timeout: 20_000 }).toBe(401);
	await page.getByRole("link", { name: "Audit log" }).click();
	await page.getByRole("cell", { name: "Revoked a secret key" }).waitFor();
	await page.getByRole("combobox", { name: "What" }).selectOption("secret-key.made");
	await expect.poll(() => page.getByRole("cell", { name: "Revoked a secret key" }).count()).toBe(0);
	await page.getByRole("cell", { name: "Made a secret key" }).waitFor();
});

test("a rotated key is a second one with the same name, beside which the old one holds until it is revoked", async () => {
	const page = await open();
	await signIn(page, "/admin/demo/settings/keys");
	const row = page.getByRole("row", { name: /The warehouse/ });
	const kept = async () => {
		const key = await page.getByLabel("Secret key", { exact: true }).inputValue();
		await press(page, "I have it");
		return key;
	};
	const send = async (key: string) => {
		const headers = { authorization: `Bearer ${key}` };
		const body = JSON.stringify({ event: "Called", userId: "u2" });
		return (await fetch(`${edge.url}/v1/track`, { method: "POST", headers, body })).status;
	};
	await page.getByRole("button", { name: "Make a key" }).first().click();
	await fill(page, "Who has it", "The warehouse");
	await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
	const old = await kept();
	await row.getByRole("button", { name: "Rotate" }).click();
	await reads(page, "Both work until you revoke the old one");
	await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
	await reads(page, "Put it in place of the old one, and then revoke that.");
	const next = await kept();
	expect(next).not.toBe(old);
	expect(await Promise.all([old, next].map(send))).toEqual([200, 200]);
	await expect.poll(() => row.count()).toBe(2);
	// The latest stands first.
	await row.nth(1).getByRole("button", { name: "Revoke" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
	await expect.poll(() => send(old), { timeout: 20_000 }).toBe(401);
	expect(await send(next)).toBe(200);
});

test("settings are saved as a draft, publish themselves, and tell of whoever was faster", async () => {
	const [one, other] = [await open(), await open()];
	await signIn(one, "/admin/demo/settings/domains");
	await signIn(other, "/admin/demo/settings");
	// The other has what there was before.
	await other.getByLabel("Name of the site", { exact: true }).waitFor();
	await fill(one, "Address", "www.shop.example");
	await press(one, "Add");
	await press(one, "Save");
	await one.getByText("Unpublished changes").waitFor();
	await fill(other, "Name of the site", "Green Corner");
	await press(other, "Save");
	await reads(other, "Somebody changed this meanwhile");
	await press(other, "Show theirs");
	await other.getByRole("link", { name: "Domains" }).click();
	await other.getByText("https://www.shop.example").waitFor();
	await one.getByRole("button", { name: "Publish" }).click();
	await one.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
	await reads(one, "Published.");
	await expect.poll(() => one.getByText("Unpublished changes").count()).toBe(0);
});

test("an attribute of the site's own is named and typed, and the condition that asks for it speaks of it so", async () => {
	const page = await open();
	await signIn(page, "/admin/demo/settings/attributes");
	const asksForIt = {
		name: "Large gardens",
		condition: { field: "attribute", name: "garden", test: { op: ">=", n: 500 } },
	};
	const made = await page.request.post(`${edge.url}/api/sites/demo/definitions/segment`, {
		data: asksForIt,
		headers: { origin: edge.url },
	});
	expect(made.status()).toBe(200);
	await page.reload();
	const row = page.getByRole("row").filter({ hasText: "garden" });
	await row.getByRole("button", { name: "Name and type" }).click();
	await fill(page, "In Polish", "Powierzchnia ogrodu");
	await fill(page, "In English", "Garden area");
	await page.getByLabel("Type", { exact: true }).selectOption("Text");
	await press(page, "Save");
	await reads(page, "Large gardens ask for what this type cannot answer.");
	await page.getByLabel("Type", { exact: true }).selectOption("Number");
	await press(page, "Save");
	await reads(page, "The attribute is named.");
	await page.getByRole("row").filter({ hasText: "Garden area" }).getByRole("link").click();
	await reads(page, "the attribute “Garden area” is at least 500");
});

test("when the password changes, whoever else was signed in with it is out", async () => {
	const person = { email: "ola@shop.example", password: "a-colleague's-own" };
	const [here, there] = [await open(), await open()];
	await signIn(here, "/admin/account/security", person);
	await signIn(there, "/admin/account/sessions", person);
	await expect.poll(() => there.getByRole("row").count()).toBeGreaterThan(2);
	// A quarter of an hour later the API wants proof.
	await edge.db.prepare("UPDATE sessions SET confirmed_at = 0").run();
	await fill(here, "New password", "another-one-of-hers");
	await press(here, "Change the password");
	await reads(here, "Is it you?");
	await here.getByRole("dialog").getByLabel("Password", { exact: true }).fill("a guess");
	await press(here, "Confirm");
	await reads(here, "That is not your password.");
	await here.getByRole("dialog").getByLabel("Password", { exact: true }).fill(person.password);
	await press(here, "Confirm");
	await reads(here, "The password is changed.");
	await there.reload();
	await there.getByRole("heading", { name: "Sign in" }).waitFor();
	await here.getByRole("link", { name: "Sessions" }).click();
	await expect.poll(() => here.getByRole("row").count()).toBe(2);
});

test("a passkey is added, and signs its owner in", async () => {
	const page = await open();
	const devices = await page.context().newCDPSession(page);
	await devices.send("WebAuthn.enable");
	await devices.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	await signIn(page, "/admin/account/security");
	await page.getByPlaceholder("Work laptop").fill("Laptop");
	await press(page, "Add a passkey");
	await page.getByRole("cell", { name: "Laptop", exact: true }).waitFor();
	await page.evaluate(() => fetch("/api/session", { method: "DELETE" }));
	await page.reload();
	await press(page, "Use a passkey");
	await page.getByRole("heading", { name: "My account" }).waitFor();
});

test("who forgot the password sets another by the link in the letter", async () => {
	const page = await open();
	await page.goto(`${edge.url}/admin`);
	await page.getByRole("link", { name: "I forgot my password" }).click();
	await fill(page, "E-mail", "ola@shop.example");
	await press(page, "Send me a link");
	await reads(page, "Check your e-mail");
	// It leaves behind the answer.
	const link = await vi.waitFor(async () => {
		const letters = await page.evaluate(async () => (await fetch("/demo/outbox")).text());
		const [found] = /http[^\s"<\\]*\/admin\/recovery#[\w-]+/.exec(letters) ?? [];
		return found ?? expect.fail("no letter yet");
	}, 20_000);
	const elsewhere = await open();
	await elsewhere.goto(link);
	await fill(elsewhere, "New password", "set-anew-by-letter");
	await press(elsewhere, "Save the new password");
	await elsewhere.getByRole("link", { name: "Back to sign in" }).click();
	await fill(elsewhere, "E-mail", "ola@shop.example");
	await fill(elsewhere, "Password", "set-anew-by-letter");
	await press(elsewhere, "Sign in");
	await elsewhere.locator("#page h1").waitFor();
});

test("a second factor is set up by its key, asked for beside the password, and stood in for by a recovery code", async () => {
	const page = await open();
	const ola = { email: "ola@shop.example", password: "set-anew-by-letter" };
	const signOut = () => page.evaluate(() => fetch("/api/session", { method: "DELETE" }));
	await signIn(page, "/admin/account/security", ola);
	await press(page, "Set it up");
	const dialog = page.getByRole("dialog");
	const secret = bytesOfBase32(await dialog.getByLabel("Or type this key into it").inputValue());
	const six = dialog.getByLabel("The six digits that the app shows now");
	await six.fill("000000");
	await dialog.getByRole("button", { name: "Turn on" }).click();
	await dialog.getByText("That code is wrong.").waitFor();
	const first = Math.floor(Date.now() / 30_000);
	await six.fill(await codeAt(secret, first));
	await dialog.getByRole("button", { name: "Turn on" }).click();
	const codes = (await dialog.getByLabel("Recovery codes", { exact: true }).inputValue()).split("\n");
	expect(codes).toHaveLength(10);
	expect(await violationsIn(page, "dialog")).toEqual([]);
	await dialog.getByRole("button", { name: "I have kept them" }).click();
	await reads(page, "10 recovery codes left");

	// A code serves once, so the next one signs in: a clock may be a step ahead.
	const next = await codeAt(secret, Math.max(first + 1, Math.floor(Date.now() / 30_000)));
	for (const code of [next, codes[3] ?? ""]) {
		await signOut();
		await page.goto(`${edge.url}/admin/account/security`);
		await fill(page, "E-mail", ola.email);
		await fill(page, "Password", ola.password);
		await press(page, "Sign in");
		await fill(page, "Code", code);
		await press(page, "Sign in");
		await page.getByRole("heading", { name: "My account" }).waitFor();
	}
	await reads(page, "9 recovery codes left");
	await press(page, "Turn off");
	await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
	await reads(page, "The second factor is off.");
});

// In Polish, in the light and on a desktop, admin-hostile.test.ts walks these pages with all the others.
test("whoever listens, or uses keys alone, can use each page of the settings in English on a phone in the dark", async () => {
	const page = await open({ ...devices["on a phone in the dark"], locale: "en-GB" });
	await page.goto(`${edge.url}/api/session`);
	await page.evaluate(
		(body) => fetch("/api/session", { method: "POST", body }),
		JSON.stringify({ email, password }),
	);
	const found: string[] = [];
	const look = async (path: string) => {
		await untilShown(page);
		const wrong = await violationsIn(page, "#page");
		found.push(...wrong.map((one) => `${path}: ${one}`));
		const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		if (width > 0) found.push(`${path}: ${width} px too wide`);
		const low = await page
			.locator("#page :is(button, .button, select, summary, nav a, .choice span)")
			.evaluateAll((all) =>
				all
					.map((one) => ({ height: one.getBoundingClientRect().height, text: one.textContent }))
					.filter(({ height }) => height > 0 && height < 44),
			);
		found.push(...low.map(({ height, text }) => `${path}: “${text}” is ${height} px for a finger`));
	};
	for (const [first, nav] of [
		["account", "My account"],
		["demo/settings/general", "Settings"],
	] as const) {
		await page.goto(`${edge.url}/admin/${first}`);
		await look(first);
		const links = page.getByRole("navigation", { name: nav }).getByRole("link");
		const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
		expect(paths.length).toBeGreaterThan(4);
		for (const path of paths) {
			await page.locator(`#page nav a[href="${path}"]`).click();
			await page.locator(`#page nav a[href="${path}"][aria-current]`).waitFor();
			await look(path);
		}
	}
	expect(found).toEqual([]);
});
