// The blocks that everything shown is made of, instead of HTML, so that nothing a marketer writes can run.

import * as z from "zod/mini";
import { Recipe } from "./recipe.schema.ts";

export const Words = z.string().check(z.minLength(1), z.maxLength(500));
export const BlockId = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));
/** A link leads to the web and nowhere else. */
export const Link = z.string().check(
	z.maxLength(2_048),
	z.refine((url) => /^(https?:\/\/|\/(?![/\\]))/i.test(url), "a link starts with https:// or /"),
);

/** As a frame shows it. Texts are in the visitor's language, amounts with their currency. */
export const FrameProduct = z.object({
	id: z.string(),
	name: z.string(),
	url: Link,
	image: z.exactOptional(Link),
	price: z.string(),
	/** The lowest price of the 30 days before the reduction: nothing else may be crossed out. */
	before: z.exactOptional(z.string()),
	soldOut: z.exactOptional(z.boolean()),
	why: z.string(),
});

export const Block = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("heading"), text: Words }),
	z.object({ kind: z.literal("text"), text: z.string().check(z.minLength(1), z.maxLength(2_000)) }),
	z.object({
		kind: z.literal("image"),
		src: Link,
		alt: z.string().check(z.maxLength(300)),
		/** Pixels, so that the place is reserved before the picture is there. */
		width: z.int().check(z.minimum(1), z.maximum(4_000)),
		height: z.int().check(z.minimum(1), z.maximum(4_000)),
	}),
	z.object({ kind: z.literal("button"), text: Words, link: Link }),
	z.object({
		kind: z.literal("coupon"),
		code: z.string().check(z.minLength(1), z.maxLength(64)),
		label: Words,
	}),
	z.object({
		kind: z.literal("form"),
		fields: z.array(z.enum(["email", "name"])).check(z.minLength(1), z.maxLength(2)),
		/** The wording that the visitor agrees to, kept as it stood. Without it the form asks for no consent. */
		consent: z.exactOptional(
			z.object({
				purpose: BlockId,
				wording: Words,
				version: BlockId,
				/** The consent waits until the address has confirmed it by the link in a message. */
				doubleOptIn: z.exactOptional(z.boolean()),
			}),
		),
		submit: Words,
		/** Shown in place of the form when the server has accepted it. */
		thanks: z
			.array(
				z.discriminatedUnion("kind", [
					z.object({ kind: z.literal("heading"), text: Words }),
					z.object({ kind: z.literal("text"), text: z.string().check(z.minLength(1), z.maxLength(2_000)) }),
					z.object({
						kind: z.literal("coupon"),
						code: z.string().check(z.minLength(1), z.maxLength(64)),
						label: Words,
					}),
				]),
			)
			.check(z.minLength(1), z.maxLength(5)),
	}),
	z.object({
		kind: z.literal("products"),
		layout: z.enum(["grid", "carousel", "list", "compact"]),
		recipe: z.exactOptional(Recipe),
		/** Says why each is here. */
		why: z.exactOptional(z.boolean()),
		/** What the recipe gave for this visitor; in what a marketer writes there is none. */
		products: z.exactOptional(z.array(FrameProduct).check(z.maxLength(16))),
	}),
]);
