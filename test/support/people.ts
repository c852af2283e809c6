// Histories as rows, the way the outbox delivers them: for suites that ask SQL.

import { jsonbColumns } from "../../worker/data/intake.ts";
import {
	type ArrivalRow,
	arrivalRow,
	type EventRow,
	eventRow,
	type PartRow,
	type PersonRow,
	partRow,
	personRow,
} from "../../worker/domain/project.ts";
import { storedEffect } from "../../worker/domain/stored.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";
import { type History, personOf } from "./generate.ts";

/** By table. */
export interface Rows {
	readonly people: readonly PersonRow[];
	readonly parts: readonly PartRow[];
	readonly arrivals: readonly ArrivalRow[];
	readonly contact_events: readonly EventRow[];
}

/** As the intake stores it. */
export function insertion(table: string, row: object): string {
	const columns = Object.keys(row);
	const places = columns.map((column) => (jsonbColumns.has(column) ? "jsonb(?)" : "?")).join(", ");
	return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`;
}

/** Rows of one person. Parts are named after the person, so that people share a database. */
export function rowsOf(site: string, id: string, history: History): Rows {
	const person = personOf(history, nothingWatched);
	const { identity } = history;
	const lists = history.parts.map((list, p) =>
		list.map(({ event, effects }) =>
			eventRow(site, `${id}/part-${p}`, event, { effects: effects.map(storedEffect) }),
		),
	);
	// What a contact did before they were one may still be on its way to the contacts' events.
	const waits = (list: readonly EventRow[]): boolean => identity === "anonymous" || list.length % 4 === 3;
	return {
		people: [personRow(site, { id, cell: "eu-weur-0", epoch: 1, version: 1, identity, segments: {} })],
		parts: Object.values(person.parts).map((part) =>
			partRow(site, id, 1, { ...part, id: `${id}/${part.id}` }, null),
		),
		arrivals: lists.filter(waits).flatMap(inVisits),
		contact_events: lists.filter((list) => !waits(list)).flat(),
	};
}

/** As rows of one to four events, of lengths that are the same in every run; neighbours need not be close in time. */
function inVisits(rows: readonly EventRow[]): readonly ArrivalRow[] {
	const arrivals: ArrivalRow[] = [];
	let seed = rows.length;
	for (let start = 0; start < rows.length; ) {
		seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
		const events = rows.slice(start, start + 1 + ((seed >> 16) % 4));
		const [first] = events;
		if (!first) break;
		arrivals.push(arrivalRow(first.site, first.part, first, events));
		start += events.length;
	}
	return arrivals;
}
