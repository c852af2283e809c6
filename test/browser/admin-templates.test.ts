// The gallery's templates, published as they stand: taken whole by the API, and met by a visitor of the demo shop.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Template, templates } from "../../worker/admin/ui/templates/index.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { settings } from "../shop/definitions.ts";
import { type RunningShop, startShop } from "../shop/serve.ts";
import { examine } from "../support/axe.ts";
import { launch } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";

let browser: Browser;
let edge: Edge;
const shops: RunningShop[] = [];

beforeAll(async () => {
	browser = await launch();
	edge = await startEdge({ port: 0 });
});
afterAll(async () => {
	await browser.close();
	for (const shop of shops) await shop.close();
	await edge.stop();
});

/** As the gallery makes them: each with the segment that it is meant for. */
function made(chosen: readonly Template[]): Definitions {
	const audiences = new Map(chosen.flatMap(({ audience: one }) => (one ? [[one.id, one] as const] : [])));
	return {
		tagRules: [],
		scoreRules: [],
		programmes: [{ id: "club", name: "Klub", joins: "everyone", tiers: [], rewards: [] }],
		segments: [...audiences.values()].map(({ id, names, condition }) => ({ id, name: names.pl, condition })),
		experiences: chosen.map(({ id, draft, audience }) => ({
			...draft,
			id,
			revision: 1,
			...(audience && { segment: audience.id }),
		})),
	};
}

/** A shop of whose marketer this template was the only wish. */
async function shopWith(id: string): Promise<RunningShop> {
	const site = `shop-${id}`;
	const { key } = await publish(edge.url, site, settings, made(templates.filter((one) => one.id === id)));
	const shop = await startShop({ port: 0, edge: edge.url, site: key, csp: true });
	shops.push(shop);
	return shop;
}

test("all of them can be published together, as they stand", async () => {
	await publish(edge.url, "all", settings, made(templates));
});

interface Meeting {
	readonly lang: "pl" | "en";
	/** Of the shop, one after the other. */
	readonly paths: readonly string[];
	/** What the visitor does then. */
	readonly act?: (page: Page) => Promise<unknown>;
	readonly role: "dialog" | "region";
}

const scrollDown = (page: Page) => page.mouse.wheel(0, 20_000);
const meetings: Readonly<Record<string, Meeting>> = {
	announcement: { lang: "pl", paths: ["/"], role: "region" },
	"free-delivery": { lang: "en", paths: ["/en"], role: "region" },
	"newsletter-discount": { lang: "pl", paths: ["/"], act: scrollDown, role: "dialog" },
	"newsletter-corner": { lang: "en", paths: ["/en/blog"], act: scrollDown, role: "region" },
	wheel: {
		lang: "pl",
		paths: ["/"],
		// The tab that stands there first.
		act: (page) => page.getByRole("button", { name: "Zakręć kołem" }).click(),
		role: "dialog",
	},
	"countdown-sale": { lang: "en", paths: ["/en", "/en/cennik"], role: "region" },
};

test.each(Object.entries(meetings))("%s opens when it is to, for everybody", async (id, meeting) => {
	const { lang, paths, act, role } = meeting;
	const shop = await shopWith(id);
	const context = await browser.newContext({
		userAgent: chromeAgent,
		locale: lang,
		viewport: { width: 1280, height: 900 },
	});
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	for (const path of paths) {
		const answered = page.waitForResponse(
			(response) => response.url().endsWith("/v1/collect") && response.request().postDataJSON()?.decide,
		);
		await page.goto(shop.url + path);
		await (await answered).finished();
	}
	await act?.(page);
	const label = templates.find((one) => one.id === id)?.draft.content[lang]?.label ?? "";
	await page.getByRole(role, { name: label }).waitFor();
	const { wrong } = await examine(page, "witaj-popup");
	// What is written upon a picture axe cannot tell from it.
	expect(wrong.filter((one) => id !== "wheel" || !one.startsWith("color-contrast"))).toEqual([]);
	expect(complaints).toEqual([]);
	await context.close();
});
