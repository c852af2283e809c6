// Fills a running demo with made-up people, who are lived through by its own cells.

import { localSecrets } from "./edge.ts";
import { type Crowd, lifeOf } from "./seed-life.ts";

export type { Crowd };

const site = "demo";
/** The cells of whoever comes from Poland, as wrangler.toml has them. */
const cells = [0, 1, 2, 3].map((n) => `eu-eeur-${n}`);
const livesPerCall = 50;
export const seededPeople = 2_000;

export interface Seeded {
	readonly lived: number;
	readonly ms: number;
}

/** Everyone of the crowd, by batches; each cell gets its people in one row, so that each is asked by one call at a time. */
export async function replay(edge: string, crowd: Crowd, tell: (done: number) => void): Promise<number> {
	let done = 0;
	let lived = 0;
	const liveIn = async (cell: string, nth: number) => {
		const places = Array.from({ length: crowd.count }, (_, i) => i).filter((i) => i % cells.length === nth);
		for (let from = 0; from < places.length; from += livesPerCall) {
			const lives = places.slice(from, from + livesPerCall).map((index) => lifeOf(crowd, index));
			const added = await post(edge, cell, lives);
			lived += added;
			done += lives.length;
			tell(done);
		}
	};
	await Promise.all(cells.map(liveIn));
	return lived;
}

/** The same crowd twice adds nobody. */
export async function seedDemo(edge: string, crowd: Crowd, tell: (line: string) => void): Promise<Seeded> {
	const begun = performance.now();
	const lived = await replay(edge, crowd, (done) => tell(`${done} of ${crowd.count} people`));
	return { lived, ms: performance.now() - begun };
}

async function post(edge: string, cell: string, lives: readonly object[]): Promise<number> {
	const response = await fetch(`${edge}/demo/api/replay/${site}/${cell}`, {
		method: "POST",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify(lives),
	});
	if (!response.ok) throw new Error(`replay: ${response.status} ${await response.text()}`);
	const { lived } = (await response.json()) as { lived: number };
	return lived;
}
