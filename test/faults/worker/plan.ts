// What the tests order of D1, and what they are told. Plain types, seen from both sides of the wire.

import type { Identifier } from "../../../worker/domain/contact.ts";

/** How D1 fails. Shares are of all calls, 0 to 1. */
export interface Plan {
	/** D1 cannot be reached at all. */
	readonly down: boolean;
	/** Share of calls that fail before D1 sees them. */
	readonly before: number;
	/** Share of calls that D1 carries out, and whose answer is then lost. */
	readonly after: number;
	/** The shares are of batches, and questions are answered. */
	readonly batchesOnly?: true;
	/** A batch that carries this text is refused by D1 itself. */
	readonly poison?: string;
	readonly seed: number;
}

export const sound: Plan = { down: false, before: 0, after: 0, seed: 1 };

export interface Figures {
	readonly calls: number;
	readonly failedBefore: number;
	readonly failedAfter: number;
}

/** A person as the cell reads them. */
export interface Look {
	readonly now: number;
	readonly identity: string;
	readonly firstSeenAt: number;
	readonly lastSeenAt: number;
	readonly visits: number;
	readonly tags: Readonly<Record<string, { readonly count: number }>>;
	readonly score: number;
	readonly segments: readonly string[];
	readonly candidates: readonly { readonly experience: string; readonly reason: string }[];
}

/** Everything that a cell's SQLite holds of people and for others. */
export interface Tables {
	readonly people: readonly { readonly id: string; readonly state: string }[];
	/** What waits to be told. */
	readonly outbox: readonly Waiting[];
	/** Every row of the outbox, also those that D1 has already and that no later one has overwritten. */
	readonly slots: readonly Waiting[];
	readonly dead: readonly Waiting[];
}

export interface Waiting {
	readonly seq: number;
	readonly sink: string;
	readonly payload: string;
}

/** What a site's server tells of somebody: as much of it as the tests need. */
export interface Told {
	readonly person: string;
	readonly part: { readonly id: string; readonly kind: "server" };
	readonly identifiers: readonly Identifier[];
	readonly events: readonly {
		readonly id: string;
		readonly name: string;
		readonly at: number;
		readonly props: Record<string, string>;
	}[];
	readonly erasedAt?: number;
	readonly firesRules: boolean;
}
