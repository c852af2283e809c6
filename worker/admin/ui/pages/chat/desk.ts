// The line to the desk: one socket for each site that is worked on, kept while the screen is open, whatever page is looked
// at. What was said and is not acknowledged is said again, under the same ids.

import { signal } from "@preact/signals";
import type { AgentAnswer, AgentCommand, AgentDown, AgentFrame, Refusal } from "../../../../protocol/chat.ts";
import { call } from "../../api/call.ts";
import type { OpenSite } from "../../site.ts";
import { type Known, lastOfVisitor, noLog, nothing, readUpTo, told } from "./known.ts";

const firstPauseMs = 500;
const longestPauseMs = 20_000;
const pingMs = 25_000;
const pongMs = 6_000;
const floodMs = 3_000;
const typingMs = 2_000;
const commandsPerFrame = 50;

export type Said = AgentCommand extends infer One
	? One extends { id: string; seen: number }
		? Omit<One, "id" | "seen">
		: never
	: never;

export interface Desk {
	readonly known: { readonly value: Known };
	readonly open: (conversation: string) => void;
	readonly shut: (conversation: string) => void;
	/** What came before the first message that stands on the screen. */
	readonly older: (conversation: string) => void;
	/** Answers with its id. */
	readonly say: (conversation: string, command: Said) => string;
	/** Shows a pop-up in the visitor's page; answers with why it cannot be. */
	readonly show: (conversation: string, experience: string) => Promise<Refusal | undefined>;
	/** What was refused is no longer shown. */
	readonly drop: (id: string) => void;
	readonly type: (conversation: string) => void;
	/** All of the visitor's that stands on the screen. */
	readonly read: (conversation: string) => void;
	readonly beAway: (isAway: boolean) => void;
	readonly whenTold: (task: (down: AgentDown, before: Known) => void) => () => void;
}

const desks = new Map<string, Desk>();

export function deskOf(site: OpenSite): Desk {
	const kept = desks.get(site.id) ?? begin(site);
	desks.set(site.id, kept);
	return kept;
}

