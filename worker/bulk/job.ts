// How far an act on many people has come. Plain JSON: it is what its object stores, and most of what it answers.

import type { Act } from "../domain/act.ts";
import type { Condition } from "../domain/condition.ts";

/** What may be done to many at once. What is erased does not come back. */
export type BulkAct =
	| Extract<Act, { readonly kind: "tag" | "untag" }>
	| Extract<Act, { readonly kind: "enlist" | "delist" }>
	| Extract<Act, { readonly kind: "join" }>
	| Extract<Act, { readonly kind: "points" }>
	| Extract<Act, { readonly kind: "owner" }>
	| Extract<Act, { readonly kind: "stage" }>
	| { readonly kind: "erase" };

/**
 * `gathering`, `running` and `undoing` are at work; `stopped` waits for somebody to let it go on, or to undo it. `closed`:
 * so long ago that nothing is left of it but its figures.
 */
export type Status = "gathering" | "running" | "stopped" | "done" | "undoing" | "undone" | "closed";

export const atWork: ReadonlySet<Status> = new Set(["gathering", "running", "undoing"]);

export interface Job {
	readonly site: string;
	/** A UUIDv7, and the id of the act: nobody is acted on twice by it. */
	readonly id: string;
	readonly createdAt: number;
	readonly act: BulkAct;
	/** Whom it means, as it was asked; absent where people were picked one by one. */
	readonly condition?: unknown;
	readonly q?: string;
	/** How many it may be about; any number where absent. */
	readonly exactly?: number;
	readonly status: Status;
	/** What is still to be gathered: whoever meets this, behind the last of those who were. */
	readonly rest: { readonly condition: Condition; readonly after: string | null } | null;
	/** How far the site's clock is ahead. */
	readonly clockOffsetMs: number;
	/** How many it is about, as far as they are gathered, and in how many slices they stand. */
	readonly people: number;
	readonly slices: number;
	/** How many slices have been acted on; while it is being undone, how many are left. */
	readonly cursor: number;
	/** How many people the step under way has been through. */
	readonly done: number;
	readonly changed: number;
	/** By reason. */
	readonly refused: Readonly<Record<string, number>>;
	/** How many tombstones the site had when it was last looked whether somebody was erased. */
	readonly erasures?: number;
	/** From when on only figures are kept. */
	readonly keptUntil: number;
}

/** So long what was done can be taken back, and is still known of whom. */
export const keptMs = 30 * 86_400_000;

/** Without what it was asked by, in which somebody's address may stand. */
export function withoutWhom({ condition: _, q: __, ...job }: Job): Job {
	return job;
}

/** The part in which the act stands on a person's card, so that it can be taken back as if it had never been. */
export function partOf(job: string, person: string): string {
	return `bulk-${job}-${person}`;
}
