// What experiences come to, as counts that tell of nobody: they are made where events are delivered, and so stay when the
// details of those who made them are gone.

import { dayOf } from "./calendar.ts";
import { type Event, eventNames } from "./event.ts";
import { own } from "./keyed.ts";

/** What may become of an experience, in the order of a funnel. */
export const outcomes = [
	"qualified",
	"shown",
	"seen",
	"engaged",
	"clicked",
	"submitted",
	"closed",
	"missed",
] as const;

export type Outcome = (typeof outcomes)[number];

/** `day` counts days of UTC since 1970. Of what has no variants and of no product, both are empty. */
export interface Count {
	readonly day: number;
	readonly experience: string;
	readonly revision: number;
	readonly variant: string;
	readonly outcome: Outcome;
	readonly product: string;
	readonly n: number;
}

const outcomeOf: Readonly<Record<string, Outcome>> = {
	[eventNames.experienceQualified]: "qualified",
	[eventNames.experienceShown]: "shown",
	[eventNames.experienceSeen]: "seen",
	[eventNames.experienceEngaged]: "engaged",
	[eventNames.experienceClicked]: "clicked",
	[eventNames.formSubmitted]: "submitted",
	[eventNames.experienceClosed]: "closed",
	[eventNames.experienceMissed]: "missed",
};

const longestName = 100;

/** The counts that these events add up to, one for each kind; events of other names add nothing. */
export function countsOf(events: Iterable<Event>): readonly Count[] {
	const all = new Map<string, Count>();
	for (const { name, at, props } of events) {
		const outcome = own(outcomeOf, name);
		const { experience, revision } = props;
		// A site's own form has none, and what a page says may be anything.
		if (!outcome || typeof experience !== "string" || experience.length > longestName) continue;
		const count = {
			day: dayOf(at),
			experience,
			revision: typeof revision === "number" ? revision : 0,
			variant: nameIn(props.variant),
			outcome,
		};
		add(all, { ...count, product: "", n: 1 });
		// It counted as shown when it was granted, and came to nothing.
		if (outcome === "missed" && typeof props.shownAt === "number")
			add(all, { ...count, day: dayOf(props.shownAt), outcome: "shown", product: "", n: -1 });
		const product = nameIn(props.product);
		if (product !== "") add(all, { ...count, product, n: 1 });
	}
	return [...all.values()];
}

/** Both together. */
export function joinCounts(a: readonly Count[], b: readonly Count[]): readonly Count[] {
	const all = new Map<string, Count>();
	for (const count of [...a, ...b]) add(all, count);
	return [...all.values()];
}

function add(all: Map<string, Count>, count: Count): void {
	const { n, ...kind } = count;
	const key = JSON.stringify(Object.values(kind));
	all.set(key, { ...count, n: n + (all.get(key)?.n ?? 0) });
}

function nameIn(said: unknown): string {
	return typeof said === "string" && said.length <= longestName ? said : "";
}
