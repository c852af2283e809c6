// Rules and scales applied to the recorded past, by all cells of a site; beforehand, what would come of it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { PastChange } from "../cell/call.ts";
import { type Application, type Applied, applicationOf } from "../domain/application.ts";
import type { Env } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import { PastBody, type PastPreview, PastPreviewBody, type PastProgress } from "../protocol/admin.schema.ts";
import { groundOf } from "./ground.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, parse, siteUnknown } from "./request.ts";

type Asked = z.infer<typeof PastBody>["apply"];
type Changed = z.infer<typeof PastPreview>["changed"][number];

export const pastRoutes = new Hono<{ Bindings: Env }>()
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
		const { apply, after = "", limit, definitions } = parsed.value;
		const made = await applicationIn(env, site, apply, definitions);
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
): Promise<
	| { readonly is: "made"; readonly application: Application }
	| { readonly is: "refused"; readonly answer: Answer }
> {
	const ground = await groundOf(env, site, from);
	if (!ground) return { is: "refused", answer: siteUnknown };
	const application = applicationOf(appliedOf(asked), ground.definitions);
	if (application) return { is: "made", application };
	return { is: "refused", answer: { error: "rule" in asked ? "rule-unknown" : "programme-unknown" } };
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
