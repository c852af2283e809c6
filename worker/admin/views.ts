// Saved views of the list of people. Two who change one at a time: the second is told, and nothing is lost.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import {
	addView,
	changeView,
	countViews,
	dropView,
	type StoredView,
	viewOf,
	viewsOf,
} from "../data/views.ts";
import { mayAs } from "../domain/role.ts";
import type { Env } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { type View, ViewBody, ViewChange, type ViewConflict, type Views } from "../protocol/view.schema.ts";
import { type AdminContext, type AdminHono, askerOf, roleOf } from "./actor.ts";
import { ground, groundOf } from "./ground.ts";
import { unknownIn } from "./listing.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, type Parsed, parse, siteUnknown } from "./request.ts";

const mostViews = 200;
const viewUnknown: Answer = { error: "view-unknown" };

export const viewRoutes = new Hono<AdminHono>()
	.get("/:site/views", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const known = await asked(viewsOf(databaseOf(context.env, site), site, askerOf(context)));
		const views = known.map(viewIn).toSorted((a, b) => a.name.localeCompare(b.name));
		return context.json({ views } satisfies z.infer<typeof Views>);
	})
	.post("/:site/views", acts("analyst", "view.made"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, ViewBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		if (!(await mayWrite(context, parsed.value.isShared))) return context.json(forbidden, 403);
		const refusal = await refusalOf(env, site, parsed.value);
		if (refusal) return context.json(refusal, refusal === siteUnknown ? 404 : 422);
		const db = databaseOf(env, site);
		if ((await asked(countViews(db, site))) >= mostViews)
			return context.json({ error: "too-many-views" } satisfies Answer, 422);
		const changedAt = Date.now();
		const added = stored(parsed.value, { id: uuidv7(changedAt), version: 1, changedAt }, askerOf(context));
		await asked(addView(db, site, added));
		return context.json(viewIn(added));
	})
	.put("/:site/views/:view", acts("analyst", "view.changed"), async (context) => {
		const { env } = context;
		const { site, view: id } = context.req.param();
		const parsed = await parse(context.req.raw, ViewChange);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const refusal = await refusalOf(env, site, parsed.value);
		if (refusal) return context.json(refusal, refusal === siteUnknown ? 404 : 422);
		const { version, ...body } = parsed.value;
		const asker = askerOf(context);
		const db = databaseOf(env, site);
		if (!(await mayWrite(context, body.isShared))) return context.json(forbidden, 403);
		const changed = stored(body, { id, version, changedAt: Date.now() }, asker);
		if (await asked(changeView(db, site, asker, changed)))
			return context.json(viewIn({ ...changed, version: version + 1 }));
		const latest = await asked(viewOf(db, site, asker, id));
		if (!latest) return context.json(viewUnknown, 404);
		const conflict = { error: "view-changed", view: viewIn(latest) } satisfies z.infer<typeof ViewConflict>;
		return context.json(conflict, 409);
	})
	.delete("/:site/views/:view", acts("analyst", "view.removed"), async (context) => {
		const { site, view } = context.req.param();
		if (!(await mayWrite(context, false))) return context.json(forbidden, 403);
		return (await asked(dropView(databaseOf(context.env, site), site, askerOf(context), view)))
			? context.json({ ok: true })
			: context.json(viewUnknown, 404);
	});

type Body = z.infer<typeof ViewBody>;

const forbidden: Answer = { error: "forbidden" };

/** What is everybody's, or is to be, a marketer writes; one's own anybody. */
async function mayWrite(context: AdminContext, willBeShared: boolean): Promise<boolean> {
	if (mayAs(roleOf(context), "marketer")) return true;
	const { site = "", view } = context.req.param();
	if (willBeShared) return false;
	const known = view && (await asked(viewOf(databaseOf(context.env, site), site, askerOf(context), view)));
	return !known || known.owner !== null;
}

/** What it mentions may go later: then the list says so. When it is saved, all of it is there. */
async function refusalOf(env: Env, site: string, { condition, columns }: Body): Promise<Answer | undefined> {
	const on = await groundOf(env, site, "published");
	if (!on) return siteUnknown;
	const checks: readonly Parsed<unknown>[] = [unknownIn(columns), ground(condition, on)];
	return checks.flatMap((one) => (one.is === "refused" ? [one.answer] : []))[0];
}

function stored(
	{ isShared, ...body }: Body,
	of: Pick<StoredView, "id" | "version" | "changedAt">,
	asker: string,
): StoredView {
	return { ...of, owner: isShared ? null : asker, body: JSON.stringify(body) };
}

function viewIn({ id, owner, version, body, changedAt }: StoredView): z.infer<typeof View> {
	const saved: Omit<Body, "isShared"> = JSON.parse(body);
	return { id, ...saved, isShared: owner === null, version, changedAt };
}
