// For whom an experience would show now, and why not for the others: asked of one that need not be saved.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import type { ListedPerson } from "../data/listed.ts";
import { countWho, peopleWho, youngestFirst } from "../data/people.ts";
import type { Condition } from "../domain/condition.ts";
import { compileSql } from "../domain/sql.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import { type Qualifying, QualifyingBody } from "../protocol/admin.schema.ts";
import { personView } from "./columns.ts";
import { explainEach } from "./explaining.ts";
import { ground, groundOf } from "./ground.ts";
import { reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";
import { candidateView, contextOf } from "./sentences.ts";
import { foreseeIn } from "./why.ts";

const shown = 5;
const everybody: Condition = { all: [] };

export const qualifyingRoutes = new Hono<{ Bindings: Env }>().post(
	"/:site/experiences/qualifying",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, QualifyingBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { experience, page, definitions, timeZone } = parsed.value;
		const on = await groundOf(env, site, definitions);
		if (!on) return context.json(siteUnknown, 404);
		const { segment } = experience;
		const targeted = segment === undefined ? everybody : { field: "segment", segment };
		const grounded = ground(targeted, on);
		if (grounded.is === "refused") return context.json(grounded.answer satisfies Answer, 422);
		const { now } = on;
		const db = databaseOf(env, site);
		const { whole } = grounded.value;
		const names = contextOf(
			on.settings,
			{ ...on.definitions, experiences: [...on.definitions.experiences, experience] },
			timeZone,
			on.attributes,
		);
		const some = async (condition: Condition) =>
			(
				await asked(
					peopleWho(db, site, compileSql(condition, now), now, {
						...{ sort: youngestFirst, limit: shown, isCounted: false },
					}),
				)
			).people;
		const count = (condition: Condition) => asked(countWho(db, site, compileSql(condition, now), now));
		const [inside, outside, qualified, all] = await Promise.all([
			some(whole),
			segment === undefined ? [] : some({ not: whole }),
			count(whole),
			count(everybody),
		]);
		const people = [...inside, ...outside];
		const { byPerson } = await explainEach(env, site, people, grounded.value, now);
		const isIn = (person: string): boolean => {
			const why = byPerson.get(person)?.why;
			return why?.of === "condition" && why.because.is;
		};
		const answers = await Promise.all(
			Array.from(
				Map.groupBy(people, ({ cell }) => cell),
				([cell, those]) =>
					foreseeIn(
						cellOf(env, site, cell),
						those.map(({ id }) => ({ person: id, isIn: isIn(id) })),
						experience,
						page,
					),
			),
		);
		const candidates = new Map(answers.flat().map(({ person, candidate }) => [person, candidate]));
		const told = (those: readonly ListedPerson[]) =>
			those.map((person) => {
				const candidate = candidates.get(person.id);
				if (!candidate) return { person: personView(person), candidate: null };
				const { reason, ...view } = candidateView(candidate, names);
				return { person: personView(person), candidate: { ...view, reason: { ...reason } } };
			});
		return context.json({
			count: qualified,
			of: all,
			in: told(inside),
			out: told(outside),
		} satisfies z.infer<typeof Qualifying>);
	},
);
