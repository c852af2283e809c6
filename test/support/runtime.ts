// The Workers that are run on this machine, and their database. A process that is to be killed loads no more than this.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";

const root = join(import.meta.dirname, "../..");

export type NeighbourOptions = V4WorkerOptions & { readonly name: string };

export interface Edge {
	readonly url: string;
	readonly db: Awaited<ReturnType<Miniflare["getD1Database"]>>;
	readonly miniflare: Miniflare;
	/** Where a further Worker answers. */
	urlOf(worker: string): Promise<string>;
	stop(): Promise<void>;
}

/** The first of them is the edge. `folder`: where data is kept between runs; in memory where absent. */
export async function run(workers: readonly NeighbourOptions[], folder?: string): Promise<Edge> {
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			workers: [...workers],
			...(folder === undefined ? {} : { resourcePersistencePath: folder }),
			cf: false,
			log: new Log(LogLevel.WARN),
		}),
	);
	await miniflare.ready;
	const db = await miniflare.getD1Database("DB");
	await migrate(db);
	const urlOf = async (worker: string) =>
		`http://localhost:${(await miniflare.unsafeGetDirectURL(worker)).port}`;
	return { url: await urlOf("witaj"), db, miniflare, urlOf, stop: () => miniflare.dispose() };
}

/** Applies what was not applied yet, and keeps account of it in the table that wrangler uses too. */
export async function migrate(db: Edge["db"]): Promise<void> {
	await db.exec(
		"CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
	);
	const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
	const applied = new Set(results.map(({ name }) => name));
	const names = readdirSync(join(root, "migrations")).filter((name) => name.endsWith(".sql"));
	const missing = names.filter((name) => !applied.has(name)).sort();
	if (missing.length === 0) return;
	// Takes longer to load than all else.
	const { unstable_splitSqlQuery } = await import("wrangler");
	const lines = missing.flatMap((name) => [
		...unstable_splitSqlQuery(readFileSync(join(root, "migrations", name), "utf8")).map(inOneLine),
		`INSERT INTO d1_migrations (name) VALUES ('${name}')`,
	]);
	// All or nothing, and in one request: each statement that is prepared from here is one more, and there are hundreds.
	await db.exec(lines.join("\n"));
}

function inOneLine(statement: string): string {
	return statement
		.replace(/^\s*--.*$/gm, "")
		.replace(/\s*\n\s*/g, " ")
		.trim();
}