function begin({ id: site, api }: OpenSite): Desk {
	const keptAs = `witaj.desk.${site}`;
	const known = signal<Known>({ ...nothing, waiting: kept(keptAs) });
	const tasks = new Set<(down: AgentDown, before: Known) => void>();
	let socket: WebSocket | undefined;
	let failures = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let answering: ReturnType<typeof setTimeout> | undefined;
	let said = new Set<string>();
	let typedAt = 0;
	let isTyping = false;
	let isOver = false;

	const set = (change: Partial<Known>) => {
		known.value = { ...known.value, ...change };
		keep(keptAs, known.value);
	};
	const send = (frame: AgentFrame | "ping") => {
		if (socket?.readyState === WebSocket.OPEN) socket.send(frame === "ping" ? frame : JSON.stringify(frame));
	};

	function connect(): void {
		clearTimeout(timer);
		lose();
		const url = new URL(`${api}/desk`, location.href);
		url.protocol = url.protocol.replace("http", "ws");
		const mine = new WebSocket(url);
		socket = mine;
		mine.onmessage = ({ data }: MessageEvent<string>) => {
			clearTimeout(answering);
			answering = undefined;
			if (data !== "pong") hear(JSON.parse(data) as AgentDown);
		};
		mine.onclose = () => {
			lose();
			if (isOver) return;
			const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** failures++) * (0.5 + Math.random());
			timer = setTimeout(connect, pause);
		};
		answering = setTimeout(() => mine.close(), 2 * pongMs);
	}

	function lose(): void {
		clearTimeout(answering);
		answering = undefined;
		said = new Set();
		const old = socket;
		socket = undefined;
		if (old) {
			old.onmessage = old.onclose = null;
			old.close();
		}
		if (known.value.isUp) set({ isUp: false });
	}

	function hear(down: AgentDown): void {
		const before = known.value;
		const { known: next, gaps } = told(before, down, Date.now());
		known.value = next;
		keep(keptAs, next);
		if (down.is === "welcome") {
			failures = 0;
			for (const [conversation, { upTo }] of next.open) send({ is: "open", conversation, after: upTo });
			flush();
		} else if (down.is === "bye" && down.why === "signed-out") isOver = true;
		for (const conversation of gaps)
			send({ is: "open", conversation, after: next.open.get(conversation)?.upTo ?? 0 });
		const flooded =
			"acks" in down ? (down.acks ?? []).filter((ack) => ack.is === "refused" && ack.why === "flood") : [];
		if (flooded.length > 0)
			setTimeout(() => {
				for (const { id } of flooded) said.delete(id);
				flush();
			}, floodMs);
		for (const task of tasks) task(down, before);
	}

	/** All that waits and was not said on this link, one frame for each conversation. */
	function flush(): void {
		if (!known.value.isUp) return;
		const fresh = known.value.waiting.filter(({ command, why }) => !why && !said.has(command.id));
		const by = Map.groupBy(fresh, ({ conversation }) => conversation);
		for (const [conversation, all] of by)
			for (let at = 0; at < all.length; at += commandsPerFrame) {
				const commands = all.slice(at, at + commandsPerFrame).map(({ command }) => command);
				for (const { id } of commands) said.add(id);
				send({ is: "do", conversation, commands });
			}
		if (fresh.length > 0) check();
	}

	function check(): void {
		if (socket?.readyState !== WebSocket.OPEN) return;
		send("ping");
		answering ??= setTimeout(connect, pongMs);
	}

	function again(): void {
		if (isOver) return;
		failures = 0;
		if (known.value.isUp) check();
		else connect();
	}
	addEventListener("online", again);
	document.addEventListener("visibilitychange", () => document.hidden || check());
	setInterval(check, pingMs);
	connect();

	const desk: Desk = {
		known,
		open: (conversation) => {
			const log = known.value.open.get(conversation);
			if (!log) set({ open: new Map(known.value.open).set(conversation, noLog) });
			send({ is: "open", conversation, after: log?.upTo ?? 0 });
		},
		shut: (conversation) => {
			const open = new Map(known.value.open);
			open.delete(conversation);
			set({ open });
			send({ is: "shut", conversation });
		},
		older: (conversation) => {
			const before = known.value.open.get(conversation)?.events[0]?.seq;
			if (before !== undefined) send({ is: "older", conversation, before });
		},
		say: (conversation, command) => {
			const id = newId();
			const seen = known.value.open.get(conversation)?.upTo ?? 0;
			const whole = { ...command, id, seen } as AgentCommand;
			set({ waiting: [...known.value.waiting, { conversation, command: whole, at: Date.now() }] });
			flush();
			return id;
		},
		show: async (conversation, experience) => {
			const seen = known.value.open.get(conversation)?.upTo ?? 0;
			const what = { is: "experience", experience } as const;
			const command = { id: newId(), seen, is: "push", what } satisfies AgentCommand;
			const { acks } = await call<AgentAnswer>("POST", `${api}/conversations/${conversation}`, {
				after: seen,
				commands: [command],
			});
			return acks[0]?.is === "refused" ? acks[0].why : undefined;
		},
		drop: (id) => set({ waiting: known.value.waiting.filter(({ command }) => command.id !== id) }),
		type: (conversation) => {
			// What is typed in between is told of at the end of the pause.
			if (isTyping) return;
			isTyping = true;
			setTimeout(
				() => {
					isTyping = false;
					typedAt = Date.now();
					send({ is: "typing", conversation });
				},
				typedAt + typingMs - Date.now(),
			);
		},
		read: (conversation) => {
			const log = known.value.open.get(conversation);
			if (!log || document.hidden) return;
			const upTo = lastOfVisitor(log);
			const isSaid = known.value.waiting.some(
				(one) => one.conversation === conversation && one.command.is === "read" && one.command.upTo >= upTo,
			);
			if (upTo > readUpTo(log) && !isSaid) desk.say(conversation, { is: "read", upTo });
		},
		beAway: (isAway) => send({ is: "presence", isAway }),
		whenTold: (task) => {
			tasks.add(task);
			return () => tasks.delete(task);
		},
	};
	return desk;
}

/** A reload must not lose what was sent and not acknowledged. */
function keep(name: string, { waiting }: Known): void {
	const open = waiting.filter(({ why, command }) => !why && command.is !== "read");
	if (open.length > 0) sessionStorage.setItem(name, JSON.stringify(open));
	else sessionStorage.removeItem(name);
}

function kept(name: string): Known["waiting"] {
	return JSON.parse(sessionStorage.getItem(name) ?? "[]") as Known["waiting"];
}

let newest = 0;

/** UUIDv7; no two of a screen bear the same millisecond, so that they sort as they were made. */
export function newId(): string {
	newest = Math.max(newest + 1, Date.now());
	const time = newest.toString(16).padStart(12, "0");
	const chance = crypto.randomUUID().slice(15);
	return `${time.slice(0, 8)}-${time.slice(8)}-7${chance}`;
}
