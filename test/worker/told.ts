// What a cell's outbox holds, and what of it D1 has not: for suites that wait until it has.

import { isTaken, read } from "../../worker/cell/telling.ts";
import { takenOf } from "../../worker/data/intake.ts";

export interface StoredSlot {
	readonly seqs: string;
	readonly sink: string;
	readonly payload: string;
}

export interface StoredLine {
	readonly seq: number;
	readonly sink: string;
	readonly payload: string;
}

export const storedSlots = "SELECT seqs, sink, payload FROM outbox WHERE payload <> ''";

export function linesOf(slots: readonly StoredSlot[]): readonly StoredLine[] {
	return slots.flatMap(({ seqs, sink, payload }) => {
		const numbers = seqs.split(",");
		return payload.split("\n").map((line, i) => ({ seq: Number(numbers[i]), sink, payload: line }));
	});
}

/** Lines that wait: for D1, and for others, who have none of them yet. */
export async function untold(
	db: D1Database,
	site: string,
	cell: string,
	lines: readonly StoredLine[],
): Promise<readonly StoredLine[]> {
	const parts = lines.filter(({ sink }) => sink === "d1").map(({ payload }) => JSON.parse(payload).part);
	const taken = await takenOf(db, site, cell, parts);
	return lines.filter((line) => line.sink !== "d1" || !isTaken(read(line), taken));
}
