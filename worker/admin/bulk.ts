// Acts on many people: previewed, begun, watched, stopped and undone.

import type { Context } from "hono";
import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import type { Answered, Whom } from "../bulk/bulk.ts";
import type { BulkAct, Job } from "../bulk/job.ts";
import { addJob, foundBy, jobsOf } from "../data/bulk.ts";
import { databaseOf } from "../data/database.ts";
import { countWho } from "../data/people.ts";
import type { Condition } from "../domain/condition.ts";
import { mayAs } from "../domain/role.ts";
import { compileSql } from "../domain/sql.ts";
import type { AdminEnv } from "../platform/env.ts";
import { bulkOf, siteOf } from "../platform/name.ts";
import {
	BulkBody,
	BulkErasureBody,
	type BulkPreview,
	BulkPreviewBody,
	type BulkView,
	type BulkViews,
} from "../protocol/bulk.schema.ts";
import { roleOf } from "./actor.ts";
import { type Ground, ground, groundOf } from "./ground.ts";
import { narrow } from "./listing.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, type Parsed, parse, siteUnknown } from "./request.ts";

const listed = 20;
const jobUnknown: Answer = { error: "job-unknown" };

export const bulkRoutes = new Hono<{ Bindings: AdminEnv }>()
	.post("/:site/bulk/preview", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, BulkPreviewBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const meant = await meantBy(env, site, parsed.value);
		if (meant.is === "refused") return refused(meant.answer);
		const { act } = parsed.value;
		const [count, already] = await Promise.all([
			countOf(env, site, meant.value),
			act ? alreadyOf(env, site, meant.value, act) : null,
		]);
		return context.json({ count, already } satisfies z.infer<typeof BulkPreview>);
	})
	.post("/:site/bulk", acts("marketer", "bulk.begun"), async (context) => {
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, BulkBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { id, act } = parsed.value;
		const meant = await meantBy(context.env, site, parsed.value);
		return meant.is === "refused" ? refused(meant.answer) : begin(context.env, site, id, act, meant.value);
	})
	/** Whoever is erased does not come back: only so many as whoever asks has seen. */
	.post("/:site/bulk/erasures", acts("owner", "bulk.erasing"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, BulkErasureBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { id, count } = parsed.value;
		const meant = await meantBy(env, site, parsed.value);
		if (meant.is === "refused") return refused(meant.answer);
		// Sent again, some of them are gone already.
		const known = await bulkOf(env, site, id).view();
		if (!known && (await countOf(env, site, meant.value)) !== count)
			return context.json({ error: "count-differs" } satisfies Answer, 409);
		return begin(env, site, id, { kind: "erase" }, meant.value, count);
	})
	.get("/:site/bulk", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const known = await asked(
			jobsOf(databaseOf(env, site), site, { after: context.req.query("after"), limit: listed }),
		);
		const jobs = await Promise.all(known.map(({ id }) => bulkOf(env, site, id).view()));
		const next = known.length === listed ? (known.at(-1)?.id ?? null) : null;
		return context.json({
			jobs: jobs.flatMap((job) => (job ? [viewOf(job)] : [])),
			next,
		} satisfies z.infer<typeof BulkViews>);
	})
	.get("/:site/bulk/:job", reads("analyst"), (context) =>
		withJob(context, async (job) => {
			const view = await job.view();
			return view ? Response.json(viewOf(view)) : Response.json(jobUnknown, { status: 404 });
		}),
	)
	.post("/:site/bulk/:job/stop", acts("marketer", "bulk.stopped"), (context) =>
		withJob(context, async (job) => answered(await job.stop())),
	)
	.post("/:site/bulk/:job/resume", acts("marketer", "bulk.resumed"), (context) =>
		withJob(context, async (job) => {
			const view = await job.view();
			const isErasing = view !== undefined && viewOf(view).act.kind === "erase";
			return isErasing && !mayAs(roleOf(context), "owner")
				? Response.json({ error: "forbidden" } satisfies Answer, { status: 403 })
				: answered(await job.resume());
		}),
	)
	.post("/:site/bulk/:job/undo", acts("marketer", "bulk.undone"), (context) =>
		withJob(context, async (job) => answered(await job.undo())),
	);

interface Asked {
	readonly condition?: unknown;
	readonly q?: string;
	readonly people?: readonly string[];
	readonly definitions: "published" | "drafts";
}

interface Meant {
	readonly whom: Whom;
	readonly on: Ground;
}

