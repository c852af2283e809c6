// More contacts: whoever leaves an address gets something for it.

import { asks, consent, day, email, everywhere, looks } from "./ready.ts";
import { template } from "./template.ts";

export const newsletterDiscount = template({
	id: "newsletter-discount",
	category: "contacts",
	names: { pl: "Newsletter z rabatem", en: "Newsletter with a discount" },
	lead: {
		pl: "Kod na pierwsze zakupy w zamian za zapis. Okno po chwili czytania, a po zamknięciu dyskretna zakładka.",
		en: "A code for the first order in return for a sign-up. Opens after some reading, and leaves a small tab when closed.",
	},
	surface: { kind: "modal" },
	priority: 10,
	pages: everywhere,
	attention: asks,
	trigger: {
		any: [
			{ kind: "presence", seconds: 20 },
			{ kind: "scroll", depth: 50 },
		],
	},
	theme: { radius: 16 },
	content: {
		pl: {
			label: "Rabat za zapis do newslettera",
			blocks: [
				{ kind: "heading", text: "10% mniej na pierwsze zakupy", level: 1 },
				{
					kind: "text",
					text: "Zapisz się do newslettera i odbierz kod. Piszemy raz w tygodniu: nowości, dobre ceny, zero spamu.",
				},
				{
					kind: "form",
					fields: [email("pl"), consent("newsletter", "pl")],
					submit: "Odbieram rabat",
					thanks: [
						{ kind: "heading", text: "To twój kod" },
						{
							kind: "text",
							text: "Wpisz go w koszyku. Kliknij jeszcze link w wiadomości, którą właśnie wysłaliśmy.",
						},
						{ kind: "coupon", code: "START10", label: "10% mniej na całe zamówienie" },
						{ kind: "button", text: "Wracam do zakupów", closes: true },
					],
				},
			],
			teaser: { after: "Twoje −10%", at: "bottom-start" },
		},
		en: {
			label: "A discount for signing up",
			blocks: [
				{ kind: "heading", text: "10% off your first order", level: 1 },
				{
					kind: "text",
					text: "Join our newsletter and the code is yours. One email a week: new arrivals, good prices, no spam.",
				},
				{
					kind: "form",
					fields: [email("en"), consent("newsletter", "en")],
					submit: "Get my 10% off",
					thanks: [
						{ kind: "heading", text: "Here’s your code" },
						{
							kind: "text",
							text: "Enter it at the checkout. And please click the link in the email we’ve just sent you.",
						},
						{ kind: "coupon", code: "START10", label: "10% off your whole order" },
						{ kind: "button", text: "Keep shopping", closes: true },
					],
				},
			],
			teaser: { after: "Your 10% off", at: "bottom-start" },
		},
	},
});

export const newsletterCorner = template({
	id: "newsletter-corner",
	category: "contacts",
	names: { pl: "Newsletter w rogu", en: "Quiet newsletter sign-up" },
	lead: {
		pl: "Spokojne zaproszenie w rogu strony dla tych, którzy doczytali do połowy. Nie zasłania treści.",
		en: "A calm invitation in the corner for people who have read half the page. Covers nothing.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 5,
	pages: everywhere,
	attention: asks,
	trigger: { kind: "scroll", depth: 55 },
	theme: looks.paper,
	content: {
		pl: {
			label: "Zaproszenie do newslettera",
			blocks: [
				{ kind: "heading", text: "Jeden list w miesiącu" },
				{ kind: "text", text: "Wybieramy to, co naprawdę warto przeczytać. Bez krzykliwych promocji." },
				{
					kind: "form",
					fields: [email("pl"), consent("newsletter", "pl")],
					submit: "Zapisz mnie",
					thanks: [
						{ kind: "heading", text: "Dziękujemy" },
						{
							kind: "text",
							text: "Jeszcze jedno kliknięcie: potwierdź zapis linkiem, który czeka w skrzynce.",
						},
					],
				},
			],
		},
		en: {
			label: "Newsletter invitation",
			blocks: [
				{ kind: "heading", text: "One letter a month" },
				{ kind: "text", text: "Only the things we think are worth your time. No shouting, no hard sell." },
				{
					kind: "form",
					fields: [email("en"), consent("newsletter", "en")],
					submit: "Sign me up",
					thanks: [
						{ kind: "heading", text: "Thank you" },
						{ kind: "text", text: "One last click: confirm with the link that’s waiting in your inbox." },
					],
				},
			],
		},
	},
});

export const teaserTab = template({
	id: "teaser-tab",
	category: "contacts",
	names: { pl: "Zakładka z niespodzianką", en: "Tab with a surprise" },
	lead: {
		pl: "Najpierw tylko mała zakładka w rogu. Okno otwiera ten, kto sam tego chce.",
		en: "At first just a small tab in the corner. The window opens for those who ask for it.",
	},
	surface: { kind: "modal" },
	priority: 4,
	pages: everywhere,
	attention: { ...asks, cap: { times: 10, perMs: 30 * day }, afterCloseMs: 3 * day },
	trigger: { kind: "at-once" },
	theme: { ...looks.night, font: "geometric" },
	content: {
		pl: {
			label: "Niespodzianka dla ciekawych",
			blocks: [
				{ kind: "heading", text: "Ciekawość popłaca", level: 1 },
				{
					kind: "text",
					text: "Zostaw adres, a pokażemy kod na darmową dostawę. Działa od razu, bez minimalnej kwoty.",
				},
				{
					kind: "form",
					fields: [email("pl"), consent("newsletter", "pl")],
					submit: "Pokaż mój kod",
					thanks: [
						{ kind: "heading", text: "Dostawa na nasz koszt" },
						{ kind: "coupon", code: "SHIP0", label: "Wpisz w koszyku" },
						{ kind: "text", text: "Prosimy jeszcze o kliknięcie linku w wiadomości potwierdzającej." },
					],
				},
			],
			teaser: { before: "Mamy coś dla ciebie", after: "Darmowa dostawa", at: "bottom-start" },
		},
		en: {
			label: "A surprise for the curious",
			blocks: [
				{ kind: "heading", text: "Curiosity pays off", level: 1 },
				{
					kind: "text",
					text: "Leave your email and we’ll show you a code for free delivery. Works right away, no minimum spend.",
				},
				{
					kind: "form",
					fields: [email("en"), consent("newsletter", "en")],
					submit: "Show me the code",
					thanks: [
						{ kind: "heading", text: "Delivery’s on us" },
						{ kind: "coupon", code: "SHIP0", label: "Enter it at the checkout" },
						{ kind: "text", text: "Please also click the link in our confirmation email." },
					],
				},
			],
			teaser: { before: "Something for you", after: "Free delivery", at: "bottom-start" },
		},
	},
});
