// A visitor on the shop and an agent in the admin talk, through the real edge: reload, lose the network, go on.

import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { examine } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, demoAccount, messageId, publish, setUp } from "../support/client.ts";
import { type Edge, localSecrets, startEdge } from "../support/edge.ts";

const chat: NonNullable<WrittenSettings["chat"]> = {
	invites: true,
	canned: [{ id: "hello", shortcut: "hello", text: "Hello {firstName}, {agent} here." }],
};
const greeting: Definitions["experiences"][number] = {
	id: "greet",
	revision: 1,
	name: "Greeting",
	kind: "greeting",
	surface: { kind: "corner", at: "bottom-end" },
	priority: 0,
	pages: { only: [{ op: "is", value: "/kontakt" }], except: [] },
	schedule: {},
	attention: { afterCloseMs: 0, afterSubmitMs: null },
	trigger: { kind: "at-once" },
	content: {
		pl: {
			label: "Zaproszenie",
			blocks: [
				{ kind: "text", text: "Pomóc w wyborze?" },
				{ kind: "button", text: "Porozmawiajmy", chat: true },
			],
		},
	},
};

let edge: Edge;
let browser: Browser;
let shop: RunningShop;
let agent: Page;
const complaints: string[] = [];

beforeAll(async () => {
	[edge, browser] = await Promise.all([startEdge({ port: 0 }), launch()]);
	const experiences = [...definitions.experiences, greeting];
	const { key } = await publish(edge.url, "demo", { ...settings, chat }, { ...definitions, experiences });
	await setUp(edge.url, demoAccount);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
	agent = await (await open({ locale: "en-GB", viewport: { width: 1440, height: 900 } })).newPage();
	await agent.goto(`${edge.url}/admin/demo/chat/all`);
	await agent.getByLabel("E-mail", { exact: true }).fill(demoAccount.email);
	await agent.getByLabel("Password", { exact: true }).fill(demoAccount.password);
	await agent.getByRole("button", { name: "Sign in", exact: true }).click();
	await agent.getByRole("heading", { level: 1, name: "Chat" }).waitFor();
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
	expect(complaints).toEqual([]);
});

async function open(options: BrowserContextOptions = {}): Promise<BrowserContext> {
	const context = await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL", ...options });
	context.on("weberror", (error) => complaints.push(String(error.error())));
	context.on("console", (said) => {
		// What a test takes away on purpose, the browser says so.
		if (["error", "warning"].includes(said.type()) && !/ERR_|WebSocket/.test(said.text()))
			complaints.push(said.text());
	});
	return context;
}

const visitors = (page: Page) => page.locator("witaj-chat");
const field = (page: Page) => visitors(page).getByRole("textbox", { name: "Napisz wiadomość…" });
const bubbles = (page: Page) => visitors(page).locator(".bubble");

async function openChat(page: Page, path = "/cennik"): Promise<void> {
	await page.goto(shop.url + path);
	await visitors(page).getByRole("button", { name: "Czat", exact: true }).click();
	await field(page).waitFor();
}
async function write(page: Page, text: string): Promise<void> {
	await field(page).fill(text);
	await field(page).press("Enter");
}

/** The inbox, at the conversation in which this was said last. */
async function answerIn(text: string): Promise<void> {
	await agent.locator(".desk-rows").getByText(text).first().click();
	await agent.locator(".desk-bubble", { hasText: text }).last().waitFor();
}
const answer = async (text: string) => {
	await agent.getByRole("textbox", { name: "Answer" }).fill(text);
	await agent.getByRole("textbox", { name: "Answer" }).press("Enter");
};
const said = async (page: Page, all: ReturnType<Page["locator"]>) => {
	await page.waitForTimeout(0);
	return all.allInnerTexts();
};
const inbox = () => agent.locator(".desk-bubble");

