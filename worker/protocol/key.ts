import type * as z from "zod/mini";
import type * as schema from "./key.schema.ts";

export type Scope = z.infer<typeof schema.Scope>;
export type NewSecretKey = z.infer<typeof schema.SecretKeyBody>;
export type KnownSecretKey = z.infer<typeof schema.SecretKeys>["keys"][number];
