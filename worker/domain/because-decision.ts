// Why one page view gets what it gets: of each experience all that speaks against it here and now, where the decision
// itself stops at the first. Worked out when somebody asks, for now and never for the past.

import { accountsFor, attentionOf, type Holder, jointly } from "./account.ts";
import { type Attention, type Bounds, refusal } from "./attention.ts";
import { type Because, type ConditionOf, explain } from "./because.ts";
import { type Change, smallestChange } from "./change.ts";
import type { Condition, PathTest } from "./condition.ts";
import {
	belongsOn,
	type Candidate,
	decide,
	givesWay,
	isOffSchedule,
	isSparedPhone,
	type Question,
	quietAfterPurchase,
	tooSoonUntil,
} from "./decision.ts";
import type { Experience } from "./definition.ts";
import { interruptionBefore } from "./interruption.ts";
import { own } from "./keyed.ts";
import { passesPath } from "./match.ts";
import { actualOf, type PageCondition, type PageLeaf, type PageNow, passesPage, turnsAt } from "./page.ts";
import type { Subject } from "./subject.ts";
import { interrupts } from "./surface.ts";
import { opensAtOnce } from "./trigger.ts";

/** A leaf that is not as it would have to be. An absent `actual` is a missing value. */
export interface PageBlock {
	readonly leaf: PageLeaf;
	/** What its answer would have to be. */
	readonly isSo: boolean;
	readonly actual?: string | number;
}

/** Instants are epoch ms. `until`: up to when it speaks against it, as far as time alone goes. */
export type Objection = { readonly until: number } & (
	| { readonly is: "off-schedule"; readonly begins: boolean; readonly at: number }
	| {
			readonly is: "other-page";
			readonly path: string;
			/** Where it is shown, unless this is such a page; and of the pages that are left out those that this one is. */
			readonly only: readonly PathTest[];
			readonly except: readonly PathTest[];
	  }
	/** The page is not such as the condition asks: each leaf that holds it back; none where no page could be such. */
	| { readonly is: "page-not-such"; readonly needed: PageCondition; readonly blocks: readonly PageBlock[] }
	| { readonly is: "no-consent" }
	/** `of.is` may be true where a publication has not come to the person yet. */
	| { readonly is: "not-in-segment"; readonly segment: string; readonly of: Because; readonly change: Change }
	/** A phone, and the page to which a search engine sent it. */
	| { readonly is: "landing" }
	/** Its own bounds, or those that it shares. */
	| { readonly is: "capped"; readonly times: number; readonly perMs?: number; readonly of?: Holder }
	| {
			readonly is: "cooling-down";
			readonly after: "close" | "submit" | "conversion";
			readonly at: number;
			readonly of?: Holder;
	  }
	| { readonly is: "bought"; readonly at: number }
	/** Another is open elsewhere. */
	| { readonly is: "interrupted"; readonly experience: string }
	/** The last interruption is not so long ago. */
	| { readonly is: "too-soon"; readonly gapMs: number }
	| { readonly is: "pool-empty"; readonly pool: string }
	| { readonly is: "expired"; readonly at: number }
	| { readonly is: "held-out" }
	| {
			readonly is: "lost-to";
			readonly experience: string;
			/** That one's priority, and its own. */
			readonly priority: number;
			readonly over: number;
	  }
);

export interface CandidateBecause<E extends Experience = Experience> extends Candidate {
	readonly of: E;
	/** In the order in which the decision asks: the first is its reason. Nothing where it is shown. */
	readonly against: readonly Objection[];
	/** A lower bound of the instant at which time alone changes whether it is shown; Infinity where it never does. */
	readonly until: number;
}

const nobody: Condition = { any: [] };

/** Explains what `decide` answers to the same question, in the same order. */
export function explainDecision<E extends Experience>(
	experiences: readonly E[],
	question: Question<E>,
	subject: Subject,
	conditionOf: ConditionOf,
): readonly CandidateBecause<E>[] {
	const { candidates, shown } = decide(experiences, question);
	const objections = experiences.map((of) => Array.from(objectionsTo(of, question, subject, conditionOf)));
	// What is shown gives way, too, as soon as nothing speaks against one that comes before it.
	const standsUntil = (one: E) =>
		Math.min(
			holdsUntil(one, question, subject, conditionOf),
			...experiences
				.slice(0, experiences.indexOf(one))
				.flatMap((other, place) =>
					givesWay(one, other) && !shown.includes(other) ? freeAt(objections[place] ?? []) : [],
				),
		);
	return experiences.flatMap((of, place): CandidateBecause<E>[] => {
		const candidate = candidates[place];
		if (!candidate) return [];
		const against = objections[place] ?? [];
		const rival = shown.find((other) => experiences.indexOf(other) < place && givesWay(of, other));
		if (rival)
			against.push({
				is: "lost-to",
				experience: rival.id,
				priority: rival.priority,
				over: of.priority,
				until: standsUntil(rival),
			});
		const until = shown.includes(of) ? standsUntil(of) : freeAt(against);
		return [{ ...candidate, of, against, until }];
	});
}

