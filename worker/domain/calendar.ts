// Days of UTC. Instants are epoch ms, which may be fractions and lie anywhere: attributes come from outside.

export const dayMs = 86_400_000;

/** Names the day of an instant on the clocks of a zone (IANA), as `YYYY-MM-DD`. */
export function dayIn(timeZone: string): (at: number) => string {
	let format: Intl.DateTimeFormat | undefined;
	return (at) => {
		// To make one takes long: it waits until somebody asks. In Sweden days are written so.
		format ??= new Intl.DateTimeFormat("sv", { timeZone });
		return format.format(at);
	};
}

/** The instant at which a day (`YYYY-MM-DD`) begins on the clocks of a zone, to the minute: at midnight, or at what comes in its place. */
export function beginningOf(day: string, timeZone: string): number {
	const nameOf = dayIn(timeZone);
	const minuteMs = 60_000;
	// No zone is further than this from UTC.
	let before = Date.parse(day) - 16 * 60 * minuteMs;
	let after = Date.parse(day) + 16 * 60 * minuteMs;
	while (after - before > minuteMs) {
		const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs;
		if (nameOf(middle) < day) before = middle;
		else after = middle;
	}
	return after;
}

/**
 * The instant on a day (`YYYY-MM-DD`) at which the clocks of a zone show what they show at `at`; what they leave out on that
 * day, they show an hour later, and of what they show twice it is the first.
 */
export function sameTimeOn(day: string, at: number, timeZone: string): number {
	const clock = new Intl.DateTimeFormat("sv", {
		timeZone,
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	const minutesOf = (instant: number) => {
		const [hours = 0, minutes = 0] = clock.format(instant).split(":").map(Number);
		return hours * 60 + minutes;
	};
	const minuteMs = 60_000;
	const first = beginningOf(day, timeZone) + (at - beginningOf(dayIn(timeZone)(at), timeZone));
	const same = first + (minutesOf(at) - minutesOf(first)) * minuteMs;
	// Shortly before midnight, as much time brings a shorter day to the one after it.
	const found = dayIn(timeZone)(first) === day ? same : same - dayMs;
	return minutesOf(found) === minutesOf(at) ? found : first;
}

/** The day so many days after another, or before it. */
export function daysAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many whole days after the epoch. */
export function dayOf(at: number): number {
	return Math.floor(at / dayMs);
}

/** Years 0 to 9999: where both compilers know the calendar. */
const firstDay = dayOf(Date.UTC(2000, 0, 1)) - 5 * 146_097;
const lastDay = dayOf(Date.UTC(9999, 11, 31));

/** The same as instants: from <= at < to. */
export const years = { from: firstDay * dayMs, to: (lastDay + 1) * dayMs } as const;

/** `MM-DD`; none outside the years 0 to 9999. */
export function monthDayOf(at: number): string | undefined {
	return isKnown(at) ? new Date(dayOf(at) * dayMs).toISOString().slice(5, 10) : undefined;
}

/**
 * The days and months, as `MM-DD`, that come today or within the `days` days after; 29 February comes on 1 March where
 * the year has none. An instant has its anniversary then where its own `monthDayOf` is among them.
 */
export function anniversaries(now: number, days: number): ReadonlySet<string> {
	const found = new Set<string>();
	for (let day = dayOf(now); day <= dayOf(now) + days; day++) {
		const monthDay = monthDayOf(day * dayMs);
		if (monthDay === undefined) continue;
		found.add(monthDay);
		if (monthDay === "03-01" && monthDayOf((day - 1) * dayMs) === "02-28") found.add("02-29");
	}
	return found;
}

/** The midnight at which the anniversary of `at` comes next, today's included; none outside the years that we know. */
export function nextAnniversary(at: number, now: number): number | undefined {
	if (!isKnown(at) || !isKnown(now)) return undefined;
	const date = new Date(dayOf(at) * dayMs);
	const today = dayOf(now) * dayMs;
	for (let year = new Date(today).getUTCFullYear(); ; year++) {
		// A day that the year has not is the day after the last of the month.
		const midnight = new Date(0).setUTCFullYear(year, date.getUTCMonth(), date.getUTCDate());
		if (midnight >= today) return midnight;
	}
}

/** Whole years of age, both included; -Infinity and Infinity for none. */
interface Ages {
	readonly low: number;
	readonly high: number;
}

/** From when on and until when whoever was born at `at` is of such an age; at no time where both are the same. */
export function agedBetween(at: number, { low, high }: Ages): { readonly from: number; readonly to: number } {
	if (!isKnown(at)) return { from: Infinity, to: Infinity };
	const to = high < 0 ? -Infinity : birthdayOf(at, Math.floor(high) + 1);
	return { from: Math.min(birthdayOf(at, Math.max(Math.ceil(low), 0)), to), to };
}

/** The midnight with which the `years`-th birthday begins. */
function birthdayOf(at: number, years: number): number {
	const date = new Date(dayOf(at) * dayMs);
	// A day that the year has not is the day after the last of the month.
	const midnight = date.setUTCFullYear(date.getUTCFullYear() + years);
	return Number.isNaN(midnight) ? Infinity : midnight;
}

/** In whole years; none of what is no date, or one of a day to come. */
export function ageOf(born: unknown, now: number): number | undefined {
	if (typeof born !== "number" || !isKnown(born)) return undefined;
	const year = (at: number): number => new Date(dayOf(at) * dayMs).getUTCFullYear();
	const many = year(now) - year(born);
	const age = birthdayOf(born, many) > now ? many - 1 : many;
	return age < 0 ? undefined : age;
}

/** The same the other way round: from <= at < to of whoever is of such an age at `now`. */
export function bornBetween(
	now: number,
	{ low, high }: Ages,
): { readonly from: number; readonly to: number } {
	const from = high < 0 ? years.to : bornBefore(now, Math.floor(high) + 1);
	return { from: Math.max(from, years.from), to: bornBefore(now, Math.max(Math.ceil(low), 0)) };
}

/** The end of the latest day on which one may be born who has had so many birthdays. */
function bornBefore(now: number, many: number): number {
	const today = new Date(dayOf(now) * dayMs);
	const day = new Date(today).setUTCFullYear(today.getUTCFullYear() - many);
	if (Number.isNaN(day)) return years.from;
	// Who was born on 1 March has no birthday on 29 February.
	const isOver = new Date(day).getUTCDate() !== today.getUTCDate();
	return isOver ? day : day + dayMs;
}

function isKnown(at: number): boolean {
	const day = dayOf(at);
	return day >= firstDay && day <= lastDay;
}
