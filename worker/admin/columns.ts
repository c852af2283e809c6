// What a list of people can show of each, by the name of the column: the same on the screen and in a file.

import type * as z from "zod/mini";
import type { ListedPerson } from "../data/listed.ts";
import { knownAttributes } from "../domain/attributes.ts";
import { channels, consentOf } from "../domain/consent.ts";
import type { Value } from "../domain/event.ts";
import { isTextField, textFields } from "../domain/fields.ts";
import { own } from "../domain/keyed.ts";
import { instantOf } from "../platform/id.ts";
import type { Person } from "../protocol/admin.schema.ts";

export type Cell = Value | null;

export interface Column {
	/** Whether its numbers are instants, epoch ms. */
	readonly isInstant: boolean;
	readonly of: (person: ListedPerson) => Cell;
}

const value = (of: Column["of"]): Column => ({ isInstant: false, of });
const instant = (of: Column["of"]): Column => ({ isInstant: true, of });
const attribute =
	(name: string): Column["of"] =>
	({ attributes }) =>
		own(attributes, name) ?? null;

const columns: Readonly<Record<string, Column>> = {
	id: value(({ id }) => id),
	identity: value(({ identity }) => identity),
	/** As they are called; else what they are reached by. */
	name: value(({ attributes: { name, firstName, lastName, email, phone } }) => {
		const words = name ?? [firstName, lastName].filter((one) => one !== undefined).join(" ");
		return words || (email ?? phone ?? null);
	}),
	score: value(({ score }) => score),
	visits: value(({ visits }) => visits),
	/** When the card was made; of whoever has none, when their browser first came. */
	createdAt: instant((person) => attribute("created")(person) ?? instantOf(person.id)),
	firstSeenAt: instant(({ firstSeenAt }) => firstSeenAt),
	lastSeenAt: instant(({ lastSeenAt }) => lastSeenAt),
	tags: value(({ tags }) => Object.entries(tags).flatMap(([tag, { count }]) => (count > 0 ? [tag] : []))),
	segments: value(({ segments }) => Object.keys(segments)),
	orders: value(({ orders }) => orders.count),
	revenue: value(({ orders }) => orders.hundredths / 100),
	owner: value(attribute("owner")),
	stage: value(attribute("funnelStage")),
	/** Where they are, as they declared, else where we deliver to, else where the browser was seen last. */
	city: fieldOf("whereabouts.city"),
	region: fieldOf("whereabouts.region"),
	country: fieldOf("whereabouts.country"),
};

export const attributePrefix = "attribute.";
const consentPrefix = "consent.";

/**
 * Beside those above every attribute (`attribute.` and its name), every field of text that a condition may ask for, and how
 * a consent stands (`consent.<channel>.<purpose>`).
 */
export function columnOf(name: string): Column | undefined {
	if (name.startsWith(consentPrefix)) {
		const [channel = "", ...purpose] = name.slice(consentPrefix.length).split(".");
		if (!channels.some((one) => one === channel) || purpose.length !== 1) return undefined;
		return value(({ facts }) => consentOf(facts, channel, purpose.join())?.state ?? null);
	}
	if (name.startsWith(attributePrefix)) {
		const of = name.slice(attributePrefix.length);
		return { isInstant: own<unknown>(knownAttributes, of) === "date", of: attribute(of) };
	}
	return own(columns, name) ?? (isTextField(name) ? fieldOf(name) : undefined);
}

function fieldOf(name: keyof typeof textFields): Column {
	return value(({ facts, identity }) => textFields[name].read({ facts, identity }) ?? null);
}

/** Who owns them is nobody's business outside. */
export function personView({
	cell: _cell,
	facts: _facts,
	orders: _orders,
	...person
}: ListedPerson): z.infer<typeof Person> {
	return person;
}
