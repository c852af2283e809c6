// A conversation as its log comes to. Folded anew from the log, it is the same; it is kept beside the log so that a message
// costs no reading of what came before.

import type { Author, Event, Whose } from "./event.ts";

/** A message can be changed for so long. */
export const editableMs = 15 * 60_000;
/** And only the latest of them: what is kept of each is written anew with every event. */
const mostFresh = 50;
/** Of a message, what a list shows. */
const beginning = 140;
/** Messages that wait to be read are counted so far. */
const mostUnread = 99;

export interface Conversation {
	readonly seq: number;
	readonly whose: Whose;
	readonly status: "open" | "snoozed" | "closed";
	readonly snoozedUntil: number | null;
	readonly agent: { readonly agent: string; readonly name: string } | null;
	/** As they were typed. */
	readonly name: string | null;
	readonly email: string | null;
	readonly language: string | null;
	readonly url: string | null;
	readonly startedAt: number;
	readonly lastAt: number;
	readonly last: { readonly by: Author["who"]; readonly text: string } | null;
	/** Since when a visitor has had no agent's answer. */
	readonly waitingSince: number | null;
	/** From the first message of the visitor to the first answer of an agent, and whose that was. */
	readonly firstAskedAt: number | null;
	readonly firstAnswer: { readonly ms: number; readonly agent: string; readonly name: string } | null;
	/** Numbers of the visitor's messages that no agent has read, the latest of them. */
	readonly unread: readonly number[];
	/** How far each side has read. */
	readonly read: { readonly visitor: number; readonly agent: number };
	/** Of each agent the latest deed that another should have seen before doing one. */
	readonly deeds: Readonly<Record<string, number>>;
	/** Messages that can still be changed, or could be lately. */
	readonly fresh: Readonly<Record<string, { readonly by: string; readonly at: number }>>;
	/** How often the visitor wrote, as far as rules for a first message care. */
	readonly isAnswered: boolean;
	readonly asksAddress: boolean;
	readonly stars: number | null;
}

/** Whose a message is: the visitor's, an agent's, or nobody's. */
export function signatureOf(by: Author): string {
	return by.who === "agent" ? `agent ${by.agent}` : by.who;
}

/** The conversation after one more event, which has the next number; of the first, `started`, from nothing. */
export function evolve(known: Conversation | undefined, event: Event): Conversation {
	if (event.is === "started") {
		if (!event.whose) throw new Error("a conversation is somebody's");
		return { ...begun(event.whose, event), url: event.url ?? null, language: event.language ?? null };
	}
	if (!known) throw new Error("a log begins with its start");
	const { seq, at, by } = event;
	const next: Conversation = {
		...known,
		seq,
		lastAt: Math.max(known.lastAt, at),
		...collidable(known, event),
	};
	switch (event.is) {
		case "sent":
			return { ...next, ...sent(known, event) };
		case "edited":
			return next;
		case "deleted": {
			const { [event.message]: _, ...fresh } = known.fresh;
			return { ...next, fresh };
		}
		case "read":
			// To have read is no news: a list of what was last alive must not be shuffled by it.
			return { ...next, lastAt: known.lastAt, ...readUpTo(known, by, event.upTo) };
		case "introduced":
			return {
				...next,
				name: event.name ?? known.name,
				email: event.email ?? known.email,
				asksAddress: event.email === undefined && known.asksAddress,
			};
		case "identified":
			return { ...next, whose: { ...known.whose, person: event.person, proof: event.proof } };
		case "assigned":
			return { ...next, agent: event.to };
		case "closed":
			return { ...next, status: "closed", snoozedUntil: null, waitingSince: null };
		case "reopened":
			return { ...next, status: "open", snoozedUntil: null };
		case "snoozed":
			return { ...next, status: "snoozed", snoozedUntil: event.until };
		case "noted":
		case "pushed":
			return next;
		case "rated":
			return { ...next, stars: event.stars };
	}
}

function begun(whose: Whose, { seq, at }: Event): Omit<Conversation, "url" | "language"> {
	return {
		seq,
		whose,
		status: "open",
		snoozedUntil: null,
		agent: null,
		name: null,
		email: null,
		startedAt: at,
		lastAt: at,
		last: null,
		waitingSince: null,
		firstAskedAt: null,
		firstAnswer: null,
		unread: [],
		read: { visitor: 0, agent: 0 },
		deeds: {},
		fresh: {},
		isAnswered: false,
		asksAddress: false,
		stars: null,
	};
}

/** Deeds that another agent would undo or double without knowing. */
const colliding: ReadonlySet<Event["is"]> = new Set<Event["is"]>([
	"sent",
	"assigned",
	"closed",
	"reopened",
	"snoozed",
]);

function collidable({ deeds }: Conversation, { is, by, seq }: Event): Partial<Conversation> {
	return by.who === "agent" && colliding.has(is) ? { deeds: { ...deeds, [by.agent]: seq } } : {};
}

function sent(known: Conversation, { seq, id, at, by, ...event }: Extract<Event, { is: "sent" }>) {
	const isLate = ([, message]: [string, { readonly at: number }]) => message.at <= at - editableMs;
	const changeable = Object.entries(known.fresh).filter((one) => !isLate(one));
	const fresh = Object.fromEntries(changeable.slice(1 - mostFresh));
	fresh[id] = { by: signatureOf(by), at };
	const text = event.text || (event.attachments?.[0]?.name ?? "");
	const last = { by: by.who, text: text.slice(0, beginning) };
	const firstAskedAt = known.firstAskedAt ?? (by.who === "visitor" ? at : null);
	switch (by.who) {
		case "visitor":
			return {
				fresh,
				last,
				firstAskedAt,
				waitingSince: known.waitingSince ?? at,
				unread: [...known.unread, seq].slice(-mostUnread),
			};
		case "agent": {
			const isFirst = known.firstAnswer === null && known.firstAskedAt !== null;
			const answer = { ms: Math.max(0, at - (known.firstAskedAt ?? at)), agent: by.agent, name: by.name };
			return {
				fresh,
				last,
				waitingSince: null,
				isAnswered: true,
				asksAddress: false,
				...(isFirst && { firstAnswer: answer }),
			};
		}
		case "site":
			return { fresh, last, asksAddress: known.asksAddress || event.flow === "ask-address" };
	}
}

function readUpTo({ read, unread }: Conversation, by: Author, upTo: number): Partial<Conversation> {
	if (by.who === "visitor") return { read: { ...read, visitor: Math.max(read.visitor, upTo) } };
	return { read: { ...read, agent: Math.max(read.agent, upTo) }, unread: unread.filter((seq) => seq > upTo) };
}
