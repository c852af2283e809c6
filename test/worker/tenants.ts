// Tenants of one deployment: each with people, definitions, files and colleagues of its own, and a word in all of them that
// nobody else may ever see.

import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import type { Role } from "../../worker/domain/role.ts";
import { roles } from "../../worker/domain/role.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { siteOf } from "../../worker/platform/name.ts";
import { definitions } from "../shop/definitions.ts";
import { account, enter, Screen } from "./colleagues.ts";
import { Browser, drain, edge, env, inspect, publish, settled } from "./world.ts";

export interface Tenant {
	readonly site: string;
	/** Stands in whatever it writes. */
	readonly canary: string;
	readonly key: string;
	/** What stands for the parameters of a path. */
	readonly ids: Readonly<Record<string, string>>;
	readonly screens: Readonly<Record<Role, Screen>>;
}

export const drafts = ({ site, canary }: Pick<Tenant, "site" | "canary">) => ({
	...definitions,
	segments: [...definitions.segments, { id: `segment-${site}`, name: canary, condition: { all: [] } }],
	lists: [{ id: `list-${site}`, names: { pl: canary, en: canary } }],
});

export async function tenant(site: string): Promise<Tenant> {
	const canary = `canary${site}`;
	const key = await publish({
		site,
		settings: { name: `${canary} shop`, origins: [], chat: {} },
		definitions: drafts({ site, canary }),
	});
	const accounts = new Map<Role, string>();
	const screens = new Map<Role, Screen>();
	for (const role of roles) {
		const email = `${role}@${canary}.example`;
		const id = await account(email, { [site]: role });
		accounts.set(role, id);
		screens.set(role, await enter(id));
	}
	const owner = screens.get("owner") ?? new Screen();
	const browser = new Browser(key);
	await browser.view("/cennik", "");
	await browser.track("Form Submitted", { experience: "blog-newsletter", email: `anna@${canary}.example` });
	await drain(browser.token, site);
	const { person } = await inspect(browser, "/", site);
	const at = `/sites/${site}`;
	const secretKey = await owner.ask<{ id: string }>("POST", `${at}/secret-keys`, {
		name: canary,
		scopes: ["events"],
	});
	await owner.ask("POST", `${at}/pools/pool-${site}/codes`, { codes: [canary] });
	await owner.ask("PUT", `${at}/products`, { products: [product(`product-${site}`, canary)] });
	const csv = `email,name\nbea@${canary}.example,${canary}\n`;
	const uploaded = await owner.ask<{ id: string }>("POST", `${at}/imports?name=${canary}`, csv);
	const entry = await owner.ask<{ id: string }>("POST", `${at}/faq`, { texts: faq(canary) });
	const invitation = await owner.ask<{ id: string }>("POST", `${at}/invitations`, {
		email: `invited@${canary}.example`,
		role: "agent",
	});
	const said = { id: uuidv7(Date.now()), is: "send", text: canary };
	const asked = await exports.default.fetch(`${edge}/v1/chat`, {
		method: "POST",
		body: JSON.stringify({ site: key, token: browser.token, commands: [said] }),
	});
	const { conversation } = await asked.json<{ conversation: string }>();
	const file = await owner.ask<{ id: string }>(
		"POST",
		`${at}/conversations/${conversation}/files?name=${canary}.pdf`,
		`%PDF-1.7 ${canary}`,
	);
	await settled(site);
	return {
		site,
		canary,
		key,
		screens: Object.fromEntries(screens) as Tenant["screens"],
		ids: {
			site,
			person,
			segment: `segment-${site}`,
			list: `list-${site}`,
			experience: "ready-to-buy",
			key: secretKey.id,
			pool: `pool-${site}`,
			product: `product-${site}`,
			import: uploaded.id,
			line: "2",
			account: accounts.get("agent") ?? "",
			invitation: invitation.id,
			conversation,
			file: file.id,
			entry: entry.id,
			attribute: `attribute-${site}`,
		},
	};
}

const faq = (words: string) => ({ pl: { question: words, answer: words } });

export const product = (id: string, name: string) => ({
	id,
	name,
	url: "https://shop.example/p",
	currency: "PLN",
	price: 10,
});

/** A path with the ids of a tenant in it. */
export function pathOf(pattern: string, ids: Readonly<Record<string, string>>): string {
	return pattern.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? "unknown");
}

