// The catalogue's SQLite. Tables:
//   meta      what the object knows of itself, as JSON: see the readers of each key
//   products  one row each, in the order in which they became known. Columns beside the JSON are what is searched and
//             filtered by: `category` is the whole path and it and `brand` are folded; `turns_at` is when a sale begins
//             or ends
//   changes   what changed of products, for 90 days: by kind, the latest last
// Rows written are the bill: what is said again as it stands writes nothing.

import { dayMs } from "../domain/calendar.ts";
import { catalogueLimits } from "../domain/catalogue/limits.ts";
import {
	type ChangeKind,
	delist,
	isAvailable,
	type Listing,
	list,
	type Origin,
	type ProductChange,
	reprice,
	turnsAt,
} from "../domain/catalogue/listing.ts";
import { type News, newsOf } from "../domain/catalogue/news.ts";
import { type Product, priceAt } from "../domain/catalogue/product.ts";
import { fold } from "../domain/text.ts";
import { Changed, placeOf } from "./changed.ts";

export const schemaVersion = 1;

const schema = `
	CREATE TABLE products (
		n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, known_at INTEGER NOT NULL, gone_at INTEGER,
		is_available INTEGER NOT NULL, is_reduced INTEGER NOT NULL, price INTEGER NOT NULL, turns_at INTEGER,
		group_id TEXT, brand TEXT, category TEXT, words TEXT NOT NULL, product TEXT NOT NULL, history TEXT NOT NULL
	);
	CREATE INDEX products_of_category ON products (category, price) WHERE is_available = 1;
	CREATE INDEX products_of_brand ON products (brand, price) WHERE is_available = 1;
	CREATE INDEX products_of_group ON products (group_id) WHERE group_id IS NOT NULL;
	CREATE INDEX products_reduced ON products (n) WHERE is_available = 1 AND is_reduced = 1;
	CREATE INDEX products_turning ON products (turns_at) WHERE turns_at IS NOT NULL;
	CREATE TABLE changes (
		kind TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, was INTEGER, became INTEGER, PRIMARY KEY (kind, at, n)
	) WITHOUT ROWID;
`;

const changesKeptMs = 90 * dayMs;
const goneKeptMs = 400 * dayMs;
const kinds: readonly ChangeKind[] = ["price-dropped", "price-raised", "sold-out", "back-in-stock"];
const goodNews: readonly ChangeKind[] = ["price-dropped", "back-in-stock"];

type Row = {
	n: number;
	origin: string;
	known_at: number;
	gone_at: number | null;
	product: string;
	history: string;
};
type ChangeRow = { kind: ChangeKind; at: number; was: number | null; became: number | null };
const listingColumns = "n, origin, known_at, gone_at, product, history";

/** A listing, and its number: small, and the same for as long as the product is known. */
export type Numbered = Listing & { readonly n: number };

/** What became of what was said. `full`: there is no room for more that are not known. */
export type Put = "added" | "changed" | "same" | "full";

export class CatalogueStore {
	readonly #storage: DurableObjectStorage;
	#changed = new Changed();

	constructor(storage: DurableObjectStorage) {
		this.#storage = storage;
		this.migrate();
	}

	/** What changed since this was asked last, for whoever remembers some. */
	takeChanged(): Changed {
		const changed = this.#changed;
		this.#changed = new Changed();
		return changed;
	}

	get sql(): SqlStorage {
		return this.#storage.sql;
	}

	transaction<T>(work: () => T): T {
		return this.#storage.transactionSync(work);
	}

	migrate(): void {
		this.transaction(() => {
			this.sql.exec(
				"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
			);
			const version = this.meta<number>("schema") ?? 0;
			if (version > schemaVersion) throw new Error("this catalogue was written by a later version");
			if (version === 0) this.sql.exec(schema);
			if (version < schemaVersion) this.setMeta("schema", schemaVersion);
		});
	}

