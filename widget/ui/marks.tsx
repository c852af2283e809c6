// Words with simple marks, as elements. No word of it is ever read as HTML.

import type { ComponentChild, JSX } from "preact";
import { isLink } from "../offer.ts";

/** A backslash before a mark takes it as it is; `**bold**`; `_italic_`, not within a word; `[words](link)`. */
const marks =
	/\\([\\*_[\]()])|\*\*((?:\\.|[^\\])+?)\*\*|(?<![\p{L}\p{N}])_((?:\\.|[^\\_])+)_(?![\p{L}\p{N}])|\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/gu;

export function marked(
	text: string,
	linked: (link: string, words: ComponentChild[]) => JSX.Element,
): ComponentChild[] {
	const parts: ComponentChild[] = [];
	let at = 0;
	const within = (words: string) => marked(words, linked);
	for (const found of text.matchAll(marks)) {
		const [whole, plain, bold, italic, words, link] = found;
		parts.push(text.slice(at, found.index));
		at = found.index + whole.length;
		if (bold) parts.push(<b>{within(bold)}</b>);
		else if (italic) parts.push(<i>{within(italic)}</i>);
		else if (words && isLink(link)) parts.push(linked(link as string, within(words)));
		else parts.push(plain ?? whole);
	}
	parts.push(text.slice(at));
	return parts;
}
