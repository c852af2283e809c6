// What a page is told to show: experiences made of blocks, where and when they open, and how they look.

import * as z from "zod/mini";
import { Content } from "./content.schema.ts";
import { Given } from "./given.schema.ts";
import { Id } from "./id.schema.ts";
import { Surface } from "./surface.schema.ts";
import { Opening } from "./trigger.schema.ts";

const Color = z.string().check(z.regex(/^#[0-9a-f]{6}$/i));

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

/** An event that something on the page waits for, and that happened in this visit. */
const Awaited = { name: z.string(), of: z.exactOptional(z.string()) };

/** What the server knows of the visit, as far as the trigger asks; the page that is being read aside. */
export const VisitSoFar = z.object({
	/** Page views, this one included. */
	pages: z.exactOptional(z.int()),
	seconds: z.exactOptional(z.number()),
	/** What the cart comes to, in the site's currency. */
	cart: z.exactOptional(z.number()),
	happened: z.exactOptional(z.array(z.object(Awaited))),
});

/** What has become so since, on a page that waits for it. */
export const News = z.object({
	cart: z.exactOptional(z.number()),
	/** For which experience, as each waits for what came after it was last shown. */
	happened: z.exactOptional(z.array(z.object({ experience: Id, ...Awaited }))),
});

/** What a page is told to show. `claim` is there where the cell has granted it already. */
export const Offer = z.object({
	experience: Id,
	revision: z.int(),
	kind: z.enum(["popup", "banner", "frame", "greeting"]),
	surface: Surface,
	trigger: Opening,
	/** Which draws it. The lighter one draws frames alone: these come last, so where the first has it all have. */
	chunk: z.enum(["popup", "frame"]),
	language: z.enum(["pl", "en"]),
	theme: Theme,
	content: Content,
	claim: z.exactOptional(z.string()),
	/** Only beside a claim. */
	given: z.exactOptional(Given),
	visit: z.exactOptional(VisitSoFar),
	/** Shown to the site's own people alone, and marked so: nothing of it is told to anybody. */
	preview: z.exactOptional(z.literal(true)),
});
