// All that is stored anywhere, as one text: so that a suite can look for what must not be there, without knowing where.

import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { jsonbIn } from "../../worker/data/intake.ts";
import { env } from "./world.ts";

/** Keys of a walk name people as bounds in the order of ids, which says nothing of them (see the registry). */
const bounds = new Set(["fill", "apply"]);

export async function everything(): Promise<string> {
	const tables = await env.DB.prepare(
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
	).all<{ name: string }>();
	const texts: string[] = [];
	for (const { name } of tables.results) {
		// In SQLite's own form of JSON no text can be found.
		const columns = [
			"*",
			...(jsonbIn[name] ?? []).map((column) => `json(${column}) AS readable_${column}`),
		].join(", ");
		const { results } = await env.DB.prepare(`SELECT ${columns} FROM ${name}`).all();
		texts.push(JSON.stringify(results));
	}
	for (const namespace of [
		env.CELL,
		env.SITE,
		env.DIRECTORY,
		env.IMPORT,
		env.BULK,
		env.CATALOGUE,
		env.DESK,
		env.REMOVAL,
	]) {
		for (const id of await listDurableObjectIds(namespace as DurableObjectNamespace)) {
			const stub = (namespace as DurableObjectNamespace).get(id);
			texts.push(await runInDurableObject(stub, (_object, { storage }) => dumpOf(storage.sql)));
		}
	}
	return texts.join("\n");
}

function dumpOf(sql: SqlStorage): string {
	const names = sql
		.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
		.toArray()
		.filter(({ name }) => !name.startsWith("_cf_"));
	const rows = names.flatMap(({ name }) => sql.exec(`SELECT * FROM "${name}"`).toArray());
	return JSON.stringify(rows.filter(({ key }) => !bounds.has(String(key))));
}
