// What evaluations read of a person, in columns, source by source. Names are long, and looking them all up costs more than
// all tests. So a reading stays with the facts, and follows them the way they are written (see Facts): it holds on to
// instants and marks, which change in place, and reads again what has become another object.

import type { DaySums } from "./counters.ts";
import type { Value } from "./event.ts";
import type { Facts, TagMark } from "./facts.ts";
import type { Holder } from "./fields.ts";
import type { Slot } from "./item.ts";
import { own } from "./keyed.ts";
import type { Subject } from "./subject.ts";
import { fold } from "./text.ts";

/** Of a field's or an attribute's value: what it is. */
export const kinds = { none: 0, text: 1, number: 2, yes: 3, no: 4, list: 5 } as const;

/**
 * A column for each way to ask, by the place of a slot; empty where nobody asks so. What a slot does not hold passes no
 * test of that column.
 */
export interface Columns {
	readonly kind: Uint8Array;
	/** NaN where there is no number. */
	readonly number: Float64Array;
	/** The number of the literal that the text folds to; -1 for none. */
	readonly literal: Int32Array;
	/** Folded. */
	readonly text: (string | undefined)[];
	/** Of a list, the numbers of the literals that are in it. */
	readonly list: (ReadonlySet<number> | undefined)[];
}

/** By source, then by the place of a slot among those of its source. */
export interface Reading extends Readonly<Record<Holder | "tags", Columns>> {
	/** Instants, latest first. */
	readonly counters: readonly (readonly number[])[];
	readonly sums: readonly DaySums[];
	/** Of each tag, beside its column of counts. */
	readonly marks: readonly TagMark[];
}
export type Slots = Readonly<Record<Slot["from"], readonly Slot[]>>;

/** Reads a subject. What it answers with is written over when the same facts are read again. */
export type Reader = (subject: Subject) => Reading;

export const noInstants: readonly number[] = [];
export const noSums: DaySums = { ever: 0, days: [], sums: [] };
export const noMark: TagMark = { count: 0, firstAt: 0, lastAt: 0 };

/** Reads whomever it is given. */
export function readerFor(slots: Slots): Reader {
	const readers = new WeakMap<Facts, Reader>();
	const takers: Takers = {
		attributes: takerFor(slots.attributes),
		environment: takerFor(slots.environment),
		firstTouch: takerFor(slots.firstTouch),
		lastTouch: takerFor(slots.lastTouch),
		whereabouts: takerFor(slots.whereabouts),
		cart: takerFor(slots.cart),
		subject: takerFor(slots.subject),
	};
	return (subject) => {
		const known = readers.get(subject.facts);
		if (known) return known(subject);
		const reader = readerOfOne(slots, takers);
		readers.set(subject.facts, reader);
		return reader(subject);
	};
}

/** Reads one person, whose facts are always the same object. */
function readerOfOne(slots: Slots, takers: Takers): Reader {
	const reading = {
		counters: slots.counters.map(() => noInstants),
		sums: slots.sums.map(() => noSums),
		marks: slots.tags.map(() => noMark),
		tags: columnsFor(slots.tags),
		attributes: columnsFor(slots.attributes),
		environment: columnsFor(slots.environment),
		firstTouch: columnsFor(slots.firstTouch),
		lastTouch: columnsFor(slots.lastTouch),
		whereabouts: columnsFor(slots.whereabouts),
		cart: columnsFor(slots.cart),
		subject: columnsFor(slots.subject),
	};
	const seen: { [Member in Followed]?: Facts[Member] | undefined } = {};
	let isNew = true;
	return (subject) => {
		const { facts } = subject;
		// What was bought is worked out of the orders.
		const haveOrdersChanged = isNew || seen.orders !== facts.orders;
		if (haveOrdersChanged || seen.counters !== facts.counters || seen.values !== facts.values)
			reading.counters = slots.counters.map(({ instants }) => instants(facts) ?? noInstants);
		if (haveOrdersChanged || seen.sums !== facts.sums)
			reading.sums = slots.sums.map(({ sums }) => sums(facts) ?? noSums);
		if (seen.tags !== facts.tags) reading.marks = slots.tags.map(({ key }) => own(facts.tags, key) ?? noMark);
		const counts = reading.tags.number;
		const { marks } = reading;
		for (let i = 0; i < marks.length; i++) counts[i] = Math.max(marks[i]?.count ?? 0, 0);
		const isElsewhere = seen.attributes !== facts.attributes || seen.environment !== facts.environment;
		if (isElsewhere) takers.whereabouts(reading.whereabouts, subject);
		if (seen.attributes !== facts.attributes) takers.attributes(reading.attributes, subject);
		if (seen.environment !== facts.environment) takers.environment(reading.environment, subject);
		if (seen.firstTouch !== facts.firstTouch) takers.firstTouch(reading.firstTouch, subject);
		if (seen.lastTouch !== facts.lastTouch) takers.lastTouch(reading.lastTouch, subject);
		if (haveOrdersChanged || seen.cart !== facts.cart) takers.cart(reading.cart, subject);
		takers.subject(reading.subject, subject);
		isNew = false;
		seen.counters = facts.counters;
		seen.values = facts.values;
		seen.sums = facts.sums;
		seen.tags = facts.tags;
		seen.attributes = facts.attributes;
		seen.environment = facts.environment;
		seen.firstTouch = facts.firstTouch;
		seen.lastTouch = facts.lastTouch;
		seen.cart = facts.cart;
		seen.orders = facts.orders;
		return reading;
	};
}

