// What the inspector is told once a second. Types alone: they cross from the Worker to the page.

import type { Inspection, SegmentWhy } from "../admin/explained.ts";
import type { CandidateView, Explanation } from "../admin/sentences.ts";
import type { LedgerLine, StoryLine } from "../protocol/history.ts";
import type { Activity, Card, Timeline } from "../protocol/person.ts";

/** Instants are epoch ms on the site's clock, which is `clockOffsetMs` ahead of the machine's. */
export interface Report {
	readonly now: number;
	readonly clockOffsetMs: number;
	/** None where nothing is known of the persona: not yet, not without consent, or not any more. */
	readonly visitor: Visitor | null;
}

export interface Visitor {
	readonly id: string;
	readonly cell: string;
	/** The path of the page that candidates are judged for. */
	readonly path: string;
	readonly person: Omit<Inspection, "segments" | "candidates"> & {
		readonly segments: readonly SegmentView[];
		readonly candidates: readonly CandidateView[];
	};
	/** Whether the card's browser was tied to it by nothing better than what somebody typed. */
	readonly isUnproven: boolean;
	readonly rules: Readonly<Record<string, RuleName>>;
	/** Latest first. */
	readonly ledger: readonly LedgerLine[];
	readonly story: readonly StoryLine[];
}

/** The card with the latest of what happened, as it was asked for. */
export interface CardReport {
	readonly card: Card;
	readonly timeline: Timeline;
	readonly activity: Activity;
}

export interface SegmentView extends Pick<SegmentWhy, "id" | "name" | "since">, Explanation {}

/** Names that a marketer gave: of a scoring rule, a segment, an experience; of a tag rule its tag. */
export interface RuleName {
	readonly kind: "tag" | "score" | "segment" | "experience";
	readonly name: string;
}
