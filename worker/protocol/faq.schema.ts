// Questions that visitors ask, with the site's own answers, in its languages.

import * as z from "zod/mini";
import { languages } from "../domain/words/language.ts";
import { Id } from "./id.schema.ts";

const said = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
const Text = z.strictObject({ question: said(300), answer: said(4_000) });

export const FaqTexts = z
	.strictObject({ pl: z.exactOptional(Text), en: z.exactOptional(Text) })
	.check(z.refine((texts) => Object.keys(texts).length > 0, "in one language at least"));

export const FaqBody = z.strictObject({ texts: FaqTexts });
/** `version` is that of the entry which was changed: where it has changed since, nothing is written. */
export const FaqChange = z.strictObject({ texts: FaqTexts, version: z.int().check(z.minimum(1)) });
/** All of them, in the order in which they are to stand. */
export const FaqOrder = z.strictObject({ ids: z.array(Id).check(z.maxLength(500)) });
export const FaqEntry = z.strictObject({
	id: Id,
	version: z.int(),
	texts: FaqTexts,
	changedAt: z.int(),
	/** Null for the operator. */
	changedBy: z.nullable(z.string()),
});
/** In their order. */
export const FaqEntries = z.strictObject({ entries: z.array(FaqEntry) });
export const FaqConflict = z.strictObject({ error: z.literal("changed-meanwhile"), current: FaqEntry });

export const FaqQuery = z.strictObject({
	q: z.string().check(z.maxLength(500)),
	language: z._default(z.enum(languages), "pl"),
});
/** The best first; `score` is 0 to 1, how much of what is asked the entry speaks of. */
export const FaqFound = z.strictObject({
	found: z.array(z.strictObject({ id: Id, question: z.string(), answer: z.string(), score: z.number() })),
});
