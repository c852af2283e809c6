// What the Worker asks of a cell, and what it is told. Crosses from a new Worker to an old cell during a deploy:
// members are added, never changed.

import type { Because } from "../domain/because.ts";
import type { Candidate } from "../domain/decision.ts";
import type { Environment, TagMark } from "../domain/facts.ts";
import type { Touch } from "../domain/source.ts";
import type { Identity } from "../domain/subject.ts";
import type { Claim, CollectEvent, CollectResponse, Page } from "../protocol/collect.ts";

export interface CollectCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	/**
	 * `new`: made by the Worker for this request. `known`: out of a token that we signed.
	 * `nobody`: nothing may be written (no consent, staff, a bot): the page is decided for, and forgotten.
	 */
	readonly who: { readonly is: "new" | "known"; readonly visitor: string } | { readonly is: "nobody" };
	readonly origin: string | undefined;
	readonly environment: Environment;
	readonly page: Page;
	readonly decide: boolean;
	/** The browser's clock at the sending, epoch ms. */
	readonly sentAt: number;
	readonly events: readonly CollectEvent[];
	readonly claims: readonly Claim[];
}

export type CollectAnswer =
	| ({ readonly is: "answered" } & Omit<CollectResponse, "token">)
	/** The token was signed by us, but its visitor was erased or never came: to be taken as new. */
	| { readonly is: "unknown-visitor" }
	| { readonly is: "refused"; readonly code: "origin-refused" | "too-many-requests" | "site-unknown" };

export interface SegmentView {
	readonly id: string;
	readonly name: string;
	readonly since: number | null;
	/** Until when time alone leaves the answer as it is; null for always. */
	readonly until: number | null;
	readonly because: Because;
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
	readonly attributes: Readonly<Record<string, string | number | boolean>>;
	readonly tags: Readonly<Record<string, TagMark>>;
	readonly score: number;
	readonly segments: readonly SegmentView[];
	readonly candidates: readonly (Candidate & { readonly name: string })[];
}
