import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { imports } from "./en/imports.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { today } from "./en/today.ts";

export const words = { account, builder, definitions, imports, segments, session, shell, today };
