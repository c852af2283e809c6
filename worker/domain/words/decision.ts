// Why something is shown on a page, or is not, as sentences: what it asks, all that speaks against it here and now, and
// what would have to become so.

import { type CandidateBecause, canChange, canEnd, type Objection } from "../because-decision.ts";
import type { PathTest } from "../condition.ts";
import type { Experience } from "../definition.ts";
import { fixedClauses, flipClauses, impossibleSentence, neededSentence } from "./change.ts";
import { times as englishTimes } from "./en.ts";
import { pageText } from "./en-events.ts";
import { span } from "./en-tests.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { blockClause, pageClause } from "./page.ts";
import { whichPage } from "./pl-events.ts";
import { spanGenitive } from "./pl-tests.ts";
import { afterNumber, polish } from "./plural.ts";
import { restraintClause } from "./restraint.ts";
import { capital } from "./sentence.ts";
import { becauseSentences } from "./why.ts";

interface DecisionWords {
	readonly shown: string;
	readonly notShown: string;
	readonly against: (one: Objection, format: Format) => string;
	/** Of an objection that neither time nor the person's own doing in a segment ends. */
	readonly need: (one: Objection, format: Format) => string;
	readonly wait: (at: string) => string;
	readonly close: string;
	readonly stays: string;
	/** What an experience asks, in the order in which it is asked. */
	readonly asks: (one: Experience, format: Format) => readonly (string | false | undefined)[];
}

