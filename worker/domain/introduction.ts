// What an event says of who the person is: identifiers, by which a card is known, and attributes as the fields name them.
// It was typed, and proves nothing.

import { type AttributeKind, isKnownAttribute, knownAttributes } from "./attributes.ts";
import {
	type Identifier,
	type IdentifierKind,
	identifierKinds,
	normalise,
	normaliseEmail,
} from "./contact.ts";
import { type Event, eventNames, type Properties, type Scalar } from "./event.ts";
import { put } from "./keyed.ts";

export interface Introduction {
	/** The one that says most first. */
	readonly identifiers: readonly Identifier[];
	readonly attributes: Readonly<Record<string, Scalar>>;
}

const nothing: Introduction = { identifiers: [], attributes: {} };

/** Nothing where what the event says cannot be so: a form with an address that is none. */
export function introducedBy(event: Event): Introduction | undefined {
	if (event.name === eventNames.formSubmitted) return submitted(event.props);
	return event.name === eventNames.identified ? identified(event.props) : nothing;
}

function submitted(props: Properties): Introduction | undefined {
	const { email, phone, name } = props;
	if (email !== undefined && !normaliseEmail(String(email))) return undefined;
	const identifiers = identifiersIn({ email, phone });
	const attributes = attributesIn(identifiers, { name, ...traitsIn(props) });
	return { identifiers, attributes };
}

/** Traits stand under `traits.`, as the protocol flattens them. */
function traitsIn(props: Properties): Record<string, Scalar> {
	const traits: Record<string, Scalar> = {};
	for (const [name, value] of Object.entries(props))
		if (name.startsWith("traits.")) put(traits, name.slice("traits.".length), value);
	return traits;
}

function identified(props: Properties): Introduction | undefined {
	const traits = traitsIn(props);
	const { email = traits.email, phone = traits.phone, userId } = props;
	const identifiers = identifiersIn({ user: userId, email, phone });
	return { identifiers, attributes: attributesIn(identifiers, traits) };
}

const typedNames: ReadonlySet<string> = new Set(["userId", "email", "phone", "traits.email", "traits.phone"]);

/** As a page said it beside the token of a login: the token says who it is, whatever was typed; the rest stands. */
export function vouchedFor<Of extends { readonly name: string; readonly props?: Properties }>(
	event: Of,
	identifiers: readonly Identifier[],
): Of {
	if (event.name !== eventNames.identified) return event;
	const props = Object.entries(event.props ?? {}).filter(([name]) => !typedNames.has(name));
	const said = identifiers.map(({ kind, value }) => [kind === "user" ? "userId" : kind, value] as const);
	return { ...event, props: Object.fromEntries([...props, ...said]) };
}

function identifiersIn(told: Partial<Record<IdentifierKind, Scalar | undefined>>): readonly Identifier[] {
	return identifierKinds.flatMap((kind) => {
		const text = told[kind];
		return (text === undefined ? undefined : normalise(kind, String(text))) ?? [];
	});
}

function attributesIn(
	identifiers: readonly Identifier[],
	traits: Readonly<Record<string, Scalar | undefined>>,
): Readonly<Record<string, Scalar>> {
	const attributes: Record<string, Scalar> = {};
	for (const [name, value] of Object.entries(traits)) {
		const known = spelled[name] ?? name;
		const meant = value === undefined ? undefined : meaning(known, value);
		if (meant !== undefined) put(attributes, known, meant);
	}
	for (const { kind, value } of identifiers)
		if (kind === "email" || kind === "phone") attributes[kind] = value;
	return attributes;
}

/** How Segment's spec spells what our fields call otherwise. */
const spelled: Readonly<Record<string, string>> = {
	"address.city": "city",
	"address.country": "country",
	"address.postalCode": "postcode",
	"address.state": "region",
	"company.name": "company",
	"company.industry": "industry",
	gender: "sex",
	title: "position",
};

/** What a page cannot say of its visitor: it is said by whoever runs the site, or follows from other things. */
const notForPages: ReadonlySet<string> = new Set([
	"created",
	"origin",
	"owner",
	"funnelStage",
	"email",
	"phone",
]);

/** Whether it is an attribute that people may say of themselves. */
export function maySay(name: string): boolean {
	return !notForPages.has(name) && !name.startsWith("consent.");
}

const sexes: Readonly<Record<string, string>> = { male: "m", female: "f" };

/** The value as the attribute holds it; nothing where it can hold no such thing. */
function meaning(name: string, value: Scalar): Scalar | undefined {
	if (!maySay(name)) return undefined;
	const kind: AttributeKind | undefined = isKnownAttribute(name) ? knownAttributes[name] : undefined;
	if (kind === undefined) return value;
	if (kind === "date") return instantOf(value);
	if (kind === "number") return typeof value === "number" ? value : undefined;
	if (kind === "list") return undefined;
	const text = String(value).trim();
	if (text === "") return undefined;
	if (kind === "text") return text;
	const word = sexes[text.toLowerCase()] ?? text.toLowerCase();
	return kind.among.includes(word) ? word : undefined;
}

/** Midnight UTC where it is a day. */
function instantOf(value: Scalar): number | undefined {
	const at = typeof value === "number" ? value : Date.parse(String(value));
	return Number.isFinite(at) ? at : undefined;
}
