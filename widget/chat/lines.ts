// What of a conversation is seen, line by line. Pure.

import type {
	Attachment,
	Got,
	LogEvent,
	Pushed,
	Refusal,
	VisitorCommand,
} from "../../worker/protocol/chat.ts";
import { type Log, readUpTo } from "./log.ts";

type Send = Extract<VisitorCommand, { is: "send" }>;
export type Fate = "sending" | "sent" | "delivered" | "read" | "failed";

export interface Message {
	readonly kind: "message";
	readonly id: string;
	readonly at: number;
	readonly isMine: boolean;
	/** The agent's; nobody's where it was written by itself. */
	readonly name?: string | undefined;
	/** Somebody else wrote the line before. */
	readonly isFirst: boolean;
	readonly text: string;
	readonly files: readonly Attachment[];
	readonly isEdited?: boolean;
	readonly isDeleted?: boolean;
	/** Of one's own: of the last one, and of each that failed. */
	readonly fate?: Fate | undefined;
	readonly why?: Refusal | undefined;
}
export type Line =
	| Message
	| { readonly kind: "day"; readonly id: string; readonly at: number }
	| {
			readonly kind: "told";
			readonly id: string;
			readonly what: "closed" | "reopened" | "joined";
			readonly name?: string;
	  }
	| { readonly kind: "pushed"; readonly id: string; readonly what: Pushed };

export interface Pending {
	readonly command: VisitorCommand;
	readonly at: number;
	/** Refused for good. */
	readonly why?: Refusal | undefined;
}

export function linesOf(log: Log, pending: readonly Pending[], got: Got): readonly Line[] {
	const lines: Line[] = [];
	const changed = changesIn(log.events);
	const read = readUpTo(log, "agent");
	let day = "";
	let last: string | undefined;
	/** The number of the agent's own latest message: whoever answers has read. */
	const answered = log.events.findLast(({ is, by }) => is === "sent" && by.who === "agent")?.seq ?? 0;
	const fateOf = (seq: number): Fate =>
		seq <= Math.max(read, answered) ? "read" : seq <= (got.agent ?? 0) ? "delivered" : "sent";
	const add = (line: Omit<Message, "kind" | "isFirst">) => {
		const date = new Date(line.at).toDateString();
		if (date !== day) lines.push({ kind: "day", id: `day ${date}`, at: line.at });
		const by = line.isMine ? "mine" : `by ${line.name}`;
		lines.push({ kind: "message", ...line, isFirst: by !== last || date !== day });
		day = date;
		last = by;
	};
	for (const event of log.events) {
		const { id, at, seq, by } = event;
		const name = by.who === "agent" ? by.name : undefined;
		if (event.is === "sent") {
			const isMine = by.who === "visitor";
			const change = changed.get(id);
			add({
				id,
				at,
				isMine,
				name,
				text: change?.text ?? event.text,
				files: event.attachments ?? [],
				isEdited: change?.text !== undefined,
				isDeleted: change?.isDeleted === true,
				fate: isMine ? fateOf(seq) : undefined,
			});
			continue;
		}
		if (event.is === "pushed") {
			if (event.what.is !== "experience") lines.push({ kind: "pushed", id, what: event.what });
		} else if (event.is === "closed" || event.is === "reopened")
			lines.push({ kind: "told", id: `${seq}`, what: event.is });
		else if (event.is === "assigned" && event.to)
			lines.push({ kind: "told", id: `${seq}`, what: "joined", name: event.to.name });
		else continue;
		last = undefined;
	}
	const known = new Set(log.events.map(({ id }) => id));
	for (const { command, at, why } of pending) {
		if (command.is !== "send" || known.has(command.id)) continue;
		add({ ...messageOf(command), at, fate: why ? "failed" : "sending", why });
	}
	const newest = lines.findLast((line) => line.kind === "message" && line.isMine);
	return lines.map((line) =>
		line.kind === "message" && line !== newest && line.fate !== "failed"
			? { ...line, fate: undefined }
			: line,
	);
}

const messageOf = ({ id, text }: Send) => ({ id, text, isMine: true, files: [] });

function changesIn(events: readonly LogEvent[]): ReadonlyMap<string, { text?: string; isDeleted?: true }> {
	const changed = new Map<string, { text?: string; isDeleted?: true }>();
	for (const event of events) {
		if (event.is === "edited") changed.set(event.message, { text: event.text });
		else if (event.is === "deleted") changed.set(event.message, { isDeleted: true });
	}
	return changed;
}

/** Words with the links that stand in them apart: whatever is no http is a word. */
export function linked(text: string): readonly { readonly text: string; readonly href?: string }[] {
	return text
		.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/i)
		.map((part, n) => (n % 2 === 1 && URL.canParse(part) ? { text: part, href: part } : { text: part }));
}

/** A few signs and no word are shown large. */
export const isFaces = (text: string): boolean =>
	/^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]*){1,3}$/u.test(text);
