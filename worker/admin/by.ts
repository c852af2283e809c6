// Who changes a definition, and when.

import type { By } from "../domain/kept.ts";
import { type AdminContext, askerOf } from "./actor.ts";

export function byOf(context: AdminContext): By {
	return { at: Date.now(), by: askerOf(context) };
}
