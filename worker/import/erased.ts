// What erasures take out of a file: the rows that name whoever was erased, and what is kept of them after the run. Who was
// erased nobody can say any more; but the directory knows, for longer than any file is kept, the digests of what they were
// called by.

import { databaseOf } from "../data/database.ts";
import { tombstonesOf } from "../data/erasure.ts";
import { erasedSince } from "../directory/many.ts";
import { keyOf } from "../directory/resolve.ts";
import { type Identifier, normalise } from "../domain/contact.ts";
import { type Row, readCell, writeRow } from "../domain/import/csv.ts";
import type { Plan } from "../domain/import/plan.ts";
import type { AdminEnv } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { lookAt, rewrite, rowsOfFile } from "./file.ts";
import { type Job, type Problem, unread } from "./job.ts";
import type { ImportStore } from "./store.ts";

const atOnce = 1_000;

/**
 * Takes out what is of whoever was erased since the file came; a file that lost rows is to be read anew. Answers with the
 * job as it is then.
 */
export async function strikeErased(env: AdminEnv, store: ImportStore, job: Job): Promise<Job> {
	const { site, createdAt } = job;
	const erasures = await tombstonesOf(databaseOf(env, site), site);
	if (erasures === (job.erasures ?? 0)) return job;
	const since = createdAt + (await siteOf(env, site).clockOffsetMs());
	const erased = await erasedSince(env, site, since);
	if (store.current !== job) return job;
	return store.transaction(() => {
		const seen: Job = { ...job, erasures };
		if (job.status === "done") strikeTold(store, job, erased);
		return store.put(job.status === "done" ? seen : strikeFile(store, seen, erased));
	});
}

/** What is kept of a run: rows that failed, and who was told of. */
function strikeTold(store: ImportStore, job: Job, erased: ReadonlySet<string>): void {
	for (let line = 0, isOver = false; !isOver; ) {
		const problems = store.problems(line, atOnce);
		for (const problem of problems)
			if (isErased(identifiersOf(problem, job), job.site, erased)) store.forgetProblems(problem.line);
		isOver = problems.length < atOnce;
		// More of that line may come.
		line = (problems.at(-1)?.line ?? 0) - 1;
	}
	for (let n = 0; ; ) {
		const people = store.peopleAfter(n, atOnce);
		const gone = people.filter(({ keys }) => keys.some(({ key }) => erased.has(key)));
		if (gone.length > 0) store.forgetPeople(gone.map((one) => one.n));
		const last = people.at(-1);
		if (!last) break;
		n = last.n;
	}
}

function strikeFile(store: ImportStore, job: Job, erased: ReadonlySet<string>): Job {
	const { site, plan } = job;
	const isLeft = (row: Row) => !isErased(identifiersIn(row, plan), site, erased);
	if (!hasOther(rowsOfFile(store, plan), isLeft)) return job;
	const bytes = rewrite(store, textsOf(rowsOfFile(store, plan), isLeft));
	const written: Plan = { ...plan, encoding: "utf-8", delimiter: "," };
	const { columns } = lookAt(store, written, bytes);
	store.forgetReading();
	return { ...job, ...unread, status: "uploaded", bytes, plan: written, columns };
}

function hasOther(rows: Iterable<Row>, isLeft: (row: Row) => boolean): boolean {
	for (const row of rows) if (!isLeft(row)) return true;
	return false;
}

function* textsOf(rows: Iterable<Row>, isLeft: (row: Row) => boolean): Generator<string, void> {
	for (const row of rows) if (isLeft(row)) yield writeRow(row.cells);
}

function isErased(identifiers: readonly Identifier[], site: string, erased: ReadonlySet<string>): boolean {
	return identifiers.some((one) => erased.has(keyOf(site, one)));
}

function identifiersOf({ cells, column, value }: Problem, { plan, columns }: Job): readonly Identifier[] {
	const all = column === null ? cells : { ...cells, [column]: value };
	return identifiersIn({ cells: columns.map(({ name }) => all[name] ?? "") }, plan);
}

/** Of the columns that are known to hold some, and wherever else they are known by their look. */
function identifiersIn({ cells }: Pick<Row, "cells">, { columns }: Plan): readonly Identifier[] {
	const mapped = columns.flatMap((target, i) =>
		target.to === "identifier" ? (normalise(target.kind, readCell(cells[i] ?? "")) ?? []) : [],
	);
	return [...mapped, ...namesIn(cells)];
}

function namesIn(texts: readonly string[]): readonly Identifier[] {
	return texts.flatMap((text) => {
		const addresses = text.match(/[^\s"',;|<>()]+@[^\s"',;|<>()]+/g) ?? [];
		const phone = normalise("phone", readCell(text));
		return [...addresses.flatMap((one) => normalise("email", one) ?? []), ...(phone ? [phone] : [])];
	});
}