/** A body that the route takes, about what these ids name. Routes that are not here take none, or name nobody. */
export function bodyOf(
	route: string,
	{ ids, canary, site }: Pick<Tenant, "ids" | "canary" | "site">,
): unknown {
	const { person = "", segment = "", product: sold = "" } = ids;
	const url = "https://shop.example/";
	// Refused as it stands: nothing is fetched.
	const nowhere = { url: "https://10.0.0.1/feed.xml", currency: "PLN" };
	const of: Readonly<Record<string, unknown>> = {
		"PUT /sites/:site/settings": { name: `${canary} shop`, origins: [], consent: "ask" },
		"PUT /sites/:site/definitions": drafts({ site, canary }),
		"POST /sites/:site/conditions/check": { condition: { field: "segment", segment } },
		"POST /sites/:site/conditions/people": { condition: { field: "segment", segment } },
		"POST /sites/:site/segments/:segment/preview": { condition: { all: [] } },
		"POST /sites/:site/explain": { segment, person },
		"POST /sites/:site/pools/:pool/codes": { codes: [canary] },
		"POST /sites/:site/acts": {
			id: uuidv7(Date.now()),
			act: { kind: "tag", tag: canary },
			people: [person],
		},
		"POST /sites/:site/people/:person/link": { url },
		"POST /sites/:site/people/:person/confirmation": { edge, page: url, language: "en" },
		"POST /sites/:site/people/:person/unsubscribing": { channel: "email", purpose: "newsletter" },
		"POST /sites/:site/people/conflicts": { person, other: "somebody" },
		"POST /sites/:site/people/:person/merge": { into: person },
		"POST /sites/:site/people/:person/untie": { part: "part" },
		"POST /sites/:site/experiences/:experience/preview": { url, person },
		"POST /sites/:site/past/preview": { apply: { rule: "score-cennik" } },
		"POST /sites/:site/past/apply": { apply: { rule: "score-cennik" } },
		"POST /sites/:site/secret-keys": { name: canary, scopes: ["events"] },
		"POST /sites/:site/imports": `email\n${canary}@example.com\n`,
		"PUT /sites/:site/imports/:import/plan": {},
		"PATCH /sites/:site/imports/:import/rows/:line": { cells: { email: `x@${canary}.example` } },
		"POST /sites/:site/export": { segment, columns: ["id", "attribute.email"] },
		"PUT /sites/:site/catalogue/feed": nowhere,
		"POST /sites/:site/catalogue/feed/try": nowhere,
		"POST /sites/:site/catalogue/feed/decision": { sound: true },
		"PUT /sites/:site/products": { products: [product(sold, canary)] },
		"PATCH /sites/:site/products": { products: [{ id: sold, name: canary }] },
		"DELETE /sites/:site/products": { ids: [sold] },
		"PUT /sites/:site/team/:account": { role: "owner" },
		"PUT /sites/:site/attributes/:attribute": { names: { pl: canary, en: canary }, kind: null, version: 0 },
		"POST /sites/:site/conversations": {
			id: uuidv7(Date.now()),
			visitor: uuidv7(Date.now()),
			text: canary,
		},
		"POST /sites/:site/conversations/:conversation": {
			after: 0,
			commands: [{ id: uuidv7(Date.now()), is: "note", text: canary, seen: 0 }],
		},
		"POST /sites/:site/conversations/:conversation/mail": { to: `guest@${canary}.example` },
		"POST /sites/:site/conversations/:conversation/files": canary,
		"POST /sites/:site/faq": { texts: faq(canary) },
		"PUT /sites/:site/faq": { ids: [ids.entry ?? ""] },
		"PUT /sites/:site/faq/:entry": { texts: faq(canary), version: 1 },
		"POST /sites/:site/invitations": { email: `guest@${canary}.example`, role: "agent" },
	};
	return of[route] ?? {};
}

/** All that stands of a site where anybody but its cells writes. */
export async function stateOf(site: string): Promise<string> {
	const tables = await env.DB.prepare(
		"SELECT name FROM sqlite_master WHERE type = 'table' AND instr(sql, 'site TEXT') > 0 AND name <> 'watermarks'",
	).all<{ name: string }>();
	const rows = await env.DB.batch(
		tables.results.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name} WHERE site = ?1`).bind(site)),
	);
	const own = await env.DB.prepare("SELECT * FROM sites WHERE id = ?1").bind(site).all();
	const objects = [siteOf(env, site), env.CATALOGUE.getByName(site)] as readonly DurableObjectStub[];
	const dumps = await Promise.all(
		objects.map((object) =>
			runInDurableObject(object, (_, { storage }) =>
				["secret_keys", "pools", "codes", "previews", "products"].flatMap((table) => {
					const [known] = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray();
					return known ? storage.sql.exec(`SELECT * FROM ${table}`).toArray() : [];
				}),
			),
		),
	);
	return JSON.stringify([tables.results, rows.map(({ results }) => results), own.results, dumps]);
}
