// What was built, run as in production but on this machine: embedded D1 and objects, a direct socket, no proxy.
// `npm start`, browser tests, kill tests and benchmarks all run the product through here.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { type Edge, type NeighbourOptions, run } from "./runtime.ts";

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

/** Starts what `npm run build` left, with its migrations applied. */
export function startEdge(options: EdgeOptions): Promise<Edge> {
	return run(workersOf(options), options.folder);
}

/** What is started: plain data, which another process may be told. */
export function workersOf(options: EdgeOptions): readonly NeighbourOptions[] {
	const { port, bindings, newcomers = 300, callers = 1_200, script = local, beside = [] } = options;
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
	return [own, ...(isWhole ? [] : [neighbour("content"), neighbour("desk")]), ...beside];
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
