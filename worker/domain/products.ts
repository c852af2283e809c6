// Lists of products as events carry them. A property holds one value, so a list is the JSON text of its members, as the
// protocol made it (collect.schema.ts); each member is an object of scalars, with Segment's names.

import type { Properties, Scalar } from "./event.ts";
import { own, put } from "./keyed.ts";

/** The products of a property; none where it is no list of objects. */
export function productsIn(said: Scalar | undefined): readonly Properties[] | undefined {
	if (typeof said !== "string" || !said.startsWith("[")) return undefined;
	const list = parsed(said);
	return Array.isArray(list) ? list.flatMap(propertiesOf) : undefined;
}

/** Its `product_id`, else its `sku`, as text; none where neither is of 1 to `most` characters. */
export function idOfProduct(product: Properties, most: number): string | undefined {
	const said = own(product, "product_id") ?? own(product, "sku");
	const id = typeof said === "number" ? String(said) : said;
	return typeof id === "string" && id !== "" && id.length <= most ? id : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Any text may be sent by that name.
		return undefined;
	}
}

function propertiesOf(value: unknown): readonly Properties[] {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
	const properties: Record<string, Scalar> = {};
	for (const [name, one] of Object.entries(value)) {
		if (typeof one === "string" || typeof one === "number" || typeof one === "boolean")
			put(properties, name, one);
	}
	return [properties];
}
