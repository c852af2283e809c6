// What experiences come to: taken in with what a cell delivers, and read as a report.

import type { Outcome } from "../domain/report.ts";

/** Added to in the batch of the events that are counted, and so once for each. */
export const addCounts = `INSERT INTO experience_counts (site, experience, day, revision, variant, outcome, product, n)
	SELECT ?1, value ->> 'experience', value ->> 'day', value ->> 'revision', value ->> 'variant', value ->> 'outcome',
		value ->> 'product', value ->> 'n' FROM json_each(?2) WHERE true
	ON CONFLICT (site, experience, day, revision, variant, outcome, product) DO UPDATE SET n = n + excluded.n`;

/** A click is better than a view, either than nothing, and of two alike the later. */
const isBetter =
	"(coalesce(excluded.by = 'click', -1), excluded.credited_at) > (coalesce(credits.by = 'click', -1), credits.credited_at)";
const better = (column: string) =>
	`${column} = CASE WHEN credits.by IS NULL OR excluded.by IS NOT NULL AND ${isBetter} THEN excluded.${column} ELSE credits.${column} END`;
const newer = (column: string) =>
	`${column} = CASE WHEN excluded.said_at >= credits.said_at THEN excluded.${column} ELSE credits.${column} END`;

/**
 * An order is told by everyone who knows of it: by the browser that placed it, by the card that the shop's server names.
 * What it is worth, whoever heard of it last knows; to what it is owed, whoever knows of the better reason.
 */
export const addCredits = `INSERT INTO credits
	(site, digest, at, said_at, hundredths, experience, revision, variant, by, credited_at, assisted, products, tried)
	SELECT ?1, value ->> 'order', value ->> 'at', value ->> 'saidAt', value ->> 'hundredths', value ->> '$.main.experience',
		value ->> '$.main.revision', value ->> '$.main.variant', value ->> '$.main.by', value ->> '$.main.at',
		value -> 'assisted', value -> 'products', value -> 'tried' FROM json_each(?2) WHERE true
	ON CONFLICT (site, digest) DO UPDATE SET at = min(at, excluded.at), ${newer("hundredths")},
		${["experience", "revision", "variant", "by", "assisted", "products", "credited_at"].map(better).join(", ")},
		tried = CASE WHEN json_array_length(excluded.tried) > 0 THEN excluded.tried ELSE credits.tried END,
		said_at = max(said_at, excluded.said_at)`;

/** Amounts in hundredths of the site's currency. */
export interface Owed {
	readonly orders: number;
	readonly hundredths: number;
}

export interface EditionReport {
	readonly experience: string;
	readonly revision: number;
	readonly variant: string;
	readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
	readonly byClick: Owed;
	readonly byView: Owed;
	/** Orders owed to another; their worth counts there alone. */
	readonly assisted: Owed;
	/** Where something is tried out: orders of all whom it was tried on within a week before, whatever they are owed to. */
	readonly tried: Owed;
}

export interface ExperienceReport {
	readonly editions: readonly EditionReport[];
	/** All orders of the time that count: those owed to experiences, and the rest. */
	readonly total: Owed;
	readonly unowed: Owed;
}

export interface ProductReport {
	readonly experience: string;
	readonly product: string;
	readonly clicks: number;
	readonly orders: number;
	readonly hundredths: number;
}

const nothing: Owed = { orders: 0, hundredths: 0 };

