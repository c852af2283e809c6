import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { experiences } from "./en/experiences.ts";
import { people } from "./en/people.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { start } from "./en/start.ts";
import { today } from "./en/today.ts";

export const words = {
	account,
	builder,
	definitions,
	experiences,
	people,
	segments,
	session,
	shell,
	start,
	today,
};
