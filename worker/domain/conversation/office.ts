// When somebody is there to answer, by the hours that a site keeps in its own zone.

/** Minutes of a day; null for a day without. Monday first. */
export type Hours = readonly ({ readonly from: number; readonly until: number } | null)[];

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
/** A week, and one more where the only hours fall into those that a day misses. */
const longestMs = 15 * 86_400_000;
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether it is within hours at `now` (epoch ms). A site without hours is always within. */
export function isWithin(hours: Hours | undefined, timeZone: string, now: number): boolean {
	if (!hours) return true;
	const { day, minute } = localTime(timeZone, now);
	return isIn(hours[day], minute);
}

/** When hours begin next, epoch ms, to the minute: now where they have begun, and nothing where they never do. */
export function opensAt(hours: Hours | undefined, timeZone: string, now: number): number | undefined {
	return hours?.some((span) => span !== null) ? firstAt(hours, timeZone, now, true) : undefined;
}

/** When hours end next, as `opensAt` says when they begin. */
export function closesAt(hours: Hours | undefined, timeZone: string, now: number): number | undefined {
	return hours && firstAt(hours, timeZone, now, false);
}

/**
 * The first minute that is within hours, or is not. Looked for from quarter to quarter of an hour, so that a day on which the
 * clocks change is as long as it is: they change on a quarter, in every zone.
 */
function firstAt(hours: Hours, timeZone: string, now: number, within: boolean): number | undefined {
	let at = Math.ceil(now / minuteMs) * minuteMs;
	while (at <= now + longestMs) {
		const { day, minute } = localTime(timeZone, at);
		const span = hours[day];
		if (isIn(span, minute) === within) return at;
		const untilQuarter = quarterMs - (at % quarterMs);
		const turn = within ? span?.from : span?.until;
		at +=
			turn !== undefined && turn > minute ? Math.min(untilQuarter, (turn - minute) * minuteMs) : untilQuarter;
	}
	return undefined;
}

function isIn(span: Hours[number] | undefined, minute: number): boolean {
	return span != null && span.from <= minute && minute < span.until;
}

function localTime(timeZone: string, at: number): { readonly day: number; readonly minute: number } {
	const parts = formatOf(timeZone).formatToParts(at);
	const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
	return { day: weekdays.indexOf(of("weekday")), minute: Number(of("hour")) * 60 + Number(of("minute")) };
}

/** To make one takes longer than to use it a thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat("en-US", {
		timeZone,
		weekday: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	formats.set(timeZone, format);
	return format;
}
