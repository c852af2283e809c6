import { account } from "./en/account.ts";
import { audit } from "./en/audit.ts";
import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { roles } from "./en/roles.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { start } from "./en/start.ts";
import { today } from "./en/today.ts";

export const words = {
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
