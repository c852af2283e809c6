// The file: taken in as it comes, and read again row by row as often as a job that was interrupted needs it. No more of
// it than a chunk and the row under way is in memory.

import { type Row, rowsOf } from "../domain/import/csv.ts";
import { type Encoding, encodingOf, isMixed, newTally, tally } from "../domain/import/encoding.ts";
import { importLimits } from "../domain/import/limits.ts";
import { type Column, columnsOf } from "../domain/import/mapping.ts";
import type { Plan } from "../domain/import/plan.ts";
import { delimiterOf, firstRows, hasNames, namesOf } from "../domain/import/table.ts";
import type { ImportStore } from "./store.ts";

const chunkBytes = 256 * 1_024;

export interface TakenFile {
	readonly bytes: number;
	readonly encoding: Encoding;
	readonly isMixed: boolean;
}

/** Stores the file as it comes; nothing where it is longer than one may be. */
export async function takeFile(
	store: ImportStore,
	body: ReadableStream<Uint8Array>,
): Promise<TakenFile | undefined> {
	const counted = newTally();
	let chunk = new Uint8Array(chunkBytes);
	let filled = 0;
	let n = 0;
	const reader = body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		if (counted.length + value.length > importLimits.bytes) {
			await reader.cancel();
			return undefined;
		}
		tally(counted, value);
		for (let from = 0; from < value.length; ) {
			const some = value.subarray(from, from + chunkBytes - filled);
			chunk.set(some, filled);
			filled += some.length;
			from += some.length;
			if (filled < chunkBytes) continue;
			store.putChunk(n++, chunk);
			chunk = new Uint8Array(chunkBytes);
			filled = 0;
		}
	}
	if (filled > 0) store.putChunk(n, chunk.subarray(0, filled));
	return { bytes: counted.length, encoding: encodingOf(counted), isMixed: isMixed(counted) };
}

/** Puts this in the file's place, in the transaction of the caller; says how many bytes that is. */
export function rewrite(store: ImportStore, texts: Iterable<string>): number {
	const encoder = new TextEncoder();
	let bytes = 0;
	let waiting = "";
	const chunkOf = (): Uint8Array => {
		const chunk = encoder.encode(waiting);
		bytes += chunk.length;
		waiting = "";
		return chunk;
	};
	store.replaceChunks(
		(function* () {
			for (const text of texts) {
				waiting += text;
				// A character takes three bytes at most.
				if (waiting.length * 3 >= chunkBytes) yield chunkOf();
			}
			if (waiting !== "") yield chunkOf();
		})(),
	);
	return bytes;
}

export function* textsOf(store: ImportStore, encoding: Encoding): Generator<string, void> {
	const decoder = new TextDecoder(encoding);
	for (const bytes of store.chunks()) yield decoder.decode(bytes, { stream: true });
	yield decoder.decode();
}

/** All rows, the one that names the columns too. */
export function rowsOfFile(
	store: ImportStore,
	{ encoding, delimiter }: Pick<Plan, "encoding" | "delimiter">,
): Generator<Row, void> {
	return rowsOf(textsOf(store, encoding), delimiter);
}

/** Rows that hold people: without the one that names the columns. */
export function* peopleRows(
	store: ImportStore,
	{ encoding, delimiter, isNamed }: Pick<Plan, "encoding" | "delimiter" | "isNamed">,
): Generator<Row, void> {
	let isFirst = true;
	for (const row of rowsOfFile(store, { encoding, delimiter })) {
		if (!isFirst || !isNamed) yield row;
		isFirst = false;
	}
}

/** How the file is to be read, and what its columns look like; whatever was `said` of that holds. */
export function lookAt(
	store: ImportStore,
	said: Pick<Plan, "encoding"> & Partial<Pick<Plan, "delimiter" | "isNamed">>,
	bytes: number,
): { readonly table: Pick<Plan, "encoding" | "delimiter" | "isNamed">; readonly columns: readonly Column[] } {
	const beginning = textsOf(store, said.encoding).next().value ?? "";
	const isWhole = bytes <= chunkBytes;
	const delimiter = said.delimiter ?? delimiterOf(beginning, isWhole);
	const rows = firstRows(beginning, delimiter, isWhole).map(({ cells }) => cells);
	const isNamed = said.isNamed ?? hasNames(rows);
	const columns = columnsOf(namesOf(rows, isNamed), isNamed ? rows.slice(1) : rows);
	return { table: { encoding: said.encoding, delimiter, isNamed }, columns };
}
