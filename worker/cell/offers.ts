// What a page is shown, decided from what the cell knows by now, and the claims by which it is counted. Synchronous, and in
// the transaction in which the events of the same request were recorded.

import type { PersonalWords } from "../content/call.ts";
import { choose, decide, objection, type Question } from "../domain/decision.ts";
import { type Event, eventNames } from "../domain/event.ts";
import { type Environment, emptyFacts, record } from "../domain/facts.ts";
import { hashOf } from "../domain/hash.ts";
import { own } from "../domain/keyed.ts";
import { inSiteCurrency } from "../domain/money.ts";
import type { PageNow } from "../domain/page.ts";
import { read } from "../domain/person.ts";
import { evaluate } from "../domain/predicate.ts";
import type { Taste } from "../domain/recommend/recipe.ts";
import { touchOf } from "../domain/source.ts";
import { interrupts } from "../domain/surface.ts";
import { foldPath } from "../domain/text.ts";
import { type Theme, type Tokens, themeOf } from "../domain/theme.ts";
import { opensAtOnce } from "../domain/trigger.ts";
import { isHeldOut, variantOf } from "../domain/variant.ts";
import { addressOf } from "../platform/address.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Claim, CollectEvent, Grant, Page } from "../protocol/collect.ts";
import type { Content, Given, Offer } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { needsOf } from "../protocol/texts.ts";
import { attended, isLandingOn, remember, visitFor } from "./attending.ts";
import type { CollectCall, Filling } from "./call.ts";
import { keep, type Passage, type SiteFacts } from "./collect.ts";
import { isAnswered, stillAsked } from "./forms.ts";
import { contentFor, give, givesOnce, offeredOf, runOutOf, sampleOf, setWith, toldTo } from "./gifts.ts";
import { wordsFor } from "./personal.ts";
import { isFirst, memoryOf, rememberClaim } from "./state.ts";
import { tasteFor, tasteOfNobody } from "./taste.ts";

/**
 * The answer to a claim: granted once, and granted counts as shown. The same claim id gets the same answer. None yet where it
 * is not known whether what it gives is to be had: then the claim is to be made again.
 */
export function claim(passage: Passage, { id, experience }: Claim): Grant | undefined {
	const { state, rules, part, now, codes } = passage;
	const wanted = rules.experiences.find((one) => one.id === experience);
	const answered = state.claims.find(([known]) => known === id);
	if (answered) {
		const [, granted, , of = experience] = answered;
		return grantOf(id, granted && of === experience, wanted, passage);
	}
	// The claim becomes the id of "Experience Shown": one that was an event's already would be two rows under one key.
	const question = questionOf(passage, true);
	const isDue =
		wanted !== undefined && !isHeldOut(passage.person, wanted) && objection(wanted, question) === undefined;
	const set = isDue ? setWith(contentIn(wanted, passage), wanted.id, passage) : {};
	if (codes && codes.lacking.size > 0) return undefined;
	const granted = isDue && isFirst(memoryOf(state, part), id, now);
	rememberClaim(state, granted ? [id, true, now, experience] : [id, false]);
	if (granted) {
		// Decided again, so that the reasons kept are those of the moment in which it opened.
		const { candidates } = decide(rules.experiences, question, wanted);
		const inline = !interrupts(wanted);
		const props = {
			...editionOf(wanted, variantOf(passage.person, wanted)),
			path: pathOf(passage.page),
			...(inline && { inline }),
			...set,
		};
		remember(passage, wanted);
		keep(passage, { id, name: eventNames.experienceShown, at: now, props }, {}, candidates);
	}
	return grantOf(id, granted, wanted, passage);
}

function grantOf(id: string, granted: boolean, experience: Experience | undefined, passage: Passage): Grant {
	const given = granted && experience ? givenWith(experience, "granted", passage) : undefined;
	return { id, granted, ...(given && { given }) };
}

function givenWith(
	experience: Experience,
	when: "granted" | "submitted",
	passage: Passage,
): Given | undefined {
	return give({ id: experience.id, content: contentIn(experience, passage) }, when, passage);
}

function contentIn(experience: Experience, { page, person }: Pick<Passage, "page" | "person">): Content {
	return contentFor(experience, page.language, variantOf(person, experience)).content;
}

/** What every event of an experience says of it. */
function editionOf({ id, revision }: Experience, variant: string) {
	return { experience: id, revision, ...(variant && { variant }) };
}

