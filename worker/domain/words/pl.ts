// One leaf of a condition as a Polish clause. Each test has its words, and where it has a natural negation that keeps its
// meaning, that has others: a clause says no less than its leaf.

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
import { polishEvent } from "./events.ts";
import { dateWords, numberWords, textWords } from "./fields.ts";
import type { Format } from "./format.ts";
import { momentName, ordinal, polishHappened, rest } from "./pl-events.ts";
import {
	type Amount,
	attributeClause,
	compared,
	dateClause,
	last,
	listed,
	numberClause,
	opposite,
	spanGenitive,
	textClause,
	together,
} from "./pl-tests.ts";
import { afterNumber, genitiveAfter, polish } from "./plural.ts";
import { valueText } from "./value.ts";

/** A clause that is true exactly where the leaf is, or for `isSo` false exactly where it is not. */
export function polishClause(leaf: Leaf, isSo: boolean, format: Format): string {
	const no = isSo ? "" : "nie ";
	switch (leaf.field) {
		case "events":
			return countClause(leaf, isSo, format);
		case "sum":
			return sumClause(leaf, isSo, format);
		case "moment":
			return dateClause(momentName(leaf.match, leaf.which, format), leaf.test, isSo, format);
		case "sequence": {
			const first = polishHappened(leaf.first, format);
			const window = leaf.withinMs === undefined ? "" : ` (to drugie${within(leaf.withinMs, format)})`;
			const then = polishHappened(leaf.second, format) + window;
			const both = `najpierw ${first}, a potem, w ciągu ${spanGenitive(leaf.thenWithinMs, format)}, ${then}`;
			return isSo ? both : `nieprawda, że (${both})`;
		}
		case "tag":
			return tagClause(format.quote(leaf.tag), leaf.count, isSo, format);
		case "tagged": {
			const tag = format.quote(leaf.tag);
			const added = ordinal(leaf.which, `dodanie tagu ${tag}`, `dodania tagu ${tag}`, "neuter");
			return dateClause(added, leaf.test, isSo, format);
		}
		case "points":
			return numberClause(pointsName(leaf.of, leaf.programme, format), leaf.test, isSo, format);
		case "age":
			return numberClause(age, leaf.test, isSo, format);
		case "member":
			return `${no}należy do programu ${format.name("programmes", leaf.programme)}`;
		case "tier": {
			const programme = format.name("programmes", leaf.programme);
			const tier = `${isSo ? "poziom" : "poziomu"} ${format.tier(leaf.programme, leaf.tier)}`;
			const higher = leaf.op === "is" ? "" : isSo ? " lub wyższy" : " ani wyższego";
			return `${no}ma ${tier}${higher} w programie ${programme}`;
		}
		case "orders":
			return ordersClause(leaf, isSo, format);
		case "cartProducts":
			return cartClause(leaf, isSo, format);
		case "near": {
			const point = `(${format.number(leaf.latitude)}; ${format.number(leaf.longitude)})`;
			return `${no}przebywa w promieniu ${format.number(leaf.km)} km od punktu ${point}`;
		}
		case "interest":
			return numberClause(interestName(leaf, format), leaf.test, isSo, format);
		case "list": {
			const list = format.name("lists", leaf.list);
			if (!leaf.test) return `${no}jest na liście ${list}`;
			const added = {
				name: `dodanie do listy ${list}`,
				genitive: `dodania do listy ${list}`,
				gender: "neuter",
			} as const;
			return dateClause(added, leaf.test, isSo, format);
		}
		case "consent": {
			const consent = `zgoda na ${channelWords[leaf.channel].pl} w celu ${format.quote(leaf.purpose)}`;
			return `${consent} ${no}${consentWords[leaf.state].pl}`;
		}
		case "segment":
			return `${no}należy do segmentu ${format.name("segments", leaf.segment)}`;
		case "attribute":
			return attributeClause(leaf.name, leaf.test, isSo, format);
		case "seen.first":
		case "seen.last":
		case "order.first":
		case "order.last":
		case "cart.changed":
			return dateClause(dateWords[leaf.field].pl, leaf.test, isSo, format);
		case "score":
		case "visits":
		case "visitPages":
		case "browserVersion":
		case "cartValue":
		case "cartItems": {
			const { pl, quantity, canBeMissing } = numberWords[leaf.field];
			return numberClause({ ...pl, quantity, canBeMissing }, leaf.test, isSo, format);
		}
		default: {
			const words = textWords[leaf.field];
			const value = (text: string) => valueText(words, text, "pl", format);
			return textClause(words.pl, leaf.test, isSo, format, value);
		}
	}
}

const age = {
	name: "wiek",
	gender: "masculine",
	verb: "wynosi",
	quantity: "years",
	canBeMissing: true,
} as const;

export function pointsName(of: "balance" | "earned", programme: string, format: Format) {
	const what = of === "balance" ? "saldo" : "suma zdobytych punktów";
	return {
		name: `${what} w programie ${format.name("programmes", programme)}`,
		gender: of === "balance" ? "neuter" : "feminine",
		verb: "wynosi",
		quantity: "points",
		canBeMissing: false,
	} as const;
}

const dimensions = {
	category: { genitive: "kategorii", instrumental: "kategorią" },
	brand: { genitive: "marki", instrumental: "marką" },
} as const;

