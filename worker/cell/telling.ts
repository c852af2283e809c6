// What lines of the outbox tell D1, as the rows of one batch; and of which lines D1 says that it has them.

import type { ForwardRow, Intake, MappingRow, Taken, ToldPartRow } from "../data/intake.ts";
import { copiesOf, ownParts, proofOf } from "../domain/card.ts";
import type { Credit } from "../domain/credit.ts";
import { type Count, joinCounts } from "../domain/figure.ts";
import {
	type ArrivalRow,
	arrivalRow,
	type EventRow,
	eventRow,
	knownSince,
	type PersonRow,
	partRow,
	personRow,
	type RowKey,
} from "../domain/project.ts";
import type { Line } from "../outbox/slots.ts";
import { cardOf } from "./cards.ts";
import type { History, People } from "./people.ts";
import type { State } from "./state.ts";

export interface Sender {
	readonly site: string;
	readonly cell: string;
}

/**
 * What else D1 has of people's own rows, but for their version, by their memberships, which are the same while they are the
 * same object. Most of what people do leaves their row as it is, and to tell it again would have D1 read all of their
 * memberships to find out.
 */
export type OwnRows = WeakMap<State["standing"]["segments"], string>;
type Own = readonly [State["standing"]["segments"], string];

/** What one batch tells of a part. */
interface Told {
	readonly first: number;
	last: number;
	forgotten: boolean;
	/** Of an anonymous person, by row of `arrivals`. */
	rows: Map<string, { readonly key: RowKey; readonly events: EventRow[]; readonly counts: Count[] }>;
	/** Of a contact. */
	events: EventRow[];
	/** What came of all but the rows. */
	counts: Count[];
}

/** A line with what it says. */
export interface Read<Of extends Pick<Line, "seq"> = Line> {
	readonly line: Of;
	readonly history: History;
}

/** Lines are looked at for what has lapsed, and told in the same moment: they are parsed once. */
const histories = new WeakMap<object, History>();

export function read<Of extends Pick<Line, "seq" | "payload">>(line: Of): Read<Of> {
	const history: History = histories.get(line) ?? JSON.parse(line.payload);
	histories.set(line, history);
	return { line, history };
}

/** A part's row tells it; that of a part that was erased is gone, and the watermark tells it in its place. */
export function isTaken({ line, history }: Read<Pick<Line, "seq">>, { parts, watermark }: Taken): boolean {
	const { part, forget } = history;
	return line.seq <= (forget === "part" ? watermark : (parts.get(part) ?? 0));
}

/**
 * As D1 stands with erasures. People are told as the cell has them now, which may be newer than the lines. `own`: what D1
 * has of them as soon as the batch is committed.
 */
export function intakeOf(
	{ site, cell }: Sender,
	{ watermark, hasErased }: Omit<Taken, "parts">,
	lines: readonly Read[],
	people: People,
	had: OwnRows,
): { readonly intake: Intake; readonly own: readonly Own[] } {
	const persons = new Set<string>();
	const erased = new Map<string, number>();
	const told = new Map<string, Told>();
	const mappings: MappingRow[] = [];
	const credits: Credit[] = [];
	const forwards: ForwardRow[] = [];
	for (const { line, history } of lines) {
		mappings.push(...mappingsOf(history, people));
		for (const { person, into } of history.forwards ?? [])
			forwards.push({ person, into_person: into, epoch: history.epoch ?? 0 });
		credits.push(...(history.credits ?? []));
		if (history.forget === "part") erased.set(history.part, line.seq);
		else persons.add(history.person);
		tell(told, site, line.seq, history, people.countsIn(history));
	}
	const rows = rowsOf(site, cell, persons, told, people, had);
	const known = [...told].filter(([part]) => rows.known.has(part));
	// What a contact did before they were one becomes a contact's too: what waits in D1, and what is in this batch.
	const contacts = known.filter(([, { events }]) => events.length > 0);
	const anonymous = known.filter(([, { events }]) => events.length === 0);
	const inRows = new Set(anonymous.map(([part]) => part));
	const counted = [...told].flatMap(([part, { rows, counts }]) => [
		counts,
		...(inRows.has(part) ? [] : [...rows.values()].map((row) => row.counts)),
	]);
	const intake: Intake = {
		site,
		cell,
		watermark: { from: watermark, ...(erased.size > 0 && { to: Math.max(...erased.values()) }) },
		hasErased,
		people: rows.people,
		mappings,
		forwards,
		parts: rows.parts,
		forgotten: [...told].flatMap(([part, { forgotten }]) => (forgotten ? [part] : [])),
		arrivals: anonymous.flatMap(([part, one]) => arrivalsOf(site, part, one)),
		contacts: contacts.map(([part]) => part),
		contactEvents: contacts.flatMap(([, one]) => [
			...[...one.rows.values()].flatMap(({ events }) => events),
			...one.events,
		]),
		counts: joinCounts(counted),
		credits,
		erased: [...erased.keys()],
	};
	return { intake, own: rows.own };
}

