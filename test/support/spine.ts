// D1's tables in Node's SQLite, by every migration in its order.

import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const migrations = new URL("../../migrations/", import.meta.url);

export function spine(): DatabaseSync {
	const db = new DatabaseSync(":memory:");
	for (const name of readdirSync(migrations).sort()) db.exec(readFileSync(new URL(name, migrations), "utf8"));
	return db;
}
