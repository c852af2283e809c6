// Every page of the screen, of a site in which every field that others fill is an attack: nothing runs, nothing breaks,
// everything is named, and all of it can be used by everybody.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { type Edge, startEdge } from "../support/edge.ts";
import { definitions, fill, payloads, settings, visits } from "../support/hostile.ts";

let browser: Browser;
let edge: Edge;
let known: { readonly import: string; readonly people: readonly string[]; readonly product: string };

beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	const { key } = await publish(edge.url, "demo", settings, definitions);
	await setUp(edge.url, demoAccount);
	await visits(edge.url, key);
	const filled = await fill(edge.url, "demo");
	const context = await signedIn("pl-PL");
	const asked = async (path: string) =>
		(await context.request.get(`${edge.url}/api/sites/demo/${path}`)).json();
	await context.request.put(`${edge.url}/api/account`, {
		data: { name: payloads[1] },
		headers: { origin: edge.url },
	});
	await vi.waitFor(async () => {
		expect((await asked(`imports/${filled.import}`)).status).toBe("rehearsed");
		expect((await asked("catalogue")).run.status).toBe("done");
		expect((await asked("people")).people.length).toBeGreaterThan(0);
		expect((await asked("people/conflicts")).conflicts.length).toBeGreaterThan(0);
	}, 100_000);
	const { people } = await asked("people");
	const { products } = await asked("products");
	known = {
		import: filled.import,
		people: people.map(({ id }: { id: string }) => id),
		product: products.find(({ id }: { id: string }) => id.includes("<script>"))?.id,
	};
	await context.close();
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});

const hostile = encodeURIComponent(payloads[0] ?? "");

/** Where to look at each page, by its route; of an id from an address, also at one that is an attack itself. */
const addresses: Readonly<Record<string, () => readonly string[]>> = {
	"/admin/account/:part?": () =>
		["", "/security", "/sessions", "/activity", "/sites"].map((part) => `/admin/account${part}`),
	"/admin/:site": () => ["/admin/demo", `/admin/${hostile}`],
	"/admin/:site/people": () => [
		"/admin/demo/people",
		`/admin/demo/people?segment=${hostile}`,
		`/admin/demo/people?tag=${hostile}&q=${hostile}`,
	],
	"/admin/:site/live": () => ["/admin/demo/live"],
	"/admin/:site/reports/:report?/:id?": () =>
		["", "/experiences", "/experiences/experience-0", "/people", "/products", "/coupons"].map(
			(report) => `/admin/demo/reports${report}`,
		),
	"/admin/:site/people/conflicts": () => ["/admin/demo/people/conflicts"],
	"/admin/:site/people/:person": () => [...known.people, hostile].map((id) => `/admin/demo/people/${id}`),
	"/admin/:site/segments": () => ["/admin/demo/segments"],
	"/admin/:site/segments/:id": () => ["segment-0", "new", hostile].map((id) => `/admin/demo/segments/${id}`),
	"/admin/:site/settings/:part?": () =>
		["", ...settingsParts()].map((part) => `/admin/demo/settings${part && `/${part}`}`),
	"/admin/:site/start": () => ["/admin/demo/start"],
	"/admin/:site/experiences": () => ["/admin/demo/experiences"],
	"/admin/:site/experiences/new": () => ["/admin/demo/experiences/new"],
	"/admin/:site/experiences/:id": () =>
		["experience-0", "experience-1", hostile].map((id) => `/admin/demo/experiences/${id}`),
	"/admin/:site/imports": () => ["/admin/demo/imports"],
	"/admin/:site/imports/:id": () => [known.import, hostile].map((id) => `/admin/demo/imports/${id}`),
	"/admin/:site/products": () => ["/admin/demo/products", `/admin/demo/products?q=${hostile}`],
	"/admin/:site/products/feed": () => ["/admin/demo/products/feed"],
	"/admin/:site/products/item/:id": () => [`/admin/demo/products/item/${encodeURIComponent(known.product)}`],
	"/admin/:site/coupons": () => ["/admin/demo/coupons"],
	"/admin/:site/tags": () => ["/admin/demo/tags"],
	"/admin/:site/tags/interests/:id": () => ["/admin/demo/tags/interests/interest-0"],
	"/admin/:site/tags/:id": () => ["tag-0", hostile].map((id) => `/admin/demo/tags/${id}`),
	"/admin/:site/scores": () => ["/admin/demo/scores"],
	"/admin/:site/scores/programmes/:id": () => ["/admin/demo/scores/programmes/programme-0"],
	"/admin/:site/scores/:id": () => ["/admin/demo/scores/score-0"],
	"/admin/:site/people/lists": () => ["/admin/demo/people/lists"],
	"/admin/:site/people/lists/:id": () => ["/admin/demo/people/lists/list-0"],
};
const ui = join(import.meta.dirname, "../../worker/admin/ui");
const matched = (file: string, what: RegExp) =>
	Array.from(readFileSync(join(ui, file), "utf8").matchAll(what), ([, found]) => found ?? "");
