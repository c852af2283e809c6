// Personal words: what a marketer may write, what becomes of it for one visitor, and what nobody can make it do.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonalWords } from "../../worker/content/call.ts";
import { faultIn, writeOut } from "../../worker/content/words.ts";
import type { Content, Offer } from "../../worker/protocol/experience.ts";
import { type Reading, textsIn, written } from "../../worker/protocol/texts.ts";

const ala: PersonalWords = {
	person: { first_name: "Ala", city: "Łódź & okolice" },
	score: 120,
	programmes: { club: { balance: 340, tier: "Złoty" } },
};
const nobody: PersonalWords = { person: {} };
const greeting = 'Cześć, {{ person.first_name | default: "dobrze Cię widzieć" }}!';

describe("a text with personal words", () => {
	it.each<[text: string, forAla: string, forNobody: string]>([
		[greeting, "Cześć, Ala!", "Cześć, dobrze Cię widzieć!"],
		["Masz {{ programmes.club.balance | default: 0 }} pkt", "Masz 340 pkt", "Masz 0 pkt"],
		["{% if score >= 100 %}Dla stałych{% else %}Dla nowych{% endif %}", "Dla stałych", "Dla nowych"],
		["{{ programmes.club.tier | upcase }}", "ZŁOTY", ""],
		["bez niczego", "bez niczego", "bez niczego"],
		["{{ person.constructor }}{{ person.first_name.constructor }}{{ __proto__ }}", "", ""],
	])("%s", (text, forAla, forNobody) => {
		expect([writeOut(text, "words", ala), writeOut(text, "words", nobody)]).toEqual([forAla, forNobody]);
	});

	it("has a value as it is, and never as a template, a mark or a tag", () => {
		const told = { person: { name: "{{ score }} **x** [y](https://z) <b>" }, score: 1 };
		const out = (reading: Reading) => writeOut("{{ person.name }}", reading, told);
		expect(out("words")).toBe("{{ score }} **x** [y](https://z) <b>");
		expect(out("marked")).toBe("{{ score }} \\*\\*x\\*\\* \\[y\\](https://z) <b>");
		expect(out("html")).not.toMatch(/[<>]/);
	});

	it("in a link has its values encoded, and stays a link", () => {
		const link = (text: string, value: string) => writeOut(text, "link", { person: { city: value } });
		expect(link("https://sklep.pl/?m={{ person.city }}", "a&b=c#/")).toBe(
			"https://sklep.pl/?m=a%26b%3Dc%23%2F",
		);
		expect(link("/{{ person.city }}", "/evil.example")).toBe("/%2Fevil.example");
		expect(link("/{% if true %}/evil.example{% endif %}", "")).toBeUndefined();
		expect(link("{{ person.city }}", "javascript:alert(1)")).toBeUndefined();
	});

	it("is never a link to anywhere but the web, whatever is in it", () => {
		const piece = fc.oneof(
			fc.constantFrom("https://a.pl/", "/", "{{ person.x }}", "{% if person.x %}", "{% endif %}", "//", "\\"),
			fc.string({ maxLength: 10 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), fc.string(), (pieces, x) => {
				const text = pieces.join("");
				const out = writeOut(`/{{ person.y }}${text}`, "link", { person: { x } });
				expect(out === undefined || /^(https?:\/\/|\/(?![/\\]))/i.test(out)).toBe(true);
			}),
		);
	});
});

