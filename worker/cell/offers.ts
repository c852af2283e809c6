// What a page is shown, decided from what the cell knows by now, and the claims by which it is counted. Synchronous, and in
// the transaction in which the events of the same request were recorded.

import { choose, decide, objection, type Question } from "../domain/decision.ts";
import { type Event, eventNames } from "../domain/event.ts";
import { type Environment, emptyFacts, record } from "../domain/facts.ts";
import { inSiteCurrency } from "../domain/money.ts";
import type { PageNow } from "../domain/page.ts";
import { evaluate } from "../domain/predicate.ts";
import { touchOf } from "../domain/source.ts";
import { interrupts } from "../domain/surface.ts";
import { foldPath } from "../domain/text.ts";
import { themeOf } from "../domain/theme.ts";
import { opensAtOnce } from "../domain/trigger.ts";
import { addressOf } from "../platform/address.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Claim, Grant, Page } from "../protocol/collect.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { attended, isLandingOn, remember, visitFor } from "./attending.ts";
import { keep, type Passage, type SiteFacts } from "./collect.ts";
import { isFirst, memoryOf, rememberClaim } from "./state.ts";

/** The answer to a claim: granted once, and granted counts as shown. The same claim id gets the same answer. */
export function claim(passage: Passage, { id, experience }: Claim): Grant {
	const { state, rules, part, now } = passage;
	const answered = state.claims.find(([known]) => known === id);
	if (answered) return { id, granted: answered[1] };
	const wanted = rules.experiences.find((one) => one.id === experience);
	// The claim becomes the id of "Experience Shown": one that was an event's already would be two rows under one key.
	const question = questionOf(passage, true);
	const granted =
		wanted !== undefined &&
		objection(wanted, question) === undefined &&
		isFirst(memoryOf(state, part), id, now);
	rememberClaim(state, id, granted);
	if (granted) {
		// Decided again, so that the reasons kept are those of the moment in which it opened.
		const { candidates } = decide(rules.experiences, question, wanted);
		const { id: experience, revision } = wanted;
		const inline = !interrupts(wanted);
		const props = { experience, revision, path: pathOf(passage.page), ...(inline && { inline }) };
		remember(passage, wanted);
		keep(passage, { id, name: eventNames.experienceShown, at: now, props }, {}, candidates);
	}
	return { id, granted };
}

/** What this page should show. What opens at once on a visible page is claimed here, which saves a round trip. */
export function offer(passage: Passage): readonly Offer[] {
	const { rules, page, now } = passage;
	return choose(rules.experiences, questionOf(passage, false)).flatMap((shown) => {
		const opensNow = opensAtOnce(shown.trigger) && page.visible;
		const claimId = opensNow ? uuidv7(now) : undefined;
		// Of two that share bounds the first may have used them up.
		if (claimId && !claim(passage, { id: claimId, experience: shown.id }).granted) return [];
		const visit = visitFor(passage, shown);
		return [{ ...offerOf(shown, passage, claimId), ...(visit && { visit }) }];
	});
}

/** Contextual experiences for someone of whom nothing may be known or kept: by this page and browser alone. */
export function offerToNobody(
	{ rules, site }: Pick<Passage, "rules" | "site">,
	page: Page,
	environment: Environment,
	now: number,
): readonly Offer[] {
	const facts = emptyFacts();
	const address = addressOf(page.url);
	const touch =
		address && page.referrer !== undefined
			? touchOf(address, addressOf(page.referrer), site.ownHosts)
			: undefined;
	const glimpse: Event = { id: "", name: eventNames.pageViewed, at: now, props: {} };
	record(facts, glimpse, rules.watch, { environment, ...(touch && { touch }) });
	const verdicts = evaluate(rules.program, { facts, identity: "anonymous" }, now);
	const question: Question = {
		now,
		page: pageNow(page, environment, site),
		isIn: (segment) => verdicts.is(rules.segments.get(segment) ?? -1),
		mayUse: (segment) => rules.contextual.has(segment),
		attention: {},
		accounts: rules.accounts,
		bought: [],
		isLanding: () => isLandingOn(page, environment.device, site),
		interruptions: [],
		opening: "nothing",
	};
	return choose(rules.experiences, question).map((shown) => offerOf(shown, { page, site }, undefined));
}

function questionOf(passage: Passage, isClaimed: boolean): Question {
	const { state, page, environment, site, now } = passage;
	return {
		now,
		page: pageNow(page, environment, site),
		isIn: (segment) => Object.hasOwn(state.standing.segments, segment),
		mayUse: () => true,
		isLanding: () => isLandingOn(page, environment.device, site),
		...attended(passage, isClaimed),
	};
}

function pageNow(page: Page, { timeZone }: Environment, site: SiteFacts): PageNow {
	const { url, referrer } = page;
	return {
		url,
		path: pathOf(page),
		params: addressOf(url)?.params ?? {},
		...(referrer === undefined ? {} : { referrer }),
		...saidOf(page, site),
		zones: { site: site.timeZone, ...(timeZone === undefined ? {} : { visitor: timeZone }) },
	};
}

/** What a page says that it is about. A price whose rate is not known is none. */
export function saidOf(
	{ title, product }: Pick<Page, "title" | "product">,
	{ money: { rates, currency: siteCurrency } }: Pick<SiteFacts, "money">,
): Pick<PageNow, "title" | "product"> {
	if (!product) return title === undefined ? {} : { title };
	const { price: said, currency, ...rest } = product;
	const price = said === undefined ? undefined : inSiteCurrency(said, currency, rates, siteCurrency);
	return {
		...(title === undefined ? {} : { title }),
		product: { ...rest, ...(price === undefined ? {} : { price }) },
	};
}

function pathOf(page: Page): string {
	return foldPath(addressOf(page.url)?.path ?? "/");
}

function offerOf(
	shown: Experience,
	{ page, site }: Pick<Passage, "page" | "site">,
	claimId: string | undefined,
): Offer {
	const wanted = page.language?.toLowerCase().startsWith("pl") ? "pl" : "en";
	const language = shown.content[wanted] ? wanted : wanted === "pl" ? "en" : "pl";
	const content = shown.content[language];
	if (!content) throw new Error("an experience without content was published");
	return {
		experience: shown.id,
		revision: shown.revision,
		kind: shown.kind ?? "popup",
		surface: shown.surface ?? { kind: "modal" },
		trigger: shown.trigger,
		language,
		theme: themeOf({ ...site.theme, ...shown.theme }),
		content,
		...(claimId === undefined ? {} : { claim: claimId }),
	};
}
