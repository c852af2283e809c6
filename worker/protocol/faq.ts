import type * as z from "zod/mini";
import type * as schema from "./faq.schema.ts";

export type FaqEntry = Readonly<z.infer<typeof schema.FaqEntry>>;
export type FaqTexts = Readonly<z.infer<typeof schema.FaqTexts>>;
export type FaqFound = Readonly<z.infer<typeof schema.FaqFound>>;
