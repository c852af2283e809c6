// Every page of the screen, by its route, with addresses at which a site has something to show there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { demoAccount } from "./client.ts";

const ui = join(import.meta.dirname, "../../worker/admin/ui");
const matched = (file: string, what: RegExp) =>
	Array.from(readFileSync(join(ui, file), "utf8").matchAll(what), ([, found]) => found ?? "");

/** As the screen itself has them. */
export const routes = (): readonly string[] => matched("shell/pages.tsx", /<Route path="([^"]+)"/g);
export const settingsParts = (): readonly string[] =>
	matched("pages/settings/settings.tsx", /\{ part: "(\w+)"/g);

/** Ids of what there is on a site, of each kind as many as a page is to be looked at with. */
export interface There {
	readonly people: readonly string[];
	readonly products: readonly string[];
	readonly imports: readonly string[];
	readonly conversations: readonly string[];
	readonly definitions: Readonly<Record<string, readonly string[]>>;
}

/** Asks the API of the site for the first of each. */
export async function thereAt(context: BrowserContext, edge: string, site: string): Promise<There> {
	const ask = async (path: string) => (await context.request.get(`${edge}/api/sites/${site}/${path}`)).json();
	const ids = (all: readonly { id: string }[]) => all.slice(0, 1).map(({ id }) => id);
	const { people } = await ask("people");
	const { products } = await ask("products");
	const { imports } = await ask("imports");
	const { conversations } = await ask("conversations");
	const { definitions } = await ask("definitions");
	const kinds = Object.groupBy(definitions as { kind: string; id: string }[], ({ kind }) => kind);
	return {
		...{ people: ids(people), products: ids(products), imports: ids(imports) },
		conversations: ids(conversations),
		definitions: Object.fromEntries(Object.entries(kinds).map(([kind, all = []]) => [kind, ids(all)])),
	};
}

/** Where to look at each page. */
export function placesOf(site: string, there: There): Readonly<Record<string, readonly string[]>> {
	const home = `/admin/${site}`;
	const each = (folder: string, ids: readonly string[] = []) =>
		ids.map((id) => `${home}/${folder}/${encodeURIComponent(id)}`);
	const { people, products, imports, conversations, definitions } = there;
	const [experience] = definitions.experience ?? [];
	return {
		"/admin/account/:part?": ["", "/security", "/sessions", "/activity", "/sites"].map(
			(part) => `/admin/account${part}`,
		),
		"/admin/:site": [home],
		"/admin/:site/people": [`${home}/people`],
		"/admin/:site/live": [`${home}/live`],
		"/admin/:site/chat/:list?/:conversation?": [
			`${home}/chat/visitors`,
			`${home}/chat/figures`,
			...each("chat/all", conversations),
		],
		"/admin/:site/reports/:report?/:id?": [
			...["", "/experiences", "/people", "/products", "/coupons"].map((report) => `${home}/reports${report}`),
			...(experience ? [`${home}/reports/experiences/${experience}`] : []),
		],
		"/admin/:site/people/conflicts": [`${home}/people/conflicts`],
		"/admin/:site/people/lists": [`${home}/people/lists`],
		"/admin/:site/people/lists/:id": each("people/lists", definitions.list),
		"/admin/:site/people/:person": each("people", people),
		"/admin/:site/segments": [`${home}/segments`],
		"/admin/:site/segments/:id": each("segments", [...(definitions.segment ?? []), "new"]),
		"/admin/:site/settings/:part?": ["", ...settingsParts()].map(
			(part) => `${home}/settings${part && `/${part}`}`,
		),
		"/admin/:site/start": [`${home}/start`],
		"/admin/:site/experiences": [`${home}/experiences`],
		"/admin/:site/experiences/new": [`${home}/experiences/new`],
		"/admin/:site/experiences/:id": each("experiences", definitions.experience),
		"/admin/:site/imports": [`${home}/imports`],
		"/admin/:site/imports/:id": each("imports", imports),
		"/admin/:site/products": [`${home}/products`],
		"/admin/:site/products/feed": [`${home}/products/feed`],
		"/admin/:site/products/item/:id": each("products/item", products),
		"/admin/:site/coupons": [`${home}/coupons`],
		"/admin/:site/tags": [`${home}/tags`],
		"/admin/:site/tags/interests/:id": each("tags/interests", definitions["interest-tag"]),
		"/admin/:site/tags/:id": each("tags", definitions["tag-rule"]),
		"/admin/:site/scores": [`${home}/scores`],
		"/admin/:site/scores/programmes/:id": each("scores/programmes", definitions.programme),
		"/admin/:site/scores/:id": each("scores", definitions["score-rule"]),
	};
}

/** A browser's own window, in which the owner of the demo is signed in. */
export async function signedIn(
	browser: Browser,
	edge: string,
	options: BrowserContextOptions = {},
): Promise<BrowserContext> {
	const context = await browser.newContext({
		locale: "en-GB",
		viewport: { width: 1440, height: 900 },
		...options,
	});
	const { email, password } = demoAccount;
	const answer = await context.request.post(`${edge}/api/session`, {
		data: { email, password },
		headers: { origin: edge },
	});
	if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
	return context;
}

/** When all that a page asked for is there. */
export const isShown = () =>
	document.querySelector("#page :is(h1, h2, h3)") !== null && document.querySelector(".skeleton") === null;

export async function untilShown(page: Page, timeout = 15_000): Promise<void> {
	await page.waitForFunction(isShown, undefined, { timeout });
}
