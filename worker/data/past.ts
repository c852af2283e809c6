// What happened, as the events that it was: to parts, in pages, for whoever counts all of it anew; to people, at once, for
// whoever explains something of them. Lapsed details of anonymous visits are refused as history.ts refuses them.

import { causeOf, type Event, type Properties } from "../domain/event.ts";
import type { Circumstances } from "../domain/facts.ts";
import { readEffect, type StoredEffect } from "../domain/stored.ts";
import { ownParts, readable } from "./history.ts";

/** Where a part's history is read on from: the last row of the page before; from its beginning where that is none. */
export interface Unread {
	readonly part: string;
	/** Of a part, events stand among a contact's or in its own visits' rows, never in both. */
	readonly isContact: boolean;
	readonly after?: Place;
}

interface Place {
	readonly at: number;
	readonly id: string;
}

export interface PastEvent {
	readonly event: Event;
	readonly circumstances: Circumstances;
}

export interface Page {
	readonly events: readonly PastEvent[];
	/** None where this was the last. */
	readonly next?: Unread;
}

/** Rows of one answer: each may take as much as a request could bring. */
const rowsPerAnswer = 500;
/** A row of an anonymous visit holds all of its events. */
const visitsPerPage = 8;

/** As a member of an anonymous visit's row has it; what says nothing is left out. */
interface StoredEvent extends Circumstances {
	readonly at: number;
	readonly id: string;
	readonly name: string;
	readonly cause?: string;
	readonly props?: Properties;
	readonly effects?: readonly StoredEffect[];
}

/** As a row of its own has it. Where circumstances are not asked for, there are none. */
interface EventColumns extends Place {
	readonly name: string;
	readonly props: string;
	readonly effects: string;
	readonly cause: string | null;
	readonly touch?: string | null;
	readonly environment?: string | null;
}

interface VisitColumns extends Place {
	readonly events: string;
}

const ofContact = `SELECT at, id, name, json(props) AS props, effects, cause, touch, environment FROM contact_events
	WHERE site = ?1 AND part = ?2 AND (at, id) > (?3, ?4)
		AND (?5 IS NULL OR name IN (SELECT value FROM json_each(?5)))
	ORDER BY at, id LIMIT ?6`;
const ofVisits = `SELECT at, id, events FROM arrivals
	WHERE site = ?1 AND part = ?2 AND (at, id) > (?4, ?5) AND ${readable} ORDER BY at, id LIMIT ?6`;

/**
 * The next page of each, with what rules made of the events. `names` are those that are asked for, where that is what
 * people did themselves; all where it is absent.
 */
export async function pagesOf(
	db: D1Database,
	site: string,
	unread: readonly Unread[],
	names: readonly string[] | undefined,
	now: number,
): Promise<readonly Page[]> {
	const most = Math.max(1, Math.floor(rowsPerAnswer / unread.length));
	const statements = unread.map(({ part, isContact, after }) => {
		const { at, id } = after ?? { at: Number.MIN_SAFE_INTEGER, id: "" };
		if (!isContact) return db.prepare(ofVisits).bind(site, part, now, at, id, visitsPerPage);
		return db.prepare(ofContact).bind(site, part, at, id, names ? JSON.stringify(names) : null, most);
	});
	const answers = await db.batch<EventColumns | VisitColumns>(statements);
	return unread.map(({ part, isContact }, i) => {
		const rows = answers[i]?.results ?? [];
		const last = rows.at(-1);
		const next = last && rows.length === (isContact ? most : visitsPerPage);
		const events = rows.flatMap((row) => ("events" in row ? ofVisit(row) : ofRow(row)));
		return { events, ...(next && { next: { part, isContact, after: { at: last.at, id: last.id } } }) };
	});
}

function ofRow({
	at,
	id,
	name,
	props,
	effects,
	cause,
	touch,
	environment,
}: EventColumns): readonly PastEvent[] {
	return eventsOf({
		...{ at, id, name, props: JSON.parse(props) },
		...(effects !== "[]" && { effects: JSON.parse(effects) }),
		...(cause !== null && { cause }),
		...(touch && { touch: JSON.parse(touch) }),
		...(environment && { environment: JSON.parse(environment) }),
	});
}

function ofVisit({ events }: VisitColumns): readonly PastEvent[] {
	const members: readonly StoredEvent[] = JSON.parse(events);
	return members.flatMap(eventsOf);
}

/** The event and what rules made of it. */
function eventsOf(stored: StoredEvent): readonly PastEvent[] {
	const { at, id, name, cause, props = {}, effects = [], touch, environment } = stored;
	const event: Event = { id, name, at, props, ...(cause !== undefined && { cause: causeOf(id, cause) }) };
	const made = effects.map(readEffect).map(({ name, props, rule }): PastEvent => {
		return {
			event: { id: `${id}/${rule}`, name, at, props, cause: { event: id, rule } },
			circumstances: {},
		};
	});
	return [
		{ event, circumstances: { ...(touch && { touch }), ...(environment && { environment }) } },
		...made,
	];
}

/** More than this of some people's events is read no further: the oldest are left out. */
const mostEvents = 10_000;

/** By person and part. */
export type Pasts = ReadonlyMap<string, Readonly<Record<string, readonly Event[]>>>;

/**
 * What happened to these people, with what rules made of it. `names` are the events that are asked for, whether they
 * happened or rules made them; all of them where it is absent.
 */
export async function pastsOf(
	db: D1Database,
	site: string,
	people: readonly string[],
	names: readonly string[] | undefined,
	now: number,
): Promise<{ readonly pasts: Pasts; readonly isWhole: boolean }> {
	const { results } = await db
		.prepare(
			`WITH ${ownParts}
			SELECT own.person, e.part, e.at, e.id, e.name, e.props, e.effects, e.cause
			FROM events e JOIN own ON own.id = e.part
			WHERE e.site = ?1 AND e.part IN (SELECT id FROM own)
				AND (?4 IS NULL OR e.name IN (SELECT value FROM json_each(?4))
					OR EXISTS (SELECT 1 FROM json_each(?4) n WHERE instr(e.effects, '"name":"' || n.value || '"')))
			ORDER BY e.at DESC LIMIT ?5`,
		)
		.bind(site, JSON.stringify(people), now, names ? JSON.stringify(names) : null, mostEvents)
		.all<EventColumns & { readonly person: string; readonly part: string }>();
	const pasts = new Map<string, Record<string, Event[]>>();
	for (const row of results) {
		const past = pasts.get(row.person) ?? {};
		pasts.set(row.person, past);
		const events = past[row.part] ?? [];
		past[row.part] = events;
		events.push(...ofRow(row).map(({ event }) => event));
	}
	return { pasts, isWhole: results.length < mostEvents };
}
