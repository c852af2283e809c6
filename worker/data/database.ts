// The only way to a database. One today; one for each large site when a single writer is not enough. Every query takes
// the site, and none joins two.

import type { DatabaseEnv } from "../platform/env.ts";

export function databaseOf(env: DatabaseEnv, _site: string): D1Database {
	return env.DB;
}

/** All of them, for what the clock does for every site. */
export function databasesOf(env: DatabaseEnv): readonly D1Database[] {
	return [env.DB];
}

/** Where whoever signs in is known, and what they did: they stand above sites, and so is this one for all of them. */
export function accountsIn(env: DatabaseEnv): D1Database {
	return env.DB;
}
