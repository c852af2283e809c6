// The one place that turns a site and a cell into an object. A raw id off the wire never does.

import type { AdminEnv, CatalogueEnv, DeskEnv, Env } from "./env.ts";

const hints: readonly DurableObjectLocationHint[] = [
	"wnam",
	"enam",
	"sam",
	"weur",
	"eeur",
	"apac",
	"oc",
	"afr",
	"me",
];

/** Ids by name: to hash a name takes a fifth of a call's time. Of its few thousand names an isolate meets the same. */
const ids = new Map<string, DurableObjectId>();
const rememberedIds = 10_000;

export function cellOf(env: Env, site: string, cell: string) {
	const name = `${site}/${cell}`;
	let id = ids.get(name);
	if (!id) {
		id = env.CELL.idFromName(name);
		if (ids.size >= rememberedIds) ids.clear();
		ids.set(name, id);
	}
	const locationHint = hints.find((hint) => hint === cell.split("-")[1]);
	return env.CELL.get(id, locationHint ? { locationHint } : {});
}

export function siteOf(env: Env, site: string) {
	return env.SITE.getByName(site);
}

export function importOf(env: AdminEnv, site: string, id: string) {
	return env.IMPORT.getByName(`${site}/${id}`);
}

export function bulkOf(env: AdminEnv, site: string, id: string) {
	return env.BULK.getByName(`${site}/${id}`);
}

export function removalOf(env: AdminEnv, site: string) {
	return env.REMOVAL.getByName(site);
}

export function catalogueOf(env: CatalogueEnv, site: string) {
	return env.CATALOGUE.getByName(site);
}

export function deskOf(env: Pick<DeskEnv, "DESK">, site: string) {
	return env.DESK.getByName(site);
}

/** The shard of a site's directory in which a key stands: by its first two digits. */
export function directoryOf(env: Env, site: string, key: string) {
	return env.DIRECTORY.getByName(`${site}/${key.slice(0, 2)}`);
}
