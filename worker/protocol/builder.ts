import type * as z from "zod/mini";
import type * as schema from "./builder.schema.ts";

export type Builder = z.infer<typeof schema.Builder>;
