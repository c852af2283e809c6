// Definitions one by one, for the admin's builders: whoever changes one says which version they have seen, and is told
// where somebody was there before them.

import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import { type Held, heldOf } from "../data/definitions.ts";
import type { Experience as ExperienceShape } from "../domain/definition.ts";
import { type By, type Kept, newlyKept, revised, stateOf, withDraft } from "../domain/kept.ts";
import { type Definition, isKind, type Kind, keyOf, kinds, only, type Ref } from "../domain/kinds.ts";
import { usesAmong } from "../domain/uses.ts";
import type { AdminEnv } from "../platform/env.ts";
import { bodies, type KeptList, ListQuery, type Uses, VersionQuery } from "../protocol/definition.schema.ts";
import { most } from "../protocol/site.schema.ts";
import type { Experience } from "../protocol/site.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { problemsWith } from "./consistency.ts";
import { draftsWithArchived, type KeptDefinition, keptView, namesOf, useViews, whoOf } from "./kept.ts";
import { idOf } from "./names.ts";
import {
	act,
	answer,
	changedMeanwhile,
	definitionUnknown,
	find,
	isIdOf,
	type Outcome,
	type Refused,
	refused,
} from "./outcome.ts";
import { about, acts, nothingDone, reads } from "./policy.ts";
import { type Answer, asked, parse, parseQuery, siteUnknown } from "./request.ts";
import { byOf } from "./who.ts";

