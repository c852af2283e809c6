// What a site's visits come to, as counts that tell of nobody: they are made where events are delivered, and stay when the
// details of those who made them are gone.

import { type Event, eventNames } from "./event.ts";
import type { Environment, Facts } from "./facts.ts";
import { own } from "./keyed.ts";
import type { Touch } from "./source.ts";
import type { StoredEffect } from "./stored.ts";
import type { Opening } from "./visit.ts";

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

/** What visits are told apart by. */
export const origins = ["channel", "source", "medium", "campaign", "landing", "device", "country"] as const;

export type Origin = (typeof origins)[number];

/**
 * Amounts by dimension: of `all` (its only value is "") and of an origin visits, page views, visitors who were not here
 * before on that day, and those who never were; of an `experience` (<id>|<revision>|<variant>|<outcome>) and of a `product`
 * in it (the same, and |<product>) how often; of a `segment` how often it was entered and left; of a `score` rule how often it fired and for how many points;
 * of what `lost` (<experience>|<reason>) how often something else was shown; of a coupon `pool` how many codes were given.
 */
export type Dimension = "all" | Origin | "experience" | "product" | "segment" | "score" | "lost" | "pool";

/** `hour` counts hours of UTC since 1970. */
export type Count = readonly [hour: number, dimension: Dimension, value: string, ...amounts: number[]];

/** An event with what is known beside it. */
export interface Counted {
	readonly event: Event;
	readonly effects?: readonly StoredEffect[];
	readonly touch?: Touch;
	readonly environment?: Environment;
	readonly opens?: Opening;
	readonly decision?: readonly {
		readonly experience: string;
		readonly reason: { readonly is: string };
	}[];
}

const hourMs = 3_600_000;
const longestName = 100;

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

/**
 * What these events of one part add up to, one for each kind. `facts` are the part's own: where a visit came from that
 * began before them. `dayOf` names the day on the site's clock.
 */
export function countsOf(
	entries: Iterable<Counted>,
	facts: Facts | undefined,
	dayOf: (at: number) => string,
): readonly Count[] {
	const all = new Tally();
	let origin = facts && visitOrigin(facts);
	for (const { event, effects = [], touch, environment, opens, decision = [] } of entries) {
		const { name, at, props } = event;
		const isPage = name === eventNames.pageViewed;
		if (opens || (isPage && touch)) origin = originOf(touch, environment ?? facts?.environment?.value);
		if (opens || isPage) {
			const { since } = opens ?? {};
			const isNew = opens !== undefined && since === undefined;
			const isFirst = isNew || (since !== undefined && dayOf(since) !== dayOf(at));
			const amounts = [opens ? 1 : 0, isPage ? 1 : 0, isFirst ? 1 : 0, isNew ? 1 : 0];
			all.add(at, "all", "", ...amounts);
			for (const [dimension, value] of origin ?? []) all.add(at, dimension, value, ...amounts);
		}
		countOutcome(all, event);
		if (name === eventNames.couponGiven) all.add(at, "pool", nameIn(props.pool), 1);
		for (const { experience, reason } of decision)
			if (reason.is !== "shown") all.add(at, "lost", `${experience}|${reason.is}`, 1);
		for (const effect of [{ name, props, rule: event.cause?.rule }, ...effects]) countEffect(all, at, effect);
	}
	return all.counts();
}

class Tally {
	readonly #all = new Map<string, Count>();

	add(at: number, dimension: Dimension, value: string, ...amounts: number[]): void {
		this.join([Math.floor(at / hourMs), dimension, value, ...amounts]);
	}

	join(count: Count): void {
		const [hour, dimension, value] = count;
		const key = `${hour}/${dimension}/${value}`;
		const known = this.#all.get(key);
		this.#all.set(key, known ? summed(known, count) : count);
	}

