// `npm run seed`: made-up people for the demo, in the edge that runs on this machine or in the data that it kept.
// `npm run seed -- --large`: the database of a large site, which benchmarks ask; no edge serves it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demo, demoSettings } from "../shop/demo.ts";
import { publishOnce } from "./client.ts";
import { startEdge } from "./edge.ts";
import type { Edge } from "./runtime.ts";
import { type Crowd, seedDemo, seededPeople } from "./seed-demo.ts";

interface Mark {
	readonly seed: number;
	readonly now: number;
	readonly isDone: boolean;
}

/** What the folder of the demo's data was seeded with last. */
function markIn(folder: string): Mark | undefined {
	const file = join(folder, "seed.json");
	return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * Seeds what was never seeded, or goes on where that broke off. `more`: another crowd, as of now, where there is one
 * already.
 */
export async function seedOnce(edge: string, folder: string, more: boolean): Promise<number> {
	const known = markIn(folder);
	if (known?.isDone && !more) return 0;
	const next = { seed: (known?.seed ?? 0) + 1, now: Date.now() };
	const crowd: Crowd = { ...(known && !known.isDone ? known : next), count: seededPeople };
	const mark = (isDone: boolean) => {
		mkdirSync(folder, { recursive: true });
		const { seed, now } = crowd;
		writeFileSync(join(folder, "seed.json"), JSON.stringify({ seed, now, isDone } satisfies Mark));
	};
	mark(false);
	const tell = progress("  Seeding the demo: ");
	const { lived, ms } = await seedDemo(edge, crowd, tell);
	mark(true);
	tell("");
	console.log(`  ${lived} people were made up in ${(ms / 1_000).toFixed(1)} s.`);
	return lived;
}

/** One line, written over and over where somebody watches; an empty one takes it away. */
function progress(title: string): (line: string) => void {
	return (line) => {
		if (process.stdout.isTTY) process.stdout.write(line === "" ? "\r\x1b[K" : `\r${title}${line}\x1b[K`);
	};
}

async function isUp(url: string): Promise<boolean> {
	return fetch(`${url}/healthz`).then(
		({ ok }) => ok,
		() => false,
	);
}

/** Whoever has lived is in D1 in the end: the edge may stop then. */
async function untilTold({ db }: Edge, people: number): Promise<void> {
	const told = () => db.prepare("SELECT count(*) AS n FROM people").first<number>("n");
	while (((await told()) ?? 0) < people) await new Promise((resolve) => setTimeout(resolve, 200));
}

async function seedKept(folder: string): Promise<void> {
	const edge = await startEdge({ port: 0, folder });
	const known = await edge.db.prepare("SELECT count(*) AS n FROM people").first<number>("n");
	await publishOnce(edge.url, "demo", demoSettings, demo);
	const lived = await seedOnce(edge.url, folder, true);
	await untilTold(edge, (known ?? 0) + lived);
	await edge.stop();
}

if (import.meta.main) {
	if (process.argv.includes("--large")) {
		const { openLarge } = await import("./seed-large.ts");
		const begun = performance.now();
		const { stop } = await openLarge(100_000, (line) => console.log(`  ${line}`));
		await stop();
		console.log(
			`  A large site's database is in dist/seed, after ${Math.round((performance.now() - begun) / 1_000)} s.`,
		);
	} else {
		const running = `http://localhost:${process.env.PORT ?? 8787}`;
		const folder = join(import.meta.dirname, "../../.witaj");
		if (await isUp(running)) await seedOnce(running, folder, true);
		else await seedKept(folder);
	}
}
