// Importing people: a file is uploaded, looked at, planned, rehearsed, run, mended and undone.

import type { Context } from "hono";
import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { addImport, importsOf } from "../data/imports.ts";
import { settingsOf } from "../data/sites.ts";
import { writeRow } from "../domain/import/csv.ts";
import { importLimits } from "../domain/import/limits.ts";
import type { Answered, Refusal } from "../import/import.ts";
import type { Job, Problem } from "../import/job.ts";
import type { AdminEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { importOf } from "../platform/name.ts";
import {
	ImportPlanBody,
	type ImportRows,
	type Imports,
	type ImportView,
	RowBody,
	type RowMended,
} from "../protocol/import.schema.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

type View = z.infer<typeof ImportView>;
const listed = 20;
const longestName = 200;
const isImportId = (id: string): boolean => z.uuid().safeParse(id).success;
const importUnknown: Answer = { error: "import-unknown" };

export const importRoutes = new Hono<{ Bindings: AdminEnv }>()
	/** The body is the file as it stands. */
	.post("/:site/imports", acts("marketer", "import.uploaded"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const { body } = context.req.raw;
		const declared = Number(context.req.header("content-length") ?? "0");
		if (declared > importLimits.bytes) return context.json({ error: "too-large" } satisfies Answer, 413);
		if (!body) return context.json({ error: "file-missing" } satisfies Answer, 422);
		if (!(await asked(settingsOf(env, site)))) return context.json(siteUnknown, 404);
		const createdAt = Date.now();
		const id = uuidv7(createdAt);
		about(context, { import: id });
		const name = (context.req.query("name") ?? "").slice(0, longestName);
		const taken = await importOf(env, site, id).upload({ site, id, name, createdAt }, body);
		if (taken.is === "ok") await asked(addImport(databaseOf(env, site), site, { id, name, createdAt }));
		return answered(taken);
	})
	.get("/:site/imports", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const after = context.req.query("after");
		const known = await asked(importsOf(databaseOf(env, site), site, { after, limit: listed }));
		const jobs = await Promise.all(known.map(({ id }) => importOf(env, site, id).view()));
		const imports = known.flatMap((one, i) => {
			const job = jobs[i];
			return job ? [{ ...one, status: job.status }] : [];
		});
		const next = known.length === listed ? (known.at(-1)?.id ?? null) : null;
		return context.json({ imports, next } satisfies z.infer<typeof Imports>);
	})
	.get("/:site/imports/:import", reads("analyst"), (context) =>
		withImport(context, async (object) => {
			const job = await object.view();
			return job ? Response.json(viewOf(job)) : Response.json(importUnknown, { status: 404 });
		}),
	)
	.put("/:site/imports/:import/plan", acts("marketer", "import.planned"), (context) =>
		withImport(context, async (object) => {
			const parsed = await parse(context.req.raw, ImportPlanBody);
			if (parsed.is === "refused") return Response.json(parsed.answer, { status: 422 });
			return answered(await object.plan(parsed.value));
		}),
	)
	.post("/:site/imports/:import/rehearsal", acts("marketer", "import.rehearsed"), (context) =>
		withImport(context, async (object) => answered(await object.rehearse())),
	)
	.post("/:site/imports/:import/run", acts("marketer", "import.run"), (context) =>
		withImport(context, async (object) => answered(await object.run())),
	)
	.post("/:site/imports/:import/undo", acts("marketer", "import.undone"), (context) =>
		withImport(context, async (object) => answered(await object.undo())),
	)
	.get("/:site/imports/:import/rows", reads("marketer"), (context) =>
		withImport(context, async (object) => {
			const after = lineIn(context.req.query("after") ?? "0");
			if (after === undefined)
				return Response.json({ error: "line-malformed" } satisfies Answer, { status: 400 });
			const { rows, next } = await page(object, after);
			return Response.json({ rows, next } satisfies z.infer<typeof ImportRows>);
		}),
	)
	/** Rows that failed, as they stand, each with what is wrong: to be put right in a spreadsheet and imported. */
	.get("/:site/imports/:import/rows.csv", reads("marketer"), (context) =>
		withImport(context, async (object) => {
			const job = await object.view();
			if (!job) return Response.json(importUnknown, { status: 404 });
			const names = job.columns.map(({ name }) => name);
			return download(failedRows(object, names), "text/csv; charset=utf-8", `import-${job.id}.csv`);
		}),
	)
	/** Puts a row that failed right, and takes it in. */
	.patch("/:site/imports/:import/rows/:line", acts("marketer", "import.mended"), (context) =>
		withImport(context, async (object) => {
			const line = lineIn(context.req.param("line"));
			if (line === undefined)
				return Response.json({ error: "line-malformed" } satisfies Answer, { status: 400 });
			const parsed = await parse(context.req.raw, RowBody);
			if (parsed.is === "refused") return Response.json(parsed.answer, { status: 422 });
			const mended = await object.mend(line, parsed.value.cells);
			if (mended.is === "refused") return refusal(mended.why);
			return Response.json({ problem: mended.value } satisfies z.infer<typeof RowMended>);
		}),
	);

