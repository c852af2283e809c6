// What would have to become so of one leaf, in Polish: what follows “wystarczy:”.

import { leafOf } from "../because.ts";
import type { ExplainedLeaf, Flip } from "../change.ts";
import type { AmountNeed, Need } from "../need.ts";
import { type Name, numberWords } from "./fields.ts";
import type { Format } from "./format.ts";
import type { Quantity } from "./language.ts";
import { pointsName, polishClause } from "./pl.ts";
import { polishHappened, polishOccurrences } from "./pl-events.ts";
import { size, spanGenitive } from "./pl-tests.ts";
import { afterNumber, type Noun, noun, polish } from "./plural.ts";

export function polishFlip({ leaf, to, need }: Flip, format: Format): string {
	switch (need.kind) {
		case "time":
			return `poczekać do ${format.minute(need.at)}`;
		case "more":
			return `jeszcze ${more(leaf, need.n, format)}${before(need.before, format)}`;
		case "fewer":
			return `o ${more(leaf, need.n, format)} mniej`;
		case "amount":
			return amount(leaf, need, format);
		case "value":
			return `to, że ${polishClause(leafOf(leaf), to, format)}`;
		case "happening": {
			const from = need.from === undefined ? "" : ` (nie wcześniej niż ${format.minute(need.from)})`;
			const then = need.thenMs === undefined ? "" : `, a potem upływ ${spanGenitive(need.thenMs, format)}`;
			return `jeszcze ${more(leaf, 1, format)}${from}${then}`;
		}
		case "sequence":
			return sequence(leaf, need, format);
		case "products": {
			const { change, of, products } = need;
			const what = change === "add" ? "dodać do koszyka" : "usunąć z koszyka";
			const which = products.map(format.quote);
			if (products.length === 1) return `${what} produkt ${which.join()}`;
			return of === "each" ? `${what} produkty ${format.and(which)}` : `${what} produkt ${format.or(which)}`;
		}
	}
}

const activity = noun("aktywność", "aktywności", "aktywności", "aktywności");
const cartChange = noun("zmiana koszyka", "zmiany koszyka", "zmian koszyka", "zmiany koszyka");

/** `n` more of what the leaf asks for: 2 odsłony strony „/cennik”. */
function more(leaf: ExplainedLeaf, n: number, format: Format): string {
	const some = (what: Noun): string => `${format.number(n)} ${afterNumber(n, what)}`;
	switch (leaf.kind) {
		case "events": {
			const { match, by } = leaf;
			if (by === undefined) return polishOccurrences(n, match, format);
			const happened = polishHappened(match, format);
			if (by === "visit") return `${some(polish.visit)}, w ${n === 1 ? "której" : "których"} ${happened}`;
			return `${some(polish.value)} właściwości ${format.quote(by.property)} tam, gdzie ${happened}`;
		}
		case "moment":
			return polishOccurrences(n, leaf.match, format);
		case "tag":
		case "tagged": {
			const tag = format.quote(leaf.tag);
			return some(
				noun(`dodanie tagu ${tag}`, `dodania tagu ${tag}`, `dodań tagu ${tag}`, `dodania tagu ${tag}`),
			);
		}
		case "orders":
			return some(polish.order);
		case "date":
			switch (leaf.field) {
				case "seen.first":
				case "seen.last":
					return some(activity);
				case "order.first":
				case "order.last":
					return some(polish.order);
				case "cart.changed":
					return some(cartChange);
			}
			break;
		default:
			return some(polish.visit);
	}
}

function before(at: number | undefined, format: Format): string {
	return at === undefined ? "" : ` (przed ${format.minute(at)})`;
}

function amount(leaf: ExplainedLeaf, { direction, by, bound, most }: AmountNeed, format: Format): string {
	const { name, gender, quantity } = named(leaf, format);
	const change = `${name} ${compared[direction][gender]} o`;
	const bounds = { "at-least": "co najmniej ", exactly: "", "more-than": "więcej niż " } as const;
	const limit = most === undefined ? "" : `, a najwyżej o ${size(most, quantity, format)}`;
	if (bound === "more-than" && by === 0) return `${change} dowolną wartość`;
	return `${change} ${bounds[bound]}${size(by, quantity, format)}${limit}`;
}

const compared = {
	up: { masculine: "wyższy", feminine: "wyższa", neuter: "wyższe" },
	down: { masculine: "niższy", feminine: "niższa", neuter: "niższe" },
} as const;

function named(leaf: ExplainedLeaf, format: Format): Name & { readonly quantity: Quantity } {
	switch (leaf.kind) {
		case "number": {
			const { pl, quantity } = numberWords[leaf.field];
			return { ...pl, quantity };
		}
		case "points":
			return pointsName(leaf.of, leaf.programme, format);
		case "orders":
			return {
				name: leaf.of === "average" ? "średnia wartość zamówienia" : "wartość zamówień",
				gender: "feminine",
				quantity: "money",
			};
		case "sum":
			return {
				name: `suma właściwości ${format.quote(leaf.property)}`,
				gender: "feminine",
				quantity: "plain",
			};
		default:
			return { name: "wartość", gender: "feminine", quantity: "plain" };
	}
}

function sequence(leaf: ExplainedLeaf, need: Extract<Need, { kind: "sequence" }>, format: Format): string {
	if (leaf.kind !== "sequence" || need.missing === "both")
		return `to, że ${polishClause(leafOf(leaf), true, format)}`;
	return `jeszcze ${polishOccurrences(1, leaf.second, format)}${before(need.before, format)}`;
}
