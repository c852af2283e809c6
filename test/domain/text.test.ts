import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, foldPath } from "../../worker/domain/text.ts";

test("Polish is found without its marks, and other alphabets without theirs", () => {
	expect(fold("Łódź")).toBe("lodz");
	expect(fold("Białystok")).toBe("bialystok");
	expect(fold("ZAŻÓŁĆ GĘŚLĄ JAŹŃ")).toBe("zazolc gesla jazn");
	expect(fold("Straße")).toBe("strasse");
	expect(fold("Smørrebrød, Đorđe, Œuvre, Ærø")).toBe("smorrebrod, dorde, oeuvre, aero");
	expect(fold("e\u0301")).toBe(fold("é"));
});

test("folding is idempotent, and what comes out can be stored and measured anywhere", () => {
	fc.assert(
		fc.property(
			fc.string({ unit: "binary" }),
			fc.constantFrom("", "\0", "\ud800", "İ", "ϴ", "℡"),
			(text, odd) => {
				const folded = fold(text + odd + text);
				expect(fold(folded)).toBe(folded);
				expect(folded.isWellFormed()).toBe(true);
				expect(folded).not.toContain("\0");
			},
		),
	);
});

test("Latin letters fold one by one to what Unicode folds them to together", () => {
	// A letter from beyond the table sends the whole text the long way.
	const beyond = "а";
	fc.assert(
		fc.property(
			fc.string({ unit: fc.integer({ min: 0, max: 0x24f }).map((n) => String.fromCharCode(n)) }),
			(text) => {
				expect(fold(`${text}${beyond}`)).toBe(`${fold(text)}${beyond}`);
			},
		),
	);
});

test("a path loses its query, its hash, its escapes and the slash at its end", () => {
	expect(foldPath("/Oferta/Łódź/?utm_source=x#y")).toBe("/oferta/lodz");
	expect(foldPath("/oferta/%C5%81%C3%B3d%C5%BA")).toBe("/oferta/lodz");
	expect(foldPath("/100%")).toBe("/100%");
	expect(foldPath("/")).toBe("/");
	expect(foldPath("")).toBe("/");
});
