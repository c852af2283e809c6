import type * as z from "zod/mini";
import type * as blocks from "./block.schema.ts";
import type * as schema from "./experience.schema.ts";
import type * as surfaces from "./surface.schema.ts";
import type * as triggers from "./trigger.schema.ts";

export type Block = z.infer<typeof blocks.Block>;
export type FormBlock = Extract<Block, { kind: "form" }>;
export type FrameProduct = z.infer<typeof blocks.FrameProduct>;
export type Content = z.infer<typeof schema.Content>;
export type Trigger = z.infer<typeof triggers.Trigger>;
export type Surface = z.infer<typeof surfaces.Surface>;
export type Place = z.infer<typeof surfaces.Place>;
export type Theme = z.infer<typeof schema.Theme>;
export type Offer = z.infer<typeof schema.Offer>;
