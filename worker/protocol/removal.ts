import type * as z from "zod/mini";
import type * as schema from "./removal.schema.ts";

export type RemovalView = Readonly<z.infer<typeof schema.RemovalView>>;