async function meantBy(
	env: AdminEnv,
	site: string,
	{ condition, q, people, definitions }: Asked,
): Promise<Parsed<Meant>> {
	const on = await groundOf(env, site, definitions);
	if (!on) return { is: "refused", answer: siteUnknown };
	if (people) return { is: "parsed", value: { whom: { of: "people", people }, on } };
	const grounded = ground(condition, on);
	if (grounded.is === "refused") return grounded;
	const narrowed = narrow(grounded.value.whole, q);
	if (narrowed.is === "refused") return narrowed;
	const whom = { of: "condition", condition, ...(q !== undefined && { q }), whole: narrowed.value } as const;
	return { is: "parsed", value: { whom, on } };
}

async function begin(
	env: AdminEnv,
	site: string,
	id: string,
	act: BulkAct,
	{ whom }: Meant,
	exactly?: number,
): Promise<Response> {
	const createdAt = Date.now();
	const clockOffsetMs = await siteOf(env, site).clockOffsetMs();
	// Before it begins: what nobody could find, nobody could stop.
	await asked(addJob(databaseOf(env, site), site, { id, createdAt }));
	return answered(
		await bulkOf(env, site, id).start({
			...{ site, id, createdAt, clockOffsetMs, act, whom },
			...(exactly !== undefined && { exactly }),
		}),
	);
}

async function countOf(env: AdminEnv, site: string, { whom, on }: Meant): Promise<number> {
	const db = databaseOf(env, site);
	if (whom.of === "condition") return asked(countWho(db, site, compileSql(whom.whole, on.now), on.now));
	const found = await asked(foundBy(db, site, whom.people));
	return new Set(found.map(({ person }) => person)).size;
}

/** Of people who were picked one by one nobody asks: their acts are refused one by one. */
async function alreadyOf(
	env: AdminEnv,
	site: string,
	{ whom, on }: Meant,
	act: BulkAct,
): Promise<number | null> {
	const already = alreadyBy(act);
	if (whom.of === "people" || !already) return null;
	// A programme that is everyone's has its members put in place here.
	const grounded = ground(already, on);
	const both =
		grounded.is === "refused" ? grounded : narrow({ all: [whom.whole, grounded.value.whole] }, undefined);
	if (both.is === "refused") return null;
	return asked(countWho(databaseOf(env, site), site, compileSql(both.value, on.now), on.now));
}

function alreadyBy(act: BulkAct): Condition | undefined {
	const has = (name: string, value: string): Condition => {
		return { field: "attribute", name, test: { op: "is", value } };
	};
	const hasTag = (tag: string): Condition => ({ field: "tag", tag, count: { op: ">=", n: 1 } });
	switch (act.kind) {
		case "tag":
			return hasTag(act.tag);
		case "untag":
			return { not: hasTag(act.tag) };
		case "enlist":
			return { field: "list", list: act.list };
		case "delist":
			return { not: { field: "list", list: act.list } };
		case "join":
			return { field: "member", programme: act.programme };
		case "points":
			return act.programme === undefined ? undefined : { not: { field: "member", programme: act.programme } };
		case "owner":
			return has("owner", act.owner);
		case "stage":
			return has("funnelStage", act.stage);
		case "erase":
			return undefined;
	}
}

type BulkObject = ReturnType<typeof bulkOf>;

async function withJob(
	context: Context<{ Bindings: AdminEnv }>,
	work: (object: BulkObject) => Promise<Response>,
): Promise<Response> {
	const { site = "", job = "" } = context.req.param();
	// An object comes to be by being asked: invented ids make none.
	return z.uuid().safeParse(job).success
		? work(bulkOf(context.env, site, job))
		: Response.json({ error: "job-malformed" } satisfies Answer, { status: 400 });
}

function refused(answer: Answer): Response {
	return Response.json(answer, { status: answer === siteUnknown ? 404 : 422 });
}

function answered(answer: Answered): Response {
	if (answer.is === "ok") return Response.json(viewOf(answer.value));
	const { why } = answer;
	if (why === "unknown") return Response.json(jobUnknown, { status: 404 });
	return Response.json({ error: why } satisfies Answer, { status: 409 });
}

/** What the job is by inside is nobody's business outside. */
function viewOf(job: Job): z.infer<typeof BulkView> {
	const { id, createdAt, act, status, people, done, changed, refused, keptUntil } = job;
	return {
		...{ id, createdAt, act: { ...act }, status, people, done, changed, refused },
		condition: job.condition ?? null,
		q: job.q ?? null,
		canUndo: act.kind !== "erase" && ["gathering", "running", "stopped", "done"].includes(status),
		keptUntil: status === "done" ? keptUntil : null,
	};
}
