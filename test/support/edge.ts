// What was built, run as in production but on this machine: embedded D1 and objects, a direct socket, no proxy.
// `npm start`, browser tests, kill tests and benchmarks all run the product through here.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from "wrangler";

const root = join(import.meta.dirname, "../..");
/** All Workers of a deployment in one, at one address, with the demo. */
const local = join(root, "dist/local/index.js");

/** Secrets of a machine that nobody else reaches. A deployment makes its own. */
export const localSecrets = {
	TOKEN_KEYS: JSON.stringify({ k1: "local-token-key-for-development-only" }),
	SITE_KEYS: JSON.stringify({ k1: "local-site-key-for-development-only" }),
	ADMIN_TOKEN: "local-admin-token",
	ACCOUNT_KEYS: JSON.stringify({ k1: "local-account-key-for-development-only" }),
	LOCAL: "1",
} as const;

export interface EdgeOptions {
	readonly port: number;
	/** Where data is kept between runs; in memory where absent. */
	readonly folder?: string;
	/** Bindings in place of or beside the usual ones. */
	readonly bindings?: Readonly<Record<string, string>>;
	/** Newcomers allowed from one address in a minute. */
	readonly newcomers?: number;
	/** Requests of servers allowed in a minute. */
	readonly callers?: number;
	/** Another build, such as one Worker of a deployment alone, or one with test-only additions. */
	readonly script?: string;
	/** `script` is all Workers of a deployment in one, as the usual one is. */
	readonly isWhole?: boolean;
	/**
	 * Without the files beside the Worker: the local platform serves them by two Workers of its own, which every request
	 * then goes through, and whose work would be counted as ours.
	 */
	readonly withoutFiles?: boolean;
	/** Further Workers in the same process. What fills is always among them. */
	readonly beside?: readonly NeighbourOptions[];
}

export type NeighbourOptions = V4WorkerOptions & { readonly name: string };

export interface Edge {
	readonly url: string;
	readonly db: Awaited<ReturnType<Miniflare["getD1Database"]>>;
	readonly miniflare: Miniflare;
	/** Where a further Worker answers. */
	urlOf(worker: string): Promise<string>;
	stop(): Promise<void>;
}

/** Starts what `npm run build` left, with its migrations applied. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
	const { port, folder, bindings, newcomers = 300, callers = 1_200, script = local, beside = [] } = options;
	const { isWhole = script === local } = options;
	if (!existsSync(script)) throw new Error("nothing is built: run `npm run build` first");
	const config = isWhole ? "worker/demo/wrangler.toml" : "wrangler.toml";
	const { assets, ...workerOptions } = Object(
		unstable_getMiniflareWorkerOptions(join(root, config)).workerOptions,
	);
	const each = (namespace_id: string, limit: number) => ({
		namespace_id,
		simple: { limit, period: 60 as const },
	});
	const own: NeighbourOptions = {
		...workerOptions,
		...(options.withoutFiles ? {} : { assets }),
		name: "witaj",
		rootPath: root,
		modules: [{ type: "ESModule", path: script }],
		bindings: { ...workerOptions.bindings, ...localSecrets, ...bindings },
		ratelimits: { NEWCOMERS: each("1001", newcomers), CALLERS: each("1002", callers) },
		unsafeDirectSockets: [{ host: "127.0.0.1", port }],
	};
	const neighbours = isWhole ? beside : [neighbour("content"), neighbour("desk"), ...beside];
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			workers: [own, ...neighbours],
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

/** Another Worker of a deployment, as it was built: one of worker/content, worker/desk and worker/admin. */
export function neighbour(part: "admin" | "content" | "desk"): NeighbourOptions {
	const config = join(root, "worker", part, "wrangler.toml");
	const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
	return {
		...Object(workerOptions),
		name: `witaj-${part}`,
		rootPath: root,
		modules: [{ type: "ESModule", path: join(root, "dist", part, "index.js") }],
	};
}

/** Applies what was not applied yet, and keeps account of it in the table that wrangler uses too. */
export async function migrate(db: Edge["db"]): Promise<void> {
	await db.exec(
		"CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
	);
	const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
	const applied = new Set(results.map(({ name }) => name));
	const lines = readdirSync(join(root, "migrations"))
		.filter((name) => name.endsWith(".sql") && !applied.has(name))
		.sort()
		.flatMap((name) => [
			...unstable_splitSqlQuery(readFileSync(join(root, "migrations", name), "utf8")).map(inOneLine),
			`INSERT INTO d1_migrations (name) VALUES ('${name}')`,
		]);
	// All or nothing, and in one request: each statement that is prepared from here is one more, and there are hundreds.
	if (lines.length > 0) await db.exec(lines.join("\n"));
}

function inOneLine(statement: string): string {
	return statement
		.replace(/^\s*--.*$/gm, "")
		.replace(/\s*\n\s*/g, " ")
		.trim();
}
