// What sentences are made with: the language, the names that a condition refers to by id, and how values are written.

export const languages = ["pl", "en"] as const;
export type Language = (typeof languages)[number];

/** Names by id. Without a name the id itself is shown; without a currency money is a bare number. */
export interface Context {
	readonly segments?: Readonly<Record<string, string>>;
	readonly programmes?: Readonly<Record<string, string>>;
	/** Scoring rules. */
	readonly rules?: Readonly<Record<string, string>>;
	readonly experiences?: Readonly<Record<string, string>>;
	/** Of experiences. */
	readonly groups?: Readonly<Record<string, string>>;
	readonly lists?: Readonly<Record<string, InEach<string>>>;
	/** The site's own, by the name that they are sent by. */
	readonly attributes?: Readonly<Record<string, InEach<string>>>;
	/** By programme, then by tier. */
	readonly tiers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
	/** ISO 4217, as in "PLN". */
	readonly currency?: string;
	/** IANA; UTC where none is given. */
	readonly timeZone?: string;
}

/** The same meaning in each language. */
export type InEach<T> = Readonly<Record<Language, T>>;

/** What a number counts. */
export type Quantity = "plain" | "points" | "years" | "money" | "percent";
