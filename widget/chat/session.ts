// What goes on in this browser's conversation: what the desk said, what was said here and is not acknowledged, who is
// writing. The same in all tabs.

import type {
	Author,
	Got,
	Office,
	Refusal,
	VisitorCommand,
	VisitorDown,
	VisitorFrame,
} from "../../worker/protocol/chat.ts";
import type { Offer, Theme } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Stage } from "../host.ts";
import type { Launcher } from "../launcher.ts";
import { hereOn } from "./here.ts";
import { attempt, commandPrefix, drop, keys, logKey, read, talkKey, tokenKey, write } from "./keys.ts";
import { type Line, openLine } from "./line.ts";
import type { Pending } from "./lines.ts";
import { begun, grown, grownBack, kept, type Log, noLog, unreadIn, wasKept } from "./log.ts";
import { join, type Tabs } from "./tabs.ts";

const typingShownMs = 5_000;
const typingSaidMs = 2_000;
const awayAfterMs = 10_000;
const lookMs = 1_000;
const looksPerKnock = 10;

export interface State {
	readonly log: Log;
	readonly office: Office | undefined;
	readonly theme: Theme | undefined;
	readonly got: Got;
	readonly isUp: boolean;
	readonly typing: Author | undefined;
	readonly pending: readonly Pending[];
}

/** Without its id, which it gets here. */
export type Said = VisitorCommand extends infer One
	? One extends { id: string }
		? Omit<One, "id">
		: never
	: never;

/** What tabs tell each other. */
type Word =
	| { readonly is: "frame"; readonly frame: VisitorFrame }
	| { readonly is: "flush" }
	| { readonly is: "ask" }
	| { readonly is: "down"; readonly down: VisitorDown }
	| { readonly is: "now"; readonly state: Omit<State, "pending" | "typing"> };

export interface Session {
	readonly state: () => State;
	/** Kept until it is acknowledged, over pages and lost links. Answers with its id. */
	readonly say: (command: Said) => string;
	/** Says again what was refused, under a new id. */
	readonly repeat: (id: string) => void;
	readonly older: () => void;
	readonly type: () => void;
	readonly upload: (file: File, then: (id: string | undefined) => void) => void;
	readonly end: () => void;
}

export interface Hearing {
	/** Something of the state is another. */
	readonly onChange: () => void;
	/** Messages of the other side, that were not there before. `isLeading`: this tab hears them first. */
	readonly onMessages: (isLeading: boolean) => void;
	/** It is acknowledged or refused for good. */
	readonly onDone: (command: VisitorCommand, isRefused: boolean) => void;
	readonly isOpen: () => boolean;
}

