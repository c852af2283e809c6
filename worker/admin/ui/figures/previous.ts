// The same report of as many days before.

import { useAsked } from "../api/asked.ts";
import { before } from "./period.ts";

/** Nothing while it is not known, or not compared. `more` begins with `&`. */
export function usePrevious<T extends { readonly from: string; readonly until: string }>(
	path: string,
	view: T | undefined,
	isCompared: boolean,
	more = "",
): T | undefined {
	const span = view && isCompared ? before(view) : undefined;
	return useAsked<T>(span && `${path}?from=${span.from}&until=${span.until}${more}`).value;
}