const words: InEach<DecisionWords> = {
	pl: {
		shown: "Pokazuje się: na tej stronie nic nie stoi na przeszkodzie.",
		notShown: "Nie pokazuje się",
		against(one, format) {
			switch (one.is) {
				case "off-schedule":
					return `harmonogram ${one.begins ? "zaczyna" : "skończył"} się ${format.minute(one.at)}`;
				case "other-page": {
					const here = `strona ${format.quote(one.path)}`;
					if (one.except.length > 0) return `${here} jest wyłączona`;
					return `${here} nie jest ${polishPages("stroną", one.only, format)}`;
				}
				case "page-not-such":
					return `strona lub pora jest niewłaściwa; niespełnione: ${blocksText(one, "pl", format)}`;
				case "no-consent":
					return "najpierw potrzebna jest zgoda odwiedzającego";
				case "not-in-segment":
					return `osoba nie należy do segmentu ${format.name("segments", one.segment)}`;
				case "capped":
				case "cooling-down":
				case "bought":
				case "interrupted":
				case "too-soon":
				case "landing":
					return restraintClause(one, "pl", format);
				case "pool-empty":
					return `w puli ${format.quote(one.pool)} nie ma już kodów`;
				case "held-out":
					return "osoba należy do grupy kontrolnej, której tej treści się nie pokazuje";
				case "expired":
					return `czas, w którym obowiązywała, minął ${format.minute(one.at)}`;
				case "lost-to": {
					const { experience, priority, over } = one;
					const why =
						priority === over
							? `oba priorytety to ${format.number(over)}, a o kolejności decyduje id`
							: `priorytet ${format.number(priority)} wobec ${format.number(over)}`;
					return `pierwszeństwo ma ${format.name("experiences", experience)} (${why})`;
				}
			}
		},
		need(one, format) {
			switch (one.is) {
				case "other-page": {
					const { only, except } = one;
					const where = only.length > 0 ? ` ${polishPages("stronę", only, format)}` : " stronę";
					const not = except.length > 0 ? ` inną niż ${polishPages("strona", except, format)}` : "";
					return `wejście na${where}${only.length > 0 && not ? "," : ""}${not}`;
				}
				case "page-not-such":
					return `to, że ${pageClause(one.needed, "pl", format)}`;
				case "no-consent":
					return "zgoda odwiedzającego";
				case "landing":
					return "wejście na kolejną stronę";
				case "pool-empty":
					return `dodanie kodów do puli ${format.quote(one.pool)}`;
				case "lost-to":
					return `to, że ${format.name("experiences", one.experience)} się tu nie pokaże`;
				default:
					return "to, że publikacja obejmie tę osobę";
			}
		},
		wait: (at) => `poczekać do ${at}`,
		close: "zamknąć ją",
		stays: "Zamknięcie nie powstrzyma tej treści przed pokazaniem się znowu.",
		asks: (
			{ name, segment, group, pages, here, schedule, attention, onLanding, heldOut, priority },
			format,
		) => {
			const { cap, afterCloseMs, afterSubmitMs, afterConversion } = attention;
			const days = (ms: number, since: string) =>
				`nie wcześniej niż po upływie ${spanGenitive(ms, format)} od ${since}`;
			return [
				`treść ${format.quote(name)} jest pokazywana ${segment === undefined ? "każdemu" : `osobom z segmentu ${format.name("segments", segment)}`}`,
				pages.only.length > 0 ? `na ${polishPages("stronie", pages.only, format)}` : "na każdej stronie",
				pages.except.length > 0 && `z wyjątkiem ${polishPages("strony", pages.except, format)}`,
				here && `gdy ${pageClause(here, "pl", format)}`,
				schedule.from !== undefined && `od ${format.minute(schedule.from)}`,
				schedule.until !== undefined && `do ${format.minute(schedule.until)}`,
				cap &&
					`najwyżej ${format.number(cap.times)} ${afterNumber(cap.times, polish.time)}${cap.perMs === undefined ? "" : ` w ciągu ${spanGenitive(cap.perMs, format)}`}`,
				afterCloseMs > 0 && days(afterCloseMs, "zamknięcia"),
				afterSubmitMs === null
					? "nigdy więcej po wysłaniu formularza"
					: afterSubmitMs > 0 && days(afterSubmitMs, "wysłania formularza"),
				afterConversion && polishConversion(afterConversion, format),
				group !== undefined && `z ograniczeniami grupy ${format.name("groups", group)}`,
				heldOut !== undefined && `z pominięciem ${format.number(heldOut)} % osób, dla porównania`,
				onLanding && "także na telefonie, który trafił wprost z wyszukiwarki",
				`z priorytetem ${format.number(priority)}`,
			];
		},
	},
	en: {
		shown: "Shown: nothing speaks against it on this page.",
		notShown: "Not shown",
		against(one, format) {
			switch (one.is) {
				case "off-schedule":
					return `its schedule ${one.begins ? "begins" : "ended"} on ${format.minute(one.at)}`;
				case "other-page": {
					const here = `the page ${format.quote(one.path)}`;
					if (one.except.length > 0) return `${here} is left out`;
					return `${here} is not ${englishPages(one.only, format)}`;
				}
				case "page-not-such":
					return `the page or the hour is not right; not met: ${blocksText(one, "en", format)}`;
				case "no-consent":
					return "the visitor's consent is needed first";
				case "not-in-segment":
					return `the person is not in the segment ${format.name("segments", one.segment)}`;
				case "capped":
				case "cooling-down":
				case "bought":
				case "interrupted":
				case "too-soon":
				case "landing":
					return restraintClause(one, "en", format);
				case "pool-empty":
					return `no code is left in the pool ${format.quote(one.pool)}`;
				case "held-out":
					return "the person is in the control group, to which it is not shown";
				case "expired":
					return `the time for which it held was over on ${format.minute(one.at)}`;
				case "lost-to": {
					const { experience, priority, over } = one;
					const why =
						priority === over
							? `both have the priority ${format.number(over)}, and the id decides`
							: `priority ${format.number(priority)} against ${format.number(over)}`;
					return `${format.name("experiences", experience)} goes first (${why})`;
				}
			}
		},
		need(one, format) {
			switch (one.is) {
				case "other-page": {
					const { only, except } = one;
					const where = only.length > 0 ? englishPages(only, format) : "";
					const not = except.length > 0 ? `a page other than ${englishPages(except, format)}` : "";
					return `visiting ${[where, not].filter(Boolean).join(", ")}`;
				}
				case "page-not-such":
					return `that ${pageClause(one.needed, "en", format)}`;
				case "no-consent":
					return "the visitor's consent";
				case "landing":
					return "visiting another page";
				case "pool-empty":
					return `adding codes to the pool ${format.quote(one.pool)}`;
				case "lost-to":
					return `that ${format.name("experiences", one.experience)} is not shown here`;
				default:
					return "that the publication reaches this person";
			}
		},
		wait: (at) => `waiting until ${at}`,
		close: "closing it",
		stays: "Closing it does not keep this experience from being shown again.",
		asks: (
			{ name, segment, group, pages, here, schedule, attention, onLanding, heldOut, priority },
			format,
		) => {
			const { cap, afterCloseMs, afterSubmitMs, afterConversion } = attention;
			return [
				`the experience ${format.quote(name)} is shown to ${segment === undefined ? "everyone" : `people in the segment ${format.name("segments", segment)}`}`,
				pages.only.length > 0 ? `on ${englishPages(pages.only, format)}` : "on every page",
				pages.except.length > 0 && `but not on ${englishPages(pages.except, format)}`,
				here && `where ${pageClause(here, "en", format)}`,
				schedule.from !== undefined && `from ${format.minute(schedule.from)}`,
				schedule.until !== undefined && `until ${format.minute(schedule.until)}`,
				cap &&
					`at most ${englishTimes(cap.times, format)}${cap.perMs === undefined ? "" : ` in ${span(cap.perMs, format)}`}`,
				afterCloseMs > 0 && `not within ${span(afterCloseMs, format)} of being closed`,
				afterSubmitMs === null
					? "never again once its form was sent"
					: afterSubmitMs > 0 && `not within ${span(afterSubmitMs, format)} of its form being sent`,
				afterConversion && englishConversion(afterConversion, format),
				group !== undefined && `within the bounds of the group ${format.name("groups", group)}`,
				heldOut !== undefined && `held out from ${format.number(heldOut)} % of people, for comparison`,
				onLanding && "even to a phone that a search engine has just sent",
				`with the priority ${format.number(priority)}`,
			];
		},
	},
};

