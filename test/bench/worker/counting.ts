// The product as it is, with what it writes counted: rows by table in objects and in D1, alarms set, requests to
// objects. Behind `/bench` stand the acts that a benchmark needs and production must not have.

import { type CollectCall, collectIn } from "../../../worker/cell/call.ts";
import { Cell as PlainCell } from "../../../worker/cell/cell.ts";
import app from "../../../worker/demo/index.ts";
import { type Claimed, Directory as PlainDirectory } from "../../../worker/directory/directory.ts";
import type { Owner } from "../../../worker/domain/contact.ts";
import type { EdgeEnv, LocalEnv } from "../../../worker/platform/env.ts";
import { cellOf, siteOf } from "../../../worker/platform/name.ts";
import type { Snapshot } from "../../../worker/protocol/site.ts";
import { Site as PlainSite } from "../../../worker/site/site.ts";
import { linesOf, type StoredSlot, storedSlots, untold } from "../../worker/told.ts";
import { countedDatabase, countStorage, counts, pause, reset } from "./counts.ts";

export class Site extends PlainSite {
	/** In life nobody moves the clock: what it costs is not counted. */
	override async moveClock(offsetMs: number): Promise<void> {
		const resume = pause();
		const moved = super.moveClock(offsetMs);
		resume();
		return moved;
	}
}

/** What forms ask of it. */
export class Directory extends PlainDirectory {
	constructor(state: DurableObjectState, env: EdgeEnv) {
		countStorage(state.storage);
		super(state, env);
	}

	override async claim(key: string, owner?: Owner): Promise<Claimed> {
		counts.objectRequests++;
		return super.claim(key, owner);
	}
}

/** Ids of people who were written by `fill`: not those of any visitor. */
const filledId = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

export class Cell extends PlainCell {
	constructor(state: DurableObjectState, env: EdgeEnv) {
		countStorage(state.storage);
		super(state, { ...env, DB: countedDatabase(env.DB) });
	}

	override async collect(call: string): Promise<string> {
		counts.objectRequests++;
		return super.collect(call);
	}

	override async publish(snapshot: Snapshot): Promise<void> {
		counts.objectRequests++;
		return super.publish(snapshot);
	}

	override async alarm(): Promise<void> {
		counts.alarms++;
		return super.alarm();
	}

	/** As of the site above. */
	override async moveClock(offsetMs: number): Promise<void> {
		const resume = pause();
		const moved = super.moveClock(offsetMs);
		resume();
		return moved;
	}

	/** Learns what is published, as at the first request. */
	async bear(call: CollectCall): Promise<number> {
		await super.collect(JSON.stringify(call));
		return 1;
	}

	/** What the outbox holds, told or not. */
	async slots(): Promise<StoredSlot[]> {
		const resume = pause();
		const slots = this.ctx.storage.sql
			.exec<StoredSlot & Record<string, SqlStorageValue>>(storedSlots)
			.toArray();
		resume();
		return slots;
	}

	/** How many people are due for a look before that instant. */
	async due(before: number): Promise<number> {
		const resume = pause();
		const [row] = this.ctx.storage.sql
			.exec("SELECT count(*) AS n FROM people WHERE due_at <= ?", before)
			.toArray();
		resume();
		return Number(row?.n);
	}

	/** The instance dies, as it does after some idle time; the next call makes a new one. */
	async evict(): Promise<void> {
		await this.ctx.storage.sync();
		this.ctx.abort("evicted");
	}

	/** Writes people who are all like the one given. */
	async fill(like: string, count: number): Promise<void> {
		const resume = pause();
		this.ctx.storage.sql.exec(
			`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
			INSERT INTO people (id, due_at, state)
			SELECT printf('00000000-0000-7000-8000-%012d', i), due_at + i, replace(state, id, printf('00000000-0000-7000-8000-%012d', i))
			FROM n, people WHERE id = ?`,
			count,
			like,
		);
		resume();
	}

	/** Loads people whom `fill` wrote, the way a request without events does. */
	async loadFilled(call: CollectCall, from: number, to: number): Promise<number> {
		let answered = 0;
		for (let n = from; n < to; n++) {
			const who = { is: "known", visitor: filledId(n) } as const;
			const answer = await collectIn({ collect: (text) => super.collect(text) }, { ...call, who });
			if (answer.is === "answered") answered++;
		}
		return answered;
	}
}

/** What the acts take. */
interface Ask {
	readonly site: string;
	readonly cells: readonly string[];
	readonly offsetMs: number;
	readonly before: number;
	readonly like: string;
	readonly count: number;
	readonly call: CollectCall;
	readonly from: number;
	readonly to: number;
}

type BenchEnv = Omit<LocalEnv, "CELL"> & { readonly CELL: DurableObjectNamespace<Cell> };

const acts: Readonly<Record<string, (ask: Ask, env: BenchEnv) => unknown>> = {
	counts: () => counts,
	reset: () => reset(),
	clock: ({ site, offsetMs }, env) => siteOf(plain(env), site).moveClock(offsetMs),
	cells: ({ site }, env) => siteOf(plain(env), site).cells(),
	bear: (ask, env) => sum(ask, env, (cell, name) => cell.bear({ ...ask.call, cell: name })),
	waiting: (ask, env) =>
		sum(ask, env, async (cell, name) => {
			const waiting = await untold(env.DB, ask.site, name, linesOf(await cell.slots()));
			return waiting.filter(({ sink }) => sink === "d1").length;
		}),
	due: (ask, env) => sum(ask, env, (cell) => cell.due(ask.before)),
	evict: (ask, env) =>
		sum(ask, env, (cell) =>
			cell.evict().then(
				() => 0,
				() => 1,
			),
		),
	fill: (ask, env) => sum(ask, env, (cell) => cell.fill(ask.like, ask.count).then(() => ask.count)),
	load: (ask, env) => sum(ask, env, (cell) => cell.loadFilled(ask.call, ask.from, ask.to)),
};

async function sum(
	{ site, cells }: Ask,
	env: BenchEnv,
	ask: (cell: DurableObjectStub<Cell>, name: string) => Promise<number>,
): Promise<number> {
	const numbers = await Promise.all(cells.map((name) => ask(cellIn(env, site, name), name)));
	return numbers.reduce((a, b) => a + b, 0);
}

/** The classes differ by what only a benchmark may do. */
function plain(env: BenchEnv): LocalEnv {
	return env as unknown as LocalEnv;
}

function cellIn(env: BenchEnv, site: string, name: string): DurableObjectStub<Cell> {
	return cellOf(plain(env), site, name) as unknown as DurableObjectStub<Cell>;
}

export default {
	async fetch(request, env, context): Promise<Response> {
		const act = /^\/bench\/([a-z]+)$/.exec(new URL(request.url).pathname)?.[1];
		if (act === undefined) return app.fetch(request, plain(env), context);
		const asked = acts[act];
		if (!asked) return new Response(null, { status: 404 });
		return Response.json((await asked(await request.json(), env)) ?? null);
	},
} satisfies ExportedHandler<BenchEnv>;
