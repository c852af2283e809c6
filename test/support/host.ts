// A page that hosts the widget, with an edge that may misbehave: what the browser's suites are told through.

import type { Browser, BrowserContext, Page, Response } from "playwright-core";
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
/** Pages with what they were read for, in whatever order their requests came. */
export const receivedOf = (path: string) => stub.received.find(({ page }) => page.url === stub.page + path);
/** Of what a page asks to be shown: what the page before still had to say is answered, too. */
export const isDecision = (response: Response) =>
	response.url().endsWith("/v1/collect") && !!response.request().postData()?.includes('"decide":true');
/** Of what was told by this name. */
export const isOf = (name: string) => (response: Response) =>
	response.url().endsWith("/v1/collect") && !!response.request().postData()?.includes(`"name":"${name}"`);
/** Ids as we make them. */
export const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-7/;

/** Time stands in this page from here on, and goes by as it is told: what a busy machine takes is none. */
export async function stopClock(page: Page): Promise<void> {
	await page.clock.install();
	// An hour ahead: no machine takes so long to come here.
	await page.clock.pauseAt(Date.now() + 3_600_000);
}

/**
 * On when the page has these chunks, each of which asks for the next. Whoever asks for a chunk after the widget has it after
 * the widget: what is waited for is watched from here on.
 */
export async function withChunks(
	page: Page,
	[name = "", ...others]: readonly string[],
	going: () => Promise<unknown>,
): Promise<void> {
	const [first] = await Promise.all([
		page.waitForResponse((response) => response.url().includes(`.${name}.js`)),
		going(),
	]);
	const urls = [name, ...others].map((one) => first.url().replace(`.${name}.`, `.${one}.`));
	// As a text: what stands here as an import is rewritten for this side.
	await page.evaluate(`(async () => { for (const url of ${JSON.stringify(urls)}) await import(url) })()`);
}

/** The page has its token, and holds nothing that would have it thrown out of the back/forward cache. */
export const rests = (page: Page) =>
	soon(() =>
		page.evaluate(async () => "witaj.token" in localStorage && !(await navigator.locks.query()).held?.length),
	).toBe(true);

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
