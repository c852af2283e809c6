// What a cell knows beside the attention record when it decides what to show: what lies over a page already, orders, where
// a phone came from; and what it tells triggers of the visit.

import { showings } from "../domain/attention.ts";
import { completedOrders } from "../domain/completed.ts";
import type { Question } from "../domain/decision.ts";
import { type Event, eventNames } from "../domain/event.ts";
import type { Environment, Facts } from "../domain/facts.ts";
import { closed, joinInterruptions, withoutView } from "../domain/interruption.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { asksForVisit, awaitedBy, type VisitNow, visitNow } from "../domain/so-far.ts";
import { isLanding, touchOf } from "../domain/source.ts";
import { interrupts } from "../domain/surface.ts";
import { type Trigger, triggersIn } from "../domain/trigger.ts";
import { addressOf } from "../platform/address.ts";
import type { Page } from "../protocol/collect.ts";
import type { News, VisitSoFar } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import type { Passage, SiteFacts } from "./collect.ts";
import { type State, setInterruptions } from "./state.ts";

/** Whether this very page is where a search engine has just sent a phone. */
export function isLandingOn(
	{ url, referrer }: Pick<Page, "url" | "referrer">,
	device: Environment["device"],
	{ ownHosts }: SiteFacts,
): boolean {
	const page = addressOf(url);
	if (device !== "phone" || !page || referrer === undefined) return false;
	return isLanding(device, touchOf(page, addressOf(referrer), ownHosts));
}

/** When the person's orders that count were completed. */
export function boughtBy({ orders }: Facts): readonly number[] {
	return orders ? completedOrders(orders).map(({ at }) => at) : [];
}

/** What the question asks beside the page, the segments and the rules. */
export function attended(
	{ state, page, rules }: Pick<Passage, "state" | "page" | "rules">,
	isClaimed: boolean,
): Pick<Question, "attention" | "accounts" | "bought" | "interruptions" | "view" | "opening"> {
	const facts = read(state.standing.person);
	return {
		attention: facts.attention,
		accounts: rules.accounts,
		bought: boughtBy(facts),
		interruptions: state.interruptions ?? [],
		view: viewOf(page),
		opening: isClaimed ? "anything" : page.visible ? "at-once" : "nothing",
	};
}

/** Pages that do not say which page view they are count as one. */
const viewOf = ({ view = "" }: Page) => view;

/** Something was granted: what lies over the page is remembered for the sake of the next. */
export function remember({ state, page, now }: Passage, granted: Experience): void {
	if (!interrupts(granted)) return;
	const one = { view: viewOf(page), experience: granted.id, at: now };
	setInterruptions(state, joinInterruptions(state.interruptions, [one]));
}

/**
 * That something granted came to nothing, with when it was granted: so it counts as never shown. Once for each claim, and of
 * no showing but its own.
 */
export function withdrawn(state: State, event: Event): Event {
	if (event.name !== eventNames.experienceMissed) return event;
	const { claim, experience } = event.props;
	const granted = state.claims.find(([id, , , of]) => id === claim && of === experience);
	const at = granted?.[2];
	if (!granted || at === undefined) return event;
	state.claims = state.claims.map((one) => (one === granted ? [one[0], false] : one));
	return { ...event, props: { ...event.props, shownAt: at } };
}

const endings: ReadonlySet<string> = new Set([eventNames.experienceClosed, eventNames.experienceMissed]);

/** What was open is closed, or never opened, or its page left. */
export function heed(state: State, { name, props }: Event): void {
	const { interruptions } = state;
	if (!interruptions) return;
	if (name === eventNames.pageLeft && typeof props.view === "string")
		setInterruptions(state, withoutView(interruptions, props.view));
	else if (endings.has(name) && typeof props.experience === "string")
		setInterruptions(state, closed(interruptions, props.experience));
}

/** What of the visit an experience's trigger asks; nothing where it asks nothing, or where no visit is on. */
export function visitFor(passage: Passage, { id, trigger }: Experience): VisitSoFar | undefined {
	const visit = visitIn(passage);
	const triggers = triggersIn(trigger);
	if (!visit || !triggers.some(asksForVisit)) return undefined;
	const since = lastShownAt(passage, id);
	const happened = triggers.flatMap(awaitedBy).filter((awaited) => visit.has(awaited, since));
	const asksFor = (isSuch: (one: Trigger) => boolean) => triggers.some(isSuch);
	return {
		...(asksFor((one) => one.kind === "pages") && { pages: visit.pages }),
		...(asksFor((one) => one.kind === "presence" && one.of === "visit") && { seconds: visit.seconds }),
		...(asksFor((one) => one.kind === "cart" && one.from !== undefined) && { cart: visit.cart }),
		...(happened.length > 0 && { happened }),
	};
}

/** What a page that waits is told with whatever it sends. */
export function newsFor(passage: Passage): News | undefined {
	const visit = visitIn(passage);
	if (!visit) return undefined;
	const { rules } = passage;
	const happened = rules.waiting.flatMap(({ experience, awaited }) => {
		const since = lastShownAt(passage, experience);
		return awaited.filter((one) => visit.has(one, since)).map((one) => ({ experience, ...one }));
	});
	const news = {
		...(rules.watch.signals?.cart && { cart: visit.cart }),
		...(happened.length > 0 && { happened }),
	};
	return Object.keys(news).length > 0 ? news : undefined;
}

function visitIn({ state, rules, part, now }: Passage): VisitNow | undefined {
	return rules.watch.signals && visitNow(state.standing.person, part, now);
}

/** What happened until then has had its turn. */
function lastShownAt({ state }: Passage, experience: string): number {
	const attention = own(read(state.standing.person).attention, experience);
	return (attention && showings(attention)[0]) ?? Number.NEGATIVE_INFINITY;
}
