// A text as the screen calls it: our own values by their words, all others as they are.

import { own } from "../keyed.ts";
import type { TextWords } from "./fields.ts";
import type { Format } from "./format.ts";
import type { Language } from "./language.ts";

/** `of` is what has the text as its value. */
export function valueText(
	{ values, codes }: Pick<TextWords, "values" | "codes">,
	text: string,
	language: Language,
	format: Format,
): string {
	const known = own(values ?? {}, text);
	if (known) return format.quote(known[language]);
	// Not one of ours, even where it is spelt as we spell one.
	if (values) return `${format.quote(text)} (?)`;
	const name = codes && codeName(codes, text, language);
	return name === undefined ? format.quote(text) : `${format.quote(text)} (${name})`;
}

const displayNames = {
	pl: {
		region: new Intl.DisplayNames("pl", { type: "region", fallback: "none" }),
		language: new Intl.DisplayNames("pl", { type: "language", fallback: "none" }),
	},
	en: {
		region: new Intl.DisplayNames("en-GB", { type: "region", fallback: "none" }),
		language: new Intl.DisplayNames("en-GB", { type: "language", fallback: "none" }),
	},
} as const;

/** What is no code at all would throw. */
function codeName(of: "region" | "language", text: string, language: Language): string | undefined {
	return /^[A-Za-z]{2}$/.test(text) ? displayNames[language][of].of(text) : undefined;
}
