// Definitions one by one, for the admin's builders: whoever changes one says which version they have seen, and is told
// where somebody was there before them.

import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import { type Changes, change, type Held, heldOf } from "../data/definitions.ts";
import type { Experience as ExperienceShape } from "../domain/definition.ts";
import { type By, type Kept, newlyKept, revised, stateOf, withDraft } from "../domain/kept.ts";
import { type Definition, isKind, type Kind, keyOf, kinds, only, type Ref } from "../domain/kinds.ts";
import { usesAmong } from "../domain/uses.ts";
import type { AdminEnv } from "../platform/env.ts";
import {
	bodies,
	type Conflict,
	type KeptList,
	type KeptOne,
	ListQuery,
	type Uses,
	VersionQuery,
} from "../protocol/definition.schema.ts";
import { Id, most } from "../protocol/site.schema.ts";
import type { Experience } from "../protocol/site.ts";
import type { AdminHono } from "./actor.ts";
import { byOf } from "./by.ts";
import { problemsWith } from "./consistency.ts";
import { draftsWithArchived, keptView, namesOf, useViews } from "./kept.ts";
import { idOf } from "./names.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, parse, parseQuery, siteUnknown } from "./request.ts";

type ConflictAnswer = z.infer<typeof Conflict>;
type KeptDefinition = Kept & { readonly kind: Kind };

/** What became of an act on one definition. */
export type Outcome =
	| { readonly is: "kept"; readonly kept: KeptDefinition; readonly all: readonly Kept[] }
	| { readonly is: "refused"; readonly status: 404 | 409 | 422; readonly answer: Answer | ConflictAnswer };

