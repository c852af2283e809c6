// One leaf of a condition as an English clause. Each test has its words, and where it has a natural negation that keeps
// its meaning, that has others: a clause says no less than its leaf.

import type {
	CartLeaf,
	Comparison,
	CountLeaf,
	InterestLeaf,
	Leaf,
	OrdersLeaf,
	SumLeaf,
} from "../condition.ts";
import { channelWords, consentWords } from "./consents.ts";
import { type Counted, countedOf, once } from "./counted.ts";
import { englishHappened, momentName, rest, subjectOf } from "./en-events.ts";
import {
	type Amount,
	attributeClause,
	compared,
	dateClause,
	last,
	neither,
	numberClause,
	oppositeCount,
	span,
	textClause,
	together,
} from "./en-tests.ts";
import { englishEvent } from "./events.ts";
import { dateWords, numberWords, textWords } from "./fields.ts";
import type { Format } from "./format.ts";
import { afterEnglish, english } from "./plural.ts";
import { valueText } from "./value.ts";

/** A clause that is true exactly where the leaf is, or for `isSo` false exactly where it is not. */
export function englishClause(leaf: Leaf, isSo: boolean, format: Format): string {
	const is = isSo ? "is" : "is not";
	switch (leaf.field) {
		case "events":
			return countClause(leaf, isSo, format);
		case "sum":
			return sumClause(leaf, isSo, format);
		case "moment":
			return dateClause(momentName(leaf.match, leaf.which, format), leaf.test, isSo, format);
		case "sequence": {
			const first = englishHappened(leaf.first, format);
			const window = leaf.withinMs === undefined ? "" : ` (the latter${within(leaf.withinMs, format)})`;
			const then = englishHappened(leaf.second, format) + window;
			const both = `first ${first}, and then, within ${span(leaf.thenWithinMs, format)}, ${then}`;
			return isSo ? both : `it is not true that (${both})`;
		}
		case "tag":
			return tagClause(format.quote(leaf.tag), leaf.count, isSo, format);
		case "tagged":
			return dateClause(
				`the ${leaf.which} addition of the tag ${format.quote(leaf.tag)}`,
				leaf.test,
				isSo,
				format,
			);
		case "points":
			return numberClause(pointsName(leaf.of, leaf.programme, format), leaf.test, isSo, format);
		case "age":
			return numberClause(
				{ name: "the age", quantity: "years", canBeMissing: true },
				leaf.test,
				isSo,
				format,
			);
		case "member":
			return `the person ${is} in the programme ${format.name("programmes", leaf.programme)}`;
		case "tier": {
			const tier = format.tier(leaf.programme, leaf.tier);
			const higher = leaf.op === "is" ? "" : " or a higher one";
			return `the person ${is} on the tier ${tier}${higher} in the programme ${format.name("programmes", leaf.programme)}`;
		}
		case "orders":
			return ordersClause(leaf, isSo, format);
		case "cartProducts":
			return cartClause(leaf, isSo, format);
		case "near": {
			const point = `(${format.number(leaf.latitude)}, ${format.number(leaf.longitude)})`;
			return `the person ${is} within ${format.number(leaf.km)} km of the point ${point}`;
		}
		case "interest":
			return numberClause(interestName(leaf, format), leaf.test, isSo, format);
		case "list": {
			const list = `the list ${format.name("lists", leaf.list)}`;
			return leaf.test
				? dateClause(`the addition of the person to ${list}`, leaf.test, isSo, format)
				: `the person ${is} on ${list}`;
		}
		case "consent": {
			const consent = `the consent to ${channelWords[leaf.channel].en} for ${format.quote(leaf.purpose)}`;
			return `${consent} ${is} ${consentWords[leaf.state].en}`;
		}
		case "segment":
			return `the person ${is} in the segment ${format.name("segments", leaf.segment)}`;
		case "attribute":
			return attributeClause(leaf.name, leaf.test, isSo, format);
		case "seen.first":
		case "seen.last":
		case "order.first":
		case "order.last":
		case "cart.changed":
			return dateClause(dateWords[leaf.field].en, leaf.test, isSo, format);
		case "score":
		case "visits":
		case "visitPages":
		case "browserVersion":
		case "cartValue":
		case "cartItems": {
			const { en, quantity, canBeMissing } = numberWords[leaf.field];
			return numberClause({ name: en, quantity, canBeMissing }, leaf.test, isSo, format);
		}
		default: {
			const words = textWords[leaf.field];
			const value = (text: string) => valueText(words, text, "en", format);
			return textClause(words.en, leaf.test, isSo, format, value);
		}
	}
}

export function pointsName(of: "balance" | "earned", programme: string, format: Format): Amount {
	const what = of === "balance" ? "the balance" : "the total of points earned";
	const name = `${what} in the programme ${format.name("programmes", programme)}`;
	return { name, quantity: "points", canBeMissing: false };
}

