// What a hostile caller may cost us: the one place where every bound of the public protocol stands.

export const limits = {
	/** Bytes of a `/v1/collect` body. A larger one is refused before it is parsed. */
	bodyBytes: 32_768,
	/** Nesting of the JSON body, checked before it is parsed so that no parser recurses into a bomb. */
	bodyDepth: 6,
	eventsPerRequest: 50,
	claimsPerRequest: 5,
	eventName: 100,
	propertyName: 64,
	propertiesPerEvent: 50,
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
} as const satisfies Record<string, number>;
