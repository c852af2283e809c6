// What is done with the people of a file, some at a time: asked what would come of it, told, or taken back. A step may be
// interrupted anywhere and is then done again: what cells are told they take in once, and the figures are those that were
// written down before they were told.

import type { Drop } from "../cell/parts.ts";
import type { Telling } from "../cell/receive.ts";
import { resolve } from "../directory/resolve.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import type { Outcome } from "../domain/import/outcome.ts";
import type { Told } from "../domain/import/row.ts";
import { eventsOf, idIn, partOf } from "../domain/import/telling.ts";
import type { AdminEnv } from "../platform/env.ts";
import { cellOf, directoryOf, siteOf } from "../platform/name.ts";
import type { Example, Job } from "./job.ts";
import type { ImportStore, Someone } from "./store.ts";

/** Somebody who is about to be told, with what will come of it. */
export interface Due extends Owner {
	readonly n: number;
	readonly conflicts: readonly Identifier[];
	readonly outcome: Outcome;
}

interface Found extends Owner {
	readonly someone: Someone;
	readonly rows: readonly Told[];
	readonly conflicts: readonly Identifier[];
}

/** What would come of it, in their order. Nothing is written but by time. */
export async function foresee(
	env: AdminEnv,
	store: ImportStore,
	job: Job,
	people: readonly Someone[],
): Promise<readonly { readonly outcome: Outcome; readonly example: Example }[]> {
	// Of whoever is nobody's yet, every cell says the same.
	const [anyCell] = await siteOf(env, job.site).cells();
	const found = people.map((someone): Found => {
		const owner = someone.owner ?? { person: `new-${someone.n}`, cell: anyCell ?? firstCell };
		return { ...owner, someone, rows: store.rowsOf(someone.n), conflicts: [] };
	});
	const outcomes = await outcomesOf(env, job, found);
	return found.map(({ someone, rows }, i) => {
		const outcome = outcomes[i];
		if (!outcome) throw new Error("a cell answers for everybody");
		const { changes, tags, rules, entered, left } = outcome;
		const line = rows[0]?.line ?? 0;
		const person = someone.owner?.person ?? null;
		return { outcome, example: { line, person, changes, tags, rules, entered, left: Object.keys(left) } };
	});
}

/** Of a site that has none yet: nobody is there whom it could be wrong about. */
const firstCell = "eu-eeur-0";

/** Whose they are, which from here on is certain, and what will come of telling them. */
export async function prepare(
	env: AdminEnv,
	store: ImportStore,
	job: Job,
	people: readonly Someone[],
): Promise<readonly Due[]> {
	const found = await Promise.all(
		people.map(async (someone): Promise<Found> => {
			const rows = store.rowsOf(someone.n);
			const { person, cell, conflicts } = await resolve(env, job.site, identifiersOf(rows), someone.owner);
			return { person, cell, someone, rows, conflicts };
		}),
	);
	const outcomes = await outcomesOf(env, job, found);
	return found.map(({ person, cell, someone, conflicts }, i): Due => {
		const outcome = outcomes[i];
		if (!outcome) throw new Error("a cell answers for everybody");
		return { n: someone.n, person, cell, conflicts, outcome };
	});
}

/** Tells their cells, each of which takes it in once. */
export async function tell(env: AdminEnv, store: ImportStore, job: Job, due: readonly Due[]): Promise<void> {
	const found = due.map(({ n, person, cell, conflicts }): Found => {
		const someone = store.someone(n);
		if (!someone) throw new Error("whoever is about to be told is in the file");
		return { person, cell, conflicts, someone, rows: store.rowsOf(n) };
	});
	await Promise.all(
		Array.from(
			Map.groupBy(found, ({ cell }) => cell),
			([cell, some]) =>
				cellOf(env, job.site, cell).receive({
					site: job.site,
					cell,
					people: some.map((one) => tellingOf(job, one)),
				}),
		),
	);
}

/** Takes back what was told of these people, and the identifiers that were nobody's before. */
export async function takeBack(
	env: AdminEnv,
	{ site, id }: Job,
	people: ReturnType<ImportStore["toldPeople"]>,
): Promise<void> {
	const known = people.flatMap((one) => (one.owner ? [{ ...one, ...one.owner }] : []));
	await Promise.all(
		Array.from(
			Map.groupBy(known, ({ cell }) => cell),
			async ([cell, some]) => {
				const drops = Array.from(
					Map.groupBy(some, ({ person }) => person),
					([person, own]): Drop => {
						const left = Object.assign({}, ...own.toReversed().map((one) => one.left));
						return { person, part: partOf(id, person), once: own.map(({ once }) => once), left };
					},
				);
				const dropped = await cellOf(env, site, cell).dropPart({ site, cell, people: drops });
				const gone = new Set(dropped.flatMap(({ person, is }) => (is === "gone" ? [person] : [])));
				const released = some.flatMap(({ person, keys }) =>
					keys.flatMap(({ key, isOurs }) => (isOurs || gone.has(person) ? [{ key, person }] : [])),
				);
				await Promise.all(
					released.map(({ key, person }) => directoryOf(env, site, key).release(key, person)),
				);
			},
		),
	);
}

async function outcomesOf(env: AdminEnv, job: Job, found: readonly Found[]): Promise<readonly Outcome[]> {
	const { site } = job;
	const outcomes = new Map<Found, Outcome>();
	await Promise.all(
		Array.from(
			Map.groupBy(found, ({ cell }) => cell),
			async ([cell, some]) => {
				const people = some.map((one) => tellingOf(job, one));
				const answers = await cellOf(env, site, cell).rehearse({ site, cell, people });
				for (const [i, one] of some.entries()) {
					const answer = answers[i];
					if (answer) outcomes.set(one, answer.outcome);
				}
			},
		),
	);
	return found.flatMap((one) => outcomes.get(one) ?? []);
}

function tellingOf(job: Job, { person, someone, rows, conflicts }: Found): Telling {
	return {
		person,
		part: { id: partOf(job.id, person), kind: "import" },
		identifiers: identifiersOf(rows),
		events: eventsOf(job, rows, job.plan, { conflicts, isNew: someone.isNew }),
		once: onceOf(job, someone.n),
		firesRules: job.plan.firesRules,
	};
}

/** Everything that this import says of one person is taken in once and together. */
export function onceOf(job: Job, n: number): string {
	return idIn(job, job.createdAt, n);
}

function identifiersOf(rows: readonly Told[]): readonly Identifier[] {
	const all = rows.flatMap(({ identifiers }) => identifiers);
	return [...new Map(all.map((one) => [`${one.kind} ${one.value}`, one])).values()];
}
