// Every field of text, number and date: how the edge reads it and how SQL reads it, side by side, so that a new field
// compiles only when both know it.

import type { Dimension } from "./affinity.ts";
import { type Cart, cartNow } from "./cart.ts";
import { type Facts, neverFirst, neverLast } from "./facts.ts";
import type { Point } from "./geography/place.ts";
import { own } from "./keyed.ts";
import { type CompletedOrder, completedOrders, type Orders } from "./order.ts";
import type { Subject } from "./subject.ts";
import { fold } from "./text.ts";
import { pagesOf, type Visit } from "./visit.ts";

/** `emailDomain` is what follows the first `@` of the attribute `email`, where something does. */
export type TextField =
	| "identity"
	| EnvironmentField
	| WhereaboutsField
	| FirstTouchField
	| LastTouchField
	| "emailDomain";
/**
 * Where the person is, as they declared (the attribute `city`), else where we deliver to (`delivery.city`), else where
 * the browser was seen last: the first of these that is a text, empty or not.
 */
export type WhereaboutsField = "whereabouts.country" | "whereabouts.region" | "whereabouts.city";
/** As the browser told when it was seen last. */
const environmentFields = [
	"device",
	"browser",
	"system",
	"systemVersion",
	"language",
	"timeZone",
	"country",
	"region",
	"city",
] as const;
export type EnvironmentField = (typeof environmentFields)[number];
const touchParts = [
	"source",
	"medium",
	"campaign",
	"content",
	"phrase",
	"referrer",
	"landing",
	"click",
	"channel",
] as const;
export type TouchPart = (typeof touchParts)[number];
export type FirstTouchField = `first.${TouchPart}`;
export type LastTouchField = `last.${TouchPart}`;
/**
 * `visitPages` are the pages viewed in the visit that began last. `cartValue` and `cartItems` are of the cart now, in the
 * site's currency: an empty one is worth 0.
 */
export type NumberField = "score" | "visits" | "visitPages" | "browserVersion" | "cartValue" | "cartItems";
/**
 * `seen.first` is when we first met the person, `seen.last` when something of theirs last happened. Of orders those that
 * were not taken back; `cart.changed` only where the cart holds something.
 */
export type DateField = "seen.first" | "seen.last" | "order.first" | "order.last" | "cart.changed";

/** What SQL gathers over a person's parts, once for each person: see sql/gathered.ts. */
export type Gathered =
	| "environment"
	| "firstTouch"
	| "lastTouch"
	| "score"
	| "visits"
	| "visitPages"
	| "firstSeenAt"
	| "lastSeenAt"
	| "emailDomain"
	| WhereaboutsField
	/** Of whom is asked how near they are. */
	| "place"
	/** Those that count, and what lies in the cart now. */
	| "orders"
	| "cart"
	/** See bought.ts. */
	| "bought"
	/** What counts, and when. */
	| `interests.${Dimension}`;

/** What of a subject holds a value: where that stays the same object, the value stays the same. */
export type Holder =
	| "environment"
	| "firstTouch"
	| "lastTouch"
	| "attributes"
	/** Attributes and environment. */
	| "whereabouts"
	/** The cart, and the orders that empty it. */
	| "cart"
	/** Anything: read every time. */
	| "subject";

export interface TextSource {
	readonly from: Holder;
	read(subject: Subject): string | undefined;
	/** Where SQL finds the folded text: a column of `people`, or something gathered, or a member of its value. */
	readonly sql: { readonly column: "identity" } | { readonly from: Gathered; readonly member?: string };
}

export interface NumberSource {
	readonly from: Holder;
	/** None where it is missing. */
	read(subject: Subject): number | undefined;
	/** Where SQL finds it: something gathered, or a member of it, what stands for a missing one, and by what it is divided. */
	readonly sql: {
		readonly from: Gathered;
		readonly member?: string;
		readonly otherwise?: 0;
		readonly scale?: "100.0";
	};
}

export const textFields: Readonly<Record<TextField, TextSource>> = {
	identity: { from: "subject", read: ({ identity }) => identity, sql: { column: "identity" } },
	...table(environmentFields, (member) => [
		member,
		{
			from: "environment",
			read: ({ facts }) => facts.environment?.value[member],
			sql: { from: "environment", member },
		},
	]),
	"whereabouts.country": whereabouts("country"),
	"whereabouts.region": whereabouts("region"),
	"whereabouts.city": whereabouts("city"),
	...table(touchParts, (part) => [`first.${part}`, touch("firstTouch", part)]),
	...table(touchParts, (part) => [`last.${part}`, touch("lastTouch", part)]),
	emailDomain: {
		from: "attributes",
		read: ({ facts }) => domainOf(textOf(facts, "email")),
		sql: { from: "emailDomain" },
	},
};

