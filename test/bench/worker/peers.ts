// What a page view of ours stands beside, in the same process: nothing at all, one durable write, our checks at the
// edge alone, and the usual design done well. Same payload; the usual design validates alike, thinks with the same code
// and leaves the same rows.

import { DurableObject } from "cloudflare:workers";
import {
	type Entry,
	examine,
	type Passage,
	siteFactsOf,
	take,
	toldOf,
} from "../../../worker/cell/collect.ts";
import { offer } from "../../../worker/cell/offers.ts";
import { newState, readState, rowFor, type State, writeState } from "../../../worker/cell/state.ts";
import { adding, jsonbIn } from "../../../worker/data/intake.ts";
import { dayIn } from "../../../worker/domain/calendar.ts";
import { countsOf } from "../../../worker/domain/figure.ts";
import { arrivalRow, eventRow, partRow, personRow } from "../../../worker/domain/project.ts";
import { prepare, type Rules } from "../../../worker/domain/rules.ts";
import { agentOf, isBot } from "../../../worker/platform/agent.ts";
import { readBody } from "../../../worker/platform/body.ts";
import { keyringOf } from "../../../worker/platform/key.ts";
import { siteOfKey, type VisitorToken, verifyToken } from "../../../worker/platform/token.ts";
import {
	CollectRequest,
	type Envelope,
	sortClaims,
	sortEvents,
} from "../../../worker/protocol/collect.schema.ts";
import type { CollectEvent } from "../../../worker/protocol/collect.ts";
import { limits } from "../../../worker/protocol/limits.ts";
import type { Definitions, Experience } from "../../../worker/protocol/site.ts";

interface PeersEnv {
	readonly DB: D1Database;
	readonly BARE: DurableObjectNamespace<Bare>;
	readonly TOKEN_KEYS: string;
	readonly SITE_KEYS: string;
	/** How many objects share the durable writes. */
	readonly OBJECTS: string;
}

/** One durable write for each request, and no more. */
export class Bare extends DurableObject<PeersEnv> {
	constructor(state: DurableObjectState, env: PeersEnv) {
		super(state, env);
		state.storage.sql.exec(
			"CREATE TABLE IF NOT EXISTS bodies (visitor TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
		);
	}

	async keep(visitor: string, body: string): Promise<number> {
		this.ctx.storage.sql.exec(
			"INSERT INTO bodies (visitor, body) VALUES (?, ?) ON CONFLICT (visitor) DO UPDATE SET body = excluded.body",
			visitor,
			body,
		);
		return body.length;
	}
}

const retentionMs = 3 * 3_600_000;
const open = { "access-control-allow-origin": "*", "cache-control": "no-store" };
const siteFacts = siteFactsOf({ name: "Bench", origins: [], consent: "not-needed", retentionMs });
const dayOf = dayIn(siteFacts.timeZone);
let rules: Rules<Experience> | undefined;

async function hello(): Promise<Response> {
	return Response.json({ ok: true }, { headers: open });
}

/** The visitor is found without parsing: as long as an id, it stands where the harness has put it. */
async function bare(request: Request, env: PeersEnv): Promise<Response> {
	const body = await request.text();
	const visitor = request.headers.get("x-visitor") ?? "";
	const object = Number.parseInt(visitor.slice(-6), 16) % Number(env.OBJECTS);
	const kept = await env.BARE.getByName(`bare-${object}`).keep(visitor, body);
	return Response.json({ kept }, { headers: open });
}

interface Checked {
	readonly site: string;
	readonly token: VisitorToken;
	readonly envelope: Envelope;
	readonly good: readonly CollectEvent[];
}

/** All that our edge checks before it calls a cell. */
async function check(request: Request, env: PeersEnv): Promise<Checked | undefined> {
	const body = await readBody(request, limits.collectBody);
	if (body.is === "refused") return undefined;
	const parsed = CollectRequest.safeParse(body.value);
	if (!parsed.success || isBot(request.headers.get("user-agent"))) return undefined;
	const envelope = parsed.data;
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), envelope.site);
	if (site === undefined || envelope.token === undefined) return undefined;
	const token = await verifyToken(keyringOf(env.TOKEN_KEYS), site, envelope.token);
	if (!token) return undefined;
	sortClaims(envelope.claims);
	return { site, token, envelope, good: sortEvents(envelope.events).good };
}

