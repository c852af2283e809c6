// What goes of a site, and in which order: objects before the database, for what they still have to tell would come back;
// what says which objects there are after them; and of the database a table after the other.

import { databaseOf } from "../data/database.ts";
import { emptyTable, idsIn, tablesOfSites } from "../data/removal.ts";
import type { objects } from "../data/tables.ts";
import type { AdminEnv } from "../platform/env.ts";
import { bulkOf, catalogueOf, cellOf, deskOf, directoryOf, importOf, siteOf } from "../platform/name.ts";
import { vanished } from "../platform/vanish.ts";

/** Which step it is at, and how far that has come. */
export interface Cursor {
	readonly step: number;
	/** The last that is done with; empty at the beginning. */
	readonly after: string;
}
export const first: Cursor = { step: 0, after: "" };

/** Objects that are called in one slice, and rows that go in one. */
const objectsAtOnce = 64;
const rowsAtOnce = 2_000;

type Step = (env: AdminEnv, site: string, after: string) => Promise<string | undefined>;
interface Vanishing {
	readonly vanish: () => Promise<void>;
}

/** Of each class of objects, those of a site: a class that is not here does not compile. */
const ofClass = {
	Cell: each((env, site) => siteOf(env, site).cells(), cellOf),
	Desk: each(async () => ["desk"], deskOf),
	Import: each((env, site) => idsIn(databaseOf(env, site), site, "imports"), importOf),
	Bulk: each((env, site) => idsIn(databaseOf(env, site), site, "bulk_jobs"), bulkOf),
	Directory: each(
		async () => Array.from({ length: 256 }, (_, shard) => shard.toString(16).padStart(2, "0")),
		directoryOf,
	),
	Catalogue: each(async () => ["catalogue"], catalogueOf),
	// It says which cells there are, and so is the last.
	Site: each(async () => ["site"], siteOf),
	/** That which works here, and ends itself. */
	Removal: undefined,
} as const satisfies Readonly<Record<keyof typeof objects, Step | undefined>>;

export const steps: readonly Step[] = [
	...Object.values(ofClass).flatMap((one) => one ?? []),
	...tablesOfSites.map(
		(table): Step =>
			(env, site) =>
				empty(env, site, table),
	),
];

/** Where the database begins. */
export const firstTable: Cursor = { step: steps.length - tablesOfSites.length, after: "" };

/** Does a slice; nothing is left to do where it answers nothing. */
export async function step(
	env: AdminEnv,
	site: string,
	{ step: at, after }: Cursor,
): Promise<Cursor | undefined> {
	const doing = steps[at];
	if (!doing) return undefined;
	const last = await doing(env, site, after);
	const next = last === undefined ? { step: at + 1, after: "" } : { step: at, after: last };
	return next.step < steps.length ? next : undefined;
}

/** A slice of all of them, by their names in order; nothing behind the last. */
function each(
	names: (env: AdminEnv, site: string) => Promise<readonly string[]>,
	objectOf: (env: AdminEnv, site: string, name: string) => Vanishing,
): Step {
	return async (env, site, after) => {
		const left = [...(await names(env, site))].sort().filter((name) => name > after);
		const slice = left.slice(0, objectsAtOnce);
		await Promise.all(slice.map((name) => removed(objectOf(env, site, name))));
		return left.length > slice.length ? slice.at(-1) : undefined;
	};
}

async function removed(object: Vanishing): Promise<void> {
	try {
		await object.vanish();
	} catch (error) {
		if (!(error instanceof Error && error.message.includes(vanished))) throw error;
	}
}

async function empty(env: AdminEnv, site: string, table: string): Promise<string | undefined> {
	const gone = await emptyTable(databaseOf(env, site), site, table, rowsAtOnce);
	return gone < rowsAtOnce ? undefined : table;
}
