// Leaves that time may turn, other than counts: dates, sums and orders by day, sequences. Asked one by one, of what a
// reading holds, by the trees that the rest has not settled.

import { judgeInterest } from "./affinity.ts";
import { agedBetween, dayMs, dayOf, nextAnniversary } from "./calendar.ts";
import type {
	AgeLeaf,
	AttributeLeaf,
	DateLeaf,
	DateTest,
	InterestLeaf,
	ListLeaf,
	MomentLeaf,
	NumberTest,
	OrdersLeaf,
	SequenceLeaf,
	SumLeaf,
	TaggedLeaf,
} from "./condition.ts";
import type { Facts } from "./facts.ts";
import { dateFields, ordersOf } from "./fields.ts";
import type { Item } from "./item.ts";
import { joinedAt } from "./list.ts";
import { placesOf } from "./loops.ts";
import { rangeOf } from "./match.ts";
import { wholeHundredths } from "./money.ts";
import { noInstants, noMark, noSums, type Reading, type Slots } from "./reading.ts";

export type TurningLeaf =
	| DateLeaf
	| (AttributeLeaf & { readonly test: DateTest })
	| AgeLeaf
	| TaggedLeaf
	| SumLeaf
	| MomentLeaf
	| SequenceLeaf
	| OrdersLeaf
	| InterestLeaf
	| ListLeaf;

/** The instant up to which the answer holds, above zero for yes and below for no; infinite where it never turns. */
export type Ask = (reading: Reading, facts: Facts, now: number) => number;

const yes = Infinity;
const no = -Infinity;
/** The last instant that there is (ECMAScript's); an attribute may name a later one, which never comes. */
const lastInstant = 8.64e15;

const settled = (isSo: boolean): number => (isSo ? yes : no);
const yesUntil = (at: number): number => (at > lastInstant ? yes : Math.ceil(at));
const noUntil = (at: number): number => -yesUntil(at);

export function askOf(item: Item, slots: Slots): Ask {
	return item.leaf ? leafAsk(item.leaf, placesOf(item, slots)) : () => no;
}

/** The leaf as a question; `places` are those of its slots in the reading. */
function leafAsk(leaf: TurningLeaf, [place = 0, other = 0]: readonly number[]): Ask {
	switch (leaf.field) {
		case "attribute": {
			const passes = dateTester(leaf.test);
			return ({ attributes }, _facts, now) => passes(attributes.number[place] ?? Number.NaN, now);
		}
		case "age": {
			const ages = rangeOf(leaf.test);
			return ({ attributes }, _facts, now) => {
				const { from, to } = agedBetween(attributes.number[place] ?? Number.NaN, ages);
				if (now >= to || from === to) return no;
				return now >= from ? yesUntil(to) : noUntil(from);
			};
		}
		case "tagged": {
			const passes = dateTester(leaf.test);
			const isFirst = leaf.which === "first";
			return ({ marks }, _facts, now) => {
				const { count, firstAt, lastAt } = marks[place] ?? noMark;
				return passes(count <= 0 ? Number.NaN : isFirst ? firstAt : lastAt, now);
			};
		}
		case "moment": {
			const passes = dateTester(leaf.test);
			const isFirst = leaf.which === "first";
			return ({ counters }, _facts, now) => {
				const instants = counters[place] ?? noInstants;
				return passes(instants[isFirst ? instants.length - 1 : 0] ?? Number.NaN, now);
			};
		}
		case "sum":
			return sumAsk(leaf, place);
		case "orders":
			return ordersAsk(leaf);
		case "sequence":
			return sequenceAsk(leaf, place, other);
		case "interest":
			return (_reading, { interests }, now) => {
				const { is, until } = judgeInterest(interests, leaf, now);
				return is ? until : -until;
			};
		case "list": {
			const passes = leaf.test ? dateTester(leaf.test) : (at: number) => settled(!Number.isNaN(at));
			return (_reading, facts, now) => passes(joinedAt(facts, leaf.list) ?? Number.NaN, now);
		}
		default: {
			const passes = dateTester(leaf.test);
			const read = dateFields[leaf.field];
			return (_reading, facts, now) => passes(read(facts) ?? Number.NaN, now);
		}
	}
}

