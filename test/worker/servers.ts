// What a site's server has: a secret key, and what it sends with one.

import { exports } from "cloudflare:workers";
import { findOwner } from "../../worker/directory/resolve.ts";
import type { Identifier } from "../../worker/domain/contact.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { Scope } from "../../worker/protocol/key.ts";
import { call, drainCell, edge, env, site } from "./world.ts";

export async function makeSecretKey(
	scopes: readonly Scope[] = ["events", "people"],
	of: string = site,
): Promise<string> {
	const response = await call("POST", `${of}/secret-keys`, { name: "shop", scopes });
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return (await response.json<{ key: string }>()).key;
}

/** To the edge, with a key as Segment's SDKs send it. */
export async function post(
	path: string,
	body: unknown,
	key: string | undefined,
	headers: Record<string, string> = {},
): Promise<Response> {
	return exports.default.fetch(`${edge}/v1/${path}`, {
		method: "POST",
		headers: { ...(key === undefined ? {} : { authorization: `Basic ${btoa(`${key}:`)}` }), ...headers },
		body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
	});
}

/** What of the verdicts matters to most tests, in the order of what was sent. */
export async function verdictsOf(answer: Promise<Response>): Promise<readonly string[]> {
	const response = await answer;
	const text = await response.text();
	if (!response.ok) throw new Error(`${response.status} ${text}`);
	const { verdicts } = JSON.parse(text) as { verdicts: { verdict: string; why?: string }[] };
	return verdicts.map(({ verdict, why }) => why ?? verdict);
}

/** Whoever the directory has for this name, as their cell knows them. */
export async function knownAs(identifier: Identifier) {
	const owner = await findOwner(env, site, identifier);
	return owner && cellOf(env, site, owner.cell).basics(owner.person);
}

/** Names of the events of whoever has this name, as D1 has them, in the order of time. */
export async function historyOf(identifier: Identifier): Promise<readonly string[]> {
	const owner = await findOwner(env, site, identifier);
	if (!owner) return [];
	await drainCell(owner.cell);
	const query = `SELECT e.name FROM parts p CROSS JOIN events e ON e.site = ?1 AND e.part = p.id
		WHERE p.site = ?1 AND p.person = ?2 AND e.cause IS NULL ORDER BY e.at, e.id`;
	const { results } = await env.DB.prepare(query).bind(site, owner.person).all<{ name: string }>();
	return results.map(({ name }) => name);
}
