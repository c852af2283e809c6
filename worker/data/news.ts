// Changes of products that people are to be told of, from when a catalogue notes them until they are told; and who they are:
// whoever viewed the product, or has it in their cart, as far as that may be read.

import type { News } from "../domain/catalogue/news.ts";
import { gathered } from "../domain/sql/gathered.ts";
import { fold } from "../domain/text.ts";
import { readablePerson } from "./history.ts";
import { productDeeds } from "./lessons.ts";

/** `id` is that of the event. */
export type ToldNews = News & { readonly id: string };

export interface NewsBatch {
	readonly id: string;
	readonly news: readonly ToldNews[];
}

export interface OpenBatch extends NewsBatch {
	readonly site: string;
	/** The last person who was told. */
	readonly toldTo: string;
}

/** Somebody, and which of a batch's news they are told, by place; what is in their cart now comes first. */
export interface Concerned {
	readonly person: string;
	readonly cell: string;
	readonly news: readonly { readonly n: number; readonly isInCart: boolean }[];
}

/** Noted twice, it is noted once. */
export async function addNews(db: D1Database, site: string, batches: readonly NewsBatch[]): Promise<void> {
	if (batches.length === 0) return;
	const insert = db.prepare(
		"INSERT INTO product_news (id, site, news) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	);
	await db.batch(batches.map(({ id, news }) => insert.bind(id, site, JSON.stringify(news))));
}

/** Those that wait, the oldest first. */
export async function openNews(db: D1Database, most: number): Promise<readonly OpenBatch[]> {
	const { results } = await db
		.prepare("SELECT id, site, news, told_to AS toldTo FROM product_news ORDER BY id LIMIT ?1")
		.bind(most)
		.all<Omit<OpenBatch, "news"> & { news: string }>();
	return results.map((row) => ({ ...row, news: JSON.parse(row.news) }));
}

/** Everybody up to this person knows. */
export async function keepTold(db: D1Database, id: string, toldTo: string): Promise<void> {
	await db.prepare("UPDATE product_news SET told_to = ?2 WHERE id = ?1").bind(id, toldTo).run();
}

export async function dropNews(db: D1Database, id: string): Promise<void> {
	await db.prepare("DELETE FROM product_news WHERE id = ?1").bind(id).run();
}

/** Of a site's contacts no more of what they did with products than this is looked through, the latest first. */
const mostDeeds = 200_000;
/** As many news a person is told of one batch. */
const perPerson = 10;
const mostRows = 2_000;

/** ?1 site, ?2 [[at, product, folded]], ?3 now, ?4 since, ?5 after whom. What is viewed after the change is no news. */
const concerned = `WITH
	news AS MATERIALIZED (SELECT key AS n, value ->> 0 AS at, value ->> 1 AS product, value ->> 2 AS folded FROM json_each(?2)),
	deeds (part, at, name, product) AS MATERIALIZED (
		SELECT part, at, name, props ->> 'product_id' FROM (
			SELECT part, at, name, props FROM contact_events INDEXED BY contact_events_of_products
			WHERE site = ?1 AND at > ?4 AND name IN ${productDeeds} ORDER BY at DESC LIMIT ${mostDeeds})
		WHERE name <> 'Order Completed'
		UNION ALL
		SELECT a.part, m.value ->> 'at', m.value ->> 'name', m.value -> 'props' ->> 'product_id'
		FROM arrivals a CROSS JOIN json_each(a.events) m
		WHERE a.site = ?1 AND a.last_at > ?4 AND m.value ->> 'name' IN ('Product Viewed', 'Product Added', 'Cart Updated')
	),
	filled AS MATERIALIZED (SELECT q.person, max(d.at) AS at FROM deeds d CROSS JOIN parts q ON q.site = ?1 AND q.id = d.part
		WHERE d.name = 'Cart Updated' AND q.person > ?5 GROUP BY q.person),
	interests (person, n, at, is_in_cart) AS (
		SELECT q.person, news.n, d.at, 0 FROM deeds d JOIN news ON news.product = d.product AND d.at < news.at
			CROSS JOIN parts q ON q.site = ?1 AND q.id = d.part
		WHERE d.name <> 'Cart Updated' AND q.person > ?5
		UNION ALL
		SELECT p.id, news.n, f.at, 1 FROM filled f CROSS JOIN people p ON p.site = ?1 AND p.id = f.person
			CROSS JOIN json_each((${gathered.cart}), '$.products') l JOIN news ON news.folded = l.value
	)
	SELECT person, cell, n, is_in_cart AS isInCart FROM (
		SELECT p.id AS person, p.cell, i.n, max(i.is_in_cart) AS is_in_cart,
			row_number() OVER (PARTITION BY p.id ORDER BY max(i.is_in_cart) DESC, max(i.at) DESC) AS place
		FROM interests i CROSS JOIN people p ON p.site = ?1 AND p.id = i.person
		WHERE ${readablePerson} GROUP BY p.id, i.n)
	WHERE place <= ${perPerson} ORDER BY person, place LIMIT ${mostRows}`;

/**
 * The next people whom the batch concerns, in the order of their ids; and whether these are all. `since` (epoch ms): what
 * they did before is too long ago.
 */
export async function concernedBy(
	db: D1Database,
	{ site, news, toldTo }: OpenBatch,
	{ now, since }: { readonly now: number; readonly since: number },
): Promise<{ readonly people: readonly Concerned[]; readonly isAll: boolean }> {
	const asked = news.map(({ at, props: { product_id: product } }) => [at, product, fold(product)]);
	const { results } = await db
		.prepare(concerned)
		.bind(site, JSON.stringify(asked), now, since, toldTo)
		.all<{ person: string; cell: string; n: number; isInCart: number }>();
	const isAll = results.length < mostRows;
	const people = Array.from(
		Map.groupBy(results, ({ person }) => person),
		([person, rows]) => ({
			person,
			cell: rows[0]?.cell ?? "",
			news: rows.map(({ n, isInCart }) => ({ n, isInCart: isInCart === 1 })),
		}),
	);
	// Of the last one some may be missing.
	return { people: isAll ? people : people.slice(0, -1), isAll };
}
