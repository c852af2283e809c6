// What a linter says of a condition: data, which the admin turns into sentences.

import type { Leaf } from "../condition.ts";
import type { Scalar } from "../event.ts";
import type { Place } from "../refusal.ts";

export type Warning =
	/** Everyone meets the condition at this place, or nobody does. */
	| { readonly kind: "always-true" | "never-true"; readonly at: Place; readonly because: Cause }
	/** The member changes nothing: `by`, a member of the same list, says as much (`all`) or lets as many through (`any`). */
	| {
			readonly kind: "superfluous";
			readonly at: Place;
			readonly by: Place;
			readonly within: "all" | "any";
	  }
	/** Asks the very same as an earlier member of the same list. */
	| { readonly kind: "duplicate"; readonly at: Place; readonly of: Place }
	/** No event can match: `tests` of one property contradict each other. */
	| { readonly kind: "never-matches"; readonly at: Place; readonly tests: readonly Place[] }
	| {
			readonly kind: "empty-window";
			readonly at: Place;
			readonly why: EmptyWindow;
			/** The members that leave no time between them, where there are several. */
			readonly members?: readonly Place[];
	  }
	/** The window ended before now: nobody is added any more. */
	| { readonly kind: "over"; readonly at: Place; readonly endedAt: number }
	/** Details of anonymous people do not live as long as the window. */
	| {
			readonly kind: "contacts-only";
			readonly at: Place;
			readonly windowMs: number;
			readonly retentionMs: number;
	  }
	/** The site does not ask for what this field reads. */
	| { readonly kind: "field-forbidden"; readonly at: Place; readonly field: Leaf["field"] }
	/** No value looks like this text. */
	| { readonly kind: "odd-text"; readonly at: Place; readonly why: OddText; readonly value: string };

export type Cause =
	/** A list without members. */
	| { readonly why: "empty" }
	/** The leaf alone. */
	| { readonly why: "itself"; readonly example?: Example }
	/** These members together: no value misses all of them, or none meets them all. */
	| { readonly why: "members"; readonly members: readonly Place[]; readonly example?: Example }
	/** One member that is so itself, and is warned of. Said of the whole condition only. */
	| { readonly why: "member"; readonly member: Place };

/** A value that shows it: `at` is the leaf that asks for it, `holds` the member that is true of it all the same. */
export interface Example {
	readonly at: Place;
	readonly field: Leaf["field"];
	/** Null where it is that there is none. */
	readonly value: Scalar | null;
	readonly holds: Place;
}

export type EmptyWindow =
	| "ends-before-it-begins"
	| "no-time-at-all"
	/** The future, of something that lies in the past. */
	| "future-of-the-past";

export type OddText =
	| "path-without-slash"
	/** Paths are compared decoded. */
	| "path-encoded"
	/** Paths are compared without what follows them. */
	| "path-with-query"
	| "country-not-two-letters"
	| "device-unknown"
	| "email-domain-with-at"
	/** Nothing is left of it once it is folded, so that every text holds it. */
	| "folds-to-nothing";
