import type * as z from "zod/mini";
import type * as schema from "./attribute.schema.ts";

export type Attribute = Readonly<z.infer<typeof schema.Attribute>>;
export type Attributes = Readonly<z.infer<typeof schema.Attributes>>;
export type AttributeNames = Readonly<z.infer<typeof schema.AttributeNames>>;
export type AttributeConflict = Readonly<z.infer<typeof schema.AttributeConflict>>;
