// What a site's server tells us, and asks, with a secret key. Each item is read by itself and gets an answer of its own.

import * as z from "zod/mini";
import { Act } from "./act.schema.ts";
import { Properties, PropertyName } from "./collect.schema.ts";
import { limits } from "./limits.ts";

const text = z.string().check(z.minLength(1), z.maxLength(limits.text));
const instant = z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000));

/** At least one. Which of them says most: the site's own user id, an address, a phone, an anonymous id of another system. */
export const Identifiers = z
	.strictObject({
		user: z.exactOptional(text),
		email: z.exactOptional(text),
		phone: z.exactOptional(text),
		anonymous: z.exactOptional(text),
	})
	.check(z.refine((said) => Object.keys(said).length > 0, { error: "nobody is known by no identifier" }));

const told = {
	/** Made by the caller; sent again, nothing happens twice. */
	id: text,
	identifiers: Identifiers,
	/** When it happened; now where it is absent. */
	at: z.exactOptional(instant),
};
const Attribute = z.union([
	z.string().check(z.maxLength(limits.attributeText)),
	z.number(),
	z.boolean(),
	z.array(z.string().check(z.maxLength(limits.attributeText))).check(z.maxLength(limits.attributeMembers)),
]);

/** Somebody as they are from now on: whoever never was, is made; attributes that are not told stay as they are. */
export const ToldPerson = z.strictObject({
	...told,
	attributes: z.record(PropertyName, Attribute).check(
		z.refine((attributes) => Object.keys(attributes).length <= limits.propertiesPerEvent, {
			error: "too many attributes",
		}),
	),
});
export const ToldEvent = z.strictObject({
	...told,
	/** As in Segment's spec, where it has one. */
	name: z.string().check(z.minLength(1), z.maxLength(limits.eventName)),
	props: z.exactOptional(Properties),
});
export const ToldOrder = z.strictObject({
	...told,
	status: z.enum(["completed", "updated", "cancelled", "refunded"]),
	/** The order counts once by it, from however many sources it is told. */
	order_id: z.union([z.string().check(z.minLength(1), z.maxLength(200)), z.number()]),
	/** Segment's: revenue, total, currency, products, coupon, refund_id. */
	props: z.exactOptional(Properties),
});
/** What may be done by hand, done by a program: see the acts of the authenticated API. */
export const ToldAct = z.strictObject({ id: z.uuid(), identifiers: Identifiers, act: Act });

const items = z.array(z.unknown()).check(z.minLength(1), z.maxLength(limits.peoplePerRequest));
export const PeopleTold = z.strictObject({ people: items });
export const EventsTold = z.strictObject({ events: items });
export const OrdersTold = z.strictObject({ orders: items });
export const ActsTold = z.strictObject({ acts: items });
export const PersonAsked = z.strictObject({ identifiers: Identifiers });

export const ToldVerdict = z.strictObject({
	/** Null where the item has none that could be read. */
	id: z.nullable(z.string()),
	verdict: z.enum(["ok", "duplicate", "dropped", "retry"]),
	why: z.exactOptional(z.string()),
	/** Where in the item. */
	at: z.exactOptional(z.string()),
	person: z.exactOptional(z.string()),
	/** Attributes that we do not hold: no address, no phone, or what only our own ledgers say. */
	without: z.exactOptional(z.array(z.string())),
	/** The code of a reward. */
	coupon: z.exactOptional(z.string()),
	/** Identifiers that are somebody else's: for a person to settle. Nobody is merged. */
	conflicts: z.exactOptional(z.array(z.enum(["user", "email", "phone", "anonymous"]))),
});
/** In the order of the items. */
export const ToldAnswer = z.strictObject({ verdicts: z.array(ToldVerdict) });
export const PersonAnswer = z.strictObject({
	person: z.string(),
	identity: z.enum(["anonymous", "identified", "monitored"]),
	attributes: z.record(
		z.string(),
		z.union([z.string(), z.number(), z.boolean(), z.readonly(z.array(z.string()))]),
	),
	tags: z.record(z.string(), z.number()),
	score: z.number(),
	/** By programme, what can be spent. */
	points: z.record(z.string(), z.number()),
	/** With the instant of entry. */
	segments: z.record(z.string(), z.int()),
	firstSeenAt: z.nullable(z.int()),
	lastSeenAt: z.nullable(z.int()),
});
