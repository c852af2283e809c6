import { account } from "./pl/account.ts";
import { audit } from "./pl/audit.ts";
import { builder } from "./pl/builder.ts";
import { card } from "./pl/card.ts";
import { coupons } from "./pl/coupons.ts";
import { definitions } from "./pl/definitions.ts";
import { experiences } from "./pl/experiences.ts";
import { figures } from "./pl/figures.ts";
import { imports } from "./pl/imports.ts";
import { lists } from "./pl/lists.ts";
import { live } from "./pl/live.ts";
import { people } from "./pl/people.ts";
import { products } from "./pl/products.ts";
import { reports } from "./pl/reports.ts";
import { roles } from "./pl/roles.ts";
import { rules } from "./pl/rules.ts";
import { scores } from "./pl/scores.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { settings } from "./pl/settings.ts";
import { shell } from "./pl/shell.ts";
import { start } from "./pl/start.ts";
import { tags } from "./pl/tags.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
	account,
	audit,
	builder,
	card,
	coupons,
	definitions,
	experiences,
	figures,
	imports,
	lists,
	live,
	people,
	products,
	reports,
	roles,
	rules,
	scores,
	segments,
	session,
	settings,
	shell,
	start,
	tags,
	today,
};
