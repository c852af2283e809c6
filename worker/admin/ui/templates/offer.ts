// Sell more: a reason to buy now, for whoever hesitates.

import { day, everywhere, looks, offers, on, pricePages, productPages } from "./ready.ts";
import { template } from "./template.ts";

export const exitOffer = template({
	id: "exit-offer",
	category: "sales",
	names: { pl: "Oferta na wyjście", en: "Exit offer" },
	lead: {
		pl: "Ostatnie słowo, zanim ktoś zamknie kartę: kod rabatowy, raz na dwa tygodnie.",
		en: "The last word before someone closes the tab: a discount code, once in two weeks.",
	},
	surface: { kind: "modal" },
	priority: 18,
	pages: everywhere,
	attention: { ...offers, cap: { times: 1, perMs: 14 * day } },
	trigger: { all: [{ kind: "exit" }, { kind: "pages", n: 2 }] },
	theme: looks.poster,
	content: {
		pl: {
			label: "Oferta przed wyjściem",
			blocks: [
				{ kind: "heading", text: "Zanim wyjdziesz: −10%", level: 1 },
				{ kind: "text", text: "Na całe zamówienie i bez gwiazdek. Kod działa do północy." },
				{ kind: "coupon", code: "STAY10", label: "Twój kod" },
				{ kind: "button", text: "Wracam do zakupów", closes: true },
			],
		},
		en: {
			label: "An offer before you go",
			blocks: [
				{ kind: "heading", text: "Before you go: 10% off", level: 1 },
				{ kind: "text", text: "Your whole order, no small print. The code works until midnight." },
				{ kind: "coupon", code: "STAY10", label: "Your code" },
				{ kind: "button", text: "Keep shopping", closes: true },
			],
		},
	},
});

