// The items of an XML feed, each with its fields: no more of it is held than the item under way.

import { catalogueLimits } from "../limits.ts";
import { tokensOf, type XmlEnd, type XmlToken } from "./xml.ts";

export interface XmlField {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	text: string;
	/** Fields within it, such as Ceneo's `attrs` and `imgs`; no deeper. */
	readonly children: XmlField[];
}

export interface XmlElement {
	readonly line: number;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: XmlField[];
	/** Whether something in it is not as XML has it. */
	isBroken: boolean;
}

type Read =
	| { readonly is: "item"; readonly format: XmlFormat; readonly item: XmlElement }
	| { readonly is: "end"; readonly line: number; readonly why: XmlEnd | "unknown-format" };

type XmlFormat = "rss" | "atom" | "ceneo";

/** By the name of a feed's outermost element, its kind and what its items are called. */
const roots: Readonly<Record<string, { readonly format: XmlFormat; readonly item: string }>> = {
	rss: { format: "rss", item: "item" },
	RDF: { format: "rss", item: "item" },
	feed: { format: "atom", item: "entry" },
	offers: { format: "ceneo", item: "o" },
};

const mostFields = 300;

export function* xmlItems(texts: Iterable<string>): Generator<Read, void> {
	let root: (typeof roots)[string] | undefined;
	let item: XmlElement | undefined;
	/** The fields that are open within the item: the innermost last. */
	let open: XmlField[] = [];
	let deeper = 0;
	for (const token of tokensOf(texts)) {
		if (token.is === "end") return yield token;
		if (!root) {
			if (token.is !== "open") continue;
			root = Object.hasOwn(roots, localName(token.name)) ? roots[localName(token.name)] : undefined;
			if (!root) return yield { is: "end", line: token.line, why: "unknown-format" };
		} else if (token.is === "open" && localName(token.name) === root.item) {
			// The one before it was not closed: it ends here.
			if (item) yield { is: "item", format: root.format, item: { ...item, isBroken: true } };
			item = { line: token.line, attributes: token.attributes, children: [], isBroken: false };
			open = [];
			deeper = 0;
		} else if (!item) continue;
		else if (token.is === "close" && open.length === 0 && deeper === 0) {
			yield { is: "item", format: root.format, item };
			item = undefined;
		} else if (token.is === "close") {
			if (deeper > 0) deeper--;
			else open.pop();
		} else if (token.is === "open") {
			const within = open.length === 0 ? item.children : open.length === 1 ? open[0]?.children : undefined;
			if (!within || within.length >= mostFields) deeper++;
			else {
				const field = fieldOf(token);
				within.push(field);
				open.push(field);
			}
		} else if (token.is === "mistake") item.isBroken = true;
		else if (deeper === 0) {
			const field = open.at(-1);
			// One character more than may be, so that whoever reads it sees that it is too long.
			if (field && field.text.length <= catalogueLimits.text)
				field.text += token.text.slice(0, catalogueLimits.text + 1 - field.text.length);
		}
	}
	if (!root) yield { is: "end", line: 1, why: "not-xml" };
}

function fieldOf({ name, attributes }: Extract<XmlToken, { is: "open" }>): XmlField {
	return { name, attributes, text: "", children: [] };
}

function localName(name: string): string {
	return name.slice(name.indexOf(":") + 1);
}
