// All rows of one person as what the cell is told: one event that says who they are, their tags and consents, and each of
// their orders at its own time.

import type { Identifier } from "../contact.ts";
import { eventNames, type Properties, type Scalar, type Value } from "../event.ts";
import { own } from "../keyed.ts";
import { orderNames } from "../order.ts";
import type { Plan } from "./plan.ts";
import type { OrderTold, Told } from "./row.ts";

/** `id` is a UUIDv7; `at` is when it began, epoch ms: what it says of people, it says as of then. */
export interface Import {
	readonly id: string;
	readonly at: number;
}

export interface ImportedEvent {
	readonly id: string;
	readonly name: string;
	readonly at: number;
	readonly props: Properties;
	readonly attributes?: Readonly<Record<string, Value>>;
}

/** As many products as a page may list of one order, and the characters that they come to. */
const products = { most: 100, text: 16_000 } as const;

/** As the ledger of consents names it. */
const consentGiven = "Consent Given";

/** The part in which an import's facts of a person stand. */
export function partOf(imported: string, person: string): string {
	return `import-${imported}-${person}`;
}

/**
 * A UUIDv7 of the instant that is the same whenever it is made: the `n`-th of this import. Two imports differ by what
 * chance gave to theirs.
 */
export function idIn({ id }: Pick<Import, "id">, at: number, n: number): string {
	const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0").slice(-12);
	const own = ((BigInt(`0x${id.slice(24)}`) + BigInt(n)) % 2n ** 48n).toString(16).padStart(12, "0");
	return `${time.slice(0, 8)}-${time.slice(8)}-7${id.slice(15, 18)}-${id.slice(19, 23)}-${own}`;
}

/** Ids of one row lie this far apart: a row is a line, and a person has no more events than this beside their orders. */
const idsOfRow = 4_096;

/**
 * In the order of time. What a later row says of the same thing holds; what a row leaves empty it says nothing of.
 * `conflicts` are identifiers that are somebody else's: nothing is said of them. `isNew`: nobody knew the person before.
 */
export function eventsOf(
	imported: Import,
	rows: readonly Told[],
	{ tags: forAll, categories, lists = [] }: Pick<Plan, "tags" | "categories" | "lists">,
	{ conflicts, isNew }: { readonly conflicts: readonly Identifier[]; readonly isNew: boolean },
): readonly ImportedEvent[] {
	const { at } = imported;
	const first = (rows[0]?.line ?? 0) * idsOfRow;
	let n = first;
	const next = (when: number): string => idIn(imported, when, n++);
	const named: ImportedEvent = {
		id: next(at),
		name: eventNames.contactImported,
		at,
		props: { import: imported.id },
		attributes: attributesOf(rows, categories, conflicts, isNew ? at : undefined),
	};
	const tags = [...new Set([...rows.flatMap((row) => row.tags), ...forAll])].map((tag): ImportedEvent => {
		return { id: next(at), name: eventNames.tagAdded, at, props: { tag } };
	});
	const joined = [...new Set(lists)].map((list): ImportedEvent => {
		return { id: next(at), name: eventNames.listJoined, at, props: { list } };
	});
	const consents = new Map(rows.flatMap((row) => row.consents.map((one) => [JSON.stringify(one), one])));
	const given = [...consents.values()].map(({ channel, purpose }): ImportedEvent => {
		return { id: next(at), name: consentGiven, at, props: { channel, purpose, place: "import" } };
	});
	const told = rows.flatMap(({ line, order }) => (order ? [{ line, order }] : []));
	const orders = Array.from(Map.groupBy(told, ({ order }) => order.id).values(), (lines): ImportedEvent => {
		const when = Math.min(...lines.map(({ order }) => order.at), at);
		const id = idIn(imported, when, (lines[0]?.line ?? 0) * idsOfRow + idsOfRow - 1);
		return { id, name: orderNames.completed, at: when, props: orderProps(lines.map(({ order }) => order)) };
	});
	return [...orders.sort((a, b) => a.at - b.at), named, ...tags, ...joined, ...given];
}

function attributesOf(
	rows: readonly Told[],
	categories: readonly string[],
	conflicts: readonly Identifier[],
	createdAt: number | undefined,
): Readonly<Record<string, Value>> {
	const said: Record<string, Value> = Object.assign(
		Object.create(null),
		...rows.map((row) => row.attributes),
	);
	if (categories.length > 0) {
		const listed = said.categories;
		said.categories = [...new Set([...(Array.isArray(listed) ? listed : []), ...categories])];
	}
	for (const { kind, value } of conflicts) if (said[kind] === value) delete said[kind];
	const created = createdAt === undefined ? {} : { created: createdAt, origin: "import" };
	return { ...said, ...created };
}

/** Without a revenue it is what its lines come to. */
function orderProps(rows: readonly OrderTold[]): Properties {
	const last = <Member extends keyof OrderTold>(member: Member): OrderTold[Member] | undefined =>
		rows.findLast((row) => row[member] !== undefined)?.[member];
	const lines: Properties[] = [];
	let text = 2;
	for (const { product } of rows) {
		text += product ? JSON.stringify(product).length + 1 : 0;
		if (product && lines.length < products.most && text <= products.text) lines.push(product);
	}
	const all = rows.flatMap(({ product }) => (product ? [worthOf(product)] : []));
	const sum = Math.round(all.reduce((total, worth) => total + worth, 0) * 100) / 100;
	const revenue = last("revenue") ?? (all.length > 0 ? sum : undefined);
	const props: Record<string, Scalar | undefined> = {
		order_id: last("id"),
		revenue,
		currency: last("currency"),
		coupon: last("coupon"),
		products: lines.length > 0 ? JSON.stringify(lines) : undefined,
	};
	return Object.fromEntries(
		Object.entries(props).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}

function worthOf(product: Properties): number {
	const price = own(product, "price");
	const quantity = own(product, "quantity") ?? 1;
	return typeof price === "number" && typeof quantity === "number" ? price * quantity : 0;
}
