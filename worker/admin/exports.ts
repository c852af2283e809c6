// Exporting people and their history, streamed from D1 page by page. Spreadsheets take what begins like a formula for
// one, and people write what they like: no such cell leaves.

import { Hono } from "hono/tiny";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { historyOf } from "../data/export.ts";
import type { ListedPerson } from "../data/listed.ts";
import { type After, type PageOfPeople, peopleBy, peopleWho, youngestFirst } from "../data/people.ts";
import { knownAttributes } from "../domain/attributes.ts";
import type { Condition } from "../domain/condition.ts";
import { writeRow } from "../domain/import/csv.ts";
import { compileSql } from "../domain/sql.ts";
import type { AdminEnv } from "../platform/env.ts";
import { ExportBody } from "../protocol/import.schema.ts";
import { attributePrefix, type Cell, columnOf } from "./columns.ts";
import { ground, groundOf } from "./ground.ts";
import { download } from "./imports.ts";
import { narrow } from "./listing.ts";
import { about, acts } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

const peoplePerPage = 1_000;
const everybody: Condition = { all: [] };

/** The personal link of each of these people, for the merge field of the site's own mailer. */
export type LinksOf = (
	env: AdminEnv,
	site: string,
	people: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/** A personal link is no column of a screen. */
const link = "link";
const usual = [
	...["id", "identity", "score", "visits", "firstSeenAt", "lastSeenAt", "tags", "segments"],
	...Object.keys(knownAttributes).map((name) => attributePrefix + name),
];

/** Without `linksOf` there is no column of links. */
export function exportRoutes(linksOf?: LinksOf) {
	const routes = new Hono<{ Bindings: AdminEnv }>();
	return routes.post("/:site/export", acts("marketer", "people.exported"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, ExportBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { of, format, segment, list, condition, people, q, definitions } = parsed.value;
		const { columns: wanted = usual } = parsed.value;
		const unknown = wanted.filter((name) => !(name === link ? linksOf : columnOf(name)));
		if (unknown.length > 0) {
			const problems = unknown.map((at) => ({ at, why: "column-unknown" }));
			return context.json({ error: "malformed", problems } satisfies Answer, 422);
		}
		const on = await groundOf(env, site, definitions);
		if (!on) return context.json(siteUnknown, 404);
		const said = segment
			? { field: "segment", segment }
			: list
				? { field: "list", list }
				: (condition ?? everybody);
		const grounded = ground(said, on);
		if (grounded.is === "refused") return context.json(grounded.answer, 422);
		const narrowed = narrow(grounded.value.whole, q);
		if (narrowed.is === "refused") return context.json(narrowed.answer, 422);
		const pages = people ? picked(env, site, people, on.now) : pagesOf(env, site, narrowed.value, on.now);
		// What cannot be asked at all is an answer; what breaks off later is a file that ends early.
		const first = await asked(pages.next());
		const all = chained(first, pages);
		const lines =
			of === "people"
				? peopleLines(all, wanted, format, async (people) =>
						linksOf && wanted.includes(link) ? linksOf(env, site, people) : new Map(),
					)
				: historyLines(env, site, all, format, on.now);
		const type = format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
		about(context, { of, format });
		return download(lines, type, `${site}-${of}.${format}`);
	});
}

type Pages = AsyncGenerator<readonly ListedPerson[], void>;

async function* pagesOf(env: AdminEnv, site: string, condition: Condition, now: number): Pages {
	const compiled = compileSql(condition, now);
	for (let after: After | null | undefined; after !== null; ) {
		const page = { sort: youngestFirst, limit: peoplePerPage, isCounted: false, ...(after && { after }) };
		const { people, next }: PageOfPeople = await peopleWho(databaseOf(env, site), site, compiled, now, page);
		yield people;
		after = next;
	}
}

async function* picked(env: AdminEnv, site: string, names: readonly string[], now: number): Pages {
	const db = databaseOf(env, site);
	const found = await whereabouts(db, site, names);
	yield await peopleBy(
		db,
		site,
		Array.from(found.values(), ({ person }) => person),
		now,
	);
}

async function* chained(first: IteratorResult<readonly ListedPerson[], void>, rest: Pages): Pages {
	if (first.done) return;
	yield first.value;
	yield* rest;
}

async function* peopleLines(
	pages: Pages,
	wanted: readonly string[],
	format: "csv" | "ndjson",
	linksOf: (people: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): AsyncGenerator<string, void> {
	if (format === "csv") yield writeRow(wanted);
	for await (const people of pages) {
		const links = await linksOf(people.map(({ id }) => id));
		const rows = people.map((person) => {
			const cells = wanted.map(
				(name) => [name, name === link ? (links.get(person.id) ?? null) : cellOf(person, name)] as const,
			);
			return format === "csv"
				? writeRow(cells.map(([, cell]) => textOf(cell)))
				: `${JSON.stringify(Object.fromEntries(cells))}\n`;
		});
		if (rows.length > 0) yield rows.join("");
	}
}

async function* historyLines(
	env: AdminEnv,
	site: string,
	pages: Pages,
	format: "csv" | "ndjson",
	now: number,
): AsyncGenerator<string, void> {
	if (format === "csv") yield writeRow(["person", "part", "at", "name", "props", "rule"]);
	for await (const people of pages) {
		const ids = people.map(({ id }) => id);
		for await (const events of historyOf(databaseOf(env, site), site, ids, now)) {
			const rows = events.map(({ person, part, event: { at, name, props, cause } }) => {
				const when = new Date(at).toISOString();
				const rule = cause?.rule ?? null;
				return format === "csv"
					? writeRow([person, part, when, name, JSON.stringify(props), rule ?? ""])
					: `${JSON.stringify({ person, part, at: when, name, props, rule })}\n`;
			});
			if (rows.length > 0) yield rows.join("");
		}
	}
}

/** Instants as people read them. */
function cellOf(person: ListedPerson, name: string): Cell {
	const column = columnOf(name);
	const value = column?.of(person) ?? null;
	return column?.isInstant && typeof value === "number" ? new Date(value).toISOString() : value;
}

/** Members of a list between bars, as an import reads them. */
function textOf(cell: Cell): string {
	if (cell === null) return "";
	return typeof cell === "object" ? cell.join("|") : String(cell);
}
