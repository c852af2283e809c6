// Consent to channels: a ledger of what the person agreed to, by channel and purpose. Of all acts the latest that may
// speak counts. A withdrawal may always speak; a later agreement reverses it only where the person gave it themselves.

import { type Event, eventNames, isLater } from "./event.ts";
import type { Facts } from "./facts.ts";
import { own, put } from "./keyed.ts";

export const channels = ["email", "sms", "webpush", "phone", "post"] as const;
export type Channel = (typeof channels)[number];
export const consentStates = ["given", "pending", "withdrawn"] as const;
export type ConsentState = (typeof consentStates)[number];

/** Where the person acted themselves. A `link` is one of our messages that was confirmed, a `login` the site's own. */
export const personalPlaces = ["form", "page", "link", "login", "unsubscribe"] as const;
/** Where somebody else says what the person wants; or, `typed`, somebody of whom nothing proves that they are the person. */
export const otherPlaces = ["import", "api", "hand", "typed"] as const;
export const consentPlaces = [...personalPlaces, ...otherPlaces] as const;
export type ConsentPlace = (typeof consentPlaces)[number];

/** What is agreed to, and the words in which it was asked. */
export interface ConsentTerms {
	readonly channel: Channel;
	/** The site's own name for it, such as `newsletter`. */
	readonly purpose: string;
	/** Of the wording; its text stands in the event. */
	readonly version?: string;
}

/** One act: when, where, and under which version of the wording. */
export interface ConsentAct {
	readonly at: number;
	readonly id: string;
	readonly place: string;
	readonly version?: string;
}

/** The latest act of each kind. `asserted`: given as somebody else has it, which no withdrawal gives way to. */
export interface ConsentActs {
	readonly given?: ConsentAct;
	readonly asserted?: ConsentAct;
	readonly pending?: ConsentAct;
	readonly withdrawn?: ConsentAct;
}

/** By channel and purpose, as `consentKey` joins them. Never changes in place. */
export type Consents = Readonly<Record<string, ConsentActs>>;

const { consentGiven, consentPending, consentWithdrawn } = eventNames;
const nameOf: Readonly<Record<ConsentState, string>> = {
	given: consentGiven,
	pending: consentPending,
	withdrawn: consentWithdrawn,
};
export const consentEvents: ReadonlySet<string> = new Set(Object.values(nameOf));

export function consentKey(channel: string, purpose: string): string {
	return `${channel}/${purpose}`;
}

/** The entry of the ledger that an act is. `wording` is the text that the person saw. */
export function consentEvent(
	state: ConsentState,
	terms: ConsentTerms & { readonly wording?: string },
	place: ConsentPlace,
	{ id, at }: Pick<Event, "id" | "at">,
): Event {
	return { id, name: nameOf[state], at, props: { ...terms, place } };
}

/** The consents with what an entry says. What waits for confirmation waits only where the person asked for it. */
export function recordConsent(consents: Consents, { name, at, id, props }: Event): Consents {
	const place = String(props.place);
	const isOwn = personalPlaces.some((one) => one === place);
	const kind = kindOf(name, isOwn);
	if (!kind) return consents;
	const act: ConsentAct = {
		at,
		id,
		place,
		...(props.version === undefined ? {} : { version: String(props.version) }),
	};
	const key = consentKey(String(props.channel), String(props.purpose));
	return joinConsents(consents, only(key, { [kind]: act }));
}

/** Union over parts: commutative, associative and idempotent. */
export function joinConsents(a: Consents, b: Consents): Consents {
	const all: Record<string, ConsentActs> = { ...a };
	for (const [key, acts] of Object.entries(b)) {
		const known = own(all, key);
		put(all, key, known ? joinActs(known, acts) : acts);
	}
	return all;
}

/** How a consent stands and since when, epoch ms; none where nobody ever acted on it. */
export function consentOf(
	{ consents = {} }: Pick<Facts, "consents">,
	channel: string,
	purpose: string,
): { readonly state: ConsentState; readonly act: ConsentAct } | undefined {
	const acts = own(consents, consentKey(channel, purpose));
	return acts && standingOf(acts);
}

/** As `consentOf`, of the acts on one consent. In one instant a withdrawal outweighs whatever else was said. */
export function standingOf({
	given,
	asserted,
	pending,
	withdrawn,
}: ConsentActs): { readonly state: ConsentState; readonly act: ConsentAct } | undefined {
	const since = withdrawn?.at ?? Number.NEGATIVE_INFINITY;
	const agreed = given && given.at > since ? given : withdrawn ? undefined : asserted;
	if (agreed) return { state: "given", act: agreed };
	if (pending && pending.at > since) return { state: "pending", act: pending };
	return withdrawn && { state: "withdrawn", act: withdrawn };
}

/** Whether the person may be written to. */
export function mayWrite(facts: Pick<Facts, "consents">, channel: Channel, purpose: string): boolean {
	return consentOf(facts, channel, purpose)?.state === "given";
}

/** Whether it was taken back, and by the person's own act alone can be given again. */
export function isTakenBack(
	{ consents = {} }: Pick<Facts, "consents">,
	channel: Channel,
	purpose: string,
): boolean {
	const acts = own(consents, consentKey(channel, purpose));
	return acts?.withdrawn !== undefined && standingOf(acts)?.state !== "given";
}

/** The withdrawals alone: what has to stay of a part that is dropped. None where there are none. */
export function withdrawalsOf(consents: Consents): Consents | undefined {
	const withdrawals: Record<string, ConsentActs> = {};
	for (const [key, { withdrawn }] of Object.entries(consents))
		if (withdrawn) put(withdrawals, key, { withdrawn });
	return Object.keys(withdrawals).length > 0 ? withdrawals : undefined;
}

function kindOf(name: string, isOwn: boolean): keyof ConsentActs | undefined {
	if (name === consentWithdrawn) return "withdrawn";
	if (name === consentGiven) return isOwn ? "given" : "asserted";
	return isOwn ? "pending" : undefined;
}

function joinActs(a: ConsentActs, b: ConsentActs): ConsentActs {
	const joined: { -readonly [Kind in keyof ConsentActs]: ConsentActs[Kind] } = { ...a };
	for (const kind of kinds) {
		const [one, other] = [a[kind], b[kind]];
		if (other && (!one || isLater(other, one))) joined[kind] = other;
	}
	return joined;
}

const kinds = ["given", "asserted", "pending", "withdrawn"] as const satisfies readonly (keyof ConsentActs)[];

/** A record of one key, whatever the key. */
function only(key: string, acts: ConsentActs): Consents {
	const one: Record<string, ConsentActs> = {};
	put(one, key, acts);
	return one;
}
