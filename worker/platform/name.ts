// The one place that turns a site and a cell into an object. A raw id off the wire never does.

import type { Env } from "./env.ts";

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

export function cellOf(env: Env, site: string, cell: string) {
	const id = env.CELL.idFromName(`${site}/${cell}`);
	const locationHint = hints.find((hint) => hint === cell.split("-")[1]);
	return env.CELL.get(id, locationHint ? { locationHint } : {});
}

export function siteOf(env: Env, site: string) {
	return env.SITE.getByName(site);
}
