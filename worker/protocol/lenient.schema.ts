import * as z from "zod/mini";

/**
 * What is malformed counts as not said. Zod's own `catch` does the same, but refers to Zod's tools by their namespace, so
 * that no bundler leaves out those of them that nobody uses.
 */
export function ifWellFormed<Schema extends z.ZodMiniType>(schema: Schema) {
	const read = z.transform((said): z.output<Schema> | undefined => {
		const { success, data } = schema.safeParse(said);
		return success ? data : undefined;
	});
	return z.optional(z.pipe(z.unknown(), read));
}
