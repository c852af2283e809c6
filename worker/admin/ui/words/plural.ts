// The word for a count, as the language inflects it.

const english = new Intl.PluralRules("en");
const polish = new Intl.PluralRules("pl");
const englishNumber = new Intl.NumberFormat("en-GB");
const polishNumber = new Intl.NumberFormat("pl-PL");

/** "1 person", "2 people". */
export function counted(n: number, one: string, many: string): string {
	return `${englishNumber.format(n)} ${english.select(n) === "one" ? one : many}`;
}

/** "1 osoba", "2 osoby", "5 osób", "1,5 osoby": one, few, many, and for fractions the fourth. */
export function policzone(n: number, one: string, few: string, many: string, part: string = few): string {
	const forms = { one, few, many, other: part, zero: many, two: few };
	// No line ends between the two: Polish typography forbids it.
	return `${polishNumber.format(n)}\u00a0${forms[polish.select(n)]}`;
}
