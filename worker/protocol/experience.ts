import type * as z from "zod/mini";
import type * as blocks from "./block.schema.ts";
import type * as contents from "./content.schema.ts";
import type * as schema from "./experience.schema.ts";
import type * as fields from "./field.schema.ts";
import type * as given from "./given.schema.ts";
import type * as triggers from "./trigger.schema.ts";

export type Block = z.infer<typeof blocks.Block>;
export type FormBlock = Extract<Block, { kind: "form" }>;
export type Field = z.infer<typeof fields.Field>;
export type ConsentField = Extract<Field, { kind: "consent" }>;
export type Given = z.infer<typeof given.Given>;
export type FrameProduct = z.infer<typeof blocks.FrameProduct>;
export type Content = z.infer<typeof contents.Content>;
export type Trigger = z.infer<typeof triggers.Trigger>;
export type Theme = z.infer<typeof schema.Theme>;
export type Offer = z.infer<typeof schema.Offer>;
