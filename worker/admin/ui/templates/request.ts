// More contacts: an address for something that its owner asked for.

import { asks, consent, day, email, firstName, looks, on, productPages } from "./ready.ts";
import { template } from "./template.ts";

export const backInStock = template({
	id: "back-in-stock",
	category: "contacts",
	names: { pl: "Powiadom o dostępności", en: "Back in stock" },
	lead: {
		pl: "Na stronie wyprzedanego produktu: zostaw adres, damy znać, gdy wróci.",
		en: "On the page of a sold-out product: leave an email and hear when it returns.",
	},
	needs: {
		pl: "Sprawdź, czym Twój sklep oznacza wyprzedany produkt: selektor obejmuje najczęstsze oznaczenia. Gdy katalog powie, że produkt wrócił, oglądający dostaną zdarzenie „Product Back in Stock”: zbuduj na nim regułę.",
		en: "Check how your shop marks a sold-out product: the selector knows the most common marks. When the catalogue says that it is back, whoever viewed it gets the event “Product Back in Stock”: build a rule on it.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 25,
	pages: on(...productPages),
	attention: { afterCloseMs: day, afterSubmitMs: day },
	trigger: {
		kind: "seen",
		selector: ".out-of-stock, .outofstock, .sold-out, .soldout, .product-unavailable, [data-sold-out]",
	},
	theme: { radius: 6, spacing: "compact" },
	content: {
		pl: {
			label: "Powiadomienie o dostępności",
			blocks: [
				{ kind: "heading", text: "Chwilowo wyprzedane" },
				{ kind: "text", text: "Zostaw adres. Napiszemy raz, gdy tylko produkt wróci do sklepu." },
				{
					kind: "form",
					fields: [email("pl"), consent("back-in-stock", "pl")],
					submit: "Dajcie mi znać",
					thanks: [
						{ kind: "heading", text: "Zapisane" },
						{ kind: "text", text: "Odezwiemy się, gdy produkt będzie znów dostępny." },
					],
				},
			],
		},
		en: {
			label: "Back-in-stock alert",
			blocks: [
				{ kind: "heading", text: "Sold out for now" },
				{ kind: "text", text: "Leave your email. We’ll write once, as soon as it’s back on the shelf." },
				{
					kind: "form",
					fields: [email("en"), consent("back-in-stock", "en")],
					submit: "Let me know",
					thanks: [
						{ kind: "heading", text: "You’re on the list" },
						{ kind: "text", text: "We’ll be in touch when this product is available again." },
					],
				},
			],
		},
	},
});

export const leadMagnet = template({
	id: "lead-magnet",
	category: "contacts",
	names: { pl: "Poradnik do pobrania", en: "Guide to download" },
	lead: {
		pl: "E-book, lista kontrolna albo cennik w PDF za adres e-mail. Dla czytelników bloga i poradników.",
		en: "An e-book, a checklist or a price list as a PDF in return for an email. For readers of your blog.",
	},
	needs: {
		pl: "Wgraj plik na stronę i wpisz jego adres w przycisku pobierania.",
		en: "Upload the file to your site and put its address into the download button.",
	},
	surface: { kind: "modal" },
	priority: 10,
	pages: {
		only: ["*/blog*", "*/porad*", "*/guide*", "*/article*"].map((value) => ({ op: "wildcard", value })),
		except: [],
	},
	attention: asks,
	trigger: {
		any: [
			{ kind: "scroll", depth: 60 },
			{ kind: "presence", seconds: 45 },
		],
	},
	theme: looks.lilac,
	content: {
		pl: {
			label: "Bezpłatny poradnik",
			blocks: [
				{ kind: "heading", text: "12 stron, które oszczędzą ci błędów" },
				{
					kind: "text",
					text: "Zebraliśmy odpowiedzi na pytania, które słyszymy najczęściej. **Bezpłatny poradnik w PDF**, do przeczytania przy kawie.",
				},
				{
					kind: "form",
					fields: [firstName("pl"), email("pl"), consent("guide", "pl")],
					submit: "Pobieram poradnik",
					thanks: [
						{ kind: "heading", text: "Gotowe, miłej lektury" },
						{ kind: "button", text: "Pobierz PDF", link: "/poradnik.pdf" },
						{
							kind: "text",
							text: "Potwierdź jeszcze adres linkiem z wiadomości, żeby dostać kolejne części.",
						},
					],
				},
			],
		},
		en: {
			label: "Free guide",
			blocks: [
				{ kind: "heading", text: "12 pages that will save you a few mistakes" },
				{
					kind: "text",
					text: "The questions we hear most often, answered. **A free PDF guide**, just long enough for a cup of coffee.",
				},
				{
					kind: "form",
					fields: [firstName("en"), email("en"), consent("guide", "en")],
					submit: "Send me the guide",
					thanks: [
						{ kind: "heading", text: "Enjoy the read" },
						{ kind: "button", text: "Download the PDF", link: "/guide.pdf" },
						{
							kind: "text",
							text: "Confirm your address with the link in our email to get the next parts too.",
						},
					],
				},
			],
		},
	},
});
