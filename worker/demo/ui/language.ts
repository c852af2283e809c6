// The language of the page, for every component in it.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { en } from "./en.ts";
import { type Format, formatOf } from "./format.ts";
import { pl } from "./pl.ts";
import type { Lang, Words } from "./words.ts";

export interface Language {
	readonly lang: Lang;
	readonly words: Words;
	readonly format: Format;
}

export const languages: Readonly<Record<Lang, Language>> = {
	pl: { lang: "pl", words: pl, format: formatOf("pl") },
	en: { lang: "en", words: en, format: formatOf("en") },
};

/** By the address, and otherwise by the browser. */
export function chosenLang(): Lang {
	const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
	return asked.startsWith("pl") ? "pl" : "en";
}

export function rememberLang(lang: Lang): void {
	const url = new URL(location.href);
	url.searchParams.set("lang", lang);
	history.replaceState(history.state, "", url);
}

export const LanguageContext = createContext<Language>(languages.en);

export function useLanguage(): Language {
	return useContext(LanguageContext);
}
