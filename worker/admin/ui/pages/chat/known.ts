// What this screen knows of the desk, and what each frame makes of it. Pure.

import type {
	AgentCommand,
	AgentDown,
	AgentSeen,
	Attachment,
	ChatSettings,
	ConversationRow,
	LogEvent,
	Pushed,
	Refusal,
	VisitorSeen,
} from "../../../../protocol/chat.ts";

/** A conversation that is open here. */
export interface Open {
	readonly upTo: number;
	readonly hasOlder: boolean;
	readonly events: readonly LogEvent[];
	/** How far it got at the visitor's. */
	readonly got: number;
}

/** What was said here and is not acknowledged; `why` where it was refused for good. */
export interface Waiting {
	readonly conversation: string;
	readonly command: AgentCommand;
	readonly at: number;
	readonly why?: Refusal;
}

export interface Writing {
	readonly name: string;
	readonly isVisitor: boolean;
	readonly at: number;
}

export interface Known {
	readonly isUp: boolean;
	/** Undefined until the desk has said welcome. */
	readonly me: AgentSeen | undefined;
	readonly agents: readonly AgentSeen[];
	readonly canned: NonNullable<ChatSettings["canned"]>;
	readonly rows: ReadonlyMap<string, ConversationRow>;
	/** So many more are in the database alone. */
	readonly left: number;
	readonly visitors: ReadonlyMap<string, VisitorSeen>;
	readonly open: ReadonlyMap<string, Open>;
	readonly waiting: readonly Waiting[];
	/** Who writes in which conversation: the latest of each side. */
	readonly writing: ReadonlyMap<string, readonly Writing[]>;
}

export const nothing: Known = {
	isUp: false,
	me: undefined,
	agents: [],
	canned: [],
	rows: new Map(),
	left: 0,
	visitors: new Map(),
	open: new Map(),
	waiting: [],
	writing: new Map(),
};
export const noLog: Open = { upTo: 0, hasOlder: false, events: [], got: 0 };

const writingMs = 5_000;

/** `gaps`: conversations of which something between is missing, to be opened anew from what is there. */
export interface Told {
	readonly known: Known;
	readonly gaps: readonly string[];
}

export function told(known: Known, down: AgentDown, now: number): Told {
	const all = (change: Partial<Known>): Told => ({ known: { ...known, ...change }, gaps: [] });
	switch (down.is) {
		case "welcome": {
			const { me, agents, canned, left } = down;
			// Rows of conversations that closed meanwhile are not told of again.
			const rows = new Map(down.conversations.map((row) => [row.id, row]));
			const visitors = new Map(down.visitors.map((one) => [one.visitor, one]));
			return all({ isUp: true, me, agents, canned, left, rows, visitors });
		}
		case "rows": {
			const rows = new Map(known.rows);
			for (const row of down.rows) if (row.seq >= (rows.get(row.id)?.seq ?? 0)) rows.set(row.id, row);
			return all({ rows });
		}
		case "gone": {
			const [rows, open] = [new Map(known.rows), new Map(known.open)];
			for (const id of down.conversations) {
				rows.delete(id);
				open.delete(id);
			}
			return all({ rows, open });
		}
		case "news": {
			const { conversation, acks = [] } = down;
			const log = known.open.get(conversation);
			const next = log && grown(log, down);
			const open = next ? new Map(known.open).set(conversation, next) : known.open;
			const isGap = log !== undefined && next === undefined;
			const by = down.events.at(-1)?.by;
			const writing = by ? withoutWriting(known.writing, conversation, by.who === "visitor") : known.writing;
			return {
				known: { ...known, open, writing, waiting: settled(known.waiting, acks) },
				gaps: isGap ? [conversation] : [],
			};
		}
		case "older": {
			const log = known.open.get(down.conversation);
			const first = log?.events[0]?.seq ?? Infinity;
			if (!log) return all({});
			const before = inOrder(down.events).filter(({ seq }) => seq < first);
			const next = { ...log, hasOlder: down.hasOlder, events: [...before, ...log.events] };
			return all({ open: new Map(known.open).set(down.conversation, next) });
		}
		case "acks":
			return all({ waiting: settled(known.waiting, down.acks) });
		case "typing": {
			const isVisitor = down.by.who === "visitor";
			const name = down.by.who === "agent" ? down.by.name : "";
			const others = (known.writing.get(down.conversation) ?? []).filter(
				(one) => one.at > now - writingMs && (one.isVisitor !== isVisitor || one.name !== name),
			);
			const writing = new Map(known.writing).set(down.conversation, [
				...others,
				{ name, isVisitor, at: now },
			]);
			return all({ writing });
		}
		case "got": {
			const log = known.open.get(down.conversation);
			if (!log || down.by === "agent") return all({});
			return all({ open: new Map(known.open).set(down.conversation, { ...log, got: down.upTo }) });
		}
		case "visitors": {
			const visitors = new Map(known.visitors);
			for (const one of down.visitors) visitors.set(one.visitor, one);
			for (const id of down.left) visitors.delete(id);
			return all({ visitors });
		}
		case "agents":
			return all({
				agents: down.agents,
				me: down.agents.find(({ agent }) => agent === known.me?.agent) ?? known.me,
			});
		case "bye":
			return all({ isUp: false });
	}
}

