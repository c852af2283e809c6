// What would have to become so of one leaf, in English: what follows “this would do:”.

import { leafOf } from "../because.ts";
import type { ExplainedLeaf, Flip } from "../change.ts";
import type { AmountNeed, Need } from "../need.ts";
import { englishClause, pointsName } from "./en.ts";
import { englishHappened, fewerEnglish, moreEnglish } from "./en-events.ts";
import { size, span } from "./en-tests.ts";
import { numberWords } from "./fields.ts";
import type { Format } from "./format.ts";
import type { Quantity } from "./language.ts";
import { afterEnglish, type EnglishNoun, english } from "./plural.ts";

export function englishFlip({ leaf, to, need }: Flip, format: Format): string {
	switch (need.kind) {
		case "time":
			return `waiting until ${format.minute(need.at)}`;
		case "more":
			return `${more(leaf, need.n, format)}${before(need.before, format)}`;
		case "fewer":
			if (leaf.kind === "events") return fewerEnglish(need.n, leaf.match, format);
			return `${format.number(need.n)} ${afterEnglish(need.n, english.order)} fewer`;
		case "amount":
			return amount(leaf, need, format);
		case "value":
			return `that ${englishClause(leafOf(leaf), to, format)}`;
		case "happening": {
			const from = need.from === undefined ? "" : ` (not before ${format.minute(need.from)})`;
			const then = need.thenMs === undefined ? "" : `, and then ${span(need.thenMs, format)} passing`;
			return `${more(leaf, 1, format)}${from}${then}`;
		}
		case "sequence":
			return sequence(leaf, need, format);
		case "products": {
			const { change, of, products } = need;
			const which = products.map(format.quote);
			const what = `${products.length > 1 && of === "each" ? "the products" : "the product"} ${of === "each" ? format.and(which) : format.or(which)}`;
			return change === "add" ? `adding ${what} to the cart` : `taking ${what} out of the cart`;
		}
	}
}

/** `n` more of what the leaf asks for: 2 more views of the page “/pricing”. */
function more(leaf: ExplainedLeaf, n: number, format: Format): string {
	const some = (what: EnglishNoun): string => `${format.number(n)} more ${afterEnglish(n, what)}`;
	switch (leaf.kind) {
		case "events": {
			const { match, by } = leaf;
			if (by === undefined) return moreEnglish(n, match, format);
			const happened = englishHappened(match, format);
			if (by === "visit") return `${some(english.visit)} in which ${happened}`;
			return `${format.number(n)} ${afterEnglish(n, english.value)} of the property ${format.quote(by.property)} where ${happened}`;
		}
		case "moment":
			return moreEnglish(n, leaf.match, format);
		case "tag":
		case "tagged": {
			const tag = format.quote(leaf.tag);
			return some({ one: `addition of the tag ${tag}`, other: `additions of the tag ${tag}` });
		}
		case "orders":
			return some(english.order);
		case "date":
			switch (leaf.field) {
				case "seen.first":
				case "seen.last":
					return some({ one: "sign of activity", other: "signs of activity" });
				case "order.first":
				case "order.last":
					return some(english.order);
				case "cart.changed":
					return some({ one: "change of the cart", other: "changes of the cart" });
			}
			break;
		default:
			return some(english.visit);
	}
}

function before(at: number | undefined, format: Format): string {
	return at === undefined ? "" : ` (before ${format.minute(at)})`;
}

function amount(leaf: ExplainedLeaf, { direction, by, bound, most }: AmountNeed, format: Format): string {
	const { name, quantity } = named(leaf, format);
	const change = `${name} ${direction === "up" ? "higher" : "lower"} by`;
	const bounds = { "at-least": "at least ", exactly: "", "more-than": "more than " } as const;
	const limit = most === undefined ? "" : ` and at most ${size(most, quantity, format)}`;
	if (bound === "more-than" && by === 0) return `${change} any amount`;
	return `${change} ${bounds[bound]}${size(by, quantity, format)}${limit}`;
}

function named(leaf: ExplainedLeaf, format: Format): { readonly name: string; readonly quantity: Quantity } {
	switch (leaf.kind) {
		case "number": {
			const { en, quantity } = numberWords[leaf.field];
			return { name: en, quantity };
		}
		case "points":
			return pointsName(leaf.of, leaf.programme, format);
		case "orders":
			return {
				name: leaf.of === "average" ? "the average order value" : "the value of orders",
				quantity: "money",
			};
		case "sum":
			return { name: `the sum of the property ${format.quote(leaf.property)}`, quantity: "plain" };
		default:
			return { name: "the value", quantity: "plain" };
	}
}

function sequence(leaf: ExplainedLeaf, need: Extract<Need, { kind: "sequence" }>, format: Format): string {
	if (leaf.kind !== "sequence" || need.missing === "both")
		return `that ${englishClause(leafOf(leaf), true, format)}`;
	return `${moreEnglish(1, leaf.second, format)}${before(need.before, format)}`;
}
