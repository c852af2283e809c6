// What a person was shown and how they took it, by experience; and whether it may be shown again.

import { type Event, eventNames } from "./event.ts";
import { own, put } from "./keyed.ts";

/** Instants are epoch ms. */
export interface Attention {
	readonly shown: number;
	/** When it was last shown, latest first, at most `rememberedShows`. */
	readonly shownAt: readonly number[];
	readonly closedAt?: number;
	readonly clickedAt?: number;
	readonly submittedAt?: number;
	/** As what it was shown or answered to last. */
	readonly as?: Edition;
	/** Products in it that were clicked, and when last: the latest, at most `rememberedShows`. */
	readonly products?: Readonly<Record<string, number>>;
}

/** A revision of an experience, in one of its variants ("" where it has none), at an instant. */
export interface Edition {
	readonly at: number;
	readonly revision: number;
	readonly variant: string;
}

/** A cap counts no further than this. */
export const rememberedShows = 20;

/** How often an experience may be shown to one person. */
export interface AttentionPolicy {
	/** At most `times` (1 to `rememberedShows`), ever or in any `perMs`. */
	readonly cap?: { readonly times: number; readonly perMs?: number };
	/** Not again for so long after it was closed. */
	readonly afterCloseMs: number;
	/** Not again for so long after its form was sent; null for never. */
	readonly afterSubmitMs: number | null;
}

/** Why it may not be shown now, and from when on time alone allows it again. */
export type Refusal =
	| { readonly is: "capped"; readonly until: number }
	| { readonly is: "cooling-down"; readonly after: "close" | "submit"; readonly until: number };

export function refusal(
	policy: AttentionPolicy,
	attention: Attention | undefined,
	now: number,
): Refusal | undefined {
	if (!attention) return undefined;
	const { submittedAt, closedAt } = attention;
	if (submittedAt !== undefined) {
		const until =
			policy.afterSubmitMs === null ? Number.POSITIVE_INFINITY : submittedAt + policy.afterSubmitMs;
		if (now < until) return { is: "cooling-down", after: "submit", until };
	}
	if (closedAt !== undefined && now < closedAt + policy.afterCloseMs) {
		return { is: "cooling-down", after: "close", until: closedAt + policy.afterCloseMs };
	}
	if (!policy.cap) return undefined;
	const { times, perMs } = policy.cap;
	if (perMs === undefined) {
		return attention.shown >= times ? { is: "capped", until: Number.POSITIVE_INFINITY } : undefined;
	}
	const deciding = attention.shownAt[times - 1];
	return deciding !== undefined && now < deciding + perMs
		? { is: "capped", until: deciding + perMs }
		: undefined;
}

const answers: Readonly<Record<string, "closedAt" | "clickedAt" | "submittedAt">> = {
	[eventNames.experienceClosed]: "closedAt",
	[eventNames.experienceClicked]: "clickedAt",
	[eventNames.formSubmitted]: "submittedAt",
};

/** Folds an event into the record in place, in any order of arrival. Other events leave it as it is. */
export function attend(record: Record<string, Attention>, event: Event): void {
	const experience = event.props.experience;
	if (typeof experience !== "string") return;
	const known = Object.hasOwn(record, experience) ? record[experience] : undefined;
	const attention = asOf(known ?? { shown: 0, shownAt: [] }, event);
	if (event.name === eventNames.experienceShown) {
		const shownAt = latest([...attention.shownAt, event.at]);
		record[experience] = { ...attention, shown: attention.shown + 1, shownAt };
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

/** Two parts' records of one experience, as one. */
export function joinAttention(a: Attention, b: Attention): Attention {
	const as = b.as ? laterOf(a.as, b.as) : a.as;
	return {
		shown: a.shown + b.shown,
		shownAt: latest([...a.shownAt, ...b.shownAt]),
		...latestOf("closedAt", a, b),
		...latestOf("clickedAt", a, b),
		...latestOf("submittedAt", a, b),
		...(as && { as }),
		...((a.products || b.products) && { products: latestProducts(a.products, b.products) }),
	};
}

function latest(instants: readonly number[]): readonly number[] {
	return [...instants].sort((a, b) => b - a).slice(0, rememberedShows);
}

function latestOf<K extends "closedAt" | "clickedAt" | "submittedAt">(key: K, a: Attention, b: Attention) {
	const known = [a[key], b[key]].filter((at) => at !== undefined);
	return known.length === 0 ? {} : { [key]: Math.max(...known) };
}
