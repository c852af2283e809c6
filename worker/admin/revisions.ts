// What became of a definition: each change is kept, can be looked at, compared, and brought back as the draft. So can what
// was deleted.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { heldOf, revisionAt, revisionsOf } from "../data/definitions.ts";
import { difference } from "../domain/difference.ts";
import { isKind, type Ref } from "../domain/kinds.ts";
import type { AdminEnv } from "../platform/env.ts";
import {
	bodies,
	type Difference,
	DifferenceQuery,
	type Revision,
	type Revisions,
	RollbackBody,
} from "../protocol/definition.schema.ts";
import { byOf } from "./by.ts";
import { act, answer, changedMeanwhile, definitionUnknown, find, refused, saved } from "./drafts.ts";
import { type Answer, asked, inEnglish, parse, parseQuery, problemsIn } from "./request.ts";

const revisionUnknown: Answer = { error: "revision-unknown" };

export const revisionRoutes = new Hono<{ Bindings: AdminEnv }>()
	.get("/:site/definitions/:kind/:id/revisions", async (context) => {
		const { env } = context;
		const { site, ...ref } = context.req.param();
		if (!isRef(ref)) return answer(definitionUnknown);
		const [{ definitions }, all] = await asked(Promise.all([heldOf(env, site), revisionsOf(env, site, ref)]));
		const kept = find(definitions, ref);
		if (!kept) return answer(definitionUnknown);
		return context.json({
			revisions: all.map((one) => ({ ...one, isLive: one.version === kept.live?.version })),
		} satisfies z.infer<typeof Revisions>);
	})
	.get("/:site/definitions/:kind/:id/revisions/:version", async (context) => {
		const { site, version, ...ref } = context.req.param();
		const known = isRef(ref) && (await asked(revisionAt(context.env, site, ref, Number(version))));
		if (!known) return context.json(revisionUnknown, 404);
		const { body, ...one } = known;
		return context.json({ ...one, definition: body } satisfies z.infer<typeof Revision>);
	})
	/** From one version to another; from what is live to the draft where nothing is said. */
	.get("/:site/definitions/:kind/:id/difference", async (context) => {
		const { env } = context;
		const { site, ...ref } = context.req.param();
		const query = parseQuery(context.req.query(), DifferenceQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const { definitions } = await asked(heldOf(env, site));
		const kept = isRef(ref) ? find(definitions, ref) : undefined;
		if (!kept || !isRef(ref)) return answer(definitionUnknown);
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
	.post("/:site/definitions/:kind/:id/rollback", async (context) => {
		const { env } = context;
		const { site, ...ref } = context.req.param();
		const parsed = await parse(context.req.raw, RollbackBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { version, to } = parsed.value;
		if (!isRef(ref)) return answer(definitionUnknown);
		return answer(
			await act(env, site, async ({ definitions }) => {
				const kept = find(definitions, ref);
				if (!kept) return definitionUnknown;
				const conflict = changedMeanwhile(kept, version);
				if (conflict) return conflict;
				const before = await revisionAt(env, site, ref, to);
				if (!before?.body) return refused(404, revisionUnknown);
				// What could be said then may be no definition any more.
				const body = bodies[ref.kind].safeParse(before.body, { error: inEnglish });
				if (!body.success) return refused(422, { error: "malformed", problems: problemsIn(body.error) });
				return saved(definitions, kept, body.data, byOf(context), env, to);
			}),
		);
	});

function isRef(ref: { readonly kind: string; readonly id: string }): ref is Ref {
	return isKind(ref.kind);
}
