// Figures with their bars: printed as a table, and written to bench.json for whoever compares runs.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Measure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** None where the figure only stands beside another. */
	readonly bar: number | null;
	readonly ok: boolean;
}

/** A figure that must not be above its bar. */
export function atMost(name: string, value: number, unit: string, bar: number): Measure {
	return { name, value: rounded(value), unit, bar, ok: value <= bar };
}

/** A figure that must not be below its bar. */
export function atLeast(name: string, value: number, unit: string, bar: number): Measure {
	return { name, value: rounded(value), unit, bar, ok: value >= bar };
}

export function figure(name: string, value: number, unit: string): Measure {
	return { name, value: rounded(value), unit, bar: null, ok: true };
}

export function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
	return Math.round(value * 1_000) / 1_000;
}

export function print(measures: readonly Measure[]): void {
	const rows = measures.map(({ name, value, unit, bar, ok }) => [
		name,
		String(value),
		unit,
		bar === null ? "" : String(bar),
		bar === null ? "" : ok ? "ok" : "MISSED",
	]);
	const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
	const line = (row: readonly string[]) =>
		row
			.map((cell, i) => (i === 1 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
			.join("  ")
			.trimEnd();
	for (const row of rows) console.log(line(row));
}

export function write(measures: readonly Measure[]): void {
	writeFileSync(
		join(import.meta.dirname, "../../bench.json"),
		`${JSON.stringify(measures, undefined, "\t")}\n`,
	);
}
