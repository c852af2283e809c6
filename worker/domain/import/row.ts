// What one row says of a person, or the first thing in it that cannot be read.

import type { knownAttributes } from "../attributes.ts";
import { type Identifier, normalise } from "../contact.ts";
import type { Properties, Value } from "../event.ts";
import { own, put } from "../keyed.ts";
import { fold } from "../text.ts";
import { type Row, type RowFault, readCell } from "./csv.ts";
import { importLimits, shortened } from "./limits.ts";
import type { Channel, Target } from "./mapping.ts";
import type { Plan } from "./plan.ts";
import { instantIn, listIn, numberIn, yesOrNoIn } from "./value.ts";

/** Plain JSON. */
export interface Told {
	readonly line: number;
	readonly identifiers: readonly Identifier[];
	readonly attributes: Readonly<Record<string, Value>>;
	readonly tags: readonly string[];
	readonly consents: readonly { readonly channel: Channel; readonly purpose: string }[];
	readonly order?: OrderTold;
}

export interface OrderTold {
	readonly id: string;
	readonly at: number;
	readonly revenue?: number;
	readonly currency?: string;
	readonly coupon?: string;
	/** One product of it: an order may be told by many rows. */
	readonly product?: Properties;
}

export type RowReason =
	| RowFault
	| "cell-too-long"
	| "too-many-cells"
	/** A character of another encoding than the file's. */
	| "not-in-encoding"
	| "no-identifier"
	| "not-an-email"
	| "not-a-phone"
	| "not-an-id"
	| "not-a-number"
	| "not-a-date"
	| "not-yes-or-no"
	| "not-a-choice"
	| "not-a-list"
	| "not-a-tag"
	| "not-a-currency"
	| "order-without-id"
	| "order-without-date"
	/** A fault of ours, with which the person could not be told. */
	| "fault";

/** `column` is its place, from 0 on; none where the row as a whole is at fault. */
export interface RowError {
	readonly reason: RowReason;
	readonly column?: number;
	readonly value: string;
}

export type ReadRow =
	| { readonly is: "told"; readonly told: Told }
	| { readonly is: "refused"; readonly error: RowError };

/** `isMixed`: what the encoding could not read are replacement characters. */
export function readRow({ line, cells, fault }: Row, plan: Plan, isMixed: boolean): ReadRow {
	if (fault) return refused(fault, cells[0] ?? "");
	if (cells.slice(plan.columns.length).some((cell) => cell.trim() !== ""))
		return refused("too-many-cells", cells.slice(plan.columns.length).join(plan.delimiter));
	const draft: Draft = { identifiers: [], attributes: {}, tags: [], consents: [], order: {}, product: {} };
	for (const [i, target] of plan.columns.entries()) {
		if (target.to === "nothing") continue;
		const cell = readCell(cells[i] ?? "").trim();
		if (cell === "") continue;
		const reason =
			cell.length > importLimits.cell
				? "cell-too-long"
				: isMixed && cell.includes("\ufffd")
					? "not-in-encoding"
					: takeCell(draft, target, cell);
		if (reason) return refused(reason, cell, i);
	}
	const { order: said, product, identifiers, ...rest } = draft;
	if (identifiers.length === 0) return refused("no-identifier", cells.join(plan.delimiter));
	const { id, at, ...aside } = said;
	const isOrder = id !== undefined || at !== undefined || Object.keys({ ...aside, ...product }).length > 0;
	if (isOrder && id === undefined) return refused("order-without-id", cells.join(plan.delimiter));
	if (isOrder && at === undefined) return refused("order-without-date", cells.join(plan.delimiter));
	const hasProduct = own(product, "product_id") !== undefined;
	const order: OrderTold | undefined =
		id === undefined || at === undefined ? undefined : { id, at, ...aside, ...(hasProduct && { product }) };
	return { is: "told", told: { line, identifiers, ...rest, ...(order && { order }) } };
}

interface Draft {
	readonly identifiers: Identifier[];
	readonly attributes: Record<string, Value>;
	readonly tags: string[];
	readonly consents: Told["consents"][number][];
	readonly order: { -readonly [member in keyof Omit<OrderTold, "product">]?: OrderTold[member] };
	readonly product: Record<string, string | number>;
}

