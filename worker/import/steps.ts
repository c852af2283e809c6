// What is done with the people of a file, some at a time: asked what would come of it, told, or taken back. A step may be
// interrupted anywhere and is then done again: what cells are told they take in once, and the figures are those that were
// written down before they were told.

import type { Drop, Rehearsed } from "../cell/parts.ts";
import type { Telling } from "../cell/receive.ts";
import { forgetConflicts, noteConflicts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { releaseEach, resolveEach } from "../directory/many.ts";
import { release } from "../directory/resolve.ts";
import { type Identifier, isSame, type Owner } from "../domain/contact.ts";
import type { Value } from "../domain/event.ts";
import { importLimits, shortened } from "../domain/import/limits.ts";
import type { Change, Outcome } from "../domain/import/outcome.ts";
import type { Told } from "../domain/import/row.ts";
import { eventsOf, idIn, partOf } from "../domain/import/telling.ts";
import type { AdminEnv } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import type { Example, Job } from "./job.ts";
import type { ImportStore, Someone } from "./store.ts";

/** Somebody who is about to be told, with what will come of it. */
export interface Due extends Owner {
	readonly n: number;
	/** When somebody of their names was erased: what the file tells of the time before is not taken in. */
	readonly erasedAt?: number;
	readonly conflicts: readonly Identifier[];
	readonly outcome: Outcome;
}

interface Found extends Owner {
	readonly someone: Someone;
	readonly rows: readonly Told[];
	readonly conflicts: readonly Identifier[];
	readonly erasedAt?: number;
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
	const answers = await outcomesOf(env, job, found);
	return found.map(({ someone, rows }, i) => {
		const { outcome, changes } = answers[i] ?? unanswered();
		const { tags, rules, entered, left } = outcome;
		const line = rows[0]?.line ?? 0;
		const person = someone.owner?.person ?? null;
		return {
			outcome,
			example: { line, person, changes: shownOf(changes), tags, rules, entered, left: Object.keys(left) },
		};
	});
}

/** Values may be long, and an example is kept. */
function shownOf(changes: readonly Change[]): readonly Change[] {
	const shown = (value: Value): Value => (typeof value === "string" ? shortened(value) : value);
	return changes.slice(0, importLimits.changes).map(({ attribute, from, to }) => {
		return { attribute, from: from === null ? null : shown(from), to: shown(to) };
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
	const told = people.map(({ n }) => store.rowsOf(n));
	const resolved = await resolveEach(
		env,
		job.site,
		people.map(({ owner }, i) => ({ identifiers: identifiersOf(told[i] ?? []), owner })),
	);
	// As of the import, by which an undo finds them.
	await noteConflicts(databaseOf(env, job.site), job.site, resolved, job.createdAt);
	const found = resolved.map(({ isNew: _, ...owner }, i): Found => {
		const [someone, rows] = [people[i], told[i]];
		if (!someone || !rows) throw new Error("everybody is resolved");
		return { ...owner, someone, rows };
	});
	const answers = await outcomesOf(env, job, found);
	return found.map(({ someone, rows: _, ...owner }, i): Due => {
		const { outcome } = answers[i] ?? unanswered();
		return { n: someone.n, ...owner, outcome };
	});
}

/** Tells their cells, each of which takes it in once. */
export async function tell(env: AdminEnv, store: ImportStore, job: Job, due: readonly Due[]): Promise<void> {
	const found = due.map(({ n, outcome: _, ...owner }): Found => {
		const someone = store.someone(n);
		if (!someone) throw new Error("whoever is about to be told is in the file");
		return { ...owner, someone, rows: store.rowsOf(n) };
	});
	await Promise.all(
		Array.from(
			Map.groupBy(found, ({ cell }) => cell),
			async ([cell, some]) => {
				const { site } = job;
				const tellings = some.map((one) => tellingOf(job, one));
				const answers = await cellOf(env, site, cell).receive({ site, cell, people: tellings });
				for (const [i, { person, identifiers }] of tellings.entries())
					if (answers[i]?.isGone) await release(env, site, identifiers, person);
			},
		),
	);
}

/** Takes back what was told of these people, and the identifiers that were nobody's before. */
export async function takeBack(
	env: AdminEnv,
	{ site, id, createdAt }: Job,
	people: ReturnType<ImportStore["toldPeople"]>,
): Promise<void> {
	const known = people.flatMap((one) => (one.owner ? [{ ...one, ...one.owner }] : []));
	const released = await Promise.all(
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
				return some.flatMap(({ person, keys }) =>
					keys.flatMap(({ key, isOurs }) => (isOurs || gone.has(person) ? [{ key, person }] : [])),
				);
			},
		),
	);
	await releaseEach(env, site, released.flat());
	const names = known.map(({ person }) => person);
	await forgetConflicts(databaseOf(env, site), site, names, createdAt);
}

async function outcomesOf(env: AdminEnv, job: Job, found: readonly Found[]): Promise<readonly Rehearsed[]> {
	const { site } = job;
	const outcomes = new Map<Found, Rehearsed>();
	await Promise.all(
		Array.from(
			Map.groupBy(found, ({ cell }) => cell),
			async ([cell, some]) => {
				const people = some.map((one) => tellingOf(job, one));
				const answers = await cellOf(env, site, cell).rehearse({ site, cell, people });
				for (const [i, one] of some.entries()) {
					const answer = answers[i];
					if (answer) outcomes.set(one, answer);
				}
			},
		),
	);
	return found.map((one) => outcomes.get(one) ?? unanswered());
}

function unanswered(): never {
	throw new Error("a cell answers for everybody");
}

function tellingOf(job: Job, { person, someone, rows, conflicts, erasedAt }: Found): Telling {
	return {
		person,
		part: { id: partOf(job.id, person), kind: "import" },
		identifiers: identifiersOf(rows).filter((one) => !conflicts.some(isSame(one))),
		events: eventsOf(job, rows, job.plan, { conflicts, isNew: someone.isNew }),
		once: onceOf(job, someone.n),
		...(erasedAt !== undefined && { erasedAt }),
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