test("a visitor and an agent talk, both reload, and nothing is lost or doubled", async () => {
	const page = await (await open()).newPage();
	await openChat(page);
	await write(page, "Dzień dobry, czy ta kosiarka da radę na skarpie?");
	await answerIn("Dzień dobry, czy ta kosiarka");
	await agent.getByRole("textbox", { name: "Answer" }).fill("/hel");
	await agent.getByRole("option", { name: /hello/ }).waitFor();
	await agent.getByRole("textbox", { name: "Answer" }).press("Enter");
	await agent.getByRole("textbox", { name: "Answer" }).press("Enter");
	await bubbles(page).getByText("Hello, Demo here.").waitFor();
	// It is before the visitor's eyes, and the agent is told so.
	await agent.locator(".desk-line", { hasText: "Hello, Demo here." }).getByText("Read").waitFor();

	await agent.getByText("Private note", { exact: true }).click();
	await agent.getByRole("textbox", { name: "Private note" }).fill("Look up the slope.");
	await agent.getByRole("textbox", { name: "Private note" }).press("Enter");
	await agent.locator(".is-note").getByText("Look up the slope.").waitFor();
	await field(page).pressSequentially("Su");
	await agent.getByText("The visitor is writing…").waitFor();
	await write(page, "Super, dziękuję!");
	await inbox().getByText("Super, dziękuję!").waitFor();

	await Promise.all([page.reload(), agent.reload()]);
	await bubbles(page).getByText("Super, dziękuję!").waitFor();
	await inbox().getByText("Super, dziękuję!").waitFor();
	await answer("Zawsze do usług.");
	await bubbles(page).getByText("Zawsze do usług.").waitFor();
	const talk = [
		"Dzień dobry, czy ta kosiarka da radę na skarpie?",
		"Hello, Demo here.",
		"Super, dziękuję!",
		"Zawsze do usług.",
	];
	expect(await said(page, bubbles(page))).toEqual(talk);
	expect(await said(agent, inbox())).toEqual(talk.toSpliced(2, 0, "Look up the slope."));
	// On the next page, with what the agent sees beside it.
	await page.goto(`${shop.url}/`);
	await bubbles(page).getByText("Zawsze do usług.").waitFor();
	await agent
		.getByRole("complementary", { name: "About the visitor" })
		.getByText("/cennik")
		.first()
		.waitFor();

	await visitors(page).getByRole("button", { name: "Opcje rozmowy" }).click();
	await visitors(page).getByRole("button", { name: "Zakończ rozmowę" }).click();
	await visitors(page).getByRole("button", { name: "5 z 5" }).click();
	await visitors(page).locator(".form").getByRole("button", { name: "Wyślij" }).click();
	await agent.getByText("Rated 5 of 5").waitFor();
	await page.keyboard.press("Escape");
	await visitors(page).getByRole("dialog").waitFor({ state: "detached" });
	await page.context().close();
});

