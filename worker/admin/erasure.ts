// The right to be forgotten: begun in the cell that has the person, and seen through by it.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { ErasureProgress } from "../cell/erasing.ts";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { erasedAt } from "../data/erasure.ts";
import type { Env } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import type { Erasure } from "../protocol/person.schema.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked } from "./request.ts";

const personUnknown: Answer = { error: "person-unknown" };

export const erasureRoutes = new Hono<{ Bindings: Env }>()
	.delete("/:site/people/:person", acts("owner", "person.erased"), async (context) => {
		const { site, person } = context.req.param();
		const cell = await cellOfAnybody(context.env, site, person);
		if (cell === undefined) return context.json(personUnknown, 404);
		const progress = await cellOf(context.env, site, cell).erase({ site, cell, person });
		return context.json(told(progress), progress.is === "erased" ? 200 : 202);
	})
	.get("/:site/people/:person/erasure", reads("analyst"), async (context) => {
		const { site, person } = context.req.param();
		const cells = await siteOf(context.env, site).cells();
		const answers = await Promise.all(cells.map((cell) => cellOf(context.env, site, cell).erasure(person)));
		const under = answers.find(({ is }) => is === "erasing") ?? answers.find(({ is }) => is === "erased");
		if (under) return context.json(told(under));
		const at = await asked(erasedAt(databaseOf(context.env, site), site, person));
		if (at === undefined) return context.json(personUnknown, 404);
		return context.json(told({ is: "erased", at }));
	});

/** Where to begin: where the person is. D1 may not have heard of them yet, and then any cell finds them. */
export async function cellOfAnybody(env: Env, site: string, person: string): Promise<string | undefined> {
	const known = (await asked(whereabouts(databaseOf(env, site), site, [person]))).get(person);
	if (known) return known.cell;
	const cells = await siteOf(env, site).cells();
	const has = await Promise.all(cells.map((one) => cellOf(env, site, one).knows(person)));
	return cells[has.indexOf(true)];
}

function told(progress: ErasureProgress) {
	if (progress.is === "unknown") throw new Error("what was begun is known");
	return progress satisfies z.infer<typeof Erasure>;
}
