// What our tag costs the page that it stands on: the shop with it and without it, on a CPU four times slower, with a
// pop-up opening on the page that is measured, and a banner, a replacement and a frame of products in it.

import type { Browser, Page } from "playwright-core";
import type { Experience } from "../../worker/protocol/site.ts";
import { settings } from "../shop/definitions.ts";
import { withFrames } from "../shop/frames.ts";
import { startShop } from "../shop/serve.ts";
import { launchWhole } from "../support/chromium.ts";
import { chromeAgent, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { seedGoods } from "../support/seed-goods.ts";
import { atMost, figure, type Measure, median } from "./report.ts";
import { type Seen, watchPage } from "./watch-page.ts";

const slowdown = 4;
/** Enough for the price list's pop-up, which opens on the next page at once. */
const before = ["/cennik", "/", "/cennik", "/", "/cennik"];
const measured = "/p/kosiarka-akumulatorowa-brzost-l42";
const settleMs = 1_500;
/** A task is long from 50 ms on, as browsers have it. */
const mostMs = { largest: 100, interaction: 100, blocking: 100, task: 50 };

/** Under the picture of the product that is measured, and instead of the shop's advice. */
const within = [
	inPlace("banner", { selector: ".specs", put: "after" }),
	inPlace("replacement", { selector: ".advice", put: "instead" }),
];

function inPlace(
	id: string,
	place: { readonly selector: string; readonly put: "after" | "instead" },
): Experience {
	return {
		id,
		revision: 1,
		name: id,
		kind: "banner",
		surface: { kind: "inline", place },
		priority: 0,
		pages: { only: [{ op: "is", value: measured }], except: [] },
		schedule: {},
		attention: { afterCloseMs: 0, afterSubmitMs: 0 },
		trigger: { kind: "at-once" },
		content: { pl: { label: id, blocks: [{ kind: "text", text: "Serwis i ostrzenie noży w cenie." }] } },
	};
}

interface Look extends Omit<Seen, "restored"> {
	readonly isRestored: boolean;
	readonly reasons: string;
	/** Requests to the edge, and how many of them only asked for permission. */
	readonly requests: readonly string[];
	readonly preflights: number;
	readonly popups: number;
	readonly frames: number;
	readonly banners: number;
	/** Why what is within the page was not shown. */
	readonly missed: readonly string[];
}

export async function benchPage(rounds: number): Promise<Measure[]> {
	const edge = await startEdge({ port: 0 });
	const experiences = [...withFrames.experiences, ...within];
	const { key } = await publish(edge.url, "demo", settings, { ...withFrames, experiences });
	const shop = await startShop({ port: 0, edge: edge.url, site: key });
	await seedGoods(edge.url, shop.url);
	// Not the shell: it has no back/forward cache, and draws for half of what a person's browser takes.
	const browser = await launchWhole();
	const withTag: Look[] = [];
	const without: Look[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			withTag.push(await look(browser, shop.url, edge.url, true));
			without.push(await look(browser, shop.url, edge.url, false));
		}
	} finally {
		await browser.close();
		await shop.close();
		await edge.stop();
	}
	if (withTag.some(({ popups }) => popups !== 1)) throw new Error("no pop-up opened on the measured page");
	if (withTag.some(({ frames }) => frames !== 1)) throw new Error("no frame stood on the measured page");
	if (withTag.some(({ banners, missed }) => banners + missed.length !== within.length))
		throw new Error("a banner is neither shown nor missed on the measured page");
	return compare(withTag, without);
}

