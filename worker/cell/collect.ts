// One request of a page: its events recorded, its claims granted, its decision made. Synchronous from end to end and
// run inside one transaction; nothing here knows the platform.

import type { Identifier } from "../domain/contact.ts";
import { type Candidate, choose, decide, objection, type Question } from "../domain/decision.ts";
import { type Event, eventNames, isDerived, type Scalar } from "../domain/event.ts";
import { type Circumstances, type Environment, emptyFacts, record } from "../domain/facts.ts";
import { introducedBy } from "../domain/introduction.ts";
import { defaultCurrency, inSiteCurrency, type MoneySettings, withSiteAmounts } from "../domain/money.ts";
import type { PageNow } from "../domain/page.ts";
import { read } from "../domain/person.ts";
import { evaluate } from "../domain/predicate.ts";
import type { Rules } from "../domain/rules.ts";
import { type Touch, touchOf } from "../domain/source.ts";
import { arrive } from "../domain/standing.ts";
import { foldPath } from "../domain/text.ts";
import { type Tokens, themeOf } from "../domain/theme.ts";
import { opensAtOnce } from "../domain/trigger.ts";
import { visitGapMs } from "../domain/visit.ts";
import { addressOf } from "../platform/address.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Claim, CollectEvent, DropReason, Grant, Page, Verdict } from "../protocol/collect.ts";
import type { Offer } from "../protocol/experience.ts";
import { limits } from "../protocol/limits.ts";
import type { Experience, SiteSettings } from "../protocol/site.ts";
import { isFirst, knowBy, type Memory, memoryOf, rememberClaim, type State } from "./state.ts";

/** An event as history keeps it, with what it caused and what is known beside it. */
export interface Entry {
	readonly event: Event;
	readonly effects: readonly Event[];
	readonly touch?: Touch;
	readonly environment?: Environment;
	readonly decision?: readonly Candidate[];
}

/** What of a site's settings a request is read by. */
export interface SiteFacts {
	/** The site's other hosts: whoever comes from one was here already. */
	readonly ownHosts: readonly string[];
	/** IANA. */
	readonly timeZone: string;
	readonly money: MoneySettings;
	readonly theme?: Tokens;
}

export function siteFactsOf(settings: SiteSettings): SiteFacts {
	const { origins, timeZone = "Europe/Warsaw", currency = defaultCurrency, rates = {}, theme } = settings;
	return {
		ownHosts: origins.map((origin) => new URL(origin).hostname),
		timeZone,
		money: { currency, rates },
		...(theme && { theme }),
	};
}

/** One browser's request on its way through the cell. `entries` gathers what history will tell of it. */
export interface Passage {
	readonly state: State;
	readonly rules: Rules<Experience>;
	readonly site: SiteFacts;
	readonly part: string;
	readonly environment: Environment;
	readonly page: Page;
	readonly now: number;
	readonly entries: Entry[];
}

/** An event that is to be recorded, with what it says of the person; or the verdict that ends it. */
export type Examined =
	| {
			readonly is: "sound";
			readonly event: Event;
			readonly attributes: Readonly<Record<string, Scalar>>;
			readonly identifiers: readonly Identifier[];
	  }
	| { readonly is: "settled"; readonly verdict: Verdict };

/**
 * Whether an event is due: once, in time, and not in the rules' own name. From here on it counts as having come.
 * `skew` is what the browser's clock is behind ours, in ms.
 */
export function examine(
	memory: Memory,
	sent: CollectEvent,
	skew: number,
	now: number,
	money: MoneySettings,
): Examined {
	const { id } = sent;
	const dropped = (why: DropReason): Examined => ({
		is: "settled",
		verdict: { id, verdict: "dropped", why },
	});
	if (isDerived(sent.name)) return dropped("reserved-name");
	const at = Math.min(sent.at + skew, now);
	if (at < Math.max(now - limits.eventAgeMs, memory.seenFrom)) return dropped("expired");
	const event = withSiteAmounts({ id, name: sent.name, at, props: sent.props ?? {} }, money);
	const introduction = introducedBy(event);
	if (!introduction) return dropped("malformed");
	if (!isFirst(memory, id, at)) return { is: "settled", verdict: { id, verdict: "duplicate" } };
	return { is: "sound", event, ...introduction };
}

