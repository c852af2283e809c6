// What happened to parts, as the events that it was: read in pages, for whoever counts all of it anew. Lapsed details of
// anonymous visits are refused from the very instant, as in history.ts.

import { causeOf, type Event, type Properties } from "../domain/event.ts";
import type { Circumstances } from "../domain/facts.ts";

/** True where the part is a contact's, or its latest event is younger than the site's retention. ?1 site, ?2 part, ?3 now. */
const readable = `(
	SELECT people.retention_ms IS NULL
		OR people.retention_ms + (SELECT max(last_at) FROM arrivals WHERE site = ?1 AND part = ?2) > ?3
	FROM parts JOIN people ON people.site = ?1 AND people.id = parts.person
	WHERE parts.site = ?1 AND parts.id = ?2
)`;

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

interface StoredEvent {
	readonly at: number;
	readonly id: string;
	readonly name: string;
	readonly cause?: string;
}

interface EventColumns extends Omit<StoredEvent, "cause"> {
	readonly props: string;
	readonly effects: string;
	readonly cause: string | null;
	readonly touch: string | null;
	readonly environment: string | null;
}

interface VisitColumns extends Place {
	readonly events: string;
}

interface Effect {
	readonly name: string;
	readonly props?: Properties;
	readonly rule: string;
}

const ofContact = `SELECT at, id, name, props, effects, cause, touch, environment FROM contact_events
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

function ofRow(row: EventColumns): readonly PastEvent[] {
	const { props, effects, cause, touch, environment, ...event } = row;
	const made: readonly Effect[] = effects === "[]" ? [] : JSON.parse(effects);
	const circumstances: Circumstances = {
		...(touch !== null && { touch: JSON.parse(touch) }),
		...(environment !== null && { environment: JSON.parse(environment) }),
	};
	return eventsOf({ ...event, ...(cause !== null && { cause }) }, JSON.parse(props), made, circumstances);
}

function ofVisit({ events }: VisitColumns): readonly PastEvent[] {
	type Member = StoredEvent &
		Circumstances & { readonly props?: Properties; readonly effects?: readonly Effect[] };
	const members: readonly Member[] = JSON.parse(events);
	return members.flatMap(({ props = {}, effects = [], touch, environment, ...event }) =>
		eventsOf(event, props, effects, { ...(touch && { touch }), ...(environment && { environment }) }),
	);
}

function eventsOf(
	{ at, id, name, cause }: StoredEvent,
	props: Properties,
	effects: readonly Effect[],
	circumstances: Circumstances,
): readonly PastEvent[] {
	const event: Event = { id, name, at, props, ...(cause !== undefined && { cause: causeOf(id, cause) }) };
	const made = effects.map(({ name, props = {}, rule }): PastEvent => {
		return {
			event: { id: `${id}/${rule}`, name, at, props, cause: { event: id, rule } },
			circumstances: {},
		};
	});
	return [{ event, circumstances }, ...made];
}