async function look(browser: Browser, shop: string, edge: string, hasTag: boolean): Promise<Look> {
	const context = await browser.newContext({
		// A headless browser says so in its name, and is taken for the robot that it is.
		userAgent: chromeAgent,
		locale: "pl-PL",
		viewport: { width: 1_280, height: 900 },
	});
	const page = await context.newPage();
	const requests: string[] = [];
	let preflights = 0;
	const missed: string[] = [];
	page.on("request", (request) => {
		if (!request.url().startsWith(edge)) return;
		missed.push(...missedIn(request.postData() ?? ""));
		requests.push(new URL(request.url()).pathname);
		if (request.method() === "OPTIONS") preflights++;
	});
	await page.addInitScript(watchPage, edge);
	const query = hasTag ? "" : "?witaj=off";
	for (const path of before) {
		await open(page, shop + path + query, hasTag);
	}
	const devtools = await context.newCDPSession(page);
	await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
	requests.length = 0;
	missed.length = 0;
	await open(page, shop + measured + query, hasTag);
	await page.waitForTimeout(settleMs);
	const popups = await page.getByRole("dialog").count();
	const frames = await page.locator("witaj-frame").count();
	const banners = await page.locator("witaj-banner").count();
	await act(page);
	const seen = await page.evaluate(() => window.seen);
	const [asked, without] = [[...requests], [...new Set(missed)]];
	await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
	await page.goto(`${shop}/kontakt${query}`);
	await page.goBack({ waitUntil: "commit" });
	await page.waitForTimeout(300);
	const after = await page.evaluate(() => ({
		isRestored: window.seen.restored,
		reasons: JSON.stringify(
			performance.getEntriesByType("navigation")[0]?.toJSON().notRestoredReasons ?? null,
		),
	}));
	await context.close();
	return { ...seen, ...after, requests: asked, preflights, popups, frames, banners, missed: without };
}

/** What a request tells of offers that were not shown, each once however often it is sent. */
function missedIn(body: string): readonly string[] {
	return [...body.matchAll(/"id":"([^"]+)","name":"Experience Missed".*?"why":"([a-z-]+)"/g)].map(
		([, id, why]) => `${id} ${why}`,
	);
}

/** Opens a page and, where we are on it, waits for the answer to its view. */
async function open(page: Page, url: string, hasTag: boolean): Promise<void> {
	const answered = hasTag
		? page.waitForResponse((response) => response.url().endsWith("/v1/collect"))
		: Promise.resolve(undefined);
	await page.goto(url, { waitUntil: "load" });
	await (await answered)?.finished();
}

/** A scripted session: closes what may have opened, puts the product into the cart, looks around. */
async function act(page: Page): Promise<void> {
	await page.keyboard.press("Escape");
	await page.waitForTimeout(300);
	for (let times = 0; times < 3; times++) {
		await page.locator("form[data-add] button").first().click();
		await page.waitForTimeout(150);
		await page.locator("h1").first().click();
		await page.waitForTimeout(150);
	}
	await page.keyboard.press("Tab");
	await page.waitForTimeout(400);
}

function compare(withTag: readonly Look[], without: readonly Look[]): Measure[] {
	const pair = (read: (look: Look) => number) =>
		[median(withTag.map(read)), median(without.map(read))] as const;
	const difference = (name: string, unit: string, most: number, read: (look: Look) => number): Measure[] => {
		const [ours, theirs] = pair(read);
		return [
			figure(`page: ${name}, with the tag`, ours, unit),
			figure(`page: ${name}, without`, theirs, unit),
			atMost(`page: ${name}, difference`, ours - theirs, unit, most),
		];
	};
	const requests = withTag[0]?.requests ?? [];
	const toDecision = requests.indexOf("/v1/collect");
	return [
		...difference("LCP", "ms", mostMs.largest, ({ largest }) => largest),
		...difference("CLS", "", 0, ({ shift }) => shift),
		...difference("INP of a scripted session", "ms", mostMs.interaction, ({ interaction }) => interaction),
		...difference("total blocking time", "ms", mostMs.blocking, ({ blocking }) => blocking),
		atMost(
			"page: longest task of ours",
			Math.max(...withTag.map((one) => one.ourLongest)),
			"ms",
			mostMs.task,
		),
		figure("page: ours in frames that came late", median(withTag.map(({ ours }) => ours)), "ms"),
		figure(
			"page: within the page, shown",
			median(withTag.map(({ banners, frames }) => banners + frames)),
			"",
		),
		figure(
			"page: within the page, left out (no room, or too late)",
			median(withTag.map((one) => one.missed.length)),
			"",
		),
		atMost(
			"page: largest paint is ours, times",
			count(withTag, ({ isOurs }) => isOurs),
			"",
			0,
		),
		atMost(
			"page: not restored from the back/forward cache, times",
			count(withTag, (one) => !one.isRestored || one.reasons !== "null"),
			"",
			0,
		),
		atMost("page: requests from script to decision", requests.slice(1, toDecision + 1).length, "", 1),
		atMost(
			"page: preflights",
			count(withTag, ({ preflights }) => preflights > 0),
			"",
			0,
		),
	];
}

function count(looks: readonly Look[], is: (look: Look) => boolean): number {
	return looks.filter(is).length;
}