export function begin(
	{ host, settings }: Launcher,
	{ onChange, onMessages, onDone, isOpen }: Hearing,
): Session {
	let state: Omit<State, "pending"> = {
		log: attempt(() => wasKept(read(logKey))) ?? noLog,
		office: undefined,
		theme: undefined,
		got: {},
		isUp: false,
		typing: undefined,
	};
	let line: Line | undefined;
	let tabs: Tabs | undefined;
	let typingEnds = 0;
	let awayFrom = 0;
	let typedAt = 0;
	let isTyping = false;
	let told = "";
	/** Of this tab: refused for good. */
	const refusedHere = new Map<string, Pending>();
	const files = new Map<string, { readonly file: File; readonly then: (id: string | undefined) => void }>();

	const set = (change: Partial<typeof state>) => {
		state = { ...state, ...change };
		onChange();
	};
	const commands = (): VisitorCommand[] =>
		keys(commandPrefix).flatMap((key) => attempt(() => JSON.parse(`${read(key)}`) as VisitorCommand) ?? []);
	const here = () => hereOn(host);
	const tell = (word: Word) => tabs?.tell(word);
	/** By whichever tab speaks. */
	const pass = (frame: VisitorFrame) => (line ? line.say(frame) : tell({ is: "frame", frame }));
	const flush = () => {
		if (line) return line.flush();
		tell({ is: "flush" });
		tabs?.wake();
	};

	async function mayTalk(): Promise<boolean> {
		if (host.consent() !== "granted") return false;
		if (read(tokenKey) === undefined) await host.ask();
		return read(tokenKey) !== undefined;
	}

	/** From the desk, or from the tab that hears it. */
	function hear(down: VisitorDown, isLeading: boolean): void {
		const before = unreadIn(state.log).at(-1)?.seq ?? 0;
		if ("acks" in down && down.acks) settle(down.acks);
		if (down.is === "welcome") {
			const { office, got, theme } = down;
			set({ log: begun(state.log, down), office, got, theme });
		} else if (down.is === "news") {
			const isSame = down.conversation === state.log.conversation || state.log.conversation === null;
			const log = isSame ? grown({ ...state.log, conversation: down.conversation }, down) : undefined;
			if (log) set({ log, typing: undefined, got: { ...state.got, ...down.got } });
			else if (line) line.renew();
			else tell({ is: "ask" });
		} else if (down.is === "older") set({ log: grownBack(state.log, down) });
		else if (down.is === "office") {
			const { office } = down;
			clearTimeout(awayFrom);
			// Whoever loads their page anew has not gone.
			if (office.isOpen) set({ office });
			else awayFrom = setTimeout(() => set({ office }), awayAfterMs);
		} else if (down.is === "got") set({ got: { ...state.got, [down.by]: down.upTo } });
		else if (down.is === "typing") {
			set({ typing: down.by });
			clearTimeout(typingEnds);
			typingEnds = setTimeout(() => set({ typing: undefined }), typingShownMs);
		} else if (down.is === "show") {
			if (down.offer) guard(showPushed)(down.offer);
		} else onChange();
		const { log } = state;
		if (log.conversation) write(talkKey, log.conversation);
		if (isLeading) {
			write(logKey, JSON.stringify(kept(log)));
			tell({ is: "down", down });
		}
		const newest = unreadIn(log).at(-1)?.seq ?? 0;
		if (newest <= before) return;
		if (isLeading) line?.say({ is: "got", upTo: log.upTo });
		onMessages(isLeading);
	}

	type Acks = NonNullable<Extract<VisitorDown, { is: "news" }>["acks"]>;
	function settle(acks: Acks): void {
		const flooded: string[] = [];
		for (const ack of acks) {
			const { id } = ack;
			if (ack.is === "refused" && ack.why === "flood") {
				flooded.push(id);
				continue;
			}
			const command = commands().find((one) => one.id === id);
			drop(commandPrefix + id);
			if (command) onDone(command, ack.is === "refused");
			if (command?.is === "send" && ack.is === "refused") fail(command, ack.why);
			const waiting = files.get(id);
			files.delete(id);
			if (waiting) {
				const { upload, file } = ack.is === "ok" ? ack : {};
				guard(put)(waiting, upload, file);
			}
		}
		if (flooded.length) line?.repeat(flooded);
	}

	function fail(command: VisitorCommand, why: Refusal): void {
		refusedHere.set(command.id, { command, at: timeOf(command.id), why });
	}

	async function put(
		{ file, then }: { readonly file: File; readonly then: (id: string | undefined) => void },
		upload: string | undefined,
		id: string | undefined,
	): Promise<void> {
		let isThere = false;
		try {
			if (upload) {
				const headers = { "content-type": "text/plain" };
				const response = await fetch(new URL(upload, settings.edge), {
					method: "POST",
					body: file.slice(),
					headers,
				});
				isThere = response.ok;
			}
		} finally {
			then(isThere ? id : undefined);
		}
	}

	/** In the tab that is looked at. The chunk of pop-ups draws it. */
	async function showPushed(offer: Offer): Promise<void> {
		if (document.hidden) return;
		const stage = (await import(import.meta.url.replace(/chat(?=\.js$)/, "popup"))) as Stage;
		stage.show([{ ...offer, trigger: { kind: "at-once" } }], host);
	}

	function onWord(word: Word): void {
		if (word.is === "frame") line?.say(word.frame);
		else if (word.is === "flush") line?.flush();
		else if (word.is === "ask") {
			const { typing: _, ...now } = state;
			if (line) tell({ is: "now", state: now });
		} else if (word.is === "down") hear(word.down, false);
		else if (!line) set(word.state);
	}

	function lead(signal: AbortSignal): void {
		const waiting = commands;
		const isWatched = () => isOpen() && !document.hidden;
		line = openLine({
			settings,
			has: () => state.log,
			waiting,
			here: () => {
				const now = here();
				told = JSON.stringify(now);
				return now;
			},
			mayTalk,
			isWatched,
			signal,
			hear: (down) => hear(down, true),
			onLink: (isUp) => {
				set({ isUp });
				const { typing: _, ...now } = state;
				tell({ is: "now", state: now });
			},
		});
		signal.addEventListener("abort", () => {
			line = undefined;
			set({ isUp: false });
			// Where another tab has taken over.
			tell({ is: "ask" });
		});
	}

	function enter(): void {
		tabs = join(guard(onWord as (word: unknown) => void), lead);
		tell({ is: "ask" });
		tabs.wake();
	}
	function leave(): void {
		tabs?.leave();
		tabs = undefined;
	}

	enter();
	addEventListener("pagehide", guard(leave));
	addEventListener(
		"pageshow",
		guard(({ persisted }: PageTransitionEvent) => persisted && enter()),
	);
	let looks = 0;
	let mayBeKnown = host.consent() === "granted";
	const look = setInterval(
		guard(() => {
			if (host.consent() === "denied") return end();
			if (mayBeKnown !== (host.consent() === "granted")) {
				mayBeKnown = !mayBeKnown;
				line?.renew();
				onChange();
			}
			if (!document.hidden && ++looks % looksPerKnock === 0) tabs?.wake();
			const now = here();
			const said = JSON.stringify(now);
			if (said === told || document.hidden) return;
			told = said;
			pass(now);
		}),
		lookMs,
	);

	function end(): void {
		clearInterval(look);
		leave();
		for (const key of [logKey, talkKey, ...keys(commandPrefix)]) drop(key);
		set({ log: noLog, office: undefined });
	}

	function say(command: Said): string {
		const { id } = host.newEvent("");
		write(commandPrefix + id, JSON.stringify({ ...command, id }));
		flush();
		onChange();
		return id;
	}

	return {
		state: () => {
			const waiting = commands().map((command) => ({ command, at: timeOf(command.id) }));
			const pending = [...refusedHere.values(), ...waiting].sort((a, b) =>
				a.command.id < b.command.id ? -1 : 1,
			);
			return { ...state, pending };
		},
		say,
		repeat: (id) => {
			const refused = refusedHere.get(id)?.command;
			if (!refused) return;
			refusedHere.delete(id);
			const { id: _, ...command } = refused;
			say(command as Said);
		},
		older: () => {
			const first = state.log.events[0]?.seq;
			if (state.log.hasOlder && first !== undefined) pass({ is: "older", before: first });
		},
		type: () => {
			// What is typed in between is told of at the end of the pause.
			if (isTyping) return;
			isTyping = true;
			setTimeout(
				guard(() => {
					isTyping = false;
					typedAt = Date.now();
					pass({ is: "typing" });
				}),
				typedAt + typingSaidMs - Date.now(),
			);
		},
		upload: (file, then) =>
			files.set(say({ is: "upload", name: file.name.slice(-200), bytes: file.size }), { file, then }),
		end,
	};
}

/** An id says when it was made. */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, 13).replace("-", ""), 16);
