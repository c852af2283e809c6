// Where on a page something is shown: see domain/surface.ts.

import * as z from "zod/mini";
import { Selector } from "./trigger.schema.ts";

const Slot = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));

export const Place = z.union([
	z.strictObject({ slot: Slot }),
	z.strictObject({ selector: Selector, put: z.enum(["before", "after", "inside", "instead"]) }),
]);

export const Corner = z.enum(["top-start", "top-end", "bottom-start", "bottom-end"]);

export const Surface = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("modal") }),
	z.object({ kind: z.literal("full") }),
	z.object({ kind: z.literal("corner"), at: Corner }),
	z.object({ kind: z.literal("bar"), at: z.enum(["top", "bottom"]) }),
	z.object({ kind: z.literal("spotlight"), beside: Selector }),
	z.object({ kind: z.literal("inline"), place: Place }),
]);
