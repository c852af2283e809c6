// The names of workerd's types that Node's side of the tests meets in the Worker's sources, and no more of them: the
// whole would fight with the DOM's.

import type * as platform from "@cloudflare/workers-types";

declare global {
	type D1Database = platform.D1Database;
	type D1PreparedStatement = platform.D1PreparedStatement;
	type DurableObjectStorage = platform.DurableObjectStorage;
	type SqlStorage = platform.SqlStorage;
}
