// What a person was shown and how they took it, by experience; and whether it may be shown again.

import { type Event, eventNames } from "./event.ts";
import { own, put } from "./keyed.ts";

/** Instants are epoch ms. */
export interface Attention {
	/** How often, without what came to nothing. */
	readonly shown: number;
	/** When it was last granted, latest first, at most `rememberedShows`: see `showings`. */
	readonly shownAt: readonly number[];
	/** Which of these came to nothing: the page could not place it, or was left before it opened. */
	readonly missedAt?: readonly number[];
	readonly closedAt?: number;
	readonly clickedAt?: number;
	readonly submittedAt?: number;
	/** When it was last offered for the first time of a visit. */
	readonly qualifiedAt?: number;
	/** As what it was shown or answered to last. */
	readonly as?: Edition;
	/** Products in it that were clicked, and when last: the latest, at most `rememberedShows`. */
	readonly products?: Readonly<Record<string, number>>;
	/** When it was last shown it lay within the page, and interrupted nobody. */
	readonly isInline?: true;
}

/** A revision of an experience, in one of its variants ("" where it has none), at an instant. */
export interface Edition {
	readonly at: number;
	readonly revision: number;
	readonly variant: string;
}

/** A cap counts no further than this. */
export const rememberedShows = 20;

/** How often something may be shown to one person: an experience, all of a group, of a channel, or of the site. */
export interface Bounds {
	/** At most `times` (1 to `rememberedShows`), ever or in any `perMs`. */
	readonly cap?: { readonly times: number; readonly perMs?: number };
	/** Not again for so long after it was closed. */
	readonly afterCloseMs?: number;
	/** Not again for so long after its form was sent; null for never. */
	readonly afterSubmitMs?: number | null;
	/** Not again for `restMs`, null for never, after an order within `withinMs` of its being shown or clicked. */
	readonly afterConversion?: { readonly withinMs: number; readonly restMs: number | null };
}

export interface AttentionPolicy extends Bounds {
	readonly afterCloseMs: number;
	readonly afterSubmitMs: number | null;
}

/** Why it may not be shown now, and from when on time alone allows it again. `at` is when that happened. */
export type Refusal =
	| { readonly is: "capped"; readonly until: number }
	| {
			readonly is: "cooling-down";
			readonly after: "close" | "submit" | "conversion";
			readonly at: number;
			readonly until: number;
	  };

/** `bought` are the instants of orders that count. */
export function refusal(
	bounds: Bounds,
	attention: Attention | undefined,
	bought: readonly number[],
	now: number,
): Refusal | undefined {
	if (!attention) return undefined;
	const { submittedAt, closedAt } = attention;
	const { cap, afterConversion, afterSubmitMs = 0, afterCloseMs = 0 } = bounds;
	const convertedAt = afterConversion && convertedBy(attention, bought, afterConversion.withinMs);
	const rest =
		restAfter("submit", submittedAt, afterSubmitMs, now) ??
		restAfter("close", closedAt, afterCloseMs, now) ??
		restAfter("conversion", convertedAt, afterConversion?.restMs ?? null, now);
	if (rest || !cap) return rest;
	const { times, perMs } = cap;
	if (perMs === undefined) {
		return attention.shown >= times ? { is: "capped", until: Number.POSITIVE_INFINITY } : undefined;
	}
	const deciding = showings(attention)[times - 1];
	return deciding !== undefined && now < deciding + perMs
		? { is: "capped", until: deciding + perMs }
		: undefined;
}

function restAfter(
	after: "close" | "submit" | "conversion",
	at: number | undefined,
	restMs: number | null,
	now: number,
): Refusal | undefined {
	if (at === undefined) return undefined;
	const until = restMs === null ? Number.POSITIVE_INFINITY : at + restMs;
	return now < until ? { is: "cooling-down", after, at, until } : undefined;
}

/** The latest order that came so soon after it was shown or clicked. */
function convertedBy(attention: Attention, bought: readonly number[], withinMs: number): number | undefined {
	const { clickedAt } = attention;
	const touches = clickedAt === undefined ? showings(attention) : [...showings(attention), clickedAt];
	const converting = bought.filter((at) => touches.some((touch) => touch <= at && at <= touch + withinMs));
	return converting.length > 0 ? Math.max(...converting) : undefined;
}

/** When it was really shown, latest first. */
export function showings({ shownAt, missedAt }: Attention): readonly number[] {
	if (!missedAt) return shownAt;
	const left = [...missedAt];
	// Two tabs may have been granted it at one instant: each that was missed takes one away.
	return shownAt.filter((at) => {
		const place = left.indexOf(at);
		if (place >= 0) left.splice(place, 1);
		return place < 0;
	});
}

