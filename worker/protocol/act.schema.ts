// What a marketer's tools may do to people by hand.

import * as z from "zod/mini";
import { Id } from "./id.schema.ts";
import { limits } from "./limits.ts";

const points = z.int().check(
	z.minimum(-1_000_000),
	z.maximum(1_000_000),
	z.refine((n) => n !== 0, { error: "no points at all" }),
);
/** A whole name: placeholders are the rules'. */
const tag = z
	.string()
	.check(z.minLength(1), z.maxLength(limits.propertyName), z.regex(/^[^{}]+$/, "a tag has no braces"));

/** `points` below zero are taken; of no programme they are the site's own score. `untag` takes a tag off altogether. */
export const Act = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.enum(["tag", "untag"]), tag }),
	z.strictObject({ kind: z.enum(["enlist", "delist"]), list: Id }),
	z.strictObject({ kind: z.literal("join"), programme: Id }),
	z.strictObject({ kind: z.literal("points"), points, programme: z.exactOptional(Id) }),
	z.strictObject({ kind: z.literal("spend"), programme: Id, reward: Id }),
]);

export const ActsBody = z.strictObject({
	/** Made by the caller; sent again, nothing happens twice. */
	id: z.uuid(),
	act: Act,
	people: z
		.array(z.string().check(z.minLength(1), z.maxLength(limits.propertyName)))
		.check(z.minLength(1), z.maxLength(1_000)),
});

/** In the order of the people. */
export const Acted = z.strictObject({
	people: z.array(
		z.strictObject({
			person: z.string(),
			is: z.enum(["done", "duplicate", "refused"]),
			/** The code of a reward. */
			coupon: z.exactOptional(z.string()),
			why: z.exactOptional(z.string()),
		}),
	),
});