/** What becomes another object where a reading must look again. */
type Followed =
	| Exclude<Holder, "whereabouts" | "subject">
	| "counters"
	| "values"
	| "sums"
	| "tags"
	| "orders";

function columnsFor(slots: readonly Slot[]): Columns {
	const { length } = slots;
	return {
		kind: isAsked(slots, "kind") ? new Uint8Array(length) : noColumns.kind,
		number: isAsked(slots, "number") ? new Float64Array(length).fill(Number.NaN) : noColumns.number,
		literal: isAsked(slots, "literal") ? new Int32Array(length).fill(-1) : noColumns.literal,
		text: isAsked(slots, "text") ? Array.from({ length }, () => undefined) : noColumns.text,
		list: isAsked(slots, "list") ? Array.from({ length }, () => undefined) : noColumns.list,
	};
}

/** Shared: an array without members costs as much as one of twenty. */
const noColumns: Columns = {
	kind: new Uint8Array(),
	number: new Float64Array(),
	literal: new Int32Array(),
	text: [],
	list: [],
};

function isAsked(slots: readonly Slot[], column: keyof Columns): boolean {
	return slots.some(({ asked }) => asked.has(column));
}

/** Puts what a subject holds into the columns of a source. */
type Taker = (columns: Columns, subject: Subject) => void;
type Takers = Readonly<Record<Holder, Taker>>;

interface Text {
	readonly folded: string;
	readonly literal: number;
}
/** Texts repeat from one visitor to the next; more different ones than this are not worth remembering. */
const rememberedTexts = 256;

function takerFor(slots: readonly Slot[]): Taker {
	const texts = slots.map(() => new Map<string, Text>());

	function learn(place: number, value: string): Text {
		const folded = fold(value);
		const known = { folded, literal: slots[place]?.literals.get(folded) ?? -1 };
		const remembered = texts[place];
		if (remembered?.size === rememberedTexts) remembered.clear();
		remembered?.set(value, known);
		return known;
	}
	const idsOf = (place: number, values: readonly string[]): ReadonlySet<number> =>
		new Set(values.map((value) => (texts[place]?.get(value) ?? learn(place, value)).literal));
	const asks = (column: keyof Columns): boolean => isAsked(slots, column);
	const [asksKind, asksNumber, asksList] = [asks("kind"), asks("number"), asks("list")];
	const [asksLiteral, asksText] = [asks("literal"), asks("text")];
	return ({ kind, number, literal, text, list }, subject) => {
		for (let place = 0; place < slots.length; place++) {
			const value = slots[place]?.read(subject);
			if (asksKind) kind[place] = kindOf(value);
			if (asksNumber) number[place] = typeof value === "number" ? value : Number.NaN;
			if (asksList) list[place] = typeof value === "object" ? idsOf(place, value) : undefined;
			if (!asksLiteral && !asksText) continue;
			const known = typeof value === "string" ? (texts[place]?.get(value) ?? learn(place, value)) : noText;
			if (asksLiteral) literal[place] = known.literal;
			if (asksText) text[place] = known.folded;
		}
	};
}

const noText = { folded: undefined, literal: -1 };

function kindOf(value: Value | undefined): number {
	if (value === undefined) return kinds.none;
	if (typeof value === "object") return kinds.list;
	if (typeof value === "string") return kinds.text;
	if (typeof value === "number") return kinds.number;
	return value ? kinds.yes : kinds.no;
}
