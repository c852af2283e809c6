// What a catalogue and its feed may be: the one place where every bound of them stands.

export const catalogueLimits = {
	/** Products of one feed, and how many are remembered with those that are gone. */
	products: 100_000,
	remembered: 200_000,
	/** Products in one call of the API. */
	batch: 1_000,
	/** Products on one page of a list. */
	page: 100,
	/** Bytes of a feed, unpacked where it comes packed; and of one that is uploaded, as the platform takes it. */
	feedBytes: 256_000_000,
	uploadBytes: 100_000_000,
	/** Characters of one text or attribute in a feed. What is longer is at fault, however long. */
	text: 50_000,
	/** How deep the elements of a feed nest. */
	depth: 20,
	/** Problems of a feed that are listed; all are counted. */
	problems: 100,
	/** Bytes of a feed that is only tried. */
	triedBytes: 2_000_000,
} as const;
