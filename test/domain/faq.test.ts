import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alike, type FaqText, rank, wordsIn } from "../../worker/domain/faq.ts";
import { runs } from "../support/runs.ts";

const entries: readonly (FaqText & { id: string })[] = [
	{
		id: "delivery",
		question: "Ile kosztuje dostawa?",
		answer: "Kurier kosztuje 15 zł, a od 200 zł wysyłka jest darmowa.",
	},
	{
		id: "returns",
		question: "Jak zwrócić towar?",
		answer: "Na zwrot masz 30 dni. Paczkę odsyłasz na nasz koszt.",
	},
	{ id: "complaint", question: "Jak złożyć reklamację?", answer: "Napisz do nas i dołącz zdjęcie kosiarki." },
	{
		id: "mower",
		question: "Jaką kosiarkę wybrać do ogrodu 500 m2?",
		answer: "Akumulatorową o szerokości 38 cm.",
	},
	{ id: "invoice", question: "Czy wystawiacie faktury VAT?", answer: "Tak, podaj NIP przy zamówieniu." },
];
const found = (query: string) => rank(entries, query, (entry) => entry).map(({ entry }) => entry.id);

describe("an answer to a question", () => {
	it.each([
		["ile zapłacę za dostawę", "delivery"],
		["DARMOWA WYSYLKA", "delivery"],
		["chcę zwrócić zakupy, jaki jest zwrot", "returns"],
		["paczki odesłać", "returns"],
		["reklamacje", "complaint"],
		["zlozyc reklamacje kosiarki", "complaint"],
		["jakie kosiarki do małego ogródka", "mower"],
		["potrzebuję fakturę", "invoice"],
		["faktur", "invoice"],
	])("is found however its words end, with or without accents: %s", (query, id) => {
		expect(found(query)[0]).toBe(id);
	});

	it("is none where nothing of it is spoken of, or nothing is asked", () => {
		for (const query of ["", "?!", "czy jest to w", "pogoda jutro"]) expect(found(query)).toEqual([]);
	});

	it("speaks of more of what is asked, the higher it scores, and of all of it at 1", () => {
		const [best] = rank(entries, "Ile kosztuje dostawa?", (entry) => entry);
		expect(best).toMatchObject({ entry: { id: "delivery" }, score: 1 });
		const half = rank(entries, "dostawa na Marsa", (entry) => entry)[0]?.score ?? 0;
		expect(half).toBeGreaterThan(0.2);
		expect(half).toBeLessThan(0.8);
	});

	it("stands in the order of the entries where two are as good", () => {
		const twice = [1, 2].map((n) => ({ n, question: "Dostawa", answer: "Tak." }));
		expect(rank(twice, "dostawa", (one) => one).map(({ entry }) => entry.n)).toEqual([1, 2]);
	});

	it("is passed over where it is not in the language that is asked in", () => {
		const texts = [
			{ en: { question: "Delivery", answer: "Free." } },
			{ pl: { question: "Dostawa", answer: "Tak" } },
		];
		expect(rank(texts, "delivery dostawa", (one) => ("en" in one ? one.en : undefined))).toHaveLength(1);
	});
});

describe("two words", () => {
	it.each([
		["zwrot", "zwrotow", true],
		["paczka", "paczki", true],
		["reklamacja", "reklamacjami", true],
		["faktura", "faktur", true],
		["cena", "centrum", false],
		["kot", "kod", false],
		["pan", "panorama", false],
		["200", "2000", false],
	])("are alike but for their endings: %s, %s", (one, other, are) => {
		expect(alike(one, other) > 0).toBe(are);
	});

	it("are as alike either way, and nothing is liker a word than itself", () => {
		const word = fc.string({ unit: fc.constantFrom(..."abcz1"), minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(word, word, (one, other) => {
				expect(alike(one, other)).toBe(alike(other, one));
				expect(alike(one, other)).toBeLessThanOrEqual(alike(one, one));
			}),
			{ numRuns: runs(500, 5_000) },
		);
	});
});

it("whatever is asked of whatever is written, scores lie between 0 and 1, the best first", () => {
	const text = fc.string({ unit: "binary", maxLength: 60 });
	const entry = fc.record({ question: text, answer: text });
	fc.assert(
		fc.property(fc.array(entry, { maxLength: 6 }), text, (all, query) => {
			const scores = rank(all, query, (one) => one).map(({ score }) => score);
			expect(scores.every((score) => score > 0 && score <= 1 + 1e-9)).toBe(true);
			expect(scores).toEqual([...scores].sort((a, b) => b - a));
			expect(wordsIn(query).every((word) => word !== "")).toBe(true);
		}),
		{ numRuns: runs(200, 2_000) },
	);
});
