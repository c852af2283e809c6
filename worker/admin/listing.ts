// Lists of people: who meets a condition and is called so, in the order and with the columns that are asked for.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { type After, countWho, type PageOfPeople, peopleWho, type Sort } from "../data/people.ts";
import { refuse } from "../domain/check.ts";
import type { Condition } from "../domain/condition.ts";
import { compileSql } from "../domain/sql.ts";
import type { Env } from "../platform/env.ts";
import { type People, PeopleBody, type PeopleTable } from "../protocol/admin.schema.ts";
import { columnOf, personView } from "./columns.ts";
import { ground, groundOf } from "./ground.ts";
import { reads } from "./policy.ts";
import { asked, type Parsed, parse, refused, siteUnknown } from "./request.ts";

/** Of these a part may be looked for. */
const searched = ["name", "firstName", "lastName", "email", "company"] as const;

export const listingRoutes = new Hono<{ Bindings: Env }>().post(
	"/:site/conditions/people",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const id = context.req.param("site");
		const parsed = await parse(context.req.raw, PeopleBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { condition, q, columns, sort, after, limit, only, definitions } = parsed.value;
		const unknown = unknownIn(columns ?? []);
		if (unknown.is === "refused") return context.json(unknown.answer, 422);
		const place = after === undefined ? undefined : afterOf(after, sort);
		if (after !== undefined && !place)
			return context.json(
				refused("malformed", [{ at: "after", why: "not the next of such a page" }]).answer,
				422,
			);
		const site = await groundOf(env, id, definitions);
		if (!site) return context.json(siteUnknown, 404);
		const grounded = ground(condition, site);
		if (grounded.is === "refused") return context.json(grounded.answer, 422);
		const narrowed = narrow(grounded.value.whole, q);
		if (narrowed.is === "refused") return context.json(narrowed.answer, 422);
		const compiled = compileSql(narrowed.value, site.now);
		const db = databaseOf(env, id);
		const found: PageOfPeople =
			only === "count"
				? { count: await asked(countWho(db, id, compiled, site.now)), people: [], next: null }
				: await asked(
						peopleWho(db, id, compiled, site.now, {
							...{ sort, limit, isCounted: only === undefined },
							...(place && { after: place }),
						}),
					);
		const { count, people } = found;
		const next = found.next && nextOf(found.next, sort);
		if (!columns)
			return context.json({ count, people: people.map(personView), next } satisfies z.infer<typeof People>);
		const chosen = columns.flatMap((name) => {
			const column = columnOf(name);
			return column ? [{ name, ...column }] : [];
		});
		return context.json({
			count,
			columns: chosen.map(({ name, isInstant }) => ({ name, isInstant })),
			rows: people.map((person) => ({ id: person.id, cells: chosen.map(({ of }) => of(person)) })),
			next,
		} satisfies z.infer<typeof PeopleTable>);
	},
);

/** Refused where there are no such columns. */
export function unknownIn(columns: readonly string[]): Parsed<readonly string[]> {
	const unknown = columns.filter((name) => !columnOf(name));
	if (unknown.length === 0) return { is: "parsed", value: columns };
	return refused(
		"malformed",
		unknown.map((at) => ({ at, why: "column-unknown" })),
	);
}

/** Whoever has it in their name, address or company, or as a phone number however that is spaced. */
export function searching(q: string): Condition {
	const has = (name: string, value: string): Condition => {
		return { field: "attribute", name, test: { op: "contains", value } };
	};
	const digits = q.replace(/[\s()./-]/g, "");
	return {
		any: [...searched.map((name) => has(name, q)), has("phone", /^\+?\d+$/.test(digits) ? digits : q)],
	};
}

/** Of those who meet the condition whoever is found so; refused where the two together are too much for D1. */
export function narrow(condition: Condition, q: string | undefined): Parsed<Condition> {
	const both: Condition = q === undefined ? condition : { all: [condition, searching(q)] };
	const refusal = refuse(both);
	return refusal
		? refused("condition-refused", [{ at: "q", why: refusal.reason }])
		: { is: "parsed", value: both };
}

/** In the order of their making the id is place enough. */
function nextOf({ id, key }: After, { by }: Sort): string {
	return by === "createdAt" ? id : `${key}~${id}`;
}

function afterOf(text: string, { by }: Sort): After | undefined {
	if (by === "createdAt") return /^[\w-]+$/.test(text) ? { id: text, key: 0 } : undefined;
	const [, key, id] = /^(-?\d{1,16}(?:\.\d{1,16})?)~([\w-]+)$/.exec(text) ?? [];
	return key === undefined || id === undefined ? undefined : { id, key: Number(key) };
}
