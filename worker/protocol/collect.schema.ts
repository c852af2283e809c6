// POST /v1/collect: events in, a verdict for each, what to show out. The body is JSON sent as text/plain, so that
// no browser asks for permission first. An event is parsed by itself: a bad one never blocks its neighbours.

import * as z from "zod/mini";
import { Given } from "./given.schema.ts";
import { ifWellFormed } from "./lenient.schema.ts";
import { limits } from "./limits.ts";

const text = z.string().check(z.maxLength(limits.text));
const instant = z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000));

/** UUIDv7, lower case. Ours and those of other makers that follow the standard. */
export const MessageId = z
	.string()
	.check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** A property's or attribute's name. None that an object has by birth: they are keys of plain objects later. */
const birthNames = new Set(Object.getOwnPropertyNames(Object.prototype));
export const PropertyName = z.string().check(
	z.regex(/^[\p{L}\p{N}_$][\p{L}\p{N}_$ .:-]*$/u),
	z.maxLength(limits.propertyName),
	z.refine((name) => !birthNames.has(name)),
);
const Scalar = z.union([text, z.number(), z.boolean()]);
/** Segment's list of products. A property holds one value: the list goes on as JSON text (domain/products.ts). */
export const Products = z.pipe(
	z.pipe(
		z.array(z.record(PropertyName, Scalar)).check(z.maxLength(limits.productsPerEvent)),
		z.transform((products) => JSON.stringify(products)),
	),
	z.string().check(z.maxLength(limits.productsText)),
);
/** Under any other name a list is refused. */
const hasNoOtherList = (props: unknown): boolean =>
	Object.entries(props ?? {}).every(([name, value]) => name === "products" || !Array.isArray(value));
export const Properties = z.pipe(
	z.unknown().check(z.refine(hasNoOtherList)),
	z
		.record(PropertyName, z.union([Scalar, Products]))
		.check(z.refine((properties) => Object.keys(properties).length <= limits.propertiesPerEvent)),
);

export const CollectEvent = z.object({
	id: MessageId,
	name: z.string().check(z.minLength(1), z.maxLength(limits.eventName)),
	/** When it happened, on the browser's clock. */
	at: instant,
	props: z.exactOptional(Properties),
});

/** A pop-up asks before it opens. The same claim id gets the same answer. */
export const Claim = z.object({
	id: MessageId,
	experience: z.string().check(z.minLength(1), z.maxLength(limits.propertyName)),
});

/** What a page is about, as it says itself: Segment's names. */
export const PageProduct = z.object({
	id: text.check(z.minLength(1)),
	name: z.exactOptional(text),
	category: z.exactOptional(text),
	brand: z.exactOptional(text),
	/** One of it, in units of the currency. */
	price: z.exactOptional(z.number().check(z.minimum(0))),
	/** ISO 4217; absent where it is the site's. */
	currency: z.exactOptional(z.string().check(z.maxLength(10))),
});

export const Page = z.object({
	/** Id of the page view, the same as of its "Page Viewed" event. Absent where no id may be sent. */
	view: z.exactOptional(MessageId),
	url: text,
	/** The page before, "" where there was none; absent where that is not known: unknown is never direct. */
	referrer: z.exactOptional(text),
	/** The page's own language, else the browser's. */
	language: z.exactOptional(z.string().check(z.maxLength(35))),
	visible: z.boolean(),
	// The site's own words: what they have wrong must not cost the events beside them.
	title: ifWellFormed(text),
	product: ifWellFormed(PageProduct),
});

export const Proof = z.object({
	kind: z.enum(["link", "confirmed", "jwt"]),
	token: z.string().check(z.minLength(1), z.maxLength(limits.text)),
});

export const CollectRequest = z.object({
	site: z.string().check(z.maxLength(64)),
	/** Absent on a new browser, and where the token travels as a cookie. */
	token: z.exactOptional(z.string().check(z.maxLength(limits.token))),
	/** The signed mark of the site's own staff: answered, never counted. */
	staff: z.exactOptional(z.string().check(z.maxLength(limits.token))),
	/** What the page was given to prove whose browser this is: a parameter of a link, or a JWT of the site's own login. */
	proof: z.exactOptional(Proof),
	/** What the visitor allowed us. `required`: the site asks and has no answer yet. */
	consent: z.enum(["granted", "denied", "required"]),
	page: Page,
	/** Whether the answer should say what to show on the page: once for each page view. */
	decide: z.boolean(),
	/** The browser's clock at the sending, so that its error can be taken out. */
	sentAt: instant,
	events: z.array(z.unknown()).check(z.maxLength(limits.eventsPerRequest)),
	claims: z.exactOptional(z.array(z.unknown()).check(z.maxLength(limits.claimsPerRequest))),
});

export const DropReason = z.enum([
	"malformed",
	"expired",
	"no-consent",
	"bot",
	"staff",
	"reserved-name",
	"future",
	"erased",
]);

export const Verdict = z.union([
	z.object({ id: z.nullable(z.string()), verdict: z.enum(["ok", "duplicate", "retry"]) }),
	z.object({ id: z.nullable(z.string()), verdict: z.literal("dropped"), why: DropReason }),
]);

/** The answer to a claim; and to a submitted form, by the id of its event, where something is given for it. */
export const Grant = z.object({ id: z.string(), granted: z.boolean(), given: z.exactOptional(Given) });

export const CollectErrorCode = z.enum([
	"body-too-large",
	"body-malformed",
	"body-too-deep",
	"site-unknown",
	"origin-refused",
	"too-many-requests",
]);

export type Envelope = z.infer<typeof CollectRequest>;

/**
 * Parses each event by itself: `good` in order, and for each event sent its verdict where it is malformed, a hole where
 * the verdict is still to be found.
 */
export function sortEvents(events: readonly unknown[]): {
	readonly good: readonly z.infer<typeof CollectEvent>[];
	readonly verdicts: readonly (z.infer<typeof Verdict> | undefined)[];
} {
	const good: z.infer<typeof CollectEvent>[] = [];
	const verdicts = events.map((event) => {
		const parsed = CollectEvent.safeParse(event);
		if (parsed.success) good.push(parsed.data);
		else return { id: idIn(event), verdict: "dropped" as const, why: "malformed" as const };
		return undefined;
	});
	return { good, verdicts };
}

/** The claims that are claims. One that is none gets no answer, and the pop-up stays shut. */
export function sortClaims(claims: readonly unknown[] = []): readonly z.infer<typeof Claim>[] {
	return claims.flatMap((claim) => {
		const parsed = Claim.safeParse(claim);
		return parsed.success ? [parsed.data] : [];
	});
}

/** The id of a malformed event, so that its sender may let go of it. */
function idIn(event: unknown): string | null {
	const parsed = z.object({ id: z.string().check(z.maxLength(64)) }).safeParse(event);
	return parsed.success ? parsed.data.id : null;
}
