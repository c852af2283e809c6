// Reading: each row becomes what it says of somebody, or a problem; rows of one person come together. Within the file
// identifiers are told apart as the directory does it: a row is of whoever has the strongest of its identifiers that
// anybody has, and what is somebody else's is a conflict.

import { ownersOf } from "../directory/many.ts";
import { keyOf, strongestFirst } from "../directory/resolve.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import type { Row } from "../domain/import/csv.ts";
import { importLimits, shortened } from "../domain/import/limits.ts";
import { type ReadRow, readRow, type Told } from "../domain/import/row.ts";
import type { AdminEnv } from "../platform/env.ts";
import type { Job, Problem, Reading } from "./job.ts";
import { failed, type ImportStore } from "./store.ts";

/** Of one step. Each asks every shard of the directory once at most, and the platform lets an invocation make a thousand calls. */
const most = { rows: 2_000, characters: 4_000_000 } as const;

/** A row with whose its identifiers are, the strongest first; `owner` where the directory knows. */
export interface Known {
	readonly row: Row;
	readonly read: ReadRow;
	readonly keys: readonly {
		readonly identifier: Identifier;
		readonly key: string;
		readonly owner: Owner | undefined;
	}[];
}

/** As many of the next rows as one step takes, none at the end. */
export async function nextRows(
	env: AdminEnv,
	store: ImportStore,
	rows: Iterator<Row, void>,
	{ site, plan, isMixed, reading }: Job,
): Promise<readonly Known[]> {
	const taken: { readonly row: Row; readonly read: ReadRow }[] = [];
	const room = Math.min(most.rows, importLimits.rows - reading.rows);
	for (let characters = 0; taken.length < room && characters < most.characters; ) {
		const { value: row } = rows.next();
		if (!row) break;
		characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
		taken.push({ row, read: readRow(row, plan, isMixed) });
	}
	return identify(env, store, site, taken);
}

export async function identify(
	env: AdminEnv,
	store: ImportStore,
	site: string,
	rows: readonly { readonly row: Row; readonly read: ReadRow }[],
): Promise<readonly Known[]> {
	const keyed = rows.map(({ row, read }) => {
		const own = read.is === "told" ? strongestFirst(read.told.identifiers) : [];
		return { row, read, keys: own.map((identifier) => ({ identifier, key: keyOf(site, identifier) })) };
	});
	const all = new Set(keyed.flatMap(({ keys }) => keys.map(({ key }) => key)));
	const unknown = [...all].filter((key) => store.groupOfKey(key) === undefined);
	const owners = await ownersOf(env, site, unknown);
	const ownerOf = new Map(unknown.map((key, i) => [key, owners[i]]));
	return keyed.map(({ row, read, keys }) => {
		return { row, read, keys: keys.map((one) => ({ ...one, owner: ownerOf.get(one.key) })) };
	});
}

/**
 * Stores what these rows say, in the transaction of the caller, and answers with what was read so far. `apart`: as of
 * people of their own, for those whom other rows tell of were told already.
 */
export function stage(store: ImportStore, job: Job, rows: readonly Known[], apart = false): Reading {
	let { reading } = job;
	let last = store.lastPerson();
	for (const known of rows) {
		const { row, read } = known;
		reading = { ...reading, rows: reading.rows + 1 };
		if (read.is === "refused") {
			const { reason, column, value } = read.error;
			const name = column === undefined ? null : (job.columns[column]?.name ?? null);
			const problem: Problem = { line: row.line, reason, column: name, value, cells: cellsOf(job, row) };
			store.putProblem(problem, failed);
			reading = { ...reading, failed: reading.failed + 1 };
			continue;
		}
		const group = groupOf(store, known.keys, last + 1, apart);
		last = Math.max(last, group.n);
		const { told } = read;
		for (const [i, identifier] of group.conflicts.entries()) {
			const place = job.plan.columns.findIndex(
				(one) => one.to === "identifier" && one.kind === identifier.kind,
			);
			const column = job.columns[place]?.name ?? null;
			const value = shortened(identifier.value);
			store.putProblem(
				{ line: row.line, reason: "belongs-to-another", column, value, cells: {} },
				failed + 1 + i,
			);
		}
		store.putRow(group.n, withoutConflicts(told, group.conflicts));
		reading = {
			...reading,
			people: reading.people + (group.isFirst ? 1 : 0),
			merged: reading.merged + (group.isFirst ? 0 : 1),
			conflicts: reading.conflicts + (group.conflicts.length > 0 ? 1 : 0),
			consents: reading.consents + told.consents.length,
		};
	}
	return reading;
}

/** To whom of the file a row belongs; `n` is the next number, for whoever is not in it yet. */
function groupOf(store: ImportStore, keys: Known["keys"], next: number, apart: boolean) {
	const holders = keys.map(({ key, owner }) => ({
		n: apart ? undefined : (store.groupOfKey(key) ?? (owner && store.groupOfPerson(owner.person))),
		owner,
	}));
	const found = holders.find(({ n, owner }) => n !== undefined || owner !== undefined);
	const n = found?.n ?? next;
	const known = store.someone(n);
	const owner = known?.owner ?? (found?.n === undefined ? found?.owner : undefined);
	const conflicts: Identifier[] = [];
	const ours = [...(known?.keys ?? [])];
	for (const [i, { key, identifier }] of keys.entries()) {
		const holder = holders[i];
		const isTheirs = holder?.n !== undefined ? holder.n === n : holder?.owner?.person === owner?.person;
		if ((holder?.n !== undefined || holder?.owner) && !isTheirs) {
			conflicts.push(identifier);
			continue;
		}
		if (ours.some((one) => one.key === key)) continue;
		ours.push({ key, isOurs: holder?.owner === undefined });
		store.putKey(key, n);
	}
	store.putSomeone({ n, isNew: known?.isNew ?? owner === undefined, owner, keys: ours });
	return { n, isFirst: !known, conflicts };
}

/** What is somebody else's is not said of this one. */
function withoutConflicts(told: Told, conflicts: readonly Identifier[]): Told {
	if (conflicts.length === 0) return told;
	const values = new Set(conflicts.map(({ kind, value }) => `${kind} ${value}`));
	return {
		...told,
		identifiers: told.identifiers.filter(({ kind, value }) => !values.has(`${kind} ${value}`)),
		attributes: Object.fromEntries(
			Object.entries(told.attributes).filter(([name, value]) => !values.has(`${name} ${value}`)),
		),
	};
}

function cellsOf({ columns }: Pick<Job, "columns">, { cells }: Row): Record<string, string> {
	return Object.fromEntries(
		columns.map(({ name }, i) => {
			const cell = cells[i] ?? "";
			return [name, cell.length > importLimits.cell ? shortened(cell) : cell];
		}),
	);
}
