// Sell more: what makes an occasion of it.

import { day, everywhere, looks, offers } from "./ready.ts";
import { template } from "./template.ts";

const won = {
	pl: "Wpisz kod w koszyku. Działa przez siedem dni.",
	en: "Enter the code at the checkout. It works for seven days.",
};

export const wheel = template({
	id: "wheel",
	category: "sales",
	names: { pl: "Koło nagród", en: "Spin the wheel" },
	lead: {
		pl: "Zabawa z nagrodą w każdym polu. Wynik losuje serwer, jeden raz dla każdej osoby.",
		en: "A bit of fun with a prize in every field. The server draws, once for each person.",
	},
	needs: {
		pl: "Dodaj w sklepie kody z pól koła.",
		en: "Create the codes of the wheel’s fields in your shop.",
	},
	surface: { kind: "modal" },
	priority: 14,
	pages: everywhere,
	attention: { ...offers, cap: { times: 1, perMs: 30 * day } },
	trigger: { kind: "presence", seconds: 3 },
	theme: { radius: 24, font: "geometric", spacing: "compact" },
	content: {
		pl: {
			label: "Koło nagród",
			blocks: [
				{ kind: "heading", text: "Zakręć i sprawdź, co wygrasz" },
				{
					kind: "wheel",
					spin: "Kręcę",
					segments: [
						{ label: "−5%", weight: 45, text: `Masz 5% mniej! ${won.pl}`, code: "SPIN5" },
						{
							label: "Dostawa 0 zł",
							weight: 25,
							text: `Dostawa na nasz koszt! ${won.pl}`,
							code: "SPIN-SHIP",
						},
						{ label: "−10%", weight: 20, text: `Masz 10% mniej! ${won.pl}`, code: "SPIN10" },
						{ label: "Prezent", weight: 6, text: `Dorzucimy prezent! ${won.pl}`, code: "SPIN-GIFT" },
						{ label: "−15%", weight: 3, text: `Masz 15% mniej! ${won.pl}`, code: "SPIN15" },
						{ label: "−20%", weight: 1, text: `Główna wygrana: 20% mniej! ${won.pl}`, code: "SPIN20" },
					],
				},
			],
			teaser: { before: "Zakręć kołem", at: "bottom-start" },
		},
		en: {
			label: "Wheel of prizes",
			blocks: [
				{ kind: "heading", text: "Give it a spin. Every field wins" },
				{
					kind: "wheel",
					spin: "Spin the wheel",
					segments: [
						{ label: "5% off", weight: 45, text: `5% off! ${won.en}`, code: "SPIN5" },
						{ label: "Free delivery", weight: 25, text: `Delivery’s on us! ${won.en}`, code: "SPIN-SHIP" },
						{ label: "10% off", weight: 20, text: `10% off! ${won.en}`, code: "SPIN10" },
						{ label: "A gift", weight: 6, text: `We’ll add a gift! ${won.en}`, code: "SPIN-GIFT" },
						{ label: "15% off", weight: 3, text: `15% off! ${won.en}`, code: "SPIN15" },
						{ label: "20% off", weight: 1, text: `The top prize: 20% off! ${won.en}`, code: "SPIN20" },
					],
				},
			],
			teaser: { before: "Spin the wheel", at: "bottom-start" },
		},
	},
});

export const fullScreen = template({
	id: "full-screen",
	category: "sales",
	names: { pl: "Kampania na cały ekran", en: "Full-screen campaign" },
	lead: {
		pl: "Mocne wejście na start sezonu lub Black Friday. Raz dla każdej osoby, nigdy w trakcie zamawiania.",
		en: "A strong opening for a season or Black Friday. Once for each person, never during checkout.",
	},
	needs: {
		pl: "Ustaw daty kampanii w harmonogramie i adres w przycisku.",
		en: "Set the campaign’s dates in the schedule, and the button’s address.",
	},
	surface: { kind: "full" },
	priority: 35,
	pages: everywhere,
	attention: { ...offers, cap: { times: 1, perMs: 30 * day }, afterCloseMs: 30 * day },
	trigger: { kind: "presence", seconds: 4 },
	theme: { ...looks.night, font: "slab", spacing: "roomy", radius: 4 },
	content: {
		pl: {
			label: "Wielka wyprzedaż",
			blocks: [
				{ kind: "text", text: "Tylko do niedzieli" },
				{ kind: "heading", text: "Do −40% na całą kolekcję", level: 1 },
				{
					kind: "text",
					text: "Najniższe ceny tego roku. Kod odejmie jeszcze 5% od tego, co już przecenione.",
				},
				{ kind: "coupon", code: "EXTRA5", label: "Dodatkowe 5%" },
				{ kind: "button", text: "Wchodzę na wyprzedaż", link: "/" },
				{ kind: "button", text: "Nie teraz", closes: true, quiet: true },
			],
		},
		en: {
			label: "The big sale",
			blocks: [
				{ kind: "text", text: "Until Sunday only" },
				{ kind: "heading", text: "Up to 40% off everything", level: 1 },
				{
					kind: "text",
					text: "This year’s lowest prices. And the code takes another 5% off what’s already reduced.",
				},
				{ kind: "coupon", code: "EXTRA5", label: "An extra 5% off" },
				{ kind: "button", text: "Shop the sale", link: "/" },
				{ kind: "button", text: "Not now", closes: true, quiet: true },
			],
		},
	},
});
