// Questions about a condition before anything is built on it: what it says, whom it means, whom it would mean.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { peopleWho, youngestFirst } from "../data/people.ts";
import type { Condition } from "../domain/condition.ts";
import { lint } from "../domain/lint.ts";
import { compileSql } from "../domain/sql.ts";
import { languages } from "../domain/words/language.ts";
import { sentenceOf } from "../domain/words/sentence.ts";
import type { Env } from "../platform/env.ts";
import { CheckBody, type Checked, type Preview, PreviewBody } from "../protocol/admin.schema.ts";
import { personView } from "./columns.ts";
import { examplesOf } from "./examples.ts";
import { explainEach } from "./explaining.ts";
import { difference, type Ground, type Grounded, ground, groundOf } from "./ground.ts";
import { reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";
import { contextOf, explanationOf } from "./sentences.ts";

/** How many of those who come in, and of those who go, a preview shows. */
const shown = 20;

const segmentUnknown: Answer = { error: "segment-unknown" };

export const conditionRoutes = new Hono<{ Bindings: Env }>()
	.post("/:site/conditions/check", reads("analyst"), async (context) => {
		const parsed = await parse(context.req.raw, CheckBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { condition: sent, language, examples, definitions, timeZone } = parsed.value;
		const id = context.req.param("site");
		const site = await groundOf(context.env, id, definitions);
		if (!site) return context.json(siteUnknown, 404);
		const grounded = ground(sent, site);
		if (grounded.is === "refused") return context.json(grounded.answer, 422);
		const { condition } = grounded.value;
		const names = contextOf(site.settings, site.definitions, timeZone, site.attributes);
		const chosen = languages.filter((one) => language === undefined || one === language);
		const sentences = chosen.map((one) => [one, sentenceOf(condition, one, names)] as const);
		const { retentionMs } = site.settings;
		return context.json({
			sentence: Object.fromEntries(sentences),
			warnings: [...lint(condition, { now: site.now, retentionMs })].map((one) => ({
				...one,
				at: [...one.at],
			})),
			...(examples && {
				examples: await examplesOf(context.env, id, grounded.value, site.now, names),
			}),
		} satisfies z.infer<typeof Checked>);
	})
	.post("/:site/segments/:segment/preview", reads("analyst"), async (context) => {
		const { env } = context;
		const id = context.req.param("site");
		const parsed = await parse(context.req.raw, PreviewBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const site = await groundOf(env, id, parsed.value.definitions);
		if (!site) return context.json(siteUnknown, 404);
		const segment = site.definitions.segments.find((one) => one.id === context.req.param("segment"));
		if (!segment) return context.json(segmentUnknown, 404);
		const after = ground(parsed.value.condition, site, segment.id);
		if (after.is === "refused") return context.json(after.answer, 422);
		const before = ground(segment.condition, site, segment.id);
		if (before.is === "refused") return context.json(before.answer, 422);
		const comers = difference(after.value.whole, before.value.whole);
		if (comers.is === "refused") return context.json(comers.answer, 422);
		const goers = difference(before.value.whole, after.value.whole);
		if (goers.is === "refused") return context.json(goers.answer, 422);
		const asOf = { ...site, timeZone: parsed.value.timeZone };
		const [coming, going] = await Promise.all([
			movers(env, id, comers.value, after.value, asOf),
			movers(env, id, goers.value, after.value, asOf),
		]);
		return context.json({
			in: coming.movers,
			out: going.movers,
			isWhole: coming.isWhole && going.isWhole,
		} satisfies z.infer<typeof Preview>);
	});

/** Whoever SQL says would move, each with what their cell says of the new condition. */
async function movers(
	env: Env,
	site: string,
	condition: Condition,
	after: Grounded,
	asOf: Ground & { readonly timeZone: string },
) {
	const page = { sort: youngestFirst, limit: shown, isCounted: true };
	const compiled = compileSql(condition, asOf.now);
	const { count, people } = await asked(peopleWho(databaseOf(env, site), site, compiled, asOf.now, page));
	const { byPerson, isWhole } = await explainEach(env, site, people, after, asOf.now);
	const names = contextOf(asOf.settings, asOf.definitions, asOf.timeZone, asOf.attributes);
	const each = people.map((person) => {
		const explained = byPerson.get(person.id);
		return {
			person: personView(person),
			explanation: explained ? explanationOf(explained.why, names) : null,
		};
	});
	return { movers: { count: count ?? 0, people: each }, isWhole };
}