/** Events of days `from` up to and including `until` (days of UTC since 1970), and orders completed on them. */
export async function experienceReport(
	db: D1Database,
	site: string,
	from: number,
	until: number,
): Promise<ExperienceReport> {
	const days = [site, from, until] as const;
	const [counts, owed, assisted, tried] = await db.batch<Record<string, string | number | null>>([
		db
			.prepare(
				`SELECT experience, revision, variant, outcome, sum(n) AS n FROM experience_counts
				WHERE site = ?1 AND day BETWEEN ?2 AND ?3 AND product = '' GROUP BY 1, 2, 3, 4`,
			)
			.bind(...days),
		db
			.prepare(
				`SELECT experience, revision, variant, by, count(*) AS orders, sum(hundredths) AS hundredths FROM credits
				WHERE ${within} GROUP BY 1, 2, 3, 4`,
			)
			.bind(...days),
		db
			.prepare(
				`SELECT a.value ->> 'experience' AS experience, a.value ->> 'revision' AS revision,
					a.value ->> 'variant' AS variant, count(*) AS orders, sum(hundredths) AS hundredths
				FROM credits, json_each(assisted) a WHERE ${within} GROUP BY 1, 2, 3`,
			)
			.bind(...days),
		db
			.prepare(
				`SELECT t.value ->> 'experience' AS experience, t.value ->> 'revision' AS revision,
					t.value ->> 'variant' AS variant, count(*) AS orders, sum(hundredths) AS hundredths
				FROM credits, json_each(tried) t WHERE ${within} GROUP BY 1, 2, 3`,
			)
			.bind(...days),
	]);
	const editions = new Map<string, EditionReport>();
	const change = (
		row: Record<string, string | number | null>,
		what: (known: EditionReport) => Partial<EditionReport>,
	) => {
		const edition = {
			experience: String(row.experience),
			revision: Number(row.revision),
			variant: String(row.variant ?? ""),
		};
		const key = JSON.stringify(edition);
		const known = editions.get(key) ?? {
			...edition,
			outcomes: {},
			byClick: nothing,
			byView: nothing,
			assisted: nothing,
			tried: nothing,
		};
		editions.set(key, { ...known, ...what(known) });
	};
	for (const row of counts?.results ?? [])
		change(row, ({ outcomes }) => ({ outcomes: { ...outcomes, [String(row.outcome)]: Number(row.n) } }));
	const isOwed = (row: Record<string, unknown>) => row.experience !== null;
	for (const row of (owed?.results ?? []).filter(isOwed))
		change(row, () => ({ [row.by === "click" ? "byClick" : "byView"]: owedIn(row) }));
	for (const row of assisted?.results ?? []) change(row, () => ({ assisted: owedIn(row) }));
	for (const row of tried?.results ?? []) change(row, () => ({ tried: owedIn(row) }));
	const rows = owed?.results ?? [];
	return {
		editions: [...editions.values()].sort(
			(a, b) =>
				(a.experience < b.experience ? -1 : a.experience > b.experience ? 1 : 0) ||
				b.revision - a.revision ||
				(a.variant < b.variant ? -1 : 1),
		),
		total: rows.map(owedIn).reduce(both, nothing),
		unowed: rows
			.filter((row) => !isOwed(row))
			.map(owedIn)
			.reduce(both, nothing),
	};
}

/** Products that were clicked in experiences, those that brought most first; at most `limit`. */
export async function productReport(
	db: D1Database,
	site: string,
	from: number,
	until: number,
	limit: number,
): Promise<readonly ProductReport[]> {
	const { results } = await db
		.prepare(
			`SELECT experience, product, sum(clicks) AS clicks, sum(orders) AS orders, sum(hundredths) AS hundredths FROM (
				SELECT experience, product, n AS clicks, 0 AS orders, 0 AS hundredths FROM experience_counts
				WHERE site = ?1 AND day BETWEEN ?2 AND ?3 AND product <> '' AND outcome = 'clicked'
				UNION ALL
				SELECT p.value ->> 1, p.value ->> 0, 0, 1, p.value ->> 2 FROM credits, json_each(products) p WHERE ${within}
			) GROUP BY 1, 2 ORDER BY hundredths DESC, clicks DESC, product LIMIT ?4`,
		)
		.bind(site, from, until, limit)
		.all<ProductReport>();
	return results;
}

/** Orders that count, of the days. */
const within = "site = ?1 AND at >= ?2 * 86400000 AND at < (?3 + 1) * 86400000 AND hundredths IS NOT NULL";

function owedIn({ orders, hundredths }: Record<string, string | number | null>): Owed {
	return { orders: Number(orders), hundredths: Number(hundredths) };
}

function both(a: Owed, b: Owed): Owed {
	return { orders: a.orders + b.orders, hundredths: a.hundredths + b.hundredths };
}
