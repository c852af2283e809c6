// What visitors did with products, for the recommender: read off D1 in the order in which it happened, from an instant on.
// Of anonymous visitors the visits that have not lapsed are gone through, of which there are those of some hours; contacts'
// events stand in an index of their own, which costs a row for each of them that is about products.

import type { Saying } from "../domain/catalogue/learned.ts";
import type { Properties } from "../domain/event.ts";

/** One event, with what is known of whoever it is of: nothing of it but `props` outlives the reading. */
export interface Deed {
	readonly part: string;
	readonly id: string;
	readonly at: number;
	readonly name: string;
	readonly props: Properties;
	readonly kind: string;
	readonly region: string | null;
	readonly segments: readonly string[];
	/** Of an order: when the person bought what before, as far as the parts tell. */
	readonly bought: readonly (readonly [product: string, at: number, order: string])[];
}

/** The names that migration 0020's index lists: it is used for these, in this order, alone. */
export const productDeeds = "('Product Viewed', 'Product Added', 'Cart Updated', 'Order Completed')";

/** Products of the person's orders, from all parts. */
const bought = `(SELECT json_group_array(json_array(l.value -> 'props' ->> 'product_id', o.value ->> 'firstAt', o.value ->> 'id'))
	FROM parts b CROSS JOIN json_each(b.orders) o CROSS JOIN json_each(o.value, '$.lines.of') l
	WHERE b.site = ?1 AND b.person = q.person AND o.value ->> 'firstAt' IS NOT NULL)`;

const said = (event: string) => `${event}, q.kind, q.facts ->> '$.environment.value.region' AS region,
	(SELECT json_group_array(key) FROM json_each(p.segments)) AS segments`;
const whose = (part: string) => `CROSS JOIN parts q ON q.site = ?1 AND q.id = ${part}
	CROSS JOIN people p ON p.site = ?1 AND p.id = q.person`;

/** ?1 site, ?2 since, ?3 now, ?4 how many. Every join is crossed, so that the visits are gone through and not the people. */
const ofAnonymous = `SELECT ${said("a.part, m.value ->> 'id' AS id, m.value ->> 'at' AS at, m.value ->> 'name' AS name, m.value ->> 'props' AS props")},
	CASE WHEN m.value ->> 'name' = 'Order Completed' THEN ${bought} END AS bought
	FROM arrivals a ${whose("a.part")} CROSS JOIN json_each(a.events) m
	WHERE a.site = ?1 AND a.last_at > ?2 AND a.last_at + coalesce(p.retention_ms, 0) > ?3
		AND m.value ->> 'name' IN ${productDeeds} AND m.value ->> 'at' > ?2
	ORDER BY at LIMIT ?4`;

const ofContacts = `SELECT ${said("c.part, c.id, c.at, c.name, json(c.props) AS props")},
	CASE WHEN c.name = 'Order Completed' THEN ${bought} END AS bought
	FROM contact_events c INDEXED BY contact_events_of_products ${whose("c.part")}
	WHERE c.site = ?1 AND c.at > ?2 AND c.name IN ${productDeeds}
	ORDER BY c.at LIMIT ?4`;

interface Row {
	readonly part: string;
	readonly id: string;
	readonly at: number;
	readonly name: string;
	readonly props: string | null;
	readonly kind: string;
	readonly region: string | null;
	readonly segments: string;
	readonly bought: string | null;
}

export interface Deeds {
	readonly deeds: readonly Deed[];
	/** Whether there are more. */
	readonly isAll: boolean;
	/** What D1 says that it cost. */
	readonly rowsRead: number;
}

/** The first `most` after `since` (epoch ms). Details that have lapsed are not read, whether or not they have been deleted. */
export async function deedsOf(
	db: D1Database,
	of: "anonymous" | "contacts",
	site: string,
	since: number,
	now: number,
	most: number,
): Promise<Deeds> {
	const query = of === "anonymous" ? ofAnonymous : ofContacts;
	const { results, meta } = await db.prepare(query).bind(site, since, now, most).all<Row>();
	const deeds = results.map(
		({ props, segments, bought, ...row }): Deed => ({
			...row,
			props: props === null ? {} : JSON.parse(props),
			segments: JSON.parse(segments),
			bought: bought === null ? [] : JSON.parse(bought),
		}),
	);
	return { deeds, isAll: deeds.length < most, rowsRead: meta.rows_read };
}

/** What pages told of one product, and how many different visitors' pages told it alike. */
const toldAlike = `WITH told (part, props) AS MATERIALIZED (
		SELECT a.part, m.value -> 'props' FROM arrivals a ${whose("a.part")} CROSS JOIN json_each(a.events) m
		WHERE a.site = ?1 AND a.last_at > ?2 AND a.last_at + coalesce(p.retention_ms, 0) > ?3
			AND m.value ->> 'name' = 'Product Viewed'
		UNION ALL
		SELECT part, json(props) FROM contact_events INDEXED BY contact_events_of_products
		WHERE site = ?1 AND at > ?2 AND name IN ${productDeeds} AND name = 'Product Viewed'
	)
	SELECT props ->> 'product_id' AS product_id, props ->> 'name' AS name, props ->> 'url' AS url,
		props ->> 'image_url' AS image_url, props ->> 'brand' AS brand, props ->> 'category' AS category,
		props ->> 'price' AS price, props ->> 'currency' AS currency, count(DISTINCT part) AS visitors
	FROM told WHERE props ->> 'url' IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
	HAVING count(DISTINCT part) >= ?4 ORDER BY visitors DESC LIMIT ?5`;

/** What at least so many visitors' pages told alike since an instant (epoch ms), what most told first. */
export async function sayingsOf(
	db: D1Database,
	site: string,
	{ since, now, visitors, most }: Readonly<Record<"since" | "now" | "visitors" | "most", number>>,
): Promise<readonly Saying[]> {
	const { results } = await db
		.prepare(toldAlike)
		.bind(site, since, now, visitors, most)
		.all<Record<string, string | number | null>>();
	return results.map(({ visitors: told, ...props }) => ({
		visitors: Number(told),
		props: Object.fromEntries(
			Object.entries(props).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
		),
	}));
}
