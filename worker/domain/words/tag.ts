// Why somebody has a tag or has not, as sentences.

import type { Origin, TagBecause, TagEntry, TagRuleBecause } from "../because-tag.ts";
import type { EventMatch } from "../condition.ts";
import type { TagRule } from "../definition.ts";
import { times } from "./en.ts";
import { englishHappened } from "./en-events.ts";
import { span } from "./en-tests.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { polishHappened } from "./pl-events.ts";
import { spanGenitive } from "./pl-tests.ts";
import { afterNumber, polish } from "./plural.ts";
import { whenClause } from "./rule.ts";
import { clauseOf } from "./sentence.ts";
import { becauseSentences } from "./why.ts";

interface TagWords {
	readonly rule: (rule: TagRule, when: string, format: Format) => string;
	readonly noRule: (tag: string) => string;
	readonly has: (tag: string, count: number, format: Format) => string;
	readonly entry: (times: number) => string;
	readonly happened: (match: EventMatch, format: Format) => string;
	readonly origin: Readonly<Record<"time" | "hand" | "expiry", string>>;
	readonly because: string;
	readonly earlier: (n: string) => string;
	readonly untold: (n: string) => string;
	readonly expires: (at: string) => string;
	readonly fired: (at: string) => string;
}

const words: InEach<TagWords> = {
	pl: {
		rule: ({ tag, removes, expiresAfterMs }, when, format) => {
			const goes =
				expiresAfterMs === undefined || removes
					? ""
					: `; znika, gdy nie dodano go ponownie przez ${spanGenitive(expiresAfterMs, format)}`;
			return `Tag ${format.quote(tag)} jest ${removes ? "zdejmowany" : "dodawany"} ${when}${goes}.`;
		},
		noRule: (tag) => `Żadna reguła nie dodaje ani nie zdejmuje tagu ${tag}.`,
		has: (tag, count, format) =>
			count === 0
				? `Osoba nie ma tagu ${tag}.`
				: `Osoba ma tag ${tag} ${format.number(count)} ${afterNumber(count, polish.time)}.`,
		entry: (times) => (times > 0 ? "dodano" : `zdjęto (${-times})`),
		happened: polishHappened,
		origin: {
			time: ", bo sprawił to upływ czasu",
			hand: " ręcznie, formularzem lub przez API",
			expiry: ", bo nie dodano go ponownie na czas",
		},
		because: ", bo ",
		earlier: (n) => `Wcześniejszych wpisów: ${n}.`,
		untold: (n) => `Poza historią, którą tu widać: ${n}.`,
		expires: (at) => `Jeśli nie zostanie dodany ponownie, zniknie ${at}.`,
		fired: (at) => `Reguła zrobiła to już ${at}, a robi to tylko raz.`,
	},
	en: {
		rule: ({ tag, removes, expiresAfterMs }, when, format) => {
			const goes =
				expiresAfterMs === undefined || removes
					? ""
					: `; it goes when it was not added again for ${span(expiresAfterMs, format)}`;
			return `The tag ${format.quote(tag)} is ${removes ? "taken off" : "added"} ${when}${goes}.`;
		},
		noRule: (tag) => `No rule adds the tag ${tag} or takes it off.`,
		has: (tag, count, format) =>
			count === 0
				? `The person does not have the tag ${tag}.`
				: `The person has the tag ${tag} ${times(count, format)}.`,
		entry: (times) => (times > 0 ? "added" : `taken off (${-times})`),
		happened: englishHappened,
		origin: {
			time: ", because time brought it about",
			hand: " by hand, by a form or through the API",
			expiry: ", because it was not added again in time",
		},
		because: ", because ",
		earlier: (n) => `Earlier entries: ${n}.`,
		untold: (n) => `Not in the history that is seen here: ${n}.`,
		expires: (at) => `Unless it is added again, it goes on ${at}.`,
		fired: (at) => `The rule did this on ${at} already, and does it only once.`,
	},
};

/** Entries are told one by one, the latest first, up to so many. */
const told = 10;

/** What the rules say of the tag, a sentence for each. */
export function tagSentence({ tag, rules }: TagBecause, language: Language, context: Context = {}): string {
	const { rule: say, noRule } = words[language];
	const format = formatOf(language, context);
	if (rules.length === 0) return noRule(format.quote(tag));
	return rules
		.map(({ rule }) => say(rule, whenClause(rule.when, "each", language, context), format))
		.join(" ");
}

/** How often the person has it; what added it and took it off; when it goes; where it is missing, what rules ask. */
export function tagSentences(
	because: TagBecause,
	language: Language,
	context: Context = {},
): readonly string[] {
	const { tag, count, entries, untold, rules, expiresAt } = because;
	const { has, earlier, untold: rest, expires, fired } = words[language];
	const format = formatOf(language, context);
	const shown = entries.slice(0, told);
	const left = entries.length - shown.length;
	const missing = count > 0 ? [] : rules.filter(({ rule }) => !rule.removes);
	return [
		has(format.quote(tag), count, format),
		...shown.map((entry) => entrySentence(entry, rules, language, context, format)),
		...(left > 0 ? [earlier(format.number(left))] : []),
		...(untold !== 0 ? [rest(format.number(untold))] : []),
		...(expiresAt === undefined ? [] : [expires(format.minute(expiresAt))]),
		...missing.flatMap(({ of, firedAt }) => [
			...(firedAt === undefined ? [] : [fired(format.minute(firedAt))]),
			...(of ? becauseSentences(of, language, context) : []),
		]),
	];
}

function entrySentence(
	{ at, times, origin }: TagEntry,
	rules: readonly TagRuleBecause[],
	language: Language,
	context: Context,
	format: Format,
): string {
	const why = originClause(origin, rules, language, context, format);
	return `${format.minute(at)}: ${words[language].entry(times)}${why}.`;
}

function originClause(
	one: Origin,
	rules: readonly TagRuleBecause[],
	language: Language,
	context: Context,
	format: Format,
): string {
	const { origin, happened, because } = words[language];
	if (one.is !== "rule") return origin[one.is];
	const when = rules.find(({ rule }) => rule.id === one.rule)?.rule.when;
	if (when && "trait" in when) return because + clauseOf(when.trait, language, context);
	if (!one.event) return origin.time;
	const { name, path } = one.event;
	return (
		because + happened({ name, ...(path === undefined ? {} : { path: { op: "is", value: path } }) }, format)
	);
}
