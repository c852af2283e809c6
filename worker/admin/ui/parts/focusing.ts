import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Has `take` called as soon as the next change of `what` is in the page, and before the next key: whoever holds an arrow
 * goes on with what they moved, which a frame later may be too late.
 */
export function useFocusing(what: unknown): (take: () => void) => void {
	const waiting = useRef<(() => void) | undefined>(undefined);
	useLayoutEffect(() => {
		waiting.current?.();
		waiting.current = undefined;
	}, [what]);
	return (take) => {
		waiting.current = take;
	};
}
