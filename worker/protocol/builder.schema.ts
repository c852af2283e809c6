// The language of conditions as a screen makes its builder of it: see domain/words/builder.ts.

import * as z from "zod/mini";

const words = z.strictObject({ pl: z.string(), en: z.string() });
const choices = z.readonly(z.array(z.strictObject({ value: z.union([z.string(), z.number()]), words })));

/** `is` says what to show for it; the rest what may be chosen or entered. */
const part = {
	is: z.string(),
	words,
	mayBeMissing: z.exactOptional(z.literal(true)),
	/** Of a test: of which kind of value, by `tests`. */
	of: z.exactOptional(z.string()),
	quantity: z.exactOptional(z.string()),
	values: z.exactOptional(choices),
	/** Values that the platform has names for (Intl.DisplayNames). */
	codes: z.exactOptional(z.enum(["region", "language"])),
	least: z.exactOptional(z.number()),
	most: z.exactOptional(z.number()),
};
const field = {
	field: z.string(),
	words,
	/** In the order in which they are asked; each is a member of the condition. */
	parts: z.readonly(z.array(z.strictObject({ member: z.string(), ...part }))),
};

export const Builder = z.strictObject({
	groups: z.readonly(z.array(z.strictObject({ group: z.string(), words }))),
	fields: z.readonly(z.array(z.strictObject({ ...field, group: z.string() }))),
	page: z.readonly(z.array(z.strictObject(field))),
	operators: z.record(z.string(), z.strictObject({ words, takes: z.string() })),
	tests: z.record(z.string(), z.readonly(z.array(z.string()))),
	attributes: z.readonly(z.array(z.strictObject({ name: z.string(), words, test: z.strictObject(part) }))),
	events: z.readonly(z.array(z.strictObject({ name: z.string(), words }))),
	limits: z.record(z.string(), z.number()),
});