export const definitionUnknown: Outcome = {
	is: "refused",
	status: 404,
	answer: { error: "definition-unknown" },
};
export const draftRoutes = new Hono<AdminHono>()
	.get("/:site/definitions", reads("analyst"), async (context) => {
		const query = parseQuery(context.req.query(), ListQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const held = await asked(heldOf(context.env, context.req.param("site")));
		if (!held.settings) return context.json(siteUnknown, 404);
		return context.json(listOf(held, kinds, query.value));
	})
	.get("/:site/definitions/:kind", reads("analyst"), async (context) => {
		const { site, kind } = context.req.param();
		if (!isKind(kind)) return context.json(kindUnknown, 404);
		const query = parseQuery(context.req.query(), ListQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const held = await asked(heldOf(context.env, site));
		if (!held.settings) return context.json(siteUnknown, 404);
		return context.json(listOf(held, [kind], query.value));
	})
	/** Every mention of one definition by another. */
	.get("/:site/uses", reads("analyst"), async (context) => {
		const { definitions, settings } = await asked(heldOf(context.env, context.req.param("site")));
		if (!settings) return context.json(siteUnknown, 404);
		const uses = useViews(usesAmong(draftsWithArchived(definitions)), definitions);
		return context.json({ uses } satisfies z.infer<typeof Uses>);
	})
	.post("/:site/definitions/:kind", acts("marketer", "definition.made"), async (context) => {
		const { site, kind } = context.req.param();
		if (!isKind(kind) || kind === only) return context.json(kindUnknown, 404);
		const parsed = await parse(context.req.raw, bodyOf({ kind, id: placeholder }));
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		return answer(
			await act(context.env, site, async ({ definitions }) => {
				if (definitions.filter((one) => one.kind === kind && one.draft !== null).length >= most[kind])
					return refused(409, { error: "too-many" });
				const names = namesOf({ kind, id: "", draft: parsed.value, live: null });
				const ref = { kind, id: idOf(names.pl, kind, definitions) };
				const body = { ...Object(parsed.value), id: ref.id };
				return saved(definitions, newlyKept(kind, ref.id, byOf(context)), body, byOf(context), context.env);
			}),
		);
	})
	.get("/:site/definitions/:kind/:id", reads("analyst"), async (context) => {
		const { site, kind, id } = context.req.param();
		const { definitions, settings } = await asked(heldOf(context.env, site));
		if (!settings) return context.json(siteUnknown, 404);
		const kept = isKind(kind) ? find(definitions, { kind, id }) : undefined;
		return answer(kept ? { is: "kept", kept, all: definitions } : definitionUnknown);
	})
	.put("/:site/definitions/:kind/:id", acts("marketer", "definition.changed"), async (context) => {
		const { site, kind, id } = context.req.param();
		if (!isKind(kind) || !isIdOf(kind, id)) return context.json(kindUnknown, 404);
		const query = parseQuery(context.req.query(), VersionQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const parsed = await parse(context.req.raw, bodyOf({ kind, id }));
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		return answer(
			await act(context.env, site, async ({ definitions }) => {
				const kept =
					find(definitions, { kind, id }) ??
					(kind === only ? newlyKept(only, only, byOf(context)) : undefined);
				if (!kept) return definitionUnknown;
				const conflict = changedMeanwhile(kept as KeptDefinition, query.value.version);
				return conflict ?? saved(definitions, kept, parsed.value, byOf(context), context.env);
			}),
		);
	})
	.delete("/:site/definitions/:kind/:id", acts("marketer", "definition.removed"), async (context) => {
		const { site, kind, id } = context.req.param();
		if (!isKind(kind)) return context.json(kindUnknown, 404);
		const query = parseQuery(context.req.query(), VersionQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		return answer(
			await act(context.env, site, async ({ definitions }) => {
				const kept = find(definitions, { kind, id });
				if (!kept || kept.draft === null) return definitionUnknown;
				const conflict = changedMeanwhile(kept, query.value.version);
				if (conflict) return conflict;
				const uses = usesAmong(draftsWithArchived(definitions)).filter(
					({ of, by, isNeeded }) => isNeeded && keyOf(of) === keyOf(kept) && keyOf(by) !== keyOf(kept),
				);
				if (uses.length > 0) return refused(409, { error: "in-use", uses: useViews(uses, definitions) });
				const gone = withDraft<unknown>(kept, null, byOf(context));
				// What is stopped nobody meets: there is nothing left to publish.
				return keeping(definitions, gone.stopped ? { ...gone, live: null, stopped: null } : gone);
			}),
		);
	});

const placeholder = "new";
const kindUnknown: Answer = { error: "kind-unknown" };

function isIdOf(kind: Kind, id: string): boolean {
	return kind === only ? id === only : Id.safeParse(id).success;
}

/** The body of a definition of this kind: what the address says need not stand in it, nor what is given to it. */
function bodyOf({ kind, id }: Ref): z.ZodMiniType<unknown> {
	const given = { ...(kind === only ? {} : { id }), ...(kind === "experience" ? { revision: 1 } : {}) };
	const whole = z.transform((value: unknown) =>
		typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, ...given } : value,
	);
	return z.pipe(z.pipe(z.unknown(), whole), bodies[kind] as z.ZodMiniType<unknown>);
}

export function find(all: readonly Kept[], ref: Ref): KeptDefinition | undefined {
	return all.find((one) => keyOf(one as Ref) === keyOf(ref)) as KeptDefinition | undefined;
}

/** What was deleted is told to whoever asks for it. */
function listOf(
	{ definitions }: Held,
	of: readonly Kind[],
	{ state }: z.infer<typeof ListQuery>,
): z.infer<typeof KeptList> {
	const isWanted = (one: Kept) => (state ? stateOf(one) === state : stateOf(one) !== "deleted");
	const wanted = definitions.filter(
		(one): one is KeptDefinition => isKind(one.kind) && of.includes(one.kind) && isWanted(one),
	);
	return { definitions: wanted.map(keptView) };
}

export function refused(status: 404 | 409 | 422, said: Answer | ConflictAnswer): Outcome {
	return { is: "refused", status, answer: said };
}

export function changedMeanwhile(kept: KeptDefinition, version: number): Outcome | undefined {
	if (kept.version === version) return undefined;
	return refused(409, { error: "changed-meanwhile", current: keptView(kept) });
}

/** With this as its draft, if it can stand together with all others. */
export async function saved(
	all: readonly Kept[],
	kept: Kept,
	body: unknown,
	by: By,
	env: Pick<AdminEnv, "CONTENT">,
	of: number | null = null,
): Promise<Outcome> {
	if (kept.stopped?.as === "archived")
		return refused(409, { error: "archived", current: keptView(kept as KeptDefinition) });
	const draft = kept.kind === "experience" ? withRevision(body, kept, of !== null) : body;
	const one = { kind: kept.kind, id: kept.id, body: draft } as Definition<Experience>;
	const problems = await problemsWith(one, all, env);
	if (problems.length > 0) return refused(422, { error: "inconsistent", problems: [...problems] });
	return keeping(all, withDraft<unknown>(kept, draft, by, of));
}

/** The revision is given, and never sent; what is brought back had one. */
function withRevision(body: unknown, kept: Kept, isBack: boolean): ExperienceShape {
	const { revision, ...rest } = body as ExperienceShape;
	return revised(isBack ? { ...rest, revision } : rest, kept as Kept<ExperienceShape>);
}

export function keeping(all: readonly Kept[], kept: Kept): Outcome {
	return { is: "kept", kept: kept as KeptDefinition, all };
}

/** An act on one definition of a site that is there: stored where it is another from then on. */
export function act(env: AdminEnv, site: string, decide: (held: Held) => Promise<Outcome>): Promise<Outcome> {
	return asked(
		change<Outcome>(env, site, async (held) => {
			const none: Changes = { definitions: [] };
			if (!held.settings) return { changes: none, answer: refused(404, siteUnknown) };
			const outcome = await decide(held);
			if (outcome.is === "refused" || held.definitions.includes(outcome.kept))
				return { changes: none, answer: outcome };
			const others = held.definitions.filter((one) => keyOf(one as Ref) !== keyOf(outcome.kept));
			return {
				changes: { definitions: [outcome.kept] },
				answer: { ...outcome, all: [...others, outcome.kept] },
			};
		}),
	);
}

/** As it is now, with where it is used. */
export function answer(outcome: Outcome): Response {
	if (outcome.is === "refused") return Response.json(outcome.answer, { status: outcome.status });
	const { kept, all } = outcome;
	const uses = usesAmong(draftsWithArchived(all)).filter(({ of }) => keyOf(of) === keyOf(kept));
	return Response.json({
		definition: keptView(kept),
		uses: useViews(uses, all),
	} satisfies z.infer<typeof KeptOne>);
}
