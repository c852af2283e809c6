// Answers to a visitor's question out of the site's own: by the words that the two share. Polish words end in many ways, so
// two are alike that begin alike; a word that many entries have says little.

import { fold } from "./text.ts";

export interface FaqText {
	readonly question: string;
	readonly answer: string;
}

/** `score` is 0 to 1: how much of what was asked the entry speaks of. */
export interface Ranked<Entry> {
	readonly entry: Entry;
	readonly score: number;
}

/** A word in the answer alone is worth so much of one in the question. */
const inAnswer = 0.5;
/** Letters that two words may differ by at the end: the longest endings, as in `reklamacjami`. */
const longestEnding = 4;
const shortestStem = 3;
/** Words of a query that are looked at. */
const mostWords = 30;

/** Said in every question, and of none of them; and what people say before they ask. */
const empty: ReadonlySet<string> = new Set(
	(
		"a aby ale by byc bylo co czy dla do gdy gdzie i ich ile ja jak jaka jaki jakie je jest jesli ktora ktore ktory lub ma " +
		"mam mi mnie moge moj moja moje mozna musze my na nie niz o od oraz po pod przez sa sie swoj ta tak tam te tego ten to " +
		"u w we wam was wy z za ze czesc dobry dzien dziekuje halo hej chce chcialabym chcialbym nr pozdrawiam prosze pytanie " +
		"witam zapytac hello hey hi know like please thank thanks want an and any are at be by can could did does for from has have how if in is it me mine not of " +
		"on or our should that the their there they this was we what when where which who why will with would you your"
	).split(" "),
);

/** The words of a text as they are compared, each once. */
export function wordsIn(text: string): readonly string[] {
	const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
	return [...new Set(words)].filter((word) => !empty.has(word));
}

/**
 * How alike two folded words are, 0 to 1: the same, or the same but for their endings. Of two that begin with the same
 * three letters neither may go on for more than an ending, and not for more than half of it; a number is only itself.
 */
export function alike(one: string, other: string): number {
	if (one === other) return 1;
	let stem = 0;
	while (stem < one.length && one[stem] === other[stem]) stem++;
	const longer = Math.max(one.length, other.length);
	// Nearly all pairs end here, and so before what takes long.
	if (stem < shortestStem || longer - stem > Math.min(longestEnding, stem)) return 0;
	return /\p{N}/u.test(one + other) ? 0 : stem / longer;
}

/**
 * The entries that speak of what is asked, the best first, and of equals in their order; at most `most`. `textOf` an entry
 * is what is asked and answered in the language of whoever asks; an entry without is passed over.
 */
export function rank<Entry>(
	entries: readonly Entry[],
	query: string,
	textOf: (entry: Entry) => FaqText | undefined,
	most = 5,
): readonly Ranked<Entry>[] {
	const asked = wordsIn(query).slice(0, mostWords);
	const known = entries.flatMap((entry) => {
		const text = textOf(entry);
		return text ? [{ entry, question: wordsIn(text.question), answer: wordsIn(text.answer) }] : [];
	});
	const found = known.map(({ question, answer }) =>
		asked.map((word) => Math.max(likest(word, question), inAnswer * likest(word, answer))),
	);
	const weights = asked.map((_, i) => {
		const having = found.filter((each) => (each[i] ?? 0) > 0).length;
		return Math.log(1 + (known.length + 1) / (having + 0.5));
	});
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	return known
		.map(({ entry }, n) => {
			const sum = (found[n] ?? []).reduce((total, value, i) => total + value * (weights[i] ?? 0), 0);
			return { entry, score: whole === 0 ? 0 : sum / whole };
		})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, most);
}

function likest(word: string, words: readonly string[]): number {
	return words.reduce((best, one) => Math.max(best, alike(word, one)), 0);
}
