// A decision: which experience one page view gets, and because of what. It offers and writes no attention:
// before it opens, the widget claims, and the same question is asked of the same record again.

import { type Attention, type Refusal, refusal } from "./attention.ts";
import type { PathTest } from "./condition.ts";
import type { Experience } from "./definition.ts";
import { passesPath } from "./match.ts";
import { type PageNow, passesPage } from "./page.ts";
import { placeOf } from "./surface.ts";
import { opensAtOnce } from "./trigger.ts";

export type Reason =
	| { readonly is: "shown" }
	| { readonly is: "off-schedule"; readonly from?: number; readonly until?: number }
	| { readonly is: "other-page" }
	| { readonly is: "no-consent" }
	| { readonly is: "not-in-segment"; readonly segment: string }
	| Refusal
	| RunOut
	| { readonly is: "lost-to"; readonly experience: string };

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

export interface Question {
	readonly now: number;
	readonly page: PageNow;
	isIn(segment: string): boolean;
	/** May the person's past be used? Before consent only what this page and browser tell may. */
	mayUse(segment: string): boolean;
	readonly attention: Readonly<Record<string, Attention>>;
	/** Asked last, of what nothing else speaks against: to know it may cost something. Nothing has run out where absent. */
	runOut?(experience: string): RunOut | undefined;
}

/** What a decision shows, without the reasons: for a page view that shows nothing nobody asks them. */
export function choose<E extends Experience>(experiences: readonly E[], question: Question): readonly E[] {
	const shown: E[] = [];
	for (const experience of experiences) {
		if (!objection(experience, question) && !rivalOf(experience, shown)) shown.push(experience);
	}
	return shown;
}

/** They come in the order in which they compete. */
export function decide<E extends Experience>(experiences: readonly E[], question: Question): Decision<E> {
	const shown: E[] = [];
	const candidates = experiences.map((experience) => {
		const against = objection(experience, question);
		const rival = against ? undefined : rivalOf(experience, shown);
		const reason: Reason = against ?? (rival ? { is: "lost-to", experience: rival.id } : { is: "shown" });
		if (reason.is === "shown") shown.push(experience);
		return { experience: experience.id, revision: experience.revision, reason };
	});
	return { candidates, shown };
}

function rivalOf<E extends Experience>(experience: Experience, shown: readonly E[]): E | undefined {
	return shown.find((other) => givesWay(experience, other));
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
export function objection(experience: Experience, question: Question): Reason | undefined {
	const { schedule, pages, here, segment } = experience;
	const { now, page } = question;
	if (isOffSchedule(schedule, now)) return { is: "off-schedule", ...schedule };
	if (!belongsOn(pages, page.path)) return { is: "other-page" };
	if (here && !passesPage(here, page, now)) return { is: "other-page" };
	if (segment !== undefined) {
		if (!question.mayUse(segment)) return { is: "no-consent" };
		if (!question.isIn(segment)) return { is: "not-in-segment", segment };
	}
	const known = Object.hasOwn(question.attention, experience.id)
		? question.attention[experience.id]
		: undefined;
	return refusal(experience.attention, known, now) ?? question.runOut?.(experience.id);
}

export function isOffSchedule({ from, until }: Experience["schedule"], now: number): boolean {
	return (from !== undefined && now < from) || (until !== undefined && now >= until);
}

export function belongsOn({ only, except }: Experience["pages"], path: string): boolean {
	const isHere = (page: PathTest) => passesPath(page, path);
	return (only.length === 0 || only.some(isHere)) && !except.some(isHere);
}