export const draftRoutes = new Hono<AdminHono>()
	.get("/:site/definitions", reads("analyst"), (context) => list(context, kinds))
	.get("/:site/definitions/:kind", reads("analyst"), (context) => {
		const { kind } = context.req.param();
		return isKind(kind) ? list(context, [kind]) : Promise.resolve(context.json(kindUnknown, 404));
	})
	/** Every mention of one definition by another. */
	.get("/:site/uses", reads("analyst"), async (context) => {
		const { definitions, settings } = await asked(heldOf(context.env, context.req.param("site")));
		if (!settings) return context.json(siteUnknown, 404);
		const uses = useViews(usesAmong(draftsWithArchived(definitions)), definitions);
		return context.json({ uses } satisfies z.infer<typeof Uses>);
	})
	.post("/:site/definitions/:kind", acts("marketer", "definition.made"), async (context) => {
		const { env } = context;
		const { site, kind } = context.req.param();
		if (!isKind(kind) || kind === only) return context.json(kindUnknown, 404);
		const parsed = await parse(context.req.raw, bodyOf({ kind, id: placeholder }));
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const by = byOf(context);
		const outcome = await act(env, site, async ({ definitions }) => {
			if (definitions.filter((one) => one.kind === kind && one.draft !== null).length >= most[kind])
				return { is: "conflict", error: "too-many", all: definitions };
			const names = namesOf({ kind, id: "", draft: parsed.value, live: null });
			const id = idOf(names.pl, kind, definitions);
			return saved(env, definitions, newlyKept(kind, id, by), { ...Object(parsed.value), id }, by);
		});
		if (outcome.is === "kept") about(context, { id: outcome.kept.id });
		return answer(env, outcome);
	})
	.get("/:site/definitions/:kind/:id", reads("analyst"), async (context) => {
		const { site, kind, id } = context.req.param();
		const { definitions: all, settings } = await asked(heldOf(context.env, site));
		if (!settings) return context.json(siteUnknown, 404);
		const kept = isKind(kind) ? find(all, { kind, id }) : undefined;
		return answer(context.env, kept ? { is: "kept", kept, all } : definitionUnknown);
	})
	.put("/:site/definitions/:kind/:id", acts("marketer", "definition.saved"), async (context) => {
		const { env } = context;
		const { site, kind, id } = context.req.param();
		if (!isKind(kind) || !isIdOf(kind, id)) return context.json(kindUnknown, 404);
		const query = parseQuery(context.req.query(), VersionQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const parsed = await parse(context.req.raw, bodyOf({ kind, id }));
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { version } = query.value;
		const by = byOf(context);
		const outcome = await act(env, site, async ({ definitions }) => {
			const known = find(definitions, { kind, id });
			// Everything else is made by a name. Of this a site has one, which may not be there yet.
			const kept = known ?? (kind === only ? (newlyKept(kind, id, by) as KeptDefinition) : undefined);
			if (!kept) return definitionUnknown;
			return changedMeanwhile(kept, version, definitions) ?? saved(env, definitions, kept, parsed.value, by);
		});
		return told(context, outcome);
	})
	.delete("/:site/definitions/:kind/:id", acts("marketer", "definition.deleted"), async (context) => {
		const { site, kind, id } = context.req.param();
		if (!isKind(kind)) return context.json(kindUnknown, 404);
		const query = parseQuery(context.req.query(), VersionQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const by = byOf(context);
		const outcome = await act(context.env, site, async ({ definitions: all }) => {
			const kept = find(all, { kind, id });
			if (!kept || kept.draft === null) return definitionUnknown;
			const conflict = changedMeanwhile(kept, query.value.version, all);
			if (conflict) return conflict;
			const uses = usesAmong(draftsWithArchived(all)).filter(
				(use) => use.isNeeded && keyOf(use.of) === keyOf(kept) && keyOf(use.by) !== keyOf(kept),
			);
			if (uses.length > 0) return { is: "conflict", error: "in-use", uses, all };
			const gone = withDraft<unknown>(kept, null, by);
			// What is stopped nobody meets: there is nothing left to publish.
			return { is: "kept", kept: gone.stopped ? { ...gone, live: null, stopped: null } : gone };
		});
		return told(context, outcome);
	});

const placeholder = "new";
const kindUnknown: Answer = { error: "kind-unknown" };

/** What was deleted is told to whoever asks for it. */
async function list(context: AdminContext, of: readonly Kind[]): Promise<Response> {
	const query = parseQuery(context.req.query(), ListQuery);
	if (query.is === "refused") return context.json(query.answer, 422);
	const { env } = context;
	const { definitions, settings }: Held = await asked(heldOf(env, context.req.param("site") ?? ""));
	if (!settings) return context.json(siteUnknown, 404);
	const { state } = query.value;
	const isWanted = (one: Kept) => (state ? stateOf(one) === state : stateOf(one) !== "deleted");
	const wanted = definitions.filter(
		(one): one is KeptDefinition => isKind(one.kind) && of.includes(one.kind) && isWanted(one),
	);
	const who = await whoOf(env, wanted);
	return context.json({
		definitions: wanted.map((one) => keptView(one, who)),
	} satisfies z.infer<typeof KeptList>);
}

/** The body of a definition of this kind: what the address says need not stand in it, nor what is given to it. */
function bodyOf({ kind, id }: Ref): z.ZodMiniType<unknown> {
	const given = { ...(kind === only ? {} : { id }), ...(kind === "experience" ? { revision: 1 } : {}) };
	const whole = z.transform((value: unknown) =>
		typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, ...given } : value,
	);
	return z.pipe(z.pipe(z.unknown(), whole), bodies[kind] as z.ZodMiniType<unknown>);
}

/** With this as its draft, if it can stand together with all others. `of` is the version that it was. */
export async function saved(
	env: Pick<AdminEnv, "CONTENT">,
	all: readonly Kept[],
	kept: Kept,
	body: unknown,
	by: By,
	of: number | null = null,
): Promise<Refused | { readonly is: "kept"; readonly kept: Kept }> {
	if (kept.stopped?.as === "archived")
		return { is: "conflict", error: "archived", current: kept as KeptDefinition, all };
	const draft = kept.kind === "experience" ? withRevision(body, kept, of !== null) : body;
	const one = { kind: kept.kind, id: kept.id, body: draft } as Definition<Experience>;
	const problems = await problemsWith(one, all, env);
	if (problems.length > 0) return refused(422, { error: "inconsistent", problems: [...problems] });
	return { is: "kept", kept: withDraft<unknown>(kept, draft, by, of) };
}

/** The revision is given, and never sent; what is brought back had one. */
function withRevision(body: unknown, kept: Kept, isBack: boolean): ExperienceShape {
	const { revision, ...rest } = body as ExperienceShape;
	return revised(isBack ? { ...rest, revision } : rest, kept as Kept<ExperienceShape>);
}

/** What was so already leaves nothing in the log. */
export function told(context: AdminContext, outcome: Outcome): Promise<Response> {
	if (outcome.is === "kept" && outcome.isSame) nothingDone(context);
	return answer(context.env, outcome);
}
