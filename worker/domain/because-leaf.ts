// What is so of one leaf: the counts, sums, instants and distances that its answer rests on.

import { interestOf } from "./affinity.ts";
import type {
	CountBecause,
	LeafBecause,
	SequenceBecause,
	TextBecause,
	WhereaboutsSource,
} from "./because.ts";
import { instantsOf, sumsOf } from "./bought.ts";
import { ageOf, dayOf } from "./calendar.ts";
import type {
	CountLeaf,
	Leaf,
	NearLeaf,
	OrdersLeaf,
	SegmentLeaf,
	SequenceLeaf,
	SumLeaf,
	TextLeaf,
	TierLeaf,
} from "./condition.ts";
import { consentOf } from "./consent.ts";
import type { Facts } from "./facts.ts";
import {
	cartOf,
	coordinatesOf,
	dateFields,
	numberFields,
	ordersOf,
	programmeJoinedAt,
	textFields,
} from "./fields.ts";
import { kilometres } from "./geography/distance.ts";
import type { Point } from "./geography/place.ts";
import { own } from "./keyed.ts";
import { joinedAt } from "./list.ts";
import { noSums } from "./reading.ts";
import type { Subject } from "./subject.ts";
import { markOf } from "./tag.ts";
import { lookedAtBy } from "./watch.ts";

/** Explains one leaf from the same facts that `evaluate` reads. A segment or a tier is no matter of facts: see `explain`. */
export function explainLeaf(
	leaf: Exclude<Leaf, SegmentLeaf | TierLeaf>,
	subject: Subject,
	now: number,
): LeafBecause {
	const { facts } = subject;
	switch (leaf.field) {
		case "events":
			return explainCount(leaf, facts, now);
		case "sum":
			return explainSum(leaf, facts, now);
		case "moment": {
			const [instants = []] = instantsFor(leaf, facts);
			const { match, which, test } = leaf;
			return {
				kind: "moment",
				match,
				which,
				needed: test,
				...known(which === "first" ? instants.at(-1) : instants[0]),
			};
		}
		case "sequence":
			return explainSequence(leaf, facts, now);
		case "tag":
			return {
				kind: "tag",
				tag: leaf.tag,
				needed: leaf.count,
				actual: markOf(facts, leaf.tag)?.count ?? 0,
			};
		case "tagged": {
			const { tag, which, test } = leaf;
			const mark = markOf(facts, tag);
			return {
				kind: "tagged",
				tag,
				which,
				needed: test,
				...known(which === "first" ? mark?.firstAt : mark?.lastAt),
			};
		}
		case "points": {
			const { programme, of, test } = leaf;
			const { earned, spent } = own(facts.points ?? {}, programme) ?? { earned: 0, spent: 0 };
			return {
				kind: "points",
				programme,
				of,
				needed: test,
				actual: of === "earned" ? earned : earned - spent,
			};
		}
		case "member":
			return {
				kind: "member",
				programme: leaf.programme,
				...known(programmeJoinedAt(facts, leaf.programme)),
			};
		case "age": {
			const born = own(facts.attributes, "birthday")?.value;
			return { kind: "age", needed: leaf.test, ...known(ageOf(born, now)) };
		}
		case "orders":
			return explainOrders(leaf, facts, now);
		case "cartProducts":
			return { kind: "cart", needed: leaf.test, actual: cartOf(facts)?.products ?? [] };
		case "interest": {
			const { field, test, ...asked } = leaf;
			return { kind: field, ...asked, needed: test, ...known(interestOf(facts.interests, leaf, now)) };
		}
		case "list": {
			const { field, list, test } = leaf;
			return { kind: field, list, ...(test && { needed: test }), ...known(joinedAt(facts, list)) };
		}
		case "consent": {
			const { field, channel, purpose, state } = leaf;
			const known = consentOf(facts, channel, purpose);
			const actual = known && { state: known.state, since: known.act.at };
			return { kind: field, channel, purpose, needed: state, ...(actual && { actual }) };
		}
		case "near":
			return explainNear(leaf, facts);
		case "attribute":
			return {
				kind: "attribute",
				name: leaf.name,
				needed: leaf.test,
				...known(own(facts.attributes, leaf.name)?.value),
			};
		case "seen.first":
		case "seen.last":
		case "order.first":
		case "order.last":
		case "cart.changed":
			return { kind: "date", field: leaf.field, needed: leaf.test, ...known(dateFields[leaf.field](facts)) };
		case "score":
		case "visits":
		case "visitPages":
		case "browserVersion":
		case "cartValue":
		case "cartItems":
			return {
				kind: "number",
				field: leaf.field,
				needed: leaf.test,
				...known(numberFields[leaf.field].read(subject)),
			};
		default:
			return explainText(leaf, subject);
	}
}

/** A missing value is an absent one. */
function known<T>(actual: T | undefined): { readonly actual?: T } {
	return actual === undefined ? {} : { actual };
}

