// What one evaluation reads of its subject: every slot once, in columns, source by source.

import type { Scalar } from "./event.ts";
import type { Facts } from "./facts.ts";
import type { Slot } from "./program.ts";
import type { Subject } from "./subject.ts";
import { fold } from "./text.ts";

/** Of a field's or an attribute's value: what it is. */
export const kinds = { none: 0, text: 1, number: 2, yes: 3, no: 4 } as const;

/** A column for each way to ask, by the place of a slot. What a slot does not hold passes no test of that column. */
export interface Readings {
	readonly kind: Uint8Array;
	/** NaN where there is no number. */
	readonly number: Float64Array;
	/** The number of the literal that the text folds to; -1 for none. */
	readonly literal: Int32Array;
	/** Folded. */
	readonly text: (string | undefined)[];
	/** Of a counter, latest first. */
	readonly instants: (readonly number[])[];
	load(subject: Subject): void;
}

interface Text {
	readonly folded: string;
	readonly literal: number;
}

const noInstants: readonly number[] = [];
/** Texts repeat from one visitor to the next; more different ones than this are not worth remembering. */
const rememberedTexts = 256;

// A name such as "constructor" finds what every object inherits; but nothing of that has a count or a value, and asking
// whether it is an object's own costs more than all the rest.

/** Columns for these slots, in their order. Each source is read in a loop of its own. */
export function readingsOf(slots: readonly Slot[]): Readings {
	const kind = new Uint8Array(slots.length);
	const number = new Float64Array(slots.length).fill(Number.NaN);
	const literal = new Int32Array(slots.length).fill(-1);
	const text = slots.map((): string | undefined => undefined);
	const instants = slots.map(() => noInstants);
	const texts = slots.map(() => new Map<string, Text>());

	const placesOf = (from: Slot["from"]): readonly number[] =>
		[...slots.keys()].filter((place) => slots[place]?.from === from);
	const keysOf = (places: readonly number[]): readonly string[] =>
		places.map((place) => slots[place]?.key ?? "");
	const counters = placesOf("counter");
	const counterKeys = keysOf(counters);
	const tags = placesOf("tag");
	const tagKeys = keysOf(tags);
	const attributes = placesOf("attribute");
	const attributeKeys = keysOf(attributes);
	const fields = placesOf("field");

	function loadCounters(facts: Facts): void {
		for (let i = 0; i < counters.length; i++)
			instants[counters[i] ?? 0] = facts.counters[counterKeys[i] ?? ""] ?? noInstants;
	}
	function loadTags(facts: Facts): void {
		for (let i = 0; i < tags.length; i++) number[tags[i] ?? 0] = facts.tags[tagKeys[i] ?? ""]?.count ?? 0;
	}
	function loadAttributes(facts: Facts): void {
		for (let i = 0; i < attributes.length; i++)
			take(attributes[i] ?? 0, facts.attributes[attributeKeys[i] ?? ""]?.value);
	}
	function loadFields(subject: Subject): void {
		for (const place of fields) take(place, slots[place]?.read(subject));
	}
	function take(place: number, value: Scalar | undefined): void {
		number[place] = typeof value === "number" ? value : Number.NaN;
		if (typeof value === "string") {
			const known = texts[place]?.get(value) ?? learn(place, value);
			kind[place] = kinds.text;
			text[place] = known.folded;
			literal[place] = known.literal;
			return;
		}
		kind[place] = kindOf(value);
		text[place] = undefined;
		literal[place] = -1;
	}
	function learn(place: number, value: string): Text {
		const folded = fold(value);
		const known = { folded, literal: slots[place]?.literals.get(folded) ?? -1 };
		const remembered = texts[place];
		if (remembered?.size === rememberedTexts) remembered.clear();
		remembered?.set(value, known);
		return known;
	}

	return {
		kind,
		number,
		literal,
		text,
		instants,
		load: (subject) => {
			loadCounters(subject.facts);
			loadTags(subject.facts);
			loadAttributes(subject.facts);
			loadFields(subject);
		},
	};
}

function kindOf(value: number | boolean | undefined): number {
	if (value === undefined) return kinds.none;
	if (typeof value === "number") return kinds.number;
	return value ? kinds.yes : kinds.no;
}
