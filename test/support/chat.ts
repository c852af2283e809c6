// People who talk: a visitor's browser on the shop, and an agent at the inbox, through what was built.

import type { Browser, BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { WrittenSettings } from "../../worker/protocol/site.ts";
import { chat, greeting } from "../shop/chat.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "./chromium.ts";
import { chromeAgent, demoAccount, publish, setUp } from "./client.ts";
import { localSecrets, startEdge } from "./edge.ts";
import type { Edge } from "./runtime.ts";

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

export let edge: Edge;
export let shop: RunningShop;
/** The inbox. */
export let agent: Page;
let browser: Browser;
/** What any page said of itself that it should not, and what was asked in vain. */
export const complaints: string[] = [];

/** Of the inbox. Its name says how many are open, and others are called so too. */
export const openTab = () => agent.locator('a[href$="/chat/all"]:not([aria-label])');

/** A shop with a strict policy and a chat, for the whole file, and an agent who has signed in. */
export function setUpChat(own: Partial<WrittenSettings> = {}): void {
	beforeAll(async () => {
		[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
		const experiences = [...definitions.experiences, greeting];
		const { key } = await publish(
			edge.url,
			"demo",
			{ ...settings, chat, ...own },
			{ ...definitions, experiences },
		);
		await setUp(edge.url, demoAccount);
		shop = await startShop({ port: 0, edge: edge.url, site: key, csp: true });
		const desktop = await open({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
		// A browser without a screen shows none.
		await desktop.addInitScript(() => {
			const told: string[] = [];
			class Notification {
				static permission = "granted";
				constructor(title: string, { body }: { body: string }) {
					told.push(`${title}: ${body}`);
				}
			}
			Object.assign(window, { Notification, told });
		});
		agent = await desktop.newPage();
		await agent.goto(`${edge.url}/admin/demo/chat/all`);
		await agent.getByLabel("E-mail", { exact: true }).fill(demoAccount.email);
		await agent.getByLabel("Password", { exact: true }).fill(demoAccount.password);
		await agent.getByRole("button", { name: "Sign in", exact: true }).click();
		await agent.getByRole("heading", { level: 1, name: "Chat" }).waitFor();
	});
	beforeEach(async () => {
		await agent.keyboard.press("Escape");
		await openTab().click();
	});
	afterAll(async () => {
		await browser.close();
		await shop.close();
		await edge.stop();
		expect(complaints).toEqual([]);
	});
}

export async function open(options: BrowserContextOptions = {}): Promise<BrowserContext> {
	const context = await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL", ...options });
	context.setDefaultTimeout(10_000);
	context.on("weberror", (error) => complaints.push(String(error.error())));
	context.on("response", (response) => {
		if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
	});
	context.on("console", (said) => {
		// What a test takes away on purpose, the browser says so; what was answered badly is written down above.
		if (
			["error", "warning"].includes(said.type()) &&
			!/ERR_|WebSocket connection|Failed to load/.test(said.text())
		)
			complaints.push(said.text());
	});
	return context;
}

export const visitors = (page: Page) => page.locator("witaj-chat");
export const field = (page: Page) => visitors(page).getByRole("textbox", { name: "Napisz wiadomość…" });
export const bubbles = (page: Page) => visitors(page).locator(".bubble");
export const press = (page: Page, name: string | RegExp) =>
	page.getByRole("button", { name, exact: true }).click();

export async function openChat(page: Page, path = "/cennik"): Promise<void> {
	await page.goto(shop.url + path);
	await press(page, "Czat");
	await field(page).waitFor();
}

export async function write(page: Page, text: string): Promise<void> {
	await field(page).fill(text);
	await field(page).press("Enter");
}

/** The agent's own, at the conversation that is open. */
export const answering = () => agent.getByRole("textbox", { name: "Answer" });
export const inbox = () => agent.locator(".desk-bubble");
export const rows = () => agent.locator(".desk-rows");
export const beside = () => agent.getByRole("complementary", { name: "About the visitor" });

export async function answer(text: string): Promise<void> {
	await answering().fill(text);
	await answering().press("Enter");
}

/** The agent turns to the conversation in which this was said last. */
export async function answerIn(text: string): Promise<void> {
	await rows().getByText(text).first().click();
	await agent.locator(".desk-bubble", { hasText: text }).last().waitFor();
}

/** A colleague without a screen, who is at the desk from here on. */
export async function colleague() {
	const url = `${edge.url.replace("http", "ws")}/api/sites/demo/desk`;
	const headers = { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` };
	// Node's own takes headers, of which the types of browsers know nothing.
	const socket = new WebSocket(url, { headers } as never);
	await new Promise((welcome) => socket.addEventListener("message", welcome, { once: true }));
	return {
		say: (frame: object) => socket.send(JSON.stringify(frame)),
		leave: () => socket.close(),
	};
}

/** Takes the line away in the middle of whatever is under way, and gives it back. */
export async function cuttable(context: BrowserContext) {
	const lines = new Set<WebSocketRoute>();
	let isCut = false;
	await context.routeWebSocket(/\/(v1\/chat|desk)/, (line) => {
		if (isCut) return void line.close({ code: 1001 });
		const server = line.connectToServer();
		lines.add(line);
		line.onMessage((message) => {
			if (!isCut) server.send(message);
		});
		server.onMessage((message) => {
			if (!isCut) line.send(message);
		});
		const end = () => lines.delete(line);
		server.onClose((code, reason) => {
			end();
			void line.close({ ...(code && { code }), ...(reason && { reason }) });
		});
		line.onClose((code, reason) => {
			end();
			void server.close({ ...(code && { code }), ...(reason && { reason }) });
		});
	});
	await context.route(/\/v1\/chat$/, (route) => (isCut ? route.abort() : route.continue()));
	return {
		lines,
		/** Nothing comes through from here on, and nobody is told. */
		fall: () => {
			isCut = true;
		},
		cut: async () => {
			isCut = true;
			for (const line of [...lines]) await line.close({ code: 1001 });
			lines.clear();
		},
		mend: () => {
			isCut = false;
		},
	};
}
