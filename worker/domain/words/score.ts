// Why somebody has so many points, as sentences.

import type { ScoreBecause, ScoreLine, ScoreSource } from "../because-score.ts";
import type { ScoreRule, Tier } from "../definition.ts";
import { limitOf } from "../effect.ts";
import { pointsName as englishName, times as englishTimes } from "./en.ts";
import { size as englishSize } from "./en-tests.ts";
import { type Format, formatOf } from "./format.ts";
import type { Context, InEach, Language } from "./language.ts";
import { pointsName as polishName } from "./pl.ts";
import { size as polishSize } from "./pl-tests.ts";
import { afterNumber, genitiveAfter, polish } from "./plural.ts";
import { limitWords, whenClause } from "./rule.ts";
import { capital } from "./sentence.ts";

interface ScoreWords {
	readonly balance: (because: ScoreBecause, format: Format) => string;
	readonly source: (of: ScoreSource, reward: string | undefined, format: Format) => string;
	/** How often, what it came to, how often it may, and when it was last. */
	readonly line: (line: ScoreLine, limit: string, format: Format) => string;
	readonly untold: (points: number, format: Format) => string;
	readonly idle: (rule: ScoreRule, when: string, format: Format) => string;
	readonly tier: (tier: Tier | undefined, format: Format) => string;
	readonly next: (next: NonNullable<ScoreBecause["next"]>, format: Format) => string;
	readonly highest: string;
	readonly noTiers: string;
	readonly lapse: (lapse: NonNullable<ScoreBecause["lapse"]>, format: Format) => string;
	readonly noMember: string;
}

const words: InEach<ScoreWords> = {
	pl: {
		balance: ({ programme, balance, earned }, format) => {
			const name = programme ? polishName("balance", programme.id, format).name : "scoring";
			const all = earned === undefined ? "" : `; zdobyto łącznie: ${polishSize(earned, "points", format)}`;
			return `${name} wynosi ${polishSize(balance, "points", format)}${all}`;
		},
		source: (of, reward, format) => {
			switch (of.is) {
				case "rule":
					return `reguła ${format.name("rules", of.rule)}`;
				case "spending":
					return reward === undefined ? "wydano" : `wydano na nagrodę ${format.quote(reward)}`;
				case "expiry":
					return `wygasło z reguły ${format.name("rules", of.rule)}`;
				case "fading":
					return "stopniało z czasem";
				case "hand":
					return "ręcznie lub przez API";
			}
		},
		line: ({ times, points, lastAt }, limit, format) =>
			`${format.number(times)} ${afterNumber(times, polish.time)}${limit}, łącznie ${polishSize(points, "points", format)}, ostatnio ${format.minute(lastAt)}`,
		untold: (points, format) => `Poza historią, którą tu widać: ${polishSize(points, "points", format)}.`,
		idle: ({ id, points }, when, format) =>
			`Jeszcze ani razu: reguła ${format.name("rules", id)}, ${polishSize(points, "points", format)}, ${when}.`,
		tier: (tier, format) =>
			tier
				? `Poziom: ${format.quote(tier.name)} (od ${format.number(tier.from)} ${genitiveAfter(tier.from, polish.point)}).`
				: "Żaden poziom nie został jeszcze osiągnięty.",
		next: (next, format) =>
			`Do poziomu ${format.quote(next.tier.name)} brakuje ${format.number(next.missing)} ${genitiveAfter(next.missing, polish.point)}.`,
		highest: "Wyższego poziomu nie ma.",
		noTiers: "Nie ma tu poziomów.",
		lapse: ({ at, points }, format) =>
			`Sam upływ czasu ${points < 0 ? "odda" : "zabierze"} ${format.minute(at)}: ${polishSize(Math.abs(points), "points", format)}.`,
		noMember: "Osoba nie należy do programu, a punkty zdobywają tylko jego członkowie.",
	},
	en: {
		balance: ({ programme, balance, earned }, format) => {
			const name = programme ? englishName("balance", programme.id, format).name : "the score";
			const all = earned === undefined ? "" : `; ever earned: ${englishSize(earned, "points", format)}`;
			return `${name} is ${englishSize(balance, "points", format)}${all}`;
		},
		source: (of, reward, format) => {
			switch (of.is) {
				case "rule":
					return `the rule ${format.name("rules", of.rule)}`;
				case "spending":
					return reward === undefined ? "spent" : `spent on the reward ${format.quote(reward)}`;
				case "expiry":
					return `expired from the rule ${format.name("rules", of.rule)}`;
				case "fading":
					return "faded with time";
				case "hand":
					return "by hand or through the API";
			}
		},
		line: ({ times, points, lastAt }, limit, format) =>
			`${englishTimes(times, format)}${limit}, ${englishSize(points, "points", format)} in all, last on ${format.minute(lastAt)}`,
		untold: (points, format) =>
			`Not in the history that is seen here: ${englishSize(points, "points", format)}.`,
		idle: ({ id, points }, when, format) =>
			`Never yet: the rule ${format.name("rules", id)}, ${englishSize(points, "points", format)}, ${when}.`,
		tier: (tier, format) =>
			tier
				? `The tier is ${format.quote(tier.name)} (from ${englishSize(tier.from, "points", format)}).`
				: "No tier has been reached yet.",
		next: (next, format) =>
			`The tier ${format.quote(next.tier.name)} is ${englishSize(next.missing, "points", format)} away.`,
		highest: "There is no higher tier.",
		noTiers: "There are no tiers here.",
		lapse: ({ at, points }, format) =>
			`Time alone will ${points < 0 ? "give back" : "take"} ${englishSize(Math.abs(points), "points", format)} on ${format.minute(at)}.`,
		noMember: "The person is not a member of the programme, and only members earn.",
	},
};

/** The balance, as one sentence. */
export function scoreSentence(because: ScoreBecause, language: Language, context: Context = {}): string {
	return `${capital(words[language].balance(because, formatOf(language, context)))}.`;
}

/** What the balance is made of, the tier, what time takes next, and the rules that never gave: a sentence for each. */
export function scoreSentences(
	{ programme, lines, untold, limits, idle, tier, lapse, isMember }: ScoreBecause,
	language: Language,
	context: Context = {},
): readonly string[] {
	const say = words[language];
	const format = formatOf(language, context);
	const limitText = (rule: string): string => {
		const limit = limits.get(rule);
		return limit === undefined ? "" : ` (${limitWords[language](limit, format.number)})`;
	};
	return [
		...lines.map((line) => {
			const { of } = line;
			const reward = of.is === "spending" && of.reward !== undefined ? of.reward : undefined;
			const name = programme?.rewards.find(({ id }) => id === reward)?.name ?? reward;
			const limit = of.is === "rule" ? limitText(of.rule) : "";
			return `${capital(say.source(of, name, format))}: ${say.line(line, limit, format)}.`;
		}),
		...(untold !== 0 ? [say.untold(untold, format)] : []),
		...(programme && programme.tiers.length > 0 ? [say.tier(tier, format)] : []),
		...(lapse ? [say.lapse(lapse, format)] : []),
		...(isMember ? [] : [say.noMember]),
		...idle.map((rule) => say.idle(rule, whenClause(rule.when, limitOf(rule), language, context), format)),
	];
}

/** How far the next tier is. */
export function nextTierSentence(
	{ next, programme }: ScoreBecause,
	language: Language,
	context: Context = {},
): string {
	const say = words[language];
	if (next) return say.next(next, formatOf(language, context));
	return programme && programme.tiers.length > 0 ? say.highest : say.noTiers;
}