export const numberFields: Readonly<Record<NumberField, NumberSource>> = {
	score: { from: "subject", read: ({ facts }) => facts.score, sql: { from: "score" } },
	visits: { from: "subject", read: ({ facts }) => visitsOf(facts), sql: { from: "visits" } },
	visitPages: {
		from: "subject",
		read: ({ facts: { visits } }) => pagesOf(visits.at(-1) ?? noVisit),
		sql: { from: "visitPages", otherwise: 0 },
	},
	browserVersion: {
		from: "environment",
		read: ({ facts }) => facts.environment?.value.version,
		sql: { from: "environment", member: "value.version" },
	},
	cartValue: {
		from: "cart",
		// Of whole hundredths this is the number that a decimal literal means.
		read: ({ facts }) => (cartOf(facts)?.hundredths ?? 0) / 100,
		sql: { from: "cart", member: "hundredths", otherwise: 0, scale: "100.0" },
	},
	cartItems: {
		from: "cart",
		read: ({ facts }) => cartOf(facts)?.items ?? 0,
		sql: { from: "cart", member: "items", otherwise: 0 },
	},
};

/** Epoch ms; none where it is missing. */
export const dateFields: Readonly<Record<DateField, (facts: Facts) => number | undefined>> = {
	"seen.first": ({ firstSeenAt }) => (firstSeenAt === neverFirst ? undefined : firstSeenAt),
	"seen.last": ({ lastSeenAt }) => (lastSeenAt === neverLast ? undefined : lastSeenAt),
	"order.first": (facts) => ordersOf(facts).at(-1)?.at,
	"order.last": (facts) => ordersOf(facts)[0]?.at,
	"cart.changed": (facts) => cartOf(facts)?.at,
};

const noOrders: Orders = {};
const noVisit: Visit = [0, 0];

/** The orders that count, latest first. */
export function ordersOf({ orders = noOrders }: Facts): readonly CompletedOrder[] {
	return completedOrders(orders);
}

/** What lies in the cart now, or none where it is empty. */
export function cartOf({ cart, orders = noOrders }: Facts): Cart | undefined {
	return cartNow(cart, orders);
}

/** When the person became a member of the programme, if ever. */
export function programmeJoinedAt({ points }: Facts, programme: string): number | undefined {
	return points && own(points, programme)?.joinedAt;
}

export function visitsOf({ sealedVisits, visits }: Facts): number {
	return sealedVisits + visits.length;
}

/** Where the person is: as they declared, else where we deliver to, else where the browser was seen last. */
export function coordinatesOf({ attributes, environment }: Facts): Point | undefined {
	const number = (name: string): number | undefined => {
		const value = own(attributes, name)?.value;
		return typeof value === "number" ? value : undefined;
	};
	return (
		pairOf(number("latitude"), number("longitude")) ??
		pairOf(number("delivery.latitude"), number("delivery.longitude")) ??
		pairOf(environment?.value.latitude, environment?.value.longitude)
	);
}

export function isTextField(field: string): field is TextField {
	return Object.hasOwn(textFields, field);
}

export function isNumberField(field: string): field is NumberField {
	return Object.hasOwn(numberFields, field);
}

export function isDateField(field: string): field is DateField {
	return Object.hasOwn(dateFields, field);
}

function pairOf(latitude: number | undefined, longitude: number | undefined): Point | undefined {
	return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** An attribute, where it is a text. */
function textOf({ attributes }: Facts, name: string): string | undefined {
	const value = own(attributes, name)?.value;
	return typeof value === "string" ? value : undefined;
}

/** What follows the first `@` of the folded text: SQL has no other. None where nothing does. */
function domainOf(email: string | undefined): string | undefined {
	if (email === undefined) return undefined;
	const text = fold(email);
	const at = text.indexOf("@");
	return at < 0 || at === text.length - 1 ? undefined : text.slice(at + 1);
}

/** Fields that are alike. */
function table<M extends string, F extends string>(
	members: readonly M[],
	of: (member: M) => readonly [field: F, source: TextSource],
): Readonly<Record<F, TextSource>> {
	return Object.fromEntries(members.map(of)) as Record<F, TextSource>;
}

function touch(from: "firstTouch" | "lastTouch", member: TouchPart): TextSource {
	return { from, read: ({ facts }) => facts[from]?.value[member], sql: { from, member } };
}

/** The first of the three that is a text. */
function whereabouts(member: "country" | "region" | "city"): TextSource {
	return {
		from: "whereabouts",
		read: ({ facts }) =>
			textOf(facts, member) ?? textOf(facts, `delivery.${member}`) ?? facts.environment?.value[member],
		sql: { from: `whereabouts.${member}` },
	};
}
