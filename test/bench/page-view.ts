// What a page view costs the server, beside what it cannot cost less than and beside the usual design. All of them live
// in one workerd and take turns; its CPU is counted until the last row is in D1.

import { join } from "node:path";
import type { Definitions, SiteSettings } from "../../worker/protocol/site.ts";
import { publish } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import { migrate, type NeighbourOptions } from "../support/runtime.ts";
import { bundleWorker } from "./bundle.ts";
import { Crowd } from "./crowd.ts";
import { definitionsWith } from "./definitions.ts";
import { Pages } from "./load.ts";
import { usage } from "./process.ts";
import { atMost, figure, type Measure, median } from "./report.ts";
import { sustain } from "./sustain.ts";

const root = join(import.meta.dirname, "../..");
const objects = 4;
const region = "eu-eeur";
const settings: SiteSettings = { name: "Bench", origins: [], consent: "not-needed", retentionMs: 10_800_000 };
const lanes = 32;
/** Objects fall asleep while others have their turn; these views wake them, and are not counted. */
const wakingViews = 40;

export interface Effort {
	readonly rounds: number;
	/** Requests of each kind in a round. */
	readonly requests: number;
	readonly visitors: number;
	readonly sustainedMs: number;
}

/** One kind of request, with whatever it sends. */
interface Kind {
	readonly name: string;
	readonly path: string;
	readonly crowd: Crowd;
	readonly micros: number[];
}

export async function benchPageView(effort: Effort): Promise<Measure[]> {
	if (!usage()) {
		console.log("page view: left out, for the server's CPU can be read on Linux alone");
		return [];
	}
	const usual = await compareWith(200, effort, true);
	return [...usual, ...(await compareWith(1_000, effort, false))];
}

/** One workerd of their own for so many segments. `isWhole`: with all that stands beside, and what lasts. */
async function compareWith(segments: number, effort: Effort, isWhole: boolean): Promise<Measure[]> {
	const bindings = { CELLS: JSON.stringify({ [region]: objects }), DEFAULT_REGION: region };
	const beside = [peers(await bundleWorker("peers")), dark(bindings)];
	const edge = await startEdge({ port: 0, bindings, newcomers: 1_000_000, withoutFiles: true, beside });
	const pages = new Pages(lanes);
	try {
		const stage = await set(edge, pages, effort, definitionsWith(segments), isWhole);
		for (let round = -1; round < effort.rounds; round++) {
			for (const kind of stage.kinds) {
				const micros = await play(kind, pages, effort.requests, stage.drained);
				// The first round warms every kind up.
				if (round >= 0) kind.micros.push(micros);
			}
		}
		await stage.compare();
		const ratios = compared(stage.kinds, `page view with ${segments} segments`);
		if (!isWhole) return ratios;
		const lasting = await sustain(edge, pages, stage.ours, effort.sustainedMs, lanes);
		return [...ratios, ...besides(stage.kinds), ...lasting];
	} finally {
		pages.close();
		await edge.stop();
	}
}

type Edge = Awaited<ReturnType<typeof startEdge>>;

async function set(
	edge: Edge,
	pages: Pages,
	{ visitors }: Effort,
	definitions: Definitions,
	isWhole: boolean,
) {
	const { miniflare, url } = edge;
	const peersUrl = await edge.urlOf("peers");
	const darkUrl = await edge.urlOf("dark");
	const { key } = await publish(url, "bench", settings, definitions);
	const { key: undecided } = await publish(url, "undecided", settings, definitions);
	const nothing = { tagRules: [], scoreRules: [], segments: [], experiences: [] };
	const { key: plain } = await publish(url, "plain", settings, nothing);
	const sites = await miniflare.getDurableObjectNamespace("SITE", "dark");
	const site = sites.get(sites.idFromName("bench")) as unknown as {
		publish(snapshot: object): Promise<void>;
	};
	await site.publish({ site: "bench", revision: 1, settings, definitions });
	await pages.post(`${peersUrl}/define`, JSON.stringify(definitions));
	const db = await miniflare.getD1Database("DB", "peers");
	await migrate(db);

	const ours = await Crowd.gather(pages, url, "bench", key, visitors);
	const compared = [
		kind("hello", `${peersUrl}/hello`, ours),
		kind("bare", `${peersUrl}/bare`, ours),
		kind("ours", `${url}/v1/collect`, ours),
		kind("usual", `${peersUrl}/usual`, ours),
	];
	const besides = async (): Promise<Kind[]> => [
		kind("edge", `${peersUrl}/edge`, ours),
		kind("dark", `${darkUrl}/v1/collect`, await Crowd.gather(pages, darkUrl, "bench", key, visitors)),
		kind(
			"undecided",
			`${url}/v1/collect`,
			await Crowd.gather(pages, url, "undecided", undecided, visitors, false),
		),
		kind("plain", `${url}/v1/collect`, await Crowd.gather(pages, url, "plain", plain, visitors)),
	];
	const kinds = isWhole ? [...compared, ...(await besides())] : compared;
	await introduce(ours, pages, `${peersUrl}/usual`);
	const drained = async ({ name, crowd }: Kind) => {
		if (name === "dark") return true;
		const there = await (name === "usual" ? db : edge.db)
			.prepare("SELECT count(*) AS n FROM events WHERE site = ?1")
			.bind(crowd.site)
			.first<number>("n");
		return (there ?? 0) >= crowd.sent(name);
	};
	const compare = async () => {
		const [one, other] = await Promise.all([rowsIn(edge.db), rowsIn(db)]);
		if (one !== other) throw new Error(`the rows differ:\n${one}\n${other}`);
	};
	return { kinds, ours, drained, compare };
}

