// Why the API did not do it, in words that say what to do.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Problem, Refusal } from "../api/call.ts";
import { useWords } from "../language.ts";

export function useRefusalWords(): (refusal: Refusal) => string {
	const { shell } = useWords();
	const wordsOf = useProblemWords();
	return ({ status, body: { error, id, problems = [] } }) => {
		const known: Readonly<Record<string, string>> = shell.refusals;
		const said = known[error];
		if (said) return said;
		if (status === 403) return shell.refusals.forbidden;
		if (status === 404) return shell.refusals["not-found"];
		const wrong = [...new Set(problems.map(wordsOf))];
		return wrong.length > 0 ? shell.wrongIn(wrong.join(" ")) : shell.fault(id);
	};
}

/** What is wrong with one value. */
export function useProblemWords(): (problem: Pick<Problem, "why" | "code">) => string {
	const { problems } = useWords();
	return ({ why, code = "" }) => problems[why] ?? problems[code] ?? problems.other;
}

/** What was refused of what the fields below it say: each that has an `at` shows its own. */
export const ProblemsContext = createContext<readonly Problem[] | undefined>(undefined);

/** What is wrong there, or in what is within; nothing of a field that stands for nothing that is sent. */
export function useProblemAt(at: string | undefined): string | undefined {
	const wordsOf = useProblemWords();
	const problems = useContext(ProblemsContext);
	const problem = problems?.find((one) => one.at === at || one.at.startsWith(`${at}.`));
	return at !== undefined && problem ? wordsOf(problem) : undefined;
}
