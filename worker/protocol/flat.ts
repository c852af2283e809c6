// Nested objects as we hold them: one value under each name, `product.price` for what is deeper. What we cannot hold is
// left out by itself, with its name, so that one list among forty properties costs no event.

import type { Scalar, Value } from "../domain/event.ts";
import { put } from "../domain/keyed.ts";
import { Products, PropertyName } from "./collect.schema.ts";
import { limits } from "./limits.ts";

/** `without` names what is left out: lists, texts that are too long, names that are none, and what is too many. */
export interface Flat<T> {
	readonly values: Readonly<Record<string, T>>;
	readonly without: readonly string[];
}

type Tree = Readonly<Record<string, unknown>>;

/** Properties of an event. A list of products stays one, as the JSON text that a page's comes as. */
export function flatProperties(tree: Tree): Flat<Scalar> {
	return flat(tree, (name, value) => {
		if (name !== "products" || !Array.isArray(value)) return scalar(value, limits.text);
		const parsed = Products.safeParse(value.map(scalarsOf));
		return parsed.success ? parsed.data : undefined;
	});
}

/** Attributes of a person, which may be lists of texts. */
export function flatAttributes(tree: Tree): Flat<Value> {
	return flat<Value>(tree, (_name, value) => {
		if (!Array.isArray(value)) return scalar(value, limits.attributeText);
		const texts = value.map((one) => scalar(one, limits.attributeText));
		return texts.length <= limits.attributeMembers && texts.every((one) => typeof one === "string")
			? texts
			: undefined;
	});
}

function flat<T>(tree: Tree, hold: (name: string, value: unknown) => T | undefined): Flat<T> {
	const values: Record<string, T> = {};
	const without: string[] = [];
	let left: number = limits.propertiesPerEvent;
	const add = (branch: Tree, before: string): void => {
		for (const [own, value] of Object.entries(branch)) {
			const name = before + own;
			if (value === null || value === undefined) continue;
			if (isTree(value)) {
				add(value, `${name}.`);
				continue;
			}
			const held = PropertyName.safeParse(name).success ? hold(name, value) : undefined;
			if (held !== undefined && left-- > 0) put(values, name, held);
			else if (without.length < limits.propertiesPerEvent) without.push(name.slice(0, limits.propertyName));
		}
	};
	add(tree, "");
	return { values, without };
}

export function isTree(value: unknown): value is Tree {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function scalar(value: unknown, longest: number): Scalar | undefined {
	if (typeof value === "string") return value.length <= longest ? value : undefined;
	return typeof value === "boolean" || Number.isFinite(value) ? (value as Scalar) : undefined;
}

/** What of a product can be told, as what else it has is no reason to know nothing of the order. */
function scalarsOf(product: unknown): unknown {
	if (!isTree(product)) return product;
	const kept = Object.entries(product).filter(
		([name, value]) => scalar(value, limits.text) !== undefined && PropertyName.safeParse(name).success,
	);
	return Object.fromEntries(kept);
}
