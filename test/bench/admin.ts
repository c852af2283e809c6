// How long each page of the admin takes on a large site: 100,000 people with 2 million retained events, thousands of
// products and codes. From the navigation, all code from the browser's cache as on a second day, until nothing of the page
// is on its way any more.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { settings } from "../shop/definitions.ts";
import { withFrames } from "../shop/frames.ts";
import { launch } from "../support/chromium.ts";
import { demoAccount, pageView, publish, send, setUp } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import { placesOf, signedIn, thereAt, untilShown } from "../support/places.ts";
import type { Edge } from "../support/runtime.ts";
import { layLarge, largeSite as site } from "../support/seed-large.ts";
import { atMost, figure, type Measure, median } from "./report.ts";

const barMs = 1_000;
const times = 3;

export async function benchAdmin(isQuick: boolean): Promise<Measure[]> {
	const people = isQuick ? 10_000 : 100_000;
	const folder = mkdtempSync(join(import.meta.dirname, "../../dist/admin-"));
	const browser = await launch();
	try {
		await layLarge(people, folder, (line) => console.log(`  ${line}`));
		const edge = await startEdge({ port: 0, folder });
		try {
			await fillLarge(edge);
			const context = await signedIn(browser, edge.url);
			const places = placesOf(site, await thereAt(context, edge.url, site));
			const taken: Taken[] = [];
			for (const path of new Set(Object.values(places).flat()))
				taken.push(await takenBy(context, edge.url, path));
			for (const { path, ms, slowest } of taken)
				console.log(`  ${ms.toFixed(0).padStart(5)}  ${path}  ${slowest}`);
			const name = ({ path }: Taken) => `admin, ${people} people: ${path.replace(/[\w-]{36}/, "…")}`;
			return taken.map((one) =>
				isQuick ? figure(name(one), one.ms, "ms") : atMost(name(one), one.ms, "ms", barMs),
			);
		} finally {
			await edge.stop();
		}
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true });
	}
}

interface Taken {
	readonly path: string;
	readonly ms: number;
	/** The call of the API that took longest. */
	readonly slowest: string;
}

/** The middle one of several; the visit before them fills the browser's cache and is nobody's second day. */
export async function takenBy(context: BrowserContext, edge: string, path: string): Promise<Taken> {
	const page = await context.newPage();
	await page.addInitScript(watch);
	const all: number[] = [];
	let slowest = "";
	for (let i = 0; i <= times; i++) {
		await page.goto(`${edge}${path}`);
		await untilShown(page, 60_000);
		await page.waitForLoadState("networkidle");
		const { shownAt, call } = await page.evaluate(tellTaken);
		if (i > 0) all.push(shownAt);
		slowest = call;
	}
	await page.close();
	return { path, ms: median(all), slowest };
}

/** Notes, within the page, when something that was on its way was last drawn. */
function watch(): void {
	const isWaiting = () =>
		document.querySelector("#page :is(h1, h2, h3)") === null || document.querySelector(".skeleton") !== null;
	let wasWaiting = true;
	new MutationObserver(() => {
		const is = isWaiting();
		if (wasWaiting && !is) Object(window).shownAt = performance.now();
		wasWaiting = is;
	}).observe(document, { childList: true, subtree: true, attributes: true });
}

function tellTaken() {
	const calls = performance
		.getEntriesByType("resource")
		.filter(({ name }) => name.includes("/api/"))
		.sort((a, b) => b.duration - a.duration);
	const [first] = calls;
	const call = first ? `${first.duration.toFixed(0)} ms ${new URL(first.name).pathname}` : "";
	return { shownAt: Number(Object(window).shownAt), call };
}

/** Beside the people: the demo's definitions, products, codes, and one visitor of the live path with a long history. */
export async function fillLarge(edge: Edge): Promise<void> {
	const { key } = await publish(edge.url, site, settings, withFrames);
	await setUp(edge.url, demoAccount);
	let token: string | undefined;
	for (let n = 0; n < 200; n++) {
		const answer = await send(edge.url, pageView(key, `https://shop.example/p/${n}`, token));
		({ token } = (await answer.json()) as { token?: string });
	}
	for (let n = 0; n < 5_000; n += 200)
		await call(edge, "PUT", "products", {
			products: Array.from({ length: 200 }, (_, i) => ({
				id: `P-${n + i}`,
				name: `Kosiarka ${n + i}`,
				url: `https://shop.example/p/${n + i}`,
				currency: "PLN",
				price: 100 + i,
				brand: `Marka ${i % 20}`,
				categories: [`Kategoria ${i % 30}`],
			})),
		});
	await call(edge, "POST", "pools/wiosna/codes", {
		codes: Array.from({ length: 10_000 }, (_, n) => `WIOSNA-${n}`),
	});
	const rows = Array.from({ length: 5_000 }, (_, n) => `nowa-${n}@example.com;Anna ${n}`);
	const { id } = await call(edge, "POST", "imports?name=klienci.csv", ["e-mail;imie", ...rows].join("\n"));
	await call(edge, "PUT", `imports/${id}/plan`, {
		columns: [
			{ to: "identifier", kind: "email" },
			{ to: "attribute", name: "firstName", type: "text" },
		],
	});
	await call(edge, "POST", `imports/${id}/rehearsal`);
	const status = async () => (await call(edge, "GET", `imports/${id}`)).status;
	while ((await status()) !== "rehearsed") await new Promise((resolve) => setTimeout(resolve, 200));
}

async function call(edge: Edge, method: string, path: string, body?: object | string) {
	const response = await fetch(`${edge.url}/api/sites/${site}/${path}`, {
		method,
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return (await response.json()) as Readonly<Record<string, unknown>>;
}
