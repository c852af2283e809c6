// An import as the API tells of it, and what is done to it.

import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/import.schema.ts";
import { type Asked, forget, useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { type OpenSite, useSite } from "../../site.ts";

export type ImportView = z.infer<typeof schema.ImportView>;
export type Status = ImportView["status"];
export type Target = ImportView["plan"]["columns"][number];
export type Totals = ImportView["totals"];
export type Example = NonNullable<ImportView["rehearsal"]>["new"][number];
export type Rows = z.infer<typeof schema.ImportRows>;
export type RowProblem = Rows["rows"][number];

const atWork: ReadonlySet<Status> = new Set(["reading", "rehearsing", "running", "undoing"]);
export const isAtWork = (status: Status): boolean => atWork.has(status);

const lookMs = 700;

export const addressOf = (site: OpenSite, id: string) => `${site.api}/imports/${id}`;

/** Looked at again and again while it is at work. */
export function useImport(id: string): Asked<ImportView> {
	const path = addressOf(useSite(), id);
	const resting = useAsked<ImportView>(path);
	const isBusy = resting.value !== undefined && isAtWork(resting.value.status);
	// What is answered to the one is kept for the other.
	useAsked<ImportView>(isBusy ? path : undefined, { everyMs: lookMs });
	return resting;
}

/** Answers with the new import. Refuses as every call does. */
export function upload(site: OpenSite, file: File): Promise<ImportView> {
	forget(`${site.api}/imports`);
	return call("POST", `${site.api}/imports?name=${encodeURIComponent(file.name)}`, file);
}

const mendAgainMs = 400;
const mendTries = 25;

/**
 * Puts a row right; answers with what is still wrong. A row put right after the run is run at once, and while one is taken
 * in the next has to wait a moment: that is nothing to trouble anybody with.
 */
export async function mend(
	site: OpenSite,
	id: string,
	line: number,
	cells: Readonly<Record<string, string>>,
): Promise<RowProblem | null> {
	for (let turn = 1; ; turn++) {
		try {
			const path = `${addressOf(site, id)}/rows/${line}`;
			return (await call<{ problem: RowProblem | null }>("PATCH", path, { cells })).problem;
		} catch (error) {
			if (!(error instanceof Refusal) || error.body.error !== "at-work" || turn === mendTries) throw error;
			await new Promise((go) => setTimeout(go, mendAgainMs));
		}
	}
}
