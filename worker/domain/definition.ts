// What a marketer defines and publishes: tag rules, scoring rules, loyalty programmes, segments, experiences.

import type { AttentionPolicy, Bounds } from "./attention.ts";
import type { Condition, EventMatch, InterestLeaf, NumberTest, PathTest } from "./condition.ts";
import type { PageCondition } from "./page.ts";
import type { Surface } from "./surface.ts";
import type { Opening } from "./trigger.ts";
import type { Variant } from "./variant.ts";
import type { InEach } from "./words/language.ts";

/**
 * `event`: for each event that matches, on arrival, where the person is such (`who`).
 * `trait`: once, as soon as the person is such, whether an event or time made it so.
 */
export type When = { readonly event: EventMatch; readonly who?: Condition } | { readonly trait: Condition };

export interface TagRule {
	readonly id: string;
	/** In the marketer's words. */
	readonly name?: string;
	/** One `{property}` in it stands for what the causing event says there (tag.ts). */
	readonly tag: string;
	readonly when: When;
	/** Takes the tag off instead, however often it was added. */
	readonly removes?: boolean;
	/** The tag goes when it was not added again, by anybody, for so long. */
	readonly expiresAfterMs?: number;
}

/** A tag for each category or brand in which the person is interested, for as long as they are. */
export interface InterestTag {
	readonly id: string;
	readonly name?: string;
	/** `{category}` or `{brand}` in it stands for what they are interested in (tag.ts). */
	readonly tag: string;
	/** As in a condition. */
	readonly of: InterestLeaf["of"];
	readonly test: NumberTest;
}

/** A static list: who is on it stands with the people. */
export interface StaticList {
	readonly id: string;
	readonly names: InEach<string>;
}

/** For each event that matches, for the first alone, or for the first `perDay` of each day (of UTC). */
export type Limit = "each" | "once" | { readonly perDay: number };

export interface ScoreRule {
	readonly id: string;
	readonly name: string;
	/** May be negative. */
	readonly points: number;
	/** Whose points they are; of none, the site's own score. */
	readonly programme?: string;
	readonly when: When;
	readonly limit?: Limit;
	/** How older definitions say `limit`, which counts where both are given. */
	readonly once?: boolean;
	/** What an entry gave is taken back so long after the event. */
	readonly expiresAfterMs?: number;
}

/** A loyalty programme: only members earn. */
export interface Programme {
	readonly id: string;
	readonly name: string;
	readonly joins: "everyone" | { readonly by: When };
	/** Ascending. */
	readonly tiers: readonly Tier[];
	/** Every so many days from the first point on, so many percent of the balance are lost, in whole points. */
	readonly fades?: { readonly everyDays: number; readonly percent: number };
	readonly rewards: readonly Reward[];
}

/** `from` so many points ever earned. */
export interface Tier {
	readonly id: string;
	readonly name: string;
	readonly from: number;
}

export interface Reward {
	readonly id: string;
	readonly name: string;
	readonly points: number;
	/** The pool that its coupon is taken from; a reward without one is given by other means. */
	readonly pool?: string;
}

export interface Segment {
	readonly id: string;
	readonly name: string;
	readonly condition: Condition;
}

/** A greeting invites to the chat; in all else it is as a pop-up. */
export type ExperienceKind = "popup" | "banner" | "frame" | "greeting";

/** Of something shown on a page, what the decision needs to know. Its content is the protocol's. */
export interface Experience {
	readonly id: string;
	readonly revision: number;
	readonly name: string;
	/** A pop-up where absent. */
	readonly kind?: ExperienceKind;
	/** Over the page as a dialog where absent. */
	readonly surface?: Surface;
	/** At once where absent. */
	readonly trigger?: Opening;
	/** Higher wins; among equals the smaller id. */
	readonly priority: number;
	/** For whom; everyone where absent. */
	readonly segment?: string;
	/** On which pages: any of `only`, every page where that is empty; and on none of `except`. */
	readonly pages: { readonly only: readonly PathTest[]; readonly except: readonly PathTest[] };
	/** What else must be so of the page and the hour. */
	readonly here?: PageCondition;
	/** Epoch ms: from, and until but not at. */
	readonly schedule: { readonly from?: number; readonly until?: number };
	readonly attention: AttentionPolicy;
	/** With whose others it shares bounds. */
	readonly group?: string;
	/** A dialog or a full screen may cover the page to which a search engine sent a phone. */
	readonly onLanding?: true;
	/** To so many of a hundred people it is not shown, whatever speaks for it: the others are compared with them. */
	readonly heldOut?: number;
	/** Of which each person gets one (variant.ts). */
	readonly variants?: readonly Variant[];
}

/** Experiences that share bounds: all of them together are shown no more often. */
export interface Group extends Bounds {
	readonly id: string;
	readonly name: string;
}

/** What a site spares its visitors, whatever its experiences say. Interruptions are what lies over the page. */
export interface SiteAttention {
	/** Of all interruptions together. */
	readonly site?: Bounds;
	/** Of all experiences of a kind. */
	readonly channels?: Readonly<Partial<Record<ExperienceKind, Bounds>>>;
	/** At least so long from one interruption to the next. */
	readonly gapMs?: number;
	/** No interruption for so long after an order. */
	readonly afterPurchaseMs?: number;
}

export interface Definitions<E extends Experience = Experience> {
	readonly tagRules: readonly TagRule[];
	readonly scoreRules: readonly ScoreRule[];
	/** None in older definitions. */
	readonly programmes?: readonly Programme[];
	readonly interestTags?: readonly InterestTag[];
	readonly lists?: readonly StaticList[];
	readonly segments: readonly Segment[];
	readonly experiences: readonly E[];
	readonly groups?: readonly Group[];
	readonly attention?: SiteAttention;
}
