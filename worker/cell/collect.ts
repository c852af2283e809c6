// The events of one request of a page, recorded with whom they are of. Synchronous from end to end and run inside one
// transaction; nothing here knows the platform. What the page is then shown: offers.ts.

import type { Identifier } from "../domain/contact.ts";
import type { Candidate } from "../domain/decision.ts";
import { type Event, eventNames, isDerived, type Properties, type Scalar } from "../domain/event.ts";
import type { Circumstances, Environment } from "../domain/facts.ts";
import { introducedBy } from "../domain/introduction.ts";
import { own } from "../domain/keyed.ts";
import { defaultCurrency, type MoneySettings, withSiteAmounts } from "../domain/money.ts";
import { read } from "../domain/person.ts";
import type { Rules } from "../domain/rules.ts";
import { type Touch, touchOf } from "../domain/source.ts";
import { arrive } from "../domain/standing.ts";
import { type StoredEffect, storedEffect } from "../domain/stored.ts";
import type { Tokens } from "../domain/theme.ts";
import { variantOf } from "../domain/variant.ts";
import { type Opening, openingAt, visitGapMs } from "../domain/visit.ts";
import { addressOf } from "../platform/address.ts";
import type { CollectEvent, DropReason, Page, Verdict } from "../protocol/collect.ts";
import { limits } from "../protocol/limits.ts";
import type { Experience, SiteSettings } from "../protocol/site.ts";
import { heed, withdrawn } from "./attending.ts";
import type { Codes } from "./codes.ts";
import { isFirst, knowBy, type Memory, type State } from "./state.ts";

/** An event as history keeps it, with what it caused and what is known beside it. */
export interface Entry {
	readonly event: Event;
	readonly effects: readonly Event[];
	readonly touch?: Touch;
	readonly environment?: Environment;
	readonly decision?: readonly Candidate[];
	readonly opens?: Opening;
}

/** As the outbox tells it: an effect with its own time and cause, which are those of the event, would be twice as long. */
export type ToldEntry = Omit<Entry, "effects"> & { readonly effects?: readonly StoredEffect[] };

export function toldOf({ effects, ...entry }: Entry): ToldEntry {
	return { ...entry, effects: effects.map(storedEffect) };
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
	/** Whose request it is. */
	readonly person: string;
	readonly part: string;
	readonly environment: Environment;
	readonly page: Page;
	readonly now: number;
	readonly entries: Entry[];
	/** What coupons are given out of; nothing is given where absent. */
	readonly codes?: Codes;
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
	const event = withSiteAmounts({ id, name: sent.name, at, props: saidIn(sent) }, money);
	const introduction = introducedBy(event);
	if (!introduction) return dropped("malformed");
	if (!isFirst(memory, id, at)) return { is: "settled", verdict: { id, verdict: "duplicate" } };
	return { is: "sound", event, ...introduction };
}

/** What of its properties is the sender's to say: not that a showing is taken back. */
export function saidIn({ name, props = {} }: CollectEvent): Properties {
	if (name !== eventNames.experienceMissed) return props;
	const { shownAt: _, ...rest } = props;
	return rest;
}

export type Sound = Extract<Examined, { is: "sound" }>;

/** Records a sound event, and lets the rules react. */
export function take(passage: Passage, { event: sound, attributes, identifiers }: Sound): Verdict {
	const event = withdrawn(passage.state, inVariant(passage, sound));
	const touch = touchAt(passage, event);
	const environment = event.name === eventNames.pageViewed ? passage.environment : undefined;
	if (identifiers.length > 0) passage.state.standing.identity = "monitored";
	knowBy(passage.state, identifiers);
	keep(passage, event, { ...(touch && { touch }), ...(environment && { environment }), attributes });
	return { id: event.id, verdict: "ok" };
}

/** An event of an experience of which something is tried out says in which variant that was: as it was shown last. */
function inVariant({ state, rules, part, person }: Passage, event: Event): Event {
	const { experience } = event.props;
	const tried = rules.experiences.find(({ id }) => id === experience);
	if (!tried?.variants && tried?.heldOut === undefined) return event;
	const shown = own(state.standing.person.parts[part]?.facts.attention ?? {}, tried.id)?.as;
	const variant = shown?.variant || variantOf(person, tried);
	return { ...event, props: { ...event.props, variant } };
}

/** Records an event of the passage, and lets the rules react. */
export function keep(
	passage: Passage,
	event: Event,
	circumstances: Circumstances,
	decision?: readonly Candidate[],
): void {
	const { state, rules, part, now, entries } = passage;
	const opens = openingAt(event.at, state.standing.person.parts[part]?.facts.lastSeenAt);
	const effects = arrive(state.standing, rules, { id: part, kind: "browser" }, event, circumstances, now);
	state.lastActivityAt = Math.max(state.lastActivityAt, event.at);
	heed(state, event);
	const { touch, environment } = circumstances;
	entries.push({
		event,
		effects,
		...(opens && { opens }),
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
