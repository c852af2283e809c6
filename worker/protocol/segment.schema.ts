// Segment's HTTP API, as its own SDKs and RudderStack's speak it. Messages are read generously, for whoever sends them was
// written for another: what a message says of itself is checked, what else is in it is left unread.

import * as z from "zod/mini";
import { ifWellFormed } from "./lenient.schema.ts";
import { limits } from "./limits.ts";

/** SDKs say null where they have nothing to say. */
function said<T extends z.ZodMiniType>(schema: T) {
	return z.optional(z.nullable(schema));
}
/** Older SDKs send numbers. */
const Id = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const Loose = z.record(z.string(), z.unknown());
/** ISO 8601, or epoch milliseconds; in milliseconds. */
export const Instant = z.pipe(
	z.pipe(
		z.union([z.string().check(z.maxLength(40)), z.number()]),
		z.transform((said) => (typeof said === "number" ? said : Date.parse(said))),
	),
	z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000)),
);
/** A clock that tells nonsense is as good as none. */
const Time = ifWellFormed(z.nullable(Instant));

export const messageTypes = ["track", "page", "screen", "identify", "alias", "group"] as const;

export const SegmentMessage = z.object({
	/** Of a message in a batch; elsewhere the address says it. */
	type: said(z.enum(messageTypes)),
	/** Sent again, it counts once. */
	messageId: said(z.string().check(z.minLength(1), z.maxLength(limits.text))),
	anonymousId: said(Id),
	userId: said(Id),
	previousId: said(Id),
	groupId: said(Id),
	/** Of `track`. */
	event: said(z.string()),
	/** Of `page` and `screen`. */
	name: said(z.string()),
	category: said(z.string()),
	properties: said(Loose),
	traits: said(Loose),
	context: said(Loose),
	/** When it happened and when it was sent, by the sender's clock, whose error is taken out. */
	timestamp: Time,
	originalTimestamp: Time,
	sentAt: Time,
	/** For whoever cannot send it as Basic authorisation. */
	writeKey: said(z.string()),
});

export const SegmentBatch = z.object({
	/** Messages: each is read by itself. */
	batch: z.array(z.unknown()).check(z.maxLength(limits.serverEvents)),
	/** What stands in a message's own place wins. */
	context: said(Loose),
	sentAt: Time,
	writeKey: said(z.string()),
});

/** What became of a message. `without` are properties and traits that we do not hold: too long, a list, or no name. */
export const SegmentVerdict = z.strictObject({
	messageId: z.nullable(z.string()),
	verdict: z.enum(["ok", "duplicate", "dropped", "retry"]),
	why: z.exactOptional(z.string()),
	without: z.exactOptional(z.array(z.string())),
});

/** In the order of the messages. */
export const SegmentAnswer = z.strictObject({ success: z.literal(true), verdicts: z.array(SegmentVerdict) });

export type SegmentMessage = z.infer<typeof SegmentMessage>;
