// Acts by hand: the same for each of some people, in whichever cells they are.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { Acted as Outcome } from "../cell/acts.ts";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { mayAs } from "../domain/role.ts";
import { cellOf } from "../platform/name.ts";
import { type Acted, ActsBody } from "../protocol/act.schema.ts";
import { type AdminHono, roleOf } from "./actor.ts";
import { about, acts } from "./policy.ts";
import { type Answer, asked, parse } from "./request.ts";

export const actRoutes = new Hono<AdminHono>();

actRoutes.post("/:site/acts", acts("agent", "people.acted-on"), async (context) => {
	const { env } = context;
	const site = context.req.param("site");
	const parsed = await parse(context.req.raw, ActsBody);
	if (parsed.is === "refused") return context.json(parsed.answer, 422);
	const { id, act, people } = parsed.value;
	if (people.length > 1 && !mayAs(roleOf(context), "marketer"))
		return context.json({ error: "forbidden" } satisfies Answer, 403);
	const found = await asked(whereabouts(databaseOf(env, site), site, people));
	const asks = [...new Set(people)].map((name) => ({ name, at: found.get(name) }));
	const outcomes = await Promise.all(
		Array.from(
			Map.groupBy(asks, ({ at }) => at?.cell),
			async ([cell, those]): Promise<readonly Outcome[]> => {
				if (cell === undefined)
					return those.map(({ name }) => ({ person: name, is: "refused", why: "person-unknown" }));
				const names = those.map(({ name, at }) => at?.person ?? name);
				const acted = await cellOf(env, site, cell).act({ site, cell, id, act, people: names });
				return acted.map((one, i) => ({ ...one, person: those[i]?.name ?? one.person }));
			},
		),
	);
	about(context, { kind: act.kind, people: asks.length });
	const byPerson = new Map(outcomes.flat().map((outcome) => [outcome.person, outcome]));
	const acted = people.flatMap((person) => byPerson.get(person) ?? []);
	return context.json({ people: acted } satisfies z.infer<typeof Acted>);
});