describe("a template that cannot be written out", () => {
	it.each([
		["{{ person.first_name ", /not closed, line:1, col:1/],
		["x\n{% if score %}", /not closed, line:2, col:1/],
		["{{ score | explode }}", /undefined filter: explode, line:1/],
		["{{ persn.first_name }}", /no words called persn/],
		["{% for i in (1..9) %}{% endfor %}", /tag "for" not found/],
		['{% include "x" %}', /tag "include" not found/],
		['{% render "x" %}', /tag "render" not found/],
		['{% layout "x" %}', /tag "layout" not found/],
		["{{ score | where_exp: 'x', 'x' }}", /undefined filter/],
	])("%s is refused, and told where", (text, why) => {
		expect(faultIn(text, "words")).toMatch(why);
		// Were it published all the same, nobody would see it raw.
		expect(writeOut(text, "words", nobody) ?? "").not.toMatch(/\{[{%]/);
	});

	it("among marks is one whose value would be part of a link", () => {
		expect(faultIn("[tutaj](https://sklep.pl/{{ person.city }})", "marked")).toMatch(/a button does/);
		expect(faultIn("{{ person.city }}: [tutaj](https://sklep.pl/)", "marked")).toBeUndefined();
	});

	it("is not one that all members of what may be said are in", () => {
		expect(
			faultIn("{{ cart.value }} {{ orders.count }} {{ score }} {{ person['x'] }}", "words"),
		).toBeUndefined();
	});
});

describe("what a template may cost", () => {
	const costly: readonly [what: string, text: string][] = [
		["doubling", `{% assign a = "xxxxxxxxxx" %}${"{% assign a = a | append: a %}".repeat(60)}{{ a }}`],
		["replacing", `{% assign a = "x" %}${"{% assign a = a | replace: 'x', 'xxxx' %}".repeat(40)}{{ a }}`],
		["a range", "{{ (1..1000000000) | size }}"],
		["a slice", '{{ "x" | slice: 0, 100000000 }}'],
		["a wide date", '{{ "2026-01-01" | date: "%100000000d" }}'],
		["a long text", "x".repeat(30_000) + greeting],
		["depth", "{% if true %}".repeat(1_500)],
	];
	it.each(costly)("is bounded: %s", (_what, text) => {
		expect((writeOut(text, "words", ala) ?? "").length).toBeLessThanOrEqual(20_000);
	});

	it("is bounded for any text that anybody writes and any value that anybody has", () => {
		const piece = fc.constantFrom(
			"{{",
			"}}",
			"{%",
			"%}",
			" person.a ",
			"|",
			" append: person.a ",
			"if",
			"else",
			"endif",
			"assign b = ",
			"'",
			'"',
			" date: '%c' ",
			" truncate: 3 ",
			"<",
			">",
			"and",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), fc.string(), (pieces, a) => {
				const out = writeOut(pieces.join(""), "words", { person: { a } });
				expect(out === undefined || out.length <= 20_000).toBe(true);
			}),
		);
	});
});

describe("an offer", () => {
	const content = (blocks: readonly object[], label = "Powitanie") =>
		({ label, blocks }) as unknown as Content;
	const offer = (blocks: readonly object[], label?: string) =>
		({ experience: "hello", content: content(blocks, label) }) as unknown as Offer;
	const forAla = (one: Offer) => written(one, (text, reading) => writeOut(text, reading, ala));

	it("is written out in all of its words, and in nothing else", () => {
		const products = [{ id: "1", name: "{{ score }}" }];
		const recipe = { sources: [{ by: "hand-picked", products: ["{{ score }}"] }] };
		const blocks = [
			{ kind: "heading", text: greeting },
			{ kind: "button", text: "{{ score }} pkt", link: "https://sklep.pl/?s={{ score }}" },
			{ kind: "coupon", code: "{{ score }}", label: "Kod" },
			{ kind: "products", layout: "grid", recipe, products },
			{ kind: "form", fields: [{ kind: "text", name: "a", label: "{{ score }}" }], submit: "OK" },
		];
		expect(forAla(offer(blocks, "{{ score }}"))?.content).toEqual({
			label: "120",
			blocks: [
				{ kind: "heading", text: "Cześć, Ala!" },
				{ kind: "button", text: "120 pkt", link: "https://sklep.pl/?s=120" },
				blocks[2],
				blocks[3],
				{ kind: "form", fields: [{ kind: "text", name: "a", label: "120" }], submit: "OK" },
			],
		});
	});

	it("leaves out a block that comes out empty or cannot be, also in its steps and thanks", () => {
		const empty = { kind: "text", text: "{% if false %}x{% endif %}" };
		const broken = { kind: "button", text: "x", link: "/{% if true %}/x{% endif %}" };
		const plain = { kind: "text", text: "y" };
		const form = { kind: "form", fields: [], submit: "OK", thanks: [empty, plain] };
		const one = {
			...offer([]),
			content: { label: "x", blocks: [empty, form, broken], steps: { next: { blocks: [plain, broken] } } },
		};
		expect(forAla(one as unknown as Offer)?.content).toEqual({
			label: "x",
			blocks: [{ ...form, thanks: [plain] }],
			steps: { next: { blocks: [plain] } },
		});
		expect(forAla(offer([empty]))).toBeNull();
		expect(forAla(offer([plain], "{{ person.nothing }}"))).toBeNull();
	});

	it("keeps a picture that says nothing", () => {
		const picture = { kind: "image", src: "/a.png", alt: "", width: 1, height: 1 };
		expect(forAla(offer([picture]))).toEqual(offer([picture]));
	});

	it("tells of each of its words where it stands", () => {
		const form = { kind: "form", fields: [{ kind: "text", name: "a", label: "L" }], submit: "OK" };
		expect(textsIn(content([{ kind: "text", text: "T" }, form]))).toEqual([
			{ at: ["label"], text: "Powitanie", reading: "words" },
			{ at: ["blocks", 0, "text"], text: "T", reading: "marked" },
			{ at: ["blocks", 1, "fields", 0, "label"], text: "L", reading: "words" },
			{ at: ["blocks", 1, "submit"], text: "OK", reading: "words" },
		]);
	});
});
