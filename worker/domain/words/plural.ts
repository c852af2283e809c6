// Nouns after numbers: 1 wizyta, 2 wizyty, 5 wizyt, 1,5 wizyty.

const rules = { pl: new Intl.PluralRules("pl"), en: new Intl.PluralRules("en") } as const;

/**
 * A Polish noun as it stands after a number. `other` follows a fraction and so is the genitive singular, `many` the
 * genitive plural.
 */
export interface Noun {
	readonly one: string;
	readonly few: string;
	readonly many: string;
	readonly other: string;
}

export interface EnglishNoun {
	readonly one: string;
	readonly other: string;
}

export const units = ["day", "hour", "minute", "second", "millisecond"] as const;
export type Unit = (typeof units)[number];

export const polish = {
	time: noun("raz", "razy", "razy", "razu"),
	point: noun("punkt", "punkty", "punktów", "punktu"),
	visit: noun("wizyta", "wizyty", "wizyt", "wizyty"),
	order: noun("zamówienie", "zamówienia", "zamówień", "zamówienia"),
	value: noun("nowa wartość", "nowe wartości", "nowych wartości", "nowej wartości"),
	part: noun("część", "części", "części", "części"),
	year: noun("rok", "lata", "lat", "roku"),
	day: noun("dzień", "dni", "dni", "dnia"),
	hour: noun("godzina", "godziny", "godzin", "godziny"),
	minute: noun("minuta", "minuty", "minut", "minuty"),
	second: noun("sekunda", "sekundy", "sekund", "sekundy"),
	millisecond: noun("milisekunda", "milisekundy", "milisekund", "milisekundy"),
} as const satisfies Readonly<Record<Unit | string, Noun>>;

/** The verb before a number of things: jest 1 punkt, są 2 punkty, jest 5 punktów. */
export const thereIs = noun("jest", "są", "jest", "jest");

export const english = {
	time: { one: "time", other: "times" },
	point: { one: "point", other: "points" },
	visit: { one: "visit", other: "visits" },
	order: { one: "order", other: "orders" },
	value: { one: "new value", other: "new values" },
	part: { one: "part", other: "parts" },
	year: { one: "year", other: "years" },
	day: { one: "day", other: "days" },
	hour: { one: "hour", other: "hours" },
	minute: { one: "minute", other: "minutes" },
	second: { one: "second", other: "seconds" },
	millisecond: { one: "millisecond", other: "milliseconds" },
} as const satisfies Readonly<Record<keyof typeof polish, EnglishNoun>>;

/** A Polish noun by the forms that follow 1, 2, 5 and 1.5. */
export function noun(one: string, few: string, many: string, other: string): Noun {
	return { one, few, many, other };
}

/** The form that follows `n` where the number is a subject or an object: 1 punkt, 22 punkty, 112 punktów. */
export function afterNumber(n: number, { one, few, many, other }: Noun): string {
	switch (rules.pl.select(n)) {
		case "one":
			return one;
		case "few":
			return few;
		case "many":
			return many;
		default:
			return other;
	}
}

/** The form that follows `n` in the genitive: do 1 punktu, do 22 punktów, do 1,5 punktu. */
export function genitiveAfter(n: number, { many, other }: Noun): string {
	return n === 1 || !Number.isInteger(n) ? other : many;
}

export function afterEnglish(n: number, { one, other }: EnglishNoun): string {
	return rules.en.select(n) === "one" ? one : other;
}

const unitMs: Readonly<Record<Unit, number>> = {
	day: 86_400_000,
	hour: 3_600_000,
	minute: 60_000,
	second: 1_000,
	millisecond: 1,
};

export interface Span {
	readonly unit: Unit;
	readonly n: number;
}

/** In the largest unit of which it is a whole number. One day is 24 hours: “the last day” could be a day of the calendar. */
export function spanOf(ms: number): Span {
	const isOneDay = ms === unitMs.day;
	const unit = units.find((one) => ms % unitMs[one] === 0 && !(isOneDay && one === "day")) ?? "millisecond";
	return { unit, n: ms / unitMs[unit] };
}
