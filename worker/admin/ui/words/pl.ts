import { account } from "./pl/account.ts";
import { builder } from "./pl/builder.ts";
import { definitions } from "./pl/definitions.ts";
import { figures } from "./pl/figures.ts";
import { live } from "./pl/live.ts";
import { reports } from "./pl/reports.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
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
