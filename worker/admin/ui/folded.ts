// Text as it is sought: without case and accents, as the API folds it.

const apart: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe" };

export function folded(text: string): string {
	return text
		.normalize("NFD")
		.replace(/\p{Mn}/gu, "")
		.toLowerCase()
		.replace(/[łøđßæœ]/g, (letter) => apart[letter] ?? letter);
}
