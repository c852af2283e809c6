// People, one at a time: found, shown, told of, and exported.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { heldOf } from "../data/definitions.ts";
import { knownOf, rowsOf } from "../data/erasure.ts";
import { peopleBy, peopleWho, youngestFirst } from "../data/people.ts";
import { joinIds } from "../data/registry.ts";
import { findOwner } from "../directory/resolve.ts";
import type { Condition } from "../domain/condition.ts";
import { normalise } from "../domain/contact.ts";
import { beginningsOf } from "../domain/happening.ts";
import type { Kept } from "../domain/kept.ts";
import type { Kind } from "../domain/kinds.ts";
import { compileSql } from "../domain/sql.ts";
import type { Context } from "../domain/words/language.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import type { People } from "../protocol/admin.schema.ts";
import {
	CardQuery,
	type Export,
	LedgerQuery,
	LookupQuery,
	TimelineQuery,
} from "../protocol/person.schema.ts";
import { activityView, cardView, ledgerView, placeOf, timelineView } from "./card.ts";
import { personView } from "./columns.ts";
import { cellOfAnybody } from "./erasure.ts";
import { groundOf } from "./ground.ts";
import { namesOf } from "./kept.ts";
import { searching } from "./listing.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, parseQuery, siteUnknown } from "./request.ts";
import { contextOf } from "./sentences.ts";

const personUnknown: Answer = { error: "person-unknown" };

export const peopleRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/people", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), LookupQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const ground = await groundOf(env, site, "published");
		if (!ground) return context.json(siteUnknown, 404);
		const found = await lookUp(env, site, parsed.value, ground.now);
		return context.json(found satisfies z.infer<typeof People>);
	})
	.get("/:site/people/:person", reads("analyst"), async (context) => {
		const parsed = parseQuery(context.req.query(), CardQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { site, person } = context.req.param();
		const known = await find(context.env, site, person, parsed.value.timeZone);
		if (!known) return context.json(personUnknown, 404);
		return context.json(await cardView(context.env, site, known.card, known));
	})
	.get("/:site/people/:person/timeline", reads("analyst"), async (context) => {
		const parsed = parseQuery(context.req.query(), TimelineQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { site, person } = context.req.param();
		const { kind, before, timeZone, ...query } = parsed.value;
		const known = await find(context.env, site, person, timeZone);
		if (!known) return context.json(personUnknown, 404);
		const asked = {
			...query,
			...placed(before),
			...(kind && { kind: { beginnings: beginningsOf(kind), isOther: kind === "other" } }),
		};
		return context.json(await timelineView(context.env, site, known.card, asked, known.context));
	})
	.get("/:site/people/:person/ledger", reads("analyst"), async (context) => {
		const parsed = parseQuery(context.req.query(), LedgerQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { site, person } = context.req.param();
		const { programme = null, before, limit, timeZone } = parsed.value;
		const known = await find(context.env, site, person, timeZone);
		if (!known) return context.json(personUnknown, 404);
		const page = { limit, ...placed(before) };
		return context.json(await ledgerView(context.env, site, known.card, programme, page, known.context));
	})
	.get("/:site/people/:person/activity", reads("analyst"), async (context) => {
		const { site, person } = context.req.param();
		const known = await find(context.env, site, person, "UTC");
		if (!known) return context.json(personUnknown, 404);
		return context.json(await activityView(context.env, site, known.card));
	})
	.get("/:site/people/:person/export", acts("marketer", "person.exported"), async (context) => {
		const { site, person } = context.req.param();
		const all = await exportOf(context.env, site, person);
		if (!all) return context.json(personUnknown, 404);
		return context.body(JSON.stringify(withDates(all), undefined, "\t"), 200, {
			"content-type": "application/json; charset=utf-8",
			"content-disposition": 'attachment; filename="person.json"',
			"cache-control": "no-store",
		});
	});

async function find(env: Env, site: string, person: string, timeZone: string) {
	const [cell, ground, held] = await Promise.all([
		cellOfAnybody(env, site, person),
		groundOf(env, site, "published"),
		asked(heldOf(env, site)),
	]);
	const card = cell === undefined ? undefined : await cellOf(env, site, cell).card(person);
	if (!card || !ground) return undefined;
	const { settings, definitions, attributes } = ground;
	const context = contextOf(settings, definitions, timeZone, attributes);
	return { card, definitions, context: withStopped(context, held.definitions) };
}

/** What is paused or archived has left its marks on cards: there it is still called by its name. */
function withStopped(context: Context, all: readonly Kept[]): Context {
	const of = (kind: Kind) =>
		Object.fromEntries(
			all.flatMap((one) => (one.kind === kind ? [[one.id, namesOf({ ...one, kind }).pl]] : [])),
		);
	return {
		...context,
		experiences: { ...of("experience"), ...context.experiences },
		segments: { ...of("segment"), ...context.segments },
		rules: { ...of("score-rule"), ...context.rules },
	};
}

function placed(before: string | undefined) {
	const place = before === undefined ? undefined : placeOf(before);
	return place ? { before: place } : {};
}

async function lookUp(env: Env, site: string, query: z.infer<typeof LookupQuery>, now: number) {
	const db = databaseOf(env, site);
	const { tag, q, after, limit } = query;
	const conditions: Condition[] = [];
	for (const kind of ["email", "phone", "user"] as const) {
		const said = query[kind];
		if (said === undefined) continue;
		const identifier = normalise(kind, said);
		const owner = identifier && (await findOwner(env, site, identifier));
		if (owner) {
			const people = await asked(peopleBy(db, site, [owner.person], now));
			if (people.length > 0) return { count: people.length, people: people.map(personView), next: null };
		}
		// What was only typed into a page may be nobody's in the directory.
		const value = identifier?.value ?? said;
		conditions.push({ field: "attribute", name: kind, test: { op: "is", value } });
	}
	if (tag !== undefined) conditions.push({ field: "tag", tag, count: { op: ">=", n: 1 } });
	if (q !== undefined) conditions.push(searching(q));
	const page = {
		sort: youngestFirst,
		limit,
		isCounted: true,
		...(after !== undefined && { after: { id: after, key: 0 } }),
	};
	const found = await asked(peopleWho(db, site, compileSql({ all: conditions }, now), now, page));
	return { count: found.count, people: found.people.map(personView), next: found.next?.id ?? null };
}

async function exportOf(env: Env, site: string, person: string) {
	const cell = await cellOfAnybody(env, site, person);
	const extract = cell === undefined ? undefined : await cellOf(env, site, cell).extract(person);
	if (!extract) return undefined;
	const db = databaseOf(env, site);
	const known = await asked(knownOf(db, site, extract.ids.people));
	const rows = extract.isLapsed ? {} : await asked(rowsOf(db, site, joinIds(extract.ids, known.ids)));
	return {
		person,
		at: new Date().toISOString(),
		identifiers: extract.identifiers,
		cell: extract.tables,
		database: rows,
	} satisfies z.infer<typeof Export>;
}

/** Instants as people read them: members that are called after one. */
function withDates(value: unknown, name = ""): unknown {
	if (typeof value === "number" && /(^|_|[a-z])at$/i.test(name) && value > 1e11 && value < 1e14)
		return new Date(value).toISOString();
	if (typeof value === "string" && /^[{[]/.test(value)) return withDates(parsed(value), name);
	if (Array.isArray(value)) return value.map((one) => withDates(one));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDates(one, key)]));
}

/** JSON in a column is told as what it says; a text that only looks like it, as it is. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return { text };
	}
}