type Answer = "closedAt" | "clickedAt" | "submittedAt" | "qualifiedAt";

const answers: Readonly<Record<string, Answer>> = {
	[eventNames.experienceClosed]: "closedAt",
	[eventNames.experienceClicked]: "clickedAt",
	[eventNames.formSubmitted]: "submittedAt",
	[eventNames.experienceQualified]: "qualifiedAt",
};

/** Folds an event into the record in place, in any order of arrival. Other events leave it as it is. */
export function attend(record: Record<string, Attention>, event: Event): void {
	const experience = event.props.experience;
	if (typeof experience !== "string") return;
	const known = Object.hasOwn(record, experience) ? record[experience] : undefined;
	const attention = asOf(known ?? { shown: 0, shownAt: [] }, event);
	if (event.name === eventNames.experienceShown) {
		const isInline = event.props.inline === true;
		record[experience] = joinAttention(attention, {
			shown: 1,
			shownAt: [event.at],
			...(isInline && { isInline }),
		});
		return;
	}
	if (event.name === eventNames.experienceMissed) {
		const { shownAt: at } = event.props;
		if (typeof at === "number")
			record[experience] = joinAttention(attention, { shown: -1, shownAt: [], missedAt: [at] });
		return;
	}
	const answer = answers[event.name];
	if (!answer) return;
	const { product } = event.props;
	const products =
		event.name === eventNames.experienceClicked && typeof product === "string"
			? latestProducts(attention.products, { [product]: event.at })
			: attention.products;
	const answeredAt = Math.max(event.at, attention[answer] ?? event.at);
	record[experience] = { ...attention, [answer]: answeredAt, ...(products && { products }) };
}

/** With the edition that the event names, where nothing later has named another. */
function asOf(attention: Attention, { at, props }: Event): Attention {
	const { revision, variant } = props;
	if (typeof revision !== "number") return attention;
	return { ...attention, as: laterOf(attention.as, { at, revision, variant: String(variant ?? "") }) };
}

/** Of two of one instant always the same one, whichever comes first. */
function laterOf(a: Edition | undefined, b: Edition): Edition {
	if (!a) return b;
	const order = a.at - b.at || a.revision - b.revision || (a.variant < b.variant ? -1 : 1);
	return order > 0 ? a : b;
}

function latestProducts(
	a: Attention["products"] = {},
	b: Attention["products"] = {},
): Readonly<Record<string, number>> {
	const all: Record<string, number> = { ...a };
	for (const [product, at] of Object.entries(b)) put(all, product, Math.max(at, own(all, product) ?? at));
	const entries = Object.entries(all).sort(([x, at], [y, other]) => other - at || (x < y ? -1 : 1));
	return Object.fromEntries(entries.slice(0, rememberedShows));
}

/** Two records as one: of two parts, or of several experiences. */
export function joinAttention(a: Attention, b: Attention): Attention {
	const as = b.as ? laterOf(a.as, b.as) : a.as;
	return {
		shown: a.shown + b.shown,
		shownAt: latest([...a.shownAt, ...b.shownAt]),
		...((a.missedAt || b.missedAt) && {
			missedAt: latest([...(a.missedAt ?? []), ...(b.missedAt ?? [])]),
		}),
		...latestOf("closedAt", a, b),
		...latestOf("clickedAt", a, b),
		...latestOf("submittedAt", a, b),
		...latestOf("qualifiedAt", a, b),
		...(as && { as }),
		...((a.products || b.products) && { products: latestProducts(a.products, b.products) }),
		...(wasInline(a, b) && { isInline: true }),
	};
}

/** As the later of the two was shown; where nothing tells which was, it counts as an interruption. */
function wasInline(a: Attention, b: Attention): boolean {
	const [first, second] = [a, b].map(({ shownAt: [at = Number.NEGATIVE_INFINITY] }) => at) as [
		number,
		number,
	];
	if (first === second) return !!a.isInline && !!b.isInline;
	return !!(first > second ? a : b).isInline;
}

function latest(instants: readonly number[]): readonly number[] {
	return [...instants].sort((a, b) => b - a).slice(0, rememberedShows);
}

function latestOf<K extends Answer>(key: K, a: Attention, b: Attention) {
	const known = [a[key], b[key]].filter((at) => at !== undefined);
	return known.length === 0 ? {} : { [key]: Math.max(...known) };
}
