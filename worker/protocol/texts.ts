// What of an experience is words that a marketer writes, and in which of them something may stand that only a visitor's
// own page fills in. No template engine is needed to know that: the cell and the edge ask it too.

import type { Content, Offer } from "./experience.ts";

/** How a text is read where it is shown: as it stands, with simple marks, as a link, as a page of its own. */
export type Reading = "words" | "marked" | "link" | "html";

/** The text as it is to be shown; nothing where it cannot be, and then its block is not either. */
export type Writer = (text: string, reading: Reading) => string | undefined;

/** Only these are words. Whatever else a block has is a name, a number or a choice, and stays as it was published. */
const readings: Readonly<Record<string, Reading>> = {
	label: "words",
	text: "words",
	hint: "words",
	submit: "words",
	spin: "words",
	ended: "words",
	least: "words",
	most: "words",
	quote: "words",
	author: "words",
	title: "words",
	alt: "words",
	link: "link",
	src: "link",
	html: "html",
};
/** What may be empty without its block being so. */
const mayBeBlank: ReadonlySet<string> = new Set(["alt"]);
/** Not a marketer's words: a product's name may have braces in it, and is never taken for a template. */
const notWords: ReadonlySet<string> = new Set(["recipe", "products"]);
/** Lists of blocks. What is left out is left out of the innermost of them. */
const lists: ReadonlySet<string> = new Set(["blocks", "thanks"]);

export function hasTemplate(text: string): boolean {
	return text.includes("{{") || text.includes("{%");
}

/** What a content needs before it can be shown. */
export interface Needs {
	readonly words: boolean;
	readonly products: boolean;
}

const known = new WeakMap<Content, Needs>();

/** Looked for once in each content that is published. */
export function needsOf(content: Content): Needs {
	const remembered = known.get(content);
	if (remembered) return remembered;
	let [words, products] = [false, false];
	for (const { text } of textsIn(content)) words ||= hasTemplate(text);
	for (const { blocks } of [content, ...stepsOf(content)])
		products ||= blocks.some((block) => block.kind === "products" && block.recipe !== undefined);
	const needs = { words, products };
	known.set(content, needs);
	return needs;
}

function stepsOf(content: Content): readonly Pick<Content, "blocks">[] {
	const { steps = {} } = content as { readonly steps?: Record<string, Pick<Content, "blocks">> };
	return Object.values(steps);
}

/** A text that a marketer wrote, and the way to it. */
export interface Text {
	readonly at: readonly (string | number)[];
	readonly text: string;
	readonly reading: Reading;
}

export function textsIn(content: Content): readonly Text[] {
	return [...textsWithin(content, [])];
}

function* textsWithin(node: unknown, at: readonly (string | number)[]): Generator<Text> {
	if (Array.isArray(node)) {
		for (const [n, member] of node.entries()) yield* textsWithin(member, [...at, n]);
	} else if (isRecord(node)) {
		for (const [key, value] of Object.entries(node)) {
			const reading = readingOf(key, node);
			if (typeof value === "string" && reading) yield { at: [...at, key], text: value, reading };
			else if (!notWords.has(key)) yield* textsWithin(value, [...at, key]);
		}
	}
}

/**
 * The offer with each text as the writer has it, without the blocks of which some text cannot be shown or came out empty;
 * null where that leaves nothing.
 */
export function written(offer: Offer, writer: Writer): Offer | null {
	const content = copied(offer.content, "", writer) as Content | undefined;
	return content === undefined ? null : { ...offer, content };
}

/** As it was, or another; nothing where what is in it cannot be shown. */
function copied(node: unknown, key: string, writer: Writer): unknown {
	if (Array.isArray(node)) {
		const members = node.map((member) => copied(member, "", writer));
		const whole = members.filter((member) => member !== undefined);
		if (whole.length === members.length) return whole;
		return lists.has(key) && whole.length > 0 ? whole : undefined;
	}
	if (!isRecord(node)) return node;
	const copy: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(node)) {
		const reading = typeof value === "string" ? readingOf(name, node) : undefined;
		const one = reading
			? shown(name, String(value), reading, writer)
			: notWords.has(name)
				? value
				: copied(value, name, writer);
		if (one === undefined && value !== undefined) return undefined;
		copy[name] = one;
	}
	return copy;
}

function shown(name: string, text: string, reading: Reading, writer: Writer): string | undefined {
	const words = writer(text, reading);
	return words === undefined || (words.trim() === "" && !mayBeBlank.has(name)) ? undefined : words;
}

/** Of blocks, that of plain text alone has marks in its words. */
function readingOf(key: string, { kind }: Readonly<Record<string, unknown>>): Reading | undefined {
	if (key === "text" && kind === "text") return "marked";
	return Object.hasOwn(readings, key) ? readings[key] : undefined;
}

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
	return typeof node === "object" && node !== null;
}
