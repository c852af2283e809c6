// The tabs of one browser: one of them, which holds a lock, speaks with the desk; the others hear what it hears and say
// through it what they say. A page that is left gives all of it up, so that the browser can keep the page for the way back.
// A tab that the browser put to sleep holds its lock and says nothing: whoever finds it silent takes the lock from it.

import { guard } from "../guard.ts";

const name = "witaj.chat";
const silentMs = 3_000;

export interface Tabs {
	/** To all others. */
	readonly tell: (word: unknown) => void;
	/** Looks whether somebody speaks, and speaks in this tab where nobody does. */
	readonly wake: () => void;
	readonly leave: () => void;
}

/**
 * `onWord`: another tab's. `lead`: from now on, until the signal, this tab speaks. Where the browser has no locks, each tab
 * speaks for itself: all that it says has an id, and counts once.
 */
export function join(onWord: (word: unknown) => void, lead: (signal: AbortSignal) => void): Tabs {
	const end = new AbortController();
	const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
	const { locks } = navigator;
	let speaking: AbortController | undefined;
	let silence: ReturnType<typeof setTimeout> | undefined;

	const speak = () => {
		speaking = new AbortController();
		lead(speaking.signal);
	};
	const yieldLine = () => {
		speaking?.abort();
		speaking = undefined;
	};
	const hold = () => {
		speak();
		return new Promise<void>((release) => end.signal.addEventListener("abort", () => release()));
	};
	async function stand(options: LockOptions): Promise<void> {
		try {
			await locks.request(name, options, hold);
		} catch {
			// It was taken from here, or this tab is left. Who has taken one stands in the queue besides.
			yieldLine();
			if (!end.signal.aborted && !options.steal) await stand(options);
		}
	}

	if (channel) {
		channel.onmessage = guard(({ data }: MessageEvent) => {
			if (data === "knock") return speaking && channel.postMessage("here");
			if (data !== "here") return onWord(data);
			clearTimeout(silence);
			silence = undefined;
		});
	}
	if (locks && channel) guard(stand)({ signal: end.signal });
	else speak();
	return {
		tell: (word) => channel?.postMessage(word),
		wake: () => {
			if (speaking || !channel) return;
			channel.postMessage("knock");
			silence ??= setTimeout(
				guard(() => {
					silence = undefined;
					if (!speaking) return stand({ steal: true });
				}),
				silentMs,
			);
		},
		leave: () => {
			clearTimeout(silence);
			yieldLine();
			end.abort();
			channel?.close();
		},
	};
}
