// Everything that a cell stores of one person, as it stands there: the registry says where that is.

import { type Ids, inCell, statementsOf } from "../data/registry.ts";
import type { Identifier } from "../domain/contact.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Row } from "../platform/sql.ts";
import type { Store } from "./store.ts";

export interface Extract {
	readonly ids: Ids;
	readonly identifiers: readonly Identifier[];
	/** Of an anonymous person whose details have lapsed nothing more may be told, wherever it may still stand. */
	readonly isLapsed: boolean;
	/** By table; what is JSON is read. */
	readonly tables: Readonly<Record<string, readonly object[]>>;
}

export function tablesOf(store: Store, outbox: Outbox, ids: Ids): Extract["tables"] {
	const tables: Record<string, object[]> = {};
	for (const { table, sql, ids: of } of statementsOf(inCell, "SELECT *", ids, "object"))
		tables[table] = [...(tables[table] ?? []), ...store.sql.all(sql, JSON.stringify(of)).map(readable)];
	const lines = outbox.mentioning(ids.people, ids.parts);
	return lines.length > 0 ? { ...tables, outbox: lines } : tables;
}

function readable(row: Row): object {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			name,
			typeof value === "string" && /^[{[]/.test(value) ? JSON.parse(value) : value,
		]),
	);
}