/** Why it cannot be read, if it cannot. */
function takeCell(draft: Draft, target: Target, cell: string): RowReason | undefined {
	switch (target.to) {
		case "nothing":
			return undefined;
		case "identifier": {
			const identifier = normalise(target.kind, cell);
			if (!identifier)
				return ({ email: "not-an-email", phone: "not-a-phone", user: "not-an-id" } as const)[target.kind];
			draft.identifiers.push(identifier);
			if (target.kind !== "user") put(draft.attributes, target.kind, identifier.value);
			return undefined;
		}
		case "attribute":
			return takeAttribute(draft, target, cell);
		case "tags": {
			const tags = listIn(cell);
			if (!tags?.every(isTag)) return "not-a-tag";
			draft.tags.push(...tags);
			return undefined;
		}
		case "consent": {
			const given = yesOrNoIn(cell);
			if (given === undefined) return "not-yes-or-no";
			if (given) draft.consents.push({ channel: target.channel, purpose: target.purpose });
			return undefined;
		}
		case "order":
			return takeOrder(draft.order, target, cell);
		case "line": {
			const isNumber = target.field === "price" || target.field === "quantity";
			const value = isNumber ? numberIn(cell) : cell;
			if (value === undefined) return "not-a-number";
			draft.product[target.field] = value;
			return undefined;
		}
	}
}

function takeAttribute(
	{ attributes }: Draft,
	{ name, type, isMonthFirst }: Extract<Target, { to: "attribute" }>,
	cell: string,
): RowReason | undefined {
	const set = (value: Value | undefined, otherwise: RowReason): RowReason | undefined => {
		if (value === undefined) return otherwise;
		put(attributes, name, value);
		return undefined;
	};
	if (name === "sex") return set(sexIn(cell), "not-a-choice");
	switch (type) {
		case "text":
			return set(cell, "not-a-choice");
		case "number":
			return set(numberIn(cell), "not-a-number");
		case "yes-no":
			return set(yesOrNoIn(cell), "not-yes-or-no");
		case "date":
			return set(instantIn(cell, isMonthFirst), "not-a-date");
		case "list":
			return set(listIn(cell), "not-a-list");
	}
}

function takeOrder(
	order: Draft["order"],
	{ field, isMonthFirst }: Extract<Target, { to: "order" }>,
	cell: string,
): RowReason | undefined {
	switch (field) {
		case "id":
			order.id = cell;
			return cell.length > 200 ? "cell-too-long" : undefined;
		case "at": {
			const at = instantIn(cell, isMonthFirst);
			if (at === undefined) return "not-a-date";
			order.at = at;
			return undefined;
		}
		case "revenue": {
			const revenue = numberIn(cell);
			if (revenue === undefined) return "not-a-number";
			order.revenue = revenue;
			return undefined;
		}
		case "currency":
			order.currency = /^zł$/i.test(cell) ? "PLN" : cell.toUpperCase();
			return /^[A-Z]{3}$/.test(order.currency) ? undefined : "not-a-currency";
		case "coupon":
			order.coupon = cell;
			return undefined;
	}
}

/** A whole name: placeholders are the rules'. */
export function isTag(tag: string): boolean {
	return tag.length > 0 && tag.length <= 64 && !/[{}]/.test(tag);
}

const women: ReadonlySet<string> = new Set(["f", "k", "kobieta", "female", "woman", "pani", "zenska"]);
const men: ReadonlySet<string> = new Set(["m", "mezczyzna", "male", "man", "pan", "meska"]);

function sexIn(cell: string): (typeof knownAttributes.sex.among)[number] | undefined {
	const word = fold(cell);
	return women.has(word)
		? "f"
		: men.has(word)
			? "m"
			: /^(other|inna|inny|x)$/.test(word)
				? "other"
				: undefined;
}

function refused(reason: RowReason, value: string, column?: number): ReadRow {
	return {
		is: "refused",
		error: { reason, value: shortened(value), ...(column === undefined ? {} : { column }) },
	};
}
