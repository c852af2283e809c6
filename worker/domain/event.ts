// An event: something that happened to a person. Named as in Segment's spec.

/** What a property may hold. Nested objects are flattened at the protocol ("product.price"), lists are refused. */
export type Scalar = string | number | boolean;
/** What an attribute may hold. */
export type Value = Scalar | readonly string[];
export type Properties = Readonly<Record<string, Scalar>>;

/**
 * `id` is a UUIDv7 made by whoever saw the event, or `<cause>/<rule>` for what a rule adds: followed by the instant and
 * a number where the rule was applied to the past.
 * `at` is epoch milliseconds on the server's clock.
 */
export interface Event {
	readonly id: string;
	readonly name: string;
	readonly at: number;
	readonly props: Properties;
	/** Why the event exists, where a rule or the clock made it. */
	readonly cause?: Cause;
}

/**
 * `event` is the id of the causing event; "clock" where time alone did it. `rule` is the id of the rule, segment or
 * programme.
 */
export interface Cause {
	readonly event: string;
	readonly rule: string;
}

/** What stands for the causing event where time alone did it. */
export const clock = "clock";

/** The cause of what a rule made and no event's arrival did: time, or an event whose past it was applied to. */
export function causeOf(id: string, rule: string): Cause {
	const [origin = ""] = id.split("/");
	return { event: origin.startsWith(`${clock}:`) ? clock : origin, rule };
}

/** Names with a meaning of their own in the domain. Every other name is the site's. */
export const eventNames = {
	pageViewed: "Page Viewed",
	pageLeft: "Page Left",
	pageReloaded: "Page Reloaded",
	/** It was offered, once in each visit; whether it opened is another matter. */
	experienceQualified: "Experience Qualified",
	experienceShown: "Experience Shown",
	/** What stands within the page came into view. */
	experienceSeen: "Experience Seen",
	experienceEngaged: "Experience Engaged",
	/** It was offered and could not be shown, such as too late. */
	experienceMissed: "Experience Missed",
	/** An order that is owed to it was completed. */
	experienceConverted: "Experience Converted",
	experienceClosed: "Experience Closed",
	experienceClicked: "Experience Clicked",
	formSubmitted: "Form Submitted",
	/** A visitor goes on to the next step of a form: what was answered so far. */
	formContinued: "Form Continued",
	couponGiven: "Coupon Given",
	/** A page says who its visitor is, as `identify` in Segment's spec. */
	identified: "Identified",
	/** A page says that its visitor is somebody else from here on: after a logout. */
	reset: "Reset",
	tagAdded: "Tag Added",
	tagRemoved: "Tag Removed",
	programmeJoined: "Programme Joined",
	pointsEarned: "Points Earned",
	pointsSpent: "Points Spent",
	pointsExpired: "Points Expired",
	segmentEntered: "Segment Entered",
	segmentExited: "Segment Exited",
	listJoined: "List Joined",
	listLeft: "List Left",
	consentGiven: "Consent Given",
	consentPending: "Consent Pending",
	consentWithdrawn: "Consent Withdrawn",
	ownerAssigned: "Owner Assigned",
	stageChanged: "Stage Changed",
	profileAdded: "Profile Added",
	noteAdded: "Note Added",
	/** What an import says of somebody. */
	contactImported: "Contact Imported",
	/** A visitor put right what is known of them. */
	detailsCorrected: "Details Corrected",
	/** Worked out of the orders, and nowhere stored: see bought.ts. */
	productBought: "Product Bought",
} as const;

/** As Segment's spec has it. */
export const productViewed = "Product Viewed";

/** What becomes of products that people viewed or left in their cart: their shop's catalogue tells them. */
export const productNews = {
	priceDropped: "Product Price Dropped",
	backInStock: "Product Back in Stock",
} as const;

/** What only we may say; a page that sends one of these is refused. */
export const derivedNames: ReadonlySet<string> = new Set<string>([
	eventNames.tagAdded,
	eventNames.tagRemoved,
	eventNames.programmeJoined,
	eventNames.pointsEarned,
	eventNames.pointsSpent,
	eventNames.pointsExpired,
	eventNames.segmentEntered,
	eventNames.segmentExited,
	eventNames.listJoined,
	eventNames.listLeft,
	eventNames.consentGiven,
	eventNames.consentPending,
	eventNames.consentWithdrawn,
	eventNames.ownerAssigned,
	eventNames.stageChanged,
	eventNames.profileAdded,
	eventNames.noteAdded,
	eventNames.contactImported,
	eventNames.experienceQualified,
	eventNames.experienceShown,
	eventNames.experienceConverted,
	eventNames.couponGiven,
	eventNames.detailsCorrected,
	eventNames.productBought,
]);

export function isDerived(name: string): boolean {
	return derivedNames.has(name);
}

/** When a rule was applied to the past and made this; nothing for what was made as it happened. */
export function appliedAt(id: string): number | undefined {
	const said = /^[^/]+\/[^/]+\/(\d{13,})\/\d+$/.exec(id);
	return said ? Number(said[1]) : undefined;
}

/** The order of two events that is the same for everyone: by time, then by id. */
export function isLater(a: { at: number; id: string }, b: { at: number; id: string }): boolean {
	return a.at > b.at || (a.at === b.at && a.id > b.id);
}
