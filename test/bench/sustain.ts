// Page views without a pause, and how old what waits for D1 becomes meanwhile: some of the views answered are looked
// for in D1 until they are there.

import type { Edge } from "../support/runtime.ts";
import { type Crowd, sendOne, type View } from "./crowd.ts";
import type { Pages } from "./load.ts";
import { usage } from "./process.ts";
import { atMost, figure, type Measure } from "./report.ts";

const sampleMs = 25;
const lookMs = 150;
const oldestSeconds = 2;

interface Sample extends Pick<View, "visitor" | "id"> {
	readonly at: number;
}

export async function sustain(
	edge: Edge,
	pages: Pages,
	crowd: Crowd,
	forMs: number,
	lanes: number,
): Promise<Measure[]> {
	const before = usage()?.cpuMs ?? 0;
	const began = performance.now();
	const end = began + forMs;
	const waiting = new Map<string, Sample>();
	let sampledAt = 0;
	let answered = 0;
	let oldest = 0;
	let isOver = false;
	const lane = async () => {
		while (performance.now() < end) {
			const view = crowd.nextView();
			await sendOne(pages, `${edge.url}/v1/collect`, view);
			answered++;
			const at = performance.now();
			if (at - sampledAt < sampleMs) continue;
			sampledAt = at;
			waiting.set(view.id, { visitor: view.visitor, id: view.id, at });
		}
	};
	const look = async () => {
		while (!isOver || waiting.size > 0) {
			await new Promise((resolve) => setTimeout(resolve, lookMs));
			const arrived = await arrivedOf(edge, crowd.site, [...waiting.values()]);
			const now = performance.now();
			for (const { at } of waiting.values()) oldest = Math.max(oldest, now - at);
			for (const id of arrived) waiting.delete(id);
			if (now > end + 30_000) throw new Error("what was answered does not arrive in D1");
		}
	};
	const looking = look();
	await Promise.all(Array.from({ length: lanes }, lane));
	const seconds = (performance.now() - began) / 1_000;
	isOver = true;
	await looking;
	const micros = (1_000 * ((usage()?.cpuMs ?? 0) - before)) / answered;
	return [
		figure(
			`page view: throughput over ${Math.round(seconds)} s, load on the same machine`,
			answered / seconds,
			"/s",
		),
		figure("page view: CPU meanwhile, looking in D1 included", micros, "µs"),
		atMost("page view: oldest row of the outbox meanwhile", oldest / 1_000, "s", oldestSeconds),
	];
}

async function arrivedOf(edge: Edge, site: string, samples: readonly Sample[]): Promise<readonly string[]> {
	const { results } = await edge.db
		.prepare(
			`SELECT id FROM events WHERE site = ?1 AND part IN (SELECT value ->> 'visitor' FROM json_each(?2))
				AND id IN (SELECT value ->> 'id' FROM json_each(?2))`,
		)
		.bind(site, JSON.stringify(samples))
		.all<{ id: string }>();
	return results.map(({ id }) => id);
}
