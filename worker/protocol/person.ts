import type * as z from "zod/mini";
import type * as schema from "./person.schema.ts";

export type Card = z.infer<typeof schema.Card>;
export type Ledger = z.infer<typeof schema.Ledger>;
export type Timeline = z.infer<typeof schema.Timeline>;
export type Entry = Timeline["entries"][number];
export type Activity = z.infer<typeof schema.Activity>;
export type PartKind = Card["parts"][number]["kind"];
