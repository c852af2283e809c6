// Every page of the screen, of a site in which every field that others fill is an attack: nothing runs, nothing breaks,
// everything is named, and all of it can be used by everybody.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { violationsIn } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, publish, setUp } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { definitions, fill, payloads, settings, visits } from "../support/hostile.ts";
import { attacks } from "../support/payloads.ts";
import {
	placesOf,
	routes,
	settingsParts,
	signedIn,
	type There,
	thereAt,
	untilShown,
} from "../support/places.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
let there: There;
let places: Readonly<Record<string, readonly string[]>>;

beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	const { key } = await publish(edge.url, "demo", { ...settings, chat: {} }, definitions);
	await setUp(edge.url, demoAccount);
	await visits(edge.url, key);
	const filled = await fill(edge.url, "demo");
	const context = await signedIn(browser, edge.url);
	const asked = async (path: string) =>
		(await context.request.get(`${edge.url}/api/sites/demo/${path}`)).json();
	await context.request.put(`${edge.url}/api/account`, {
		data: { name: attacks.handlers[0] },
		headers: { origin: edge.url },
	});
	await vi.waitFor(async () => {
		expect((await asked(`imports/${filled.import}`)).status).toBe("rehearsed");
		expect((await asked("catalogue")).run.status).toBe("done");
		expect((await asked("people")).people.length).toBeGreaterThan(0);
		expect((await asked("conversations")).conversations.length).toBeGreaterThan(0);
		expect((await asked("people/conflicts")).conflicts.length).toBeGreaterThan(0);
	}, 100_000);
	there = {
		...(await thereAt(context, edge.url, "demo")),
		people: (await asked("people")).people.map(({ id }: { id: string }) => id),
		imports: [filled.import],
		products: (await asked("products")).products
			.map(({ id }: { id: string }) => id)
			.filter((id: string) => id.includes("<"))
			.slice(0, 1),
	};
	places = placesOf("demo", there);
	await context.close();
});
afterAll(async () => {
	await browser.close();
	await edge.stop();
});

const hostile = encodeURIComponent(payloads[0] ?? "");

/** Of pages with an id or a question in their address, also those at which that is an attack itself. */
const attacked = [
	`/admin/${hostile}`,
	`/admin/demo/people?segment=${hostile}`,
	`/admin/demo/people?tag=${hostile}&q=${hostile}`,
	`/admin/demo/products?q=${hostile}`,
	...["people", "segments", "experiences", "imports", "tags"].map((of) => `/admin/demo/${of}/${hostile}`),
];

test("no page is left out", () => {
	expect(routes().length).toBeGreaterThan(25);
	expect(Object.keys(places)).toEqual(routes());
	for (const addresses of Object.values(places)) expect(addresses).not.toEqual([]);
	expect(settingsParts().length).toBeGreaterThan(10);
});

test("no attack runs on any page, none breaks it, and each page is accessible, in Polish and in the light", {
	timeout: 240_000,
}, async () => {
	// Another card, or another question, is other words in the same elements.
	const again = [...there.people.slice(1).map((id) => `/admin/demo/people/${id}`), ...attacked];
	const pages = Object.values(places)
		.flat()
		.filter((path) => !again.includes(path));
	await walk(await signedIn(browser, edge.url, { locale: "pl-PL" }), pages, again);
});

test("nor in English and in the dark", { timeout: 120_000 }, async () => {
	const some = [
		"",
		"/people",
		`/people/${there.people[0]}`,
		"/live",
		"/products",
		"/reports",
		"/experiences",
	];
	await walk(
		await signedIn(browser, edge.url, { colorScheme: "dark" }),
		some.map((path) => `/admin/demo${path}`),
	);
});

/** Opens each, two at a time, and says of all at once what was wrong with any; whether all can use it, of `pages` alone. */
async function walk(
	context: BrowserContext,
	pages: readonly string[],
	again: readonly string[] = [],
): Promise<void> {
	const wrong: string[] = [];
	const todo = [...pages, ...again];
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
				for (const what of await wrongAt(page, path, pages.includes(path))) note(what);
		}),
	);
	await context.close();
	expect(wrong).toEqual([]);
}

async function wrongAt(page: Page, path: string, isForAll: boolean): Promise<readonly string[]> {
	await page.goto(`${edge.url}${path}`);
	try {
		await untilShown(page);
	} catch {
		return ["never had anything to show"];
	}
	const violations = isForAll ? await violationsIn(page) : [];
	const { strange, words, tooWide } = await page.evaluate(() => {
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
		const tooWide = document.documentElement.scrollWidth - innerWidth;
		return { strange, words, tooWide };
	});
	// What others wrote may say so; we may not.
	const missing = words.filter(
		(text) =>
			/\bundefined\b|\[object |\bNaN\b|Invalid Date|^null$/.test(text) &&
			!payloads.some((payload) => text.includes(payload.slice(0, 40)) || payload.includes(text.slice(0, 40))),
	);
	return [
		...violations.slice(0, 10),
		...(tooWide > 0 ? [`${tooWide} px too wide`] : []),
		...strange.map((html) => `strange: ${html}`),
		...missing.map((text) => `missing: ${text}`),
	];
}
