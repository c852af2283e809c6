// What is told of a history: its ledger and its story. Types alone: they cross from the Worker to a screen.

import type { Candidate } from "../domain/decision.ts";
import type { Properties } from "../domain/event.ts";

export interface LedgerLine {
	readonly id: string;
	readonly at: number;
	readonly points: number;
	/** None of what was given by hand. */
	readonly rule: string | null;
	/** When a rule was applied to the past, and made this because of what had happened then; absent where it had run on time. */
	readonly appliedAt?: number;
	/** The event that earned them, its name and its page; "clock", and neither, where time did. */
	readonly event: string;
	readonly name: string | null;
	readonly path: string | null;
}

export interface StoryLine {
	readonly id: string;
	readonly at: number;
	readonly name: string;
	readonly props: Properties;
	readonly effects: readonly Effect[];
	/** As of a line of the ledger. */
	readonly appliedAt?: number;
	/** Of something shown: every candidate with its reason, as of that moment. */
	readonly decision: readonly Candidate[] | null;
}

export interface Effect {
	readonly name: string;
	readonly props: Properties;
	readonly rule: string;
}
