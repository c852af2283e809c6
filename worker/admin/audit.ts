// Reading the audit log. Nobody changes it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { entriesOfAccount, entriesOfSite } from "../data/audit.ts";
import { accountsIn } from "../data/database.ts";
import { digestOf } from "../platform/digest.ts";
import { type Audit, AuditQuery, OwnAuditQuery } from "../protocol/audit.schema.ts";
import type { AuditRow } from "../protocol/audit.ts";
import { type AdminHono, sessionIn } from "./actor.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery } from "./request.ts";

export const auditRoutes = new Hono<AdminHono>()
	.get("/sites/:site/audit", reads("owner"), async (context) => {
		const parsed = parseQuery(context.req.query(), AuditQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { person, ...query } = parsed.value;
		const whose = person && { about: ["person", digestOf("person", person)] as const };
		const rows = await asked(
			entriesOfSite(accountsIn(context.env), context.req.param("site"), { ...query, ...whose }),
		);
		return context.json(pageOf(rows, query.limit));
	})
	.get("/account/audit", reads("account"), async (context) => {
		const parsed = parseQuery(context.req.query(), OwnAuditQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { account } = sessionIn(context);
		const rows = await asked(entriesOfAccount(accountsIn(context.env), account, parsed.value));
		return context.json(pageOf(rows, parsed.value.limit));
	});

function pageOf(rows: readonly AuditRow[], limit: number): z.infer<typeof Audit> {
	return { rows: [...rows], next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}
