// A decision: which experience one page view gets, and because of what. It offers and writes no attention:
// before it opens, the widget claims, and the same question is asked of the same record again.

import {
	type Accounts,
	accountsFor,
	type Bound,
	type Joint,
	jointly,
	lastInterruptionAt,
	refusalIn,
} from "./account.ts";
import { type Attention, refusal } from "./attention.ts";
import type { PathTest } from "./condition.ts";
import type { Experience } from "./definition.ts";
import { type Interruption, interruptionBefore } from "./interruption.ts";
import { own } from "./keyed.ts";
import { passesPath } from "./match.ts";
import { type PageNow, passesPage } from "./page.ts";
import { covers, interrupts, placeOf } from "./surface.ts";
import { opensAtOnce } from "./trigger.ts";

export type Reason =
	| { readonly is: "shown" }
	| { readonly is: "off-schedule"; readonly from?: number; readonly until?: number }
	| { readonly is: "other-page" }
	| { readonly is: "no-consent" }
	| { readonly is: "not-in-segment"; readonly segment: string }
	/** A phone, and the page to which a search engine sent it. */
	| { readonly is: "landing" }
	| Bound
	/** No interruption so soon after an order. */
	| Quiet
	/** Nor so soon after another. */
	| { readonly is: "too-soon"; readonly until: number }
	/** Something else lies over this page view, or over another of the person's. */
	| { readonly is: "interrupted"; readonly experience: string; readonly until: number }
	| RunOut
	/** The person is of those to whom it is not shown, for the others to be compared with. */
	| { readonly is: "held-out" }
	| { readonly is: "lost-to"; readonly experience: string };

interface Quiet {
	readonly is: "bought";
	readonly at: number;
	readonly until: number;
}

/** What it would give is not there any more: no code is left in the pool, or the time that it was promised for is over. */
export type RunOut =
	| { readonly is: "pool-empty"; readonly pool: string }
	| { readonly is: "expired"; readonly at: number };

export interface Candidate {
	readonly experience: string;
	readonly revision: number;
	readonly reason: Reason;
}

export interface Decision<E extends Experience> {
	/** Every experience of the site with its reason, in the order in which they compete. */
	readonly candidates: readonly Candidate[];
	readonly shown: readonly E[];
}

export interface Question<E extends Experience = Experience> {
	readonly now: number;
	readonly page: PageNow;
	isIn(segment: string): boolean;
	/** May the person's past be used? Before consent only what this page and browser tell may. */
	mayUse(segment: string): boolean;
	readonly attention: Readonly<Record<string, Attention>>;
	readonly accounts: Accounts;
	/** Instants of the orders that count. */
	readonly bought: readonly number[];
	/** Whether a search engine sent the visitor's phone to this very page. */
	isLanding(): boolean;
	readonly interruptions: readonly Interruption[];
	/** Id of the page view. */
	readonly view?: string;
	/**
	 * What would open now, and so has to wait for what is open elsewhere: with a page view, what waits for nothing; with a
	 * claim, whatever is claimed. Nothing does on a page out of sight.
	 */
	readonly opening: "at-once" | "anything" | "nothing";
	/** Nobody is where absent. */
	isHeldOut?(experience: Experience): boolean;
	/** Asked last, of what nothing else speaks against: to know it may cost something. Nothing has run out where absent. */
	runOut?(experience: E): RunOut | undefined;
}

/**
 * What a decision shows, without the reasons: for a page view that shows nothing nobody asks them. `granted` is shown by
 * this page view already. `held`: what would be shown, to somebody else.
 */
export function choose<E extends Experience>(
	experiences: readonly E[],
	question: Question<E>,
	granted: readonly E[] = [],
): { readonly shown: readonly E[]; readonly held: readonly E[] } {
	const joint = jointly(question.attention);
	const shown: E[] = [...granted];
	const held: E[] = [];
	for (const experience of experiences) {
		if (granted.includes(experience) || objection(experience, question, joint) || rivalOf(experience, shown))
			continue;
		(question.isHeldOut?.(experience) ? held : shown).push(experience);
	}
	return { shown, held };
}

/**
 * They come in the order in which they compete. `claimed` is being shown already, whatever it would lose to: it was the
 * first to open.
 */
