// Events on their way. Each has a storage key of its own, so that tabs need no lock to share the queue, and leaves
// only when its verdict was seen.

import type { CollectEvent, Verdict } from "../worker/protocol/collect.ts";
import { attempt, drop, eventPrefix, keys, read, write } from "./storage.ts";

const most = 200;
const mostPerRequest = 50;
/** Characters; at three bytes each they and the page's own data fit into one body. */
const roomPerRequest = 8_000;

let newest = 0;

/**
 * UUIDv7. No two of a page bear the same millisecond, so that what happened first also sorts first. Ids tell one
 * browser's messages apart and are no secret, so plain chance will do.
 */
function newId(): string {
	newest = Math.max(newest + 1, Date.now());
	// Of eleven digits until the year 2527.
	const time = `0${newest.toString(16)}`.replace(/.{8}/, "$&-");
	return `${time}-7xxx-axxx-xxxxxxxxxxxx`.replace(/x/g, () => ((Math.random() * 16) | 0).toString(16));
}

export function newEvent(name: string, props: CollectEvent["props"] = {}): Required<CollectEvent> {
	return { id: newId(), name, at: Date.now(), props };
}

/** A longer event than fits into a request could never leave, and is not taken. */
export function push(event: CollectEvent): void {
	const text = JSON.stringify(event);
	if (text.length > roomPerRequest) return;
	write(eventPrefix + event.id, text);
	// The ids begin with the time: the oldest go.
	keys(eventPrefix).slice(0, -most).forEach(drop);
}

/** Keys of what the next request takes along, oldest first. */
export function nextKeys(): string[] {
	let room = roomPerRequest;
	return keys(eventPrefix)
		.slice(0, mostPerRequest)
		.filter((key) => {
			room -= `${read(key)}`.length;
			return room >= 0;
		});
}

/** Or a proof: as it was stored. The server drops what is not an event, but its place must be kept. */
export function eventOf(key: string): unknown {
	return attempt(() => JSON.parse(read(key) as string));
}

/** How long the visitor was there, in seconds, where what was noted last is how a page view ended. */
export function lastSeconds(): number | undefined {
	const last = eventOf(keys(eventPrefix).at(-1) as string) as CollectEvent | undefined;
	return last?.props?.seconds as number | undefined;
}

/** Verdicts stand in the order of the events. Tells whether some event has to be sent again. */
export function settle(sent: readonly string[], verdicts: readonly Verdict[]): boolean {
	const isSettled = (index: number) => /^(ok|d)/.test(`${verdicts[index]?.verdict}`);
	return sent.filter((key, index) => !isSettled(index) || drop(key)).length > 0;
}
