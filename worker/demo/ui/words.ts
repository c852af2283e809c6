// What the demo says, as each language has to say it. Numbers and instants come formatted (format.ts) or as numbers
// where their plural is the language's business.

import type { HappeningKind } from "../../domain/happening.ts";
import type { PartKind } from "../../domain/person.ts";
import type { Persona } from "../persona.ts";

export type Lang = "pl" | "en";

export interface Words {
	readonly title: string;
	readonly quoted: (text: string) => string;
	readonly language: string;
	/** Messages that are kept instead of sent. */
	readonly outbox: { readonly name: string; readonly hint: string };
	readonly why: string;
	/** What was asked, and what would change the answer. */
	readonly explanation: string;
	readonly personas: string;
	readonly persona: Readonly<Record<Persona, { readonly name: string; readonly hint: string }>>;
	readonly shop: {
		readonly title: string;
		readonly tab: string;
		readonly back: string;
		readonly again: string;
		readonly home: string;
		readonly address: string;
		readonly missing: string;
		readonly firstVisit: string;
		readonly away: string;
		readonly secondVisit: string;
	};
	readonly clock: {
		readonly title: string;
		readonly real: string;
		readonly ahead: (span: string) => string;
		readonly steps: Readonly<Record<"minutes" | "hours" | "days", string>>;
		readonly back: string;
	};
	readonly inspector: {
		readonly title: string;
		readonly tab: string;
		readonly views: string;
		readonly live: string;
		readonly card: string;
	};
	readonly card: {
		readonly waiting: string;
		readonly lost: string;
		readonly anonymous: string;
		readonly facts: string;
		readonly noFacts: string;
		readonly orders: string;
		readonly ordered: (count: number, amount: string) => string;
		readonly interests: string;
		readonly segments: string;
		readonly lists: string;
		readonly consents: string;
		readonly owner: string;
		readonly stage: string;
		readonly browsers: string;
		readonly kinds: Readonly<Record<PartKind, string>>;
		readonly sealed: (n: number) => string;
		readonly proof: Readonly<Record<"typed" | "linked" | "verified", string>>;
		readonly timeline: string;
		readonly kind: string;
		readonly all: string;
		readonly happenings: Readonly<Record<HappeningKind, string>>;
		readonly period: string;
		readonly periods: Readonly<Record<"always" | "day" | "week", string>>;
		readonly noneSuch: string;
		readonly more: string;
		readonly activity: string;
		readonly activityIs: (events: string) => string;
		readonly asTable: string;
		readonly week: string;
		readonly events: string;
		readonly pages: string;
		readonly amount: string;
	};
	readonly silence: {
		readonly waiting: string;
		readonly nobody: string;
		readonly nobodyWhy: string;
		readonly consent: string;
		readonly consentWhy: string;
		readonly consentHow: string;
		readonly refused: string;
		readonly refusedWhy: string;
		readonly offline: string;
	};
	readonly guide: {
		readonly title: string;
		readonly prices: string;
		readonly anywhere: string;
		readonly close: string;
		readonly wait: string;
	};
	readonly who: {
		readonly title: string;
		readonly identity: Readonly<Record<"anonymous" | "identified" | "monitored", string>>;
		readonly unproven: string;
		readonly unprovenWhy: string;
		readonly firstSeen: string;
		readonly visits: string;
		readonly environment: string;
		readonly firstTouch: string;
		readonly lastTouch: string;
		readonly landing: (path: string) => string;
		readonly unknown: string;
		readonly direct: string;
		readonly attributes: Readonly<Record<string, string>>;
		readonly device: Readonly<Record<string, string>>;
		readonly forgotten: string;
	};
	readonly tags: { readonly title: string; readonly none: string };
	readonly score: {
		readonly title: string;
		readonly none: string;
		readonly points: (n: number) => string;
		readonly byClock: string;
		readonly byHand: string;
	};
	readonly segments: {
		readonly title: string;
		readonly in: string;
		readonly out: string;
		readonly since: (at: string) => string;
		readonly until: (at: string, relative: string) => string;
		readonly forGood: string;
		readonly pending: string;
		readonly count: (isIn: number, all: number) => string;
	};
	readonly candidates: {
		readonly title: string;
		readonly on: (path: string) => string;
		readonly none: string;
		readonly verdict: Readonly<Record<"yes" | "no", string>>;
		readonly shown: string;
		readonly offSchedule: string;
		readonly otherPage: string;
		readonly noConsent: string;
		readonly notInSegment: (segment: string) => string;
		readonly capped: string;
		readonly heldOut: string;
		readonly poolEmpty: (pool: string) => string;
		readonly expired: string;
		/** What it cools down after. */
		readonly after: Readonly<Record<"close" | "submit" | "conversion", string>>;
		readonly landing: string;
		readonly bought: string;
		readonly tooSoon: string;
		readonly interrupted: (experience: string) => string;
		readonly again: (at: string, relative: string) => string;
		readonly never: string;
		readonly lostTo: (experience: string) => string;
	};
	readonly story: {
		readonly title: string;
		readonly none: string;
		readonly events: Readonly<Record<string, string>>;
		readonly clock: string;
		/** Of what a rule made because of something that had happened before it was applied, at that instant. */
		readonly past: string;
		readonly applied: (at: string) => string;
		readonly read: (seconds: string, percent: string) => string;
		readonly entered: (segment: string) => string;
		readonly left: (segment: string) => string;
		readonly reasons: string;
	};
}