type ImportObject = ReturnType<typeof importOf>;

async function withImport(
	context: Context<{ Bindings: AdminEnv }>,
	work: (object: ImportObject) => Promise<Response>,
): Promise<Response> {
	const { site = "", import: id = "" } = context.req.param();
	// An object comes to be by being asked: invented ids make none.
	return isImportId(id)
		? work(importOf(context.env, site, id))
		: Response.json(importUnknown, { status: 404 });
}

function answered(answer: Answered<Job>): Response {
	return answer.is === "ok" ? Response.json(viewOf(answer.value)) : refusal(answer.why);
}

function refusal(why: Refusal): Response {
	if (why === "unknown") return Response.json(importUnknown, { status: 404 });
	const status =
		why === "too-large"
			? 413
			: why === "row-unknown"
				? 404
				: why === "at-work" || why === "not-now"
					? 409
					: 422;
	return Response.json({ error: why ?? "refused" } satisfies Answer, { status });
}

/** What the job is by inside is nobody's business outside. */
function viewOf(job: Job): View {
	const { id, name, createdAt, status, bytes, plan, columns, reading, done, rehearsal, totals, keptUntil } =
		job;
	const figures = { reading, done, rehearsal, totals, keptUntil };
	return {
		id,
		name,
		createdAt,
		status,
		bytes,
		plan: { ...plan, lists: plan.lists ?? [] },
		columns,
		...figures,
	};
}

/** Problems of a line stay together. */
async function page(object: ImportObject, after: number) {
	const rows = await object.problems(after, importLimits.page);
	const last = rows.at(-1)?.line ?? after;
	const isFull = rows.length === importLimits.page;
	const whole = isFull ? rows.filter(({ line }) => line < last) : rows;
	return { rows: whole, next: isFull ? (whole.at(-1)?.line ?? after) : null };
}

async function* failedRows(object: ImportObject, names: readonly string[]): AsyncGenerator<string, void> {
	yield writeRow([...names, "line", "problem", "column"]);
	for (let after: number | null = 0; after !== null; ) {
		const found: { readonly rows: readonly Problem[]; readonly next: number | null } = await page(
			object,
			after,
		);
		for (const { line, reason, column, cells } of found.rows) {
			if (reason === "belongs-to-another") continue;
			const own = names.map((name) => cells[name] ?? "");
			yield writeRow([...own, String(line), reason, column ?? ""]);
		}
		after = found.next;
	}
}

/** Written as fast as it is read, and no faster. */
export function download(lines: AsyncGenerator<string, void>, type: string, name: string): Response {
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await lines.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await lines.return();
		},
	});
	return new Response(body, {
		headers: {
			"content-type": type,
			"content-disposition": `attachment; filename="${name}"`,
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
		},
	});
}

function lineIn(text: string): number | undefined {
	return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
