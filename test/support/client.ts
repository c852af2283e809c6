// A site's operator and a browser, reduced to their requests: what seeds, tests and benchmarks speak through.

import { randomFillSync } from "node:crypto";
import type { CollectEvent, CollectResponse } from "../../worker/protocol/collect.ts";
import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";
import { localSecrets } from "./edge.ts";

interface SiteKeys {
	readonly key: string;
	readonly staffMark: string;
}

/** Publishes a site through the authenticated API, and answers with its public key. */
export async function publish(
	edge: string,
	site: string,
	settings: WrittenSettings,
	definitions: Definitions,
	adminToken: string = localSecrets.ADMIN_TOKEN,
): Promise<SiteKeys> {
	const call = operator(edge, site, adminToken);
	await call("PUT", "settings", settings);
	await call("PUT", "definitions", definitions);
	await call("POST", "publish");
	return (await call("GET", "keys")) as SiteKeys;
}

/** The same, of a site that was never published: what became of one that was, is somebody's work, and stays. */
export async function publishOnce(
	edge: string,
	site: string,
	settings: WrittenSettings,
	definitions: Definitions,
): Promise<SiteKeys> {
	const headers = { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` };
	const asked = await fetch(`${edge}/api/sites/${site}/publication`, { headers });
	if (!asked.ok && asked.status !== 404)
		throw new Error(`publication: ${asked.status} ${await asked.text()}`);
	const { revision = 0 } = (await asked.json()) as { readonly revision?: number };
	if (revision === 0) return publish(edge, site, settings, definitions);
	return (await operator(edge, site, localSecrets.ADMIN_TOKEN)("GET", "keys")) as SiteKeys;
}

/** Whom a developer signs in as: of their own machine, and of no deployment. */
export const demoAccount = { email: "demo@witaj.example", name: "Demo", password: "witaj-witaj" } as const;

/** Makes the first account, where there is none. */
export async function setUp(edge: string, account: typeof demoAccount): Promise<void> {
	const response = await fetch(`${edge}/api/setup`, {
		method: "POST",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify(account),
	});
	if (!response.ok && response.status !== 409)
		throw new Error(`setup: ${response.status} ${await response.text()}`);
}

/** Uploads codes of a pool; those that it has already change nothing. */
export async function addCodes(
	edge: string,
	site: string,
	pool: string,
	codes: readonly string[],
): Promise<void> {
	await operator(edge, site, localSecrets.ADMIN_TOKEN)("POST", `pools/${pool}/codes`, { codes });
}

/** Has the site fetch a shop's feed now and once a day, and answers when that is under way. */
export async function loadFeed(edge: string, site: string, url: string): Promise<void> {
	const call = operator(edge, site, localSecrets.ADMIN_TOKEN);
	await call("PUT", "catalogue/feed", { url, everyHours: 24 });
	await call("POST", "catalogue/feed/run");
}

/** Products that the site's own system tells of, one by one. */
export async function putProducts(edge: string, site: string, products: readonly object[]): Promise<void> {
	await operator(edge, site, localSecrets.ADMIN_TOKEN)("PUT", "products", { products });
}

function operator(edge: string, site: string, adminToken: string) {
	return async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const response = await fetch(`${edge}/api/sites/${site}/${path}`, {
			method,
			headers: { authorization: `Bearer ${adminToken}` },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return response.json();
	};
}

/** UUIDv7 of an instant. */
export function messageId(at: number = Date.now()): string {
	const bytes = randomFillSync(Buffer.alloc(16));
	bytes.writeUIntBE(at, 0, 6);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const chromeAgent =
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

/** The body that a page sends for one page view. */
export function pageView(key: string, url: string, token?: string, referrer?: string) {
	const now = Date.now();
	const view = messageId(now);
	const path = new URL(url).pathname;
	const props = { url, path, title: "Page", ...(referrer === undefined ? {} : { referrer }) };
	const event: CollectEvent = { id: view, name: "Page Viewed", at: now, props };
	return {
		site: key,
		...(token === undefined ? {} : { token }),
		consent: "granted" as const,
		page: { view, url, ...(referrer === undefined ? {} : { referrer }), language: "pl", visible: true },
		decide: true,
		sentAt: now,
		events: [event],
	};
}

export async function send(
	edge: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<Response> {
	return fetch(`${edge}/v1/collect`, {
		method: "POST",
		headers: {
			"content-type": "text/plain",
			"user-agent": chromeAgent,
			origin: "https://shop.example",
			...headers,
		},
		body: typeof body === "string" ? body : JSON.stringify(body),
	});
}

export async function answered(response: Response): Promise<CollectResponse> {
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return (await response.json()) as CollectResponse;
}
