// What just changed is lit for a moment.

import { type ComponentChildren, createContext } from "preact";
import { useContext, useRef } from "preact/hooks";

/** Whether the persona has been on screen before: at first sight everything is new, and nothing is lit. */
export const Settled = createContext(false);

export function Flash(props: {
	readonly of: string | number | boolean | null;
	readonly class?: string;
	readonly children: ComponentChildren;
}) {
	const isSettled = useContext(Settled);
	const seen = useRef<unknown>(isSettled ? Settled : props.of);
	const turn = useRef(0);
	if (seen.current !== props.of) {
		seen.current = props.of;
		turn.current++;
	}
	// A new key is a new element, and so begins its animation anew.
	return (
		<span key={turn.current} class={`flash ${turn.current > 0 ? "is-fresh" : ""} ${props.class ?? ""}`}>
			{props.children}
		</span>
	);
}
