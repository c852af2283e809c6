// One person on two browsers of the demo shop: the first confirms the address that a form asked for, the second logs in.
// From then on both are one card, with the history of both and one set of caps.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { isDecision, soon } from "../support/host.ts";
import { login, tokenOf } from "../support/login.ts";
import type { Edge } from "../support/runtime.ts";

const article = "/blog/kiedy-ciac-zywoplot";
const address = "ala@example.pl";

let browser: Browser;
let edge: Edge;
let shop: RunningShop;
const complaints: string[] = [];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	// The form for everybody who reads the blog; and a code on the price list, once in all, for whoever read the article.
	const experiences = definitions.experiences.flatMap((one): Experience[] => {
		const { segment: _segment, ...rest } = one;
		if (rest.id === "blog-newsletter") return [rest];
		if (rest.id !== "ready-to-buy") return [];
		const pages = { only: [{ op: "wildcard" as const, value: "*/cennik" }], except: [] };
		const attention = { cap: { times: 1, perMs: 86_400_000 }, afterCloseMs: 0, afterSubmitMs: null };
		return [{ ...rest, segment: "readers", pages, attention }];
	});
	const path = { op: "wildcard" as const, value: "*/kiedy-ciac-zywoplot" };
	const readers = {
		id: "readers",
		name: "Czytali o żywopłocie",
		condition: {
			field: "events" as const,
			match: { name: "Page Viewed", path },
			count: { op: ">=" as const, n: 1 },
		},
	};
	const segments = [...definitions.segments, readers];
	const { key } = await publish(
		edge.url,
		"demo",
		{ ...settings, login },
		{ ...definitions, experiences, segments },
	);
	shop = await startShop({ port: 0, edge: edge.url, site: key });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
	await edge.stop();
});

async function newPage(): Promise<Page> {
	const page = await (await browser.newContext({ userAgent: chromeAgent, locale: "pl-PL" })).newPage();
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	return page;
}

const rows = async <Row>(query: string) => (await edge.db.prepare(query).all<Row>()).results;
const proofs = async () =>
	(await rows<{ proof: string }>("SELECT proof FROM parts WHERE proof IS NOT NULL ORDER BY id")).map(
		({ proof }) => proof,
	);
const contacts = () => rows<{ id: string }>("SELECT id FROM people WHERE identity <> 'anonymous'");
const pagesOfCards = async () => {
	const query = `SELECT DISTINCT e.props ->> 'path' AS path FROM events e JOIN parts p ON p.id = e.part
		JOIN people w ON w.id = p.person WHERE e.name = 'Page Viewed' AND w.identity <> 'anonymous' ORDER BY 1`;
	return (await rows<{ path: string }>(query)).map(({ path }) => path);
};

test("who confirms on one browser and logs in on another is one person, with one history and one set of caps", async () => {
	const desk = await newPage();
	await desk.goto(`${shop.url}${article}`);
	await desk.mouse.wheel(0, 20_000);
	const form = desk.getByRole("dialog", { name: "Poradnik ogrodnika" });
	await form.getByLabel("Adres e-mail").fill(address);
	await form.getByRole("checkbox").check();
	await form.getByRole("button", { name: "Zapisz mnie" }).click();
	await form.getByText("Sprawdź pocztę").waitFor();
	await soon(proofs).toEqual(["typed"]);

	await soon(async () => (await fetch(`${edge.url}/demo/outbox`)).text()).toContain(address);
	await desk.goto(`${edge.url}/demo/outbox`);
	await desk.goto((await desk.getByRole("link").getAttribute("href")) ?? "");
	await desk.getByRole("button", { name: "Potwierdzam" }).click();
	await desk.waitForURL((url) => url.href.startsWith(`${shop.url}${article}`));
	await desk.waitForURL((url) => !url.searchParams.has("wc"));
	await soon(proofs).toEqual(["verified"]);
	const consents = "SELECT name FROM events WHERE name LIKE 'Consent%' ORDER BY at, id";
	await soon(() => rows(consents)).toEqual([{ name: "Consent Pending" }, { name: "Consent Given" }]);

	const phone = await newPage();
	await phone.goto(`${shop.url}/pily`);
	await phone.waitForFunction(() => "witaj" in window && localStorage.getItem("witaj.token"));
	const token = tokenOf({ sub: "7", email: address, email_verified: true });
	await phone.evaluate((token) => {
		const { witaj } = window as unknown as { witaj: (...call: unknown[]) => void };
		witaj("identify", { firstName: "Ala" }, { token });
	}, token);
	await soon(proofs).toEqual(["verified", "verified"]);
	await soon(contacts).toHaveLength(1);
	await soon(pagesOfCards).toEqual([article, "/pily"]);

	// What the desk read decides for the phone; what the phone was shown counts for the desk.
	const code = (page: Page) => page.getByRole("dialog", { name: "Kod rabatowy na pierwsze zamówienie" });
	await phone.goto(`${shop.url}/cennik`);
	await code(phone).waitFor();
	const answered = desk.waitForResponse(isDecision);
	await desk.goto(`${shop.url}/cennik`);
	expect(await (await answered).json()).toMatchObject({ show: [] });
	expect(await code(desk).count()).toBe(0);
	expect(complaints).toEqual([]);
});
