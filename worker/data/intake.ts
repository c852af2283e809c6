// Taking in what a cell's outbox delivers: one batch, all or nothing, and never twice. Each part's row carries up to
// which number of the outbox D1 has what was told of it, and that moves with the row, which is written anyway. A batch
// that was committed before, in whole or in part, does not find the parts as it believes them, and fails whole.
//
// A part that was erased has no row to tell that. So what a cell erases moves the cell's watermark, which every batch
// compares: whatever was sent before an erasure and comes late fails too.

import type { Credit } from "../domain/credit.ts";
import type { Count } from "../domain/figure.ts";
import type { PartKind } from "../domain/person.ts";
import type { ArrivalRow, EventRow, PartRow, PersonRow } from "../domain/project.ts";
import { digestOf } from "../platform/digest.ts";
import { addCounts } from "./figures.ts";
import { addCredits } from "./reports.ts";

/** A part with the numbers of the first and the last of what this batch tells of it; none where it tells nothing. */
export type ToldPartRow = PartRow & { readonly first: number | null; readonly last: number | null };

export interface Intake {
	readonly site: string;
	readonly cell: string;
	/** Where the watermark of erasures stands, and where to it moves. */
	readonly watermark: { readonly from: number; readonly to?: number };
	/** Whether anybody of the site was erased. Where D1 knows of one and this says no, the batch fails whole. */
	readonly hasErased: boolean;
	readonly people: readonly PersonRow[];
	readonly parts: readonly ToldPartRow[];
	/** Whose parts are, as their card's cell says. */
	readonly mappings: readonly MappingRow[];
	/** People who are somebody else from here on. */
	readonly forwards: readonly ForwardRow[];
	/** Parts whose history so far is to be forgotten, before anything is added. */
	readonly forgotten: readonly string[];
	readonly arrivals: readonly ArrivalRow[];
	/** Parts whose events are a contact's from here on; those that waited as an anonymous person's become so too. */
	readonly contacts: readonly string[];
	readonly contactEvents: readonly EventRow[];
	/** What all but `arrivals` come to for the site's figures, and to which experiences orders are owed. */
	readonly counts: readonly Count[];
	readonly credits: readonly Credit[];
	/** Parts that are gone altogether, with their person where it has no other. */
	readonly erased: readonly string[];
}

/** `kind`: the part is known, and its row is made where its writer has not told of it yet. */
export interface MappingRow {
	readonly id: string;
	readonly person: string;
	readonly tied_to: string | null;
	readonly epoch: number;
	readonly kind: PartKind | null;
}

export interface ForwardRow {
	readonly person: string;
	readonly into_person: string;
	readonly epoch: number;
}

const personColumns = [
	"id",
	"cell",
	"epoch",
	"version",
	"identity",
	"retention_ms",
	"segments",
	"known_at",
] as const;
const partColumns = [
	"id",
	"person",
	"epoch",
	"version",
	"kind",
	"proof",
	"first_seen_at",
	"last_seen_at",
	"visits",
	"score",
	"tags",
	"facts",
	"points",
	"orders",
	"cart",
	"interests",
	"lists",
	"consents",
] as const;
const arrivalColumns = ["part", "at", "id", "last_at", "outline", "events", "counts"] as const;
const eventColumns = [
	"part",
	"at",
	"id",
	"name",
	"path",
	"props",
	"folded",
	"effects",
	"cause",
	"touch",
	"environment",
	"decision",
	"opens",
] as const;

/**
 * The rows of a JSON array, each parsed once: SQLite would write and parse the text of `value` anew for each column that
 * is read off it.
 */
const told = "WITH told (told) AS MATERIALIZED (SELECT jsonb(value) FROM json_each(?2))";

/** Stored as JSONB, of parts and of contacts' events. */
export const jsonbIn: Readonly<Record<string, readonly string[]>> = {
	parts: ["tags", "facts", "points", "orders", "cart", "interests", "lists"],
	contact_events: ["props", "folded"],
};
export const jsonbColumns: ReadonlySet<string> = new Set(Object.values(jsonbIn).flat());

