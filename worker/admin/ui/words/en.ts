import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { lists } from "./en/lists.ts";
import { rules } from "./en/rules.ts";
import { scores } from "./en/scores.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { tags } from "./en/tags.ts";
import { today } from "./en/today.ts";

export const words = {
	account,
	builder,
	definitions,
	lists,
	rules,
	scores,
	segments,
	session,
	shell,
	tags,
	today,
};
