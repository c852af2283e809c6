// Test-only: Witaj as built, with a D1 that fails to order and doors for the tests' questions.

import built, {
	Cell as BuiltCell,
	Desk as BuiltDesk,
	Bulk,
	Catalogue,
	Content,
	Directory,
	Import,
	Removal,
	Site,
	Visitors,
} from "witaj:built";
import { inspectIn } from "../../../worker/admin/inspect.ts";
import type { Telling } from "../../../worker/cell/receive.ts";
import { database } from "../../../worker/data/tables.ts";
import { findOwner, resolve } from "../../../worker/directory/resolve.ts";
import type { Identifier } from "../../../worker/domain/contact.ts";
import type { DeskEnv, EdgeEnv, LocalEnv } from "../../../worker/platform/env.ts";
import { cellOf, deskOf, siteOf } from "../../../worker/platform/name.ts";
import { linesOf, type StoredSlot, storedSlots, untold } from "../../worker/told.ts";
import { faulty, figuresSoFar, order } from "./database.ts";
import type { Look, Plan, Tables, Waiting } from "./plan.ts";

export { Bulk, Catalogue, Content, Directory, Import, Removal, Site, Visitors };

/** Faults are between the cells and D1: the doors below, and the operator's API, see it as it is. */
export class Cell extends BuiltCell {
	constructor(state: DurableObjectState, env: EdgeEnv & { readonly PLAN: string }) {
		orderOnce(env.PLAN);
		super(state, { ...env, DB: faulty(env.DB) });
	}

	/** What waits is D1's to say: it is worked out at the door. */
	async tables(): Promise<Omit<Tables, "outbox">> {
		const all = <T extends Record<string, SqlStorageValue>>(query: string) =>
			this.ctx.storage.sql.exec<T>(query).toArray();
		return {
			people: all<{ id: string; state: string }>("SELECT id, state FROM people"),
			slots: linesOf(all<StoredSlot & Record<string, SqlStorageValue>>(storedSlots)),
			dead: all<Waiting & Record<string, SqlStorageValue>>("SELECT seq, sink, payload FROM dead"),
		};
	}

	async fall(): Promise<void> {
		this.ctx.abort("the test wants it");
	}

	/** Every row of every table, but for bounds of walks, which the registry speaks of. */
	async dump(): Promise<string> {
		const { sql } = this.ctx.storage;
		const tables = sql
			.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
			.toArray();
		const names = tables.flatMap(({ name }) => (name.startsWith("_cf_") ? [] : [name]));
		const rows = names.flatMap((name) => sql.exec(`SELECT * FROM "${name}"`).toArray());
		return JSON.stringify(rows.filter(({ key }) => key !== "fill" && key !== "apply"));
	}
}

/** Its transcripts meet the same faults. */
export class Desk extends BuiltDesk {
	constructor(state: DurableObjectState, env: DeskEnv & { readonly PLAN: string }) {
		orderOnce(env.PLAN);
		super(state, { ...env, DB: faulty(env.DB) });
	}

	async fall(): Promise<void> {
		this.ctx.abort("the test wants it");
	}
}

interface TestEnv extends LocalEnv {
	/** How D1 fails from the first moment of the process on. */
	readonly PLAN: string;
}

let isOrdered = false;
function orderOnce(plan: string): void {
	if (!isOrdered) order(JSON.parse(plan) as Plan);
	isOrdered = true;
}

type Door = (env: TestEnv, asked: Record<string, string>, request: Request) => Promise<unknown>;

