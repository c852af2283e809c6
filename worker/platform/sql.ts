// The small synchronous face of SQLite that the objects' stores are written against, so that the same code runs in an
// object and on a plain SQLite in Node.

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

export interface Sql {
	all(query: string, ...values: SqlValue[]): Row[];
	/** All or nothing; nothing may be awaited inside. */
	transaction<T>(work: () => T): T;
}

export function sqlOf(storage: DurableObjectStorage): Sql {
	return {
		all: (query, ...values) => storage.sql.exec<Row>(query, ...values).toArray(),
		transaction: (work) => storage.transactionSync(work),
	};
}
