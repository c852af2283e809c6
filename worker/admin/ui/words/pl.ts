import { account } from "./pl/account.ts";
import { audit } from "./pl/audit.ts";
import { builder } from "./pl/builder.ts";
import { definitions } from "./pl/definitions.ts";
import { roles } from "./pl/roles.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { settings } from "./pl/settings.ts";
import { shell } from "./pl/shell.ts";
import { start } from "./pl/start.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
	account,
	audit,
	builder,
	definitions,
	roles,
	segments,
	session,
	settings,
	shell,
	start,
	today,
};
