// What a hostile caller may cost us: the one place where every bound of the public protocol stands.

export const limits = {
	/** A `/v1/collect` body: its bytes, and its nesting, checked before it is parsed so that no parser meets a bomb. */
	collectBody: { bytes: 32_768, depth: 6 },
	/** What a site's server sends, and Segment's SDKs: as Segment has it, unpacked where it comes packed. */
	serverBody: { bytes: 512_000, depth: 16, mayBePacked: true },
	/** One event of such a body, in characters of JSON. */
	serverEvent: 32_768,
	serverEvents: 2_500,
	/** Whom one such body may tell of: each takes up to six questions to objects, and one request may ask 1,000. */
	peoplePerRequest: 150,
	/** Of a person's part: how many attributes; of one its characters; of a list how many members, each as long. */
	attributes: 200,
	attributeText: 500,
	attributeMembers: 50,
	/** What a marketer's tools send: all definitions of a site. */
	adminBody: { bytes: 2_000_000, depth: 40 },
	/** What of it is published: one row in D1, in the site's object and in each cell, of which none holds 2 MB. */
	snapshotBytes: 1_900_000,
	eventsPerRequest: 50,
	claimsPerRequest: 5,
	eventName: 100,
	propertyName: 64,
	propertiesPerEvent: 50,
	/** Of a list of products: how many, and the characters that they come to as JSON. */
	productsPerEvent: 100,
	productsText: 16_000,
	/** Characters of one property, a title, a URL. Longer text is refused, never cut: a cut URL is another URL. */
	text: 2_048,
	token: 200,
	/** An event older than this on arrival is `expired`: the cell no longer remembers whether it came before. */
	eventAgeMs: 3 * 86_400_000,
	/** Message ids that one browser's part remembers; older events than the oldest remembered are `expired`. */
	rememberedIds: 200,
	/** Requests a browser may send: a burst, and then so many a minute. */
	rateBurst: 60,
	ratePerMinute: 120,
} as const;