export const firstOrder = template({
	id: "first-order",
	category: "sales",
	names: { pl: "Jednorazowy kod na pierwsze zamówienie", en: "One-time code for a first order" },
	lead: {
		pl: "Każdy dostaje własny kod z puli. Tylko dla tych, którzy jeszcze nic nie kupili, a obejrzeli cztery strony.",
		en: "Everyone gets a code of their own from a pool. Only for those who have never bought and have seen four pages.",
	},
	audience: {
		id: "never-bought",
		names: { pl: "Jeszcze bez zakupu", en: "Never bought" },
		condition: { field: "orders", of: "count", test: { op: "=", n: 0 } },
	},
	needs: {
		pl: "Wgraj pulę kodów o identyfikatorze first-order.",
		en: "Upload a coupon pool with the id first-order.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 20,
	pages: everywhere,
	attention: { ...offers, cap: { times: 1, perMs: 90 * day } },
	trigger: { kind: "pages", n: 4 },
	theme: looks.lilac,
	content: {
		pl: {
			label: "Kod na pierwsze zamówienie",
			blocks: [
				{ kind: "heading", text: "Na dobry początek 20 zł" },
				{ kind: "text", text: "Ten kod jest tylko twój. Obniży pierwsze zamówienie od 100 zł." },
				{ kind: "coupon", pool: "first-order", label: "Twój jednorazowy kod" },
				{ kind: "button", text: "Kupuję dalej", closes: true, quiet: true },
			],
			teaser: { after: "Twoje 20 zł", at: "bottom-end" },
		},
		en: {
			label: "A code for your first order",
			blocks: [
				{ kind: "heading", text: "PLN 20 to get you started" },
				{
					kind: "text",
					text: "This code is yours alone. It takes PLN 20 off a first order of PLN 100 or more.",
				},
				{ kind: "coupon", pool: "first-order", label: "Your one-time code" },
				{ kind: "button", text: "Keep browsing", closes: true, quiet: true },
			],
			teaser: { after: "Your PLN 20", at: "bottom-end" },
		},
	},
});

export const priceHelp = template({
	id: "price-help",
	category: "sales",
	names: { pl: "Pomoc przy cenniku", en: "Help with your pricing" },
	lead: {
		pl: "Kto trzeci raz w tygodniu zagląda do cennika, dostaje propozycję wyceny zamiast kolejnego rabatu.",
		en: "Whoever opens the price list for the third time in a week is offered a quote, not another discount.",
	},
	audience: {
		id: "price-list-3",
		names: { pl: "Cennik co najmniej 3 razy w tygodniu", en: "Price list 3+ times in a week" },
		condition: {
			any: pricePages.map((value) => ({
				field: "events",
				match: { name: "Page Viewed", path: { op: "wildcard", value } },
				count: { op: ">=", n: 3 },
				withinMs: 7 * day,
			})),
		},
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 30,
	pages: on(...pricePages),
	attention: { cap: { times: 2, perMs: 14 * day }, afterCloseMs: 7 * day, afterSubmitMs: 30 * day },
	trigger: { kind: "presence", seconds: 12 },
	theme: looks.sky,
	content: {
		pl: {
			label: "Pomoc w wyborze",
			blocks: [
				{ kind: "heading", text: "Policzyć to razem?" },
				{
					kind: "text",
					text: "Napisz, czego potrzebujesz. Odpowiemy z konkretną ceną jeszcze dziś, bez telefonów z zaskoczenia.",
				},
				{
					kind: "form",
					fields: [
						{ kind: "email", name: "email", label: "Adres e-mail", required: true },
						{
							kind: "text",
							name: "question",
							label: "Czego szukasz?",
							long: true,
							required: true,
							most: 600,
						},
					],
					submit: "Proszę o wycenę",
					thanks: [
						{ kind: "heading", text: "Już liczymy" },
						{ kind: "text", text: "Odpowiedź przyjdzie e-mailem. Zwykle w ciągu dwóch godzin." },
					],
				},
			],
		},
		en: {
			label: "Help with choosing",
			blocks: [
				{ kind: "heading", text: "Shall we do the sums together?" },
				{
					kind: "text",
					text: "Tell us what you need. We’ll come back with an exact price today, and no surprise phone calls.",
				},
				{
					kind: "form",
					fields: [
						{ kind: "email", name: "email", label: "Email address", required: true },
						{
							kind: "text",
							name: "question",
							label: "What are you looking for?",
							long: true,
							required: true,
							most: 600,
						},
					],
					submit: "Get a quote",
					thanks: [
						{ kind: "heading", text: "We’re on it" },
						{ kind: "text", text: "You’ll have our answer by email, usually within two hours." },
					],
				},
			],
		},
	},
});

export const pricePromise = template({
	id: "price-promise",
	category: "sales",
	names: { pl: "Gwarancja ceny", en: "Price promise" },
	lead: {
		pl: "Gdy ktoś kopiuje nazwę produktu, zwykle idzie porównać ceny. Zdążysz odpowiedzieć pierwszy.",
		en: "Whoever copies a product’s name is off to compare prices. Answer before the others do.",
	},
	surface: { kind: "corner", at: "bottom-start" },
	priority: 16,
	pages: on(...productPages),
	attention: { ...offers, cap: { times: 1, perMs: 7 * day } },
	trigger: { kind: "copy" },
	theme: looks.slip,
	content: {
		pl: {
			label: "Gwarancja ceny",
			blocks: [
				{ kind: "heading", text: "Gdzieś taniej?" },
				{ kind: "text", text: "Wyrównamy cenę z każdego polskiego sklepu. Wystarczy link do tamtej oferty." },
				{ kind: "button", text: "Zgłoś lepszą cenę", link: "/kontakt" },
			],
		},
		en: {
			label: "Our price promise",
			blocks: [
				{ kind: "heading", text: "Seen it for less?" },
				{
					kind: "text",
					text: "We’ll match the price of any Polish shop. All we need is a link to their offer.",
				},
				{ kind: "button", text: "Tell us where", link: "/contact" },
			],
		},
	},
});
