import type * as z from "zod/mini";
import type * as schema from "./definition.schema.ts";

export type Kept = z.infer<typeof schema.Kept>;
export type KeptList = z.infer<typeof schema.KeptList>;
export type KeptOne = z.infer<typeof schema.KeptOne>;
export type Conflict = z.infer<typeof schema.Conflict>;
export type Revisions = z.infer<typeof schema.Revisions>;
export type Revision = z.infer<typeof schema.Revision>;
export type Difference = z.infer<typeof schema.Difference>;
export type PublishPreview = z.infer<typeof schema.PublishPreview>;
export type Publication = z.infer<typeof schema.Publication>;
export type KeptSettings = z.infer<typeof schema.KeptSettings>;
