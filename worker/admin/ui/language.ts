// The language of the screen, and how it writes numbers, money and dates. The words of one language are loaded, not of
// both.

import { signal } from "@preact/signals";
import { type Format, formatOf } from "./format.ts";
import type { Later, Words } from "./words/words.ts";

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
	const { words, later } = await files[lang]();
	const needed = await Promise.all([...pages].map((page) => wordsOf(later, page)));
	localStorage.setItem(rememberedAs, lang);
	document.documentElement.lang = lang;
	language.value = { lang, words: Object.assign({ ...words }, ...needed), format: formatOf(lang) };
}

/** What only some pages say, loaded by now. */
const pages = new Set<keyof Later>();

async function wordsOf(later: Later, page: keyof Later): Promise<Partial<Words>> {
	return { [page]: await later[page]() };
}

/** A page, once its own words are there in the language that is spoken. */
export async function saying<T>(loading: Promise<T>, ...needed: readonly (keyof Later)[]): Promise<T> {
	const missing = needed.filter((page) => !pages.has(page));
	for (const page of missing) pages.add(page);
	const { lang } = chosen();
	const { later } = await files[lang]();
	const loaded = await Promise.all(missing.map((page) => wordsOf(later, page)));
	const now = chosen();
	// Whoever has changed the language meanwhile has all of them in the other.
	if (now.lang === lang) language.value = { ...now, words: Object.assign({ ...now.words }, ...loaded) };
	return loading;
}

function chosen(): Language {
	if (!language.value) throw new Error("no language was chosen");
	return language.value;
}

/** Components that call these are drawn anew when the language changes. */
export const useWords = (): Words => chosen().words;
export const useFormat = (): Format => chosen().format;
export const useLang = (): Lang => chosen().lang;
