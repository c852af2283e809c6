// What kind of table a text is: what parts its cells, and whether its first row names its columns.

import { normaliseEmail } from "../contact.ts";
import { type Row, rowsOf } from "./csv.ts";
import { importLimits } from "./limits.ts";
import { instantIn, numberIn } from "./value.ts";

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** Of the beginning of a table; `isWhole` where it is all of it. */
export function delimiterOf(text: string, isWhole: boolean): Delimiter {
	let best: { readonly delimiter: Delimiter; readonly weight: number } = { delimiter: ",", weight: 0 };
	for (const delimiter of delimiters) {
		const rows = firstRows(text, delimiter, isWhole).map(({ cells }) => cells.length);
		const usual = modeOf(rows.filter((cells) => cells > 1));
		if (usual === undefined) continue;
		const agreeing = rows.filter((cells) => cells === usual).length / rows.length;
		// Rows agree about what parts them; a few commas in prose do not make a table of it.
		const weight = agreeing * agreeing * (1 + Math.log(usual));
		if (weight > best.weight) best = { delimiter, weight };
	}
	return best.delimiter;
}

/** Whether the first row names the columns: names differ, none is empty, and none is an address, a number or a date. */
export function hasNames(rows: readonly (readonly string[])[]): boolean {
	const [first = []] = rows;
	const names = first.map((cell) => cell.trim());
	while (names.length > 1 && names.at(-1) === "") names.pop();
	const isName = (cell: string) =>
		cell !== "" && !normaliseEmail(cell) && numberIn(cell) === undefined && instantIn(cell) === undefined;
	return new Set(names).size === names.length && names.every(isName);
}

/** The first rows that are sound, without the last where the text goes on behind it. */
export function firstRows(text: string, delimiter: string, isWhole: boolean): readonly Row[] {
	const rows: Row[] = [];
	for (const row of rowsOf([text], delimiter)) {
		rows.push(row);
		if (rows.length > importLimits.guessed) break;
	}
	const isCut = !isWhole && rows.length <= importLimits.guessed && rows.length > 1;
	return (isCut ? rows.slice(0, -1) : rows).filter(({ fault }) => fault === undefined);
}

/** Names of columns: those of the first row, else their numbers. None occurs twice. */
export function namesOf(rows: readonly (readonly string[])[], isNamed: boolean): readonly string[] {
	const width = Math.min(importLimits.columns, Math.max(0, ...rows.map((cells) => cells.length)));
	const used = new Set<string>();
	return Array.from({ length: width }, (_, i) => {
		const said = (isNamed ? rows[0]?.[i]?.trim() : "") || `#${i + 1}`;
		const plain = said.slice(0, importLimits.shown);
		let name = plain;
		for (let n = 2; used.has(name); n++) name = `${plain} ${n}`;
		used.add(name);
		return name;
	});
}

function modeOf(counts: readonly number[]): number | undefined {
	const times = new Map<number, number>();
	for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
	return [...times].sort(([a, many], [b, more]) => more - many || b - a)[0]?.[0];
}
