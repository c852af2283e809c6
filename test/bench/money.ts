// What a million page views cost at list prices, over whole lives: from a browser's first page to the moment when the
// last of its details is gone. Rows, alarms and requests are counted by meters in the real code, not computed.

import type { CollectCall } from "../../worker/cell/call.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { publish } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import type { Edge } from "../support/runtime.ts";
import { bundleWorker } from "./bundle.ts";
import type { Counts } from "./counts.ts";
import { lives, shop } from "./life.ts";
import { inParallel, Pages } from "./load.ts";
import { atMost, type Measure } from "./report.ts";
import { type Tally, Visitor } from "./visitor.ts";

/** US dollars for a million, by Cloudflare's list: a GB-second is of memory at 128 MB an object. */
const price = { request: 0.3, objectRequest: 0.15, written: 1, read: 0.001, gbSecond: 12.5 };
const gigabytes = 0.128;
/**
 * How long an object is awake for a page view and for a drain, in s. A local process tells nothing of that, so these
 * are assumed: the commit of a write; D1's answer to one batch.
 */
const awake = { request: 0.01, alarm: 0.1 };
const dollars = 8;
const pagesEach = 5;
const betweenPagesMs = 40_000;
const dayMs = 86_400_000;
/** Just past the retention of the demo's site, and the look that follows it. */
const retentionMs = settings.retentionMs + 10 * 60_000;
const region = "eu-eeur";
const site = "demo";

interface Scene {
	readonly name: string;
	readonly browsers: number;
	readonly cells: number;
	/** Every page view finds its cell asleep, and is drained alone. */
	readonly sleeps: boolean;
}

/** An item of the bill: dollars for a million page views, and how many of them there are for each. */
export interface Item {
	readonly name: string;
	readonly each: number;
	readonly dollars: number;
}

export async function benchMoney(isQuick: boolean): Promise<Measure[]> {
	const script = await bundleWorker("counting");
	const scenes: Scene[] = [
		{ name: "busy cell", browsers: isQuick ? 120 : 600, cells: 1, sleeps: false },
		{ name: "sparse cells", browsers: isQuick ? 30 : 120, cells: isQuick ? 120 : 480, sleeps: true },
	];
	const measures: Measure[] = [];
	for (const scene of scenes) {
		const { items, tally, counts } = await live(scene, script);
		const sum = items.reduce((total, item) => total + item.dollars, 0);
		printBill(scene, items, tally, counts);
		measures.push(atMost(`a million page views, whole lives, ${scene.name}`, sum, "$", dollars));
	}
	return measures;
}

async function live(scene: Scene, script: string) {
	const bindings = { CELLS: JSON.stringify({ [region]: scene.cells }), DEFAULT_REGION: region };
	const edge = await startEdge({ port: 0, script, bindings, newcomers: 1_000_000, withoutFiles: true });
	const pages = new Pages(64);
	try {
		return await new Course(scene, edge, pages).run();
	} finally {
		pages.close();
		await edge.stop();
	}
}

/** One scene on its way. Its clock is moved, never waited for. */
class Course {
	readonly #scene: Scene;
	readonly #edge: Edge;
	readonly #pages: Pages;
	#cells: readonly string[] = [];
	#offsetMs = 0;

	constructor(scene: Scene, edge: Edge, pages: Pages) {
		this.#scene = scene;
		this.#edge = edge;
		this.#pages = pages;
	}

