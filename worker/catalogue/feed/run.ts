// A feed's settings, and how far a run of it has come. Plain JSON: it is what the object stores and what it answers.

import type { FeedFault, Format } from "../../domain/catalogue/feed/feed.ts";
import type { ItemFault } from "../../domain/catalogue/item.ts";
import type { FetchFault } from "../../platform/fetch.ts";

export interface FeedSettings {
	readonly url: string;
	/** How often it is asked for; by hand alone where there is nothing. */
	readonly everyMs?: number;
	/** ISO 4217: of prices that name none. */
	readonly currency: string;
}

/**
 * `fetching`, `checking` and `applying` are at work; `suspicious` waits for somebody's word. What was in the catalogue
 * before stays as it was but for `done`, and for as much as `applying` has come to.
 */
export type RunStatus =
	| "fetching"
	| "checking"
	| "suspicious"
	| "applying"
	| "done"
	/** It is the same as the last that was done: the shop's server said so. */
	| "unchanged"
	| "failed"
	| "dismissed";

export type RunFault =
	| FetchFault
	| { readonly is: FeedFault; readonly line: number }
	| { readonly is: "too-large" | "broken-package" | "fault" };

/** How a run came to be. */
export type RunCause = "schedule" | "hand" | "upload";

export interface FeedRun {
	readonly n: number;
	readonly by: RunCause;
	readonly status: RunStatus;
	readonly startedAt: number;
	readonly endedAt?: number;
	/** Fetched so far, unpacked. */
	readonly bytes: number;
	readonly format?: Format;
	/** Of items: read so far, and of these taken and refused. A repeated id is refused. */
	readonly items: number;
	readonly good: number;
	readonly refused: number;
	/** All there are; as many are kept as `catalogueLimits.problems` says. */
	readonly problems: number;
	/** Good items that are in the catalogue by now, of them new and changed; and what is no longer offered. */
	readonly applied: number;
	readonly added: number;
	readonly changed: number;
	readonly gone: number;
	readonly fault?: RunFault;
	/** How many good items the last run that was done had; what is suspicious is so beside this. */
	readonly goodBefore?: number;
}

/** What is wrong with an item. It is refused unless it `isTaken`, without what is wrong. */
export interface FeedProblem extends Omit<ItemFault, "is"> {
	readonly is: ItemFault["is"] | "repeated" | "no-room";
	readonly line: number;
	readonly id: string | null;
	readonly isTaken: boolean;
}

export const atWork: ReadonlySet<RunStatus> = new Set(["fetching", "checking", "applying"]);

export function newRun(n: number, by: RunCause, startedAt: number, goodBefore: number | undefined): FeedRun {
	return {
		n,
		by,
		status: "fetching",
		startedAt,
		bytes: 0,
		...unread,
		applied: 0,
		added: 0,
		changed: 0,
		gone: 0,
		...(goodBefore !== undefined && { goodBefore }),
	};
}

export const unread = { items: 0, good: 0, refused: 0, problems: 0 } as const;