/**
 * What stands behind a form that was submitted, if anything does: for whoever was shown it and told what it asks for. A page
 * may say that a form was submitted without either.
 */
export function reward(passage: Passage, { id, props = {} }: CollectEvent): Grant | undefined {
	const { rules, state } = passage;
	const experience = rules.experiences.find((one) => one.id === props.experience);
	if (!experience || !own(read(state.standing.person).attention, experience.id)?.shown) return undefined;
	if (!isAnswered(contentIn(experience, passage), props)) return undefined;
	const given = givenWith(experience, "submitted", passage);
	return given && { id, granted: true, given };
}

/**
 * What this page should show. What opens at once on a visible page is claimed here, which saves a round trip. `isAgain`: the
 * page view came before, and its answer may have been lost: what it was granted then, it is granted.
 */
export function offer(passage: Passage, isAgain: boolean): Shown {
	const { rules, page, codes } = passage;
	const before = isAgain ? rules.experiences.filter((one) => wasGranted(one, passage)) : [];
	const { shown: chosen, held } = choose(rules.experiences, questionOf(passage, false), before);
	// A wheel asks for codes as it is turned.
	for (const one of chosen) if (opensAtOnce(one.trigger)) setWith(contentIn(one, passage), one.id, passage);
	// Nothing is claimed before it is known what there is to give: the page is decided for again then.
	if (codes && codes.lacking.size > 0) return { show: [] };
	for (const one of held) qualify(passage, one);
	const show = chosen.flatMap((shown) => {
		const opensNow = opensAtOnce(shown.trigger) && page.visible;
		const id = claimIdOf(shown, passage);
		const grant = opensNow ? claim(passage, { id, experience: shown.id }) : undefined;
		// Of two that share bounds the first may have used them up.
		if (opensNow && !grant?.granted) return [];
		qualify(passage, shown);
		const offered = offerOf(shown, passage, grant);
		const visit = visitFor(passage, shown);
		return [{ ...offered, content: stillAsked(offered.content, passage), ...(visit && { visit }) }];
	});
	return filling(
		framesLast(show),
		() => wordsFor(passage),
		() => tasteFor(passage, saidOf(page, passage.site), show),
	);
}

/**
 * The same for the same page view, where the page says which that is: its UUIDv7 with another end, for a page view is an
 * event too. Its chance is all that tells ids apart; what the experience adds need not be hard to guess, and a digest of
 * SHA-256 would be the dearest line of a page view.
 */
function claimIdOf({ id }: Experience, { page: { view }, now }: Passage): string {
	if (view === undefined) return uuidv7(now);
	const end = (Number.parseInt(view.slice(-8), 16) ^ (hashOf(id) || 1)) >>> 0;
	return `${view.slice(0, -8)}${end.toString(16).padStart(8, "0")}`;
}

function wasGranted(experience: Experience, passage: Passage): boolean {
	const id = claimIdOf(experience, passage);
	return passage.state.claims.some(([known, granted]) => known === id && granted);
}

/**
 * That it was offered, or would have been to somebody else, is told once in each visit: so reports tell how many had the
 * chance of seeing it.
 */
function qualify(passage: Passage, experience: Experience): void {
	const { state, now, person } = passage;
	const { attention, visits } = read(state.standing.person);
	const known = own(attention, experience.id)?.qualifiedAt;
	const [began = now] = visits.at(-1) ?? [];
	if (known !== undefined && known >= began) return;
	const props = editionOf(experience, variantOf(person, experience));
	keep(passage, { id: uuidv7(now), name: eventNames.experienceQualified, at: now, props }, {});
}

/** What a page should show, and what only the content Worker can fill it with. */
export interface Shown {
	readonly show: readonly Offer[];
	readonly fill?: Filling;
}

export function filling(show: readonly Offer[], words: () => PersonalWords, taste: () => Taste): Shown {
	const needs = show.map(({ content }) => needsOf(content));
	if (!needs.some((one) => one.words || one.products)) return { show };
	return {
		show,
		fill: {
			words: needs.some((one) => one.words) ? words() : { person: {} },
			...(needs.some((one) => one.products) && { taste: taste() }),
		},
	};
}

/** The product that a page says it is about, of which a preview needs no price. */
export function seenOn({ product }: Page): Pick<PageNow, "product"> {
	if (!product) return {};
	const { price: _, currency: __, ...rest } = product;
	return { product: rest };
}

