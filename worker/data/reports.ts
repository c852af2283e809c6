// What experiences come to: taken in with what a cell delivers, and read as a report.

import { experienceIn, type Origin, type Outcome } from "../domain/figure.ts";
import { amountsIn, figuresOf, hoursOf } from "./figures.ts";

/** ?2 `Credit`s as JSON. How two of one order are joined, migration 0023 says. */
export const addCredits = "INSERT INTO owed (site, credits) VALUES (?1, ?2)";

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

/** What was done, and orders completed, from <= at < to; to the hour. */
export async function experienceReport(
	db: D1Database,
	site: string,
	from: number,
	to: number,
): Promise<ExperienceReport> {
	const days = [site, from, to] as const;
	const [counts, owed, assisted, tried] = await db.batch<Record<string, string | number | null>>([
		figuresOf(db, site, [{ dimension: "experience", hours: hoursOf(from, to) }]),
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
	for (const { value, amounts } of amountsIn(counts?.results ?? [])) {
		const { outcome, product: _, ...edition } = experienceIn(value);
		change(edition, ({ outcomes }) => ({ outcomes: { ...outcomes, [outcome]: amounts[0] } }));
	}
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

/** Orders that count and their worth by hour, and the same of those that are owed to a click. Instants: from <= at < to. */
export function ordersByHour(db: D1Database, site: string, from: number, to: number): D1PreparedStatement {
	const query = `SELECT at / 3600000 AS hour, count(*) AS a, sum(hundredths) AS b, count(*) FILTER (WHERE by = 'click') AS c,
			coalesce(sum(hundredths) FILTER (WHERE by = 'click'), 0) AS d
		FROM credits WHERE site = ?1 AND at >= ?2 AND at < ?3 AND hundredths IS NOT NULL GROUP BY 1`;
	return db.prepare(query).bind(site, from, to);
}

/** The same by where the visit came from in which they were completed. */
export function ordersByOrigin(
	db: D1Database,
	site: string,
	origin: Origin,
	from: number,
	to: number,
): D1PreparedStatement {
	const query = `SELECT origin ->> ?4 AS name, count(*) AS a, sum(hundredths) AS b, count(*) FILTER (WHERE by = 'click') AS c,
			coalesce(sum(hundredths) FILTER (WHERE by = 'click'), 0) AS d
		FROM credits WHERE site = ?1 AND at >= ?2 AND at < ?3 AND hundredths IS NOT NULL AND name IS NOT NULL GROUP BY 1`;
	return db.prepare(query).bind(site, from, to, origin);
}

/** Orders that count and were placed with a code of a coupon pool, by hour: how many, and their worth. */
export function ordersByPool(db: D1Database, site: string, from: number, to: number): D1PreparedStatement {
	const query = `SELECT at / 3600000 AS hour, p.value AS name, count(DISTINCT digest) AS a, sum(hundredths) AS b, 0 AS c, 0 AS d
		FROM credits, json_each(pools) p WHERE ${within} GROUP BY 1, 2`;
	return db.prepare(query).bind(site, from, to);
}

/** Orders that are owed to one experience, by hour: how many by click, their worth, by view, theirs. */
export function owedByHour(
	db: D1Database,
	site: string,
	experience: string,
	from: number,
	to: number,
): D1PreparedStatement {
	const query = `SELECT at / 3600000 AS hour, count(*) FILTER (WHERE by = 'click') AS a,
			coalesce(sum(hundredths) FILTER (WHERE by = 'click'), 0) AS b, count(*) FILTER (WHERE by = 'view') AS c,
			coalesce(sum(hundredths) FILTER (WHERE by = 'view'), 0) AS d
		FROM credits WHERE site = ?1 AND at >= ?2 AND at < ?3 AND hundredths IS NOT NULL AND experience = ?4 GROUP BY 1`;
	return db.prepare(query).bind(site, from, to, experience);
}

/** Products that were clicked in experiences, those that brought most first; at most `limit`. */
export async function productReport(
	db: D1Database,
	site: string,
	from: number,
	to: number,
	limit: number,
): Promise<readonly ProductReport[]> {
	const [counts, bought] = await db.batch<Record<string, string | number | null>>([
		figuresOf(db, site, [{ dimension: "product", hours: hoursOf(from, to) }]),
		db
			.prepare(
				`SELECT p.value ->> 1 AS experience, p.value ->> 0 AS product, count(*) AS orders, sum(p.value ->> 2) AS hundredths
				FROM credits, json_each(products) p WHERE ${within} GROUP BY 1, 2`,
			)
			.bind(site, from, to),
	]);
	const all = new Map<string, ProductReport>();
	const add = (experience: string, product: string, more: Partial<ProductReport>) => {
		const key = `${experience}|${product}`;
		const known = all.get(key) ?? { experience, product, clicks: 0, orders: 0, hundredths: 0 };
		const { clicks = 0, orders = 0, hundredths = 0 } = more;
		all.set(key, {
			...known,
			clicks: known.clicks + clicks,
			orders: known.orders + orders,
			hundredths: known.hundredths + hundredths,
		});
	};
	for (const { value, amounts } of amountsIn(counts?.results ?? [])) {
		const { experience, outcome, product } = experienceIn(value);
		if (outcome === "clicked") add(experience, product, { clicks: amounts[0] ?? 0 });
	}
	for (const { experience, product, orders, hundredths } of bought?.results ?? [])
		add(String(experience), String(product), { orders: Number(orders), hundredths: Number(hundredths) });
	return [...all.values()]
		.sort((a, b) => b.hundredths - a.hundredths || b.clicks - a.clicks || (a.product < b.product ? -1 : 1))
		.slice(0, limit);
}

/** Orders that count. */
const within = "site = ?1 AND at >= ?2 AND at < ?3 AND hundredths IS NOT NULL";

function owedIn({ orders, hundredths }: Record<string, string | number | null>): Owed {
	return { orders: Number(orders), hundredths: Number(hundredths) };
}

function both(a: Owed, b: Owed): Owed {
	return { orders: a.orders + b.orders, hundredths: a.hundredths + b.hundredths };
}