function explainText({ field, test }: TextLeaf, subject: Subject): TextBecause {
	const { facts } = subject;
	const actual = textFields[field].read(subject);
	const because = { kind: "text", field, needed: test, ...known(actual) } as const;
	switch (field) {
		case "whereabouts.country":
		case "whereabouts.region":
		case "whereabouts.city":
			return actual === undefined
				? because
				: { ...because, from: sourceOf([field.slice("whereabouts.".length)], "string", facts) };
		default:
			return field.startsWith("first.") && facts.firstTouch ? { ...because, isFixed: true } : because;
	}
}

function explainNear({ latitude, longitude, km }: NearLeaf, facts: Facts): LeafBecause {
	const needed = { kind: "near", latitude, longitude, km } as const;
	const place: Point | undefined = coordinatesOf(facts);
	if (!place) return needed;
	const from = sourceOf(["latitude", "longitude"], "number", facts);
	return { ...needed, actual: kilometres(place, { latitude, longitude }), from };
}

/** Where they were read: all of them from one source, the first that has them (fields.ts). */
function sourceOf(
	names: readonly string[],
	type: "string" | "number",
	{ attributes }: Facts,
): WhereaboutsSource {
	const has = (name: string): boolean => typeof own(attributes, name)?.value === type;
	if (names.every(has)) return "declared";
	return names.every((name) => has(`delivery.${name}`)) ? "delivery" : "seen";
}

/** What is remembered of each match that the leaf asks for, latest first. */
function instantsFor(leaf: Leaf, facts: Facts): readonly (readonly number[])[] {
	return lookedAtBy(leaf).map(([match, watched]) => instantsOf(match, watched)(facts) ?? []);
}

function explainCount(leaf: CountLeaf, facts: Facts, now: number): CountBecause {
	const { match, count, withinMs, by } = leaf;
	const [instants = []] = instantsFor(leaf, facts);
	const inWindow = withinMs === undefined ? instants : instants.filter((at) => at > now - withinMs);
	const [lastAt] = instants;
	const oldest = inWindow.at(-1);
	return {
		kind: "events",
		match,
		needed: count,
		actual: inWindow.length,
		isAtLeast: inWindow.length > count.n && inWindow.length === instants.length,
		...(by === undefined ? {} : { by }),
		...(withinMs === undefined ? {} : { withinMs }),
		...(lastAt === undefined ? {} : { lastAt }),
		...(oldest === undefined || withinMs === undefined ? {} : { dropsAt: oldest + withinMs }),
	};
}

function explainSum(leaf: SumLeaf, facts: Facts, now: number): LeafBecause {
	const { match, property, test, days } = leaf;
	const [sum = noSums] = lookedAtBy(leaf).map(([, watched]) => sumsOf(match, watched)(facts));
	let actual = sum.ever;
	if (days !== undefined) {
		actual = 0;
		for (const [i, day] of sum.days.entries()) if (day > dayOf(now) - days) actual += sum.sums[i] ?? 0;
	}
	const window = days === undefined ? {} : { days };
	return { kind: "sum", match, property, ...window, needed: test, actual: actual / 100 };
}

function explainOrders({ of, test, days }: OrdersLeaf, facts: Facts, now: number): LeafBecause {
	const counting = ordersOf(facts).filter(({ at }) => days === undefined || dayOf(at) > dayOf(now) - days);
	const revenue = counting.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100;
	const count = counting.length;
	const average = count === 0 ? undefined : revenue / count;
	return {
		kind: "orders",
		of,
		...(days === undefined ? {} : { days }),
		needed: test,
		...known({ count, revenue, average }[of]),
		orders: { count, revenue },
	};
}

function explainSequence(leaf: SequenceLeaf, facts: Facts, now: number): SequenceBecause {
	const { field: _field, ...needed } = leaf;
	const [firsts = [], thens = []] = instantsFor(leaf, facts);
	const [latestFirst] = firsts;
	const open =
		latestFirst !== undefined && latestFirst + leaf.thenWithinMs > now
			? { open: { firstAt: latestFirst, until: latestFirst + leaf.thenWithinMs } }
			: {};
	const pair = completingPair(firsts, thens, leaf.thenWithinMs);
	return { kind: "sequence", ...needed, ...(pair ? { actual: pair } : {}), ...open };
}

/** The latest of the one that has another close enough before it, with the latest such. */
function completingPair(
	firsts: readonly number[],
	thens: readonly number[],
	thenWithinMs: number,
): SequenceBecause["actual"] {
	let i = 0;
	for (const thenAt of thens) {
		while ((firsts[i] ?? -Infinity) >= thenAt) i++;
		const firstAt = firsts[i];
		if (firstAt === undefined) return undefined;
		if (firstAt >= thenAt - thenWithinMs) return { firstAt, thenAt };
	}
	return undefined;
}
