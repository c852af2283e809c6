import { account } from "./en/account.ts";
import { audit } from "./en/audit.ts";
import { builder } from "./en/builder.ts";
import { card } from "./en/card.ts";
import { coupons } from "./en/coupons.ts";
import { definitions } from "./en/definitions.ts";
import { experiences } from "./en/experiences.ts";
import { figures } from "./en/figures.ts";
import { imports } from "./en/imports.ts";
import { lists } from "./en/lists.ts";
import { live } from "./en/live.ts";
import { people } from "./en/people.ts";
import { products } from "./en/products.ts";
import { reports } from "./en/reports.ts";
import { roles } from "./en/roles.ts";
import { rules } from "./en/rules.ts";
import { scores } from "./en/scores.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { start } from "./en/start.ts";
import { tags } from "./en/tags.ts";
import { today } from "./en/today.ts";

export const words = {
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
