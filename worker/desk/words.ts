// What the desk says by itself where the site has no words of its own for it.

interface Words {
	readonly askAddress: string;
	readonly askAgain: string;
	readonly thankAddress: string;
	/** Under an answer: which of the site's questions it answers. */
	readonly source: (question: string) => string;
	readonly transcript: (site: string) => string;
	readonly visitor: string;
	readonly tookBack: string;
}

const words: Readonly<Record<"pl" | "en", Words>> = {
	pl: {
		askAddress: "Podaj swój adres e-mail, a odpiszemy, gdy tylko ktoś z nas wróci.",
		askAgain: "Ten adres wygląda na niepełny. Podaj go jeszcze raz, np. jan@example.com.",
		source: (question) => `Z naszych odpowiedzi: „${question}”`,
		thankAddress: "Dziękujemy, odezwiemy się na ten adres.",
		transcript: (site) => `Zapis rozmowy: ${site}`,
		visitor: "Ty",
		tookBack: "(wiadomość wycofana)",
	},
	en: {
		askAddress: "Leave your e-mail address, and we will answer as soon as one of us is back.",
		askAgain: "This address looks incomplete. Please write it once more, e.g. jane@example.com.",
		source: (question) => `From our answers: “${question}”`,
		thankAddress: "Thank you, we will write to this address.",
		transcript: (site) => `Your conversation: ${site}`,
		visitor: "You",
		tookBack: "(message withdrawn)",
	},
};

/** By a browser's language: "pl-PL". */
export function wordsFor(language: string | null): Words {
	return words[languageOf(language)];
}

export function languageOf(language: string | null): "pl" | "en" {
	return language?.toLowerCase().startsWith("pl") ? "pl" : "en";
}

/** In the visitor's language, or else in the one that there is. */
export function sayingIn(
	texts: { readonly pl?: string; readonly en?: string } | undefined,
	language: string | null,
): string | undefined {
	return texts?.[languageOf(language)] ?? texts?.en ?? texts?.pl;
}
