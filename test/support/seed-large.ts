// A large site's D1, for benchmarks: as many people as are asked for, with about 20 retained events each, as the cells
// would have told them. No cell owns them. The live path's own code runs over their lives and its rows are written to the
// file of a local D1, past the objects and the outbox, which would take hours: what an anonymous visit forgot between two
// visits is forgotten here too, but nothing is told twice and no row is ever mended.

import { createHash } from "node:crypto";
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { siteFactsOf, toldOf } from "../../worker/cell/collect.ts";
import { isLapsed, lapse, newState } from "../../worker/cell/state.ts";
import { liveVisit, visitsOf } from "../../worker/demo/lives.ts";
import { dayIn } from "../../worker/domain/calendar.ts";
import { type Credit, creditOf } from "../../worker/domain/credit.ts";
import { type Count, countsOf, joinCounts, visitOrigin } from "../../worker/domain/figure.ts";
import { read } from "../../worker/domain/person.ts";
import {
	arrivalRow,
	type EventRow,
	eventRow,
	knownSince,
	type PartRow,
	partRow,
	personRow,
} from "../../worker/domain/project.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { pass } from "../../worker/domain/standing.ts";
import { digestOf } from "../../worker/platform/digest.ts";
import { settings } from "../shop/definitions.ts";
import { withFrames as definitions } from "../shop/frames.ts";
import { startEdge } from "./edge.ts";
import { insertion } from "./people.ts";
import { type Edge, migrate } from "./runtime.ts";
import { type Crowd, lifeOf } from "./seed-life.ts";

export const largeSite = "demo";
const root = join(import.meta.dirname, "../..");
const perTransaction = 500;
const dayOf = dayIn(siteFactsOf(settings).timeZone);

export interface Large {
	readonly db: Edge["db"];
	/** The instant as of which everyone lived. */
	readonly now: number;
	stop(): Promise<void>;
}

/** Opens the database, and fills it first where it is not there or was made by another version of what makes it. */
export async function openLarge(people: number, tell: (line: string) => void): Promise<Large> {
	const folder = join(root, "dist/seed", String(people));
	const mark = join(folder, "seed.json");
	const version = versionOf();
	const known = existsSync(mark) ? JSON.parse(readFileSync(mark, "utf8")) : undefined;
	if (known?.version === version) return { ...(await open(folder)), now: known.now };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const empty = await open(folder);
	await migrate(empty.db);
	await empty.stop();
	const now = Date.now();
	fill(fileIn(folder), { seed: 1, count: people, now }, tell);
	writeFileSync(mark, JSON.stringify({ version, now, people }));
	return { ...(await open(folder)), now };
}

/** A folder of data for an edge, whose D1 is that of a large site. No object of that edge knows anybody of them. */
export async function layLarge(people: number, folder: string, tell: (line: string) => void): Promise<void> {
	const large = await openLarge(people, tell);
	await large.stop();
	const edge = await startEdge({ port: 0, folder });
	await edge.stop();
	const [from, to] = [fileIn(join(root, "dist/seed", String(people))), fileIn(folder)];
	for (const suffix of ["", "-wal", "-shm"]) {
		rmSync(to + suffix, { force: true });
		if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
	}
}

async function open(folder: string): Promise<Omit<Large, "now">> {
	const worker = {
		name: "large",
		modules: [{ type: "ESModule" as const, path: "large.js", contents: "export default {}" }],
		compatibilityDate: "2026-10-01",
		d1Databases: ["DB"],
	};
	const log = new Log(LogLevel.WARN);
	const options = { workers: [worker], resourcePersistencePath: folder, cf: false as const, log };
	const miniflare = new Miniflare(convertV4MiniflareOptions(options));
	await miniflare.ready;
	return { db: await miniflare.getD1Database("DB"), stop: () => miniflare.dispose() };
}

/** The tables' own, and not the one in which workerd keeps account of objects. */
function fileIn(folder: string): string {
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
	const file = files.find((name) => name.endsWith(".sqlite") && !name.endsWith("metadata.sqlite"));
	if (file === undefined) throw new Error("the local D1 left no file");
	return join(folder, file);
}

/** Of all that decides what the rows are. */
function versionOf(): string {
	const hash = createHash("sha256");
	const of = (folder: string, is: RegExp) => {
		for (const name of readdirSync(join(root, folder)).sort())
			if (is.test(name)) hash.update(readFileSync(join(root, folder, name)));
	};
	of("migrations", /\.sql$/);
	of("test/support", /^seed.*\.ts$/);
	of("worker/domain", /^(project|facts|figure|rules|standing|order|cart|completed|stored)\.ts$/);
	return hash.digest("hex");
}

