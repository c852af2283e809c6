// A site whose cell is called directly, and what there is to see of a publication's way to its people.

import { runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import { collectIn } from "../../worker/cell/call.ts";
import { readState, type State } from "../../worker/cell/state.ts";
import type { Condition, EventMatch } from "../../worker/domain/condition.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Definitions, SiteSettings } from "../../worker/protocol/site.ts";
import { linesOf, type StoredSlot, storedSlots, untold } from "./told.ts";
import { env, hurry } from "./world.ts";

export const cell = "eu-eeur-0";
export const settings: SiteSettings = {
	name: "Shop",
	origins: [],
	consent: "not-needed",
	retentionMs: 3 * 3_600_000,
};
const nothing: Definitions = { tagRules: [], scoreRules: [], segments: [], experiences: [] };
export const viewed = (path: string): EventMatch => ({
	name: "Page Viewed",
	path: { op: "is", value: path },
});
export const times = (match: EventMatch, n: number): Condition => ({
	field: "events",
	match,
	count: { op: ">=", n },
});
export const segment = (id: string, condition: Condition) => ({ id, name: id, condition });

/** As JSON brings it. */
function sent<T>(value: T): T {
	return JSON.parse(JSON.stringify(value));
}

export async function publish(site: string, revision: number, own: Partial<Definitions>): Promise<void> {
	await siteOf(env, site).publish(sent({ site, revision, settings, definitions: { ...nothing, ...own } }));
}

export async function send(site: string, visitor: string, events: readonly CollectEvent[]): Promise<void> {
	const answer = await collectIn(cellOf(env, site, cell), {
		site,
		cell,
		who: { is: "new", visitor },
		origin: undefined,
		environment: {},
		page: { url: "https://shop.example/", visible: true },
		decide: false,
		sentAt: Date.now(),
		events: sent(events),
		claims: [],
	});
	if (answer.is !== "answered") throw new Error(JSON.stringify(answer));
}

export const view = (path: string, at = Date.now()): CollectEvent => ({
	id: uuidv7(at),
	name: "Page Viewed",
	at,
	props: { path },
});
export const subscribed = (email: string): CollectEvent => ({
	id: uuidv7(Date.now()),
	name: "Form Submitted",
	at: Date.now(),
	props: { email },
});

export function inCell<T>(site: string, look: (sql: SqlStorage) => T): Promise<T> {
	return runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => look(storage.sql));
}

export async function states(site: string): Promise<ReadonlyMap<string, State>> {
	const rows = await inCell(site, (sql) =>
		sql.exec<{ id: string; state: string }>("SELECT id, state FROM people ORDER BY id").toArray(),
	);
	return new Map(rows.map(({ id, state }) => [id, readState(state)]));
}

/** Until D1 has all of it, and the publication has come to everybody. */
export async function settled(site: string, timeout = 20_000): Promise<void> {
	await vi.waitFor(
		async () => {
			await hurry(site, [cell], 0);
			// Asked first: what it has done is in the outbox by then.
			const { people, done } = await siteOf(env, site).filling();
			const slots = await inCell(site, (sql) =>
				sql.exec<StoredSlot & Record<string, SqlStorageValue>>(storedSlots).toArray(),
			);
			const waiting = (await untold(env.DB, site, cell, linesOf(slots))).filter(({ sink }) => sink === "d1");
			expect([done, waiting.length]).toEqual([people, 0]);
		},
		{ timeout, interval: 30 },
	);
}

/** What is counted of a person, and the segments they are in. */
function sumOf({ standing }: State) {
	const parts = Object.values(standing.person.parts).map(({ id, facts }) => {
		const { counters, values = {}, sums = {}, visits, tags, score } = facts;
		return { id, counters, values, sums, visits, tags, score };
	});
	return { parts, segments: Object.keys(standing.segments).sort(), identity: standing.identity };
}

export const sums = async (site: string) =>
	Array.from(await states(site), ([person, state]) => [person, sumOf(state)] as const);

export async function membersInD1(site: string, id: string): Promise<readonly string[]> {
	const query = "SELECT id FROM people WHERE site = ?1 AND segments ->> ?2 IS NOT NULL ORDER BY id";
	const { results } = await env.DB.prepare(query).bind(site, `$."${id}"`).all<{ id: string }>();
	return results.map((row) => row.id);
}
