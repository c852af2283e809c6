// What a site's conversations come to: how many began, how long visitors waited for a first answer, and how they were rated.

/** Instants: from <= at < to. */
export type Span = readonly [from: number, to: number];

/** Times in ms; null where there were none. `stars`: how many ratings of one star, of two, up to five. */
export interface ChatFigures {
	/** The place of the span, or the account of who answered first. */
	readonly of: number | string;
	readonly conversations: number;
	readonly answered: number;
	readonly medianMs: number | null;
	readonly p90Ms: number | null;
	readonly stars: readonly [number, number, number, number, number];
}

/** Of conversations that began in one of the spans: each by the index, so that many spans cost what one does. */
const figures = (of: string) => `WITH begun AS (
		SELECT ${of} AS "of", c.first_answer_ms AS ms, c.stars, count(c.first_answer_ms) OVER (PARTITION BY ${of}) AS n,
			row_number() OVER (PARTITION BY ${of}, c.first_answer_ms IS NULL ORDER BY c.first_answer_ms) AS place
		FROM json_each(?2) s CROSS JOIN conversations c
			ON c.site = ?1 AND c.started_at >= s.value ->> 0 AND c.started_at < s.value ->> 1)
	SELECT "of", count(*) AS conversations, count(ms) AS answered,
		max(iif(place = (n + 1) / 2, ms, NULL)) AS medianMs, max(iif(place = (9 * n + 9) / 10, ms, NULL)) AS p90Ms,
		sum(stars = 1) AS s1, sum(stars = 2) AS s2, sum(stars = 3) AS s3, sum(stars = 4) AS s4, sum(stars = 5) AS s5
	FROM begun WHERE "of" IS NOT NULL GROUP BY 1`;
const by = { span: figures("s.key"), agent: figures("c.first_agent") } as const;

interface Row extends Omit<ChatFigures, "stars"> {
	readonly s1: number | null;
	readonly s2: number | null;
	readonly s3: number | null;
	readonly s4: number | null;
	readonly s5: number | null;
}

/** By span, those alone in which conversations began; or by who answered first, whoever that was. */
export async function chatFiguresBy(
	db: D1Database,
	site: string,
	what: keyof typeof by,
	spans: readonly Span[],
): Promise<readonly ChatFigures[]> {
	const { results } = await db.prepare(by[what]).bind(site, JSON.stringify(spans)).all<Row>();
	return results.map(({ s1, s2, s3, s4, s5, ...row }) => ({
		...row,
		stars: [s1 ?? 0, s2 ?? 0, s3 ?? 0, s4 ?? 0, s5 ?? 0],
	}));
}

export const noChats: Omit<ChatFigures, "of"> = {
	conversations: 0,
	answered: 0,
	medianMs: null,
	p90Ms: null,
	stars: [0, 0, 0, 0, 0],
};
