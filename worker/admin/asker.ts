// Who asks: whose their own views are.

import type { Context } from "hono";

/** Servers and scripts, which come with the operator's token, are all one. */
export function askerOf(_context: Context): string {
	return "operator";
}
