// What the cell's facts look like as rows: the keys of each row are the columns of its table, and JSON columns are
// text already (stored.ts says what they hold).

import type { Event } from "./event.ts";
import { type Environment, naming, neverFirst, neverLast } from "./facts.ts";
import { visitsOf } from "./fields.ts";
import type { Count } from "./figure.ts";
import { own } from "./keyed.ts";
import { pathOf } from "./match.ts";
import type { Part, PartKind, Person } from "./person.ts";
import type { Proof } from "./proof.ts";
import type { Touch } from "./source.ts";
import { foldedOf, type StoredEffect, storedCart, storedFacts, storedOrder } from "./stored.ts";
import type { Identity } from "./subject.ts";

export interface PersonRow {
	readonly site: string;
	readonly id: string;
	readonly cell: string;
	readonly epoch: number;
	readonly version: number;
	readonly identity: Identity;
	readonly retention_ms: number | null;
	readonly segments: string;
	/** Null for whoever is anonymous. */
	readonly known_at: number | null;
}

export interface PartRow {
	readonly site: string;
	readonly id: string;
	readonly person: string;
	readonly epoch: number;
	readonly version: number;
	readonly kind: PartKind;
	readonly proof: Proof | null;
	/** None in a part that saw nothing: acts by hand. */
	readonly first_seen_at: number | null;
	readonly last_seen_at: number | null;
	readonly visits: number;
	readonly score: number;
	// From here on all are stored as JSONB.
	readonly tags: string;
	readonly facts: string;
	readonly points: string | null;
	readonly orders: string | null;
	readonly cart: string | null;
	readonly interests: string | null;
	readonly lists: string | null;
	readonly consents: string | null;
}

export interface EventRow {
	readonly site: string;
	readonly part: string;
	readonly at: number;
	readonly id: string;
	readonly name: string;
	readonly path: string | null;
	/** Of a contact both stored as JSONB. */
	readonly props: string;
	readonly folded: string;
	readonly effects: string;
	readonly cause: string | null;
	readonly touch: string | null;
	readonly environment: string | null;
	readonly decision: string | null;
	/** 1 where a visit begins with it. */
	readonly opens: number | null;
}

/** Names a row of `arrivals` by the event with which it began. */
export interface RowKey {
	readonly at: number;
	readonly id: string;
}

/** Events of an anonymous person that are read, and forgotten, together. */
export interface ArrivalRow extends RowKey {
	readonly site: string;
	readonly part: string;
	/** Of the latest of them. */
	readonly last_at: number;
	/** [[at, name, path, cause]] of each: what conditions ask first. */
	readonly outline: string;
	/** As a JSON array, in the order in which they came; members that say nothing are left out. */
	readonly events: string;
	/** What they come to, for the site's figures; absent where that is nothing. */
	readonly counts?: string;
}

/** What a row of an event says beside the event. */
export interface Aside {
	/** What rules made of it. */
	readonly effects?: readonly StoredEffect[];
	readonly touch?: Touch;
	readonly environment?: Environment;
	/** Of something shown: every candidate with its reason. */
	readonly decision?: object;
	/** A visit begins with it. */
	readonly opens?: object;
}

/** `retentionMs` is none for a contact; `segments` maps a segment to the instant of entry. */
export function personRow(
	site: string,
	person: {
		readonly id: string;
		readonly cell: string;
		readonly epoch: number;
		readonly version: number;
		readonly identity: Identity;
		readonly retentionMs?: number;
		readonly segments: Readonly<Record<string, number>>;
		readonly knownAt?: number;
	},
): PersonRow {
	const { id, cell, epoch, version, identity, retentionMs, segments, knownAt } = person;
	const retention_ms = retentionMs ?? null;
	const known_at = knownAt ?? null;
	return {
		site,
		id,
		cell,
		epoch,
		version,
		identity,
		retention_ms,
		segments: JSON.stringify(segments),
		known_at,
	};
}

/** When the earliest was said of what somebody is known by. Of parts from before that was kept, when it was said last. */
export function knownSince({ parts }: Person): { readonly knownAt?: number } {
	const instants = Object.values(parts).flatMap(
		({ facts: { knownAt, attributes } }) =>
			knownAt ?? [...naming].flatMap((name) => own(attributes, name)?.at ?? []),
	);
	return instants.length > 0 ? { knownAt: Math.min(...instants) } : {};
}

export function partRow(
	site: string,
	person: string,
	epoch: number,
	{ id, version, kind, facts }: Part,
	proof: Proof | null,
): PartRow {
	return {
		site,
		id,
		person,
		epoch,
		version,
		kind,
		proof,
		first_seen_at: facts.firstSeenAt === neverFirst ? null : facts.firstSeenAt,
		last_seen_at: facts.lastSeenAt === neverLast ? null : facts.lastSeenAt,
		visits: visitsOf(facts),
		score: facts.score,
		tags: JSON.stringify(facts.tags),
		facts: JSON.stringify(storedFacts(facts)),
		points: textOf(facts.points),
		orders: textOf(facts.orders && Object.entries(facts.orders).map(storedOrder)),
		cart: textOf(facts.cart && storedCart(facts.cart)),
		interests: textOf(facts.interests),
		lists: textOf(facts.lists),
		consents: textOf(facts.consents),
	};
}

export function eventRow(site: string, part: string, event: Event, aside: Aside = {}): EventRow {
	const { effects = [], touch, environment, decision, opens } = aside;
	return {
		site,
		part,
		at: event.at,
		id: event.id,
		name: event.name,
		path: pathOf(event) ?? null,
		props: JSON.stringify(event.props),
		folded: JSON.stringify(foldedOf(event.props)),
		effects: JSON.stringify(effects),
		cause: event.cause?.rule ?? null,
		touch: textOf(touch),
		environment: textOf(environment),
		decision: textOf(decision),
		opens: opens ? 1 : null,
	};
}

/** The row of that key, or as much as is to be added to it. */
export function arrivalRow(
	site: string,
	part: string,
	{ at, id }: RowKey,
	rows: readonly EventRow[],
	counts: readonly Count[] = [],
): ArrivalRow {
	const events = `[${rows.map(memberText).join(",")}]`;
	const said = counts.length > 0 ? { counts: JSON.stringify(counts) } : {};
	const last_at = Math.max(...rows.map((row) => row.at));
	const outline = rows.map(({ at, name, path, cause }) => [at, name, path, cause]);
	return { site, part, at, id, last_at, outline: JSON.stringify(outline), events, ...said };
}

/** What is JSON already goes in as it is. */
function memberText(row: EventRow): string {
	const { at, id, name, path, props, folded, effects, cause, touch, environment, decision } = row;
	const plain = { at, id, name, path: path ?? undefined, cause: cause ?? undefined };
	const json = Object.entries({ props, folded, effects, touch, environment, decision })
		.filter(([, text]) => text !== null && text !== "{}" && text !== "[]")
		.map(([member, text]) => `,"${member}":${text}`);
	return `${JSON.stringify(plain).slice(0, -1)}${json.join("")}}`;
}

function textOf(value: object | undefined): string | null {
	return value ? JSON.stringify(value) : null;
}
