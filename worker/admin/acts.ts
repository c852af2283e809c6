// Acts by hand: the same for each of some people, in whichever cells they are.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { Acted as Outcome } from "../cell/acts.ts";
import { databaseOf } from "../data/database.ts";
import { cellsOfPeople } from "../data/people.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import { type Acted, ActsBody } from "../protocol/act.schema.ts";
import { asked, parse } from "./request.ts";

export const actRoutes = new Hono<{ Bindings: Env }>().post("/:site/acts", async (context) => {
	const { env } = context;
	const site = context.req.param("site");
	const parsed = await parse(context.req.raw, ActsBody);
	if (parsed.is === "refused") return context.json(parsed.answer, 422);
	const { id, act, people } = parsed.value;
	const cells = await asked(cellsOfPeople(databaseOf(env, site), site, people));
	const byCell = Map.groupBy(new Set(people), (person) => cells.get(person));
	const outcomes = await Promise.all(
		Array.from(byCell, ([cell, those]): Promise<readonly Outcome[]> | readonly Outcome[] =>
			cell === undefined
				? those.map((person) => ({ person, is: "refused", why: "person-unknown" }))
				: cellOf(env, site, cell).act({ site, cell, id, act, people: those }),
		),
	);
	const byPerson = new Map(outcomes.flat().map((outcome) => [outcome.person, outcome]));
	const acted = people.flatMap((person) => byPerson.get(person) ?? []);
	return context.json({ people: acted } satisfies z.infer<typeof Acted>);
});
