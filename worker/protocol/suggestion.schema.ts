// Values that a field of a condition may be asked for.

import * as z from "zod/mini";
import { limits } from "./limits.ts";

const text = z.string().check(z.minLength(1), z.maxLength(limits.eventName));

export const SuggestionsQuery = z.strictObject({
	/**
	 * path, tag, segment, experience, list, programme, rule, event, property (of an `event`; with `name` its values), coupon,
	 * product, category, brand, purpose (of consents), owner, stage, attribute (their names), `attribute.` and a name, or a field of text of a condition.
	 */
	field: text,
	/** A part of it, in any case and without accents. */
	q: z.exactOptional(text),
	event: z.exactOptional(text),
	name: z.exactOptional(text),
	language: z._default(z.enum(["pl", "en"]), "en"),
	limit: z._default(
		z.pipe(
			z.pipe(z.string().check(z.regex(/^\d{1,2}$/)), z.transform(Number)),
			z.int().check(z.minimum(1), z.maximum(50)),
		),
		20,
	),
});
export const Suggestions = z.strictObject({
	/** The most frequent first; those that begin with what was looked for before all others. */
	values: z.readonly(
		z.array(
			z.strictObject({
				value: z.string(),
				/** What it is called, where that is something else. */
				label: z.nullable(z.string()),
				/** Of those who were looked at; null where nobody counts. */
				count: z.nullable(z.int()),
			}),
		),
	),
	/** Whether the youngest people alone were looked at. */
	isSample: z.boolean(),
});
