// Acts on many people at once: whoever meets a condition, or people picked one by one.

import * as z from "zod/mini";
import { limits as conditionLimits } from "../domain/limits.ts";
import { ManyAct, people } from "./act.schema.ts";
import { RawCondition } from "./admin.schema.ts";
import { MessageId } from "./collect.schema.ts";

const whom = {
	condition: z.exactOptional(RawCondition),
	/** Of those who meet the condition whoever is found by this. */
	q: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(conditionLimits.text))),
	people: z.exactOptional(people),
	definitions: z._default(z.enum(["published", "drafts"]), "published"),
};
const isOfEither = ({ condition, people }: { readonly condition?: unknown; readonly people?: unknown }) =>
	(condition === undefined) !== (people === undefined);
const ofEither = "one of condition and people";
/** Made by the caller, newly; sent again, nothing happens twice. */
const id = MessageId;

export const BulkBody = z
	.strictObject({ id, act: ManyAct, ...whom })
	.check(z.refine((body) => isOfEither(body), ofEither));
export const BulkPreviewBody = z
	.strictObject({ act: z.exactOptional(ManyAct), ...whom })
	.check(z.refine((body) => isOfEither(body), ofEither));
/** `count` is how many are meant to be erased: where it is another by now, nobody is. */
export const BulkErasureBody = z
	.strictObject({ id, count: z.int().check(z.minimum(1)), ...whom })
	.check(z.refine((body) => isOfEither(body), ofEither));

/** `already` are those of them with whom the act would find nothing to do, or who have the tag; null where nobody can say. */
export const BulkPreview = z.strictObject({ count: z.int(), already: z.nullable(z.int()) });
export const BulkView = z.strictObject({
	id: z.string(),
	createdAt: z.int(),
	act: z.looseObject({ kind: z.string() }),
	/** As it was asked; null where people were picked one by one. */
	condition: z.nullable(z.unknown()),
	q: z.nullable(z.string()),
	status: z.enum(["gathering", "running", "stopped", "done", "undoing", "undone", "closed"]),
	/** How many it means, as far as they are gathered. */
	people: z.int(),
	/** How many the step under way has been through. */
	done: z.int(),
	changed: z.int(),
	/** How many were refused, by reason. */
	refused: z.readonly(z.record(z.string(), z.int())),
	canUndo: z.boolean(),
	/** Until when; null while it is not over. */
	keptUntil: z.nullable(z.int()),
});
export const BulkViews = z.strictObject({
	jobs: z.readonly(z.array(BulkView)),
	/** After which the next page begins. */
	next: z.nullable(z.string()),
});
