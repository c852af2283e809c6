// Cards that are one and the same person: identifiers that point at two, the evidence, merging and what undoes it, and
// what strangers tied to a card by typing.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { MergeAnswer } from "../cell/merging.ts";
import { conflictsOf, partsOfCard, settleConflicts, whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import type { Owner } from "../domain/contact.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import {
	type CardMerged,
	type Conflicts,
	MergeBody,
	SettleBody,
	UntieBody,
} from "../protocol/card.schema.ts";
import { about, acts, nothingDone, reads } from "./policy.ts";
import { type Answer, asked, parse } from "./request.ts";

const mostConflicts = 100;
const personUnknown: Answer = { error: "person-unknown" };

export const cardRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/people/conflicts", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const conflicts = await asked(conflictsOf(databaseOf(context.env, site), site, mostConflicts));
		return context.json({ conflicts: [...conflicts] } satisfies z.infer<typeof Conflicts>);
	})
	/** These two are two. */
	.post("/:site/people/conflicts", acts("marketer", "conflict.settled"), async (context) => {
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, SettleBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { person, other } = parsed.value;
		await asked(settleConflicts(databaseOf(context.env, site), site, person, other, Date.now()));
		about(context, { person, other });
		return context.json({ ok: true });
	})
	.post("/:site/people/:person/merge", acts("marketer", "card.merged"), async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const parsed = await parse(context.req.raw, MergeBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const db = databaseOf(env, site);
		const found = await asked(whereabouts(db, site, [person, parsed.value.into]));
		const [one, into] = [found.get(person), found.get(parsed.value.into)];
		if (!one || !into) return context.json(personUnknown, 404);
		const evidence = await asked(evidenceOf(env, site, one, into));
		const answer = (isMerged: boolean) =>
			context.json({ isMerged, person: one.person, into: into.person, ...evidence } satisfies z.infer<
				typeof CardMerged
			>);
		about(context, { into: into.person });
		if (parsed.value.preview) {
			nothingDone(context);
			return answer(false);
		}
		if (evidence.sides.some(({ identifiers }) => identifiers.length === 0))
			return context.json({ error: "not-a-card" } satisfies Answer, 422);
		const merged = await cellOf(env, site, one.cell).merge({
			site,
			cell: one.cell,
			person: one.person,
			into,
		});
		if (merged.is === "refused") return context.json(refusalOf(merged), 422);
		await asked(settleConflicts(db, site, one.person, into.person, Date.now()));
		return answer(true);
	})
	.post("/:site/people/:person/unmerge", acts("marketer", "card.unmerged"), async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const into = (await asked(whereabouts(databaseOf(env, site), site, [person]))).get(person);
		if (!into || into.person === person) return context.json(personUnknown, 404);
		const undone = await cellOf(env, site, into.cell).unmerge({ site, cell: into.cell, person });
		return undone.is === "done" ? context.json({ ok: true }) : context.json(refusalOf(undone), 422);
	})
	.post("/:site/people/:person/untie", acts("marketer", "person.untied"), async (context) => {
		const { env } = context;
		const { site, person } = context.req.param();
		const parsed = await parse(context.req.raw, UntieBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const card = (await asked(whereabouts(databaseOf(env, site), site, [person]))).get(person);
		if (!card) return context.json(personUnknown, 404);
		const isUntied = await cellOf(env, site, card.cell).untie(card.person, parsed.value.part);
		return isUntied
			? context.json({ ok: true })
			: context.json({ error: "part-unknown" } satisfies Answer, 404);
	});

/** What speaks for it and against it: what each is known by, and what each is made of. */
async function evidenceOf(env: Env, site: string, one: Owner, into: Owner) {
	const db = databaseOf(env, site);
	const sides = await Promise.all(
		[one, into].map(async ({ person, cell }) => ({
			person,
			identifiers: [...(await cellOf(env, site, cell).identifiersOf(person))],
			parts: [...(await partsOfCard(db, site, person))],
		})),
	);
	const [mine, theirs] = sides.map(({ identifiers }) => identifiers);
	// Two people seldom share what is one person's alone: different ones speak against it.
	const different = (mine ?? []).filter(({ kind, value }) => {
		const others = (theirs ?? []).filter((other) => other.kind === kind);
		return others.length > 0 && others.every((other) => other.value !== value);
	});
	return { sides, different: different.map(({ kind }) => kind) };
}

function refusalOf(answer: Extract<MergeAnswer, { readonly is: "refused" }>): Answer {
	return { error: answer.why };
}
