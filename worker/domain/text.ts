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

/** `Łódź` → `lodz`. Idempotent, so text that was folded at write may be folded again. */
export function fold(text: string): string {
	// Most text on the hot path is plain ASCII; only what is not pays for normalisation.
	const lower = text.toLowerCase();
	if (isAscii(lower)) return lower;
	const bare = lower.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
	return bare.replace(/[łøđðþßæœıħŋŧ]/g, (letter) => undecomposed[letter] ?? letter);
}

function isAscii(text: string): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
	return true;
}

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
