import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { coupons } from "./en/coupons.ts";
import { definitions } from "./en/definitions.ts";
import { experiences } from "./en/experiences.ts";
import { imports } from "./en/imports.ts";
import { lists } from "./en/lists.ts";
import { people } from "./en/people.ts";
import { products } from "./en/products.ts";
import { rules } from "./en/rules.ts";
import { scores } from "./en/scores.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { start } from "./en/start.ts";
import { tags } from "./en/tags.ts";
import { today } from "./en/today.ts";

export const words = {
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
