// The page as it is now: what an experience may ask for beside the person. Never compiled to SQL, for it is asked of one
// page view alone.

import { dayMs } from "./calendar.ts";
import type { NumberTest, PathTest, TextTest } from "./condition.ts";
import { own } from "./keyed.ts";
import { passesPath, passesScalar } from "./match.ts";

/** Like a condition over people: empty `all` is true, empty `any` is false, a missing value passes nothing. */
export type PageCondition =
	| { readonly all: readonly PageCondition[] }
	| { readonly any: readonly PageCondition[] }
	| { readonly not: PageCondition }
	| PageLeaf;

export type PageLeaf =
	| { readonly field: "page.url" | "page.referrer" | "page.title" | ProductField; readonly test: TextTest }
	/** In the site's currency. */
	| { readonly field: "page.product.price"; readonly test: NumberTest }
	| { readonly field: "page.path"; readonly test: PathTest }
	/** A parameter of the query: the first of its name. */
	| { readonly field: "page.query"; readonly name: string; readonly test: TextTest }
	/** From an hour up to but not at another, over midnight where the first is later. */
	| { readonly field: "page.hour"; readonly from: number; readonly to: number; readonly zone: Zone }
	/** 1 is Monday, 7 is Sunday. */
	| { readonly field: "page.weekday"; readonly days: readonly number[]; readonly zone: Zone };

/** Of the product that the page is about. */
export type ProductField = `page.product.${"id" | "name" | "category" | "brand"}`;

/** Whose clock: the visitor's, as far as it is known, or the site's. */
export type Zone = "visitor" | "site";

export interface PageNow {
	readonly url: string;
	/** Folded. */
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
	readonly referrer?: string;
	readonly title?: string;
	readonly product?: PageProduct;
	/** IANA names; an unknown or missing one is the site's, and that of Greenwich. */
	readonly zones: Readonly<Partial<Record<Zone, string>>>;
}

export interface PageProduct {
	readonly id: string;
	readonly name?: string;
	readonly category?: string;
	readonly brand?: string;
	/** In the site's currency; absent where that is not known. */
	readonly price?: number;
}

/** Whether the page is such at `now`, epoch ms. */
export function passesPage(condition: PageCondition, page: PageNow, now: number): boolean {
	if ("all" in condition) return condition.all.every((member) => passesPage(member, page, now));
	if ("any" in condition) return condition.any.some((member) => passesPage(member, page, now));
	if ("not" in condition) return !passesPage(condition.not, page, now);
	switch (condition.field) {
		case "page.path":
			return passesPath(condition.test, page.path);
		case "page.hour": {
			const { hour } = clockOf(page, condition.zone, now);
			const { from, to } = condition;
			return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
		}
		case "page.weekday":
			return condition.days.includes(clockOf(page, condition.zone, now).weekday);
		default:
			return passesScalar(condition.test, actualOf(condition, page, now));
	}
}

/** What a leaf is asked of: a text, a price, an hour, a day of the week; nothing where the page does not say. */
export function actualOf(leaf: PageLeaf, page: PageNow, now: number): string | number | undefined {
	switch (leaf.field) {
		case "page.url":
			return page.url;
		case "page.referrer":
			return page.referrer;
		case "page.title":
			return page.title;
		case "page.product.id":
			return page.product?.id;
		case "page.product.name":
			return page.product?.name;
		case "page.product.category":
			return page.product?.category;
		case "page.product.brand":
			return page.product?.brand;
		case "page.product.price":
			return page.product?.price;
		case "page.path":
			return page.path;
		case "page.query":
			return own(page.params, leaf.name);
		case "page.hour":
			return clockOf(page, leaf.zone, now).hour;
		case "page.weekday":
			return clockOf(page, leaf.zone, now).weekday;
	}
}

const quarterMs = 900_000;

/**
 * When time alone changes whether the page is such; Infinity where it never does. Hours and weekdays of every zone begin
 * at a quarter of an hour, and come again within eight days.
 */
export function turnsAt(condition: PageCondition, page: PageNow, now: number): number {
	const is = passesPage(condition, page, now);
	const next = (Math.floor(now / quarterMs) + 1) * quarterMs;
	for (let at = next; at <= now + 8 * dayMs; at += quarterMs)
		if (passesPage(condition, page, at) !== is) return at;
	return Number.POSITIVE_INFINITY;
}

interface Clock {
	readonly hour: number;
	readonly weekday: number;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** To make one takes long; there are some 400 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function clockOf({ zones }: PageNow, zone: Zone, now: number): Clock {
	const format = formatOf(zones[zone]) ?? formatOf(zones.site) ?? formatOf("UTC");
	const parts = format?.formatToParts(now) ?? [];
	const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
	return { hour: Number(part("hour")) % 24, weekday: weekdays.indexOf(part("weekday")) + 1 };
}

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat | undefined {
	if (timeZone === undefined) return undefined;
	const known = formats.get(timeZone);
	if (known) return known;
	try {
		const made = new Intl.DateTimeFormat("en", {
			timeZone,
			hour: "2-digit",
			hourCycle: "h23",
			weekday: "short",
		});
		formats.set(timeZone, made);
		return made;
	} catch {
		// A name that nobody knows, such as a browser may send.
		return undefined;
	}
}