	counts(): readonly Count[] {
		return [...this.#all.values()];
	}
}

function summed([hour, dimension, value, ...amounts]: Count, more: Count): Count {
	return [hour, dimension, value, ...amounts.map((amount, i) => amount + Number(more[i + 3] ?? 0))];
}

/** All of them together. */
export function joinCounts(lists: Iterable<readonly Count[]>): readonly Count[] {
	const all = new Tally();
	for (const list of lists) for (const count of list) all.join(count);
	return all.counts();
}

/**
 * The totals alone: without what the visit was like, which goes with its details. How often it was and what it was shown
 * stays with the browser, and may be told beside it.
 */
export function totalsIn(counts: readonly Count[]): readonly Count[] {
	return counts.filter(([, dimension]) => dimension === "all" || dimension === "experience");
}

function countOutcome(all: Tally, { name, at, props }: Event): void {
	const outcome = own(outcomeOf, name);
	const experience = idIn(props.experience);
	// A site's own form has none, and what a page says may be anything.
	if (!outcome || experience === "") return;
	const revision = typeof props.revision === "number" ? props.revision : 0;
	const edition = `${experience}|${revision}|${idIn(props.variant)}`;
	const kind = `${edition}|${outcome}`;
	// Most things within the page are for a few pages alone: that a page has no such place is no miss.
	if (props.why !== "no-place") all.add(at, "experience", kind, 1);
	// It counted as shown when it was granted, and came to nothing.
	if (outcome === "missed" && typeof props.shownAt === "number")
		all.add(props.shownAt, "experience", `${edition}|shown`, -1);
	const product = nameIn(props.product);
	if (product !== "") all.add(at, "product", `${kind}|${product}`, 1);
}

/** What the value of an `experience` or of a `product` says. */
export function experienceIn(value: string): {
	readonly experience: string;
	readonly revision: number;
	readonly variant: string;
	readonly outcome: string;
	readonly product: string;
} {
	const [experience = "", revision = "", variant = "", outcome = "", ...product] = value.split("|");
	return { experience, revision: Number(revision), variant, outcome, product: product.join("|") };
}

function countEffect(
	all: Tally,
	at: number,
	{ name, props, rule }: Pick<StoredEffect, "name" | "props" | "rule">,
): void {
	if (name === eventNames.segmentEntered) all.add(at, "segment", String(props.segment), 1, 0);
	else if (name === eventNames.segmentExited) all.add(at, "segment", String(props.segment), 0, 1);
	else if (rule !== undefined && name === eventNames.pointsEarned && props.programme === undefined)
		all.add(at, "score", rule, 1, Number(props.points));
}

/** Where the visit came from that is going on, as far as that is known: pairs of an origin and its value. */
export function visitOrigin(facts: Facts): readonly (readonly [Origin, string])[] {
	return originOf(touchIn(facts), facts.environment?.value);
}

/** What brought the visit that is going on; nothing where that is not known, whatever brought the one before. */
function touchIn({ visits, lastTouch }: Facts): Touch | undefined {
	const began = visits.at(-1)?.[0];
	return lastTouch && began !== undefined && lastTouch.at >= began ? lastTouch.value : undefined;
}

function originOf(
	touch: Touch | undefined,
	environment: Environment | undefined,
): readonly (readonly [Origin, string])[] {
	const said = {
		channel: touch?.channel,
		source: touch?.source,
		medium: touch?.medium,
		campaign: touch?.campaign,
		landing: touch?.landing,
		device: environment?.device,
		country: environment?.country,
	} satisfies Record<Origin, string | undefined>;
	return origins.flatMap((origin) => {
		const value = nameIn(said[origin]);
		return value === "" ? [] : [[origin, value] as const];
	});
}

/** Names stand in the database between the quotes of a JSON path, where no other may be among them. */
function nameIn(said: unknown): string {
	return typeof said === "string"
		? said
				.slice(0, longestName)
				.replace(/["\\\p{Cc}]/gu, " ")
				.toWellFormed()
		: "";
}

function idIn(said: unknown): string {
	return typeof said === "string" && /^[\w-]{1,100}$/.test(said) ? said : "";
}