type Conversion = NonNullable<Experience["attention"]["afterConversion"]>;

function polishConversion({ withinMs, restMs }: Conversion, format: Format): string {
	const soon = `w ciągu ${spanGenitive(withinMs, format)} od jej pokazania lub kliknięcia`;
	if (restMs === null) return `nigdy więcej po zamówieniu złożonym ${soon}`;
	return `nie wcześniej niż po upływie ${spanGenitive(restMs, format)} od zamówienia złożonego ${soon}`;
}

function englishConversion({ withinMs, restMs }: Conversion, format: Format): string {
	const order = `an order within ${span(withinMs, format)} of being shown or clicked`;
	return restMs === null ? `never again after ${order}` : `not within ${span(restMs, format)} of ${order}`;
}

/** `page` is the noun in the case that the sentence asks for. */
function polishPages(page: string, pages: readonly PathTest[], format: Format): string {
	return format.or(pages.map((one) => page + whichPage(one, format)));
}

function englishPages(pages: readonly PathTest[], format: Format): string {
	return format.or(pages.map((page) => pageText(page, format)));
}

function blocksText(
	{ blocks, needed }: Extract<Objection, { is: "page-not-such" }>,
	language: Language,
	format: Format,
): string {
	if (blocks.length === 0) return pageClause(needed, language, format);
	return blocks.map((one) => blockClause(one, language, format)).join("; ");
}

/** What an experience asks, as one sentence. */
export function experienceSentence(one: Experience, language: Language, context: Context = {}): string {
	const asks = words[language].asks(one, formatOf(language, context)).filter(Boolean);
	return `${capital(asks.join(", "))}.`;
}

/** Whether it is shown, and of each objection a sentence; of a segment's, what is so of its condition after it. */
export function decisionSentences(
	{ against }: CandidateBecause,
	language: Language,
	context: Context = {},
): readonly string[] {
	const { shown, notShown, against: say } = words[language];
	if (against.length === 0) return [shown];
	const format = formatOf(language, context);
	return against.flatMap((one) => [
		`${notShown}: ${say(one, format)}.`,
		...(one.is === "not-in-segment" ? becauseSentences(one.of, language, context) : []),
	]);
}

/** What would have to become so for it to be shown, or not to be shown again, or why nothing would do. */
export function decisionChange(because: CandidateBecause, language: Language, context: Context = {}): string {
	const { against } = because;
	const { against: say, need, wait, close, stays } = words[language];
	const format = formatOf(language, context);
	if (against.length === 0)
		return canChange(because) ? neededSentence("experience", false, [close], language) : stays;
	const stuck = against.filter((one) => !canEnd(one));
	if (stuck.length > 0) {
		const why = stuck.flatMap((one) => {
			const fixed = one.is === "not-in-segment" ? fixedClauses(one.change, language, format) : [];
			return fixed.length > 0 ? fixed : [say(one, format)];
		});
		return impossibleSentence("experience", true, why, language);
	}
	const waits = against.flatMap((one) => (isMatterOfTime(one) ? [one.until] : []));
	const needs = against.flatMap((one) => {
		if (isMatterOfTime(one)) return [];
		const flips = one.is === "not-in-segment" ? flipClauses(one.change, language, format) : [];
		return flips.length > 0 ? flips : [need(one, format)];
	});
	const waiting = waits.length > 0 ? [wait(format.minute(Math.max(...waits)))] : [];
	return neededSentence("experience", true, [...waiting, ...needs], language);
}

/** A segment's condition tells by itself what of it is. */
function isMatterOfTime({ is, until }: Objection): boolean {
	return is !== "not-in-segment" && is !== "lost-to" && until < Infinity;
}
