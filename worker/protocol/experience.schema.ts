// What a page is told to show: experiences made of blocks, where and when they open, and how they look.

import * as z from "zod/mini";
import { Content } from "./content.schema.ts";
import { Given } from "./given.schema.ts";
import { Id } from "./id.schema.ts";
import { Surface } from "./surface.schema.ts";
import { Opening } from "./trigger.schema.ts";

export const Theme = z.object({
	accent: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
	radius: z.int().check(z.minimum(0), z.maximum(32)),
});

/** What a page is told to show. `claim` is there where the cell has granted it already. */
export const Offer = z.object({
	experience: Id,
	revision: z.int(),
	kind: z.enum(["popup", "banner", "frame"]),
	surface: Surface,
	trigger: Opening,
	language: z.enum(["pl", "en"]),
	theme: Theme,
	content: Content,
	claim: z.exactOptional(z.string()),
	/** Only beside a claim. */
	given: z.exactOptional(Given),
});
