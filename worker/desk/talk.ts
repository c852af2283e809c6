// One turn of a conversation: commands in, events to the log, lines to the outbox, errands. In the transaction of the caller;
// whoever sends what it answers does so in the same turn, so that it leaves when all of it is durable.

import { isToAnswer } from "../domain/conversation/answering.ts";
import type { Command } from "../domain/conversation/command.ts";
import { decide } from "../domain/conversation/decide.ts";
import type { Author, Event } from "../domain/conversation/event.ts";
import { type Circumstances, react } from "../domain/conversation/reception.ts";
import type { Refusal } from "../domain/conversation/refusal.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import { toldOf } from "../domain/conversation/told.ts";
import { eventNames } from "../domain/event.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Ack, AgentCommand, VisitorCommand } from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Caller } from "./call.ts";
import type { Errands } from "./errands.ts";
import type { Files } from "./files.ts";
import type { Told } from "./receiver.ts";
import type { DeskStore, Home } from "./store.ts";

/** What the desk says by itself out of the site's questions and answers. */
export interface AnswerCommand {
	readonly id: string;
	readonly is: "answer";
	readonly text: string;
	readonly entry: string;
}

export type Asked = VisitorCommand | AgentCommand | AnswerCommand;

export interface Turn {
	/** Nothing where it is to begin with this. */
	readonly conversation: string | undefined;
	readonly commands: readonly Asked[];
	readonly by: Author;
	readonly now: number;
	/** Whose it is, where a visitor speaks or a conversation begins. */
	readonly caller?: Caller;
	readonly page?: { readonly url: string; readonly language: string | null };
	/** Of pop-ups that are pushed, by command. */
	readonly offers?: Readonly<Record<string, Offer>>;
	/** Whether one more command is bearable now. */
	readonly allows: () => boolean;
}

export interface Turned {
	readonly conversation: string | undefined;
	/** Where the log stood before. */
	readonly after: number;
	readonly state: Conversation | undefined;
	readonly events: readonly Event[];
	readonly acks: readonly Ack[];
	/** Transcripts that were asked for, by command. */
	readonly mails: readonly string[];
}

export interface Ground {
	readonly store: DeskStore;
	readonly outbox: Outbox;
	readonly errands: Errands;
	readonly files: Files;
	readonly site: () => string;
	readonly retentionMs: () => number;
	readonly circumstances: (state: Conversation, caller: Caller) => Circumstances;
	/** An agent whom this desk has met. */
	readonly agentBy: (agent: string) => { readonly agent: string; readonly name: string } | undefined;
	/** Whether a page of the conversation's visitor is open. */
	readonly isHere: (conversation: string) => boolean;
}

export function turn(ground: Ground, asked: Turn): Turned {
	return new Turning(ground, asked).run();
}

class Turning {
	readonly #ground: Ground;
	readonly #asked: Turn;
	readonly #before: Conversation | undefined;
	#id: string | undefined;
	#state: Conversation | undefined;
	readonly #events: Event[] = [];
	readonly #acks: Ack[] = [];
	readonly #mails: string[] = [];
	/** What was asked, and may be answered out of the site's questions and answers. */
	readonly #unanswered: string[] = [];

	constructor(ground: Ground, asked: Turn) {
		this.#ground = ground;
		this.#asked = asked;
		this.#id = asked.conversation;
		this.#before = asked.conversation === undefined ? undefined : ground.store.state(asked.conversation);
		this.#state = this.#before;
	}

