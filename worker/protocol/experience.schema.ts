// What the widget shows: blocks instead of HTML, so that nothing a marketer writes can run.

import * as z from "zod/mini";

const words = z.string().check(z.minLength(1), z.maxLength(500));
const id = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));
/** A link leads to the web and nowhere else. */
export const Link = z.string().check(
	z.maxLength(2_048),
	z.refine((url) => /^(https?:\/\/|\/(?![/\\]))/i.test(url), "a link starts with https:// or /"),
);

export const Block = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("heading"), text: words }),
	z.object({ kind: z.literal("text"), text: z.string().check(z.minLength(1), z.maxLength(2_000)) }),
	z.object({
		kind: z.literal("image"),
		src: Link,
		alt: z.string().check(z.maxLength(300)),
		/** Pixels, so that the place is reserved before the picture is there. */
		width: z.int().check(z.minimum(1), z.maximum(4_000)),
		height: z.int().check(z.minimum(1), z.maximum(4_000)),
	}),
	z.object({ kind: z.literal("button"), text: words, link: Link }),
	z.object({
		kind: z.literal("coupon"),
		code: z.string().check(z.minLength(1), z.maxLength(64)),
		label: words,
	}),
	z.object({
		kind: z.literal("form"),
		fields: z.array(z.enum(["email", "name"])).check(z.minLength(1), z.maxLength(2)),
		/** The wording that the visitor agrees to, kept as it stood. Without it the form asks for no consent. */
		consent: z.exactOptional(
			z.object({
				purpose: id,
				wording: words,
				version: id,
				/** The consent waits until the address has confirmed it by the link in a message. */
				doubleOptIn: z.exactOptional(z.boolean()),
			}),
		),
		submit: words,
		/** Shown in place of the form when the server has accepted it. */
		thanks: z
			.array(
				z.discriminatedUnion("kind", [
					z.object({ kind: z.literal("heading"), text: words }),
					z.object({ kind: z.literal("text"), text: z.string().check(z.minLength(1), z.maxLength(2_000)) }),
					z.object({
						kind: z.literal("coupon"),
						code: z.string().check(z.minLength(1), z.maxLength(64)),
						label: words,
					}),
				]),
			)
			.check(z.minLength(1), z.maxLength(5)),
	}),
]);

/** One language's popup. */
export const Popup = z.object({
	/** What a screen reader calls the dialog. */
	label: words,
	blocks: z.array(Block).check(z.minLength(1), z.maxLength(20)),
});

export const Trigger = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("at-once") }),
	/** Seconds for which the visitor was really there: visible page, not idle. */
	z.object({ kind: z.literal("presence"), seconds: z.number().check(z.minimum(1), z.maximum(3_600)) }),
	/** Share of the page, 0 to 100. */
	z.object({ kind: z.literal("scroll"), depth: z.number().check(z.minimum(1), z.maximum(100)) }),
	/** A mouse leaves through the top; a finger scrolls up fast after reading. */
	z.object({ kind: z.literal("exit") }),
]);

export const Theme = z.object({
	accent: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
	radius: z.int().check(z.minimum(0), z.maximum(32)),
});

/** What a page is told to show. `claim` is there where the cell has granted it already. */
export const Offer = z.object({
	experience: id,
	revision: z.int(),
	kind: z.literal("popup"),
	trigger: Trigger,
	language: z.enum(["pl", "en"]),
	theme: Theme,
	popup: Popup,
	claim: z.exactOptional(z.string()),
});
