import type * as z from "zod/mini";
import type * as schema from "./preview.schema.ts";

export type PersonaWords = z.infer<typeof schema.PersonaWords>;
