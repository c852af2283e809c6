// What became of a definition: each change is kept, can be looked at, compared, and brought back as the draft. So can what
// was deleted.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { heldOf, revisionAt, revisionsOf } from "../data/definitions.ts";
import { difference } from "../domain/difference.ts";
import { isKind, type Ref } from "../domain/kinds.ts";
import {
	bodies,
	type Difference,
	DifferenceQuery,
	type Revision,
	type Revisions,
	RollbackBody,
} from "../protocol/definition.schema.ts";
import type { AdminHono } from "./actor.ts";
import { saved, told } from "./drafts.ts";
import { act, answer, changedMeanwhile, definitionUnknown, find, refused } from "./outcome.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, inEnglish, parse, parseQuery, problemsIn } from "./request.ts";
import { byOf, whoAmong } from "./who.ts";

const revisionUnknown: Answer = { error: "revision-unknown" };

export const revisionRoutes = new Hono<AdminHono>()
	.get("/:site/definitions/:kind/:id/revisions", reads("analyst"), async (context) => {
		const { env } = context;
		const { site, ...ref } = context.req.param();
		if (!isRef(ref)) return answer(env, definitionUnknown);
		const [{ definitions }, all] = await asked(Promise.all([heldOf(env, site), revisionsOf(env, site, ref)]));
		const kept = find(definitions, ref);
		if (!kept) return answer(env, definitionUnknown);
		const who = await whoAmong(
			env,
			all.map(({ by }) => by),
		);
		return context.json({
			revisions: all.map((one) => ({
				...one,
				by: who(one.by),
				isLive: one.version === kept.live?.version,
			})),
		} satisfies z.infer<typeof Revisions>);
	})
	.get("/:site/definitions/:kind/:id/revisions/:version", reads("analyst"), async (context) => {
		const { env } = context;
		const { site, version, ...ref } = context.req.param();
		const known = isRef(ref) && (await asked(revisionAt(env, site, ref, Number(version))));
		if (!known) return context.json(revisionUnknown, 404);
		const { body, by, ...one } = known;
		const who = await whoAmong(env, [by]);
		return context.json({ ...one, by: who(by), definition: body } satisfies z.infer<typeof Revision>);
	})
	/** From one version to another; from what is live to the draft where nothing is said. */
	.get("/:site/definitions/:kind/:id/difference", reads("analyst"), async (context) => {
		const { env } = context;
		const { site, ...ref } = context.req.param();
		const query = parseQuery(context.req.query(), DifferenceQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const { definitions } = await asked(heldOf(env, site));
		const kept = isRef(ref) ? find(definitions, ref) : undefined;
		if (!kept || !isRef(ref)) return answer(env, definitionUnknown);
		const bodyAt = async (side: "draft" | "live" | number): Promise<unknown> => {
			if (side === "draft") return kept.draft;
			if (side === "live") return kept.live?.body ?? null;
			return (await asked(revisionAt(env, site, ref, side)))?.body;
		};
		const [from, to] = await Promise.all([bodyAt(query.value.from), bodyAt(query.value.to)]);
		if (from === undefined || to === undefined) return context.json(revisionUnknown, 404);
		const changes = difference(from, to)
			// Given by us, and nobody's work.
			.filter(({ at: [member] }) => member !== "revision")
			.map(({ at, ...change }) => ({ at: [...at], ...change }));
		return context.json({ changes } satisfies z.infer<typeof Difference>);
	})
	.post(
		"/:site/definitions/:kind/:id/rollback",
		acts("marketer", "definition.rolled-back"),
		async (context) => {
			const { env } = context;
			const { site, ...ref } = context.req.param();
			const parsed = await parse(context.req.raw, RollbackBody);
			if (parsed.is === "refused") return context.json(parsed.answer, 422);
			const { version, to } = parsed.value;
			if (!isRef(ref)) return answer(env, definitionUnknown);
			const by = byOf(context);
			const outcome = await act(env, site, async ({ definitions }) => {
				const kept = find(definitions, ref);
				if (!kept) return definitionUnknown;
				const conflict = changedMeanwhile(kept, version, definitions);
				if (conflict) return conflict;
				const before = await revisionAt(env, site, ref, to);
				if (!before?.body) return refused(404, revisionUnknown);
				// What could be said then may be no definition any more.
				const body = bodies[ref.kind].safeParse(before.body, { error: inEnglish });
				if (!body.success) return refused(422, { error: "malformed", problems: problemsIn(body.error) });
				return saved(env, definitions, kept, body.data, by, to);
			});
			return told(context, outcome);
		},
	);

function isRef(ref: { readonly kind: string; readonly id: string }): ref is Ref {
	return isKind(ref.kind);
}