/** As the site's own people see it beforehand: granted, with samples of what it gives, and counted nowhere. */
export function previewed(
	experience: Experience,
	{ page, site }: { readonly page: Page; readonly site: Pick<SiteFacts, "theme"> },
	words: () => PersonalWords,
	taste: (show: readonly Offer[]) => Taste,
	now: number,
): Shown {
	const given = sampleOf(contentFor(experience, page.language).content, now);
	const show = [
		offerOf(experience, { page, site }, { id: "preview", granted: true, ...(given && { given }) }),
	];
	return filling(show, words, () => taste(show));
}

/**
 * Contextual experiences for someone of whom nothing may be known or kept: by this page and browser alone. None that gives
 * something, which is given to each but once.
 */
export function toNobody(
	{ rules, site }: Pick<Passage, "rules" | "site">,
	{ decide: isAsked, page, environment }: Pick<CollectCall, "decide" | "page" | "environment">,
	now: number,
): Shown {
	if (!isAsked) return { show: [] };
	const facts = emptyFacts();
	const address = addressOf(page.url);
	const touch =
		address && page.referrer !== undefined
			? touchOf(address, addressOf(page.referrer), site.ownHosts)
			: undefined;
	const glimpse: Event = { id: "", name: eventNames.pageViewed, at: now, props: {} };
	record(facts, glimpse, rules.watch, { environment, ...(touch && { touch }) });
	const verdicts = evaluate(rules.program, { facts, identity: "anonymous" }, now);
	const question: Question<Experience> = {
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
	const open = rules.experiences.filter((one) => !givesOnce(contentFor(one, page.language).content));
	const { shown } = choose(open, question);
	const show = framesLast(shown.map((one) => offerOf(one, { page, site }, undefined)));
	return filling(
		show,
		() => ({ person: {} }),
		() => tasteOfNobody(question.page, now),
	);
}

function questionOf(passage: Passage, isClaimed: boolean): Question<Experience> {
	const { state, page, environment, site, now, codes } = passage;
	return {
		now,
		page: pageNow(page, environment, site),
		isIn: (segment) => Object.hasOwn(state.standing.segments, segment),
		mayUse: () => true,
		isLanding: () => isLandingOn(page, environment.device, site),
		...attended(passage, isClaimed),
		isHeldOut: (experience) => isHeldOut(passage.person, experience),
		runOut: (experience) =>
			runOutOf(contentIn(experience, passage), experience.id, {
				person: state.standing.person,
				codes,
				now,
				told: () => toldTo(passage),
			}),
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

export function offerOf(
	shown: Experience,
	{
		page,
		site,
		person,
	}: {
		readonly page: Pick<Page, "language">;
		readonly site: Pick<SiteFacts, "theme">;
		/** Who gets it; nobody where absent. */
		readonly person?: string;
	},
	grant: Grant | undefined,
): Offer {
	const variant = person === undefined ? "" : variantOf(person, shown);
	const { language, content } = contentFor(shown, page.language, variant);
	return {
		experience: shown.id,
		revision: shown.revision,
		chunk: isPlainFrame(shown, content) ? "frame" : "popup",
		kind: shown.kind ?? "popup",
		surface: shown.surface ?? { kind: "modal" },
		trigger: shown.trigger,
		language,
		theme: themeFor({ ...site.theme, ...shown.theme }),
		content: offeredOf(content),
		...(grant && { claim: grant.id, ...(grant.given && { given: grant.given }) }),
	};
}

/**
 * Of the few brands that a site has: to find colours that can be read takes longer than all else that an offer is made of.
 * Offers of one brand share one object, which then crosses to the edge once.
 */
const themes = new Map<string, Theme>();
const rememberedThemes = 100;

function themeFor(tokens: Tokens): Theme {
	const key = JSON.stringify(tokens);
	const known = themes.get(key);
	if (known) return known;
	const theme = themeOf(tokens);
	if (themes.size >= rememberedThemes) themes.clear();
	themes.set(key, theme);
	return theme;
}

/** Recommended products in a place of their own, at once, under a heading at most. */
function isPlainFrame({ kind, surface, trigger }: Experience, { blocks, steps }: Content): boolean {
	return (
		kind === "frame" &&
		surface?.kind === "inline" &&
		"kind" in trigger &&
		trigger.kind === "at-once" &&
		!steps &&
		blocks.every((block) => block.kind === "heading" || block.kind === "products")
	);
}

function framesLast(show: readonly Offer[]): readonly Offer[] {
	const isLast = ({ chunk }: Offer) => chunk === "frame";
	return [...show.filter((offer) => !isLast(offer)), ...show.filter(isLast)];
}