/** The same literal columns of each row, each as it is stored. */
function valuesOf(
	columns: readonly string[],
	read = (column: string): string => `told ->> '${column}'`,
): string {
	return columns
		.map((column) => (jsonbColumns.has(column) ? `jsonb(${read(column)})` : read(column)))
		.join(", ");
}

function insertInto(table: string, columns: readonly string[], where = "true"): string {
	const names = `(site, ${columns.join(", ")})`;
	return `${told} INSERT INTO ${table} ${names} SELECT ?1, ${valuesOf(columns)} FROM told WHERE ${where}`;
}

function without(columns: readonly string[], ...left: readonly string[]): readonly string[] {
	return columns.filter((column) => !left.includes(column));
}

function all(columns: readonly string[], of: string): string {
	return `(${columns.map((column) => `${of}.${column}`).join(", ")})`;
}

/**
 * What is indexed of a person is set by itself: SQLite writes an index anew that is of a column which is set, also where it
 * stays the same, and D1 counts that as a row.
 */
const whether = ["identity", "retention_ms"] as const;
/** Most of what a person does leaves their own row as it is, and then none is written. */
const listed = without(personColumns, "id", "version", "known_at", ...whether);
/** Who is somebody else by now does not come back, however late their former cell tells of them. */
const isStill = `NOT EXISTS (SELECT 1 FROM forwards f
	WHERE f.site = ?1 AND f.person = told ->> 'id' AND f.epoch >= told ->> 'epoch')`;
const people = `${insertInto("people", personColumns, isStill)}
	ON CONFLICT (site, id) DO UPDATE SET ${["version", ...listed].map((column) => `${column} = excluded.${column}`)}
	WHERE (excluded.epoch, excluded.version) > (people.epoch, people.version) AND ${all(listed, "people")} IS NOT ${all(listed, "excluded")}`;

/** Of people as they stand by now. */
function renew(changed: readonly (typeof personColumns)[number][], along: typeof changed = []): string {
	return `${told} UPDATE people SET ${[...changed, ...along].map((column) => `${column} = told ->> '${column}'`)} FROM told
		WHERE site = ?1 AND id = told ->> 'id'
			AND ${all(changed, "people")} IS NOT (${changed.map((column) => `told ->> '${column}'`)})
			AND (people.epoch, people.version) <= (told ->> 'epoch', told ->> 'version')`;
}
/** Who becomes a contact is known from then on, as a rule. */
const contacts = renew(whether, ["epoch", "version", "known_at"]);
/**
 * The newest that was said holds: an import that is taken back takes along since when it said that somebody was known.
 */
const known = renew(["known_at"]);

/**
 * NULL where D1 has some of it already: the column takes none, and the batch rolls back. What a part holds is as new as
 * its version, which travels with it; whose it is, a mapping says, by its epoch: setting an indexed column costs a row
 * even where it is the same.
 */
const parts = `${told} INSERT INTO parts (site, ${partColumns.join(", ")}, seq)
	SELECT ?1, ${valuesOf(partColumns)}, CASE
		WHEN told ->> 'first' IS NULL THEN coalesce(known.seq, 0)
		WHEN coalesce(known.seq, 0) < told ->> 'first' THEN told ->> 'last' END
	FROM told LEFT JOIN parts known ON known.site = ?1 AND known.id = told ->> 'id' WHERE true
	ON CONFLICT (site, id) DO UPDATE SET seq = excluded.seq, ${without(
		partColumns,
		"id",
		"person",
		"epoch",
	).map(
		(column) =>
			`${column} = CASE WHEN excluded.version > parts.version THEN excluded.${column} ELSE parts.${column} END`,
	)}`;

/** A part of which only this is known yet is an empty row, which its writer fills. */
const mappings = `${told} INSERT INTO parts (site, id, person, tied_to, epoch, version, kind, visits, score, tags, facts)
	SELECT ?1, told ->> 'id', told ->> 'person', told ->> 'tied_to', told ->> 'epoch', 0,
		coalesce(told ->> 'kind', 'browser'), 0, 0, '{}', jsonb('{}')
	FROM told WHERE told ->> 'kind' IS NOT NULL
		OR EXISTS (SELECT 1 FROM parts k WHERE k.site = ?1 AND k.id = told ->> 'id')
	ON CONFLICT (site, id) DO UPDATE
		SET person = excluded.person, tied_to = excluded.tied_to, epoch = excluded.epoch
		WHERE excluded.epoch > parts.epoch`;

