// Personal words: what a marketer writes as `{{ person.first_name | default: "…" }}`, in Liquid, written out for one
// visitor. What comes out is text, in the place of a text: what it is shown as (words, marks, a link, a sandboxed page)
// decides how a value is escaped in it.
//
// Hostile are the values, and a template may be a careless one. There are no loops and nothing that takes in another
// template, so what a text costs is bounded by its length and by the memory that its filters may use: the clock of the
// platform stands still meanwhile, and would stop nothing.

import { Liquid, type Template } from "liquidjs";
import { hasTemplate, type Reading } from "../protocol/texts.ts";
import type { PersonalWords } from "./call.ts";

const tags = ["if", "unless", "case", "assign", "comment", "#"];
const filters = [
	"abs",
	"append",
	"at_least",
	"at_most",
	"capitalize",
	"ceil",
	"date",
	"default",
	"divided_by",
	"downcase",
	"floor",
	"lstrip",
	"minus",
	"modulo",
	"plus",
	"prepend",
	"remove",
	"replace",
	"round",
	"rstrip",
	"size",
	"slice",
	"strip",
	"times",
	"truncate",
	"truncatewords",
	"upcase",
];
/** What a template may ask for: members of PersonalWords. */
const names: ReadonlySet<string> = new Set(["person", "score", "programmes", "cart", "orders"]);
/** Characters: of a template, of all that its filters make, of what comes out. */
const limits = { parseLimit: 20_000, memoryLimit: 50_000, output: 20_000 };
/** Characters of all templates that are kept parsed. */
const mostKept = 1_000_000;

const escapes: Readonly<Record<Reading, (value: string) => string>> = {
	words: (value) => value,
	marked: (value) => value.replace(/[\\*_[\]]/g, "\\$&"),
	link: encodeURIComponent,
	html: (value) => value.replace(/[&<>"'`=]/g, (one) => `&#${one.charCodeAt(0)};`),
};

function engineOf(reading: Reading): Liquid {
	const engine = new Liquid({
		...limits,
		renderLimit: 50,
		ownPropertyOnly: true,
		strictFilters: true,
		// No file is ever looked for.
		templates: {},
		locale: "en",
		outputEscape: (value: unknown) =>
			value === undefined || value === null ? "" : escapes[reading](wellFormed(String(value))),
	});
	for (const name of Object.keys(engine.tags)) if (!tags.includes(name)) delete engine.tags[name];
	for (const name of Object.keys(engine.filters)) if (!filters.includes(name)) delete engine.filters[name];
	return engine;
}

/** Half a character, as cutting a text may leave it, has no place in a link. */
function wellFormed(text: string): string {
	return text.toWellFormed();
}

const engines: Readonly<Record<Reading, Liquid>> = {
	words: engineOf("words"),
	marked: engineOf("marked"),
	link: engineOf("link"),
	html: engineOf("html"),
};

/**
 * Parsed templates by how they are read and by their text, so that each revision and language of every experience is
 * parsed once. Insertion order is the order of use.
 */
const parsed = new Map<string, readonly Template[]>();
let kept = 0;

function parse(text: string, reading: Reading): readonly Template[] {
	const key = `${reading} ${text}`;
	const known = parsed.get(key);
	if (known) parsed.delete(key);
	else kept += key.length;
	const templates = known ?? engines[reading].parse(text);
	parsed.set(key, templates);
	for (const oldest of parsed.keys()) {
		if (kept <= mostKept || oldest === key) break;
		parsed.delete(oldest);
		kept -= oldest.length;
	}
	return templates;
}

const isLink = (url: string) => /^(https?:\/\/|\/(?![/\\]))/i.test(url);

/** A text as this visitor is to read it; nothing where that cannot be had, and then nothing of it is to be shown. */
export function writeOut(text: string, reading: Reading, words: PersonalWords): string | undefined {
	if (!hasTemplate(text)) return text;
	try {
		const templates = parse(text, reading);
		const out: string = engines[reading].renderSync([...templates], words);
		if (out.length > limits.output) return undefined;
		return reading === "link" && !isLink(out) ? undefined : out;
	} catch {
		// Checked when it was saved: what fails here is a limit, which a value made it reach.
		return undefined;
	}
}

/** What is wrong with a template and where, in English; nothing of one that can be written out. */
export function faultIn(text: string, reading: Reading): string | undefined {
	if (!hasTemplate(text)) return undefined;
	if (reading === "marked" && /\]\([^)]*\{[{%]/.test(text))
		return "a link among words takes no personal words: a button does";
	try {
		const templates = engines[reading].parse(text);
		const unknown = engines[reading].globalVariablesSync(templates).find((name) => !names.has(name));
		return unknown === undefined ? undefined : `there are no words called ${unknown}`;
	} catch (error) {
		return error instanceof Error ? error.message : "no template";
	}
}
