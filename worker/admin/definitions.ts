// All drafts of a site at once, for scripts; and what was published.

import { Hono } from "hono/tiny";
import { change } from "../data/definitions.ts";
import { type By, type Kept, newlyKept, withDraft } from "../domain/kept.ts";
import { type Definition, eachOf, keyOf, type Ref } from "../domain/kinds.ts";
import { siteOf } from "../platform/name.ts";
import { Definitions } from "../protocol/site.schema.ts";
import type { AdminHono } from "./actor.ts";
import { problemsOfAll } from "./consistency.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";
import { byOf } from "./who.ts";

export const definitionRoutes = new Hono<AdminHono>()
	/** These are the drafts: what else there is is deleted, but for what is archived. */
	.put("/:site/definitions", acts("marketer", "definitions.saved"), async (context) => {
		const parsed = await parse(context.req.raw, Definitions);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const problems = await problemsOfAll(parsed.value, context.env);
		if (problems.length > 0)
			return context.json({ error: "inconsistent", problems: [...problems] } satisfies Answer, 422);
		const drafts = eachOf(parsed.value);
		const isKnown = await asked(
			change(context.env, context.req.param("site"), async ({ definitions, settings }) => ({
				changes: { definitions: settings ? inPlace(definitions, drafts, byOf(context)) : [] },
				answer: settings !== undefined,
			})),
		);
		return isKnown ? context.json({ ok: true }) : context.json(siteUnknown, 404);
	})
	/** How far the last publication has come to the people who were there before it. */
	.get("/:site/filling", reads("analyst"), async (context) =>
		context.json(await siteOf(context.env, context.req.param("site")).filling()),
	)
	/** The public key for the script tag, and the mark that keeps the site's own staff out of its figures. */
	.get("/:site/keys", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const { key, staffMark } = await siteOf(context.env, site).keys(site);
		return context.json({ key, staffMark });
	});

/** Those that are another from now on. */
function inPlace(all: readonly Kept[], drafts: readonly Definition[], by: By): readonly Kept[] {
	const known = new Map(all.map((one) => [keyOf(one as Ref), one]));
	const put = drafts.map((one) => {
		const kept = known.get(keyOf(one)) ?? newlyKept(one.kind, one.id, by);
		const next = withDraft<unknown>(kept, one.body, by);
		// Out of the archive it is a draft like the others: live only once it is published.
		return next.stopped?.as === "archived" ? { ...next, stopped: null, live: null } : next;
	});
	const keys = new Set(drafts.map(keyOf));
	const gone = all
		.filter((one) => !keys.has(keyOf(one as Ref)) && one.stopped?.as !== "archived")
		.map((one) => withDraft(one, null, by));
	return [...put, ...gone].filter((one) => {
		const before = known.get(keyOf(one as Ref));
		return one.version !== before?.version || one.stopped !== before.stopped;
	});
}