const forwards = `${insertInto("forwards", ["person", "into_person", "epoch"])}
	ON CONFLICT (site, person) DO UPDATE SET into_person = excluded.into_person, epoch = excluded.epoch
		WHERE excluded.epoch > forwards.epoch`;
const leave = `DELETE FROM people WHERE site = ?1 AND id IN (SELECT value ->> 'person' FROM json_each(?2))
	AND EXISTS (SELECT 1 FROM forwards f WHERE f.site = ?1 AND f.person = people.id AND f.epoch >= people.epoch)`;

/**
 * One JSON array after another, where there are both. Trimming reads the end of a text alone, where `substr` counts all of
 * its characters; of an array of arrays it takes the last one's bracket too.
 */
function appended(column: "events" | "outline" | "counts"): string {
	const between = column === "events" ? "," : "],";
	return `${column} = coalesce(rtrim(arrivals.${column}, ']') || '${between}' || substr(excluded.${column}, 2), excluded.${column}, arrivals.${column})`;
}

/** What a row of `arrivals` is told goes to what it holds. */
export const adding = `ON CONFLICT (site, part, at, id) DO UPDATE
	SET ${["events" as const, "outline" as const, "counts" as const].map(appended)}, last_at = max(arrivals.last_at, excluded.last_at)`;

/** What waited of an anonymous person becomes a contact's. Of two events with one key, both are the same event. */
const attach = `INSERT INTO contact_events (site, ${eventColumns.join(", ")})
	SELECT site, ${valuesOf(eventColumns, (column) => column)} FROM anonymous_events
	WHERE site = ?1 AND part IN (SELECT value FROM json_each(?2)) ON CONFLICT DO NOTHING`;

function deleteFrom(table: "arrivals" | "contact_events"): string {
	return `DELETE FROM ${table} WHERE (site, part, at, id) IN (
		SELECT e.site, e.part, e.at, e.id FROM json_each(?2) f CROSS JOIN ${table} e ON e.site = ?1 AND e.part = f.value)`;
}

/** Of these [id, digest], those that were erased. */
const erasedAmong = `(SELECT i.value ->> 0 FROM json_each(?2) i
	WHERE EXISTS (SELECT 1 FROM tombstones t WHERE t.site = ?1 AND t.digest = i.value ->> 1))`;
/** Whatever has an erased person's or part's id goes before anybody sees it. */
const strike = {
	people: [
		`DELETE FROM people WHERE site = ?1 AND id IN ${erasedAmong}`,
		`DELETE FROM forwards WHERE site = ?1 AND person IN ${erasedAmong}`,
		`DELETE FROM forwards WHERE site = ?1 AND into_person IN ${erasedAmong}`,
	],
	parts: [
		`DELETE FROM parts WHERE site = ?1 AND id IN ${erasedAmong}`,
		`DELETE FROM arrivals WHERE site = ?1 AND part IN ${erasedAmong}`,
		`DELETE FROM contact_events WHERE site = ?1 AND part IN ${erasedAmong}`,
	],
} as const;

const statements = {
	// Writes a row only where all is not well; NULL is what the column takes none of.
	compare: `INSERT INTO watermarks (site, cell, seq) SELECT ?1, ?2, NULL
		WHERE EXISTS (SELECT 1 FROM watermarks WHERE site = ?1 AND cell = ?2 AND seq <> ?3)
			OR NOT ?4 AND EXISTS (SELECT 1 FROM tombstones WHERE site = ?1)`,
	move: `INSERT INTO watermarks (site, cell, seq) VALUES (?1, ?2, ?4)
		ON CONFLICT (site, cell) DO UPDATE SET seq = CASE WHEN seq = ?3 THEN ?4 END`,
	parts,
	mappings,
	forwards,
	leave,
	people,
	contacts,
	known,
	forgetArrivals: deleteFrom("arrivals"),
	forgetEvents: deleteFrom("contact_events"),
	attach,
	arrivals: `${insertInto("arrivals", arrivalColumns)} ${adding}`,
	contactEvents: `${insertInto("contact_events", eventColumns)} ON CONFLICT DO NOTHING`,
	erasePeople: `DELETE FROM people WHERE site = ?1 AND id IN (
		SELECT p.person FROM json_each(?2) f CROSS JOIN parts p ON p.site = ?1 AND p.id = f.value
		WHERE NOT EXISTS (SELECT 1 FROM parts o WHERE o.site = ?1 AND o.person = p.person
			AND o.id NOT IN (SELECT value FROM json_each(?2))))`,
	eraseParts: "DELETE FROM parts WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))",
} as const;

