// Three accounts of the same people: the journal of those who sent, the cells' state, and D1.

import { isDeepStrictEqual } from "node:util";
import { readState } from "../../worker/cell/state.ts";
import type { FaultyEdge } from "../support/faulty-edge.ts";
import type { Journal } from "./journal.ts";
import { type Sum, sumOf } from "./pages.ts";

/** What each account says of one browser. */
export interface Account extends Sum {
	/** Ids of the events that the browser sent. */
	readonly events: readonly string[];
}

/** What only we know of a browser, so that cells and D1 can be compared beyond what the journal expects. */
export interface Inner {
	readonly firstSeenAt: number;
	/** Visits, as the history has them. */
	readonly visitsOfEvents: number;
	readonly shown: number;
	readonly segments: unknown;
	/** What the ledger's rows add up to. */
	readonly ledger: Omit<Sum, "visits">;
}

export type Accounts<T> = Readonly<Record<string, T>>;

const gapMs = 30 * 60_000;

export function accountsOfJournal(journal: Journal): Accounts<Account> {
	const byVisitor = Map.groupBy(journal.acknowledged, ({ visitor }) => visitor ?? "");
	return Object.fromEntries(
		[...byVisitor].map(([visitor, records]) => {
			const sent = records.map(({ event }) => event);
			const paths = sent.flatMap(({ name, props }) => (name === "Page Viewed" ? [String(props?.path)] : []));
			const events = sent.map(({ id }) => id).sort();
			return [visitor, { ...sumOf(paths), visits: visitsOf(sent.map(({ at }) => at)), events }];
		}),
	);
}

function visitsOf(instants: readonly number[]): number {
	const sorted = instants.toSorted((a, b) => a - b);
	return sorted.filter((at, i) => i === 0 || at - (sorted[i - 1] ?? 0) > gapMs).length;
}

export async function accountsOfCells(edge: FaultyEdge, site: string) {
	const accounts: Record<string, Omit<Account, "events"> & Inner> = {};
	let waiting = 0;
	let dead = 0;
	for (const cell of await edge.cells(site)) {
		const tables = await edge.tables(site, cell);
		waiting += tables.outbox.length;
		dead += tables.dead.length;
		for (const { id, state } of tables.people) {
			const { standing } = readState(state);
			const facts = standing.person.parts[id]?.facts;
			if (!facts) continue;
			const tags = Object.fromEntries(Object.entries(facts.tags).map(([tag, { count }]) => [tag, count]));
			accounts[id] = {
				visits: facts.visits.length + facts.sealedVisits,
				score: facts.score,
				tags,
				firstSeenAt: facts.firstSeenAt,
				visitsOfEvents: facts.visits.length + facts.sealedVisits,
				shown: Object.values(facts.attention).reduce((sum, { shown }) => sum + shown, 0),
				segments: standing.segments,
				ledger: { score: facts.score, tags },
			};
		}
	}
	return { accounts, waiting, dead };
}

interface D1Row {
	readonly id: string;
	readonly visits: number;
	readonly visits_of_events: number;
	readonly score: number;
	readonly tags: string;
	readonly first_seen_at: number;
	readonly segments: string;
	readonly events: string;
	readonly shown: number;
	readonly ledger_score: number;
	readonly ledger_tags: string;
}

export async function accountsOfD1(edge: FaultyEdge, site: string) {
	const rows = await edge.sql<D1Row>(
		`SELECT id, visits, score, json(tags) AS tags, first_seen_at,
			(SELECT segments FROM people p WHERE p.site = parts.site AND p.id = parts.person) AS segments,
			(SELECT count(*) FROM visits v WHERE v.site = parts.site AND v.part = parts.id) AS visits_of_events,
			(SELECT json_group_array(e.id ORDER BY e.id) FROM events e
				WHERE e.site = parts.site AND e.part = parts.id AND e.name NOT IN ('Experience Qualified', 'Experience Shown')) AS events,
			(SELECT count(*) FROM events e
				WHERE e.site = parts.site AND e.part = parts.id AND e.name = 'Experience Shown') AS shown,
			(SELECT coalesce(sum(l.props ->> 'points'), 0) FROM ledger l
				WHERE l.site = parts.site AND l.part = parts.id AND l.name = 'Points Earned') AS ledger_score,
			(SELECT json_group_object(tag, n) FROM (SELECT l.props ->> 'tag' AS tag, count(*) AS n FROM ledger l
				WHERE l.site = parts.site AND l.part = parts.id AND l.name = 'Tag Added' GROUP BY 1)) AS ledger_tags
		FROM parts WHERE site = ?`,
		site,
	);
	const accounts: Record<string, Account & Inner> = {};
	for (const row of rows) {
		const marks: Record<string, { readonly count: number }> = JSON.parse(row.tags);
		accounts[row.id] = {
			visits: row.visits,
			score: row.score,
			tags: Object.fromEntries(Object.entries(marks).map(([tag, { count }]) => [tag, count])),
			events: JSON.parse(row.events),
			firstSeenAt: row.first_seen_at,
			visitsOfEvents: row.visits_of_events,
			shown: row.shown,
			segments: JSON.parse(row.segments),
			ledger: { score: row.ledger_score, tags: JSON.parse(row.ledger_tags) },
		};
	}
	return accounts;
}

/** Where two accounts differ in these members, person by person. */
export function differences<K extends string>(
	one: Accounts<{ readonly [M in K]: unknown }>,
	other: Accounts<{ readonly [M in K]: unknown }>,
	members: readonly K[],
): readonly object[] {
	const everyone = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...everyone].flatMap((id) =>
		members.flatMap((member) => {
			const said = [one[id]?.[member], other[id]?.[member]] as const;
			return isDeepStrictEqual(...said) ? [] : [{ id, member, said }];
		}),
	);
}

/** The accounts of these people alone. */
export function accountsOf<T>(whom: Accounts<unknown>, accounts: Accounts<T>): Accounts<T> {
	return Object.fromEntries(Object.entries(accounts).filter(([id]) => Object.hasOwn(whom, id)));
}
