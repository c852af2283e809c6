// Whether tests of one number can hold together, at any instant from `now` on. A date is a number too: its bounds are
// instants, or lie a fixed time before or after whatever the clock says when it is asked.

import type { DateTest, NumberTest } from "../condition.ts";

/** A test, or that it fails. */
export interface Asked<Test> {
	readonly test: Test;
	readonly yes: boolean;
}

/** What is known of a number before anything is asked of it. `past`: an instant that never lies after now. */
export interface Known {
	readonly whole?: boolean;
	readonly least?: number;
	readonly most?: number;
	readonly past?: boolean;
}

export interface Range {
	readonly low: number;
	readonly high: number;
}

/** From below or above, counted from zero or from the clock. */
interface Bound {
	readonly side: "low" | "high";
	readonly from: "zero" | "clock";
	readonly value: number;
	/** Whether the value itself is left out. */
	readonly open: boolean;
}

/** The tightest bounds so far. */
type Bounds = Readonly<Record<`${Bound["side"]} ${Bound["from"]}`, Pick<Bound, "value" | "open">>>;

const unbounded: Bounds = {
	"low zero": { value: -Infinity, open: false },
	"high zero": { value: Infinity, open: false },
	"low clock": { value: -Infinity, open: false },
	"high clock": { value: Infinity, open: false },
};

/** More ways to fail than this are not tried. */
const mostWays = 5_000;

/**
 * Between what a number must lie that is there and answers all tests as asked; nothing where none can. It may leave out
 * less than it could, never more.
 */
export function rangeOf(
	asked: readonly Asked<NumberTest | DateTest>[],
	known: Known,
	now: number,
): Range | undefined {
	const { whole = false, least = -Infinity, most = Infinity, past = false } = known;
	let ways = mostWays;
	let found: Range | undefined;

	function tryFrom(place: number, bounds: Bounds): void {
		if (!isFeasible(bounds, now)) return;
		const one = asked[place];
		if (!one || ways-- <= 0) {
			const low = Math.max(bounds["low zero"].value, bounds["low clock"].value + now);
			const high = bounds["high zero"].value;
			found = { low: Math.min(low, found?.low ?? low), high: Math.max(high, found?.high ?? high) };
			return;
		}
		const limits = boundsOf(one.test);
		if (one.yes)
			tryFrom(
				place + 1,
				limits.reduce((so, bound) => tightened(so, bound, whole), bounds),
			);
		// What fails a test fails one of its bounds. A test without bounds of ours says nothing.
		else if (limits.length === 0) tryFrom(place + 1, bounds);
		else for (const bound of limits) tryFrom(place + 1, tightened(bounds, opposite(bound), whole));
	}

	const start = [
		bound("low", "zero", least),
		bound("high", "zero", most),
		...(past ? [bound("high", "clock", 0)] : []),
	];
	tryFrom(
		0,
		start.reduce((so, one) => tightened(so, one, whole), unbounded),
	);
	return outlasts(asked) ? undefined : found;
}

/** Whether something is to come round within some days, and not within as many or more. */
function outlasts(asked: readonly Asked<NumberTest | DateTest>[]): boolean {
	const days = (wanted: boolean): readonly number[] =>
		asked.flatMap(({ test, yes }) => (test.op === "anniversary" && yes === wanted ? [test.days] : []));
	return Math.min(...days(true)) <= Math.max(...days(false));
}

function boundsOf(test: NumberTest | DateTest): readonly Bound[] {
	switch (test.op) {
		case ">=":
			return [bound("low", "zero", test.n)];
		case "<=":
			return [bound("high", "zero", test.n)];
		case "=":
			return [bound("low", "zero", test.n), bound("high", "zero", test.n)];
		case "between":
			return [bound("low", "zero", test.from), bound("high", "zero", test.to)];
		case "before":
			return [bound("high", "zero", test.at, true)];
		case "after":
			return [bound("low", "zero", test.at)];
		case "in-the-last":
			return [bound("low", "clock", -test.ms, true), bound("high", "clock", 0)];
		case "longer-ago":
			return [bound("high", "clock", -test.ms)];
		case "in-the-next":
			return [bound("low", "clock", 0, true), bound("high", "clock", test.ms)];
		case "anniversary":
			return [];
	}
}

function bound(side: Bound["side"], from: Bound["from"], value: number, open = false): Bound {
	return { side, from, value, open };
}

function opposite({ side, from, value, open }: Bound): Bound {
	return { side: side === "low" ? "high" : "low", from, value, open: !open };
}

function tightened(bounds: Bounds, { side, from, value, open }: Bound, whole: boolean): Bounds {
	const next =
		whole && from === "zero" && Number.isFinite(value) ? wholeBound(side, value, open) : { value, open };
	const old = bounds[`${side} ${from}`];
	const isTighter = side === "low" ? next.value > old.value : next.value < old.value;
	return isTighter || (next.value === old.value && next.open)
		? { ...bounds, [`${side} ${from}`]: next }
		: bounds;
}

/** The outermost whole number within: above 3 is from 4 on. */
function wholeBound(side: Bound["side"], value: number, open: boolean): Pick<Bound, "value" | "open"> {
	const inner = side === "low" ? Math.ceil(value) : Math.floor(value);
	const step = side === "low" ? 1 : -1;
	return { value: open && inner === value ? inner + step : inner, open: false };
}

/** The clock shows `now` or more, without end: so only what lies after it can be too late for a fixed instant. */
function isFeasible(bounds: Bounds, now: number): boolean {
	const { "low zero": low, "high zero": high, "low clock": since, "high clock": until } = bounds;
	const earliest = { value: since.value + now, open: since.open };
	return areInOrder(low, high) && areInOrder(since, until) && areInOrder(earliest, high);
}

function areInOrder(low: Bounds["low zero"], high: Bounds["low zero"]): boolean {
	return low.value < high.value || (low.value === high.value && !low.open && !high.open);
}
