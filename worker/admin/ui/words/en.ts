import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { figures } from "./en/figures.ts";
import { live } from "./en/live.ts";
import { reports } from "./en/reports.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { today } from "./en/today.ts";

export const words = {
	account,
	builder,
	definitions,
	figures,
	live,
	reports,
	segments,
	session,
	shell,
	today,
};
