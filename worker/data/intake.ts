// Taking in what a cell's outbox delivers: one batch, all or nothing, and never twice. The watermark is moved from
// exactly where the cell believes it to stand; where that is not so, the batch fails whole.

import type { ArrivalRow, PartRow, PersonRow } from "../domain/project.ts";

export interface Intake {
	readonly site: string;
	readonly cell: string;
	readonly from: number;
	readonly to: number;
	readonly people: readonly PersonRow[];
	readonly parts: readonly PartRow[];
	readonly arrivals: readonly ArrivalRow[];
	/** Parts whose history so far is to be forgotten, before `arrivals` are added. */
	readonly forgotten: readonly string[];
	/** Parts that are gone altogether, with their person where it has no other. */
	readonly erased: readonly string[];
}

const personColumns = ["id", "cell", "epoch", "version", "identity", "retention_ms", "segments"] as const;
const partColumns = [
	"id",
	"person",
	"epoch",
	"version",
	"kind",
	"proof",
	"first_seen_at",
	"visits",
	"score",
	"tags",
	"facts",
] as const;
const arrivalColumns = [
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
	"more",
] as const;

/** The same literal columns of each JSON row, as a SELECT after `INSERT INTO`. */
function rowsFrom(columns: readonly string[]): string {
	const values = columns.map((column) => `value ->> '${column}'`).join(", ");
	return `(site, ${columns.join(", ")}) SELECT ?1, ${values} FROM json_each(?2) WHERE true`;
}

/**
 * An older (epoch, version) never overwrites a newer. A part's person stays as it was: setting an indexed column costs a
 * row even where it is the same, and only a merge, which says so by itself, would change it.
 */
function newerWins(table: string, columns: readonly string[]): string {
	const set = columns
		.filter((column) => column !== "id" && column !== "person")
		.map((column) => `${column} = excluded.${column}`);
	return `ON CONFLICT (site, id) DO UPDATE SET ${set.join(", ")}
		WHERE (excluded.epoch, excluded.version) > (${table}.epoch, ${table}.version)`;
}

const statements = {
	birth: "INSERT OR IGNORE INTO watermarks (site, cell, seq) VALUES (?1, ?2, 0)",
	// NULL where it does not stand at `from`: the column takes none, and the batch rolls back.
	watermark: "UPDATE watermarks SET seq = CASE WHEN seq = ?3 THEN ?4 END WHERE site = ?1 AND cell = ?2",
	forget: `DELETE FROM arrivals WHERE (site, part, at, id) IN (
		SELECT a.site, a.part, a.at, a.id FROM json_each(?2) f CROSS JOIN arrivals a ON a.site = ?1 AND a.part = f.value)`,
	arrivals: `INSERT INTO arrivals ${rowsFrom(arrivalColumns)}`,
	people: `INSERT INTO people ${rowsFrom(personColumns)} ${newerWins("people", personColumns)}`,
	parts: `INSERT INTO parts ${rowsFrom(partColumns)} ${newerWins("parts", partColumns)}`,
	erasePeople: `DELETE FROM people WHERE site = ?1 AND id IN (
		SELECT p.person FROM json_each(?2) f CROSS JOIN parts p ON p.site = ?1 AND p.id = f.value
		WHERE NOT EXISTS (SELECT 1 FROM parts o WHERE o.site = ?1 AND o.person = p.person AND o.id <> p.id))`,
	eraseParts: "DELETE FROM parts WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))",
} as const;

/** Commits the intake whole, or throws and leaves everything as it was. */
export async function takeIn(db: D1Database, intake: Intake): Promise<void> {
	const { site, cell, from, to } = intake;
	const batch = [
		db.prepare(statements.birth).bind(site, cell),
		db.prepare(statements.watermark).bind(site, cell, from, to),
	];
	const add = (statement: string, rows: readonly unknown[]) => {
		if (rows.length > 0) batch.push(db.prepare(statement).bind(site, JSON.stringify(rows)));
	};
	add(statements.forget, intake.forgotten);
	add(statements.arrivals, intake.arrivals);
	add(statements.people, intake.people);
	add(statements.parts, intake.parts);
	add(statements.erasePeople, intake.erased);
	add(statements.eraseParts, intake.erased);
	await db.batch(batch);
}

/** Up to which number the cell's outbox has been taken in; 0 before the first. */
export async function watermarkOf(db: D1Database, site: string, cell: string): Promise<number> {
	const query = db.prepare("SELECT seq FROM watermarks WHERE site = ?1 AND cell = ?2").bind(site, cell);
	return (await query.first<number>("seq")) ?? 0;
}