/** Takes the line away in the middle of whatever is under way, and gives it back. */
async function cuttable(context: BrowserContext) {
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

test("what is said while the network is gone arrives when it is back, once and in one order for both", async () => {
	const context = await open();
	const network = await cuttable(context);
	const page = await context.newPage();
	await openChat(page);
	await write(page, "Zaczynam");
	await answerIn("Zaczynam");
	// What is on its way is swallowed first, and only then is the line dead.
	network.fall();
	await write(page, "Pierwsze bez sieci");
	await answer("Tego jeszcze nie widać");
	await network.cut();
	await write(page, "Drugie bez sieci");
	await write(page, "Trzecie bez sieci");
	await visitors(page).getByText("Brak połączenia").waitFor();
	await page.reload();
	await expect
		.poll(async () => (await said(page, bubbles(page))).filter((text) => /bez sieci/.test(text)))
		.toHaveLength(3);
	await inbox().getByText("Tego jeszcze nie widać").waitFor();
	network.mend();
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await inbox().getByText("Trzecie bez sieci").waitFor();
	await bubbles(page).getByText("Tego jeszcze nie widać").waitFor();
	await expect.poll(async () => (await said(page, bubbles(page))).length).toBe(5);
	const both = await Promise.all([said(page, bubbles(page)), said(agent, inbox())]);
	expect(both[0]).toEqual(both[1]);
	expect(new Set(both[0]).size).toBe(5);
	await context.close();
});

test("four tabs share one line, hear the same, and one of them takes it over", async () => {
	const context = await open();
	const { lines } = await cuttable(context);
	const pages: Page[] = [];
	for (const path of ["/cennik", "/", "/porady", "/kosiarki-akumulatorowe"]) {
		const page = await context.newPage();
		pages.push(page);
		await openChat(page, path);
		await write(page, `Z karty ${pages.length}`);
		await bubbles(page).getByText(`Z karty ${pages.length}`).waitFor();
	}
	const all = ["Z karty 1", "Z karty 2", "Z karty 3", "Z karty 4"];
	for (const page of pages) await expect.poll(() => said(page, bubbles(page))).toEqual(all);
	// One that talks, and the launcher's own, by which somebody who never opened the chat is invited.
	expect(lines.size).toBeLessThanOrEqual(2);
	const [first, ...others] = pages;
	await first?.close();
	await answerIn("Z karty 4");
	await answer("Do wszystkich kart");
	for (const page of others) await bubbles(page).getByText("Do wszystkich kart").waitFor();
	for (const page of others) expect(await said(page, bubbles(page))).toEqual([...all, "Do wszystkich kart"]);
	await context.close();
});

test("where sockets are blocked the same is said by requests", async () => {
	const context = await open();
	await context.routeWebSocket(/\/v1\/chat/, (line) => line.close({ code: 1001 }));
	const page = await context.newPage();
	await openChat(page);
	await write(page, "Bez gniazda");
	await answerIn("Bez gniazda");
	await answer("Też słychać");
	await bubbles(page).getByText("Też słychać").waitFor();
	expect(await said(page, bubbles(page))).toEqual(["Bez gniazda", "Też słychać"]);
	await context.close();
});

test("an agent who has not seen what a colleague answered is warned before the text goes out", async () => {
	const network = await cuttable(agent.context());
	await agent.reload();
	const page = await (await open()).newPage();
	await openChat(page);
	await write(page, "Kto odpowie?");
	await answerIn("Kto odpowie?");
	await answer("Ja");
	await bubbles(page).getByText("Ja", { exact: true }).waitFor();
	const conversation = agent.url().split("/").at(-1) ?? "";
	await network.cut();
	const command = { id: messageId(), is: "send", text: "Ja też", seen: 1_000_000 };
	const sent = await fetch(`${edge.url}/api/sites/demo/conversations/${conversation}`, {
		method: "POST",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify({ after: 0, commands: [command] }),
	});
	expect(await sent.json()).toMatchObject({ acks: [{ is: "ok" }] });
	await answer("Powtarzam się");
	network.mend();
	await agent.evaluate(() => dispatchEvent(new Event("online")));
	await agent.getByRole("alert").getByText("answered meanwhile").waitFor();
	await inbox().getByText("Ja też").waitFor();
	expect(await said(page, bubbles(page))).not.toContain("Powtarzam się");
	await agent.getByRole("button", { name: "Send it anyway" }).click();
	await bubbles(page).getByText("Powtarzam się").waitFor();
	await page.context().close();
});

test("a greeting's button opens the chat, and the conversation says that it did", async () => {
	const page = await (await open()).newPage();
	await page.goto(`${shop.url}/kontakt`);
	await page.locator("witaj-popup").getByRole("button", { name: "Porozmawiajmy" }).click();
	await write(page, "Tak, poproszę");
	await answerIn("Tak, poproszę");
	await page.context().close();
});

test("hostile words, names and files are words in the inbox, and nothing runs", async () => {
	const page = await (await open()).newPage();
	await openChat(page);
	const words = [
		'<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
		'javascript:alert(1) data:text/html,<b>x</b> https://example.com/"onmouseover=alert(1)',
		"\u202Eodwrócone\u0000 {{constructor.constructor('window.pwned=1')()}}",
	];
	for (const text of words) await write(page, text);
	const marked = words[0]?.slice(0, 20) ?? "";
	await answerIn("odwrócone");
	await visitors(page)
		.locator("input[type=file]")
		.setInputFiles({
			name: '"><img src=x onerror=window.pwned=1>.png',
			mimeType: "image/png",
			buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'/>"),
		});
	await visitors(page).getByText("Nie udało się wysłać pliku.").waitFor();
	const picture = Buffer.from(
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
		"base64",
	);
	await visitors(page).locator("input[type=file]").setInputFiles({
		name: '"><img src=x onerror=window.pwned=1>.png',
		mimeType: "image/png",
		buffer: picture,
	});
	await agent.locator(".desk-file").waitFor();
	await inbox().getByText(marked).waitFor();
	for (const one of [page, agent]) {
		expect(await one.evaluate(() => "pwned" in window)).toBe(false);
		expect(await one.locator("a[href^='javascript:'], a[href^='data:']").count()).toBe(0);
	}
	expect(await said(agent, inbox())).toContain(words[0]);
	await page.context().close();
});

test("both sides are free of what axe finds, on a desktop and on a phone", async () => {
	const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
	for (const [n, options] of [{}, { ...phone, colorScheme: "dark" } as const].entries()) {
		const page = await (await open(options)).newPage();
		await openChat(page);
		await write(page, `Do obejrzenia ${n}`);
		await answerIn(`Do obejrzenia ${n}`);
		await answer("Patrzymy");
		await bubbles(page).getByText("Patrzymy").waitFor();
		expect((await examine(page, "witaj-chat")).failed).toEqual([]);
		await page.context().close();
	}
	await agent.evaluate(axe.source);
	for (const colorScheme of ["light", "dark"] as const) {
		await agent.emulateMedia({ colorScheme });
		const { violations } = await agent.evaluate(() =>
			(window as unknown as { axe: typeof import("axe-core") }).axe.run("#page"),
		);
		expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
	}
});
