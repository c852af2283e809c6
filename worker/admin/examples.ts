// People whom a condition means, and people whom it nearly means: how many, and some of each with the reason and the
// smallest change. What takes too long is left out, and may be asked for again.

import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import type { ListedPerson } from "../data/listed.ts";
import { countWho, peopleWho, youngestFirst } from "../data/people.ts";
import { refuse } from "../domain/check.ts";
import type { Condition } from "../domain/condition.ts";
import { nearTo } from "../domain/near.ts";
import { compileSql } from "../domain/sql.ts";
import type { Context } from "../domain/words/language.ts";
import type { Env } from "../platform/env.ts";
import type { Examples } from "../protocol/admin.schema.ts";
import { personView } from "./columns.ts";
import type { Why } from "./explained.ts";
import { explainEach } from "./explaining.ts";
import type { Grounded } from "./ground.ts";
import { asked } from "./request.ts";
import { explanationOf } from "./sentences.ts";

const shown = 5;
/** Out of so many the nearest are shown. */
const lookedAt = 20;
const patienceMs = 900;

type Example = z.infer<typeof Examples>["in"];

export async function examplesOf(
	env: Env,
	site: string,
	grounded: Grounded,
	now: number,
	names: Context,
): Promise<z.infer<typeof Examples>> {
	const { whole } = grounded;
	const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
	const inTime = <T>(work: Promise<T>): Promise<T | null> => {
		// What comes too late may fail unheard.
		work.catch(() => undefined);
		return Promise.race([work, late]);
	};
	const db = databaseOf(env, site);
	const list = (whom: Condition, limit: number) =>
		asked(peopleWho(db, site, compileSql(whom, now), now, { sort: youngestFirst, limit, isCounted: false }));
	// The database answers one question after the other: those who are shown come first, and few are counted already.
	const first = list(whole, shown);
	const counted = first.then(({ people, next }) =>
		next ? asked(countWho(db, site, compileSql(whole, now), now)) : people.length,
	);
	const [within, count, almost] = await Promise.all([
		inTime(first.then(({ people }) => explained(people, true))),
		inTime(counted),
		inTime(first.then(nearest)),
	]);
	return { count, in: within, almost };

	async function nearest(): Promise<Example> {
		const near = nearTo(whole);
		const found = near && !refuse(near) ? (await list(near, lookedAt)).people : [];
		// Where nobody is near, anybody shows what is missing.
		const those = found.length > 0 ? found : (await list({ not: whole }, lookedAt)).people;
		return explained(those, false);
	}

	async function explained(people: readonly ListedPerson[], is: boolean): Promise<Example> {
		const { byPerson } = await explainEach(env, site, people, grounded, now);
		return (
			people
				.flatMap((person) => {
					const why = byPerson.get(person.id)?.why;
					return why ? [{ person, why, cost: costOf(why) }] : [];
				})
				.toSorted((a, b) => a.cost - b.cost)
				.map(({ person, why }) => ({ person: personView(person), explanation: explanationOf(why, names) }))
				// Their cells are ahead of the lists.
				.filter(({ explanation }) => explanation.is === is)
				.slice(0, shown)
		);
	}
}

function costOf(why: Why): number {
	if (why.of !== "condition" || why.because.is) return 0;
	return why.change.kind === "possible" ? why.change.cost : Number.POSITIVE_INFINITY;
}
