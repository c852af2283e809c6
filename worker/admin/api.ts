// The authenticated API: a site's settings, its drafts, and publishing. Reached with the operator's token.

import { Hono } from "hono";
import type * as z from "zod";
import {
	definitionsOf,
	latestRevision,
	saveDefinitions,
	savePublication,
	saveSite,
	settingsOf,
} from "../data/sites.ts";
import { refuse as refuseCondition } from "../domain/check.ts";
import type { Condition } from "../domain/condition.ts";
import { readBody } from "../platform/body.ts";
import type { Env } from "../platform/env.ts";
import { isSame, keyringOf } from "../platform/key.ts";
import { siteOf } from "../platform/name.ts";
import { signStaffMark, siteKeyOf } from "../platform/token.ts";
import { limits } from "../protocol/limits.ts";
import { Definitions, Id, SiteSettings } from "../protocol/site.schema.ts";
import type { Definitions as Drafts } from "../protocol/site.ts";

/** What is wrong with a definition, and where, in words of the schema. */
interface Problem {
	readonly at: string;
	readonly why: string;
}

export const api = new Hono<{ Bindings: Env }>();

api.use(async (context, next) => {
	const token = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
	if (!token || !context.env.ADMIN_TOKEN || !isSame(token, context.env.ADMIN_TOKEN)) {
		return context.json({ error: "unauthorised" }, 401);
	}
	return next();
});

api.use("/sites/:site/*", async (context, next) => {
	return Id.safeParse(context.req.param("site")).success
		? next()
		: context.json({ error: "site-malformed" }, 400);
});

api.put("/sites/:site/settings", async (context) => {
	const parsed = await parse(context.req.raw, SiteSettings);
	if (parsed.is === "refused") return context.json(parsed.answer, 422);
	await saveSite(context.env, context.req.param("site"), parsed.value, Date.now());
	return context.json({ ok: true });
});

api.put("/sites/:site/definitions", async (context) => {
	const parsed = await parse(context.req.raw, Definitions);
	if (parsed.is === "refused") return context.json(parsed.answer, 422);
	const problems = inconsistencies(parsed.value);
	if (problems.length > 0) return context.json({ error: "inconsistent", problems }, 422);
	await saveDefinitions(context.env, context.req.param("site"), parsed.value, Date.now());
	return context.json({ ok: true });
});

/** Publishes the drafts as they stand: kept in D1, then pushed to every cell. */
api.post("/sites/:site/publish", async (context) => {
	const { env } = context;
	const site = context.req.param("site");
	const settings = await settingsOf(env, site);
	if (!settings) return context.json({ error: "site-unknown" }, 404);
	const revision = Math.max(await latestRevision(env, site), await siteOf(env, site).revision()) + 1;
	const snapshot = { site, revision, settings, definitions: await definitionsOf(env, site) };
	await savePublication(env, snapshot, Date.now());
	const { waiting } = await siteOf(env, site).publish(snapshot);
	return context.json({ revision, cellsWaiting: waiting });
});

/** The public key for the script tag, and the mark that keeps the site's own staff out of its figures. */
api.get("/sites/:site/keys", async (context) => {
	const site = context.req.param("site");
	const key = await siteKeyOf(keyringOf(context.env.SITE_KEYS), site);
	const staffMark = await signStaffMark(keyringOf(context.env.TOKEN_KEYS), site);
	return context.json({ key, staffMark });
});

/** What no schema sees: ids used twice, segments that are not there, conditions that cost too much. */
function inconsistencies(drafts: Drafts): readonly Problem[] {
	const { tagRules, scoreRules, segments, experiences } = drafts;
	const problems: Problem[] = [];
	const seen = new Set<string>();
	// Rules and segments share one space of names: a cause names either.
	for (const { id } of [...tagRules, ...scoreRules, ...segments]) {
		if (seen.has(id)) problems.push({ at: id, why: "this id is used twice" });
		seen.add(id);
	}
	const known = new Set(segments.map(({ id }) => id));
	for (const { id, segment } of experiences) {
		if (segment !== undefined && !known.has(segment))
			problems.push({ at: id, why: `there is no segment ${segment}` });
	}
	for (const [at, condition] of conditionsIn(drafts)) {
		const refusal = refuseCondition(condition);
		if (refusal) problems.push({ at, why: JSON.stringify(refusal) });
	}
	return problems;
}

function* conditionsIn({ tagRules, scoreRules, segments }: Drafts): Generator<[string, Condition]> {
	for (const { id, condition } of segments) yield [id, condition];
	for (const { id, when } of [...tagRules, ...scoreRules]) {
		if ("trait" in when) yield [id, when.trait];
		else if (when.who) yield [id, when.who];
	}
}

interface Complaint {
	readonly error: string;
	readonly problems: readonly Problem[];
}

/** The body as its schema has it, or what to say about it. */
async function parse<T>(
	request: Request,
	schema: z.ZodType<T>,
): Promise<{ is: "parsed"; value: T } | { is: "refused"; answer: Complaint }> {
	const body = await readBody(request, limits.adminBody);
	if (body.is === "refused") return { is: "refused", answer: { error: body.code, problems: [] } };
	const parsed = schema.safeParse(body.value);
	if (parsed.success) return { is: "parsed", value: parsed.data };
	const problems = parsed.error.issues.map(({ path, message }) => ({ at: path.join("."), why: message }));
	return { is: "refused", answer: { error: "malformed", problems } };
}
