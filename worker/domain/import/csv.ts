// Tables as text: RFC 4180 as the world writes it. Any delimiter, any kind of line end, quotes inside unquoted cells.
//
// Rows are read one at a time off text that comes in pieces, and no more is held than the row under way. That is why
// this is no library: those that stream swallow the rest of the file, and the memory with it, behind the first quote that
// nobody closed. Here such a row is an error by itself, and reading goes on with the line after its first.

import { importLimits } from "./limits.ts";

export type RowFault = "quote-not-closed" | "quote-misplaced" | "row-too-long";

/** `line` is that of its beginning, from 1 on, as an editor counts. `cells` of a row at fault are its first line, as it stands. */
export interface Row {
	readonly line: number;
	readonly cells: readonly string[];
	readonly fault?: RowFault;
}

interface Taken {
	readonly cells: readonly string[];
	/** Where the next row begins. */
	readonly end: number;
	readonly fault?: RowFault;
}

const quote = '"';

/** All rows but those whose cells are all empty. `texts` are the pieces of the file, cut anywhere. */
export function* rowsOf(texts: Iterable<string>, delimiter: string): Generator<Row, void> {
	const pieces = texts[Symbol.iterator]();
	let text = "";
	let at = 0;
	let line = 1;
	let isEnd = false;
	for (;;) {
		const isLong = text.length - at > importLimits.row;
		const taken = at < text.length ? take(text, at, delimiter, isEnd, isLong) : undefined;
		if (taken) {
			const { cells, end, fault } = taken;
			if (fault || cells.some((cell) => cell !== "")) yield { line, cells, ...(fault && { fault }) };
			line += linesIn(text, at, end);
			at = end;
			continue;
		}
		if (isEnd) return;
		const next = pieces.next();
		isEnd = next.done === true;
		text = text.slice(at) + (next.done ? "" : next.value);
		at = 0;
	}
}

/** The row that begins at `from`; nothing where the text ends before it does and more may come. */
function take(
	text: string,
	from: number,
	delimiter: string,
	isEnd: boolean,
	isLong: boolean,
): Taken | undefined {
	const cells: string[] = [];
	const parts = delimiter.charCodeAt(0);
	const faulty = (fault: RowFault): Taken | undefined => firstLine(text, from, fault, isEnd, isLong);
	const unfinished = (fault: RowFault): Taken | undefined =>
		isEnd || isLong ? faulty(isEnd ? fault : "row-too-long") : undefined;
	let at = from;
	for (;;) {
		let after: number;
		if (text[at] === quote) {
			let value = "";
			let begin = at + 1;
			for (;;) {
				const close = text.indexOf(quote, begin);
				if (close < 0) return unfinished("quote-not-closed");
				// Whether it is a doubled one is not known yet.
				if (close + 1 === text.length && !isEnd && !isLong) return undefined;
				value += text.slice(begin, close);
				after = close + 1;
				if (text[after] !== quote) break;
				value += quote;
				begin = after + 1;
			}
			if (after < text.length && text[after] !== delimiter && !isLineEnd(text, after))
				return faulty("quote-misplaced");
			cells.push(value);
		} else {
			after = at;
			for (; after < text.length; after++) {
				const code = text.charCodeAt(after);
				if (code === parts || code === 10 || code === 13) break;
			}
			if (after === text.length && !isEnd) return isLong ? faulty("row-too-long") : undefined;
			cells.push(text.slice(at, after));
		}
		if (after >= text.length) return isEnd || isLong ? { cells, end: after } : undefined;
		if (text[after] !== delimiter) {
			// The line feed of a pair may still be to come.
			if (text[after] === "\r" && after + 1 === text.length && !isEnd) return undefined;
			return { cells, end: pastLineEnd(text, after) };
		}
		at = after + 1;
	}
}

/** What is at fault is one line: the next row begins after it. */
function firstLine(
	text: string,
	from: number,
	fault: RowFault,
	isEnd: boolean,
	isLong: boolean,
): Taken | undefined {
	let end = from;
	while (end < text.length && !isLineEnd(text, end)) end++;
	if (end + 1 >= text.length && !isEnd && !isLong) return undefined;
	// Of a line that never ends, no more is skipped than is here: it will be at fault again.
	return { cells: [text.slice(from, end)], end: end < text.length ? pastLineEnd(text, end) : end, fault };
}

function isLineEnd(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code === 10 || code === 13;
}

function pastLineEnd(text: string, at: number): number {
	return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}

function linesIn(text: string, from: number, to: number): number {
	let lines = 0;
	for (let at = from; at < to; at++) {
		const code = text.charCodeAt(at);
		if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
	}
	return lines;
}

/** A cell that no spreadsheet takes for a formula; quoted where it has to be. */
export function writeCell(value: string): string {
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As `writeCell` wrote it, without what was put before a formula. */
export function readCell(value: string): string {
	return /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}

export function writeRow(cells: readonly string[]): string {
	return `${cells.map(writeCell).join(",")}\r\n`;
}
