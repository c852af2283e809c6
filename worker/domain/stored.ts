// What the JSON columns of rows hold. Text that conditions compare is stored folded beside itself where folding changes it,
// because SQLite cannot fold.

import type { Cart } from "./cart.ts";
import type { Event, Properties, Value } from "./event.ts";
import type { Facts, Stamped } from "./facts.ts";
import { put } from "./keyed.ts";
import { pathOf } from "./match.ts";
import type { Line, Order } from "./order.ts";
import { fold } from "./text.ts";

/** What a rule made of an event, as it stands beside that event: at its time, and with it for its cause. */
export interface StoredEffect {
	readonly name: string;
	readonly props: Properties;
	/** Left out where it is the segment of which the effect tells: of these, one page view brings a hundred. */
	readonly rule?: string | undefined;
	readonly path?: string | undefined;
	readonly folded?: object | undefined;
}

export function storedEffect(effect: Event): StoredEffect {
	const { name, props, cause } = effect;
	const rule = cause?.rule === props.segment ? undefined : cause?.rule;
	return { name, props, rule, path: pathOf(effect), folded: orNone(foldedOf(props)) };
}

/** With the rule or the segment that made it. */
export function readEffect({ name, props, rule = String(props.segment) }: StoredEffect) {
	return { name, props, rule };
}

export function storedFacts({ environment, firstTouch, lastTouch, visits, attributes }: Facts): unknown {
	const stored: Record<string, unknown> = {};
	for (const [name, { value, at, id }] of Object.entries(attributes)) {
		put(stored, name, { value, at, id, folded: foldedValue(value) });
	}
	return {
		environment: environment && withFolded(environment),
		firstTouch: firstTouch && withFolded(firstTouch),
		lastTouch: lastTouch && withFolded(lastTouch),
		visit: visits.at(-1),
		attributes: stored,
	};
}

/** An array of these and no object by id: an id that a JSON path can spell differently is still the same id. */
export function storedOrder([id, order]: [string, Order]): unknown {
	const { completion, lines, cancelledAt, refunds } = order;
	const given = Object.entries(refunds ?? {}).map(([refund, { at, id, hundredths, lines: back }]) => ({
		id: refund,
		at,
		event: id,
		hundredths,
		lines: back && Object.entries(back),
	}));
	return {
		id,
		firstAt: completion?.firstAt,
		at: completion && completion.at !== completion.firstAt ? completion.at : undefined,
		event: completion?.id,
		hundredths: completion?.hundredths,
		cancelled: cancelledAt === undefined ? undefined : true,
		refunds: given.length > 0 ? given : undefined,
		lines: lines && { at: lines.at, event: lines.id, of: Object.entries(lines.of).map(storedLine(id)) },
	};
}

/** With the properties that do not change as some of it is given back. */
function storedLine(order: string): (line: [product: string, line: Line]) => object {
	return ([product, { quantity, price, ...said }]) => {
		const props = { order_id: order, product_id: product, ...said };
		return {
			quantity,
			price,
			props: price === undefined ? props : { ...props, price: price / 100 },
			folded: foldedOf(props),
		};
	};
}

export function storedCart({ at, id, hundredths, items, products }: Cart): object {
	return { at, id, hundredths, items, products: products.map(fold) };
}

function withFolded<T extends object>({ value, at, id }: Stamped<T>): unknown {
	return { value, at, id, folded: orNone(foldedOf(value)) };
}

/** The members of text whose folded form differs from the one that was sent. */
export function foldedOf(values: object): Record<string, string> {
	const entries: [string, unknown][] = Object.entries(values);
	const folded: Record<string, string> = {};
	for (const [name, value] of entries) {
		const text = typeof value === "string" ? foldedText(value) : undefined;
		if (text !== undefined) put(folded, name, text);
	}
	return folded;
}

function foldedValue(value: Value): Value | undefined {
	if (typeof value === "string") return foldedText(value);
	return typeof value === "object" && value.some((one) => foldedText(one) !== undefined)
		? value.map(fold)
		: undefined;
}

function foldedText(text: string): string | undefined {
	const folded = fold(text);
	return folded === text ? undefined : folded;
}

/** Left out of JSON where there is nothing to say. */
export function orNone(folded: Record<string, string>): Record<string, string> | undefined {
	return Object.keys(folded).length > 0 ? folded : undefined;
}
