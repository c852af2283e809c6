// The tests of predicate.ts. Tests of values are made all at once, kind by kind, in loops over flat columns without calls
// or guesses: such a test costs less than the jump that would skip it. Instants lie all over the memory, so counts are
// asked one by one, by the trees that the rest has not settled (trees.ts), and so is what turning.ts knows.

import { type Item, ops } from "./item.ts";
import { passesWildcard, wildcardOf } from "./match.ts";
import { type Columns, kinds, type Slots } from "./reading.ts";

/** What is known of an item, in one bit: so that what is known of several is their union. */
export const codes = {
	no: 1,
	yes: 2,
	/** Yes or no, up to an instant: of a tree. */
	turns: 4,
} as const;

// Loops are several times as fast over what is this module's own: an export is looked up with every use.
const { no, yes } = codes;

/** Tests of values, all of one kind and of one source: time does not change them. Their codes stand from `first` on. */
export function testsOf(
	leaves: readonly Item[],
	first: number,
	slots: Slots,
	code: Uint8Array,
): (columns: Columns) => void {
	const slot = slotsOf(leaves, slots);
	const size = leaves.length;
	const isKind =
		(wanted: number) =>
		({ kind }: Columns): void => {
			for (let i = 0; i < size; i++) code[first + i] = settled(Number(kind[slot[i] ?? 0] === wanted));
		};
	const inText =
		(passes: (text: string, wanted: string) => boolean) =>
		({ text }: Columns): void => {
			for (let i = 0; i < size; i++) {
				const value = text[slot[i] ?? 0];
				code[first + i] = settled(Number(value !== undefined && passes(value, leaves[i]?.text ?? "")));
			}
		};
	const inList =
		(passes: (list: ReadonlySet<number>, ids: ReadonlySet<number>) => boolean) =>
		({ list }: Columns): void => {
			for (let i = 0; i < size; i++) {
				const value = list[slot[i] ?? 0];
				const ids = leaves[i]?.ids;
				code[first + i] = settled(Number(value !== undefined && ids !== undefined && passes(value, ids)));
			}
		};
	switch (leaves[0]?.op) {
		case ops.exists:
			return ({ kind }) => {
				for (let i = 0; i < size; i++) code[first + i] = settled(Number(kind[slot[i] ?? 0] !== kinds.none));
			};
		case ops.isTrue:
			return isKind(kinds.yes);
		case ops.isFalse:
			return isKind(kinds.no);
		case ops.inRange: {
			const low = Float64Array.from(leaves, (leaf) => leaf.low);
			if (leaves.every(hasNoEnd))
				return ({ number }) => {
					for (let i = 0; i < size; i++)
						code[first + i] = settled(Number((number[slot[i] ?? 0] ?? Number.NaN) >= (low[i] ?? 0)));
				};
			const high = Float64Array.from(leaves, (leaf) => leaf.high);
			return ({ number }) => {
				for (let i = 0; i < size; i++) {
					const value = number[slot[i] ?? 0] ?? Number.NaN;
					code[first + i] = settled(Number(value >= (low[i] ?? 0)) & Number(value <= (high[i] ?? 0)));
				}
			};
		}
		case ops.textIs: {
			const wanted = Int32Array.from(leaves, (leaf) => leaf.low);
			return ({ literal }) => {
				for (let i = 0; i < size; i++) code[first + i] = settled(Number(literal[slot[i] ?? 0] === wanted[i]));
			};
		}
		case ops.textAnyOf: {
			const { codeOf, start } = literalsOf(leaves);
			return ({ literal }) => {
				for (let i = 0; i < size; i++)
					code[first + i] = codeOf[(start[i] ?? 0) + (literal[slot[i] ?? 0] ?? -1)] ?? no;
			};
		}
		case ops.hasAny:
			return inList((list, ids) => [...ids].some((id) => list.has(id)));
		case ops.hasAll:
			return inList((list, ids) => [...ids].every((id) => list.has(id)));
		case ops.wildcard: {
			const wildcards = leaves.map(({ text }) => wildcardOf(text));
			return ({ text }) => {
				for (let i = 0; i < size; i++) {
					const value = text[slot[i] ?? 0];
					const wildcard = wildcards[i];
					code[first + i] = settled(
						Number(value !== undefined && wildcard !== undefined && passesWildcard(wildcard, value)),
					);
				}
			};
		}
		case ops.contains:
			return inText((value, wanted) => value.includes(wanted));
		case ops.startsWith:
			return inText((value, wanted) => value.startsWith(wanted));
		case ops.endsWith:
			return inText((value, wanted) => value.endsWith(wanted));
		default:
			throw new Error("not a test of a value");
	}
}

/** Most tests of numbers are of at least so many, which takes half of the work. */
export function hasNoEnd({ high }: Item): boolean {
	return high === Infinity;
}

function settled(isSo: number): number {
	return no + isSo * (yes - no);
}

/** The answer at `start` plus the number of each literal; before each leaf's own a no, for the literal -1. */
function literalsOf(leaves: readonly Item[]): { readonly codeOf: Uint8Array; readonly start: Int32Array } {
	const start = new Int32Array(leaves.length);
	let size = 0;
	for (const [i, { slots }] of leaves.entries()) {
		start[i] = size + 1;
		size += (slots[0]?.literals.size ?? 0) + 1;
	}
	const codeOf = new Uint8Array(size).fill(no);
	for (const [i, { ids }] of leaves.entries()) for (const id of ids) codeOf[(start[i] ?? 0) + id] = yes;
	return { codeOf, start };
}

/** The places of the slots of an item, each among those of its source. */
export function placesOf(item: Pick<Item, "slots">, slots: Slots): readonly number[] {
	return item.slots.map((slot) => slots[slot.from].indexOf(slot));
}

function slotsOf(leaves: readonly Item[], slots: Slots): Int32Array {
	return Int32Array.from(leaves, (leaf) => placesOf(leaf, slots)[0] ?? -1);
}