function grown(
	log: Open,
	span: { after: number; upTo: number; hasOlder?: true; events: readonly LogEvent[] },
): Open | undefined {
	const { after, upTo, events, hasOlder = false } = span;
	// Nothing is here yet, or so much was missed that it begins anew.
	if (log.upTo === 0 || (hasOlder && after > log.upTo))
		return { ...log, upTo, hasOlder, events: inOrder(events) };
	if (after > log.upTo) return undefined;
	const fresh = inOrder(events).filter(({ seq }) => seq > log.upTo);
	return { ...log, upTo: Math.max(upTo, log.upTo), events: [...log.events, ...fresh] };
}

const inOrder = (events: readonly LogEvent[]) => events.toSorted((a, b) => a.seq - b.seq);

type Acks = NonNullable<Extract<AgentDown, { is: "news" }>["acks"]>;

function settled(waiting: readonly Waiting[], acks: Acks): readonly Waiting[] {
	if (acks.length === 0) return waiting;
	const by = new Map(acks.map((ack) => [ack.id, ack]));
	return waiting.flatMap((one) => {
		const ack = by.get(one.command.id);
		if (!ack || (ack.is === "refused" && ack.why === "flood")) return [one];
		return ack.is === "refused" ? [{ ...one, why: ack.why }] : [];
	});
}

function withoutWriting(
	writing: Known["writing"],
	conversation: string,
	isVisitor: boolean,
): Known["writing"] {
	const left = (writing.get(conversation) ?? []).filter((one) => one.isVisitor !== isVisitor);
	return new Map(writing).set(conversation, left);
}

/** Those who write now. */
export function writingIn(known: Known, conversation: string, now: number): readonly Writing[] {
	return (known.writing.get(conversation) ?? []).filter(({ at }) => at > now - writingMs);
}

export const lists = ["mine", "unassigned", "all", "snoozed"] as const;
export type ListName = (typeof lists)[number];

const isIn: Record<ListName, (row: ConversationRow, me: string | undefined) => boolean> = {
	mine: ({ state, agent }, me) => state === "open" && agent?.agent === me,
	unassigned: ({ state, agent }) => state === "open" && agent === null,
	all: ({ state }) => state === "open",
	snoozed: ({ state }) => state === "snoozed",
};