export function interestName(leaf: Pick<InterestLeaf, "in" | "value" | "of">, format: Format): Amount {
	const { genitive, instrumental } = dimensions[leaf.in];
	const value = format.quote(leaf.value);
	switch (leaf.of) {
		case "strength":
			return {
				name: `siła zainteresowania ${instrumental} ${value}`,
				gender: "feminine",
				verb: "wynosi",
				quantity: "plain",
				canBeMissing: false,
			};
		case "share":
			return {
				name: `udział ${genitive} ${value} w zainteresowaniach`,
				gender: "masculine",
				verb: "wynosi",
				quantity: "percent",
				canBeMissing: false,
			};
		case "rank":
			return {
				name: `miejsce ${genitive} ${value} wśród zainteresowań`,
				gender: "neuter",
				verb: "to",
				quantity: "plain",
				canBeMissing: true,
			};
	}
}

function countClause({ match, count, withinMs, by }: CountLeaf, isSo: boolean, format: Format): string {
	const event = polishEvent(match.name, format.quote(match.name));
	const tail = rest(match, event, format);
	const window = within(withinMs, format);
	const did = event.did + tail;
	const didNot = event.didNot + tail;
	const property = typeof by === "object" ? format.quote(by.property) : undefined;
	const known = countedOf(count, isSo);
	if (known === "none") {
		if (by === "visit") return `w żadnej wizycie ${didNot}${window}`;
		if (property === undefined) return `ani razu ${didNot}${window}`;
		return `ani razu ${didNot} z jakąkolwiek wartością właściwości ${property}${window}`;
	}
	const { verb, how } = counted(known, did, didNot);
	const n = format.number(known.n);
	if (by === "visit") return `${verb} w ${how} ${n} ${known.n === 1 ? "wizycie" : "wizytach"}${window}`;
	if (property === undefined) return `${verb} ${how} ${n} ${afterNumber(known.n, polish.time)}${window}`;
	const values = known.n === 1 ? "wartością" : "różnymi wartościami";
	return `${verb} z ${how} ${n} ${values} właściwości ${property}${window}`;
}

/** What is not exactly so many times needs its verb negated; the other two turn into each other. */
function counted(
	{ op, isSo }: Counted,
	did: string,
	didNot: string,
): { readonly verb: string; readonly how: string } {
	if (isSo) return { verb: did, how: compared[op] };
	return op === "=" ? { verb: didNot, how: compared[op] } : { verb: did, how: opposite[op] };
}

function tagClause(tag: string, count: Comparison, isSo: boolean, format: Format): string {
	const known = countedOf(count, isSo);
	if (known === "none") return `nie ma tagu ${tag}`;
	if (known === once) return `ma tag ${tag}`;
	const { verb, how } = counted(known, "ma tag", "nie ma tagu");
	return `${verb} ${tag} ${how} ${format.number(known.n)} ${afterNumber(known.n, polish.time)}`;
}

function sumClause({ match, property, test, days }: SumLeaf, isSo: boolean, format: Format): string {
	const event = polishEvent(match.name, format.quote(match.name));
	const of = `ze wszystkich ${event.noun.many}${rest(match, event, format)}`;
	const name = `suma właściwości ${format.quote(property)} ${of}${withinDays(days, format)}`;
	const sum = { name, gender: "feminine", verb: "wynosi", quantity: "plain", canBeMissing: false } as const;
	return numberClause(sum, test, isSo, format);
}

function ordersClause({ of, test, days }: OrdersLeaf, isSo: boolean, format: Format): string {
	const window = withinDays(days, format);
	if (of !== "count") {
		const name = of === "revenue" ? "wartość zamówień" : "średnia wartość zamówienia";
		const words = { gender: "feminine", verb: "wynosi", quantity: "money" } as const;
		return numberClause(
			{ ...words, name: name + window, canBeMissing: of === "average" },
			test,
			isSo,
			format,
		);
	}
	if (test.op === "between") {
		const range = `od ${format.number(test.from)} do ${format.number(test.to)}`;
		return `${isSo ? "" : "nie "}złożono ${range} ${genitiveAfter(test.to, polish.order)}${window}`;
	}
	const known = countedOf(test, isSo);
	if (known === "none") return `nie złożono żadnego zamówienia${window}`;
	const { verb, how } = counted(known, "złożono", "nie złożono");
	const form = verb === "złożono" ? afterNumber : genitiveAfter;
	return `${verb} ${how} ${format.number(known.n)} ${form(known.n, polish.order)}${window}`;
}

function cartClause({ test: { op, values } }: CartLeaf, isSo: boolean, format: Format): string {
	if (op === "has-any" || values.length === 1) {
		const product = isSo ? "jest produkt" : "nie ma produktu";
		if (values.length > 0) return `w koszyku ${product} ${listed(values, isSo, format)}`;
		return `w koszyku ${isSo ? "jest cokolwiek" : "nie ma niczego"} z pustej listy`;
	}
	if (values.length === 0)
		return `w koszyku ${isSo ? "są wszystkie produkty" : "nie ma wszystkich produktów"} z pustej listy`;
	const all = together(values, format);
	return `w koszyku ${isSo ? "są produkty" : "nie ma jednocześnie produktów"} ${all}`;
}

function within(ms: number | undefined, format: Format): string {
	return ms === undefined ? "" : ` w ciągu ${last(ms, format)}`;
}

/** Days of the calendar, today among them. */
function withinDays(days: number | undefined, format: Format): string {
	if (days === undefined) return "";
	if (days === 1) return " dzisiaj";
	return ` w ciągu ostatnich ${format.number(days)} ${genitiveAfter(days, polish.day)} (z dzisiejszym)`;
}
