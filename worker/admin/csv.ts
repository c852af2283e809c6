// A report as a file. Spreadsheets take what begins like a formula for one, and visitors make up names: no such cell leaves.

import { writeRow } from "../domain/import/csv.ts";

/** One row for each; what is nested becomes columns of its own (`totals.visits`), conditions and series are left out. */
export function csvOf(
	name: string,
	{ from, until }: { readonly from: string; readonly until: string },
	rows: readonly object[],
): Response {
	const flat = rows.map((row) => new Map(cellsOf(row)));
	const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
	const lines = [columns, ...flat.map((row) => columns.map((column) => row.get(column) ?? ""))];
	return new Response(lines.map(writeRow).join(""), {
		headers: {
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": `attachment; filename="${name}-${from}-${until}.csv"`,
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
		},
	});
}

function cellsOf(row: object, before = ""): readonly (readonly [string, string])[] {
	return Object.entries(row).flatMap(([name, value]: [string, unknown]) => {
		if (name === "condition" || Array.isArray(value) || value === undefined) return [];
		if (typeof value === "object" && value !== null) return cellsOf(value, `${before}${name}.`);
		// As an instant where it is one.
		const text =
			name === "at" && typeof value === "number" ? new Date(value).toISOString() : String(value ?? "");
		return [[before + name, text] as const];
	});
}