/** Before that instant something of it is left. */
function freeAt(objections: readonly Objection[]): number {
	return Math.max(...objections.map(({ until }) => until));
}

/** Whether anything that people or time do could take it away. */
export function canEnd(objection: Objection): boolean {
	switch (objection.is) {
		case "off-schedule":
		case "capped":
		case "cooling-down":
		case "interrupted":
			return objection.until < Infinity;
		case "page-not-such":
			return objection.blocks.length > 0;
		case "not-in-segment":
			return objection.of.is || objection.change.kind === "possible";
		case "expired":
		case "held-out":
			return false;
		default:
			return true;
	}
}

/** Whether anything that people or time do could change whether it is shown: what is shown goes by being closed. */
export function canChange({ against, of }: CandidateBecause): boolean {
	return against.length === 0 ? of.attention.afterCloseMs > 0 : against.every(canEnd);
}

function* objectionsTo(
	experience: Experience,
	question: Question,
	subject: Subject,
	conditionOf: ConditionOf,
): Generator<Objection> {
	const { schedule, pages, here, segment, attention: policy, id } = experience;
	const { now, page, attention, accounts, bought } = question;
	if (isOffSchedule(schedule, now)) {
		const { from = now, until = Infinity } = schedule;
		const begins = now < from && from < until;
		yield { is: "off-schedule", begins, at: begins ? from : until, until: begins ? from : Infinity };
	}
	if (!belongsOn(pages, page.path)) {
		const isHere = (test: PathTest) => passesPath(test, page.path);
		const only = pages.only.some(isHere) ? [] : pages.only;
		const except = pages.except.filter(isHere);
		yield { is: "other-page", path: page.path, only, except, until: Infinity };
	}
	if (here && !passesPage(here, page, now)) {
		const blocks = blocksOf(here, true, page, now);
		yield { is: "page-not-such", needed: here, blocks, until: turnsAt(here, page, now) };
	}
	if (segment !== undefined) {
		if (!question.mayUse(segment)) yield { is: "no-consent", until: Infinity };
		else if (!question.isIn(segment)) {
			const of = explain(conditionOf(segment) ?? nobody, subject, now, conditionOf);
			const change = smallestChange(of, now);
			yield { is: "not-in-segment", segment, of, change, until: of.is ? now : of.until };
		}
	}
	if (isSparedPhone(experience, question)) yield { is: "landing", until: Infinity };
	yield* refusalsOf(policy, own(attention, id), bought, now);
	for (const { of, bounds, members } of accountsFor(experience, accounts))
		for (const one of refusalsOf(bounds, attentionOf({ members }, attention), bought, now))
			yield { ...one, of };
	if (interrupts(experience)) yield* sparingsOf(experience, question);
	const runOut = question.runOut?.(experience);
	if (runOut) yield { ...runOut, until: Infinity };
	if (question.isHeldOut?.(experience)) yield { is: "held-out", until: Infinity };
}

/** What time only frees: each that outlasts the one before. */
function* refusalsOf(
	bounds: Bounds,
	known: Attention | undefined,
	bought: readonly number[],
	now: number,
): Generator<Extract<Objection, { is: "capped" | "cooling-down" }>> {
	let from = now;
	while (from < Infinity) {
		const one = refusal(bounds, known, bought, from);
		if (!one) return;
		if (one.is === "capped") yield { is: "capped", times: 0, ...bounds.cap, until: one.until };
		else yield one;
		from = one.until;
	}
}

function* sparingsOf({ trigger }: Experience, question: Question): Generator<Objection> {
	const { now, interruptions, view, opening, accounts } = question;
	const quiet = quietAfterPurchase(question);
	if (quiet) yield quiet;
	if (opening === "nothing" || (opening === "at-once" && !opensAtOnce(trigger))) return;
	const before = interruptionBefore(interruptions, view, now);
	if (before) yield { is: "interrupted", ...before };
	const until = tooSoonUntil(question, jointly(question.attention));
	if (now < until) yield { is: "too-soon", gapMs: accounts.gapMs ?? 0, until };
}

/** Until when time alone leaves nothing to say against it. */
function holdsUntil(
	{ schedule, here, segment }: Experience,
	{ now, page }: Question,
	subject: Subject,
	conditionOf: ConditionOf,
): number {
	return Math.min(
		schedule.until ?? Infinity,
		here ? turnsAt(here, page, now) : Infinity,
		segment === undefined
			? Infinity
			: explain(conditionOf(segment) ?? nobody, subject, now, conditionOf).until,
	);
}

function blocksOf(condition: PageCondition, to: boolean, page: PageNow, now: number): readonly PageBlock[] {
	if (passesPage(condition, page, now) === to) return [];
	if ("not" in condition) return blocksOf(condition.not, !to, page, now);
	if ("all" in condition || "any" in condition) {
		const members = "all" in condition ? condition.all : condition.any;
		return members.flatMap((member) => blocksOf(member, to, page, now));
	}
	const actual = actualOf(condition, page, now);
	return [{ leaf: condition, isSo: to, ...(actual === undefined ? {} : { actual }) }];
}
