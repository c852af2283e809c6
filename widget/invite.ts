// Where a site invites visitors to talk: one tab of the browser, which holds a lock, stands at a socket, says where it is, and
// waits to be spoken to. From then on all is the chat's.

import type { PublicSettings } from "../worker/protocol/settings.ts";
import { hereOn } from "./chat/here.ts";
import { tokenKey } from "./chat/keys.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";

const lock = "witaj.chat.invite";
const lookMs = 1_000;
const pingMs = 50_000;
/** After a deployment all come back, and not at once. */
const pauseMs = 15_000;

/** `talk` loads the chat. What is answered ends the waiting. */
export function wait(host: Host, settings: PublicSettings, talk: () => unknown): () => void {
	let leaving = new AbortController();

	function stand(signal: AbortSignal): Promise<void> | undefined {
		const token = localStorage[tokenKey];
		if (token === undefined || host.consent() !== "granted") return;
		const url = `${settings.edge.replace(/^http/, "ws")}/v1/chat?site=${settings.site}`;
		const socket = new WebSocket(url, token ? ["witaj-chat", token] : ["witaj-chat"]);
		let told = "";
		const tell = () => {
			if (host.consent() !== "granted") return socket.close();
			const text = JSON.stringify(hereOn(host));
			if (socket.readyState !== WebSocket.OPEN || text === told) return;
			told = text;
			socket.send(text);
		};
		const looking = setInterval(guard(tell), lookMs);
		const pinging = setInterval(
			guard(() => socket.send("ping")),
			pingMs,
		);
		socket.onopen = guard(tell);
		// With the first frame, where there is one already.
		socket.onmessage = guard(({ data }: MessageEvent<string>) => /"conversation":"/.test(data) && talk());
		signal.addEventListener("abort", () => socket.close());
		return new Promise((done) => {
			socket.onclose = () => {
				clearInterval(looking);
				clearInterval(pinging);
				done();
			};
		});
	}

	const enter = guard(async () => {
		leaving = new AbortController();
		const { signal } = leaving;
		while (!signal.aborted) {
			// Whoever is new has a token then.
			await host.ask();
			await navigator.locks.request(lock, { signal }, () => stand(signal));
			await new Promise((done) => setTimeout(done, pauseMs * (0.2 + Math.random())));
		}
	});
	const leave = () => leaving.abort();
	const back = guard(({ persisted }: PageTransitionEvent) => {
		if (persisted) enter();
	});

	enter();
	// A lock and a socket keep a page from being kept for the way back.
	addEventListener("pagehide", leave);
	addEventListener("pageshow", back);
	return () => {
		leave();
		removeEventListener("pageshow", back);
	};
}
