// XML as feeds write it, read off text that comes in pieces; no more is held than a piece and the tag under way. That is
// why this is no library: those for XML hold the document, or stop at the first mistake, and a feed of 100,000 items has
// one. Here what can be read is read, and mistakes are told. Elements of a document's own making (DTD) are refused.

import { unescaped } from "../entities.ts";
import { catalogueLimits } from "../limits.ts";

/** After these nothing follows. `has-doctype`: with definitions of its own. */
export type XmlEnd = "broken-off" | "has-doctype" | "too-deep" | "tag-too-long" | "not-xml";

export type XmlToken =
	| {
			readonly is: "open";
			readonly name: string;
			readonly attributes: Readonly<Record<string, string>>;
			readonly line: number;
	  }
	| { readonly is: "close"; readonly name: string }
	/** Comes in pieces. */
	| { readonly is: "text"; readonly text: string }
	/** Is not closed, closed without being open, or a sign that stands for itself. */
	| { readonly is: "mistake"; readonly line: number }
	| { readonly is: "end"; readonly why: XmlEnd; readonly line: number };

const longestTag = catalogueLimits.text;
/** The longest entity, which may be cut by the end of a piece. */
const longestEntity = 12;

/** `texts` are the pieces of the document, cut anywhere. */
export function* tokensOf(texts: Iterable<string>): Generator<XmlToken, void> {
	const source = new Source(texts);
	const open: string[] = [];
	for (;;) {
		const less = source.text.indexOf("<", source.at);
		const isEnd = less < 0;
		if (isEnd || less > source.at) {
			// Of a text that goes on, all but what may be the beginning of an entity.
			const end = isEnd ? source.text.length : less;
			const cut = isEnd && !source.isOver ? beforeEntity(source.text, source.at, end) : end;
			if (cut > source.at) yield { is: "text", text: unescaped(source.take(cut)) };
			if (isEnd && source.isOver) break;
			if (isEnd) {
				source.more();
				continue;
			}
		}
		if (!source.has(2) && source.isOver) break;
		const { line } = source;
		const next = source.text[source.at + 1] ?? "";
		if (next === "!" || next === "?") {
			const passed = yield* passMarkup(source);
			if (passed !== undefined) return yield { is: "end", why: passed, line };
			continue;
		}
		if (next !== "/" && !/[\p{L}_:]/u.test(next)) {
			yield { is: "mistake", line };
			yield { is: "text", text: source.take(source.at + 1) };
			continue;
		}
		const tag = source.tag();
		if (tag === undefined)
			return yield { is: "end", why: source.isOver ? "broken-off" : "tag-too-long", line };
		if (next === "/") {
			const name = tag.slice(2, -1).trim();
			const depth = open.lastIndexOf(name);
			if (depth < open.length - 1) yield { is: "mistake", line };
			if (depth >= 0) for (const one of open.splice(depth).reverse()) yield { is: "close", name: one };
			continue;
		}
		const isEmpty = tag.endsWith("/>");
		const [name = ""] = /^[^\s/>]+/.exec(tag.slice(1)) ?? [];
		yield { is: "open", name, attributes: attributesIn(tag.slice(name.length + 1)), line };
		if (isEmpty) yield { is: "close", name };
		else if (open.push(name) > catalogueLimits.depth) return yield { is: "end", why: "too-deep", line };
	}
	if (open.length > 0) yield { is: "end", why: "broken-off", line: source.line };
}

/** Comments, instructions, CDATA; a document type without definitions of its own. */
function* passMarkup(source: Source): Generator<XmlToken, XmlEnd | undefined> {
	source.has(9);
	if (source.startsWith("<![CDATA[")) {
		source.take(source.at + 9);
		for (;;) {
			const end = source.text.indexOf("]]>", source.at);
			const cut = end < 0 ? Math.max(source.at, source.text.length - 2) : end;
			if (cut > source.at) yield { is: "text", text: source.take(cut) };
			if (end >= 0) {
				source.take(end + 3);
				return undefined;
			}
			if (!source.more()) return "broken-off";
		}
	}
	if (source.startsWith("<!--")) return source.pass("-->") ? undefined : "broken-off";
	if (source.startsWith("<?")) return source.pass("?>") ? undefined : "broken-off";
	const declaration = source.tag();
	if (declaration === undefined) return source.isOver ? "broken-off" : "has-doctype";
	return declaration.includes("[") ? "has-doctype" : undefined;
}

/** Text that comes in pieces, with the place up to which it is read. */
class Source {
	text = "";
	at = 0;
	line = 1;
	isOver = false;
	readonly #pieces: Iterator<string>;

	constructor(texts: Iterable<string>) {
		this.#pieces = texts[Symbol.iterator]();
	}

	/** False where nothing more comes. */
	more(): boolean {
		const next = this.#pieces.next();
		this.isOver = next.done === true;
		this.text = this.text.slice(this.at) + (next.done ? "" : next.value);
		this.at = 0;
		return !this.isOver;
	}

	/** Whether so many characters are there. */
	has(characters: number): boolean {
		while (this.text.length - this.at < characters) if (!this.more()) return false;
		return true;
	}

	startsWith(text: string): boolean {
		return this.text.startsWith(text, this.at);
	}

	/** What is up to there, and read on behind it. */
	take(end: number): string {
		const taken = this.text.slice(this.at, end);
		for (let n = taken.indexOf("\n"); n >= 0; n = taken.indexOf("\n", n + 1)) this.line++;
		this.at = end;
		return taken;
	}

	/** Reads past the end of something, however long it is. */
	pass(end: string): boolean {
		for (;;) {
			const found = this.text.indexOf(end, this.at);
			if (found >= 0) {
				this.take(found + end.length);
				return true;
			}
			this.take(Math.max(this.at, this.text.length - end.length + 1));
			if (!this.more()) return false;
		}
	}

	/** The tag that begins here; nothing where it does not end, or is longer than one may be. */
	tag(): string | undefined {
		let at = this.at;
		let quote = "";
		for (;;) {
			for (; at < this.text.length; at++) {
				const sign = this.text[at];
				if (quote !== "") {
					if (sign === quote) quote = "";
				} else if (sign === ">") return this.take(at + 1);
				else if (sign === '"' || sign === "'") quote = sign;
			}
			const read = at - this.at;
			if (read > longestTag || !this.more()) return undefined;
			at = this.at + read;
		}
	}
}

function beforeEntity(text: string, from: number, end: number): number {
	const sign = text.lastIndexOf("&");
	return sign >= from && end - sign < longestEntity && !text.includes(";", sign) ? sign : end;
}

function attributesIn(text: string): Readonly<Record<string, string>> {
	const attributes: Record<string, string> = Object.create(null);
	for (const [, name = "", double, single, bare] of text.matchAll(
		/(?<![^\s=/"'<>])([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/g,
	))
		attributes[name] ??= unescaped(double ?? single ?? bare ?? "");
	return attributes;
}
