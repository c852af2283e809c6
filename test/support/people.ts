// Histories as rows, the way the outbox delivers them: for suites that ask SQL.

import {
	type EventRow,
	eventRow,
	type PartRow,
	type PersonRow,
	partRow,
	personRow,
} from "../../worker/domain/project.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";
import { type History, personOf } from "./generate.ts";

export interface Rows {
	readonly people: readonly PersonRow[];
	readonly parts: readonly PartRow[];
	readonly events: readonly EventRow[];
}

/** Rows of one person. Parts are named after the person, so that people share a database. */
export function rowsOf(site: string, id: string, history: History): Rows {
	const person = personOf(history, nothingWatched);
	const { identity } = history;
	return {
		people: [personRow(site, { id, cell: "eu-weur-0", epoch: 1, version: 1, identity, segments: {} })],
		parts: Object.values(person.parts).map((part) =>
			partRow(site, id, 1, { ...part, id: `${id}/${part.id}` }, null),
		),
		events: history.parts.flatMap((list, p) =>
			list.map(({ event, effects }) => eventRow(site, `${id}/part-${p}`, event, { effects })),
		),
	};
}
