import { describe, expect, it } from "vitest";
import { type Encoding, encodingOf, isMixed, newTally, tally } from "../../worker/domain/import/encoding.ts";

const polish = "imię;miasto\nGrażyna Żółć;Łódź\nŚwiętosława Ćma;Jaślisko\nBłażej;Świnoujście\n";
/** Where the letters stand in the two tables that TextEncoder does not write. */
const tables = {
	"windows-1250": {
		ą: 0xb9,
		ć: 0xe6,
		ę: 0xea,
		ł: 0xb3,
		ń: 0xf1,
		ó: 0xf3,
		ś: 0x9c,
		ź: 0x9f,
		ż: 0xbf,
		Ć: 0xc6,
		Ł: 0xa3,
		Ś: 0x8c,
		Ż: 0xaf,
	},
	"iso-8859-2": {
		ą: 0xb1,
		ć: 0xe6,
		ę: 0xea,
		ł: 0xb3,
		ń: 0xf1,
		ó: 0xf3,
		ś: 0xb6,
		ź: 0xbc,
		ż: 0xbf,
		Ć: 0xc6,
		Ł: 0xa3,
		Ś: 0xa6,
		Ż: 0xaf,
	},
} as const;

function bytesOf(text: string, encoding: Encoding): Uint8Array {
	if (encoding === "utf-8") return new TextEncoder().encode(text);
	if (encoding === "utf-16le" || encoding === "utf-16be") {
		const bytes = new Uint8Array(text.length * 2);
		const view = new DataView(bytes.buffer);
		for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === "utf-16le");
		return bytes;
	}
	const table: Readonly<Record<string, number>> = tables[encoding];
	return Uint8Array.from([...text], (letter) => table[letter] ?? letter.charCodeAt(0));
}

function tallied(bytes: Uint8Array, piece = 7) {
	const counted = newTally();
	for (let from = 0; from < bytes.length; from += piece) tally(counted, bytes.subarray(from, from + piece));
	return counted;
}

describe("the encoding of a file is told by its bytes", () => {
	it.each(["utf-8", "utf-16le", "utf-16be", "windows-1250", "iso-8859-2"] as const)(
		"%s, with Polish letters",
		(encoding) => {
			const bytes = bytesOf(polish, encoding);
			expect(encodingOf(tallied(bytes))).toBe(encoding);
			expect(new TextDecoder(encoding).decode(bytes)).toBe(polish);
		},
	);

	it.each(["utf-8", "utf-16le", "utf-16be"] as const)("%s, by its mark", (encoding) => {
		const bytes = bytesOf("\ufeff漢字", encoding);
		expect(encodingOf(tallied(bytes))).toBe(encoding);
	});

	it("plain ASCII, and nothing at all, are UTF-8", () => {
		expect(encodingOf(tallied(bytesOf("a,b\n1,2", "utf-8")))).toBe("utf-8");
		expect(encodingOf(newTally())).toBe("utf-8");
	});

	it("a file with a line out of another program is UTF-8 still, and says that something is amiss", () => {
		const mixed = Uint8Array.from([
			...bytesOf(polish.repeat(5), "utf-8"),
			...bytesOf("Łukasz;Śrem\n", "windows-1250"),
		]);
		expect(encodingOf(tallied(mixed))).toBe("utf-8");
		expect(isMixed(tallied(mixed))).toBe(true);
		expect(isMixed(tallied(bytesOf(polish, "utf-8")))).toBe(false);
	});
});
