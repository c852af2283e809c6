import { account } from "./pl/account.ts";
import { builder } from "./pl/builder.ts";
import { coupons } from "./pl/coupons.ts";
import { definitions } from "./pl/definitions.ts";
import { experiences } from "./pl/experiences.ts";
import { imports } from "./pl/imports.ts";
import { people } from "./pl/people.ts";
import { products } from "./pl/products.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { start } from "./pl/start.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = {
	account,
	builder,
	coupons,
	definitions,
	experiences,
	imports,
	people,
	products,
	segments,
	session,
	shell,
	start,
	today,
};
