// Windows of time: those that hold nothing, those that are over, and those longer than anonymous details live.

import { type DateTest, type Leaf, matchesOf } from "../condition.ts";
import type { Place } from "../refusal.ts";
import { isDateTest } from "./literal.ts";
import type { EmptyWindow, Warning } from "./warning.ts";

const dayMs = 86_400_000;

/** Windows of a leaf in which nothing can ever lie. */
export function emptyWindowsOf(leaf: Leaf): readonly (Warning & { readonly kind: "empty-window" })[] {
	const empty = (at: Place, why: EmptyWindow) => ({ kind: "empty-window", at, why }) as const;
	const date = dateTestOf(leaf);
	return [
		...spansOf(leaf)
			.filter(({ from, to }) => from >= to)
			.map(({ at }) => empty(at, "ends-before-it-begins")),
		...windowsOf(leaf)
			.filter(({ ms, back }) => !back && ms <= 0)
			.map(({ at }) => empty(at, "no-time-at-all")),
		...(date?.op === "in-the-next" && leaf.field !== "attribute" && date.ms > 0
			? [empty(["test"], "future-of-the-past")]
			: []),
	];
}

/** Fixed spans of a leaf that ended. */
export function overOf(leaf: Leaf, now: number): readonly Warning[] {
	return spansOf(leaf)
		.filter(({ from, to }) => from < to && to <= now)
		.map(({ at, to }) => ({ kind: "over", at, endedAt: to }));
}

/** Windows of a leaf over what is forgotten of anonymous people before the window ends. */
export function contactsOnlyOf(leaf: Leaf, retentionMs: number): readonly Warning[] {
	if (!isOfDetails(leaf)) return [];
	return windowsOf(leaf)
		.filter(({ ms }) => ms > retentionMs)
		.map(({ at, ms }) => ({ kind: "contacts-only", at, windowMs: ms, retentionMs }));
}

/** When we met an anonymous person, and when last, outlives the details; an attribute's date is not when it was said. */
function isOfDetails({ field }: Leaf): boolean {
	return field !== "seen.first" && field !== "seen.last" && field !== "attribute";
}

function spansOf(leaf: Leaf): readonly { readonly at: Place; readonly from: number; readonly to: number }[] {
	return matchesOf(leaf).flatMap(({ during }, place) =>
		during ? [{ at: [matchName(leaf, place), "during"], ...during }] : [],
	);
}

/** The member of a leaf that holds its first or second match. */
export function matchName({ field }: Leaf, place: number): "match" | "first" | "second" {
	if (field !== "sequence") return "match";
	return place === 0 ? "first" : "second";
}

interface Window {
	readonly at: Place;
	readonly ms: number;
	/** All that lies before it, and not what lies within. */
	readonly back?: true;
}

/** Windows that end with now, by their length; of a date's tests those that look back. */
function windowsOf(leaf: Leaf): readonly Window[] {
	const date = dateTestOf(leaf);
	const windows: Window[] = [];
	if ("withinMs" in leaf && leaf.withinMs !== undefined)
		windows.push({ at: ["withinMs"], ms: leaf.withinMs });
	if ("days" in leaf && leaf.days !== undefined) windows.push({ at: ["days"], ms: leaf.days * dayMs });
	if (leaf.field === "sequence") windows.push({ at: ["thenWithinMs"], ms: leaf.thenWithinMs });
	if (date?.op === "in-the-last") windows.push({ at: ["test", "ms"], ms: date.ms });
	if (date?.op === "longer-ago") windows.push({ at: ["test", "ms"], ms: date.ms, back: true });
	return windows;
}

function dateTestOf(leaf: Leaf): DateTest | undefined {
	return "test" in leaf && isDateTest(leaf.test) ? leaf.test : undefined;
}
