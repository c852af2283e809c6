import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { coupons } from "./en/coupons.ts";
import { definitions } from "./en/definitions.ts";
import { imports } from "./en/imports.ts";
import { products } from "./en/products.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { today } from "./en/today.ts";

export const words = {
	account,
	builder,
	coupons,
	definitions,
	imports,
	products,
	segments,
	session,
	shell,
	today,
};
