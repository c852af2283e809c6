import type * as z from "zod/mini";
import type * as schema from "./experience.schema.ts";

export type Block = z.infer<typeof schema.Block>;
export type FormBlock = Extract<Block, { kind: "form" }>;
export type Popup = z.infer<typeof schema.Popup>;
export type Trigger = z.infer<typeof schema.Trigger>;
export type Theme = z.infer<typeof schema.Theme>;
export type Offer = z.infer<typeof schema.Offer>;
