// Saved views of the list of people.

import * as z from "zod/mini";
import { limits as conditionLimits } from "../domain/limits.ts";
import { Columns, RawCondition, Sorting } from "./admin.schema.ts";
import { Id } from "./id.schema.ts";

const shape = {
	name: z.string().check(z.minLength(1), z.maxLength(100)),
	condition: RawCondition,
	q: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(conditionLimits.text))),
	columns: Columns,
	sort: Sorting,
	/** Everybody's at the site, or the own of whoever made it. */
	isShared: z.boolean(),
};

export const ViewBody = z.strictObject(shape);
/** `version` is that of the view which was changed: where it has changed since, nothing is written. */
export const ViewChange = z.strictObject({ ...shape, version: z.int().check(z.minimum(1)) });
export const View = z.strictObject({ id: Id, ...shape, version: z.int(), changedAt: z.int() });
/** In the order of the alphabet. */
export const Views = z.strictObject({ views: z.readonly(z.array(View)) });
/** Of a view that somebody else has changed meanwhile: as it stands now. */
export const ViewConflict = z.strictObject({ error: z.literal("view-changed"), view: View });