/** Commits the intake whole, or throws and leaves everything as it was. */
export async function takeIn(db: D1Database, intake: Intake): Promise<void> {
	const { site, cell, hasErased, forgotten, contacts, erased } = intake;
	const { from, to } = intake.watermark;
	const batch = [
		to === undefined
			? db.prepare(statements.compare).bind(site, cell, from, Number(hasErased))
			: db.prepare(statements.move).bind(site, cell, from, to),
	];
	const add = (statement: string, rows: readonly unknown[]) => {
		if (rows.length > 0) batch.push(db.prepare(statement).bind(site, JSON.stringify(rows)));
	};
	add(statements.parts, intake.parts);
	add(statements.mappings, intake.mappings);
	add(statements.forwards, intake.forwards);
	add(statements.leave, intake.forwards);
	add(statements.people, intake.people);
	add(statements.contacts, intake.people);
	add(
		statements.known,
		intake.people.filter(({ known_at }) => known_at !== null),
	);
	add(statements.forgetArrivals, forgotten);
	add(statements.forgetEvents, forgotten);
	add(statements.attach, contacts);
	add(statements.forgetArrivals, contacts);
	add(statements.arrivals, intake.arrivals);
	add(statements.contactEvents, intake.contactEvents);
	add(addCounts, intake.counts);
	add(addCredits, intake.credits);
	add(statements.erasePeople, erased);
	add(statements.eraseParts, erased);
	if (hasErased || to !== undefined) addStrikes(intake, add);
	await db.batch(batch);
}

/** Against what was on its way when somebody was erased, from a cell that did not know or a batch that hung. */
function addStrikes(intake: Intake, add: (statement: string, rows: readonly unknown[]) => void): void {
	const forwarded = intake.forwards.flatMap(({ person, into_person }) => [person, into_person]);
	const people = new Set([...intake.people.map(({ id }) => id), ...forwarded]);
	const parts = new Set([...intake.parts, ...intake.mappings].map(({ id }) => id));
	const [ofPeople, ...ofForwards] = strike.people;
	add(ofPeople, pairsOf("person", people));
	if (forwarded.length > 0) for (const statement of ofForwards) add(statement, pairsOf("person", people));
	for (const statement of strike.parts) add(statement, pairsOf("part", parts));
}

function pairsOf(kind: "person" | "part", ids: ReadonlySet<string>): readonly (readonly [string, string])[] {
	return Array.from(ids, (id) => [id, digestOf(kind, id)] as const);
}

/**
 * What D1 has of what a cell told: of each part up to which number, and up to which it was erased. `hasErased`: of the
 * site, by whichever cell.
 */
export interface Taken {
	readonly parts: ReadonlyMap<string, number>;
	readonly watermark: number;
	readonly hasErased: boolean;
}

export async function takenOf(
	db: D1Database,
	site: string,
	cell: string,
	parts: readonly string[],
): Promise<Taken> {
	const query = `SELECT NULL AS part,
			(SELECT seq FROM watermarks WHERE site = ?1 AND cell = ?2) AS seq,
			EXISTS (SELECT 1 FROM tombstones WHERE site = ?1) AS erased
		UNION ALL SELECT id, seq, NULL FROM parts WHERE site = ?1 AND id IN (SELECT value FROM json_each(?3))`;
	const { results } = await db
		.prepare(query)
		.bind(site, cell, JSON.stringify(parts))
		.all<{ part: string | null; seq: number | null; erased: number | null }>();
	const own = results.find(({ part }) => part === null);
	return {
		watermark: own?.seq ?? 0,
		hasErased: own?.erased === 1,
		parts: new Map(results.flatMap(({ part, seq }) => (part === null ? [] : [[part, seq ?? 0]]))),
	};
}
