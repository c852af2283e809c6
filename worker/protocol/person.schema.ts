// One person in the authenticated API: their card, what happened between them and us, and what becomes of it all when they
// ask to be forgotten.

import * as z from "zod/mini";
import { happeningKinds } from "../domain/happening.ts";
import { limits } from "./limits.ts";
import { Id, TimeZone } from "./site.schema.ts";

const instant = z.int();
const text = z.string().check(z.minLength(1), z.maxLength(limits.text));
const list = <T extends z.ZodMiniType>(of: T) => z.readonly(z.array(of));
const InEach = z.strictObject({ pl: z.string(), en: z.string() });
const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Properties = z.readonly(z.record(z.string(), Scalar));
const numeral = (most: number) =>
	z.pipe(
		z.pipe(z.string().check(z.regex(/^\d{1,16}$/)), z.transform(Number)),
		z.int().check(z.maximum(most)),
	);

/** Of instants in sentences, IANA. */
const timeZone = z._default(TimeZone, "UTC");
/** `next` of the page before. */
const before = z.exactOptional(z.string().check(z.regex(/^\d{1,16}~.{1,200}$/, "not the next of a page")));
const limit = (usual: number) => z._default(numeral(200).check(z.refine((n) => n > 0)), usual);

/** One of `email`, `phone`, `user` and `tag`, a part of a name or an address in `q`, or nothing for everybody. */
export const LookupQuery = z.strictObject({
	email: z.exactOptional(text),
	phone: z.exactOptional(text),
	user: z.exactOptional(text),
	tag: z.exactOptional(text),
	q: z.exactOptional(text),
	after: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(limits.propertyName))),
	limit: limit(50),
});
export const TimelineQuery = z.strictObject({
	kind: z.exactOptional(z.enum(happeningKinds)),
	/** Instants, epoch ms: from <= at < to. */
	from: z.exactOptional(numeral(Number.MAX_SAFE_INTEGER)),
	to: z.exactOptional(numeral(Number.MAX_SAFE_INTEGER)),
	before,
	limit: limit(50),
	timeZone,
});
/** Of a programme; of the site's own score where it is absent. */
export const LedgerQuery = z.strictObject({
	programme: z.exactOptional(Id),
	before,
	limit: limit(100),
	timeZone,
});
export const CardQuery = z.strictObject({ timeZone });

export const Ledger = z.strictObject({
	lines: list(
		z.strictObject({
			id: z.string(),
			at: instant,
			points: z.number(),
			/** Null where somebody gave or took them by hand. */
			rule: z.nullable(z.string()),
			/** The event that they are for; "clock" where time alone did it. */
			event: z.string(),
			sentence: InEach,
		}),
	),
	next: z.nullable(z.string()),
});

const Touch = z.nullable(z.looseObject({ source: z.string() }));
export const Card = z.strictObject({
	now: instant,
	revision: z.int(),
	person: z.string(),
	identity: z.enum(["anonymous", "identified", "monitored"]),
	firstSeenAt: z.nullable(instant),
	lastSeenAt: z.nullable(instant),
	visits: z.int(),
	environment: z.nullable(z.looseObject({})),
	firstTouch: Touch,
	lastTouch: Touch,
	attributes: list(
		z.strictObject({
			name: z.string(),
			value: z.union([Scalar, list(z.string())]),
			at: instant,
			/** The part that said so last. */
			part: z.string(),
		}),
	),
	tags: list(z.strictObject({ tag: z.string(), count: z.int(), firstAt: instant, lastAt: instant })),
	score: z.strictObject({ points: z.number(), ledger: Ledger }),
	programmes: list(
		z.strictObject({
			id: z.string(),
			name: z.string(),
			isMember: z.boolean(),
			joinedAt: z.nullable(instant),
			balance: z.number(),
			earned: z.number(),
			tier: z.nullable(z.string()),
			ledger: Ledger,
		}),
	),
	/** As the cell has them: those that the person is in. */
	segments: list(z.strictObject({ id: z.string(), name: z.string(), since: instant })),
	interests: list(
		z.strictObject({
			in: z.enum(["category", "brand"]),
			value: z.string(),
			strength: z.number(),
			share: z.number(),
		}),
	),
	lists: list(z.strictObject({ id: z.string(), names: InEach, since: instant })),
	orders: z.strictObject({ count: z.int(), amount: z.number(), lastAt: z.nullable(instant) }),
	consents: list(
		z.strictObject({
			channel: z.string(),
			purpose: z.string(),
			state: z.string(),
			at: instant,
			place: z.string(),
		}),
	),
	owner: z.nullable(z.string()),
	funnelStage: z.nullable(z.string()),
	notes: list(z.strictObject({ at: instant, text: z.string() })),
	profiles: list(z.strictObject({ network: z.string(), address: z.string() })),
	parts: list(
		z.strictObject({
			id: z.string(),
			kind: z.enum(["browser", "import", "hand", "server"]),
			proof: z.nullable(z.enum(["typed", "linked", "verified"])),
			counts: z.boolean(),
			device: z.nullable(z.string()),
			browser: z.nullable(z.string()),
			system: z.nullable(z.string()),
			firstSeenAt: z.nullable(instant),
			lastSeenAt: z.nullable(instant),
			visits: z.int(),
			/** The parts that are sealed together in this one, as their sum: of whoever has many the oldest of a kind. */
			sealed: list(z.string()),
		}),
	),
});

const Kind = z.enum(happeningKinds);
export const Timeline = z.strictObject({
	/** The latest first. What rules made of an event stands with it. */
	entries: list(
		z.strictObject({
			id: z.string(),
			at: instant,
			part: z.string(),
			kind: Kind,
			/** Who did it. */
			side: z.enum(["person", "us"]),
			name: z.string(),
			props: Properties,
			sentence: InEach,
			effects: list(
				z.strictObject({
					name: z.string(),
					kind: Kind,
					props: Properties,
					rule: z.string(),
					sentence: InEach,
				}),
			),
		}),
	),
	next: z.nullable(z.string()),
});
/** Weeks of UTC from their Mondays, the present one last. */
export const Activity = z.strictObject({
	weeks: list(
		z.strictObject({
			from: instant,
			events: z.int(),
			visits: z.int(),
			pages: z.int(),
			orders: z.int(),
			/** In the site's currency, after refunds. */
			amount: z.number(),
		}),
	),
});

/** Everything that is stored of a person, as it stands there; instants are ISO 8601. */
export const Export = z.strictObject({
	person: z.string(),
	at: z.string(),
	identifiers: list(z.strictObject({ kind: z.string(), value: z.string() })),
	cell: z.looseObject({}),
	database: z.looseObject({}),
});

/** `erasing`: nothing of theirs can be read any more, and `waiting` are the stores that have not confirmed yet. */
export const Erasure = z.union([
	z.strictObject({ is: z.literal("erasing"), at: instant, waiting: list(z.string()) }),
	z.strictObject({ is: z.literal("erased"), at: instant }),
]);
