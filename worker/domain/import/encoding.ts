// In which encoding a file is, told by its bytes alone: by its mark, by zeros where UTF-16 has them, by whether UTF-8
// can be read at all, and of the two that Polish programs wrote before it, by where their letters stand.

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1250", "iso-8859-2"] as const;
export type Encoding = (typeof encodings)[number];

/** What was counted of a file's bytes so far. */
export interface Tally {
	length: number;
	/** The first bytes. */
	readonly head: number[];
	readonly counts: number[];
	/** Zeros at even and at odd places. */
	readonly zeros: [even: number, odd: number];
	/** Characters of more than one byte that are sound UTF-8, and bytes that are not. */
	sequences: number;
	broken: number;
	/** Bytes that the character under way still needs. */
	pending: number;
}

export function newTally(): Tally {
	return {
		length: 0,
		head: [],
		counts: Array<number>(256).fill(0),
		zeros: [0, 0],
		sequences: 0,
		broken: 0,
		pending: 0,
	};
}

/** Counts the next bytes, in place. */
export function tally(known: Tally, bytes: Uint8Array): void {
	const { counts, head, zeros } = known;
	let { length, pending, sequences, broken } = known;
	for (const byte of bytes) {
		if (length < 4) head.push(byte);
		counts[byte] = (counts[byte] ?? 0) + 1;
		if (byte === 0) zeros[length % 2 === 0 ? 0 : 1]++;
		length++;
		if (byte >= 0x80 && byte < 0xc0) {
			if (pending === 0) broken++;
			else if (--pending === 0) sequences++;
			continue;
		}
		if (pending > 0) broken++;
		pending = 0;
		if (byte < 0x80) continue;
		if (byte >= 0xc2 && byte < 0xf5) pending = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
		else broken++;
	}
	Object.assign(known, { length, pending, sequences, broken });
}

/** ą ś ź Ą Ś Ź: the only Polish letters that stand elsewhere in the two. */
const inWindows = [0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f];
const inIso = [0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac];

export function encodingOf({ length, head, counts, zeros, sequences, broken }: Tally): Encoding {
	if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
	if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
	const [even, odd] = zeros;
	// Most characters of a table are ASCII, and one of their two bytes is zero.
	if (Math.max(even, odd) > length / 5) return odd > even ? "utf-16le" : "utf-16be";
	if (sequences > broken || broken === 0) return "utf-8";
	const many = (letters: readonly number[]) => letters.reduce((sum, byte) => sum + (counts[byte] ?? 0), 0);
	return many(inIso) > many(inWindows) ? "iso-8859-2" : "windows-1250";
}

/** Whether some of it is in another encoding than the rest: what cannot be read is a replacement character there. */
export function isMixed(known: Tally): boolean {
	return known.broken > 0 && encodingOf(known) === "utf-8";
}
