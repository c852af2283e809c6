// @segment/analytics-next, unmodified, in a real page on another origin: told the site's key and where we are, and no more.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { soon } from "../support/host.ts";
import type { Edge } from "../support/runtime.ts";

const site = "segment";
let browser: Browser;
let edge: Edge;
let server: Server;
let page: Page;
let key: string;

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
	({ key } = await publish(edge.url, site, settings, definitions));
	const { outputFiles } = await build({
		stdin: {
			contents: `import { AnalyticsBrowser } from "@segment/analytics-next"; window.AnalyticsBrowser = AnalyticsBrowser;`,
			resolveDir: import.meta.dirname,
		},
		bundle: true,
		write: false,
		format: "iife",
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "error",
	});
	const script = outputFiles[0]?.text ?? "";
	server = createServer(({ url = "" }, response) => {
		if (url.startsWith("/sdk.js")) response.setHeader("content-type", "text/javascript").end(script);
		else
			response.setHeader("content-type", "text/html").end("<title>Shop</title><script src=/sdk.js></script>");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
	await browser.close();
	server.close();
	await edge.stop();
});
beforeEach(async () => {
	page = await browser.newPage({ userAgent: chromeAgent, locale: "pl-PL" });
	const { port } = server.address() as AddressInfo;
	await page.goto(`http://127.0.0.1:${port}/cennik?utm_source=mail&utm_medium=email`);
	await page.evaluate(
		([writeKey, cdnURL]) => {
			const { AnalyticsBrowser } = window as unknown as {
				AnalyticsBrowser: { load(settings: object): object };
			};
			Object.assign(window, { analytics: AnalyticsBrowser.load({ writeKey, cdnURL }) });
		},
		[key, edge.url] as const,
	);
});
afterEach(() => page.close());

const say = (...calls: readonly (readonly [string, ...unknown[]])[]) =>
	page.evaluate(async (all) => {
		const { analytics } = window as unknown as {
			analytics: Record<string, (...said: unknown[]) => Promise<unknown>>;
		};
		for (const [name, ...said] of all) await analytics[name]?.(...said);
	}, calls);

/** Of whoever typed this user id. */
async function historyOf(userId: string) {
	const query = `SELECT e.name, e.props, e.touch, e.environment FROM events e WHERE e.site = ?1 AND e.cause IS NULL
		AND e.part IN (SELECT id FROM parts WHERE site = ?1 AND facts ->> '$.attributes.userId.value' = ?2) ORDER BY e.at, e.id`;
	return (await edge.db.prepare(query).bind(site, userId).all<Record<string, string>>()).results;
}

test("its page, track, identify, group and alias are on one person, with their campaign and browser", async () => {
	await say(
		["page"],
		["track", "Product Viewed", { sku: "s1", product: { price: 12 } }],
		["identify", "user-1", { email: "anna@example.com", name: "Anna" }],
		["group", "acme", { name: "Acme" }],
		["alias", "user-1", "former"],
		[
			"track",
			"Order Completed",
			{ order_id: "o1", revenue: 12, products: [{ product_id: "s1", price: 12 }] },
		],
	);
	await soon(async () => (await historyOf("user-1")).length).toBe(6);
	const rows = await historyOf("user-1");
	expect(rows.map(({ name }) => name).sort()).toEqual([
		"Aliased",
		"Group Joined",
		"Identified",
		"Order Completed",
		"Page Viewed",
		"Product Viewed",
	]);
	const view = rows.find(({ name }) => name === "Page Viewed");
	expect(JSON.parse(view?.props ?? "")).toMatchObject({ path: "/cennik", title: "Shop", referrer: "" });
	expect(JSON.parse(view?.touch ?? "")).toMatchObject({
		source: "mail",
		medium: "email",
		landing: "/cennik",
	});
	expect(JSON.parse(view?.environment ?? "")).toMatchObject({
		browser: "Chrome",
		device: "desktop",
		language: "pl",
	});
	const { email, company } = await attributesOf("user-1");
	expect([email, company]).toEqual(["anna@example.com", "Acme"]);
});

test("what is sent again because its answer was lost counts once", async () => {
	const lost = new Set<string>();
	const heard = new Set<string>();
	await page.route(`${edge.url}/v1/t`, async (route) => {
		const { messageId } = route.request().postDataJSON() as { messageId: string };
		const response = await route.fetch();
		if (lost.has(messageId)) {
			heard.add(messageId);
			return route.fulfill({ response });
		}
		lost.add(messageId);
		return route.abort("connectionreset");
	});
	await say(["identify", "user-2"], ["track", "Clicked", { n: 1 }], ["track", "Clicked", { n: 2 }]);
	await soon(() => heard.size).toBe(2);
	// A cell tells in order: what comes after the last of it comes when all of it is there.
	await say(["page"]);
	await soon(async () => (await historyOf("user-2")).map(({ name }) => name)).toContain("Page Viewed");
	const names = (await historyOf("user-2")).map(({ name }) => name).sort();
	expect(names).toEqual(["Clicked", "Clicked", "Identified", "Page Viewed"]);
});

async function attributesOf(userId: string): Promise<Record<string, unknown>> {
	const query =
		"SELECT json(facts) AS facts FROM parts WHERE site = ?1 AND facts ->> '$.attributes.userId.value' = ?2";
	const text = await edge.db.prepare(query).bind(site, userId).first<string>("facts");
	const { attributes } = JSON.parse(text ?? "{}") as { attributes: Record<string, { value: unknown }> };
	return Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
}