/** Who waits longest comes first; of those who do not wait, who spoke last. */
export function rowsOf({ rows, me }: Known, list: ListName): readonly ConversationRow[] {
	return [...rows.values()]
		.filter((row) => isIn[list](row, me?.agent))
		.toSorted((a, b) => (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || b.lastAt - a.lastAt);
}

/** What was asked of the closed, with what the desk has told since. */
export function withClosed(asked: readonly ConversationRow[], { rows }: Known): readonly ConversationRow[] {
	const all = new Map(asked.map((row) => [row.id, row]));
	for (const row of rows.values()) if (row.seq > (all.get(row.id)?.seq ?? 0)) all.set(row.id, row);
	return [...all.values()].filter(({ state }) => state === "closed").toSorted((a, b) => b.lastAt - a.lastAt);
}

/** Whoever is in this conversation, where a page of theirs is open; of several the one that is looked at. */
export function seenIn({ visitors }: Known, conversation: string): VisitorSeen | undefined {
	const all = [...visitors.values()].filter((one) => one.conversation === conversation);
	return all.find(({ visible }) => visible) ?? all[0];
}

/** A message, a note, or something that was done, as the pane shows it. */
export type Line =
	| {
			readonly is: "message" | "note";
			readonly id: string;
			readonly at: number;
			readonly by: LogEvent["by"];
			readonly text: string;
			readonly files: readonly Attachment[];
			readonly isEdited: boolean;
			readonly isDeleted: boolean;
			/** Of an agent's: whether the visitor has it on the screen, and has read it. */
			readonly fate?: "waiting" | "sent" | "delivered" | "read" | undefined;
			readonly flow?: string | undefined;
	  }
	| {
			readonly is: "pushed";
			readonly id: string;
			readonly at: number;
			readonly by: LogEvent["by"];
			readonly what: Pushed;
	  }
	| { readonly is: "done"; readonly id: string; readonly event: LogEvent }
	| { readonly is: "day"; readonly id: string; readonly at: number };

const quiet: ReadonlySet<LogEvent["is"]> = new Set<LogEvent["is"]>(["read", "edited", "deleted"]);

export function linesOf({ events, got }: Open, waiting: readonly Waiting[]): readonly Line[] {
	const edited = new Map<string, string>();
	const deleted = new Set<string>();
	let read = 0;
	for (const event of events) {
		if (event.is === "edited") edited.set(event.message, event.text);
		else if (event.is === "deleted") deleted.add(event.message);
		else if (event.by.who === "visitor" && event.is === "read") read = Math.max(read, event.upTo);
		else if (event.by.who === "visitor" && event.is === "sent") read = Math.max(read, event.seq);
	}
	const known = new Set(events.map(({ id }) => id));
	const lines = events.flatMap((event): Line[] => {
		if (quiet.has(event.is)) return [];
		const { id, at, by, seq } = event;
		if (event.is === "sent")
			return [
				{
					is: "message",
					id,
					at,
					by,
					text: edited.get(id) ?? event.text,
					files: event.attachments ?? [],
					isEdited: edited.has(id),
					isDeleted: deleted.has(id),
					fate: by.who === "visitor" ? undefined : seq <= read ? "read" : seq <= got ? "delivered" : "sent",
					flow: event.flow,
				},
			];
		if (event.is === "noted")
			return [{ is: "note", id, at, by, text: event.text, files: [], isEdited: false, isDeleted: false }];
		if (event.is === "pushed") return [{ is: "pushed", id, at, by, what: event.what }];
		return [{ is: "done", id: `${seq}`, event }];
	});
	const own = waiting.flatMap(({ command, at, why }): Line[] => {
		if ((command.is !== "send" && command.is !== "note") || known.has(command.id) || why) return [];
		const is = command.is === "send" ? "message" : "note";
		const by = { who: "agent", agent: "", name: "" } as const;
		const { id, text } = command;
		return [{ is, id, at, by, text, files: [], isEdited: false, isDeleted: false, fate: "waiting" }];
	});
	return [...lines, ...own].flatMap((line, n, every): Line[] => {
		const day = dayOf(line);
		const before = every[n - 1];
		const isNew = before === undefined || dayOf(before) !== day;
		const at = line.is === "done" ? line.event.at : line.at;
		return isNew ? [{ is: "day", id: `day ${day}`, at }, line] : [line];
	});
}

function dayOf(line: Line): string {
	return new Date(line.is === "done" ? line.event.at : line.at).toDateString();
}

/** What another agent wrote above `seen`: why a send was refused as stale. */
export function missedIn({ events }: Open, seen: number, me: string | undefined): readonly LogEvent[] {
	return events.filter(
		({ seq, by, is }) => seq > seen && by.who === "agent" && by.agent !== me && !quiet.has(is),
	);
}

/** The number up to which an agent's side has read. */
export function readUpTo({ events }: Open): number {
	return events.reduce(
		(most, one) => (one.is === "read" && one.by.who === "agent" ? Math.max(most, one.upTo) : most),
		0,
	);
}

export function lastOfVisitor({ events }: Open): number {
	return events.findLast(({ is, by }) => is === "sent" && by.who === "visitor")?.seq ?? 0;
}