const settingsParts = () => matched("pages/settings/settings.tsx", /\{ part: "(\w+)"/g);

test("no page is left out", () => {
	const routes = matched("shell/pages.tsx", /<Route path="([^"]+)"/g);
	expect(routes.length).toBeGreaterThan(25);
	expect(Object.keys(addresses)).toEqual(routes);
	expect(settingsParts().length).toBeGreaterThan(10);
});

test("no attack runs on any page, none breaks it, and each page is accessible, in Polish and in the light", {
	timeout: 240_000,
}, async () => {
	await walk(
		await signedIn("pl-PL"),
		Object.values(addresses).flatMap((of) => of()),
	);
});

test("nor in English and in the dark", { timeout: 120_000 }, async () => {
	const some = [
		"",
		"/people",
		`/people/${known.people[0]}`,
		"/live",
		"/products",
		"/reports",
		"/experiences",
	];
	await walk(
		await signedIn("en-GB", "dark"),
		some.map((path) => `/admin/demo${path}`),
	);
});

async function signedIn(locale: string, colorScheme: "light" | "dark" = "light"): Promise<BrowserContext> {
	const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1440, height: 900 } });
	const { email, password } = demoAccount;
	const answer = await context.request.post(`${edge.url}/api/session`, {
		data: { email, password },
		headers: { origin: edge.url },
	});
	expect(answer.ok()).toBe(true);
	return context;
}

/** Opens each, two at a time, and says of all at once what was wrong with any. */
async function walk(context: BrowserContext, paths: readonly string[]): Promise<void> {
	const wrong: string[] = [];
	const todo = [...paths];
	await context.exposeBinding("noticed", (_from, what) => wrong.push(`ran: ${what}`));
	await context.addInitScript(() =>
		addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
			Object(window).noticed(`${violatedDirective} ${blockedURI} ${sample}`),
		),
	);
	// A picture from elsewhere is no concern of ours.
	await context.route(
		({ origin }) => origin !== edge.url && origin !== "null",
		(route) =>
			route.fulfill({
				status: 200,
				contentType: "image/svg+xml",
				body: "<svg xmlns='http://www.w3.org/2000/svg'/>",
			}),
	);
	await Promise.all(
		Array.from({ length: 2 }, async () => {
			const page = await context.newPage();
			let path = "";
			const note = (what: string) => wrong.push(`${path}: ${what}`);
			page.on("dialog", (shown) => {
				note(`ran: ${shown.message()}`);
				void shown.dismiss();
			});
			page.on("pageerror", (error) => note(String(error)));
			page.on("console", (message) => {
				if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
					note(message.text());
			});
			page.on("response", (response) => {
				if (response.status() >= 500) note(`${response.status()} ${response.url()}`);
			});
			for (path = todo.shift() ?? ""; path; path = todo.shift() ?? "")
				for (const what of await wrongAt(page, path)) note(what);
		}),
	);
	await context.close();
	expect(wrong).toEqual([]);
}

async function wrongAt(page: Page, path: string): Promise<readonly string[]> {
	await page.goto(`${edge.url}${path}`);
	try {
		await page.waitForFunction(
			() => document.querySelector("#page :is(h1, h2, h3)") && !document.querySelector(".skeleton"),
			undefined,
			{ timeout: 15_000 },
		);
	} catch {
		return ["never had anything to show"];
	}
	await page.evaluate(axe.source);
	const { violations, strange, words } = await page.evaluate(async () => {
		const { violations } = await (window as unknown as { axe: typeof import("axe-core") }).axe.run({
			resultTypes: ["violations"],
			preload: false,
		});
		const strange = Array.from(document.body.querySelectorAll("*"), (element) => {
			const link = element.getAttribute("href") ?? element.getAttribute("src") ?? "/";
			const isOurs =
				/^(https?:\/\/|\/(?![/\\])|[#?]|blob:)/i.test(link) &&
				!/^(script|style|base|meta|object|embed|math|marquee|video|audio)$/.test(element.localName) &&
				!element.getAttributeNames().some((name) => /^on|^srcdoc$/.test(name));
			return isOurs ? "" : element.outerHTML.slice(0, 200);
		}).filter(Boolean);
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const words: string[] = [];
		while (texts.nextNode()) words.push(texts.currentNode.nodeValue ?? "");
		return { violations, strange, words };
	});
	// What others wrote may say so; we may not.
	const missing = words.filter(
		(text) =>
			/\bundefined\b|\[object |\bNaN\b|Invalid Date|^null$/.test(text) &&
			!payloads.some((payload) => text.includes(payload.slice(0, 40)) || payload.includes(text.slice(0, 40))),
	);
	return [
		...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) => `${id} ${target}`)),
		...strange.map((html) => `strange: ${html}`),
		...missing.map((text) => `missing: ${text}`),
	];
}