export function interestName(leaf: Pick<InterestLeaf, "in" | "value" | "of">, format: Format): Amount {
	const what = `the ${leaf.in} ${format.quote(leaf.value)}`;
	const name = {
		strength: `the strength of interest in ${what}`,
		share: `the share of ${what} in all interest`,
		rank: `the rank of ${what} among interests`,
	}[leaf.of];
	const quantity = leaf.of === "share" ? "percent" : "plain";
	return { name, quantity, canBeMissing: leaf.of === "rank" };
}

function countClause({ match, count, withinMs, by }: CountLeaf, isSo: boolean, format: Format): string {
	const event = englishEvent(match.name, format.quote(match.name));
	const subject = subjectOf(match, event, format);
	const window = within(withinMs, format);
	const property = typeof by === "object" ? format.quote(by.property) : undefined;
	const known = countedOf(count, isSo);
	if (known === "none") {
		if (by === "visit") return `${subject} ${event.did} in no visit${window}`;
		if (property !== undefined)
			return `${subject} ${event.did} with no value of the property ${property}${window}`;
		return `${subject} ${event.never}${window}`;
	}
	const { verb, how } = counted(known, event.did, event.didNot);
	const n = format.number(known.n);
	if (by === "visit")
		return `${subject} ${verb} in ${how} ${n} ${afterEnglish(known.n, english.visit)}${window}`;
	if (property === undefined) return `${subject} ${verb} ${how} ${times(known.n, format)}${window}`;
	const values = known.n === 1 ? "value" : "different values";
	return `${subject} ${verb} with ${how} ${n} ${values} of the property ${property}${window}`;
}

/** What is not exactly so many times needs its verb negated; the other two turn into each other. */
function counted(
	{ op, isSo }: Counted,
	did: string,
	didNot: string,
): { readonly verb: string; readonly how: string } {
	if (isSo) return { verb: did, how: compared[op] };
	return op === "=" ? { verb: didNot, how: compared[op] } : { verb: did, how: oppositeCount[op] };
}

export function times(n: number, format: Format): string {
	return n === 1 ? "once" : `${format.number(n)} ${afterEnglish(n, english.time)}`;
}

function tagClause(tag: string, count: Comparison, isSo: boolean, format: Format): string {
	const known = countedOf(count, isSo);
	if (known === "none") return `the person does not have the tag ${tag}`;
	if (known === once) return `the person has the tag ${tag}`;
	const { verb, how } = counted(known, "has", "does not have");
	return `the person ${verb} the tag ${tag} ${how} ${times(known.n, format)}`;
}

function sumClause({ match, property, test, days }: SumLeaf, isSo: boolean, format: Format): string {
	const event = englishEvent(match.name, format.quote(match.name));
	const over = `over all ${event.noun.other}${rest(match, event, format)}${withinDays(days, format)}`;
	const name = `the sum of the property ${format.quote(property)} ${over}`;
	return numberClause({ name, quantity: "plain", canBeMissing: false }, test, isSo, format);
}

function ordersClause({ of, test, days }: OrdersLeaf, isSo: boolean, format: Format): string {
	const window = withinDays(days, format);
	if (of !== "count") {
		const name = of === "revenue" ? "the value of orders" : "the average order value";
		const words = { name: name + window, quantity: "money", canBeMissing: of === "average" } as const;
		return numberClause(words, test, isSo, format);
	}
	const person = `the person ${isSo ? "placed" : "did not place"}`;
	if (test.op === "between") {
		const range = `from ${format.number(test.from)} to ${format.number(test.to)}`;
		return `${person} ${range} ${afterEnglish(test.to, english.order)}${window}`;
	}
	const known = countedOf(test, isSo);
	if (known === "none") return `the person placed no orders${window}`;
	const { verb, how } = counted(known, "placed", "did not place");
	return `the person ${verb} ${how} ${format.number(known.n)} ${afterEnglish(known.n, english.order)}${window}`;
}

function cartClause({ test: { op, values } }: CartLeaf, isSo: boolean, format: Format): string {
	const contains = `the cart ${isSo ? "contains" : "does not contain"}`;
	if (values.length === 0)
		return `${contains} ${op === "has-any" ? "anything" : "everything"} of the empty list`;
	const [only] = values;
	if (values.length === 1) return `${contains} the product ${format.quote(only ?? "")}`;
	if (op === "has-all")
		return `${contains} ${isSo ? "the products" : "all of the products"} ${together(values, true, format)}`;
	const quoted = values.map(format.quote);
	return isSo
		? `the cart contains the product ${format.or(quoted)}`
		: `the cart contains ${neither(quoted).replace("neither ", "neither the product ")}`;
}

function within(ms: number | undefined, format: Format): string {
	return ms === undefined ? "" : ` in the last ${last(ms, format)}`;
}

/** Days of the calendar, today among them. */
function withinDays(days: number | undefined, format: Format): string {
	if (days === undefined) return "";
	if (days === 1) return " today";
	return ` in the last ${format.number(days)} days (today included)`;
}
