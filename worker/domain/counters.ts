// What a part remembers of the events that something published asks for: instants, values of a property, sums by day.
// Each is bounded by what was asked, and none depends on the order of arrival.

import { dayOf } from "./calendar.ts";
import type { Event, Scalar } from "./event.ts";
import { own } from "./keyed.ts";
import { hundredths } from "./money.ts";
import { fold } from "./text.ts";
import type { Visit } from "./visit.ts";
import type { Watched } from "./watch.ts";

/** Values of a property, and when each came last: latest first, and of one instant by value. */
export interface Values {
	readonly at: number[];
	readonly of: string[];
}
/** In whole hundredths: of all time, and of the latest days (after the epoch) that have something, latest first. */
export interface DaySums {
	ever: number;
	readonly days: number[];
	readonly sums: number[];
}

/** The facts that are written here. */
interface Counted {
	counters: Readonly<Record<string, number[]>>;
	values?: Readonly<Record<string, Values>>;
	sums?: Readonly<Record<string, DaySums>>;
	readonly visits: readonly Visit[];
}

/** Characters of a value that is kept as it was said. */
const mostSaid = 100;

/** Adds the event to what is watched of it. `isSeen`: it belongs to one of the visits, which know of it. */
export function count(facts: Counted, watched: readonly Watched[], event: Event, isSeen: boolean): void {
	const fresh: (readonly [key: string, instants: number[]])[] = [];
	for (const one of watched) {
		if (one.as === "value" || one.as === "said") {
			const value = own(event.props, one.property);
			if (value === undefined) continue;
			const text = one.as === "value" ? valueKey(value) : String(value);
			if (one.as === "value" || text.length <= mostSaid) countValue(facts, one.key, text, event.at, one.keep);
		} else if (one.as === "sum") {
			add(facts, one.key, hundredths(own(event.props, one.property)), event.at, one.keep);
		} else if (one.as !== "visit" || isSeen) {
			const instants = facts.counters[one.key];
			if (!instants) fresh.push([one.key, [event.at]]);
			else if (one.as === "latest") keepLatest(instants, event.at, one.keep);
			else if (one.as === "first") instants[0] = Math.min(event.at, instants[0] ?? event.at);
			else keepOfVisits(instants, event.at, facts.visits, one.keep);
		}
	}
	if (fresh.length > 0) facts.counters = { ...facts.counters, ...Object.fromEntries(fresh) };
}

/** Puts one more among the instants, latest first; where there are `keep` already, the oldest of all gives way. */
function keepLatest(instants: number[], at: number, keep: number): void {
	if (instants.length > keep) instants.length = keep;
	if (instants.length < keep) instants.push(at);
	else if ((instants.at(-1) ?? at) >= at) return;
	let place = instants.length - 1;
	for (; place > 0 && (instants[place - 1] ?? 0) < at; place--) instants[place] = instants[place - 1] ?? 0;
	instants[place] = at;
}

/**
 * The latest instant of each visit. A late event may yet make one of two visits that are still open, so of these each
 * keeps its instant, and of the older ones the latest `keep` do.
 */
function keepOfVisits(instants: number[], at: number, visits: readonly Visit[], keep: number): void {
	keepLatest(instants, at, Infinity);
	thin(instants, visits);
	const opened = visits[0]?.[0] ?? Infinity;
	const open = instants.findIndex((one) => one < opened);
	if (open >= 0 && instants.length > open + keep) instants.length = open + keep;
}

/** After a late event made one of several visits: what was the latest instant of each is now that of one. */
export function rethin(facts: Counted, keys: readonly string[]): void {
	for (const key of keys) {
		const instants = facts.counters[key];
		if (instants) thin(instants, facts.visits);
	}
}

function thin(instants: number[], visits: readonly Visit[]): void {
	let kept = 0;
	let visit = visits.length - 1;
	let last: Visit | undefined;
	for (const at of instants) {
		while (visit >= 0 && (visits[visit]?.[0] ?? 0) > at) visit--;
		const its = visits[visit];
		if (its && its === last) continue;
		last = its && at <= its[1] ? its : undefined;
		instants[kept++] = at;
	}
	instants.length = kept;
}

function countValue(facts: Counted, key: string, value: string, at: number, keep: number): void {
	const known = facts.values?.[key];
	if (known) keepValue(known, value, at, keep);
	else facts.values = { ...facts.values, [key]: { at: [at], of: [value] } };
}

function keepValue({ at: instants, of }: Values, value: string, at: number, keep: number): void {
	const known = of.indexOf(value);
	if (known >= 0) {
		if ((instants[known] ?? 0) >= at) return;
		instants.splice(known, 1);
		of.splice(known, 1);
	}
	let place = 0;
	for (; place < of.length; place++) {
		const other = instants[place] ?? 0;
		if (other < at || (other === at && (of[place] ?? "") > value)) break;
	}
	instants.splice(place, 0, at);
	of.splice(place, 0, value);
	if (of.length > keep) instants.length = of.length = keep;
}

/** What tells values apart: 1 and "1" are two, and texts that fold alike are one. */
export function valueKey(value: Scalar): string {
	return typeof value === "string" ? `"${fold(value)}` : String(value);
}

/** `keep` days at most: a window of so many cannot hold more. */
function add(facts: Counted, key: string, amount: number, at: number, keep: number): void {
	if (amount === 0) return;
	const known = facts.sums?.[key];
	if (!known) {
		const days = keep > 0 ? { days: [dayOf(at)], sums: [amount] } : { days: [], sums: [] };
		facts.sums = { ...facts.sums, [key]: { ever: amount, ...days } };
		return;
	}
	known.ever += amount;
	const { days, sums } = known;
	const day = dayOf(at);
	const older = days.findIndex((one) => one <= day);
	const place = older < 0 ? days.length : older;
	if (days[place] === day) sums[place] = (sums[place] ?? 0) + amount;
	else {
		days.splice(place, 0, day);
		sums.splice(place, 0, amount);
	}
	if (days.length > keep) days.length = sums.length = keep;
}

/** Of two parts: each value when it came last in either. */
export function joinValues(a: Values, b: Values): Values {
	const latest = new Map<string, number>();
	for (const { at, of } of [a, b])
		for (const [i, value] of of.entries())
			latest.set(value, Math.max(at[i] ?? 0, latest.get(value) ?? -Infinity));
	const sorted = [...latest].sort(([x, p], [y, q]) => q - p || (x < y ? -1 : 1));
	return { at: sorted.map(([, at]) => at), of: sorted.map(([value]) => value) };
}

export function joinSums(a: DaySums, b: DaySums): DaySums {
	const byDay = new Map<number, number>();
	for (const { days, sums } of [a, b])
		for (const [i, day] of days.entries()) byDay.set(day, (byDay.get(day) ?? 0) + (sums[i] ?? 0));
	const sorted = [...byDay].sort(([p], [q]) => q - p);
	return { ever: a.ever + b.ever, days: sorted.map(([day]) => day), sums: sorted.map(([, sum]) => sum) };
}