export function decide<E extends Experience>(
	experiences: readonly E[],
	question: Question<E>,
	claimed?: E,
): Decision<E> {
	const joint = jointly(question.attention);
	const shown: E[] = claimed ? [claimed] : [];
	const candidates = experiences.map((experience) => {
		const isClaimed = experience === claimed;
		const against = isClaimed
			? undefined
			: (objection(experience, question, joint) ?? holding(experience, question));
		const rival = against || isClaimed ? undefined : rivalOf(experience, shown, claimed);
		const reason: Reason = against ?? (rival ? { is: "lost-to", experience: rival.id } : { is: "shown" });
		if (reason.is === "shown" && !isClaimed) shown.push(experience);
		return { experience: experience.id, revision: experience.revision, reason };
	});
	return { candidates, shown };
}

function holding(experience: Experience, question: Question): Reason | undefined {
	return question.isHeldOut?.(experience) ? { is: "held-out" } : undefined;
}

function rivalOf<E extends Experience>(
	experience: Experience,
	shown: readonly E[],
	claimed?: E,
): E | undefined {
	return shown.find(
		(other) =>
			givesWay(experience, other) || (other === claimed && interrupts(experience) && interrupts(other)),
	);
}

/**
 * Whether an experience cannot be shown beside one that comes before it. A place within the page is one experience's
 * alone. Over the page one may open at once, and then nothing that comes after it; those that wait for something are all
 * offered, and the first that opens has the page view (the claim sees to that).
 */
export function givesWay(experience: Experience, other: Experience): boolean {
	const [place, its] = [placeOf(experience), placeOf(other)];
	return place === undefined ? its === undefined && opensAtOnce(other.trigger) : its === place;
}

/** What speaks against showing it, rivals aside: asked by the decision and again by the claim. */
export function objection<E extends Experience>(
	experience: E,
	question: Question<E>,
	joint: Joint = jointly(question.attention),
): Reason | undefined {
	const { schedule, pages, here, segment } = experience;
	const { now, page } = question;
	if (isOffSchedule(schedule, now)) return { is: "off-schedule", ...schedule };
	if (!belongsOn(pages, page.path)) return { is: "other-page" };
	if (here && !passesPage(here, page, now)) return { is: "other-page" };
	if (segment !== undefined) {
		if (!question.mayUse(segment)) return { is: "no-consent" };
		if (!question.isIn(segment)) return { is: "not-in-segment", segment };
	}
	if (isSparedPhone(experience, question)) return { is: "landing" };
	const { attention, accounts, bought } = question;
	const refused = refusal(experience.attention, own(attention, experience.id), bought, now);
	if (refused) return refused;
	for (const account of accountsFor(experience, accounts)) {
		const bound = refusalIn(account, joint, bought, now);
		if (bound) return bound;
	}
	const spared = interrupts(experience) ? sparing(experience, question, joint) : undefined;
	return spared ?? question.runOut?.(experience);
}

/** Search engines hold it against a site when a dialog covers the page to which they sent a phone. */
export function isSparedPhone(experience: Experience, question: Question): boolean {
	return covers(experience) && !experience.onLanding && question.isLanding();
}

function sparing(experience: Experience, question: Question, joint: Joint): Reason | undefined {
	const { now, interruptions, view, opening } = question;
	const quiet = quietAfterPurchase(question);
	if (quiet) return quiet;
	// What waits for something may find it over when it opens, and asks then.
	if (opening === "nothing" || (opening === "at-once" && !opensAtOnce(experience.trigger))) return undefined;
	const before = interruptionBefore(interruptions, view, now);
	if (before) return { is: "interrupted", ...before };
	const until = tooSoonUntil(question, joint);
	return now < until ? { is: "too-soon", until } : undefined;
}

export function quietAfterPurchase({ accounts, bought, now }: Question): Quiet | undefined {
	const { afterPurchaseMs } = accounts;
	if (afterPurchaseMs === undefined || bought.length === 0) return undefined;
	const at = Math.max(...bought);
	return now < at + afterPurchaseMs ? { is: "bought", at, until: at + afterPurchaseMs } : undefined;
}

/** Until when the last interruption is not so long ago as the site wants. */
export function tooSoonUntil({ accounts: { gapMs } }: Question, joint: Joint): number {
	return gapMs === undefined ? -Infinity : lastInterruptionAt(joint) + gapMs;
}

export function isOffSchedule({ from, until }: Experience["schedule"], now: number): boolean {
	return (from !== undefined && now < from) || (until !== undefined && now >= until);
}

export function belongsOn({ only, except }: Experience["pages"], path: string): boolean {
	const isHere = (page: PathTest) => passesPath(page, path);
	return (only.length === 0 || only.some(isHere)) && !except.some(isHere);
}
