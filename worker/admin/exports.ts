// Exporting people and their history, streamed from D1 page by page. Spreadsheets take what begins like a formula for
// one, and people write what they like: no such cell leaves.

import { Hono } from "hono/tiny";
import { databaseOf } from "../data/database.ts";
import { historyOf } from "../data/export.ts";
import { type ListedPerson, peopleWho } from "../data/people.ts";
import { knownAttributes } from "../domain/attributes.ts";
import type { Condition } from "../domain/condition.ts";
import type { Value } from "../domain/event.ts";
import { writeRow } from "../domain/import/csv.ts";
import { own } from "../domain/keyed.ts";
import { compileSql } from "../domain/sql.ts";
import type { AdminEnv } from "../platform/env.ts";
import { ExportBody } from "../protocol/import.schema.ts";
import { ground, groundOf } from "./ground.ts";
import { download } from "./imports.ts";
import { about, acts } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

/** Each page counts everybody anew, so pages are large. */
const peoplePerPage = 2_000;
const everybody: Condition = { all: [] };

/** The personal link of each of these people, for the merge field of the site's own mailer. */
export type LinksOf = (
	env: AdminEnv,
	site: string,
	people: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

type Cell = Value | null;
/** What a column holds; `link` is what is known of the person's own. */
type Column = (person: ListedPerson, link: string | undefined) => Cell;

const instant = (at: number | null): Cell => (at === null ? null : new Date(at).toISOString());
const columns: Readonly<Record<string, Column>> = {
	id: ({ id }) => id,
	identity: ({ identity }) => identity,
	score: ({ score }) => score,
	visits: ({ visits }) => visits,
	firstSeenAt: ({ firstSeenAt }) => instant(firstSeenAt),
	lastSeenAt: ({ lastSeenAt }) => instant(lastSeenAt),
	tags: ({ tags }) => Object.entries(tags).flatMap(([tag, { count }]) => (count > 0 ? [tag] : [])),
	segments: ({ segments }) => Object.keys(segments),
	link: (_person, link) => link ?? null,
};
const attributePrefix = "attribute.";
const usual = [
	...Object.keys(columns).filter((name) => name !== "link"),
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
		const { of, format, segment, list, condition, definitions, columns: wanted = usual } = parsed.value;
		const unknown = wanted.filter((name) => !columnOf(name) || (name === "link" && !linksOf));
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
		const pages = pagesOf(env, site, grounded.value.whole, on.now);
		// What cannot be asked at all is an answer; what breaks off later is a file that ends early.
		const first = await asked(pages.next());
		const all = chained(first, pages);
		const lines =
			of === "people"
				? peopleLines(all, wanted, format, async (people) =>
						linksOf && wanted.includes("link") ? linksOf(env, site, people) : new Map(),
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
	for (let after: string | null | undefined; after !== null; ) {
		const page = { limit: peoplePerPage, ...(after === undefined ? {} : { after }) };
		const { people, next } = await peopleWho(databaseOf(env, site), site, compiled, now, page);
		yield people;
		after = next;
	}
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
				(name) => [name, columnOf(name)?.(person, links.get(person.id)) ?? null] as const,
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

function columnOf(name: string): Column | undefined {
	if (!name.startsWith(attributePrefix)) return own(columns, name);
	const attribute = name.slice(attributePrefix.length);
	const isDate = own<unknown>(knownAttributes, attribute) === "date";
	return ({ attributes }) => {
		const value = own(attributes, attribute);
		return isDate && typeof value === "number" ? instant(value) : (value ?? null);
	};
}

/** Members of a list between bars, as an import reads them. */
function textOf(cell: Cell): string {
	if (cell === null) return "";
	return typeof cell === "object" ? cell.join("|") : String(cell);
}
