// Why: of one person and a condition, a segment, a tag, a score or a page, as the person's cell knows them now.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { pastsOf } from "../data/past.ts";
import { decisionsOf } from "../data/people.ts";
import type { Context } from "../domain/words/language.ts";
import type { Env } from "../platform/env.ts";
import { ExplainBody, type ExplainedPage, type ExplainedPerson } from "../protocol/admin.schema.ts";
import type { ExplainAnswer, ExplainCall, Explained } from "./explained.ts";
import { askCell, explainEach } from "./explaining.ts";
import { ground, groundOf } from "./ground.ts";
import { entriesAsked } from "./past-asked.ts";
import { reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";
import { candidateView, contextOf, explanationOf } from "./sentences.ts";

const personUnknown: Answer = { error: "person-unknown" };

export const explainRoutes = new Hono<{ Bindings: Env }>().post(
	"/:site/explain",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const id = context.req.param("site");
		const parsed = await parse(context.req.raw, ExplainBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const body = parsed.value;
		const { timeZone } = body;
		const site = await groundOf(env, id, "definitions" in body ? body.definitions : "published");
		if (!site) return context.json(siteUnknown, 404);
		const names = contextOf(site.settings, site.definitions, timeZone, site.attributes);
		const db = databaseOf(env, id);
		const at = (await asked(whereabouts(db, id, [body.person]))).get(body.person);
		const { person = body.person, cell } = at ?? {};
		if ("condition" in body) {
			const grounded = ground(body.condition, site);
			if (grounded.is === "refused") return context.json(grounded.answer, 422);
			const owned = cell === undefined ? [] : [{ id: person, cell }];
			const { byPerson, isWhole } = await explainEach(env, id, owned, grounded.value, site.now);
			const explained = byPerson.get(person);
			return explained
				? context.json(explainedPerson(explained, names, isWhole))
				: context.json(personUnknown, 404);
		}
		if (cell === undefined) return context.json(personUnknown, 404);
		const question = questionOf(body);
		const entries = entriesAsked[question.of];
		const { pasts, isWhole } = entries
			? await asked(pastsOf(db, id, [person], entries, site.now))
			: { pasts: undefined, isWhole: true };
		const people = [{ person, past: pasts?.get(person) ?? {} }];
		const answer = await askCell(env, id, cell, { people, question });
		switch (answer.is) {
			case "refused":
				return context.json({ error: answer.code } satisfies Answer, 404);
			case "decided": {
				const shown = await asked(decisionsOf(db, id, person, site.now));
				return context.json(explainedPage(person, answer, names, shown));
			}
			case "explained": {
				const [explained] = answer.people;
				return explained
					? context.json(explainedPerson(explained, names, isWhole))
					: context.json(personUnknown, 404);
			}
		}
	},
);

function questionOf(
	body: Exclude<z.infer<typeof ExplainBody>, { readonly condition: unknown }>,
): ExplainCall["question"] {
	if ("segment" in body) return { of: "segment", segment: body.segment };
	if ("tag" in body) return { of: "tag", tag: body.tag };
	if ("score" in body) return { of: "score", programme: body.score };
	return { of: "page", page: body.page };
}

function explainedPerson({ person, why, memberSince }: Explained, names: Context, isWhole: boolean) {
	return {
		person,
		...explanationOf(why, names),
		...(memberSince === undefined ? {} : { memberSince }),
		isWhole,
	} satisfies z.infer<typeof ExplainedPerson>;
}

function explainedPage(
	person: string,
	{ candidates }: Extract<ExplainAnswer, { readonly is: "decided" }>,
	names: Context,
	shown: Awaited<ReturnType<typeof decisionsOf>>,
) {
	return {
		person,
		candidates: candidates.map((one) => {
			const { reason, ...view } = candidateView(one, names);
			return { ...view, reason: { ...reason } };
		}),
		shown,
	} satisfies z.infer<typeof ExplainedPage>;
}
