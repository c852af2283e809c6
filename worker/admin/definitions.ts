// A site's settings and drafts, and publishing them.

import { Hono } from "hono/tiny";
import {
	definitionsOf,
	latestRevision,
	saveDefinitions,
	savePublication,
	saveSite,
	settingsOf,
} from "../data/sites.ts";
import { refuse } from "../domain/check.ts";
import type { Condition } from "../domain/condition.ts";
import { conditionsIn } from "../domain/conditions.ts";
import { type ReferenceProblem, refuseReferences } from "../domain/references.ts";
import type { AdminEnv } from "../platform/env.ts";
import { unfitKey } from "../platform/jwt.ts";
import { siteOf } from "../platform/name.ts";
import { Definitions, SiteSettings } from "../protocol/site.schema.ts";
import type { Definitions as Drafts } from "../protocol/site.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, asked, type Problem, parse } from "./request.ts";
import { faultsIn } from "./templates.ts";

export const definitionRoutes = new Hono<{ Bindings: AdminEnv }>()
	.put("/:site/settings", acts("owner", "settings.saved"), async (context) => {
		const parsed = await parse(context.req.raw, SiteSettings);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { login } = parsed.value;
		const unfit = login && unfitKey(login);
		if (unfit !== undefined) {
			const problems: Problem[] = [{ at: "login.key", why: unfit }];
			return context.json({ error: "malformed", problems } satisfies Answer, 422);
		}
		await asked(saveSite(context.env, context.req.param("site"), parsed.value, Date.now()));
		return context.json({ ok: true });
	})
	.put("/:site/definitions", acts("marketer", "definitions.saved"), async (context) => {
		const parsed = await parse(context.req.raw, Definitions);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { experiences } = parsed.value;
		const problems = [...inconsistencies(parsed.value), ...(await faultsIn(experiences, context.env))];
		if (problems.length > 0) return context.json({ error: "inconsistent", problems } satisfies Answer, 422);
		await asked(saveDefinitions(context.env, context.req.param("site"), parsed.value, Date.now()));
		return context.json({ ok: true });
	})
	/** Publishes the drafts as they stand: kept in D1, then pushed to every cell. */
	.post("/:site/publish", acts("marketer", "site.published"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const written = await asked(settingsOf(env, site));
		if (!written) return context.json({ error: "site-unknown" } satisfies Answer, 404);
		const latest = await asked(latestRevision(env, site));
		const revision = Math.max(latest, await siteOf(env, site).revision()) + 1;
		const { settings, login } = written;
		const snapshot = { site, revision, settings, definitions: await asked(definitionsOf(env, site)) };
		await asked(savePublication(env, snapshot, Date.now()));
		const { waiting } = await siteOf(env, site).publish(snapshot, login);
		about(context, { revision });
		return context.json({ revision, cellsWaiting: waiting });
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

/** What no schema sees: ids used twice, segments that are not there, conditions that cost too much. */
function inconsistencies(drafts: Drafts): readonly Problem[] {
	const { tagRules, scoreRules, interestTags = [], segments, experiences } = drafts;
	const problems: Problem[] = [];
	const seen = new Set<string>();
	// Rules and segments share one space of names: a cause names either.
	for (const { id } of [...tagRules, ...scoreRules, ...interestTags, ...segments]) {
		if (seen.has(id)) problems.push({ at: id, why: "id-used-twice" });
		seen.add(id);
	}
	const asked = interestTags.map(({ id, of, test }): readonly [string, Condition] => {
		return [id, { field: "interest", in: "category", value: id, of, test }];
	});
	for (const [id, condition] of [...conditionsIn(drafts), ...asked]) {
		const refusal = refuse(condition);
		if (refusal) problems.push({ at: [id, ...refusal.at].join("."), why: refusal.reason });
	}
	// What is too much by itself is not looked at for what it mentions.
	if (problems.length === 0) problems.push(...refuseReferences(drafts).map(problemOf));
	const known = new Set(segments.map(({ id }) => id));
	for (const { id, segment } of experiences) {
		if (segment !== undefined && !known.has(segment))
			problems.push({ at: id, why: "segment-unknown", segments: [segment] });
	}
	return problems;
}

/** The place is that of the definition, and within its condition that of the mistake. */
export function problemOf(problem: ReferenceProblem): Problem {
	switch (problem.reason) {
		case "segment-unknown":
			return {
				at: [problem.in, ...problem.at].filter((step) => step !== "").join("."),
				why: problem.reason,
				segments: [problem.segment],
			};
		case "list-unknown":
		case "programme-unknown":
		case "tier-unknown":
			return { at: [problem.in, ...problem.at].filter((step) => step !== "").join("."), why: problem.reason };
		case "segment-cycle":
			return { at: problem.segments[0] ?? "", why: problem.reason, segments: [...problem.segments] };
		default:
			return { at: problem.in, why: problem.reason };
	}
}
