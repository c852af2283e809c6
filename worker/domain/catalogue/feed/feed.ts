// A feed, item by item: Google Merchant's (RSS 2.0, Atom, tab-separated or comma-separated tables) and Ceneo's. Which it
// is, it says itself. Each item comes with the line of its beginning, so that it can be found.

import { type Row, rowsOf } from "../../import/csv.ts";
import { delimiterOf } from "../../import/table.ts";
import type { ItemFault } from "../item.ts";
import { catalogueLimits } from "../limits.ts";
import { type ItemRead, productFields, productOf } from "../product.ts";
import { ceneoFields, ceneoName } from "./ceneo.ts";
import { type XmlElement, xmlItems } from "./elements.ts";
import type { XmlEnd } from "./xml.ts";

export const formats = ["rss", "atom", "ceneo", "table"] as const;
export type Format = (typeof formats)[number];

/** Why a feed as a whole is none. `columns-missing`: a table without columns for what a product needs. */
export type FeedFault = XmlEnd | "unknown-format" | "columns-missing" | "no-products" | "too-many-items";

/** Characters by which it is seen what it is. */
const guessedBy = 65_536;

/** One item of it, or why it ends before its end. */
export type FeedItem =
	| { readonly is: "item"; readonly line: number; readonly format: Format; readonly read: ItemRead }
	| { readonly is: "end"; readonly line: number; readonly why: FeedFault };

/** `texts` are the pieces of the feed, cut anywhere; `currency` is for prices that name none. */
export function* itemsOf(texts: Iterable<string>, currency: string): Generator<FeedItem, void> {
	const pieces = texts[Symbol.iterator]();
	let beginning = "";
	let next = pieces.next();
	for (; !next.done && beginning.length < guessedBy; next = pieces.next()) beginning += next.value;
	beginning = beginning.replace(/^\ufeff/, "");
	if (beginning.trim() === "") return yield { is: "end", line: 1, why: "no-products" };
	function* all(): Generator<string, void> {
		yield beginning;
		for (; !next.done; next = pieces.next()) yield next.value;
	}
	const isXml = beginning.trimStart().startsWith("<");
	let items = 0;
	for (const item of isXml ? ofXml(all(), currency) : ofTable(all(), beginning, currency)) {
		yield item;
		if (item.is === "item" && ++items > catalogueLimits.products)
			return yield { is: "end", line: item.line, why: "too-many-items" };
	}
}

function* ofXml(texts: Iterable<string>, currency: string): Generator<FeedItem, void> {
	for (const one of xmlItems(texts)) {
		if (one.is === "end") yield one;
		else {
			const fields = one.format === "ceneo" ? ceneoFields(one.item) : googleFields(one.item);
			const read = productOf(fields, currency);
			const named = one.format === "ceneo" ? withNames(read) : read;
			const is = { is: "item", line: one.item.line, format: one.format } as const;
			yield { ...is, read: one.item.isBroken ? withFault(named, malformed) : named };
		}
	}
}

const malformed: ItemFault = { field: "", is: "malformed", said: "" };

function withFault(read: ItemRead, fault: ItemFault): ItemRead {
	return { ...read, faults: [fault, ...read.faults] };
}

/** Faults by the names that a Ceneo feed has for its fields. */
function withNames(read: ItemRead): ItemRead {
	return { ...read, faults: read.faults.map((fault) => ({ ...fault, field: ceneoName(fault.field) })) };
}

/** Google's own names win over those of RSS and Atom. An Atom link stands in an attribute. */
function googleFields({ children }: XmlElement): Readonly<Record<string, string>> {
	const fields: Record<string, string> = Object.create(null);
	for (const isOwn of [true, false])
		for (const { name, text, attributes } of children) {
			const [prefix, local] = name.includes(":") ? name.split(":", 2) : ["", name];
			if ((prefix !== "") !== isOwn) continue;
			const value = text.trim() === "" && local === "link" ? (attributes.href ?? "") : text;
			if (value.trim() !== "") fields[local ?? ""] ??= value;
		}
	return fields;
}

/** By the names in the first row, as Google spells them. */
function* ofTable(texts: Iterable<string>, beginning: string, currency: string): Generator<FeedItem, void> {
	const delimiter = delimiterOf(beginning, beginning.length < guessedBy);
	let names: readonly string[] | undefined;
	for (const row of rowsOf(texts, delimiter)) {
		if (names) {
			yield { is: "item", line: row.line, format: "table", read: readRow(row, names, currency) };
			continue;
		}
		names = row.cells.map(columnName);
		const known = new Set(names);
		if (["id", "title", "link", "price"].every((name) => known.has(name))) continue;
		return yield { is: "end", line: row.line, why: known.has("id") ? "columns-missing" : "unknown-format" };
	}
}

function readRow({ cells, fault }: Row, names: readonly string[], currency: string): ItemRead {
	if (fault) return { is: "refused", id: undefined, faults: [{ field: "", is: "malformed", said: fault }] };
	const fields: Record<string, string> = Object.create(null);
	for (const [n, name] of names.entries()) if (productFields.has(name)) fields[name] ??= cells[n] ?? "";
	return productOf(fields, currency);
}

function columnName(cell: string): string {
	return cell
		.trim()
		.toLowerCase()
		.replace(/^g:/, "")
		.replace(/[\s-]+/g, "_");
}
