// What Segment's traits say of a person, under the names that attributes have here. Other traits keep their own names.

import { type Identifier, normaliseEmail, normalisePhone } from "../domain/contact.ts";
import type { Value } from "../domain/event.ts";
import { own, put } from "../domain/keyed.ts";
import { type Flat, flatAttributes, isTree } from "../protocol/flat.ts";
import { Instant } from "../protocol/segment.schema.ts";

type Traits = Readonly<Record<string, unknown>>;
type Attributes = Readonly<Record<string, Value>>;

/** Segment's reserved traits that we call otherwise. */
const renamed: Readonly<Record<string, string>> = {
	"address.city": "city",
	"address.country": "country",
	"address.postalCode": "postcode",
	"address.state": "region",
	"address.street": "street",
	"company.name": "company",
	"company.industry": "industry",
	gender: "sex",
	title: "position",
};
/** Instants, in milliseconds here. */
const dates: ReadonlySet<string> = new Set(["birthday", "createdAt"]);
const sexes: Readonly<Record<string, string>> = { f: "f", female: "f", m: "m", male: "m", other: "other" };

/**
 * What nobody may say of somebody by a trait: what only our ledgers say, and under which names they are known, for those
 * are identifiers.
 */
const ours = /^(consent\..*|consent|created|origin|userId|anonymousId|id)$/;

/** Of `identify`. Whatever cannot be held is named in `without`. */
export function attributesOf(traits: Traits): Flat<Value> {
	const { values, without } = flatAttributes(traits);
	const attributes: Record<string, Value> = {};
	const left = [...without];
	for (const [trait, value] of Object.entries(values)) {
		const name = own(renamed, trait) ?? trait;
		const meant = ours.test(name) ? undefined : meaningOf(name, value);
		if (meant === undefined) left.push(trait);
		else put(attributes, name, meant);
	}
	return { values: attributes, without: left };
}

/** Of `group`: the person's company. */
export function companyOf(groupId: string | undefined, traits: Traits): Flat<Value> {
	const { name, industry, ...rest } = traits;
	const others = Object.fromEntries(
		Object.entries(rest).map(([trait, value]) => [`company.${trait}`, value]),
	);
	return attributesOf({ company: name ?? groupId, industry, "company.id": groupId, ...others });
}

/** By what traits name a person. */
export function identifiersIn({ email, phone }: Attributes): readonly Identifier[] {
	return [
		...(typeof email === "string" ? [{ kind: "email", value: email } as const] : []),
		...(typeof phone === "string" ? [{ kind: "phone", value: phone } as const] : []),
	];
}

/** Of two that say the same, the later one. */
export function traitsOf(...sources: readonly unknown[]): Traits {
	return Object.assign({}, ...sources.filter(isTree));
}

function meaningOf(name: string, value: Value): Value | undefined {
	if (name === "email") return normaliseEmail(String(value));
	if (name === "phone") return normalisePhone(String(value));
	if (name === "sex") return own(sexes, String(value).toLowerCase());
	if (!dates.has(name)) return value;
	const instant = Instant.safeParse(value);
	return instant.success ? instant.data : undefined;
}
