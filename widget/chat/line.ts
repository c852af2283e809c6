// The line to the desk: a socket that is kept open, and where none can be had, requests. Knows nothing of what is said, but
// that whatever has an id is said again until it is acknowledged.

import type {
	VisitorAnswer,
	VisitorCommand,
	VisitorDown,
	VisitorFrame,
	VisitorPost,
} from "../../worker/protocol/chat.ts";
import type { PublicSettings } from "../../worker/protocol/settings.ts";
import { guard } from "../guard.ts";
import type { Here } from "./here.ts";
import { attempt, read, tokenKey } from "./keys.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** After so many sockets on which nobody said welcome, requests are made. */
const patience = 2;
/** And after so many of them a socket is tried again. */
const asksPerHope = 20;
const askMs = 3_000;
const seldomMs = 12_000;
const pingMs = 25_000;
const pongMs = 6_000;
const floodPauseMs = 3_000;
const commandsPerFrame = 50;
/** Of the protocol's 65,536, with room for what is around. */
const frameText = 60_000;
/** Codes from here on are refusals, of which the first is a bug of ours and would be one again. */
const refused = 4400;

type Timer = ReturnType<typeof setTimeout> | undefined;

export interface Speaker {
	readonly settings: PublicSettings;
	/** What the page has already. */
	readonly has: () => { readonly conversation: string | null; readonly upTo: number };
	/** What is not acknowledged yet, in its order. */
	readonly waiting: () => readonly VisitorCommand[];
	readonly here: () => Here;
	/** Makes sure that this browser has a token; false where it may not have one. */
	readonly mayTalk: () => Promise<boolean>;
	/** Whether somebody waits for an answer before their eyes. */
	readonly isWatched: () => boolean;
	readonly hear: (down: VisitorDown) => void;
	readonly onLink: (isUp: boolean) => void;
	readonly signal: AbortSignal;
}

export interface Line {
	readonly say: (frame: VisitorFrame) => void;
	/** Says what waits and was not said on this link yet. */
	readonly flush: () => void;
	/** Says these again in a while: they came too fast. */
	readonly repeat: (ids: readonly string[]) => void;
	/** Drops the link for a new one: something was missed. */
	readonly renew: () => void;
}

