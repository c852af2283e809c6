// What a page is told to show: experiences made of blocks, where and when they open, and how they look.

import * as z from "zod/mini";
import { Block, BlockId, Words } from "./block.schema.ts";
import { Corner, Surface } from "./surface.schema.ts";
import { Opening } from "./trigger.schema.ts";

/** So short that a tab has room for it. */
const Teasing = z.string().check(z.minLength(1), z.maxLength(40));
const Color = z.string().check(z.regex(/^#[0-9a-f]{6}$/i));

/** One language's. */
export const Content = z.object({
	/** What a screen reader calls it. */
	label: Words,
	blocks: z.array(Block).check(z.minLength(1), z.maxLength(20)),
	/** A tab in a corner, in place of what is shown: until it is clicked, and where it was closed. Over the page alone. */
	teaser: z.exactOptional(
		z.strictObject({
			before: z.exactOptional(Teasing),
			after: z.exactOptional(Teasing),
			at: Corner,
		}),
	),
});

/** What a site or an experience says of its look: see domain/theme.ts. An experience's words go before the site's. */
export const Tokens = z.strictObject({
	accent: z.exactOptional(Color),
	surface: z.exactOptional(Color),
	ink: z.exactOptional(Color),
	quiet: z.exactOptional(Color),
	line: z.exactOptional(Color),
	/** Of corners, in pixels. */
	radius: z.exactOptional(z.int().check(z.minimum(0), z.maximum(32))),
	font: z.exactOptional(z.enum(["page", "system", "humanist", "geometric", "serif", "slab", "mono"])),
	spacing: z.exactOptional(z.enum(["compact", "normal", "roomy"])),
	shadow: z.exactOptional(z.enum(["none", "soft", "deep"])),
	mode: z.exactOptional(z.enum(["light", "dark", "auto"])),
});

/** CSS custom properties, without their dashes. `dark`: what differs on a device that wants it dark. */
export const Theme = z.object({
	light: z.record(z.string(), z.string()),
	dark: z.exactOptional(z.record(z.string(), z.string())),
});

/** What a page is told to show. `claim` is there where the cell has granted it already. */
export const Offer = z.object({
	experience: BlockId,
	revision: z.int(),
	kind: z.enum(["popup", "banner", "frame"]),
	surface: Surface,
	trigger: Opening,
	language: z.enum(["pl", "en"]),
	theme: Theme,
	content: Content,
	claim: z.exactOptional(z.string()),
});
