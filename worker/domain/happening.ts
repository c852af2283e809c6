// What happened between a person and us, sorted for whoever reads it: of which kind it is, and whose deed.

import { eventNames } from "./event.ts";

export const happeningKinds = [
	"page",
	"product",
	"order",
	"form",
	"experience",
	"tag",
	"points",
	"segment",
	"list",
	"consent",
	"message",
	"other",
] as const;
export type HappeningKind = (typeof happeningKinds)[number];

/** First words of the names of each kind's events. */
const beginnings: Readonly<Record<Exclude<HappeningKind, "other">, readonly string[]>> = {
	page: ["Page"],
	product: ["Product", "Products", "Cart", "Checkout"],
	order: ["Order"],
	form: ["Form"],
	experience: ["Experience", "Coupon"],
	tag: ["Tag"],
	points: ["Points", "Programme"],
	segment: ["Segment"],
	list: ["List"],
	consent: ["Consent"],
	message: ["Message", "Email", "SMS", "Push"],
};

/** `"Tag "` and so on: what names of these kinds begin with; of `other`, what none of its names begins with. */
export function beginningsOf(kind: HappeningKind): readonly string[] {
	const words = kind === "other" ? Object.values(beginnings).flat() : beginnings[kind];
	return words.map((word) => `${word} `);
}

export function happeningKindOf(name: string): HappeningKind {
	const known = happeningKinds.find(
		(kind) => kind !== "other" && beginningsOf(kind).some((beginning) => name.startsWith(beginning)),
	);
	return known ?? "other";
}

const ours: ReadonlySet<HappeningKind> = new Set(["tag", "points", "segment", "list", "message"]);

const ourDeeds: ReadonlySet<string> = new Set([
	eventNames.experienceQualified,
	eventNames.experienceShown,
	eventNames.experienceMissed,
	eventNames.couponGiven,
]);

/** Whether we did it towards the person, or the person did. */
export function sideOf(name: string): "person" | "us" {
	return ourDeeds.has(name) || ours.has(happeningKindOf(name)) ? "us" : "person";
}
