// Tells people what changed of products that they viewed or left in their cart, as events of their own to which rules react:
// by the clock, a bounded piece each minute. What interrupts it may do so anywhere: each cell takes an event in once.

import { databasesOf } from "../data/database.ts";
import { concernedBy, dropNews, keepTold, type OpenBatch, openNews } from "../data/news.ts";
import { handOf } from "../domain/act.ts";
import { dayMs } from "../domain/calendar.ts";
import type { AdminEnv } from "../platform/env.ts";
import { instantOf } from "../platform/id.ts";
import { logFault } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";

/** So long ago somebody may have viewed what is told of now. */
const interestMs = 90 * dayMs;
/** What could not be told until then is no news. */
const freshMs = dayMs;
const batchesPerRun = 20;
const stepsPerBatch = 5;
/** In a cell visitors wait while people are told. */
const peoplePerCall = 200;

/** One batch that cannot be told holds up no other. */
export async function tellNews(env: AdminEnv, now: number): Promise<void> {
	for (const db of databasesOf(env)) {
		for (const batch of await openNews(db, batchesPerRun)) {
			try {
				await tell(env, db, batch, now);
			} catch (error) {
				logFault("product news", error);
			}
		}
	}
}

async function tell(env: AdminEnv, db: D1Database, batch: OpenBatch, now: number): Promise<void> {
	const { id, site } = batch;
	let { toldTo } = batch;
	for (let step = 0; step < stepsPerBatch; step++) {
		const isStale = instantOf(id) < now - freshMs;
		const next = { ...batch, toldTo };
		const { people, isAll } = isStale
			? { people: [], isAll: true }
			: await concernedBy(db, next, { now, since: now - interestMs });
		for (let from = 0; from < people.length; from += peoplePerCall) {
			const some = people.slice(from, from + peoplePerCall);
			await Promise.all(
				Array.from(
					Map.groupBy(some, ({ cell }) => cell),
					([cell, those]) =>
						cellOf(env, site, cell).receive({
							site,
							cell,
							people: those.map(({ person, news }) => ({
								person,
								part: { id: handOf(person), kind: "hand" },
								identifiers: [],
								// They said nothing, and prove nothing by it.
								proof: "typed",
								firesRules: true,
								events: news.flatMap(({ n, isInCart }) => {
									const told = batch.news[n];
									return told ? [{ ...told, props: { ...told.props, in_cart: isInCart } }] : [];
								}),
							})),
						}),
				),
			);
			toldTo = some.at(-1)?.person ?? toldTo;
			await keepTold(db, id, toldTo);
		}
		if (isAll) return dropNews(db, id);
	}
}
