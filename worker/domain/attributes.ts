// Attributes with a meaning of their own: what each holds, so that a condition asks of it only what it can answer, and a
// sentence calls it by its name. They are stored like every other attribute; any other name is the site's.

import type { ValueTest } from "./condition.ts";
import { type Event, eventNames, type Value } from "./event.ts";
import { isDateTest } from "./match.ts";
import { fold } from "./text.ts";

/** A choice is a text that is one of these words; an instant is epoch ms, midnight UTC where it is a day. */
export type AttributeKind = "text" | "number" | "date" | "list" | { readonly among: readonly string[] };

export const knownAttributes = {
	email: "text",
	name: "text",
	firstName: "text",
	lastName: "text",
	phone: "text",
	company: "text",
	position: "text",
	industry: "text",
	sex: { among: ["f", "m", "other"] },
	/** The day of birth: `age` is worked out of it. */
	birthday: "date",
	education: "text",
	socialStatus: "text",
	/** ISO 3166, as the person declared it, as all of the address. */
	country: "text",
	/** In Poland the voivodeship. */
	region: "text",
	city: "text",
	postcode: "text",
	latitude: "number",
	longitude: "number",
	"delivery.country": "text",
	"delivery.region": "text",
	"delivery.city": "text",
	"delivery.postcode": "text",
	"delivery.latitude": "number",
	"delivery.longitude": "number",
	/** ISO 639. */
	language: "text",
	categories: "list",
	/** When the card was made, and how. */
	created: "date",
	origin: { among: ["hand", "import", "form", "api", "lead-ad", "chat"] },
	owner: "text",
	funnelStage: "text",
} as const satisfies Readonly<Record<string, AttributeKind>>;
export type KnownAttribute = keyof typeof knownAttributes;

/** What people write on a card by hand. All but a note is an attribute, as the act said that came last. */
export const cardEvents: ReadonlySet<string> = new Set([
	eventNames.ownerAssigned,
	eventNames.stageChanged,
	eventNames.profileAdded,
	eventNames.noteAdded,
]);

/** The attributes that such an act sets. A profile is one of its network: `profile.linkedin`. */
export function attributesOf({ name, props }: Event): Readonly<Record<string, Value>> {
	switch (name) {
		case eventNames.ownerAssigned:
			return { owner: String(props.owner) };
		case eventNames.stageChanged:
			return { funnelStage: String(props.stage) };
		case eventNames.profileAdded:
			return { [`profile.${String(props.network)}`]: String(props.url) };
		default:
			return {};
	}
}

/** Whether the test can be true of what such an attribute holds. Of a choice it is asked whole, and folded. */
export function fits(kind: AttributeKind, test: ValueTest): boolean {
	if (test.op === "exists") return true;
	if (typeof kind === "string") return kindOf(test) === kind;
	const asked = "values" in test ? test.values : test.op === "is" ? [test.value] : undefined;
	return (
		kindOf(test) === "text" && asked !== undefined && asked.every((one) => kind.among.includes(fold(one)))
	);
}

/** None of what is asked of yes and no: no attribute of ours is either. */
function kindOf(test: ValueTest): AttributeKind | undefined {
	if (isDateTest(test)) return "date";
	switch (test.op) {
		case "has-any":
		case "has-all":
			return "list";
		case ">=":
		case "<=":
		case "=":
		case "between":
			return "number";
		case "is-true":
		case "is-false":
			return undefined;
		default:
			return "text";
	}
}

export function isKnownAttribute(name: string): name is KnownAttribute {
	return Object.hasOwn(knownAttributes, name);
}
