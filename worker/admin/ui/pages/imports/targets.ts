// What a column may become, as one choice of a list: pure, for the mapping and its tests.

import type { Target } from "./kept.ts";

export type AttributeType = Extract<Target, { to: "attribute" }>["type"];

/** An attribute that the platform knows by its meaning. */
export interface Meaning {
	readonly name: string;
	readonly type: AttributeType;
}

const identifiers = ["email", "phone", "user"] as const;
const channels = ["email", "sms", "phone", "push"] as const;
const orders = ["id", "at", "revenue", "currency", "coupon"] as const;
const lines = ["product_id", "name", "price", "quantity", "category", "brand"] as const;

const fixed: Readonly<Record<string, Target>> = Object.fromEntries<Target>([
	["nothing", { to: "nothing" }],
	["tags", { to: "tags" }],
	...identifiers.map((kind) => [`identifier.${kind}`, { to: "identifier", kind }] as const),
	...channels.map(
		(channel) => [`consent.${channel}`, { to: "consent", channel, purpose: "marketing" }] as const,
	),
	...orders.map((field) => [`order.${field}`, { to: "order", field }] as const),
	...lines.map((field) => [`line.${field}`, { to: "line", field }] as const),
]);

/** In the order in which they are offered, without attributes. */
export const fixedChoices: readonly string[] = Object.keys(fixed);
export const ownChoice = "own";

/** The choice that a target is of. */
export function choiceOf(target: Target, meanings: readonly Meaning[]): string {
	switch (target.to) {
		case "nothing":
		case "tags":
			return target.to;
		case "identifier":
			return `identifier.${target.kind}`;
		case "consent":
			return `consent.${target.channel}`;
		case "order":
		case "line":
			return `${target.to}.${target.field}`;
		case "attribute":
			return meanings.some(({ name }) => name === target.name) ? `attribute.${target.name}` : ownChoice;
	}
}

/** What a choice makes of a column; `guess` is what it was taken for, whose type and name an own attribute begins with. */
export function targetOf(
	choice: string,
	column: { readonly name: string; readonly guess: Target },
	meanings: readonly Meaning[],
): Target {
	const { guess } = column;
	const said = fixed[choice];
	// Of the same kind the guess knows more: whether months come first, what the consent is for.
	if (choiceOf(guess, meanings) === choice) return guess;
	if (said) return said;
	const known = meanings.find(({ name }) => choice === `attribute.${name}`);
	if (known) return { to: "attribute", ...known };
	const type = guess.to === "attribute" ? guess.type : "text";
	return { to: "attribute", name: attributeName(column.name), type };
}

/** A name that an attribute may have, made of a column's. */
export function attributeName(column: string): string {
	const name = column
		.normalize("NFC")
		.replace(/[^\p{L}\p{N}_$ .:-]+/gu, " ")
		.replace(/^[^\p{L}\p{N}_$]+/u, "")
		.slice(0, 64)
		.trim();
	return name === "" || isReserved(name) ? `${name}_` : name;
}

/** What no column sets: it has a kind of column or a ledger of its own. */
export function isReserved(attribute: string): boolean {
	return /^(email|phone|created|origin)$|^consent\./.test(attribute);
}

/** Places of columns that mean the same as an earlier one: only one may. */
export function repeated(targets: readonly Target[]): ReadonlySet<number> {
	const seen = new Set<string>();
	const again = new Set<number>();
	for (const [i, target] of targets.entries()) {
		if (target.to === "nothing" || target.to === "tags") continue;
		const key =
			target.to === "attribute"
				? `attribute.${target.name}`
				: target.to === "consent"
					? `consent.${target.channel}.${target.purpose}`
					: choiceOf(target, []);
		if (seen.has(key)) again.add(i);
		seen.add(key);
	}
	return again;
}

/** By what people are recognised. */
export function recognisedBy(targets: readonly Target[]): readonly (typeof identifiers)[number][] {
	return identifiers.filter((kind) => targets.some((one) => one.to === "identifier" && one.kind === kind));
}

/** Names between commas. */
export function namesIn(text: string): readonly string[] {
	return [
		...new Set(
			text
				.split(",")
				.map((name) => name.trim())
				.filter((name) => name !== ""),
		),
	];
}
