// Links by which the site's own people see an experience on the live site, published or not.

import * as z from "zod/mini";
import { Id } from "./id.schema.ts";
import { limits } from "./limits.ts";

const word = z.union([z.string().check(z.maxLength(limits.attributeText)), z.number(), z.boolean()]);

/** A made-up visitor, in the words of templates: `person.first_name`, `score`. */
export const PersonaWords = z.strictObject({
	person: z.record(z.string().check(z.maxLength(limits.propertyName)), word),
	score: z.exactOptional(z.number()),
});

export const PreviewLinkBody = z
	.strictObject({
		/** A page of the site. */
		url: z.url({ protocol: /^https?$/ }).check(z.maxLength(limits.text)),
		/** The draft as it is stored now, or what was published last. */
		of: z._default(z.enum(["draft", "published"]), "draft"),
		/** For whom it is filled: somebody of the site's, or somebody made up; where neither is given, nobody. */
		person: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(64))),
		persona: z.exactOptional(PersonaWords),
		/** Of an experience that has some: as it is shown in that one. */
		variant: z.exactOptional(Id),
		/** Opens with the page, whatever it waits for. */
		atOnce: z.exactOptional(z.literal(true)),
		hours: z._default(z.int().check(z.minimum(1), z.maximum(24)), 1),
	})
	.check(
		z.refine(({ person, persona }) => !(person && persona), { error: "a person or a persona, not both" }),
	);

/** Instant in epoch ms. */
export const PreviewLink = z.strictObject({ url: z.string(), expiresAt: z.int() });
