// What a marketer defines and publishes: tag rules, scoring rules, segments, experiences.

import type { AttentionPolicy } from "./attention.ts";
import type { Condition, EventMatch, PathTest } from "./condition.ts";

/**
 * `event`: for each event that matches, on arrival, where the person is such (`who`).
 * `trait`: once, as soon as the person is such, whether an event or time made it so.
 */
export type When = { readonly event: EventMatch; readonly who?: Condition } | { readonly trait: Condition };

export interface TagRule {
	readonly id: string;
	readonly tag: string;
	readonly when: When;
}

/** Points may be negative. `once`: for the first matching event only. */
export interface ScoreRule {
	readonly id: string;
	readonly name: string;
	readonly points: number;
	readonly when: When;
	readonly once: boolean;
}

export interface Segment {
	readonly id: string;
	readonly name: string;
	readonly condition: Condition;
}

/** Of something shown on a page, what the decision needs to know. Its content is the protocol's. */
export interface Experience {
	readonly id: string;
	readonly revision: number;
	readonly name: string;
	/** Higher wins; among equals the smaller id. */
	readonly priority: number;
	/** For whom; everyone where absent. */
	readonly segment?: string;
	/** On which pages: any of `only`, every page where that is empty; and on none of `except`. */
	readonly pages: { readonly only: readonly PathTest[]; readonly except: readonly PathTest[] };
	/** Epoch ms: from, and until but not at. */
	readonly schedule: { readonly from?: number; readonly until?: number };
	readonly attention: AttentionPolicy;
}

export interface Definitions<E extends Experience = Experience> {
	readonly tagRules: readonly TagRule[];
	readonly scoreRules: readonly ScoreRule[];
	readonly segments: readonly Segment[];
	readonly experiences: readonly E[];
}
