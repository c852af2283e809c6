// Who changes a definition, and when.

import type { Context } from "hono";
import type { By } from "../domain/kept.ts";
import type { AdminEnv } from "../platform/env.ts";

export function byOf(_context: Context<{ Bindings: AdminEnv }>): By {
	return { at: Date.now(), by: "operator" };
}
