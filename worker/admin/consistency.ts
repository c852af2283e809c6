// What does not stand together, as a caller is told it.

import { type Inconsistency, inconsistenciesIn } from "../domain/consistency.ts";
import { draftsOf, type Kept } from "../domain/kept.ts";
import { allOf, type Definition, keyOf, type Ref } from "../domain/kinds.ts";
import type { ReferenceProblem } from "../domain/references.ts";
import type { AdminEnv } from "../platform/env.ts";
import type { Definitions, Experience } from "../protocol/site.ts";
import type { Problem } from "./request.ts";
import { faultsIn } from "./templates.ts";

/** Of all definitions at once: places begin with the id of the definition, and within its condition where it is in one. */
export async function problemsOfAll(
	definitions: Definitions,
	env: Pick<AdminEnv, "CONTENT">,
): Promise<readonly Problem[]> {
	const inconsistencies = inconsistenciesIn(definitions).map(({ in: { id }, at, why, segments }) => ({
		at: [id, ...at].join("."),
		why,
		...(segments && { segments: [...segments] }),
	}));
	return [...inconsistencies, ...(await faultsIn(definitions.experiences, env))];
}

/**
 * What would be wrong with the drafts of these once this one is among them: in its own body, or in that of another, which is
 * then named.
 */
export async function problemsWith(
	one: Definition<Experience>,
	all: readonly Kept[],
	env: Pick<AdminEnv, "CONTENT">,
): Promise<readonly Problem[]> {
	const others = draftsOf<Experience>(all).filter((other) => keyOf(other) !== keyOf(one));
	const faults = one.kind === "experience" ? await faultsIn([one.body], env) : [];
	const own = faults.map((fault) => ({ ...fault, at: fault.at.replace(/^experiences\.0\./, "") }));
	return [...problemsAmong([...others, one], one), ...own];
}

/** Of definitions that are to stand together. `own` is the one whose problems need not say where they are. */
export function problemsAmong(definitions: readonly Definition<Experience>[], own?: Ref): Problem[] {
	return inconsistenciesIn(allOf(definitions)).map((one) => problemIn(one, own));
}

function problemIn({ in: ref, root, at, why, segments }: Inconsistency, own: Ref | undefined): Problem {
	return {
		...(own && keyOf(own) === keyOf(ref) ? {} : { in: ref }),
		at: [...root, ...at].join("."),
		why,
		...(segments && { segments: [...segments] }),
	};
}

/** The place is that of the definition, and within its condition that of the mistake. */
export function problemOf(problem: ReferenceProblem): Problem {
	switch (problem.reason) {
		case "segment-unknown":
			return {
				at: [problem.in, ...problem.at].filter((step) => step !== "").join("."),
				why: problem.reason,
				segments: [problem.segment],
			};
		case "list-unknown":
		case "programme-unknown":
		case "tier-unknown":
			return { at: [problem.in, ...problem.at].filter((step) => step !== "").join("."), why: problem.reason };
		case "segment-cycle":
			return { at: problem.segments[0] ?? "", why: problem.reason, segments: [...problem.segments] };
		default:
			return { at: problem.in, why: problem.reason };
	}
}
