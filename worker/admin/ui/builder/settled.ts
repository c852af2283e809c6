import { useEffect, useState } from "preact/hooks";

/** The value once it has not changed for so long: what is still being written is not asked about at each letter. */
export function useSettled<T>(value: T, afterMs: number): T {
	const text = JSON.stringify(value);
	const [settled, setSettled] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(text), afterMs);
		return () => clearTimeout(timer);
	}, [text, afterMs]);
	return JSON.parse(settled);
}
