import type * as z from "zod/mini";
import type * as schema from "./catalogue.schema.ts";

export type ProductChanged = z.infer<typeof schema.ProductChanged>;
