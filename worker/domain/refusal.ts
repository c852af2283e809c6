// Why a definition is refused, and where in it the reason stands.

export type Reason =
	| "too-deep"
	| "too-many-nodes"
	| "list-too-long"
	| "text-too-long"
	| "text-empty"
	| "text-malformed"
	| "name-reserved"
	| "count-out-of-range"
	| "window-out-of-range"
	| "days-out-of-range"
	| "instant-out-of-range"
	| "range-reversed"
	| "number-out-of-range"
	| "test-unfit"
	| "place-out-of-range";

/** The way to something within a condition, as a JSON path has it: `["all", 1, "match", "where", 0]`. */
export type Place = readonly (string | number)[];

/** `at` leads to the breach. */
export interface Refusal {
	readonly reason: Reason;
	readonly at: Place;
}

export function here(reason: Reason): Refusal {
	return { reason, at: [] };
}

export function within(step: string | number, refusal: Refusal | undefined): Refusal | undefined {
	return refusal && { reason: refusal.reason, at: [step, ...refusal.at] };
}

export function firstOf<T>(
	members: readonly T[],
	of: (member: T) => Refusal | undefined,
): Refusal | undefined {
	for (const [place, member] of members.entries()) {
		const refusal = within(place, of(member));
		if (refusal) return refusal;
	}
	return undefined;
}