	run(): Turned {
		const { now, caller } = this.#asked;
		if (caller && this.#state)
			this.#do({ id: uuidv7(now), is: "identify", whose: caller.whose }, { who: "site" });
		for (const command of this.#asked.commands) this.#acks.push(this.#answer(command));
		if (this.#id !== undefined && this.#state && this.#events.length > 0) this.#keep(this.#id, this.#state);
		return {
			conversation: this.#id,
			after: this.#before?.seq ?? 0,
			state: this.#state,
			events: this.#events,
			acks: this.#acks,
			mails: this.#mails,
		};
	}

	#answer(command: Asked): Ack {
		const { id } = command;
		const done = this.#doneAt(id);
		if (done !== undefined) return { id, is: "ok", seq: done };
		if (!this.#asked.allows()) return { id, is: "refused", why: "flood" };
		if (command.is === "mail") return this.#mail(id);
		if (command.is === "upload") return this.#upload(id, command.name);
		const sound = this.#sound(command);
		if (typeof sound === "string") return { id, is: "refused", why: sound };
		const before = this.#state;
		const why = this.#do(sound, this.#asked.by);
		if (why !== undefined) return { id, is: "refused", why };
		const seq = this.#state?.seq ?? 0;
		if (sound.is === "send" && this.#asked.by.who === "visitor") this.#react(before, sound.text);
		return { id, is: "ok", seq };
	}

	/** The number that a command got that came before. */
	#doneAt(id: string): number | undefined {
		const here = this.#events.findLast((event) => event.id === id);
		if (here || this.#id === undefined || !this.#before) return here?.seq;
		return this.#ground.store.doneAt(this.#id, id);
	}

	/** As the domain takes it: with files for their ids, and agents with their names. */
	#sound(command: Exclude<Asked, { is: "mail" | "upload" }>): Command | Refusal {
		switch (command.is) {
			case "send": {
				const { attachments: ids, ...rest } = command;
				const files = (ids ?? []).map((id) => this.#ground.files.find(id, this.#id ?? ""));
				const attachments = files.filter((file) => file !== undefined);
				if (attachments.length < files.length) return "file-unknown";
				return { ...rest, ...(attachments.length > 0 && { attachments }) };
			}
			case "answer": {
				const { id, text, entry } = command;
				return { id, is: "send", text, flow: "answer", entry };
			}
			case "assign": {
				if (command.to === null) return { ...command, to: null };
				const to = this.#ground.agentBy(command.to);
				return to ? { ...command, to } : "agent-unknown";
			}
			case "push": {
				const { id, what } = command;
				if (this.#id === undefined || !this.#ground.isHere(this.#id)) return "not-here";
				return what.is === "experience" && !this.#asked.offers?.[id] ? "experience-unknown" : command;
			}
			default:
				return command;
		}
	}

	#do(command: Command, by: Author): Refusal | undefined {
		const { now, caller, page } = this.#asked;
		const beginning = caller && {
			whose: caller.whose,
			...(page && { url: page.url }),
			...(page?.language != null && { language: page.language }),
		};
		const decision = decide(this.#state, command, by, now, beginning);
		if (decision.is === "refused") return decision.why;
		this.#id ??= uuidv7(now);
		this.#state = decision.state;
		this.#events.push(...decision.events);
		return undefined;
	}

	#react(before: Conversation | undefined, text: string): void {
		const { caller, now } = this.#asked;
		if (!caller || !this.#state) return;
		const circumstances = this.#ground.circumstances(this.#state, caller);
		for (const { by, deed } of react(before, this.#state, text, circumstances))
			this.#do({ id: uuidv7(now), ...deed }, by);
		if (circumstances.answers && isToAnswer(before, text)) this.#unanswered.push(text);
	}

	/** To a proven address alone: whoever types somebody else's must not have us write to them. */
	#mail(id: string): Ack {
		if (!this.#state || this.#id === undefined) return { id, is: "refused", why: "conversation-unknown" };
		if (!this.#asked.caller?.email) return { id, is: "refused", why: "address-unknown" };
		this.#mails.push(id);
		return { id, is: "ok", seq: this.#state.seq };
	}

	#upload(id: string, name: string): Ack {
		const { now, caller, by } = this.#asked;
		const why = this.#state ? undefined : this.#do({ id, is: "begin" }, by);
		if (why !== undefined || this.#id === undefined)
			return { id, is: "refused", why: why ?? "conversation-unknown" };
		const place = this.#ground.files.open(this.#id, name, now);
		if (!place) return { id, is: "refused", why: "too-many-files" };
		const upload = `${caller?.edge ?? ""}/v1/chat/file/${this.#ground.site()}/${place.id}/${place.secret}`;
		return { id, is: "ok", seq: this.#state?.seq ?? 0, file: place.id, upload };
	}

	#keep(id: string, state: Conversation): void {
		const { store, outbox, errands, retentionMs } = this.#ground;
		const { caller, now } = this.#asked;
		const home: Home | undefined = caller ? { cell: caller.cell, origin: caller.origin } : store.home(id);
		if (!home) throw new Error("a conversation has a visitor, who has a cell");
		const dueAt = state.snoozedUntil ?? state.lastAt + retentionMs();
		store.append(id, home, this.#before, this.#events, state, dueAt);
		outbox.append("d1", "log", JSON.stringify({ part: id, events: this.#events } satisfies Told));
		for (const text of this.#unanswered)
			errands.add(uuidv7(now), id, { is: "answer", conversation: id, text, askedAt: now });
		const events = this.#events.flatMap((event) => toldOf(id, event, state, eventNames.identified) ?? []);
		if (events.length === 0) return;
		const told = events.map((event) => ({ ...event, id: uuidv7(now) }));
		const { visitor } = state.whose;
		errands.add(uuidv7(now), id, { is: "tell", home, visitor, url: state.url, events: told });
	}
}
