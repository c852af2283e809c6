// A visit: a browser's events with no gap over 30 minutes. Kept as intervals, so that a late event joins, extends
// or bridges the visits it belongs to, whatever the order of arrival.

/** First and last instant, epoch ms; and how many pages were viewed, where that was counted. */
export type Visit = readonly [startedAt: number, endedAt: number, pages?: number];

export const visitGapMs = 30 * 60_000;
/** Visits that ended this long before the latest one are only counted: no event is accepted so late any more. */
const sealAfterMs = 8 * 86_400_000;

/** That a visit begins with an event. `since`: when the browser was last here before; absent where it never was. */
export interface Opening {
	readonly since?: number;
}

/** Whether one does with what a browser does now that was last here then. Late events begin none. */
export function openingAt(at: number, seenAt: number | undefined): Opening | undefined {
	if (seenAt === undefined || seenAt < 0) return {};
	return at > seenAt + visitGapMs ? { since: seenAt } : undefined;
}

/** The visits with one more instant in them, oldest first, and how many were sealed off by it. `pages` were viewed then. */
export function withInstant(
	visits: readonly Visit[],
	at: number,
	pages: 0 | 1,
): { open: readonly Visit[]; sealed: number } {
	const last = visits[visits.length - 1];
	// Nearly every event extends the latest visit; this keeps that case free of copies of the others.
	if (last && pages === 0 && at >= last[0] && at <= last[1]) return { open: visits, sealed: 0 };
	const open: Visit[] = [];
	let joined: Visit = [at, at, pages];
	for (const visit of visits) {
		if (visit[1] + visitGapMs < joined[0] || visit[0] - visitGapMs > joined[1]) open.push(visit);
		else
			joined = [
				Math.min(visit[0], joined[0]),
				Math.max(visit[1], joined[1]),
				pagesOf(visit) + pagesOf(joined),
			];
	}
	open.push(joined);
	open.sort((a, b) => a[0] - b[0]);
	const latest = open[open.length - 1] ?? joined;
	const kept = open.filter((visit) => visit[1] >= latest[1] - sealAfterMs);
	return { open: kept, sealed: open.length - kept.length };
}

/** How many pages were viewed in a visit. */
export function pagesOf([, , pages = 0]: Visit): number {
	return pages;
}
