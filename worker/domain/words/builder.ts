// The language of conditions as one document, of which a screen makes its builder: every field with its words, its operators
// and what they take. So a field that the language learns is offered without a change of the screen.

import { type AttributeKind, type KnownAttribute, knownAttributes } from "../attributes.ts";
import { limits } from "../condition.ts";
import {
	type DateField,
	dateFields,
	type NumberField,
	numberFields,
	type TextField,
	textFields,
} from "../fields.ts";
import { attributeWords } from "./attributes.ts";
import { eventWords } from "./events.ts";
import { dateWords, numberWords, type TextWords, textWords } from "./fields.ts";
import type { InEach } from "./language.ts";
import { operators, type TestKind, tests } from "./operators.ts";
import { type Choice, composites, type Group, groups, type Part, pageParts } from "./parts.ts";

export interface FieldEntry {
	readonly field: string;
	readonly words: InEach<string>;
	/** In the order in which they are asked; each is a member of the condition. */
	readonly parts: readonly (Part & { readonly member: string })[];
}
export interface Builder {
	readonly groups: readonly { readonly group: Group; readonly words: InEach<string> }[];
	/** Conditions over people. */
	readonly fields: readonly (FieldEntry & { readonly group: Group })[];
	/** What an experience may ask of the page and the hour. */
	readonly page: readonly FieldEntry[];
	readonly operators: typeof operators;
	readonly tests: typeof tests;
	/** Those that we know; any other name is the site's own. `among` are all values that it can have. */
	readonly attributes: readonly {
		readonly name: string;
		readonly words: InEach<string>;
		readonly test: Part;
	}[];
	readonly events: readonly { readonly name: string; readonly words: InEach<string> }[];
	readonly limits: typeof limits;
}

type Plain = TextField | NumberField | DateField;
/** Of the others the beginning of their names says it. */
const groupOf: Readonly<Record<Exclude<Plain, `${"first" | "last" | "whereabouts"}.${string}`>, Group>> = {
	identity: "person",
	emailDomain: "person",
	device: "browser",
	browser: "browser",
	browserVersion: "browser",
	system: "browser",
	systemVersion: "browser",
	language: "browser",
	timeZone: "browser",
	country: "place",
	region: "place",
	city: "place",
	score: "marks",
	visits: "behaviour",
	visitPages: "behaviour",
	"seen.first": "behaviour",
	"seen.last": "behaviour",
	cartValue: "orders",
	cartItems: "orders",
	"cart.changed": "orders",
	"order.first": "orders",
	"order.last": "orders",
};

export function builder(): Builder {
	const plain = [
		...(Object.keys(textFields) as readonly TextField[]).map((field) =>
			entry(field, textWords[field], textPart("text", textWords[field])),
		),
		...(Object.keys(numberFields) as readonly NumberField[]).map((field) => {
			const { quantity } = numberWords[field];
			return entry(field, numberWords[field], { is: "test", of: "number", quantity, words: valueWords });
		}),
		...(Object.keys(dateFields) as readonly DateField[]).map((field) =>
			entry(field, dateWords[field], { is: "test", of: "date", words: valueWords }),
		),
	];
	const whole = Object.entries(composites).map(([field, { group, words, parts }]) => ({
		field,
		group,
		words,
		parts: inOrder(parts),
	}));
	return {
		groups: (Object.keys(groups) as readonly Group[]).map((group) => ({ group, words: groups[group] })),
		fields: [...whole, ...plain],
		page: Object.entries(pageParts).map(([field, { words, parts }]) => ({
			field,
			words,
			parts: inOrder(parts),
		})),
		operators,
		tests,
		attributes: (Object.keys(knownAttributes) as readonly KnownAttribute[]).map((name) => ({
			name,
			words: wordsOf(attributeWords[name]),
			test: attributePart(knownAttributes[name], attributeWords[name]),
		})),
		events: Object.entries(eventWords).map(([name, words]) => ({ name, words })),
		limits,
	};
}

const valueWords = { pl: "wartość", en: "value" } as const;

function entry(
	field: Plain,
	words: { readonly pl: { readonly name: string }; readonly en: string },
	test: Part,
) {
	return { field, group: groupOfField(field), words: wordsOf(words), parts: inOrder({ test }) };
}

function groupOfField(field: Plain): Group {
	if (field in groupOf) return groupOf[field as keyof typeof groupOf];
	return field.startsWith("whereabouts.") ? "place" : "source";
}

/** As a label: without the article. */
function wordsOf({
	pl,
	en,
}: {
	readonly pl: { readonly name: string };
	readonly en: string;
}): InEach<string> {
	return { pl: pl.name, en: en.replace(/^the /, "") };
}

function inOrder(parts: Readonly<Record<string, Part>>): FieldEntry["parts"] {
	return Object.entries(parts).map(([member, part]) => ({ member, ...part }));
}

function textPart(of: TestKind, { values, codes }: TextWords): Part {
	return {
		is: "test",
		of,
		words: valueWords,
		...(values && { values: choicesOf(values) }),
		...(codes && { codes }),
	};
}

function choicesOf(values: Readonly<Record<string, InEach<string>>>): readonly Choice[] {
	return Object.entries(values).map(([value, words]) => ({ value, words }));
}

/** Of a choice its values alone are asked; of everything else what it is. */
function attributePart(kind: AttributeKind, words: TextWords): Part {
	return textPart(typeof kind === "string" ? kind : "choice", words);
}
