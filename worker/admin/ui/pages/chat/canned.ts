// Canned replies: written after a `/`, found by any part of their shortcut or text, and filled with personal words. Pure.

import type { ChatSettings } from "../../../../protocol/chat.ts";

type Canned = NonNullable<ChatSettings["canned"]>[number];
const most = 8;

/** What is looked for: the word after the last slash, where that begins the text or follows a blank. */
export function soughtIn(text: string): string | undefined {
	return /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1];
}

const folded = (text: string) =>
	text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");

/** Those whose shortcut begins so come first. */
export function fitting(canned: readonly Canned[], sought: string): readonly Canned[] {
	const wanted = folded(sought);
	const rank = ({ shortcut, text }: Canned) =>
		folded(shortcut).startsWith(wanted) ? 0 : folded(`${shortcut} ${text}`).includes(wanted) ? 1 : 2;
	return canned
		.filter((one) => rank(one) < 2)
		.toSorted((a, b) => rank(a) - rank(b))
		.slice(0, most);
}

export interface Whom {
	readonly name: string | null;
	readonly agent: string;
}

/** A place for which there is no word is left out with the blank before it. */
export function filled(text: string, { name, agent }: Whom): string {
	const words: Readonly<Record<string, string | undefined>> = {
		name: name ?? undefined,
		firstName: name?.split(/\s+/)[0],
		agent,
	};
	return text.replace(/ ?\{(name|firstName|agent)\}/g, (place, word: string) => {
		const said = words[word];
		return said === undefined ? "" : `${place.startsWith(" ") ? " " : ""}${said}`;
	});
}

/** The text with the reply in place of what was sought. */
export function withReply(text: string, reply: string): string {
	return text.replace(/\/[\p{L}\p{N}_-]*$/u, () => reply);
}
