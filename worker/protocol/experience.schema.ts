// What a page is told to show: experiences made of blocks, where and when they open, and how they look.

import * as z from "zod/mini";
import { Block, BlockId, Words } from "./block.schema.ts";
import { Surface } from "./surface.schema.ts";
import { Opening } from "./trigger.schema.ts";

/** One language's. */
export const Content = z.object({
	/** What a screen reader calls the dialog. */
	label: Words,
	blocks: z.array(Block).check(z.minLength(1), z.maxLength(20)),
});

export const Theme = z.object({
	accent: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
	radius: z.int().check(z.minimum(0), z.maximum(32)),
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
