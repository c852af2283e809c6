// Cards that may be one and the same person, and what is done about it.

import * as z from "zod/mini";
import { identifierKinds } from "../domain/contact.ts";
import { limits } from "./limits.ts";

const PersonId = z.string().check(z.minLength(1), z.maxLength(limits.propertyName));
const Identifier = z.strictObject({ kind: z.enum(identifierKinds), value: z.string() });

/** `preview`: the evidence alone, and nothing is merged. */
export const MergeBody = z.strictObject({ into: PersonId, preview: z._default(z.boolean(), false) });
/** A part that a browser tied to the card by typing one of its identifiers. */
export const UntieBody = z.strictObject({
	part: z.string().check(z.minLength(1), z.maxLength(limits.token)),
});
/** Two people who are two, whatever identifier points at both. */
export const SettleBody = z.strictObject({ person: PersonId, other: PersonId });

/** Identifiers of one person that are another's, the latest first. */
export const Conflicts = z.strictObject({
	conflicts: z.array(
		z.strictObject({
			person: z.string(),
			other: z.string(),
			kind: z.enum(identifierKinds),
			value: z.string(),
			at: z.int(),
		}),
	),
});

/** What each is known by and made of. `different`: kinds of identifiers of which the two have different ones. */
export const CardMerged = z.strictObject({
	isMerged: z.boolean(),
	person: z.string(),
	into: z.string(),
	different: z.array(z.enum(identifierKinds)),
	sides: z.array(
		z.strictObject({
			person: z.string(),
			identifiers: z.array(Identifier),
			parts: z.array(
				z.strictObject({
					id: z.string(),
					kind: z.string(),
					proof: z.nullable(z.string()),
					isTied: z.boolean(),
					visits: z.int(),
					firstSeenAt: z.nullable(z.int()),
					lastSeenAt: z.nullable(z.int()),
				}),
			),
		}),
	),
});
