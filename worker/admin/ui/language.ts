// The language of the screen, and how it writes numbers, money and dates. The words of one language are loaded, not of
// both.

import { signal } from "@preact/signals";
import { type Format, formatOf } from "./format.ts";
import type { Words } from "./words/words.ts";

export type Lang = "pl" | "en";
export const langs = ["pl", "en"] as const;

interface Language {
	readonly lang: Lang;
	readonly words: Words;
	readonly format: Format;
}

const rememberedAs = "witaj.language";
const files = {
	pl: () => import("./words/pl.ts"),
	en: () => import("./words/en.ts"),
} as const;

const language = signal<Language>();

/** What was chosen in this browser, and otherwise what the browser speaks. */
export function preferredLang(): Lang {
	const chosen = localStorage.getItem(rememberedAs) ?? navigator.language;
	return chosen.startsWith("pl") ? "pl" : "en";
}

export async function chooseLanguage(lang: Lang): Promise<void> {
	const { words } = await files[lang]();
	localStorage.setItem(rememberedAs, lang);
	document.documentElement.lang = lang;
	language.value = { lang, words, format: formatOf(lang) };
}

function chosen(): Language {
	if (!language.value) throw new Error("no language was chosen");
	return language.value;
}

/** Components that call these are drawn anew when the language changes. */
export const useWords = (): Words => chosen().words;
export const useFormat = (): Format => chosen().format;
export const useLang = (): Lang => chosen().lang;