	meta<T>(key: string): T | undefined {
		const [row] = this.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key).toArray();
		return row && JSON.parse(row.value);
	}

	/** Undefined takes it away. */
	setMeta(key: string, value: unknown): void {
		if (value === undefined) this.sql.exec("DELETE FROM meta WHERE key = ?", key);
		else
			this.sql.exec(
				"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
				key,
				JSON.stringify(value),
			);
	}

	/** How many are known, those that are gone among them. */
	count(): number {
		return this.sql.exec<{ n: number }>("SELECT count(*) AS n FROM products").one().n;
	}

	/** How many are offered, and how many of these can be had. */
	offered(): { readonly offered: number; readonly available: number } {
		const query = `SELECT count(*) AS offered, coalesce(sum(is_available), 0) AS available FROM products WHERE gone_at IS NULL`;
		return this.sql.exec<{ offered: number; available: number }>(query).one();
	}

	/** Takes in what is said of products at `now`: see `list`. Call it within a transaction, with some 1,000 at most. */
	put(
		products: readonly Product[],
		origin: Origin,
		now: number,
		isComplete: boolean,
	): readonly { readonly n: number; readonly is: Put }[] {
		let room = products.length === 0 ? 0 : catalogueLimits.remembered - this.count();
		return products.map((product) => {
			const known = this.listing(product.id);
			const listed = list(known, product, origin, now, isComplete);
			if (!listed) return { n: known?.n ?? 0, is: "same" };
			if (!known && room-- <= 0) return { n: 0, is: "full" };
			const n = this.#write(known, listed.listing, now);
			this.#note(n, listed.changes);
			return { n, is: known ? "changed" : "added" };
		});
	}

	/** No longer offered; answers how many of them were. */
	delist(ids: readonly string[], now: number): number {
		let gone = 0;
		for (const id of ids) {
			const known = this.listing(id);
			if (!known || known.goneAt !== undefined) continue;
			this.#write(known, delist(known, now), now);
			gone++;
		}
		return gone;
	}

	/** Those whose sale has begun or ended by `now`; answers how many. */
	turn(now: number, most: number): number {
		const query = `SELECT ${listingColumns} FROM products WHERE turns_at <= ? ORDER BY turns_at LIMIT ?`;
		const due = this.sql.exec<Row>(query, now, most).toArray().map(numbered);
		for (const known of due) {
			const { listing, changes } = reprice(known, now);
			this.#write(known, listing, now);
			this.#note(known.n, changes);
		}
		return due.length;
	}

	/** When the next sale begins or ends. */
	nextTurn(): number | undefined {
		const query = "SELECT min(turns_at) AS at FROM products WHERE turns_at IS NOT NULL";
		return this.sql.exec<{ at: number | null }>(query).one().at ?? undefined;
	}

	listing(id: string): Numbered | undefined {
		const query = `SELECT ${listingColumns} FROM products WHERE id = ?`;
		return this.sql.exec<Row>(query, id).toArray().map(numbered)[0];
	}

	/** Of those that are known, in no order. */
	listings(ids: readonly string[]): readonly Numbered[] {
		const query = `SELECT ${listingColumns} FROM products WHERE id IN (SELECT value FROM json_each(?))`;
		return this.sql.exec<Row>(query, JSON.stringify(ids)).toArray().map(numbered);
	}

	/** A slice of those that can be had, of any of these whole paths or brands (folded). */
	available(
		by: "category" | "brand",
		of: readonly string[],
		from: number,
		most: number,
	): readonly Numbered[] {
		const query = `SELECT ${listingColumns} FROM products
			WHERE ${by} IN (SELECT value FROM json_each(?)) AND is_available = 1 LIMIT ? OFFSET ?`;
		return this.sql.exec<Row>(query, JSON.stringify(of), most, from).toArray().map(numbered);
	}

	/** Which of these ids are products'. */
	knownAmong(ids: Iterable<string>): ReadonlySet<string> {
		const query = "SELECT id FROM products WHERE id IN (SELECT value FROM json_each(?))";
		const known = this.sql.exec<{ id: string }>(query, JSON.stringify([...ids])).toArray();
		return new Set(known.map(({ id }) => id));
	}

	/** In the order in which they became known, after one; those whose name, brand or id has `words` (folded) in it. */
	page(
		after: number,
		most: number,
		{ words = "", isOffered }: { readonly words?: string; readonly isOffered?: boolean },
	): readonly Numbered[] {
		const query = `SELECT ${listingColumns} FROM products WHERE n > ?1 AND (?2 = '' OR instr(words, ?2) > 0)
			AND (?3 IS NULL OR (gone_at IS NULL) = ?3) ORDER BY n LIMIT ?4`;
		const offered = isOffered === undefined ? null : Number(isOffered);
		return this.sql.exec<Row>(query, after, words, offered, most).toArray().map(numbered);
	}

	/** Of one kind since an instant, the latest first. */
	changesSince(
		kind: ChangeKind,
		since: number,
		most: number,
	): readonly { readonly id: string; readonly at: number }[] {
		const query = `SELECT id, at FROM changes JOIN products USING (n) WHERE kind = ? AND at >= ?
			ORDER BY at DESC, n LIMIT ?`;
		return this.sql.exec<{ id: string; at: number }>(query, kind, since, most).toArray();
	}

	/** Of one product, the latest first. */
	changesOf(n: number, most: number): readonly ProductChange[] {
		const query = "SELECT kind, at, was, became FROM changes WHERE n = ? ORDER BY at DESC LIMIT ?";
		return this.sql.exec<ChangeRow>(query, n, most).toArray().map(changeIn);
	}

	/** When the first change after `since` came to pass that is good news of a product. */
	nextNews(since: number): number | undefined {
		const query = "SELECT min(at) AS at FROM changes WHERE kind = ? AND at > ?";
		const firsts = goodNews.flatMap(
			(kind) => this.sql.exec<{ at: number | null }>(query, kind, since).one().at ?? [],
		);
		return firsts.length === 0 ? undefined : Math.min(...firsts);
	}

	/** Such changes after `since`, in their order, of products that can be had; and up to when these are all. */
	newsAfter(since: number, most: number): { readonly news: readonly News[]; readonly until: number } {
		const query = `SELECT c.kind, c.at, c.was, c.became, p.is_available, p.product, p.history FROM changes c JOIN products p USING (n)
			WHERE c.kind IN (SELECT value FROM json_each(?)) AND c.at > ? ORDER BY c.at, n LIMIT ?`;
		type Found = ChangeRow & { product: string; history: string; is_available: number };
		const found = this.sql.exec<Found>(query, JSON.stringify(goodNews), since, most).toArray();
		const last = found.at(-1)?.at ?? since;
		// What came to pass at the same instant stays together.
		const whole = found.length < most ? found : found.filter(({ at }) => at < last);
		const news = whole.flatMap((row) => {
			if (!row.is_available) return [];
			const known = { product: JSON.parse(row.product), history: JSON.parse(row.history) };
			return newsOf(known, changeIn(row)) ?? [];
		});
		return { news, until: whole.at(-1)?.at ?? since };
	}

	/** Numbers and ids of what a feed said and still offers, in their order, after one. */
	offeredByFeed(after: number, most: number): readonly { readonly n: number; readonly id: string }[] {
		const query =
			"SELECT n, id FROM products WHERE n > ? AND origin = 'feed' AND gone_at IS NULL ORDER BY n LIMIT ?";
		return this.sql.exec<{ n: number; id: string }>(query, after, most).toArray();
	}

	/** What is long gone, and what changed long ago. */
	forget(now: number): void {
		for (const kind of kinds)
			this.sql.exec("DELETE FROM changes WHERE kind = ? AND at < ?", kind, now - changesKeptMs);
		this.sql.exec("DELETE FROM products WHERE gone_at < ?", now - goneKeptMs);
	}

	#write(known: Numbered | undefined, listing: Listing, now: number): number {
		this.#changed.add(known, listing, now);
		const n = known?.n;
		const { product, origin, history, knownAt, goneAt } = listing;
		const price = priceAt(product, now);
		const values = [
			product.id,
			origin,
			knownAt,
			goneAt ?? null,
			Number(isAvailable(listing)),
			Number(price < product.price),
			price,
			turnsAt(listing, now) ?? null,
			product.group ?? null,
			product.brand === undefined ? null : fold(product.brand),
			product.categories.length === 0 ? null : placeOf(product),
			fold([product.name, product.brand ?? "", product.id].join(" ")),
			JSON.stringify(product),
			JSON.stringify(history),
		];
		const row = this.sql
			.exec<{ n: number }>(
				n === undefined
					? `INSERT INTO products (id, origin, known_at, gone_at, is_available, is_reduced, price, turns_at, group_id, brand,
						category, words, product, history) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`
					: `UPDATE products SET id = ?, origin = ?, known_at = ?, gone_at = ?, is_available = ?, is_reduced = ?, price = ?,
						turns_at = ?, group_id = ?, brand = ?, category = ?, words = ?, product = ?, history = ? WHERE n = ?
						RETURNING n`,
				...values,
				...(n === undefined ? [] : [n]),
			)
			.one();
		return row.n;
	}

	#note(n: number, changes: readonly ProductChange[]): void {
		for (const { kind, at, from, to } of changes) {
			this.#changed.lists.add(kind);
			this.sql.exec(
				"INSERT INTO changes (kind, at, n, was, became) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
				kind,
				at,
				n,
				from ?? null,
				to ?? null,
			);
		}
	}
}

function changeIn({ kind, at, was, became }: ChangeRow): ProductChange {
	return { kind, at, ...(was !== null && { from: was }), ...(became !== null && { to: became }) };
}

function numbered({ n, origin, known_at, gone_at, product, history }: Row): Numbered {
	return {
		n,
		origin: origin === "feed" || origin === "api" ? origin : "learned",
		product: JSON.parse(product),
		history: JSON.parse(history),
		knownAt: known_at,
		...(gone_at !== null && { goneAt: gone_at }),
	};
}
