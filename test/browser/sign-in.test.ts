// Signing in as a browser does it: over plain HTTP on this machine, with the demo's account, and by a passkey.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../shop/definitions.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";

let edge: Edge;
let browser: Browser;
beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	await publish(edge.url, "demo", settings, { tagRules: [], scoreRules: [], segments: [], experiences: [] });
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});

const call = (page: Page, method: string, path: string, body?: object) =>
	page.evaluate(
		async ([method, path, body]) => {
			const response = await fetch(`/api${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
			return { status: response.status, answer: await response.json() };
		},
		[method, path, body] as const,
	);

/** A page of the admin's own origin. */
async function newPage(): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto(`${edge.url}/api/session`);
	return page;
}

test("the first account of a deployment that has a site is asked for no other", async () => {
	const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
	const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
	await page.goto(`${edge.url}/admin`);
	await fill("Operator’s token", localSecrets.ADMIN_TOKEN);
	await page.getByRole("button", { name: "Continue" }).click();
	await fill("Your name", demoAccount.name);
	await fill("E-mail", demoAccount.email);
	await fill("Password", demoAccount.password);
	expect(await page.getByLabel("Name of your site").count()).toBe(0);
	await page.getByRole("button", { name: "Make the account" }).click();
	await page.getByRole("heading", { name: "Today", exact: true }).waitFor();
});

test("the demo's account signs in, and its cookie is no script's to read", async () => {
	const page = await newPage();
	const { email, password } = demoAccount;
	expect((await call(page, "POST", "/session", { email, password: "guessed" })).status).toBe(401);
	const { answer } = await call(page, "POST", "/session", { email, password });
	expect(answer).toMatchObject({ account: { email }, sites: [{ id: "demo", role: "owner" }] });
	expect(await page.evaluate(() => document.cookie)).toBe("");
	expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: "Lax", path: "/" }]);
	expect((await call(page, "GET", "/sites/demo/team")).status).toBe(200);
	expect((await call(page, "DELETE", "/session")).status).toBe(200);
	expect((await call(page, "GET", "/sites/demo/team")).status).toBe(401);
});

test("a passkey that the browser makes signs its owner in", async () => {
	const page = await newPage();
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
	const { email, password } = demoAccount;
	await call(page, "POST", "/session", { email, password });
	const asked = await call(page, "POST", "/account/passkeys/challenge");
	const made = await page.evaluate(async ({ challenge, host, algorithms }) => {
		const bytes = (text: string) =>
			Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
		const text = (buffer: ArrayBuffer) =>
			btoa(String.fromCharCode(...new Uint8Array(buffer)))
				.replaceAll("+", "-")
				.replaceAll("/", "_")
				.replaceAll("=", "");
		const key = (await navigator.credentials.create({
			publicKey: {
				challenge: bytes(challenge),
				rp: { id: host, name: "Witaj" },
				user: { id: new Uint8Array([1]), name: "demo", displayName: "Demo" },
				pubKeyCredParams: algorithms.map((alg: number) => ({ type: "public-key" as const, alg })),
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
			},
		})) as PublicKeyCredential;
		const response = key.response as AuthenticatorAttestationResponse;
		return {
			name: "This browser",
			clientData: text(response.clientDataJSON),
			authenticatorData: text(response.getAuthenticatorData()),
			publicKey: text(response.getPublicKey() ?? new ArrayBuffer()),
			algorithm: response.getPublicKeyAlgorithm(),
		};
	}, asked.answer);
	expect(await call(page, "POST", "/account/passkeys", made)).toEqual({ status: 200, answer: { ok: true } });
	await call(page, "DELETE", "/session");
	const toSign = await call(page, "POST", "/session/challenge");
	const passkey = await page.evaluate(async ({ challenge, host }) => {
		const bytes = (text: string) =>
			Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
		const text = (buffer: ArrayBuffer) =>
			btoa(String.fromCharCode(...new Uint8Array(buffer)))
				.replaceAll("+", "-")
				.replaceAll("/", "_")
				.replaceAll("=", "");
		const key = (await navigator.credentials.get({
			publicKey: { challenge: bytes(challenge), rpId: host, userVerification: "required" },
		})) as PublicKeyCredential;
		const response = key.response as AuthenticatorAssertionResponse;
		return {
			id: text(key.rawId),
			clientData: text(response.clientDataJSON),
			authenticatorData: text(response.authenticatorData),
			signature: text(response.signature),
		};
	}, toSign.answer);
	const signedIn = await call(page, "POST", "/session", { passkey });
	expect(signedIn).toMatchObject({ status: 200, answer: { account: { email } } });
});