async function edge(request: Request, env: PeersEnv): Promise<Response> {
	const checked = await check(request, env);
	if (!checked) return new Response(null, { status: 400 });
	const verdicts = checked.good.map(({ id }) => ({ id, verdict: "ok" }));
	return Response.json({ verdicts, show: [], grants: [] }, { headers: open });
}

/** A read of the visitor, the thinking, and one batch. */
async function usual(request: Request, env: PeersEnv): Promise<Response> {
	const checked = await check(request, env);
	if (!checked || !rules) return new Response(null, { status: 400 });
	const { site, token, envelope, good } = checked;
	const known = await env.DB.prepare("SELECT state FROM states WHERE site = ?1 AND id = ?2")
		.bind(site, token.visitor)
		.first<string>("state");
	const now = Date.now();
	const state = known === null ? newState(now, 1) : readState(known);
	const passage: Passage = {
		state,
		rules,
		site: siteFacts,
		person: token.visitor,
		part: token.visitor,
		environment: { ...agentOf(request.headers.get("user-agent") ?? ""), language: "pl" },
		page: envelope.page,
		now,
		entries: [],
	};
	const verdicts = good.map((sent) => {
		const examined = examine(state, sent, now - envelope.sentAt, now, siteFacts.money);
		return examined.is === "settled" ? examined.verdict : take(passage, examined);
	});
	const { show } = envelope.decide ? offer(passage, false) : { show: [] };
	state.version++;
	await env.DB.batch(statements(env.DB, site, token, state, passage.entries, known === null));
	return Response.json({ verdicts, show, grants: [] }, { headers: open });
}

function statements(
	db: D1Database,
	site: string,
	{ visitor, cell }: VisitorToken,
	state: State,
	entries: readonly Entry[],
	isNew: boolean,
): D1PreparedStatement[] {
	const { epoch, version, standing } = state;
	const { identity, segments, person } = standing;
	const told = entries.map(toldOf);
	const rows = told.map(({ event, ...aside }) => eventRow(site, visitor, event, aside));
	const open = rowFor(state, entries);
	const counts = countsOf(told, person.parts[visitor]?.facts, dayOf);
	const arrival = open && arrivalRow(site, visitor, open, rows, counts);
	if (open && arrival) {
		const { events, outline, counts = "" } = arrival;
		open.characters += events.length + outline.length + counts.length;
	}
	const batch = [insert(db, "states", { site, id: visitor, state: writeState(state) })];
	if (arrival) batch.push(insert(db, "arrivals", { ...arrival }));
	if (!isNew && entries.every(({ effects, touch }) => effects.length === 0 && !touch)) return batch;
	batch.push(
		insert(db, "people", {
			...personRow(site, { id: visitor, cell, epoch, version, identity, segments, retentionMs }),
		}),
	);
	for (const part of Object.values(person.parts))
		batch.push(insert(db, "parts", { ...partRow(site, visitor, epoch, part, null) }));
	return batch;
}

function insert(
	db: D1Database,
	table: string,
	row: Readonly<Record<string, string | number | null>>,
): D1PreparedStatement {
	const columns = Object.keys(row);
	const binary = jsonbIn[table] ?? [];
	const places = columns
		.map((name, i) => (binary.includes(name) ? `jsonb(?${i + 1})` : `?${i + 1}`))
		.join(", ");
	const set = columns.filter((column) => !["site", "id", "person"].includes(column));
	const conflict =
		table === "arrivals"
			? adding
			: `ON CONFLICT (site, id) DO UPDATE SET ${set.map((name) => `${name} = excluded.${name}`).join(", ")}`;
	return db
		.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places}) ${conflict}`)
		.bind(...Object.values(row));
}

async function define(request: Request, env: PeersEnv): Promise<Response> {
	rules = prepare<Experience>((await request.json()) as Definitions);
	await env.DB.prepare(
		"CREATE TABLE IF NOT EXISTS states (site TEXT, id TEXT, state TEXT, PRIMARY KEY (site, id)) WITHOUT ROWID",
	).run();
	return Response.json({ ok: true });
}

const routes: Readonly<Record<string, (request: Request, env: PeersEnv) => Promise<Response>>> = {
	"/hello": hello,
	"/bare": bare,
	"/edge": edge,
	"/usual": usual,
	"/define": define,
};

export default {
	async fetch(request, env): Promise<Response> {
		const route = routes[new URL(request.url).pathname];
		return route ? route(request, env) : new Response(null, { status: 404 });
	},
} satisfies ExportedHandler<PeersEnv>;
