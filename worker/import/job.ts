// How far an import has come. Plain JSON: it is what its object stores, and most of what it answers.

import type { Column } from "../domain/import/mapping.ts";
import type { Change, Totals } from "../domain/import/outcome.ts";
import { noTotals } from "../domain/import/outcome.ts";
import type { Plan } from "../domain/import/plan.ts";
import type { RowReason } from "../domain/import/row.ts";

/**
 * `uploaded` and `read` wait for the marketer, `rehearsed` and `done` too; the others are at work. `closed`: so long ago
 * that nothing is left of it but its figures.
 */
export type Status =
	| "uploaded"
	| "reading"
	| "read"
	| "rehearsing"
	| "rehearsed"
	| "running"
	| "done"
	| "undoing"
	| "undone"
	| "closed";

export const atWork: ReadonlySet<Status> = new Set(["reading", "rehearsing", "running", "undoing"]);

/** Of the file. `merged` rows say more of somebody of whom an earlier row told. */
export interface Reading {
	readonly rows: number;
	readonly people: number;
	readonly merged: number;
	readonly conflicts: number;
	readonly failed: number;
	readonly consents: number;
	/** Whether the file goes on behind the last row that may be. */
	readonly isCut: boolean;
}

export interface Rehearsal {
	readonly totals: Totals;
	readonly new: readonly Example[];
	readonly changed: readonly Example[];
}

/** `person` is none of whoever would be new. */
export interface Example {
	readonly line: number;
	readonly person: string | null;
	readonly changes: readonly Change[];
	readonly tags: readonly string[];
	readonly rules: readonly string[];
	readonly entered: readonly string[];
	readonly left: readonly string[];
}

export interface Job {
	readonly site: string;
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
	readonly status: Status;
	/** What comes after reading. */
	readonly goal: "rehearsing" | "running";
	readonly bytes: number;
	/** Whether some of the file is in another encoding than the rest. */
	readonly isMixed: boolean;
	readonly plan: Plan;
	readonly columns: readonly Column[];
	readonly reading: Reading;
	/** The line up to which the file is read. */
	readonly line: number;
	/** The person up to whom the step under way has come, and how many it has done. */
	readonly cursor: number;
	readonly done: number;
	readonly rehearsal: Rehearsal | null;
	/** When the run began, on the site's clock; 0 before. */
	readonly at: number;
	readonly totals: Totals;
	/** Whether identifiers may have been claimed for people behind the cursor. */
	readonly isClaiming: boolean;
	/** How many tombstones the site had when it was last looked whether somebody in the file was erased. */
	readonly erasures?: number;
	/** From when on only figures are kept. */
	readonly keptUntil: number;
}

export const unread: Pick<Job, "reading" | "line" | "cursor" | "done" | "rehearsal"> = {
	reading: { rows: 0, people: 0, merged: 0, conflicts: 0, failed: 0, consents: 0, isCut: false },
	line: 0,
	cursor: 0,
	done: 0,
	rehearsal: null,
};

export const unrun: Pick<Job, "at" | "totals" | "isClaiming"> = {
	at: 0,
	totals: noTotals,
	isClaiming: false,
};

/** Without anything that is of one person alone. */
export function withoutValues(job: Job): Job {
	const columns = job.columns.map((column) => ({ ...column, samples: [] }));
	return { ...job, columns, rehearsal: job.rehearsal && { ...job.rehearsal, new: [], changed: [] } };
}

/** Something in a row for people to see to. A row in conflict is imported all the same, without what is somebody else's. */
export interface Problem {
	readonly line: number;
	readonly reason: RowReason | "belongs-to-another";
	/** By its name; null where the row as a whole is meant. */
	readonly column: string | null;
	readonly value: string;
	/** Of a row that failed, by column. Long ones are shortened. */
	readonly cells: Readonly<Record<string, string>>;
}
