// Asking the cells why people meet a condition: one call to each cell, with what D1 has of their past.

import { databaseOf } from "../data/database.ts";
import { type Pasts, pastsOf } from "../data/past.ts";
import { isWorkedOut } from "../domain/bought.ts";
import { type Condition, leavesOf, matchesOf } from "../domain/condition.ts";
import { isDerived } from "../domain/event.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import type { ExplainCall, Explained } from "./explained.ts";
import type { Grounded } from "./ground.ts";
import { asked } from "./request.ts";
import { explainIn } from "./why.ts";

interface Owned {
	readonly id: string;
	readonly cell: string;
}

export interface Explanations {
	readonly byPerson: ReadonlyMap<string, Explained>;
	/** Whether nothing of anybody's past was left out. */
	readonly isWhole: boolean;
}

/** The cells' own answers. Whoever a cell does not know any more has none. */
export async function explainEach(
	env: Env,
	site: string,
	people: readonly Owned[],
	{ condition, whole, mentioned, programmes }: Grounded,
	now: number,
): Promise<Explanations> {
	const ids = people.map(({ id }) => id);
	const names = namesIn(whole);
	const isAsked = ids.length > 0 && names?.length !== 0;
	const past = isAsked && (await asked(pastsOf(databaseOf(env, site), site, ids, names, now)));
	const { pasts, isWhole } = past || { pasts: new Map() satisfies Pasts, isWhole: true };
	const question = { of: "condition", condition, segments: mentioned, programmes } as const;
	const byCell = Map.groupBy(people, ({ cell }) => cell);
	const answers = await Promise.all(
		Array.from(byCell, ([cell, owned]) =>
			askCell(env, site, cell, {
				people: owned.map(({ id }) => ({ person: id, past: pasts.get(id) ?? {} })),
				question,
			}),
		),
	);
	const explained = answers.flatMap((answer) => (answer.is === "explained" ? answer.people : []));
	return { byPerson: new Map(explained.map((one) => [one.person, one])), isWhole };
}

export function askCell(env: Env, site: string, cell: string, call: ExplainCall) {
	return explainIn(cellOf(env, site, cell), call);
}

/** The events that a condition asks for; none where it takes all of them to tell. */
function namesIn(condition: Condition): readonly string[] | undefined {
	const names = new Set<string>();
	for (const leaf of leavesOf(condition)) {
		// Visits are made of all events.
		if (leaf.field === "events" && leaf.by === "visit") return undefined;
		for (const match of matchesOf(leaf)) {
			// The cell has the orders, whatever is published.
			if (isWorkedOut(match)) continue;
			const { name } = match;
			// What only rules say stands with the events that made them.
			if (isDerived(name)) return undefined;
			names.add(name);
		}
	}
	return [...names];
}
