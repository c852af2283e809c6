// Why somebody has a tag, has so many points, or is shown something: the golden file is written to be read aloud.

import { expect, test } from "vitest";
import { explainDecision } from "../../worker/domain/because-decision.ts";
import { explainScore } from "../../worker/domain/because-score.ts";
import { explainTag, tagChange } from "../../worker/domain/because-tag.ts";
import { completedOrders } from "../../worker/domain/completed.ts";
import type { Definitions } from "../../worker/domain/definition.ts";
import { type Event, isDerived } from "../../worker/domain/event.ts";
import type { Circumstances } from "../../worker/domain/facts.ts";
import type { PageNow } from "../../worker/domain/page.ts";
import { changeSentence } from "../../worker/domain/words/change.ts";
import { decisionChange, decisionSentences, experienceSentence } from "../../worker/domain/words/decision.ts";
import { type Context, type Language, languages } from "../../worker/domain/words/language.ts";
import { nextTierSentence, scoreSentence, scoreSentences } from "../../worker/domain/words/score.ts";
import { tagSentence, tagSentences } from "../../worker/domain/words/tag.ts";
import written from "../cases/explanations.json" with { type: "json" };
import { calm } from "../support/question.ts";
import { type Story, story } from "../support/story.ts";

/** What is asked of whom this happened to, and what is said: the rule or number, what is so, the smallest change. */
type Case = Readonly<Record<Language, readonly string[]>> & {
	readonly events: readonly (Pick<Event, "name" | "props"> & { readonly at: string } & Circumstances)[];
} & (
		| { readonly tag: string }
		| { readonly score: string | null }
		| ({
				readonly page: string;
				readonly experience: string;
				/** What the site spares its visitors; where the phone comes from; and what is open in another tab. */
				readonly attention?: NonNullable<Definitions["attention"]>;
				readonly isLanding?: boolean;
				readonly interruption?: readonly { readonly experience: string; readonly at: string }[];
		  } & Pick<PageNow, "title" | "product">)
	);
// The import's type is the union of all that is written there; the cases are ours, so there is nothing to parse.
const { definitions, cases } = written as unknown as {
	readonly definitions: Definitions;
	readonly cases: readonly Case[];
};

const now = Date.parse("2026-11-27T13:05:00Z");
const named = (list: readonly { readonly id: string; readonly name: string }[] = []) =>
	Object.fromEntries(list.map(({ id, name }) => [id, name]));
const context: Context = {
	timeZone: "Europe/Warsaw",
	currency: "PLN",
	segments: named(definitions.segments),
	programmes: named(definitions.programmes),
	rules: named(definitions.scoreRules),
	experiences: named(definitions.experiences),
	groups: named(definitions.groups),
};
const conditionOf = (id: string) => definitions.segments.find((one) => one.id === id)?.condition;

function lived({ events, ...asked }: Case): Story {
	const life = story({ ...definitions, ...("attention" in asked && { attention: asked.attention }) });
	for (const [i, { name, at, props, ...circumstances }] of events.entries()) {
		const when = Date.parse(at);
		if (isDerived(name)) life.byHand({ id: `hand-${i}`, name, at: when, props });
		else life.happen(name, when, props, "browser", circumstances);
	}
	life.pass(now);
	return life;
}

function said(one: Case, language: Language): readonly string[] {
	const { standing, entries, rules, facts } = lived(one);
	if ("tag" in one) {
		const why = explainTag(one.tag, standing, definitions, entries, now, conditionOf);
		const change = changeSentence(tagChange(why, now), language, context, "tag");
		return [tagSentence(why, language, context), ...tagSentences(why, language, context), change];
	}
	if ("score" in one) {
		const programme = definitions.programmes?.find(({ id }) => id === one.score);
		const why = explainScore(programme, standing.person, definitions, entries);
		const rest = [...scoreSentences(why, language, context), nextTierSentence(why, language, context)];
		return [scoreSentence(why, language, context), ...rest];
	}
	const { title, product, interruption = [] } = one;
	const page = {
		url: one.page,
		path: one.page,
		params: {},
		...(title && { title }),
		...(product && { product }),
		zones: { site: "Europe/Warsaw" },
	};
	const isIn = (segment: string) => Object.hasOwn(standing.segments, segment);
	const question = {
		...calm,
		now,
		page,
		isIn,
		attention: facts().attention,
		accounts: rules.accounts,
		bought: completedOrders(facts().orders ?? {}).map(({ at }) => at),
		isLanding: () => one.isLanding ?? false,
		interruptions: interruption.map(({ at, ...rest }) => ({ ...rest, view: "", at: Date.parse(at) })),
	};
	const subject = { facts: facts(), identity: standing.identity };
	const each = explainDecision(rules.experiences, question, subject, conditionOf);
	const why = each.find(({ experience }) => experience === one.experience);
	if (!why) throw new Error(`${one.experience} is no experience`);
	return [
		experienceSentence(why.of, language, context),
		...decisionSentences(why, language, context),
		decisionChange(why, language, context),
	];
}

/** With plain spaces, as the golden file has them. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test.each(languages)("in %s every explanation is as it was written", (language: Language) => {
	for (const one of cases) expect(said(one, language).map(plain)).toEqual(one[language]);
});
