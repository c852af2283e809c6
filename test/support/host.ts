// A page that hosts the widget, with an edge that may misbehave: what the browser's suites are told through.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { themeOf } from "../../worker/domain/theme.ts";
import type { Offer } from "../../worker/protocol/experience.ts";
import { launch, launchWhole } from "./chromium.ts";
import { type Stub, startStub } from "./stub.ts";

export let browser: Browser;
export let stub: Stub;
export let context: BrowserContext;
export let complaints: string[];

let whole: Browser | undefined;

/** A context of a browser that has the back/forward cache. */
export async function wholeContext(): Promise<BrowserContext> {
	whole ??= await launchWhole();
	return whole.newContext({ viewport: { width: 1280, height: 900 } });
}

/** A browser for the file; an edge and a context for each of its tests. */
export function setUp(): void {
	beforeAll(async () => {
		browser = await launch();
	});
	afterAll(async () => {
		await Promise.all([browser.close(), whole?.close()]);
		whole = undefined;
	});
	beforeEach(async () => {
		stub = await startStub();
		context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
		complaints = [];
	});
	afterEach(async () => {
		await context.close();
		await stub.stop();
	});
}

/** A page that writes down what it has to complain of. A request that failed is the browser's own remark. */
export async function newPage(from: BrowserContext = context): Promise<Page> {
	const page = await from.newPage();
	page.on("console", (message) => {
		if (!message.text().startsWith("Failed to load resource")) complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.addInitScript(() => {
		const seen = { shift: 0, violations: [] as string[], restored: false, largest: "" };
		Object.assign(window, { seen });
		addEventListener("securitypolicyviolation", (event) =>
			seen.violations.push(`${event.violatedDirective} ${event.sourceFile}`),
		);
		addEventListener("pageshow", (event) => {
			seen.restored = event.persisted;
		});
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				const { value, hadRecentInput } = entry.toJSON();
				if (!hadRecentInput) seen.shift += value;
			}
		}).observe({ type: "layout-shift", buffered: true });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				seen.largest =
					("element" in entry && entry.element instanceof Element && entry.element.tagName) || "";
			}
		}).observe({ type: "largest-contentful-paint", buffered: true });
	});
	return page;
}

export interface Seen {
	readonly shift: number;
	readonly violations: string[];
	readonly restored: boolean;
	/** Tag of the element that was the page's largest paint; none for what is in a shadow root. */
	readonly largest: string;
}

export const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
export const stored = (page: Page) =>
	page.evaluate(async () => ({
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		cookies: document.cookie,
		databases: (await indexedDB.databases()).length,
	}));
export const nothing = { local: [], session: [], cookies: "", databases: 0 };
export const say = (page: Page, ...command: unknown[]) =>
	page.evaluate((parts) => {
		(window as unknown as { witaj: (...parts: unknown[]) => void }).witaj(...parts);
	}, command);

/** A busy machine may take long to draw a page, and to end one. */
const longestMs = 25_000;
export const soon: typeof expect.poll = (look) => expect.poll(look, { timeout: longestMs });
export const requests = (count: number) => soon(() => stub.received.length).toBeGreaterThanOrEqual(count);
export const names = (index: number) => stub.received[index]?.events.map((event) => event.name);
export const events = (name: string) =>
	stub.received.flatMap((one) => one.events.filter((event) => event.name === name));
/** Ids as we make them. */
export const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-7/;

export function offer(change: Partial<Offer> = {}): Offer {
	return {
		experience: "welcome",
		revision: 3,
		kind: "popup",
		chunk: "popup",
		surface: { kind: "modal" },
		trigger: { kind: "at-once" },
		language: "pl",
		theme: themeOf({ accent: "#1f6f4a", radius: 16 }),
		content: {
			label: "Oferta na wiosnę",
			blocks: [
				{ kind: "image", src: `${stub.edge}/picture.svg`, alt: "Ogród", width: 864, height: 400 },
				{ kind: "heading", text: "Dziesięć procent taniej" },
				{ kind: "text", text: "Na pierwsze zamówienie." },
				{ kind: "coupon", code: "WIOSNA10", label: "Twój kod" },
				{
					kind: "form",
					fields: [
						{ kind: "text", name: "name", label: "Imię", to: "name" },
						{ kind: "email", name: "email", label: "Adres e-mail", required: true },
						{
							kind: "consent",
							name: "agreement",
							purpose: "newsletter",
							wording: "Zgadzam się na newsletter.",
							version: "v1",
							required: true,
						},
					],
					submit: "Zapisz mnie",
					thanks: [{ kind: "heading", text: "Dziękujemy" }],
				},
				{ kind: "button", text: "Zobacz kosiarki", link: "/next" },
			],
		},
		claim: "granted-with-the-answer",
		...change,
	};
}

export const dialog = (page: Page) => page.getByRole("dialog", { name: "Oferta na wiosnę" });
