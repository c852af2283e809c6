// A page view costs the same however many people the cell holds and however much is known of this one: rows read and
// written are counted, and the server's memory is looked at.

import type { CollectCall } from "../../worker/cell/call.ts";
import type { SiteSettings } from "../../worker/protocol/site.ts";
import { messageId, pageView, publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";
import { bundleWorker } from "./bundle.ts";
import type { Counts } from "./counts.ts";
import { definitions, pathAt } from "./definitions.ts";
import { Pages } from "./load.ts";
import { usage } from "./process.ts";
import { atMost, figure, type Measure } from "./report.ts";

const site = "flat";
const cell = "eu-eeur-0";
const shop = "https://shop.example";
const settings: SiteSettings = { name: "Flat", origins: [], consent: "not-needed", retentionMs: 10_800_000 };
const viewsEach = 4;
const eventsPerRequest = 50;
/** Requests after which the clock moves, so that the bound on one browser's rate never applies. */
const requestsPerMove = 50;
const moveMs = 40 * 60_000;
const loadedAtOnce = 2_000;
/** What an object may have on the platform. */
const memoryMb = 128;

interface Rows {
	readonly read: number;
	readonly written: number;
}

export async function benchFlat(people: number, pastEvents: number): Promise<Measure[]> {
	const script = await bundleWorker("counting");
	const bindings = { CELLS: '{"eu-eeur":1}', DEFAULT_REGION: "eu-eeur" };
	const edge = await startEdge({ port: 0, script, bindings, newcomers: 1_000, withoutFiles: true });
	const pages = new Pages(8);
	try {
		return await new Comparison(edge, pages).run(people, pastEvents);
	} finally {
		pages.close();
		await edge.stop();
	}
}

class Comparison {
	readonly #edge: Edge;
	readonly #pages: Pages;
	#key = "";
	#offsetMs = 0;

	constructor(edge: Edge, pages: Pages) {
		this.#edge = edge;
		this.#pages = pages;
	}

	async run(people: number, pastEvents: number): Promise<Measure[]> {
		this.#key = (await publish(this.#edge.url, site, settings, definitions)).key;
		const first = await this.#arrive();
		const alone = await this.#rows(first, false);
		const aloneCold = await this.#rows(first, true);
		const second = await this.#arrive();
		await this.#live(second, pastEvents);
		await this.#act("fill", { like: visitorIn(first), count: people });
		// The clock was moved: this one begins a visit, which the others are within.
		await this.#rows(second, false);
		// And the first awakening after a busy time gives back the slots that the outbox needed then.
		await this.#rows(second, true);
		const among = await this.#rows(second, false);
		const amongCold = await this.#rows(second, true);
		const name = `${people} people, ${pastEvents} past events`;
		return [
			figure("flat: rows read for a page view, empty cell", alone.read, "rows"),
			figure("flat: rows written for a page view, empty cell", alone.written, "rows"),
			same(`flat: rows read more with ${name}`, among.read - alone.read),
			same(`flat: rows written more with ${name}`, among.written - alone.written),
			same("flat: the same after eviction, read", amongCold.read - aloneCold.read),
			same("flat: the same after eviction, written", amongCold.written - aloneCold.written),
			...(await this.#memory(people)),
		];
	}

	async #arrive(): Promise<string> {
		let token: string | undefined;
		// Twice, so that what only a first view does is done.
		for (const path of ["/inne", "/inne/2"]) {
			const answer = await this.#send(pageView(this.#key, shop + path, token, `${shop}/`));
			token ??= JSON.parse(answer).token;
		}
		if (token === undefined) throw new Error("a newcomer got no token");
		await this.#drain();
		return token;
	}

	/** So many events of one person, all of them days old in no time. */
	async #live(token: string, count: number): Promise<void> {
		for (let sent = 0; sent < count; sent += eventsPerRequest) {
			const body = pageView(this.#key, `${shop}/`, token, `${shop}/`);
			const now = Date.now();
			const events = Array.from({ length: Math.min(eventsPerRequest, count - sent) }, (_, i) => {
				const path = pathAt(sent + i);
				return { id: messageId(now), name: "Page Viewed", at: now, props: { path, url: shop + path } };
			});
			await this.#send({ ...body, events });
			if ((sent / eventsPerRequest) % requestsPerMove === requestsPerMove - 1) await this.#move();
		}
		await this.#move();
		await this.#drain();
	}

	/** Rows that a page view reads and writes, in the object and in D1, drain included. */
	async #rows(token: string, isCold: boolean): Promise<Rows> {
		let read = 0;
		let written = 0;
		for (let view = 0; view < viewsEach; view++) {
			if (isCold) await this.#act("evict", {});
			await this.#act("reset", {});
			await this.#send(pageView(this.#key, `${shop}/inne/${view}`, token, `${shop}/`));
			await this.#drain();
			const counts = (await this.#act("counts", {})) as Counts;
			const rows = [...Object.values(counts.objectWritten), ...Object.values(counts.databaseWritten)];
			read += counts.objectRead + counts.databaseRead;
			written += rows.reduce((a, b) => a + b, counts.setAlarms);
		}
		return { read: read / viewsEach, written: written / viewsEach };
	}

	async #memory(people: number): Promise<Measure[]> {
		const before = usage()?.residentMb;
		if (before === undefined) return [];
		const page = { url: `${shop}/inne`, visible: true };
		const call: Omit<CollectCall, "who"> = {
			site,
			cell,
			origin: undefined,
			environment: {},
			page,
			decide: false,
			sentAt: Date.now(),
			events: [],
			claims: [],
		};
		let highest = before;
		let answered = 0;
		for (let from = 0; from < people; from += loadedAtOnce) {
			const to = Math.min(people, from + loadedAtOnce);
			answered += Number(await this.#act("load", { call, from, to }));
			highest = Math.max(highest, usage()?.residentMb ?? 0);
		}
		if (answered !== people) throw new Error(`only ${answered} people were there`);
		return [
			figure("flat: resident memory of the whole server before", before, "MB"),
			atMost(
				`flat: resident memory more while ${people} people pass through`,
				highest - before,
				"MB",
				memoryMb,
			),
		];
	}

	async #send(body: object): Promise<string> {
		const answer = await this.#pages.post(`${this.#edge.url}/v1/collect`, JSON.stringify(body));
		if (answer.status !== 200) throw new Error(`collect: ${answer.status} ${answer.body}`);
		return answer.body;
	}

	async #move(): Promise<void> {
		this.#offsetMs += moveMs;
		await this.#act("clock", { offsetMs: this.#offsetMs });
	}

	async #drain(): Promise<void> {
		for (let tries = 0; tries < 600; tries++) {
			await new Promise((resolve) => setTimeout(resolve, 100));
			if ((await this.#act("waiting", {})) !== 0) continue;
			// The alarm that emptied the outbox winds itself up again before it ends.
			await new Promise((resolve) => setTimeout(resolve, 100));
			return;
		}
		throw new Error("the outbox does not empty");
	}

	async #act(act: string, ask: object): Promise<unknown> {
		const body = JSON.stringify({ site, cells: [cell], ...ask });
		const answer = await this.#pages.post(`${this.#edge.url}/bench/${act}`, body);
		if (answer.status !== 200) throw new Error(`${act}: ${answer.status} ${answer.body}`);
		return JSON.parse(answer.body);
	}
}

function same(name: string, difference: number): Measure {
	return { name, value: difference, unit: "rows", bar: 0, ok: difference === 0 };
}

function visitorIn(token: string): string {
	return token.split(".")[3] ?? "";
}
