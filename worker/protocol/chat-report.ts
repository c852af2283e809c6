import type * as z from "zod/mini";
import type * as schema from "./chat-report.schema.ts";

export type ChatReport = z.infer<typeof schema.ChatReport>;
