// Why the API did not do it, in words that say what to do.

import type { Refusal } from "../api/call.ts";
import { useWords } from "../language.ts";

export function useRefusalWords(): (refusal: Refusal) => string {
	const { shell } = useWords();
	return ({ status, body: { error, id, problems } }) => {
		const known: Readonly<Record<string, string>> = shell.refusals;
		const said = known[error];
		if (said) return said;
		if (status === 403) return shell.refusals.forbidden;
		if (status === 404) return shell.refusals["not-found"];
		if (problems && problems.length > 0)
			return shell.wrongIn(problems.map(({ at, why }) => (at ? `${at}: ${why}` : why)).join("; "));
		return shell.fault(id);
	};
}
