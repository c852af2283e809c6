// What comes of a command: the events that go to the log, or why it is refused. None where all is so already: a command that
// comes again, or too late to change a thing, is done.

import type { Beginning, Command, Deed as Commanded } from "./command.ts";
import type { Author, Deed, Event } from "./event.ts";
import type { Refusal } from "./refusal.ts";
import { type Conversation, editableMs, evolve, signatureOf } from "./state.ts";

export type Decision =
	| { readonly is: "done"; readonly events: readonly Event[]; readonly state: Conversation }
	| { readonly is: "refused"; readonly why: Refusal };

/** As many events as one log may have: whoever reads it all must come to an end. */
export const longestLog = 100_000;
const longestSnoozeMs = 366 * 86_400_000;

/** `beginning` is what a conversation starts from where there is none; without it, none starts. `at` is epoch ms. */
export function decide(
	state: Conversation | undefined,
	command: Command,
	by: Author,
	at: number,
	beginning?: Beginning,
): Decision {
	const deeds = deedsOf(state, command, by, at, beginning);
	if (!Array.isArray(deeds)) return { is: "refused", why: deeds as Refusal };
	let next = state;
	const events: Event[] = [];
	for (const deed of deeds as readonly Deed[]) {
		const event: Event = { seq: (next?.seq ?? 0) + 1, id: command.id, at, by, ...deed };
		next = evolve(next, event);
		events.push(event);
	}
	if (!next) return { is: "refused", why: "conversation-unknown" };
	return { is: "done", events, state: next };
}

function deedsOf(
	state: Conversation | undefined,
	command: Command,
	by: Author,
	at: number,
	beginning: Beginning | undefined,
): readonly Deed[] | Refusal {
	if (!state) {
		const { is } = command;
		if (!beginning || (is !== "send" && is !== "introduce" && is !== "begin")) return "conversation-unknown";
		const greeting = is === "send" ? command.greeting : undefined;
		const started: Deed = { is: "started", ...beginning, ...(greeting !== undefined && { greeting }) };
		if (is === "begin") return [started];
		const first = is === "send" ? sending(command, by, undefined) : introducing(command);
		return typeof first === "string" ? first : [started, ...first];
	}
	if (state.seq >= longestLog && command.is !== "close") return "too-long";
	if (isStale(state, command, by)) return "stale";
	switch (command.is) {
		case "begin":
			return [];
		case "send":
			return sending(command, by, state);
		case "edit":
		case "delete":
			return changing(state, command, by, at);
		case "read": {
			const upTo = Math.min(command.upTo, state.seq);
			const known = by.who === "visitor" ? state.read.visitor : state.read.agent;
			return upTo > known ? [{ is: "read", upTo }] : [];
		}
		case "introduce":
			return introducing(command, state);
		case "identify": {
			const { person, proof } = command.whose;
			if (proof === null || (person === state.whose.person && proof === state.whose.proof)) return [];
			return [{ is: "identified", person, proof }];
		}
		case "take":
			return taking(state, by);
		case "assign": {
			const { to, route } = command;
			if (to?.agent === state.agent?.agent) return [];
			return [{ is: "assigned", to, ...(route !== undefined && { route }) }];
		}
		case "close":
			return state.status === "closed" ? [] : [{ is: "closed" }];
		case "reopen":
			return state.status === "open" ? [] : [{ is: "reopened" }];
		case "snooze":
			if (command.until <= at || command.until > at + longestSnoozeMs) return "instant-refused";
			return [{ is: "snoozed", until: command.until }];
		case "note":
			return isBlank(command.text) ? "empty" : [{ is: "noted", text: command.text }];
		case "rate": {
			if (!state.isAnswered) return "nothing-to-rate";
			const { stars, text } = command;
			return [{ is: "rated", stars, ...(text !== undefined && !isBlank(text) && { text }) }];
		}
		case "push":
			return [{ is: "pushed", what: command.what }];
	}
}

const collides: ReadonlySet<Commanded["is"]> = new Set<Commanded["is"]>([
	"send",
	"take",
	"assign",
	"close",
	"snooze",
]);

/** Whether another agent did something that this one has not seen. What visitors do meanwhile is no collision. */
function isStale({ deeds }: Conversation, { is, seen }: Command, by: Author): boolean {
	if (by.who !== "agent" || seen === undefined || !collides.has(is)) return false;
	return Object.entries(deeds).some(([agent, seq]) => agent !== by.agent && seq > seen);
}

type Of<Is extends Commanded["is"]> = Extract<Commanded, { readonly is: Is }>;

function sending(
	{ text, attachments, flow, entry }: Of<"send">,
	by: Author,
	state: Conversation | undefined,
): readonly Deed[] | Refusal {
	if (isBlank(text) && !attachments?.length) return "empty";
	const before: Deed[] = [];
	// What was put aside comes back when its visitor writes, and what was closed when anybody does. What the site says by
	// itself changes nothing.
	const isAside =
		state && (state.status === "closed" || (state.status === "snoozed" && by.who === "visitor"));
	if (isAside && by.who !== "site") before.push({ is: "reopened" });
	// Whoever answers what is nobody's, takes it.
	if (by.who === "agent" && !state?.agent)
		before.push({ is: "assigned", to: { agent: by.agent, name: by.name } });
	return [
		...before,
		{
			is: "sent",
			text,
			...(attachments?.length && { attachments }),
			...(flow !== undefined && { flow }),
			...(entry !== undefined && { entry }),
		},
	];
}

function changing(
	state: Conversation,
	command: Of<"edit" | "delete">,
	by: Author,
	at: number,
): readonly Deed[] | Refusal {
	const message = Object.hasOwn(state.fresh, command.message) ? state.fresh[command.message] : undefined;
	if (!message || message.by !== signatureOf(by)) return "message-unknown";
	if (at - message.at > editableMs) return "too-late";
	if (command.is === "delete") return [{ is: "deleted", message: command.message }];
	return isBlank(command.text) ? "empty" : [{ is: "edited", message: command.message, text: command.text }];
}

function introducing({ name, email }: Of<"introduce">, state?: Conversation): readonly Deed[] | Refusal {
	if (name === undefined && email === undefined) return "empty";
	const isKnown = (name ?? state?.name) === state?.name && (email ?? state?.email) === state?.email;
	if (state && isKnown) return [];
	return [{ is: "introduced", ...(name !== undefined && { name }), ...(email !== undefined && { email }) }];
}

function taking({ agent }: Conversation, by: Author): readonly Deed[] | Refusal {
	if (by.who !== "agent") return "agent-unknown";
	if (agent?.agent === by.agent) return [];
	if (agent) return "taken";
	return [{ is: "assigned", to: { agent: by.agent, name: by.name } }];
}

function isBlank(text: string): boolean {
	return !/\S/.test(text);
}
