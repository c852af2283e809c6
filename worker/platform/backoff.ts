/**
 * Whole milliseconds until what failed so often in a row is tried again: twice as many each time up to the longest, and somewhere
 * in the upper half of them, so that those who failed together do not come back together.
 */
export function backoffMs(failures: number, longestMs: number, firstMs = 250): number {
	return Math.ceil(Math.min(longestMs, firstMs * 2 ** Math.min(failures, 20)) * (0.5 + Math.random() / 2));
}
