import { account } from "./pl/account.ts";
import { builder } from "./pl/builder.ts";
import { definitions } from "./pl/definitions.ts";
import { lists } from "./pl/lists.ts";
import { rules } from "./pl/rules.ts";
import { scores } from "./pl/scores.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { tags } from "./pl/tags.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
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
