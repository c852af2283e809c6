// Which voivodeship a Polish postcode lies in. Postal districts are older than today's voivodeships, so a pair of
// digits is listed where all of it lies in one, and three digits where a border runs through. What is listed nowhere
// is not known. A village at a border may be served from across it.

const districts: Readonly<Record<string, string>> = {
	dolnośląskie: "50 51 52 53 54 55 56 57 58 59 672",
	"kujawsko-pomorskie": "85 86 87 88 891 892 894 895",
	lubelskie: "085 20 21 22 23 24",
	lubuskie: "65 66 671 673 674 68 69",
	łódzkie: "263 90 91 92 93 94 95 961 962 97 98 99",
	małopolskie: "30 31 32 33 341 342 344 345 346 347 383",
	mazowieckie: "00 01 02 03 04 05 06 07 081 082 083 084 09 264 265 266 267 268 269 271 273 963 965",
	opolskie: "45 46 471 472 473 48 49",
	podkarpackie: "35 36 37 381 382 384 385 386 387 39",
	podlaskie: "15 16 17 18 191 192",
	pomorskie: "762 771 772 773 80 81 821 822 824 825 83 84 896",
	śląskie: "343 40 41 42 43 44 474",
	świętokrzyskie: "25 260 261 262 272 274 275 276 28 29",
	"warmińsko-mazurskie": "10 11 12 13 14 193 194 195 823",
	wielkopolskie: "60 61 62 63 64 774 893",
	zachodniopomorskie: "70 71 72 73 74 75 760 761 78",
};

const byDigits: ReadonlyMap<string, string> = new Map(
	Object.entries(districts).flatMap(([voivodeship, digits]) =>
		digits.split(" ").map((prefix) => [prefix, voivodeship] as const),
	),
);

/** `30-059` → `małopolskie`. The hyphen is required: five digits without it are as likely a German code. */
export function voivodeshipOfPostcode(postcode: string): string | undefined {
	const digits = /^\s*(\d\d)-(\d)\d\d\s*$/.exec(postcode);
	if (!digits) return undefined;
	const [, pair = "", third = ""] = digits;
	return byDigits.get(pair) ?? byDigits.get(pair + third);
}
