// What the widget shows: blocks instead of HTML, so that nothing a marketer writes can run.

import * as z from "zod";

const words = z.string().min(1).max(500);
const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
/** A link leads to the web and nowhere else. */
export const Link = z
	.string()
	.max(2_048)
	.refine((url) => /^(https?:\/\/|\/(?![/\\]))/i.test(url), "a link starts with https:// or /");

export const Block = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("heading"), text: words }),
	z.object({ kind: z.literal("text"), text: z.string().min(1).max(2_000) }),
	z.object({
		kind: z.literal("image"),
		src: Link,
		alt: z.string().max(300),
		/** Pixels, so that the place is reserved before the picture is there. */
		width: z.number().int().min(1).max(4_000),
		height: z.number().int().min(1).max(4_000),
	}),
	z.object({ kind: z.literal("button"), text: words, link: Link }),
	z.object({ kind: z.literal("coupon"), code: z.string().min(1).max(64), label: words }),
	z.object({
		kind: z.literal("form"),
		fields: z
			.array(z.enum(["email", "name"]))
			.min(1)
			.max(2),
		/** The wording that the visitor agrees to, kept as it stood. Without it the form asks for no consent. */
		consent: z.object({ purpose: id, wording: words, version: id }).exactOptional(),
		submit: words,
		/** Shown in place of the form when the server has accepted it. */
		thanks: z
			.array(
				z.discriminatedUnion("kind", [
					z.object({ kind: z.literal("heading"), text: words }),
					z.object({ kind: z.literal("text"), text: z.string().min(1).max(2_000) }),
					z.object({ kind: z.literal("coupon"), code: z.string().min(1).max(64), label: words }),
				]),
			)
			.min(1)
			.max(5),
	}),
]);

/** One language's popup. */
export const Popup = z.object({
	/** What a screen reader calls the dialog. */
	label: words,
	blocks: z.array(Block).min(1).max(20),
});

export const Trigger = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("at-once") }),
	/** Seconds for which the visitor was really there: visible page, not idle. */
	z.object({ kind: z.literal("presence"), seconds: z.number().min(1).max(3_600) }),
	/** Share of the page, 0 to 100. */
	z.object({ kind: z.literal("scroll"), depth: z.number().min(1).max(100) }),
	/** A mouse leaves through the top; a finger scrolls up fast after reading. */
	z.object({ kind: z.literal("exit") }),
]);

export const Theme = z.object({
	accent: z.string().regex(/^#[0-9a-f]{6}$/i),
	radius: z.number().int().min(0).max(32),
});

/** What a page is told to show. `claim` is there where the cell has granted it already. */
export const Offer = z.object({
	experience: id,
	revision: z.number().int(),
	kind: z.literal("popup"),
	trigger: Trigger,
	language: z.enum(["pl", "en"]),
	theme: Theme,
	popup: Popup,
	claim: z.string().exactOptional(),
});
