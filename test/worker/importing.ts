// A marketer who imports: for suites that upload, rehearse, run and undo.

import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import type * as z from "zod/mini";
import { readState } from "../../worker/cell/state.ts";
import { cellOf, importOf, siteOf } from "../../worker/platform/name.ts";
import type { ImportView } from "../../worker/protocol/import.schema.ts";
import { drainCell, edge, env, site } from "./world.ts";

export type View = z.infer<typeof ImportView>;

export function ask(method: string, path: string, body?: BodyInit): Promise<Response> {
	return exports.default.fetch(`${edge}/api/sites/${site}/${path}`, {
		method,
		headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
		...(body === undefined ? {} : { body }),
	});
}

async function sound(answer: Promise<Response>): Promise<View> {
	const response = await answer;
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json<View>();
}

export class Importing {
	readonly id: string;
	constructor(id: string) {
		this.id = id;
	}

	static async upload(file: BodyInit, plan: object = {}): Promise<Importing> {
		const { id } = await sound(ask("POST", "imports?name=test", file));
		const one = new Importing(id);
		if (Object.keys(plan).length > 0) await one.put("plan", plan);
		return one;
	}

	view(): Promise<View> {
		return sound(ask("GET", `imports/${this.id}`));
	}

	put(what: "plan", body: object): Promise<View> {
		return sound(ask("PUT", `imports/${this.id}/${what}`, JSON.stringify(body)));
	}

	async to(status: View["status"], most = 60_000): Promise<View> {
		for (const until = Date.now() + most; Date.now() < until; ) {
			// An object that a test has just killed answers the next time.
			const view = await this.view().catch(() => undefined);
			if (view?.status === status) return view;
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
		throw new Error(`never ${status}: ${JSON.stringify(await this.view()).slice(0, 2_000)}`);
	}

	async rehearse(): Promise<View> {
		await sound(ask("POST", `imports/${this.id}/rehearsal`));
		return this.to("rehearsed");
	}

	async run(most?: number): Promise<View> {
		await sound(ask("POST", `imports/${this.id}/run`));
		return this.to("done", most);
	}

	async undo(most?: number): Promise<View> {
		await sound(ask("POST", `imports/${this.id}/undo`));
		return this.to("undone", most);
	}

	async rows(): Promise<readonly { line: number; reason: string; column: string | null; value: string }[]> {
		const { rows } = await (await ask("GET", `imports/${this.id}/rows`)).json<{ rows: [] }>();
		return rows;
	}

	get object() {
		return importOf(env, site, this.id);
	}
}

/** Waits until D1 has all that the site's cells have to tell. */
export async function drainAll(): Promise<void> {
	for (const cell of await siteOf(env, site).cells()) await drainCell(cell);
}

/** All rows of all cells and shards of the directory, and of D1, without what says how often something was written. */
export async function everything(asked = { owners: true }): Promise<unknown> {
	const cells: unknown[] = [];
	for (const cell of await siteOf(env, site).cells()) {
		const found = await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => ({
			people: storage.sql
				.exec<{ id: string; state: string; due_at: number | null }>("SELECT * FROM people ORDER BY id")
				.toArray()
				.map(({ state, ...row }) => ({ ...row, state: { ...readState(state), version: 0 } })),
			browsers: storage.sql.exec("SELECT * FROM browsers").toArray(),
		}));
		// A cell may have come to be, and have nobody.
		if (found.people.length > 0) cells.push({ cell, ...found });
	}
	const all = async (query: string) => (await env.DB.prepare(query).all()).results;
	const rows = {
		people: (await all("SELECT * FROM people ORDER BY id")).map((row) => ({
			...row,
			version: 0,
			segments: JSON.parse(String(row.segments)),
		})),
		parts: (await all("SELECT *, json(facts) AS facts FROM parts ORDER BY id")).map((row) => ({
			...row,
			version: 0,
			seq: 0,
		})),
		arrivals: await all("SELECT * FROM arrivals ORDER BY part, at, id"),
		events: await all("SELECT * FROM contact_events ORDER BY part, at, id"),
	};
	return { cells, rows, ...(asked.owners && { owners: await owners() }) };
}

async function owners(): Promise<unknown> {
	const shards = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
	const known = await Promise.all(
		shards.map((shard) =>
			runInDurableObject(env.DIRECTORY.getByName(`${site}/${shard}`), (_directory, { storage }) =>
				storage.sql.exec("SELECT * FROM owners ORDER BY key").toArray(),
			),
		),
	);
	return known.flat();
}

/** Every text that any cell of the site still holds anywhere. */
export async function textsInCells(): Promise<string> {
	const texts: string[] = [];
	for (const cell of await siteOf(env, site).cells())
		texts.push(
			await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) =>
				JSON.stringify(
					["people", "outbox", "dead", "browsers"].map((table) =>
						storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
					),
				),
			),
		);
	return texts.join("\n");
}
