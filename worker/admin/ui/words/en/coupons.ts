import { counted } from "../plural.ts";

export const coupons = {
	title: "Coupons",
	lead: "Each person gets a code of their own: a pop-up or a wheel takes the next one from its pool, and no code is given twice.",
	add: "New pool",
	none: "No coupon pools yet",
	noneWhy:
		"Make codes in your shop, each for one use, and bring them here as a pool. An experience that gives a coupon takes one for each person, and you are told before they run out.",
	pool: "Pool",
	left: "Left",
	leftOf: (left: string, codes: string) => `${left} of ${codes}`,
	isLow: "Running out",
	isEmpty: "Empty",
	lowTitle: (pools: string) => `Running out: ${pools}`,
	lowWhy: "A tenth of the codes or less is left. An experience whose pool is empty is not shown.",
	usedIn: "Given by",
	unused: "Nothing yet",
	addCodes: "Add codes",
	addTo: (pool: string) => `Add codes to “${pool}”`,
	name: "Name of the pool",
	nameHint: "Lower-case letters, digits and hyphens, such as spring-10. Experiences refer to it.",
	nameWrong: "Use lower-case letters, digits and hyphens; 64 at most.",
	nameTaken: "This pool exists already: the codes are added to it.",
	codes: "Codes",
	codesHint: "One per line, or separated by commas.",
	drop: "Choose a file with codes, or drop it here",
	dropHint: "CSV or text; the first column counts.",
	found: (n: number) => counted(n, "code", "codes"),
	twice: (n: number) => `${counted(n, "code", "codes")} more than once: counted once.`,
	wrong: (n: number) =>
		`${counted(n, "line", "lines")} cannot be a code (1 to 64 letters, digits or signs, no spaces):`,
	line: (line: string, text: string) => `line ${line}: ${text}`,
	andMore: (n: string) => `and ${n} more`,
	doAdd: (n: number) => (n === 0 ? "Add codes" : `Add ${counted(n, "code", "codes")}`),
	added: (n: number) => `${counted(n, "code", "codes")} added`,
	addedBut: (n: number, known: number) =>
		`${counted(n, "code", "codes")} added; ${counted(known, "was", "were")} in the pool before`,
};