export function openLine(speaker: Speaker): Line {
	const { settings, has, waiting, here, mayTalk, isWatched, hear, onLink, signal } = speaker;
	let socket: WebSocket | undefined;
	/** Welcomed on this socket. */
	let isUp = false;
	let failures = 0;
	let neverWelcome = 0;
	let timer: Timer;
	let answering: Timer;
	/** Said on this link. */
	let said = new Set<string>();
	let isAsking = false;
	let asks = 0;

	const after = (ms: number, task: () => unknown) => {
		clearTimeout(timer);
		timer = setTimeout(guard(task), ms);
	};
	const pause = () => Math.min(longestPauseMs, firstPauseMs * 2 ** failures++) * (0.5 + Math.random());
	const link = (up: boolean) => {
		if (isUp !== up) onLink(up);
		isUp = up;
	};

	function drop(): void {
		const old = socket;
		socket = undefined;
		said = new Set();
		clearTimeout(answering);
		link(false);
		if (!old) return;
		old.onmessage = old.onclose = null;
		old.close();
	}

	async function connect(): Promise<void> {
		if (signal.aborted) return;
		drop();
		if (!(await mayTalk())) return after(pause(), connect);
		if (signal.aborted) return;
		const { conversation, upTo } = has();
		const url = new URL(`${settings.edge.replace(/^http/, "ws")}/v1/chat`);
		url.searchParams.set("site", settings.site);
		if (conversation) {
			url.searchParams.set("conversation", conversation);
			url.searchParams.set("after", `${upTo}`);
		}
		const token = read(tokenKey);
		neverWelcome++;
		const mine = attempt(() => new WebSocket(url, token ? ["witaj-chat", token] : ["witaj-chat"]));
		// The page's policy forbids it.
		if (!mine) return ask();
		socket = mine;
		mine.onmessage = guard(({ data }: MessageEvent) => {
			clearTimeout(answering);
			answering = undefined;
			if (data === "pong") return;
			const down = JSON.parse(data) as VisitorDown;
			if (down.is === "welcome") {
				failures = neverWelcome = 0;
				hear(down);
				link(true);
				say(here());
				flush();
			} else hear(down);
		});
		mine.onclose = guard(({ code }: CloseEvent) => {
			drop();
			if (code === refused) return;
			if (neverWelcome >= patience) return ask();
			after(pause() + (code > refused ? longestPauseMs : 0), connect);
		});
		// A proxy may swallow all of it and say nothing.
		answering = setTimeout(
			guard(() => mine.onclose?.({ code: 1006 } as CloseEvent)),
			pongMs * 2,
		);
	}

	/** Where there is no socket. */
	async function ask(): Promise<void> {
		clearTimeout(timer);
		if (signal.aborted || isAsking) return;
		isAsking = true;
		try {
			if (!(await mayTalk())) return after(pause(), ask);
			const { conversation, upTo } = has();
			const { is: _, ...where } = here();
			const token = read(tokenKey);
			const body: VisitorPost = {
				site: settings.site,
				...(token && { token }),
				...(conversation && { conversation, after: upTo }),
				commands: [...frameOf(waiting())],
				here: where,
			};
			const response = await fetch(`${settings.edge}/v1/chat`, {
				method: "POST",
				body: JSON.stringify(body),
				signal: AbortSignal.timeout(longestPauseMs),
			});
			const { acks, ...welcome } = (await response.json()) as VisitorAnswer;
			if (welcome.is !== "welcome") throw response;
			failures = 0;
			hear(welcome);
			hear({ is: "acks", acks });
			link(true);
			after(waiting().length ? firstPauseMs : isWatched() ? askMs : seldomMs, next);
		} catch {
			link(false);
			after(pause(), next);
		} finally {
			isAsking = false;
		}
	}

	function next(): unknown {
		if (++asks % asksPerHope) return ask();
		neverWelcome = patience - 1;
		return connect();
	}

	/** As many as one frame holds. */
	function frameOf(commands: readonly VisitorCommand[]): readonly VisitorCommand[] {
		let room = frameText;
		return commands.slice(0, commandsPerFrame).filter((one) => {
			room -= JSON.stringify(one).length;
			return room > 0;
		});
	}

	function say(frame: VisitorFrame): void {
		if (socket?.readyState === WebSocket.OPEN && isUp) socket.send(JSON.stringify(frame));
	}

	function flush(): void {
		if (!socket && !isAsking && neverWelcome >= patience) return void ask();
		if (!isUp || !socket) return;
		const fresh = waiting().filter(({ id }) => !said.has(id));
		const commands = frameOf(fresh);
		if (commands.length === 0) return;
		for (const { id } of commands) said.add(id);
		say({ is: "do", commands: [...commands] });
		if (commands.length < fresh.length) flush();
		check();
	}

	function check(): void {
		if (socket?.readyState !== WebSocket.OPEN) return;
		socket.send("ping");
		answering ||= setTimeout(guard(connect), pongMs);
	}

	const again = () => {
		if (document.hidden) return;
		if (isUp && socket) return check();
		failures = 0;
		after(0, connect);
	};
	addEventListener("online", guard(again), { signal });
	document.addEventListener(
		"visibilitychange",
		guard(() => isUp && check()),
		{ signal },
	);
	const pinging = setInterval(guard(check), pingMs);
	signal.addEventListener("abort", () => {
		clearTimeout(timer);
		clearInterval(pinging);
		drop();
	});
	guard(connect)();
	const repeat = (ids: readonly string[]) => {
		setTimeout(
			guard(() => {
				for (const id of ids) said.delete(id);
				flush();
			}),
			floodPauseMs,
		);
	};
	return { say, flush, repeat, renew: guard(connect) };
}