export type Sound = Extract<Examined, { is: "sound" }>;

/** Records a sound event, and lets the rules react. */
export function take(passage: Passage, { event, attributes, identifiers }: Sound): Verdict {
	const touch = touchAt(passage, event);
	const environment = event.name === eventNames.pageViewed ? passage.environment : undefined;
	if (identifiers.length > 0) passage.state.standing.identity = "monitored";
	knowBy(passage.state, identifiers);
	keep(passage, event, { ...(touch && { touch }), ...(environment && { environment }), attributes });
	return { id: event.id, verdict: "ok" };
}

/** Records an event of the passage, and lets the rules react. */
export function keep(
	passage: Passage,
	event: Event,
	circumstances: Circumstances,
	decision?: readonly Candidate[],
): void {
	const { state, rules, part, now, entries } = passage;
	const effects = arrive(state.standing, rules, { id: part, kind: "browser" }, event, circumstances, now);
	state.lastActivityAt = Math.max(state.lastActivityAt, event.at);
	const { touch, environment } = circumstances;
	entries.push({
		event,
		effects,
		...(touch && { touch }),
		...(environment && { environment }),
		...(decision && { decision }),
	});
}

/**
 * Where a page view came from. A page without a referrer inside a visit tells nothing new: only a visit that begins
 * without one is direct. A referrer that the page could not know is unknown, never direct.
 */
export function touchAt(
	passage: Pick<Passage, "state" | "site">,
	{ name, at, props }: Event,
): Touch | undefined {
	if (name !== eventNames.pageViewed || typeof props.url !== "string" || typeof props.referrer !== "string") {
		return undefined;
	}
	const page = addressOf(props.url);
	const touch = page && touchOf(page, addressOf(props.referrer), passage.site.ownHosts);
	if (touch?.source !== "(direct)") return touch;
	const { visits } = read(passage.state.standing.person);
	return visits.some((visit) => visit[0] - visitGapMs <= at && at <= visit[1] + visitGapMs)
		? undefined
		: touch;
}

/** The answer to a claim: granted once, and granted counts as shown. The same claim id gets the same answer. */
export function claim(passage: Passage, { id, experience }: Claim): Grant {
	const { state, rules, part, now } = passage;
	const answered = state.claims.find(([known]) => known === id);
	if (answered) return { id, granted: answered[1] };
	const wanted = rules.experiences.find((one) => one.id === experience);
	// The claim becomes the id of "Experience Shown": one that was an event's already would be two rows under one key.
	const granted =
		wanted !== undefined &&
		objection(wanted, questionOf(passage)) === undefined &&
		isFirst(memoryOf(state, part), id, now);
	rememberClaim(state, id, granted);
	if (granted) {
		// Decided again, so that the reasons kept are those of the moment in which it opened.
		const { candidates } = decide(rules.experiences, questionOf(passage));
		const props = { experience: wanted.id, revision: wanted.revision, path: pathOf(passage.page) };
		keep(passage, { id, name: eventNames.experienceShown, at: now, props }, {}, candidates);
	}
	return { id, granted };
}

/** What this page should show. What opens at once on a visible page is claimed here, which saves a round trip. */
export function offer(passage: Passage): readonly Offer[] {
	const { rules, page, now } = passage;
	return choose(rules.experiences, questionOf(passage)).map((shown) => {
		const opensNow = opensAtOnce(shown.trigger) && page.visible;
		const claimId = opensNow ? uuidv7(now) : undefined;
		if (claimId) claim(passage, { id: claimId, experience: shown.id });
		return offerOf(shown, passage, claimId);
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
	};
	return choose(rules.experiences, question).map((shown) => offerOf(shown, { page, site }, undefined));
}

export function questionOf({
	state,
	page,
	environment,
	site,
	now,
}: Pick<Passage, "state" | "page" | "environment" | "site" | "now">): Question {
	return {
		now,
		page: pageNow(page, environment, site),
		isIn: (segment) => Object.hasOwn(state.standing.segments, segment),
		mayUse: () => true,
		attention: read(state.standing.person).attention,
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
