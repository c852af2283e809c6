// Rules and scales applied to the recorded past, by all cells of a site; beforehand, what would come of it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { PastChange } from "../cell/call.ts";
import { heldOf } from "../data/definitions.ts";
import { type Application, type Applied, applicationOf } from "../domain/application.ts";
import type { Definition } from "../domain/kinds.ts";
import type { AdminEnv, Env } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import { PastBody, type PastPreview, PastPreviewBody, type PastProgress } from "../protocol/admin.schema.ts";
import { bodies } from "../protocol/definition.schema.ts";
import type { Definitions, Experience } from "../protocol/site.ts";
import { problemsWith } from "./consistency.ts";
import { groundOf } from "./ground.ts";
import { about, acts, reads } from "./policy.ts";
import {
	type Answer,
	asked as askD1,
	inEnglish,
	type Parsed,
	parse,
	problemsIn,
	refused,
	siteUnknown,
} from "./request.ts";

type Asked = z.infer<typeof PastBody>["apply"];
type Changed = z.infer<typeof PastPreview>["changed"][number];

export const pastRoutes = new Hono<{ Bindings: AdminEnv }>()
	.get("/:site/past", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const cells = await siteOf(env, site).cells();
		const all = await Promise.all(cells.map(async (cell) => cellOf(env, site, cell).applications()));
		const pending = new Map(
			all.flatMap((one) => one.pending.map((applied) => [JSON.stringify(applied), askedOf(applied)])),
		);
		return context.json({
			pending: [...pending.values()],
			people: all.reduce((sum, one) => sum + one.people, 0),
			done: all.reduce((sum, one) => sum + one.done, 0),
		} satisfies z.infer<typeof PastProgress>);
	})
	/** People of one cell after the other, each in the order of their ids. */
	.post("/:site/past/preview", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, PastPreviewBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { apply, rule, after = "", limit, definitions } = parsed.value;
		const unsaved = rule && (await unsavedIn(env, site, apply, rule));
		if (unsaved?.is === "refused") return context.json(unsaved.answer, 422);
		const made = await applicationIn(env, site, apply, definitions, unsaved?.value);
		if (made.is === "refused") return context.json(made.answer, 404);
		const { application } = made;
		const cells = await siteOf(env, site).cells();
		const [first = "", person = ""] = after.split("/");
		const answer: z.infer<typeof PastPreview> = { people: 0, busy: 0, changed: [], next: null };
		for (const cell of cells.filter((name) => name >= first)) {
			if (answer.people === limit) {
				answer.next = `${cell}/`;
				break;
			}
			const call = { application, after: cell === first ? person : "", limit: limit - answer.people };
			const { people, busy, changed, next } = await cellOf(env, site, cell).previewPast(call);
			answer.people += people;
			answer.busy += busy;
			answer.changed.push(...changed.map(changedOf));
			if (next === null) continue;
			answer.next = `${cell}/${next}`;
			break;
		}
		return context.json(answer);
	})
	/** Sent again, nothing is doubled: neither while it waits nor when it is done. */
	.post("/:site/past/apply", acts("marketer", "past.applied"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, PastBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const made = await applicationIn(env, site, parsed.value.apply, "published");
		if (made.is === "refused") return context.json(made.answer, 404);
		const cells = await siteOf(env, site).cells();
		await Promise.all(cells.map((cell) => cellOf(env, site, cell).apply(made.application)));
		const { apply } = parsed.value;
		about(context, "rule" in apply ? { rule: apply.rule } : apply.score ? { programme: apply.score } : {});
		return context.json({ ok: true });
	});

async function applicationIn(
	env: Env,
	site: string,
	asked: Asked,
	from: "published" | "drafts",
	unsaved?: Unsaved,
): Promise<
	| { readonly is: "made"; readonly application: Application }
	| { readonly is: "refused"; readonly answer: Answer }
> {
	const ground = await groundOf(env, site, from);
	if (!ground) return { is: "refused", answer: siteUnknown };
	const definitions = unsaved ? inPlace(ground.definitions, unsaved) : ground.definitions;
	const application = applicationOf(appliedOf(asked), definitions);
	if (application) return { is: "made", application };
	return { is: "refused", answer: { error: "rule" in asked ? "rule-unknown" : "programme-unknown" } };
}

type Unsaved = Extract<Definition<Experience>, { readonly kind: "tag-rule" | "score-rule" }>;

/** What is being written, if it could be saved so; nothing that stands beside it is changed. */
async function unsavedIn(
	env: AdminEnv,
	site: string,
	asked: Asked,
	{ kind, body }: NonNullable<z.infer<typeof PastPreviewBody>["rule"]>,
): Promise<Parsed<Unsaved>> {
	if (!("rule" in asked)) return refused("malformed", [{ at: "rule", why: "no rule is applied" }]);
	const id = asked.rule;
	const parsed = bodies[kind].safeParse({ ...body, id }, { error: inEnglish });
	if (!parsed.success) return refused("malformed", problemsIn(parsed.error));
	const unsaved = { kind, id, body: parsed.data } as Unsaved;
	const { definitions } = await askD1(heldOf(env, site));
	const problems = await problemsWith(unsaved, definitions, env);
	return problems.length > 0 ? refused("inconsistent", problems) : { is: "parsed", value: unsaved };
}

function inPlace(definitions: Definitions, { kind, id, body }: Unsaved): Definitions {
	const others = <T extends { readonly id: string }>(all: readonly T[]) => all.filter((one) => one.id !== id);
	return kind === "tag-rule"
		? { ...definitions, tagRules: [...others(definitions.tagRules), body] }
		: { ...definitions, scoreRules: [...others(definitions.scoreRules), body] };
}

function appliedOf(asked: Asked): Applied {
	if ("rule" in asked) return { of: "rule", rule: asked.rule };
	return asked.score === null ? { of: "score" } : { of: "programme", programme: asked.score };
}

function askedOf(applied: Applied): Asked {
	if (applied.of === "rule") return { rule: applied.rule };
	return { score: applied.of === "programme" ? applied.programme : null };
}

function changedOf({ person, tags, points, count, entries }: PastChange): Changed {
	return {
		person,
		tags: [...tags],
		points: [...points],
		count,
		entries: entries.map(({ event, reason }) => {
			const { at, name, props, cause } = event;
			return { at, name, props, rule: cause?.rule ?? "", ...(reason && { reason }) };
		}),
	};
}
