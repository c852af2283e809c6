import fc from "fast-check";
import { expect, test } from "vitest";
import { confirmationLetter, escapeHtml, letterHtml, letterText } from "../../worker/domain/letter.ts";

const link = "https://edge.example/c/l1.k1.c.demo.eu-eeur-0.abc.1.2.mac";

test("the message that asks for a confirmation says who asks, for what, and where to go", () => {
	const letter = confirmationLetter("pl", { site: "Zielony Kąt", wording: "Chcę newsletter." }, link);
	expect(letter.subject).toBe("Potwierdź swój adres – Zielony Kąt");
	expect(letterText(letter)).toBe(`Potwierdź swój adres e-mail

Ktoś podał ten adres w serwisie Zielony Kąt. Jeśli to Ty, potwierdź go.

> Chcę newsletter.

Przejdź do potwierdzenia:
${link}

Jeśli to nie Ty, nie rób nic: bez potwierdzenia nic więcej nie wyślemy.
`);
});

test("in English too, and without a wording where there is none", () => {
	const text = letterText(confirmationLetter("en", { site: "Green Corner" }, link));
	expect(text).toContain("Somebody gave this address at Green Corner.");
	expect(text).not.toContain(">");
});

test("nothing of a site's name, a wording or a link ends its place in the HTML", () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.webUrl({ withQueryParameters: true }), (site, wording, url) => {
			const plain = letterHtml(confirmationLetter("en", { site: "a", wording: "a" }, "https://a.example"));
			const html = letterHtml(confirmationLetter("en", { site, wording }, url));
			const tags = (text: string) => text.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"]*"/, ""));
			expect(tags(html)).toEqual(tags(plain));
		}),
	);
	expect(escapeHtml(`<a href='"&">`)).toBe("&lt;a href=&#39;&quot;&amp;&quot;&gt;");
});
