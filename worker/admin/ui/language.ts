// The language of the screen, and how it writes numbers, money and dates. The words of one language are loaded, not of
// both.

import { signal } from "@preact/signals";
import { fetched } from "./api/fetched.ts";
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

/** Throws a `Refusal` where its words cannot be fetched: the language stays what it was. */
export async function chooseLanguage(lang: Lang): Promise<void> {
	const { words, later } = await fetched(files[lang]);
	const needed = { ...words };
	// Another page may be opened while the words of those that are open are on their way.
	for (let missing = saidIn(needed); missing.length > 0; missing = saidIn(needed))
		Object.assign(needed, await wordsOf(later, missing));
	localStorage.setItem(rememberedAs, lang);
	document.documentElement.lang = lang;
	language.value = { lang, words: needed as Words, format: formatOf(lang) };
}

/** Of the pages that have been opened, those whose words are not among these. */
function saidIn(words: object): readonly (keyof Later)[] {
	const said = Object.keys(language.value?.words ?? {}) as readonly (keyof Later)[];
	return said.filter((page) => !(page in words));
}

async function wordsOf(later: Later, pages: readonly (keyof Later)[]): Promise<Partial<Words>> {
	const loaded = pages.map(async (page) => [page, await fetched<unknown>(later[page])] as const);
	return Object.fromEntries(await Promise.all(loaded));
}

/** Has what only these pages say in the language that is spoken then. Throws a `Refusal` where it cannot be fetched. */
export async function saying(...pages: readonly (keyof Later)[]): Promise<void> {
	const { lang, words } = chosen();
	const missing = pages.filter((page) => !(page in words));
	if (missing.length === 0) return;
	const { later } = await fetched(files[lang]);
	const loaded = await wordsOf(later, missing);
	const now = chosen();
	if (now.lang !== lang) return saying(...pages);
	language.value = { ...now, words: Object.assign({ ...now.words }, loaded) };
}

function chosen(): Language {
	if (!language.value) throw new Error("no language was chosen");
	return language.value;
}

/** Components that call these are drawn anew when the language changes. */
export const useWords = (): Words => chosen().words;
export const useFormat = (): Format => chosen().format;
export const useLang = (): Lang => chosen().lang;