function kind(name: string, path: string, crowd: Crowd): Kind {
	return { name, path, crowd, micros: [] };
}

/** The usual design meets everybody too, with the very views by which they came to us. */
async function introduce(crowd: Crowd, pages: Pages, path: string): Promise<void> {
	await crowd.send(pages, path, crowd.firstViews, lanes);
	crowd.count("usual", crowd.firstViews.length);
	crowd.count("ours", crowd.firstViews.length);
}

/** Microseconds of the server's CPU for each request, drain included. */
async function play(
	one: Kind,
	pages: Pages,
	requests: number,
	drained: (kind: Kind) => Promise<boolean>,
): Promise<number> {
	const views = one.crowd.views(one.name, requests + wakingViews);
	one.crowd.count(one.name, views.length);
	await one.crowd.send(pages, one.path, views.slice(0, wakingViews), lanes);
	let before = cpuMs();
	await one.crowd.send(pages, one.path, views.slice(wakingViews), lanes);
	for (let tries = 0; ; tries++) {
		await new Promise((resolve) => setTimeout(resolve, tries === 0 ? 900 : 200));
		const after = cpuMs();
		if (!keeps(one) || (await drained(one))) return (1_000 * (after - before)) / requests;
		if (tries > 100) throw new Error(`${one.name}: the rows do not arrive`);
		// To count what has arrived is no part of a page view.
		before += cpuMs() - after;
	}
}

function cpuMs(): number {
	return usage()?.cpuMs ?? 0;
}

function keeps({ name }: Kind): boolean {
	return name !== "hello" && name !== "bare" && name !== "edge";
}

/** What both databases hold, in short: the same events with the same effects, the same people, the same figures. */
async function rowsIn(db: Edge["db"]): Promise<string> {
	const [events, outlines, people, parts, counts] = await db.batch([
		db.prepare(
			"SELECT count(*), count(DISTINCT id), sum(length(effects)), sum(length(props)) FROM events WHERE site = 'bench'",
		),
		db.prepare("SELECT sum(json_array_length(outline)) FROM arrivals WHERE site = 'bench'"),
		db.prepare("SELECT count(*), sum(length(segments)) FROM people WHERE site = 'bench'"),
		db.prepare("SELECT count(*), sum(score), sum(visits), sum(length(tags)) FROM parts WHERE site = 'bench'"),
		db.prepare(
			"SELECT sum(c.value ->> 3), sum(c.value ->> 4) FROM arrivals a, json_each(a.counts) c WHERE a.site = 'bench'",
		),
	]);
	return JSON.stringify([
		events?.results,
		outlines?.results,
		people?.results,
		parts?.results,
		counts?.results,
	]);
}

function microsOf(kinds: readonly Kind[], name: string): number {
	return median(kinds.find((one) => one.name === name)?.micros ?? []);
}

function compared(kinds: readonly Kind[], what: string): Measure[] {
	const [ours = 0, bare = 0, usual = 0] = ["ours", "bare", "usual"].map((name) => microsOf(kinds, name));
	return [
		figure(`${what}: hello`, microsOf(kinds, "hello"), "µs"),
		figure(`${what}: bare durable write`, bare, "µs"),
		figure(`${what}: ours, drain included`, ours, "µs"),
		figure(`${what}: the usual design`, usual, "µs"),
		atMost(`${what}: ours ÷ bare durable write`, ours / bare, "×", 2),
		atMost(`${what}: ours ÷ the usual design`, ours / usual, "×", 0.4),
	];
}

function besides(kinds: readonly Kind[]): Measure[] {
	return [
		figure("page view: ours without the drain (D1 down)", microsOf(kinds, "dark"), "µs"),
		figure("page view: ours, our edge alone (parse, validate, MACs)", microsOf(kinds, "edge"), "µs"),
		figure("page view: ours, nothing to decide", microsOf(kinds, "undecided"), "µs"),
		figure("page view: ours, no rules at all", microsOf(kinds, "plain"), "µs"),
	];
}

function peers(script: string): NeighbourOptions {
	return {
		...common,
		name: "peers",
		modules: [{ type: "ESModule", path: script }],
		d1Databases: { DB: "peers" },
		durableObjects: { BARE: { className: "Bare", useSQLite: true } },
		bindings: { ...localSecrets, OBJECTS: String(objects) },
	};
}

/** The product with no database at all, as in an outage without an end. */
function dark(bindings: Readonly<Record<string, string>>): NeighbourOptions {
	const limit = { namespace_id: "1002", simple: { limit: 1_000_000, period: 60 as const } };
	return {
		...common,
		name: "dark",
		modules: [{ type: "ESModule", path: join(root, "dist/worker/index.js") }],
		durableObjects: {
			CELL: { className: "Cell", useSQLite: true },
			SITE: { className: "Site", useSQLite: true },
			DIRECTORY: { className: "Directory", useSQLite: true },
		},
		bindings: { ...localSecrets, ...bindings },
		ratelimits: { NEWCOMERS: limit },
	};
}

const common = {
	rootPath: root,
	compatibilityDate: "2026-10-01",
	compatibilityFlags: ["nodejs_compat"],
	unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
};
