// The tabs of one browser: one of them, which holds a lock, speaks with the desk; the others hear what it hears and say
// through it what they say. A page that is left gives all of it up, so that the browser can keep the page for the way back.

import { guard } from "../guard.ts";

const name = "witaj.chat";

export interface Tabs {
	/** To all others. */
	readonly tell: (word: unknown) => void;
	readonly leave: () => void;
}

/**
 * `onWord`: another tab's. `lead`: from now on, until the signal, this tab speaks. Where the browser has no locks, each tab
 * speaks for itself: all that it says has an id, and counts once.
 */
export function join(onWord: (word: unknown) => void, lead: (signal: AbortSignal) => void): Tabs {
	const end = new AbortController();
	const { signal } = end;
	const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
	if (channel) channel.onmessage = guard(({ data }: MessageEvent) => onWord(data));
	if (navigator.locks && channel) {
		const held = () =>
			new Promise<void>((release) => {
				signal.addEventListener("abort", () => release());
				lead(signal);
			});
		guard(() => navigator.locks.request(name, { signal }, held))();
	} else lead(signal);
	return {
		tell: (word) => channel?.postMessage(word),
		leave: () => {
			end.abort();
			channel?.close();
		},
	};
}