/** Of an instant; NaN is a missing one, of which nothing is so. */
function dateTester(test: DateTest): (at: number, now: number) => number {
	switch (test.op) {
		case "before":
			return (at) => settled(at < test.at);
		case "after":
			return (at) => settled(at >= test.at);
		case "in-the-last":
			return (at, now) => {
				if (at > now) return noUntil(at);
				return now - test.ms < at ? yesUntil(at + test.ms) : no;
			};
		case "longer-ago":
			return (at, now) => {
				if (at <= now - test.ms) return yes;
				return Number.isNaN(at) ? no : noUntil(at + test.ms);
			};
		case "in-the-next":
			return (at, now) => {
				if (!(at > now)) return no;
				return at <= now + test.ms ? yesUntil(at) : noUntil(at - test.ms);
			};
		case "anniversary":
			return (at, now) => {
				const next = nextAnniversary(at, now);
				if (next === undefined) return no;
				const comes = next - test.days * dayMs;
				return comes <= now ? yesUntil(next + dayMs) : noUntil(comes);
			};
	}
}

/** A test of an amount as one of whole hundredths. */
function hundredthsTester(test: NumberTest): (hundredths: number) => boolean {
	const { low, high } = rangeOf(test);
	const [least, most] = [wholeHundredths(low), wholeHundredths(high)];
	return (hundredths) => hundredths >= least && hundredths <= most;
}

function sumAsk({ test, days }: SumLeaf, place: number): Ask {
	const passes = hundredthsTester(test);
	if (days === undefined) return ({ sums }) => settled(passes((sums[place] ?? noSums).ever));
	return (reading, _facts, now) => {
		const { days: dayAt, sums } = reading.sums[place] ?? noSums;
		const window = { days, size: dayAt.length, dayAt: (i: number) => dayAt[i] ?? 0 };
		return overDays(window, (i) => sums[i] ?? 0, passes, now);
	};
}

function ordersAsk({ of, test, days = Infinity }: OrdersLeaf): Ask {
	const { low, high } = rangeOf(test);
	const passesAmount = hundredthsTester(test);
	const passes = {
		count: (_amount: number, count: number) => count >= low && count <= high,
		revenue: passesAmount,
		average: (amount: number, count: number) => count > 0 && passesAmount(amount / count),
	}[of];
	return (_reading, facts, now) => {
		const orders = ordersOf(facts);
		const window = { days, size: orders.length, dayAt: (i: number) => dayOf(orders[i]?.at ?? 0) };
		return overDays(window, (i) => orders[i]?.hundredths ?? 0, passes, now);
	};
}

/** Things of days after the epoch, latest first, of which today's and those of the `days - 1` days before count. */
interface Window {
	readonly days: number;
	readonly size: number;
	readonly dayAt: (i: number) => number;
}

/** Turns at the end of the first day after which what is left makes another answer. */
function overDays(
	{ days, size, dayAt }: Window,
	amountAt: (i: number) => number,
	passes: (amount: number, count: number) => boolean,
	now: number,
): number {
	const first = dayOf(now) - days + 1;
	let amount = 0;
	let count = 0;
	for (; count < size && dayAt(count) >= first; count++) amount += amountAt(count);
	const isSo = passes(amount, count);
	if (days === Infinity) return settled(isSo);
	while (count > 0) {
		const leaving = dayAt(count - 1);
		for (; count > 0 && dayAt(count - 1) === leaving; count--) amount -= amountAt(count - 1);
		const end = (leaving + days) * dayMs;
		if (passes(amount, count) !== isSo) return isSo ? end : -end;
	}
	return settled(isSo);
}

/** The latest of the one that has another close enough before it decides. */
function sequenceAsk(
	{ thenWithinMs, withinMs = Infinity }: SequenceLeaf,
	first: number,
	second: number,
): Ask {
	return ({ counters }, _facts, now) => {
		const before = counters[first] ?? noInstants;
		let i = 0;
		for (const at of counters[second] ?? noInstants) {
			if (at <= now - withinMs) return no;
			while (i < before.length && (before[i] ?? 0) >= at) i++;
			if (i === before.length) return no;
			if ((before[i] ?? 0) >= at - thenWithinMs) return at + withinMs;
		}
		return no;
	};
}
