import type * as z from "zod/mini";
import type * as schema from "./audit.schema.ts";

export type Act = z.infer<typeof schema.Act>;
export type AuditRow = z.infer<typeof schema.AuditRow>;
export type Audit = z.infer<typeof schema.Audit>;
