// People as rows of D1 tell of them, for whoever lists them: sums over the parts of each.

import type { Value } from "../domain/event.ts";
import { emptyFacts, type Facts, neverFirst, neverLast, type TagMark } from "../domain/facts.ts";
import { visitsOf } from "../domain/fields.ts";
import { type Part, read } from "../domain/person.ts";
import { gathered } from "../domain/sql/gathered.ts";
import type { Identity } from "../domain/subject.ts";

export interface ListedPerson {
	readonly id: string;
	readonly cell: string;
	readonly identity: Identity;
	readonly score: number;
	readonly visits: number;
	/** Null for whoever was never seen. */
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
	readonly tags: Readonly<Record<string, TagMark>>;
	readonly attributes: Readonly<Record<string, Value>>;
	/** Memberships with the instant of entry, as the cell last told them. */
	readonly segments: Readonly<Record<string, number>>;
	/** Those that count. */
	readonly orders: { readonly count: number; readonly hundredths: number };
	/** What fields of text are read of: attributes, environment and touches; consents; and what stands above. */
	readonly facts: Facts;
}

/** Of a row `p` of people. */
export const personColumns = "p.id, p.cell, p.identity, p.segments";

export interface PersonColumns {
	id: string;
	cell: string;
	identity: Identity;
	segments: string;
}

interface PartColumns {
	id: string;
	person: string;
	first_seen_at: number | null;
	last_seen_at: number | null;
	visits: number;
	score: number;
	tags: string;
	known: string;
}

interface OrderColumns {
	person: string;
	orders: string;
}

/** In their order. */
export async function listed(
	db: D1Database,
	site: string,
	people: readonly PersonColumns[],
): Promise<readonly ListedPerson[]> {
	if (people.length === 0) return [];
	const ids = JSON.stringify(people.map(({ id }) => id));
	const [told, ordered] = await db.batch<PartColumns | OrderColumns>([
		// A patch leaves out what is null.
		db
			.prepare(
				`SELECT id, person, first_seen_at, last_seen_at, visits, score, json(tags) AS tags,
				json_patch('{}', json_object('attributes', facts -> '$.attributes', 'environment', facts -> '$.environment',
					'firstTouch', facts -> '$.firstTouch', 'lastTouch', facts -> '$.lastTouch',
					'consents', json(consents))) AS known
			FROM parts WHERE site = ?1 AND person IN (SELECT value FROM json_each(?2))`,
			)
			.bind(site, ids),
		db
			.prepare(
				`SELECT p.id AS person, json((${gathered.orders})) AS orders FROM people p
				WHERE p.site = ?1 AND p.id IN (SELECT value FROM json_each(?2))`,
			)
			.bind(site, ids),
	]);
	const parts = (told?.results ?? []).flatMap((row) => ("tags" in row ? [row] : []));
	const partsOf = Map.groupBy(parts, ({ person }) => person);
	const ordersOf = new Map(
		(ordered?.results ?? []).flatMap((row) => ("orders" in row ? [[row.person, row.orders]] : [])),
	);
	return people.map(({ id, cell, identity, segments }) => {
		const parts = partsOf.get(id) ?? [];
		const facts = read({ parts: Object.fromEntries(parts.map((part) => [part.id, partOf(part)])) });
		const { score, firstSeenAt, lastSeenAt, attributes, tags } = facts;
		const counting: readonly (readonly [at: number, hundredths: number])[] = JSON.parse(
			ordersOf.get(id) ?? "[]",
		);
		return {
			id,
			cell,
			identity,
			score,
			visits: visitsOf(facts),
			firstSeenAt: firstSeenAt === neverFirst ? null : firstSeenAt,
			lastSeenAt: lastSeenAt === neverLast ? null : lastSeenAt,
			tags: Object.fromEntries(
				Object.entries(tags).map(([tag, { count, firstAt, lastAt }]) => [tag, { count, firstAt, lastAt }]),
			),
			attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
			segments: JSON.parse(segments),
			orders: {
				count: counting.length,
				hundredths: counting.reduce((sum, [, hundredths]) => sum + hundredths, 0),
			},
			facts,
		};
	});
}

function partOf({ id, first_seen_at, last_seen_at, visits, score, tags, known }: PartColumns): Part {
	const told: Partial<Pick<Facts, "attributes" | "environment" | "firstTouch" | "lastTouch" | "consents">> =
		JSON.parse(known);
	const facts: Facts = {
		...emptyFacts(),
		...told,
		firstSeenAt: first_seen_at ?? neverFirst,
		lastSeenAt: last_seen_at ?? neverLast,
		sealedVisits: visits,
		score,
		tags: JSON.parse(tags),
	};
	return { id, kind: "browser", version: 1, facts };
}