const doors: Readonly<Record<string, Door>> = {
	"/faults/plan": async (_env, _asked, request) => order(await request.json<Plan>()),
	"/faults/figures": async () => figuresSoFar(),
	"/faults/cells": async (env, { site = "" }) => siteOf(env, site).cells(),
	"/faults/tables": async (env, { site = "", cell = "" }) => {
		const tables = await (cellOf(env, site, cell) as unknown as DurableObjectStub<Cell>).tables();
		return { ...tables, outbox: await untold(env.DB, site, cell, tables.slots) } satisfies Tables;
	},
	/** All that is stored of a site anywhere; of the directory, whose these identifiers are. */
	"/faults/everything": async (env, { site = "" }, request) => {
		const identifiers = await request.json<Identifier[]>();
		const texts: string[] = [];
		for (const [table, holding] of Object.entries(database)) {
			if (holding.holds !== "personal") continue;
			const columns = table === "parts" ? "*, json(facts) AS readable" : "*";
			// The words of all sites stand in one index.
			const of = table.startsWith("message_words") ? "?1 = ?1" : "site = ?1";
			const { results } = await env.DB.prepare(`SELECT ${columns} FROM ${table} WHERE ${of}`)
				.bind(site)
				.all();
			texts.push(JSON.stringify(results));
		}
		for (const cell of await siteOf(env, site).cells())
			texts.push(await (cellOf(env, site, cell) as unknown as DurableObjectStub<Cell>).dump());
		for (const one of identifiers) texts.push(JSON.stringify((await findOwner(env, site, one)) ?? null));
		return texts.join("\n");
	},
	/** What a site's server tells: it may have found the person long before. */
	"/faults/resolve": async (env, { site = "", person, cell }, request) => {
		const owner = person && cell ? { person, cell } : undefined;
		return resolve(env, site, await request.json<Identifier[]>(), owner);
	},
	"/faults/receive": async (env, { site = "", cell = "" }, request) => {
		const people = await request.json<Telling[]>();
		return cellOf(env, site, cell).receive({ site, cell, people });
	},
	"/faults/abort-desk": async (env, { site = "" }) => {
		// It cannot answer: that it does not is what was wanted.
		await (deskOf(env, site) as unknown as DurableObjectStub<Desk>).fall().catch(() => undefined);
		return null;
	},
	"/faults/evict": async (env, { site = "" }) => {
		const cells = (await siteOf(env, site).cells()).map((cell) => cellOf(env, site, cell));
		const falling = [deskOf(env, site), ...cells] as unknown as readonly DurableObjectStub<Cell | Desk>[];
		await Promise.all(falling.map((object) => object.fall().catch(() => undefined)));
		return null;
	},
	"/faults/look": look,
	"/faults/prototype": async () => Object.getOwnPropertyNames(Object.prototype),
	/** The clock is moved and the person looked at in one breath, so that a second's difference can be seen. */
	"/faults/clock": async (env, asked) => {
		await siteOf(env, asked.site ?? "").moveClock(Number(asked.offset));
		return asked.visitor === undefined ? null : look(env, asked);
	},
	"/faults/sql": async (env, _asked, request) => {
		const { query, values } = await request.json<{ query: string; values: unknown[] }>();
		return (
			await env.DB.prepare(query)
				.bind(...values)
				.all()
		).results;
	},
};

async function look(
	env: TestEnv,
	{ site = "", cell = "", visitor = "", path = "/" }: Record<string, string>,
) {
	const seen = await inspectIn(cellOf(env, site, cell), visitor, path);
	if (!seen) return null;
	const { now, identity, firstSeenAt, lastSeenAt, visits, tags, score } = seen;
	const segments = seen.segments.flatMap(({ id, since }) => (since === null ? [] : [id]));
	const candidates = seen.candidates.map(({ experience, reason }) => ({ experience, reason: reason.is }));
	const person = { now, identity, firstSeenAt, lastSeenAt, visits, tags, score, segments, candidates };
	return person satisfies Look;
}

export default {
	async fetch(request, env, context) {
		orderOnce(env.PLAN);
		const { pathname, searchParams } = new URL(request.url);
		const door = Object.hasOwn(doors, pathname) ? doors[pathname] : undefined;
		if (door) return Response.json((await door(env, Object.fromEntries(searchParams), request)) ?? null);
		return built.fetch(request, env, context);
	},
} satisfies ExportedHandler<TestEnv>;