class Writer {
	readonly #db: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	constructor(file: string) {
		this.#db = new DatabaseSync(file);
		this.#db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
	}

	put(table: string, row: object): void {
		let statement = this.#statements.get(table);
		if (!statement) {
			statement = this.#db.prepare(insertion(table, row));
			this.#statements.set(table, statement);
		}
		statement.run(...Object.values(row));
	}

	commit(): void {
		this.#db.exec("COMMIT; BEGIN");
	}

	close(): void {
		this.#db.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
		this.#db.close();
	}
}

function fill(file: string, crowd: Crowd, tell: (line: string) => void): void {
	const { retentionMs } = settings;
	const published = { revision: 1, retentionMs, rules: prepare(definitions), site: siteFactsOf(settings) };
	const writer = new Writer(file);
	const parts: PartRow[] = [];
	const figures = new Figures();
	let events = 0;
	for (let index = 0; index < crowd.count; index++) {
		events += write(writer, crowd, index, published, parts, figures);
		if (index % perTransaction === 0) writer.commit();
		if (index % 5_000 === 0) tell(`${index} of ${crowd.count} people, ${events} events`);
	}
	// A part's row stands where it was when the browser first came, and ids begin with that instant.
	for (const part of parts.sort((a, b) => (a.id < b.id ? -1 : 1))) writer.put("parts", part);
	for (const counts of figures.all())
		writer.put("tallies", { site: largeSite, counts: JSON.stringify(counts) });
	writer.close();
	tell(`${crowd.count} people, ${events} events`);
}

/** What all visits came to whose details are gone, or a contact's. */
class Figures {
	#lists: (readonly Count[])[] = [];
	#joined: readonly Count[] = [];

	add(counts: readonly Count[]): void {
		this.#lists.push(counts);
		if (this.#lists.length < 20_000) return;
		this.#joined = joinCounts([this.#joined, ...this.#lists]);
		this.#lists = [];
	}

	/** By hour. */
	all(): Iterable<readonly Count[]> {
		return Map.groupBy(joinCounts([this.#joined, ...this.#lists]), ([hour]) => hour).values();
	}
}

type Published = Parameters<typeof liveVisit>[3]["published"];

/** Says how many events are retained. What the parts are is left to be written when everybody is known. */
function write(
	writer: Writer,
	crowd: Crowd,
	index: number,
	published: Published,
	parts: PartRow[],
	figures: Figures,
): number {
	const { visitor, environment, events } = lifeOf(crowd, index);
	const { now } = crowd;
	const { rules, revision, retentionMs } = published;
	const first = events[0]?.at ?? now;
	const state = newState(first, revision);
	const { standing } = state;
	let visits: (readonly EventRow[])[] = [];
	let counts: (readonly Count[])[] = [];
	const came = new Map<string, Credit["origin"]>();
	const forget = (at: number) => {
		if (!isLapsed(state, at, retentionMs)) return;
		lapse(state);
		for (const gone of counts) figures.add(gone);
		visits = [];
		counts = [];
	};
	for (const visit of visitsOf(events, now)) {
		forget(visit[0]?.at ?? now);
		const loaded = { person: visitor, part: visitor, state };
		const entries = liveVisit(visit, loaded, environment, { published, announce: () => {} });
		const told = entries.map(toldOf);
		visits.push(told.map(({ event, ...aside }) => eventRow(largeSite, visitor, event, aside)));
		const facts = standing.person.parts[visitor]?.facts;
		counts.push(countsOf(told, facts, dayOf));
		for (const { event } of entries)
			if (facts && event.name === "Order Completed")
				came.set(String(event.props.order_id), Object.fromEntries(visitOrigin(facts)));
	}
	forget(now);
	for (const event of pass(standing, rules, visitor, now)) visits.push([eventRow(largeSite, visitor, event)]);
	const { identity, segments } = standing;
	const isAnonymous = identity === "anonymous";
	const versions = { epoch: 1, version: events.length };
	const known = isAnonymous ? { retentionMs } : knownSince(standing.person);
	const cell = `eu-eeur-${index % 4}`;
	writer.put(
		"people",
		personRow(largeSite, { id: visitor, cell, ...versions, identity, segments, ...known }),
	);
	for (const part of Object.values(standing.person.parts))
		parts.push(partRow(largeSite, visitor, 1, part, isAnonymous ? null : "typed"));
	for (const [n, visit] of visits.entries()) {
		const [key] = visit;
		const counted = counts[n] ?? [];
		if (isAnonymous && key) {
			const { counts: told = null, ...row } = arrivalRow(largeSite, visitor, key, visit, counted);
			writer.put("arrivals", { ...row, counts: told });
			continue;
		}
		figures.add(counted);
		for (const row of visit) writer.put("contact_events", row);
	}
	const { orders = {}, attention } = read(standing.person);
	for (const [id, order] of Object.entries(orders)) {
		const credit = creditOf(id, order, attention);
		const told = { ...credit, order: digestOf("order", id), origin: came.get(id) };
		if (credit) writer.put("owed", { site: largeSite, credits: JSON.stringify([told]) });
	}
	return visits.flat().length;
}
