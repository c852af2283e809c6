import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type Card,
	copiesOf,
	cut,
	isProven,
	joined,
	ownParts,
	placesOf,
	weighed,
	withCopy,
	withoutCopies,
} from "../../worker/domain/card.ts";
import type { Owner } from "../../worker/domain/contact.ts";
import { emptyFacts } from "../../worker/domain/facts.ts";
import { introducedBy } from "../../worker/domain/introduction.ts";
import { nobody, type Part, read } from "../../worker/domain/person.ts";
import type { Proof } from "../../worker/domain/proof.ts";

// A part has one writer, so a version says what is in it: the score stands for that.
const part = (id: string, version: number, kind: Part["kind"] = "browser"): Part => ({
	id,
	kind,
	version,
	facts: { ...emptyFacts(), score: version },
});
const from: Owner = { person: "stranger", cell: "elsewhere" };
const versions = fc.integer({ min: 1, max: 4 });
const proofs = fc.constantFrom<Proof>("linked", "verified");

const ownCard = fc
	.record({
		own: fc.dictionary(fc.constantFrom("a", "b", "__proto__"), versions),
		proven: fc.option(proofs, { nil: undefined }),
	})
	.map(({ own, proven }): Card => {
		const parts = Object.fromEntries(Object.entries(own).map(([id, version]) => [id, part(id, version)]));
		return {
			person: { parts },
			proofs: proven && Object.hasOwn(own, "a") ? { a: proven } : {},
		};
	});
const copies = fc.array(fc.tuple(fc.constantFrom("x", "y"), versions), { maxLength: 6 });
const card = fc
	.tuple(ownCard, copies)
	.map(([one, told]) => told.reduce((known, [id, version]) => withCopy(known, part(id, version), from), one));

const shape = (one: Card) => ({
	parts: Object.fromEntries(Object.entries(one.person.parts)),
	proofs: one.proofs ?? {},
	ties: one.ties ?? {},
});

test("the union of two cards is the same in any order, any grouping, and however often", () => {
	fc.assert(
		fc.property(card, card, card, (a, b, c) => {
			expect(shape(joined(a, b))).toEqual(shape(joined(b, a)));
			expect(shape(joined(joined(a, b), c))).toEqual(shape(joined(a, joined(b, c))));
			expect(shape(joined(a, a))).toEqual(shape(a));
			expect(shape(joined(joined(a, b), b))).toEqual(shape(joined(a, b)));
		}),
	);
});

describe("copies of what a stranger's browser does", () => {
	test("come in any order and more than once, and the newest is what the card has", () => {
		fc.assert(
			fc.property(ownCard, copies, fc.nat(), (one, told, seed) => {
				const shuffled = told
					.map((copy, i) => ({ copy, key: (seed * (i + 7)) % 11 }))
					.sort((p, q) => p.key - q.key)
					.map(({ copy }) => copy);
				const take = (list: typeof told) =>
					list.reduce((known, [id, version]) => withCopy(known, part(id, version), from), one);
				expect(shape(take([...shuffled, ...told]))).toEqual(shape(take(told)));
			}),
		);
	});

	test("count only while nothing of the card is proven, and never are what the card itself writes", () => {
		fc.assert(
			fc.property(ownCard, copies, (one, told) => {
				const tied = told.reduce((known, [id, version]) => withCopy(known, part(id, version), from), one);
				expect(withoutCopies(tied.person)).toEqual(one.person);
				const newest = copiesOf(tied).reduce((sum, { part: copy }) => sum + copy.version, 0);
				const score = read(one.person).score;
				expect(read(tied.person).score).toBe(isProven(one) ? score : score + newest);
				for (const { id } of ownParts(tied.person)) expect(one.person.parts).toHaveProperty([id]);
			}),
		);
	});

	test("are moved aside by the first proof, and are back when the last is gone", () => {
		fc.assert(
			fc.property(card, proofs, (one, proof) => {
				const bare: Card = weighed({ ...one, proofs: {} });
				const proven = weighed({
					...bare,
					person: { parts: { ...bare.person.parts, a: part("a", 5) } },
					proofs: { a: proof },
				});
				expect(Object.values(proven.person.parts).some(({ isCopy }) => isCopy)).toBe(false);
				const back = weighed({ ...proven, proofs: {} });
				const { a: _a, ...parts } = back.person.parts;
				const { a: _b, ...before } = bare.person.parts;
				expect([parts, back.ties]).toEqual([before, bare.ties]);
			}),
		);
	});

	test("are refused once they were cut off, and show nowhere", () => {
		fc.assert(
			fc.property(card, copies, (one, told) => {
				const ids = Object.keys(one.ties ?? {});
				const without = cut(one, ids);
				const again = told
					.filter(([id]) => ids.includes(id))
					.reduce((known, [id, version]) => withCopy(known, part(id, version + 9), from), without);
				expect(shape(again)).toEqual(shape(without));
				expect([...placesOf(again, "card").values()].every(({ tiedTo }) => tiedTo === null)).toBe(true);
			}),
		);
	});
});

test("the word of the site's server proves a card, an import and acts by hand do not", () => {
	const others = { s: part("s", 1, "server"), i: part("i", 1, "import"), h: part("h", 1, "hand") };
	expect(isProven({ person: { parts: others }, proofs: { i: "verified", h: "linked" } })).toBe(false);
	expect(isProven({ person: { parts: others }, proofs: { s: "verified" } })).toBe(true);
	const known: Card = { person: { parts: { ...others, b: part("b", 1) } }, proofs: { b: "linked" } };
	expect(isProven(known)).toBe(true);
	expect(isProven({ person: nobody, proofs: { b: "linked" } })).toBe(false);
});

describe("what an event says of who the person is", () => {
	const introduced = (name: string, props: Record<string, string | number | boolean>) =>
		introducedBy({ id: "e", name, at: 1, props });

	test("of a form is its address, and a form with an address that is none is malformed", () => {
		expect(introduced("Form Submitted", { email: " Ala@Example.PL ", name: " Ala " })).toEqual({
			identifiers: [{ kind: "email", value: "ala@example.pl" }],
			attributes: { email: "ala@example.pl", name: "Ala" },
		});
		expect(introduced("Form Submitted", { email: "ala" })).toBeUndefined();
		expect(introduced("Form Submitted", { question: "?" })).toEqual({ identifiers: [], attributes: {} });
	});

	test("of a page that identifies are its identifiers, the strongest first, and traits by our names", () => {
		const said = introduced("Identified", {
			userId: "42",
			email: "ala@example.pl",
			phone: "601 234 567",
			"traits.gender": "Female",
			"traits.address.city": "Łódź",
			"traits.birthday": "1990-05-01",
			"traits.plan": "gold",
			"traits.owner": "me",
			"traits.consent.email": "given",
		});
		expect(said?.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
			["user", "42"],
			["email", "ala@example.pl"],
			["phone", "+48601234567"],
		]);
		expect(said?.attributes).toEqual({
			sex: "f",
			city: "Łódź",
			birthday: 641_520_000_000,
			plan: "gold",
			email: "ala@example.pl",
			phone: "+48601234567",
		});
	});

	test("of any other event is nothing", () => {
		expect(introduced("Product Viewed", { email: "ala@example.pl" })).toEqual({
			identifiers: [],
			attributes: {},
		});
	});
});
