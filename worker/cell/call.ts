// What a Worker asks of a cell, and what it is told. Crosses between old and new during a deploy: members are added,
// never changed. Whys are data: what makes sentences of them is none of the cell's business.

import type { FillCall } from "../content/call.ts";
import type { Application, Applied } from "../domain/application.ts";
import type { Because } from "../domain/because.ts";
import type { CandidateBecause } from "../domain/because-decision.ts";
import type { ScoreBecause } from "../domain/because-score.ts";
import type { TagBecause } from "../domain/because-tag.ts";
import type { Change } from "../domain/change.ts";
import type { Condition } from "../domain/condition.ts";
import type { Correction } from "../domain/correction.ts";
import type { Programme, Segment } from "../domain/definition.ts";
import type { Value } from "../domain/event.ts";
import type { Environment, TagMark } from "../domain/facts.ts";
import type { Touch } from "../domain/source.ts";
import type { Identity } from "../domain/subject.ts";
import type { Claim, CollectEvent, CollectResponse, Page } from "../protocol/collect.ts";
import type { Experience } from "../protocol/site.ts";
import type { Terms } from "./consents.ts";
import type { Past } from "./past.ts";

export type Filling = Pick<FillCall, "taste" | "words">;

export interface CollectCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	/**
	 * `new`: made by the Worker for this request. `known`: out of a token that we signed.
	 * `nobody`: nothing may be written (no consent, staff, a bot): the page is decided for, and forgotten.
	 */
	readonly who:
		| { readonly is: "known"; readonly visitor: string }
		/** `replaces`: the visitor whose token came was erased. Nothing that the browser did until now is taken in anew. */
		| { readonly is: "new"; readonly visitor: string; readonly replaces?: "erased" }
		| { readonly is: "nobody" };
	readonly origin: string | undefined;
	readonly environment: Environment;
	readonly page: Page;
	readonly decide: boolean;
	/** The browser's clock at the sending, epoch ms. */
	readonly sentAt: number;
	readonly events: readonly CollectEvent[];
	readonly claims: readonly Claim[];
	/** Where the browser reaches us: our origin, with the prefix of a site's own route. An older Worker does not say. */
	readonly edge?: string;
}

export type CollectAnswer =
	/**
	 * `moved`: the cell where the browser is now, and for which it gets another token. `fill`: what is shown has something in
	 * it that only the content Worker has, and this is what it may know of the visitor.
	 */
	| ({ readonly is: "answered"; readonly moved?: string; readonly fill?: Filling } & Omit<
			CollectResponse,
			"token"
	  >)
	/** The token was signed by us, but its visitor was erased or never came: to be taken as new. */
	| { readonly is: "unknown-visitor"; readonly was?: "erased" }
	| { readonly is: "refused"; readonly code: "origin-refused" | "too-many-requests" | "site-unknown" };

/** The site's own people look at an experience as this person would see it. */
export interface PosingCall {
	readonly person: string;
	readonly experience: Experience;
	readonly page: Page;
}

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

/** Somebody is to be asked whether the address on their card is theirs. */
export interface AskCall {
	readonly site: string;
	readonly cell: string;
	readonly person: string;
	/** Where browsers reach us. */
	readonly edge: string;
	readonly language: "pl" | "en";
	/** Where the person goes on from there: counts where it is one of the site's own. */
	readonly page: string;
}

export type AskAnswer = "asked" | "person-unknown" | "no-address" | "too-often";

/** What a confirmation asks, on our page. `page` is where the browser goes on, if anywhere. */
export interface Question {
	readonly site: string;
	readonly wording?: string;
	readonly page?: string;
	readonly isConfirmed: boolean;
}

/** `isNew`: it was this call that confirmed it. */
export interface Confirmed extends Question {
	readonly isNew: boolean;
}

/** What somebody says of a consent by a link of ours; without `terms` it is only whether they are there. */
export interface SayCall {
	readonly site: string;
	readonly cell: string;
	/** A UUIDv7: said again under it, it is said once. */
	readonly id: string;
	readonly person: string;
	readonly what: "given" | "withdrawn";
	readonly terms?: Terms;
	readonly place: "link" | "unsubscribe";
}

export interface Unsubscribed {
	readonly site: string;
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

/** What would come of it, for up to `limit` people after one, in the order of their ids. */
export interface PreviewCall {
	readonly application: Application;
	readonly after: string;
	readonly limit: number;
}

export interface PastPreview {
	/** How many people were looked at. */
	readonly people: number;
	/** The last of them; null where nobody comes after. */
	readonly next: string | null;
	/** Of them, those whose latest acts D1 has not yet, and who were passed over. */
	readonly busy: number;
	/** Whoever it would change. */
	readonly changed: readonly PastChange[];
}

export interface PastChange {
	readonly person: string;
	readonly tags: readonly (Changed & { readonly tag: string })[];
	/** Of a programme its balance; null for the site's own score. */
	readonly points: readonly (Changed & { readonly score: string | null })[];
	/** How many entries it would make, and the latest of them, in the order of time. */
	readonly count: number;
	readonly entries: readonly Correction[];
}

interface Changed {
	readonly before: number;
	readonly after: number;
}

/** How far the first of them has come; the others wait for it. */
export interface Applications {
	readonly pending: readonly Applied[];
	readonly people: number;
	readonly done: number;
}
