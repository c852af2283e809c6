import type * as z from "zod/mini";
import type * as schema from "./figure.schema.ts";

export type LiveView = z.infer<typeof schema.LiveView>;
