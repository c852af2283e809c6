// How large a condition may be.

/** What a definition may cost. Checked when it is saved, so that nothing larger is ever evaluated. */
export const limits = {
	depth: 8,
	/** As many as D1 takes where each is a count or a test within one (test/support/largest.ts). */
	nodes: 160,
	list: 100,
	text: 200,
	count: 100,
	/** What a sequence looks back on, in each of its two matches and each part. */
	sequence: 101,
	/** Of each part, the latest. */
	orders: 200,
	/** 400 days: how far back events are counted. */
	windowMs: 400 * 86_400_000,
	windowDays: 400,
	/** 150 years: how far a date may lie from now. */
	dateMs: 150 * 366 * 86_400_000,
	/** In years. */
	age: 150,
	anniversaryDays: 60,
	property: 64,
	where: 10,
	/** Half way around the earth. */
	km: 20_000,
} as const satisfies Record<string, number>;
