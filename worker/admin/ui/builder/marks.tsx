// What the API says of a condition while it is built, each at the place that it says it of.

import type { Condition, EventMatch } from "../../../domain/condition.ts";
import { useProblemWords } from "../parts/refusal.ts";
import { useChecked } from "./checked.ts";
import type { Place } from "./tree.ts";
import { useWarningWords } from "./warnings.ts";

/** What is still to be done, what is wrong, or surely was not meant. */
export interface Mark {
	readonly kind: "todo" | "bad" | "warn";
	/** The way to it, within what was sent. */
	readonly at: Place;
	readonly said: string;
}

const stepsOf = (at: string): Place =>
	at === "" ? [] : at.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Nobody has done anything wrong yet who has only begun. */
const unfinished: readonly string[] = ["text-empty", "value-refused", "member-missing"];

/** What is said of the whole is said beside it. */
export function useMarks(condition: Condition): readonly Mark[] {
	const problemWords = useProblemWords();
	const wordsOf = useWarningWords();
	const { value, refusal } = useChecked(condition);
	const wrong = (refusal?.body.problems ?? []).map(
		(problem): Mark => ({
			kind: unfinished.includes(problem.why) ? "todo" : "bad",
			at: stepsOf(problem.at),
			said: problemWords(problem),
		}),
	);
	const odd = (value?.warnings ?? [])
		.filter(({ at }) => at.length > 0)
		.map((warning): Mark => ({ kind: "warn", at: warning.at, said: wordsOf(warning) }));
	return [...wrong, ...odd];
}

export function Said({ marks }: { readonly marks: readonly Mark[] }) {
	return (
		<>
			{marks.map(({ kind, said }) => (
				<p key={said} class={`builder-mark is-${kind}`}>
					{said}
				</p>
			))}
		</>
	);
}

/** Of an event that stands by itself, in no condition. */
export function MatchMarks({ match }: { readonly match: EventMatch }) {
	return <Said marks={useMarks({ all: [{ field: "events", match, count: { op: ">=", n: 1 } }] })} />;
}