	async run() {
		const { key } = await publish(this.#edge.url, site, settings, definitions);
		const tally: Tally = { pageViews: 0, requests: 0, events: 0, shown: 0, submitted: 0 };
		const visitors = lives(this.#scene.browsers).map(
			(life) => new Visitor(life, this.#pages, this.#edge.url, key, tally),
		);
		await this.#bear();
		await this.#act("reset", {});
		const most = Math.max(...visitors.map(({ life }) => life.visits.length));
		for (let visit = 0; visit < most; visit++) {
			for (let page = 0; page < pagesEach; page++) {
				await this.#wave(visitors, (visitor) => visitor.open(visit, page));
				await this.#move(betweenPagesMs);
			}
			await this.#wave(visitors, (visitor) => visitor.leave(visit));
			await this.#move(retentionMs);
			await this.#settle();
			await this.#move(dayMs - retentionMs);
		}
		await this.#settle();
		const counts = (await this.#act("counts", {})) as Counts;
		const left = await this.#edge.db.prepare("SELECT count(*) AS n FROM events").first<number>("n");
		if (tally.submitted === 0 && left !== 0) throw new Error(`${left} events outlived their retention`);
		return { items: bill(counts, tally), tally, counts };
	}

	async #wave(visitors: readonly Visitor[], act: (visitor: Visitor) => Promise<void>): Promise<void> {
		await inParallel(visitors.length, 64, async (n) => {
			const visitor = visitors[n];
			if (visitor) await act(visitor);
		});
		await this.#drain();
		if (this.#scene.sleeps) await this.#act("evict", {});
	}

	/** Births are no part of a page view: a cell is born once. */
	async #bear(): Promise<void> {
		this.#cells = Array.from({ length: this.#scene.cells }, (_, n) => `${region}-${n}`);
		const page = { url: shop, visible: true };
		const call: Omit<CollectCall, "cell"> = {
			site,
			who: { is: "nobody" },
			origin: undefined,
			environment: {},
			page,
			decide: false,
			sentAt: 0,
			events: [],
			claims: [],
		};
		await this.#act("bear", { call });
	}

	async #move(byMs: number): Promise<void> {
		this.#offsetMs += byMs;
		await this.#act("clock", { offsetMs: this.#offsetMs });
	}

	/** Until every due look has been taken, and told. */
	async #settle(): Promise<void> {
		for (let tries = 0; tries < 300; tries++) {
			const due = await this.#act("due", { before: Date.now() + this.#offsetMs });
			if (due === 0) return this.#drain();
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error("the alarms do not come to an end");
	}

	async #drain(): Promise<void> {
		for (let tries = 0; tries < 300; tries++) {
			await new Promise((resolve) => setTimeout(resolve, 100));
			if ((await this.#act("waiting", {})) === 0) {
				// The alarm that emptied the outbox winds itself up again before it ends.
				await new Promise((resolve) => setTimeout(resolve, 50));
				return;
			}
		}
		throw new Error("the outbox does not empty");
	}

	async #act(act: string, ask: object): Promise<unknown> {
		const body = JSON.stringify({ site, cells: this.#cells, ...ask });
		const answer = await this.#pages.post(`${this.#edge.url}/bench/${act}`, body);
		if (answer.status !== 200) throw new Error(`${act}: ${answer.status} ${answer.body}`);
		return JSON.parse(answer.body);
	}
}

function bill(counts: Counts, { pageViews, requests }: Tally): readonly Item[] {
	const item = (name: string, count: number, each: number): Item => ({
		name,
		each: count / pageViews,
		dollars: (count * each) / pageViews,
	});
	const rows = (where: string, written: Readonly<Record<string, number>>) =>
		Object.entries(written)
			.sort(([, a], [, b]) => b - a)
			.map(([name, count]) => item(`row written, ${where}: ${name}`, count, price.written));
	const seconds = counts.objectRequests * awake.request + counts.alarms * awake.alarm;
	return [
		item("request to the Worker", requests, price.request),
		item("request to an object", counts.objectRequests, price.objectRequest),
		item("alarm that rang", counts.alarms, price.objectRequest),
		...rows("object", counts.objectWritten),
		item("row written, object: alarm set", counts.setAlarms, price.written),
		...rows("D1", counts.databaseWritten),
		item("row read, object", counts.objectRead, price.read),
		item("row read, D1", counts.databaseRead, price.read),
		item("GB-second awake", seconds * gigabytes, price.gbSecond),
		item("queue message", 0, 0),
	];
}

function printBill({ name }: Scene, items: readonly Item[], tally: Tally, { batches }: Counts): void {
	const { pageViews, events, shown, submitted } = tally;
	const drained = (pageViews / batches).toFixed(1);
	console.log(
		`\n${name}: ${pageViews} page views, ${events} events, ${shown} pop-ups shown, ${submitted} forms,`,
	);
	console.log(`${drained} page views in a drain; for each page view, and $ for a million:`);
	for (const item of items)
		console.log(
			`  ${item.name.padEnd(44)} ${item.each.toFixed(3).padStart(7)} ${item.dollars.toFixed(3).padStart(7)}`,
		);
}
