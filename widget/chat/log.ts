// The conversation as this page knows it, and how what the desk sends is put together. Pure.

import type { LogEvent, Span } from "../../worker/protocol/chat.ts";

export interface Log {
	/** None where nobody has written yet. */
	readonly conversation: string | null;
	readonly upTo: number;
	readonly hasOlder: boolean;
	/** In the order of their numbers. */
	readonly events: readonly LogEvent[];
}

export const noLog: Log = { conversation: null, upTo: 0, hasOlder: false, events: [] };
/** So many are kept from page to page. */
const mostKept = 200;

/** What stands first on each connection. It may begin anew: another conversation, or so much was missed. */
export function begun(log: Log, first: Span & { readonly conversation: string | null }): Log {
	const goesOn = first.conversation === log.conversation && first.after <= log.upTo;
	const { conversation, upTo, hasOlder = false, events } = first;
	return goesOn ? (grown(log, first) ?? log) : { conversation, upTo, hasOlder, events: inOrder(events) };
}

/** With what came since; nothing where something between is missing. */
export function grown(log: Log, { after, upTo, events }: Span): Log | undefined {
	if (after > log.upTo) return undefined;
	const fresh = inOrder(events).filter(({ seq }) => seq > log.upTo);
	return { ...log, upTo: Math.max(log.upTo, upTo), events: [...log.events, ...fresh] };
}

/** With what came before. */
export function grownBack(
	log: Log,
	{ events, hasOlder }: { readonly events: readonly LogEvent[]; readonly hasOlder: boolean },
): Log {
	const first = log.events[0]?.seq ?? Infinity;
	return { ...log, hasOlder, events: [...inOrder(events).filter(({ seq }) => seq < first), ...log.events] };
}

const inOrder = (events: readonly LogEvent[]) => [...events].sort((a, b) => a.seq - b.seq);

export function kept(log: Log): Log {
	const { events } = log;
	return events.length > mostKept ? { ...log, hasOlder: true, events: events.slice(-mostKept) } : log;
}

/** As it was kept, where it is a log at all. */
export function wasKept(text: string | undefined): Log {
	const log = text === undefined ? undefined : (JSON.parse(text) as Partial<Log> | null);
	return log && typeof log.upTo === "number" && Array.isArray(log.events) ? { ...noLog, ...log } : noLog;
}

/** Up to where one side has read. */
export function readUpTo({ events }: Log, who: "visitor" | "agent"): number {
	return events.reduce(
		(most, one) => (one.is === "read" && one.by.who === who ? Math.max(most, one.upTo) : most),
		0,
	);
}

/** Messages of the other side that were not read here, the oldest first. */
export function unreadIn(log: Log): readonly LogEvent[] {
	const read = readUpTo(log, "visitor");
	return log.events.filter(
		({ seq, is, by }) => seq > read && by.who !== "visitor" && (is === "sent" || is === "pushed"),
	);
}

export type Stage = "none" | "open" | "closed";

export function stageOf({ conversation, events }: Log): Stage {
	if (conversation === null) return "none";
	const last = events.findLast(({ is }) => is === "closed" || is === "reopened");
	return last?.is === "closed" ? "closed" : "open";
}

/** Whether there is something to rate that was not rated. */
export function isToRate(log: Log): boolean {
	const { events } = log;
	const closed = events.findLastIndex(({ is }) => is === "closed");
	return (
		stageOf(log) === "closed" &&
		events.some(({ is, by }) => is === "sent" && by.who === "agent") &&
		!events.some(({ is }, at) => is === "rated" && at > closed)
	);
}
