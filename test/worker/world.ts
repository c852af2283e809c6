// A fresh site in workerd for each test: storage emptied, migrations applied, the demo's rules published.

import {
	applyD1Migrations,
	type D1Migration,
	reset,
	runDurableObjectAlarm,
	runInDurableObject,
} from "cloudflare:test";
import { env as bindings, exports } from "cloudflare:workers";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { readState, type State } from "../../worker/cell/state.ts";
import { deskWatermark } from "../../worker/data/conversations.ts";
import type { Owner } from "../../worker/domain/contact.ts";
import { forgetRecent } from "../../worker/edge/recent.ts";
import type { LocalEnv } from "../../worker/platform/env.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, deskOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectEvent, CollectResponse } from "../../worker/protocol/collect.ts";
import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { linesOf, type StoredSlot, storedSlots, untold } from "./told.ts";

export const env = bindings as LocalEnv & { readonly MIGRATIONS: D1Migration[]; readonly WITAJ_LONG: string };
/** The long version of the tests: `npm run test:long`. */
export const isLong = env.WITAJ_LONG === "1";
export const edge = "https://edge.example";
export const shop = "https://shop.example";
export const site = "demo";

export async function call(method: string, path: string, body?: unknown): Promise<Response> {
	return exports.default.fetch(`${edge}/api/sites/${path}`, {
		method,
		headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

/** What the edge answers to anybody. */
export function ask(path: string, init?: RequestInit): Promise<Response> {
	return exports.default.fetch(edge + path, init);
}

/** Publishes a site and answers with its public key. */
export async function publish(
	own: { site?: string; settings?: Partial<WrittenSettings>; definitions?: Partial<Definitions> } = {},
): Promise<string> {
	const name = own.site ?? site;
	await expectOk(call("PUT", `${name}/settings`, { ...settings, ...own.settings }));
	await expectOk(call("PUT", `${name}/definitions`, { ...definitions, ...own.definitions }));
	await expectOk(call("POST", `${name}/publish`));
	const keys = await expectOk(call("GET", `${name}/keys`));
	return (await keys.json<{ key: string }>()).key;
}

async function expectOk(answer: Promise<Response>): Promise<Response> {
	const response = await answer;
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response;
}

/** What the migrations make of an empty database: to run them all for each test takes as long as the test. */
let schema: readonly string[] | undefined;

export async function freshWorld(): Promise<void> {
	forgetRecent();
	// What a cell of the test before is just telling D1 may open it anew before it is deleted, with all that it held.
	do await reset();
	while (
		(await env.DB.prepare("SELECT name FROM sqlite_schema WHERE name = 'd1_migrations'").first()) !== null
	);
	if (schema) await env.DB.batch(schema.map((statement) => env.DB.prepare(statement)));
	else {
		await applyD1Migrations(env.DB, env.MIGRATIONS);
		schema = await schemaOf(env.DB);
	}
}

/** Statements that make all tables, and then whatever is made of tables. */
async function schemaOf(db: D1Database): Promise<readonly string[]> {
	const { results } = await db
		.prepare(
			`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
				AND name NOT LIKE 'message\\_words\\_%' ESCAPE '\\'
			ORDER BY type <> 'table', rowid`,
		)
		.all<{ sql: string }>();
	// An index of words makes its own tables, and what it was told once stands in one of them.
	const told = "INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1)";
	return [...results.map(({ sql }) => sql), told];
}

/** Waits until D1 has all that this browser's cell has to tell. */
export function drain(token: string | undefined, of: string = site): Promise<void> {
	return drainCell(partsOf(token).cell, of);
}

/** The same of this cell. */
export async function drainCell(cell: string, of: string = site): Promise<void> {
	for (let wait = 0; ; wait = 20) {
		const { lines } = await owedBy(of, cell);
		if (lines.every(({ sink }) => sink !== "d1")) return;
		await hurry(of, [cell], wait);
	}
}

/** Waits until no cell of the site owes anything to anyone, nor its desk. */
export async function settled(of: string = site): Promise<void> {
	const hasDesk = (await siteOf(env, of).settings())?.chat !== undefined;
	// What one hands to another while they are looked at may be seen with neither, so it is looked for twice.
	for (let quiet = 0, wait = 0; quiet < 2; ) {
		const cells = await siteOf(env, of).cells();
		const owed = await Promise.all(cells.map((cell) => owedBy(of, cell)));
		const isQuiet =
			owed.every(({ lines, errands }) => lines.length + errands.length === 0) &&
			!(hasDesk && (await owesDesk(of)));
		quiet = isQuiet ? quiet + 1 : 0;
		if (isQuiet) continue;
		await hurry(of, cells, wait);
		if (hasDesk) await runDurableObjectAlarm(deskOf(env, of));
		wait = 20;
	}
}

/** Whether a site's chat has something to tell that others have not got yet. */
export async function owesDesk(of: string = site): Promise<boolean> {
	const { slots, errands } = await runInDurableObject(deskOf(env, of), (_desk, { storage }) => ({
		slots: storage.sql.exec<StoredSlot & Record<string, SqlStorageValue>>(storedSlots).toArray(),
		errands: storage.sql.exec("SELECT id FROM errands").toArray(),
	}));
	const has = await deskWatermark(env.DB, of);
	return errands.length > 0 || linesOf(slots).some(({ seq }) => seq > has);
}

/** After `afterMs`, rings their alarms: left alone, a cell that has just told D1 something gathers before it does again. */
export async function hurry(of: string, cells: readonly string[], afterMs: number): Promise<void> {
	if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
	await Promise.all(cells.map((cell) => runDurableObjectAlarm(cellOf(env, of, cell))));
}

/** Lines that others have not got yet, and errands. */
export async function owedBy(of: string, cell: string) {
	const { slots, errands } = await runInDurableObject(cellOf(env, of, cell), (_cell, { storage }) => ({
		slots: storage.sql.exec<StoredSlot & Record<string, SqlStorageValue>>(storedSlots).toArray(),
		errands: storage.sql.exec("SELECT key FROM errands").toArray(),
	}));
	return { lines: await untold(env.DB, of, cell, linesOf(slots)), errands };
}

/** A person as their cell has them stored; nothing where it has none. */
export async function findState({ person, cell }: Owner, of: string = site): Promise<State | undefined> {
	return runInDurableObject(cellOf(env, of, cell), (_cell, { storage }) => {
		const query = "SELECT state FROM people WHERE id = ?";
		const [row] = storage.sql.exec<{ state: string }>(query, person).toArray();
		return row && readState(row.state);
	});
}

/** The same of somebody who has to be there. */
export async function stateOf(owner: Owner): Promise<State> {
	const state = await findState(owner);
	if (!state) throw new Error(`their cell has no ${owner.person}`);
	return state;
}

/** A browser: it keeps its token as a page would, and knows nothing else of us. */
export class Browser {
	token: string | undefined;
	readonly key: string;
	readonly headers: Record<string, string>;

	constructor(key: string, headers: Record<string, string> = {}) {
		this.key = key;
		this.headers = headers;
	}

	async view(path: string, referrer?: string): Promise<CollectResponse> {
		const url = shop + path;
		const props = { url, path: new URL(url).pathname, ...(referrer === undefined ? {} : { referrer }) };
		return this.send([event("Page Viewed", props)], path, { decide: true });
	}

	async track(name: string, props: Record<string, string | number | boolean> = {}): Promise<CollectResponse> {
		return this.send([event(name, props)], "/", {});
	}

	async send(events: readonly unknown[], path: string, more: object): Promise<CollectResponse> {
		const response = await this.post({ ...this.envelope(path), events, ...more });
		if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
		const answer = await response.json<CollectResponse>();
		this.token = answer.token ?? this.token;
		return answer;
	}

	envelope(path: string) {
		return {
			site: this.key,
			...(this.token === undefined ? {} : { token: this.token }),
			consent: "granted",
			page: { url: shop + path, language: "pl", visible: true },
			decide: false,
			sentAt: Date.now(),
			events: [] as unknown[],
		};
	}

	post(body: unknown): Promise<Response> {
		return exports.default.fetch(`${edge}/v1/collect`, {
			method: "POST",
			headers: { "content-type": "text/plain", "user-agent": chrome, origin: shop, ...this.headers },
			body: typeof body === "string" ? body : JSON.stringify(body),
		});
	}
}

export function event(name: string, props: CollectEvent["props"], at = Date.now()): CollectEvent {
	return { id: uuidv7(at), name, at, ...(props && { props }) };
}

/** What an inspector shows of this browser's visitor; nothing where nobody is known so. */
export function glimpse({ token }: Pick<Browser, "token">, path = "/", of = site) {
	const { cell, visitor } = partsOf(token);
	return inspectIn(cellOf(env, of, cell), visitor, path);
}

/** The same of one who has to be known. */
export async function inspect(browser: Pick<Browser, "token">, path = "/", of = site) {
	const seen = await glimpse(browser, path, of);
	if (!seen) throw new Error("the visitor is not known");
	return seen;
}

/** Cell and visitor, as the token says. */
export function partsOf(token: string | undefined): { cell: string; visitor: string } {
	const [, , cell = "", visitor = ""] = token?.split(".") ?? [];
	return { cell, visitor };
}

export const chrome =
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