/** A part that the card has no more is not made anew: whoever writes it says whose it is. */
function mappingsOf({ person, mappings = [], epoch = 0 }: History, people: People): readonly MappingRow[] {
	if (mappings.length === 0) return [];
	const state = people.peek(person);
	const card = state && cardOf(state);
	const held = card ? [...ownParts(card.person), ...copiesOf(card).map((copy) => copy.part)] : [];
	return mappings.map(({ part, person: owner, tiedTo }) => {
		const kind = held.find(({ id }) => id === part)?.kind ?? null;
		return { id: part, person: owner, tied_to: tiedTo, epoch, kind };
	});
}

function tell(
	all: Map<string, Told>,
	site: string,
	seq: number,
	history: History,
	counts: readonly Count[],
): void {
	const { part, entries, row, forget } = history;
	const begun: Told = { first: seq, last: seq, forgotten: false, rows: new Map(), events: [], counts: [] };
	const told = all.get(part) ?? begun;
	all.set(part, told);
	told.last = seq;
	if (forget) {
		// What came before in this batch is forgotten with what D1 has; what comes after is new.
		told.forgotten = true;
		for (const row of told.rows.values()) told.counts.push(...row.counts);
		told.rows = new Map();
		told.events = [];
	}
	const events = entries.map(({ event, ...aside }) => eventRow(site, part, event, aside));
	if (row) {
		const name = `${row.at} ${row.id}`;
		const known = told.rows.get(name) ?? { key: row, events: [], counts: [] };
		known.events.push(...events);
		known.counts.push(...counts);
		told.rows.set(name, known);
	} else {
		told.events.push(...events);
		told.counts.push(...counts);
	}
}

function arrivalsOf(site: string, part: string, { rows }: Told): readonly ArrivalRow[] {
	return [...rows.values()].map(({ key, events, counts }) =>
		arrivalRow(site, part, key, events, joinCounts([counts])),
	);
}

/** The rows of these people and their parts; whoever is gone has none, and nothing is told of them any more. */
function rowsOf(
	site: string,
	cell: string,
	persons: ReadonlySet<string>,
	told: ReadonlyMap<string, Told>,
	people: People,
	had: OwnRows,
) {
	const known = new Set<string>();
	const own: Own[] = [];
	const rows: { people: PersonRow[]; parts: ToldPartRow[] } = { people: [], parts: [] };
	for (const id of persons) {
		const state = people.peek(id);
		if (!state) continue;
		const { standing, epoch, version } = state;
		const { identity, segments } = standing;
		const isAnonymous = identity === "anonymous";
		const parts = ownParts(standing.person);
		for (const part of parts) {
			const { first = null, last = null } = told.get(part.id) ?? {};
			const proof = isAnonymous ? null : proofOf(state, part);
			rows.parts.push({ ...partRow(site, id, epoch, part, proof), first, last });
			known.add(part.id);
		}
		// Who is tied to a card is none of their own, and the card's cell has said so.
		if (state.tiedTo) continue;
		const beside = isAnonymous ? { retentionMs: people.retentionMs } : knownSince(standing.person);
		const said = JSON.stringify([id, epoch, identity, beside]);
		if (had.get(segments) === said) continue;
		own.push([segments, said]);
		rows.people.push(personRow(site, { id, cell, epoch, version, identity, segments, ...beside }));
	}
	return { ...rows, known, own };
}
