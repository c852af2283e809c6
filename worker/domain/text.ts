// Text as conditions compare it: case, accents and the letters that Unicode does not decompose are folded away.

const undecomposed: Readonly<Record<string, string>> = {
	ł: "l",
	ø: "o",
	đ: "d",
	ð: "d",
	þ: "th",
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ı: "i",
	ħ: "h",
	ŋ: "n",
	ŧ: "t",
};

/**
 * `Łódź` → `lodz`. Idempotent, so text that was folded at write may be folded again.
 * What comes out is well-formed and holds no NUL: SQLite can store neither a lone surrogate nor measure past a NUL.
 */
export function fold(text: string): string {
	// On the hot path most text is ASCII, and nearly all of the rest Latin letters, which fold one by one.
	let isAscii = true;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= latinEnd) return foldAny(text);
		if (code > 127 || code === 0) isAscii = false;
	}
	if (isAscii) return text.toLowerCase();
	let folded = "";
	for (let i = 0; i < text.length; i++) folded += latin[text.charCodeAt(i)];
	return folded;
}

function foldAny(text: string): string {
	const lower = text.toLowerCase().toWellFormed().normalize("NFKD");
	const bare = lower.replace(/\p{M}/gu, "").replaceAll("\0", "").toLowerCase();
	return bare.replace(/[łøđðþßæœıħŋŧ]/g, (letter) => undecomposed[letter] ?? letter);
}

/** End of Latin Extended-B: no letter below it depends on its neighbours. */
const latinEnd = 0x250;
const latin: readonly string[] = Array.from({ length: latinEnd }, (_, code) =>
	foldAny(String.fromCharCode(code)),
);

/** A path as conditions see it: folded, decoded where that is possible, without query, hash or a trailing slash. */
export function foldPath(path: string): string {
	const bare = path.split(/[?#]/, 1)[0] ?? "";
	let decoded = bare;
	try {
		decoded = decodeURIComponent(bare);
	} catch {
		// A malformed escape stays as it was sent: the path is still a path.
	}
	const folded = fold(decoded);
	return folded.length > 1 && folded.endsWith("/") ? folded.slice(0, -1) : folded || "/";
}
