// Characters as XML and HTML write them by name and by number. No entity is ever defined by a document: so none can grow.

const named: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: " ",
	oacute: "ó",
	Oacute: "Ó",
	ndash: "–",
	mdash: "—",
	hellip: "…",
	bdquo: "„",
	rdquo: "”",
	ldquo: "“",
	rsquo: "’",
	lsquo: "‘",
	laquo: "«",
	raquo: "»",
	reg: "®",
	trade: "™",
	copy: "©",
	deg: "°",
	times: "×",
	euro: "€",
	middot: "·",
	bull: "•",
	sup2: "²",
	sup3: "³",
	frac12: "½",
};

/** With each entity's character in its place, once: what comes out is not looked at again. What is none stays as it is. */
export function unescaped(text: string): string {
	if (!text.includes("&")) return text;
	return text.replace(
		/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]\w{1,9}));/g,
		(all, decimal, hex, name) => {
			if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? all) : all;
			return characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
		},
	);
}

function characterOf(code: number): string {
	const isNone = code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
	if (isNone) return "\ufffd";
	// Control characters have no place in a name or an address.
	return code < 32 || (code >= 127 && code < 160) ? " " : String.fromCodePoint(code);
}
