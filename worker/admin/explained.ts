// What is answered to why, as data: why people meet a condition, have a tag or points, or are shown something.

import type { Because } from "../domain/because.ts";
import type { CandidateBecause } from "../domain/because-decision.ts";
import type { ScoreBecause } from "../domain/because-score.ts";
import type { TagBecause } from "../domain/because-tag.ts";
import type { Change } from "../domain/change.ts";
import type { Condition } from "../domain/condition.ts";
import type { Programme, Segment } from "../domain/definition.ts";
import type { Value } from "../domain/event.ts";
import type { Environment, TagMark } from "../domain/facts.ts";
import type { Touch } from "../domain/source.ts";
import type { Identity } from "../domain/subject.ts";
import type { Page } from "../protocol/collect.ts";
import type { Experience } from "../protocol/site.ts";
import type { Past } from "./past-asked.ts";

/** Why somebody meets a condition or does not, with the least that would make it another. */
export interface ConditionWhy {
	readonly of: "condition";
	readonly condition: Condition;
	readonly because: Because;
	readonly change: Change;
}

export type Why =
	| ConditionWhy
	| { readonly of: "tag"; readonly because: TagBecause; readonly change: Change }
	| { readonly of: "score"; readonly because: ScoreBecause };

/** Whom an explanation is of, with what D1 has of their events where the question needs it. */
export interface Asked {
	readonly person: string;
	readonly past: Past;
}

export interface ExplainCall {
	readonly people: readonly Asked[];
	readonly question:
		| { readonly of: "segment"; readonly segment: string }
		/** `segments` are those that it mentions, and those that they mention. An older Worker tells no programmes. */
		| {
				readonly of: "condition";
				readonly condition: Condition;
				readonly segments: readonly Segment[];
				readonly programmes?: readonly Programme[];
		  }
		| { readonly of: "tag"; readonly tag: string }
		/** Null for the site's own score. */
		| { readonly of: "score"; readonly programme: string | null }
		/** What the first of the people would be shown there now. */
		| { readonly of: "page"; readonly page: AskedPage };
}

/** An address, or what of one follows the host. */
export type AskedPage = Readonly<Pick<Page, "url" | "referrer" | "title" | "product">>;

/** None of whoever is not known here. */
export type ExplainAnswer =
	| { readonly is: "explained"; readonly people: readonly Explained[] }
	| { readonly is: "decided"; readonly candidates: readonly CandidateBecause<Experience>[] }
	| { readonly is: "refused"; readonly code: "site-unknown" | "segment-unknown" | "programme-unknown" };

export interface Explained {
	readonly person: string;
	readonly why: Why;
	/** Since when they are in the segment, null where they are not. Absent where a condition was asked for. */
	readonly memberSince?: number | null;
}

/** A person as an inspector shows them: what is known, what it adds up to, and why each experience is or is not shown. */
export interface Inspection {
	readonly now: number;
	readonly revision: number;
	readonly person: string;
	readonly identity: Identity;
	readonly firstSeenAt: number;
	readonly lastSeenAt: number;
	readonly visits: number;
	readonly environment: Environment | null;
	readonly firstTouch: Touch | null;
	readonly lastTouch: Touch | null;
	readonly attributes: Readonly<Record<string, Value>>;
	readonly tags: Readonly<Record<string, TagMark>>;
	readonly score: number;
	readonly segments: readonly SegmentWhy[];
	readonly candidates: readonly CandidateBecause<Experience>[];
}

/** `since` is the instant of entry, null for whoever is not in it. */
export interface SegmentWhy extends ConditionWhy {
	readonly id: string;
	readonly name: string;
	readonly since: number | null;
}
