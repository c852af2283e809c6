import { account } from "./pl/account.ts";
import { builder } from "./pl/builder.ts";
import { coupons } from "./pl/coupons.ts";
import { definitions } from "./pl/definitions.ts";
import { experiences } from "./pl/experiences.ts";
import { imports } from "./pl/imports.ts";
import { lists } from "./pl/lists.ts";
import { people } from "./pl/people.ts";
import { products } from "./pl/products.ts";
import { rules } from "./pl/rules.ts";
import { scores } from "./pl/scores.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { start } from "./pl/start.ts";
import { tags } from "./pl/tags.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
	account,
	builder,
	coupons,
	definitions,
	experiences,
	imports,
	lists,
	people,
	products,
	rules,
	scores,
	segments,
	session,
	shell,
	start,
	tags,
	today,
};
