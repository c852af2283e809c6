// More contacts: whoever wants to hear from somebody leaves a number or books a seat.

import { asks, consent, day, email, everywhere, firstName, looks, on, phone, pricePages } from "./ready.ts";
import { template } from "./template.ts";

export const webinar = template({
	id: "webinar",
	category: "contacts",
	names: { pl: "Zapis na webinar", en: "Webinar sign-up" },
	lead: {
		pl: "Zaproszenie na wydarzenie online z krótkim formularzem. Ustaw datę zakończenia w harmonogramie.",
		en: "An invitation to an online event with a short form. Set its end date in the schedule.",
	},
	needs: {
		pl: "Wpisz temat, termin i prowadzących; ustaw w harmonogramie, do kiedy zbierasz zapisy.",
		en: "Fill in the topic, the date and the hosts; set in the schedule until when people may sign up.",
	},
	surface: { kind: "modal" },
	priority: 12,
	pages: everywhere,
	attention: asks,
	trigger: { kind: "presence", seconds: 30 },
	theme: { ...looks.night, font: "system", radius: 12 },
	content: {
		pl: {
			label: "Zapis na bezpłatny webinar",
			blocks: [
				{ kind: "text", text: "**Środa, 18:00** · online · 45 minut" },
				{ kind: "heading", text: "Jak wybrać mądrze i nie przepłacić?", level: 1 },
				{
					kind: "text",
					text: "Trzy najczęstsze błędy i jak ich uniknąć. Na koniec odpowiadamy na pytania na żywo.",
				},
				{
					kind: "form",
					fields: [firstName("pl"), email("pl"), consent("webinar", "pl")],
					submit: "Rezerwuję miejsce",
					thanks: [
						{ kind: "heading", text: "Do zobaczenia w środę" },
						{
							kind: "text",
							text: "Link do spotkania wyślemy e-mailem, a godzinę przed startem przypomnimy.",
						},
					],
				},
			],
		},
		en: {
			label: "Free webinar sign-up",
			blocks: [
				{ kind: "text", text: "**Wednesday, 6 pm** · online · 45 minutes" },
				{ kind: "heading", text: "How to choose well and not overpay", level: 1 },
				{
					kind: "text",
					text: "The three most common mistakes and how to avoid them. We finish with a live Q&A.",
				},
				{
					kind: "form",
					fields: [firstName("en"), email("en"), consent("webinar", "en")],
					submit: "Save my seat",
					thanks: [
						{ kind: "heading", text: "See you on Wednesday" },
						{ kind: "text", text: "We’ll email you the link, and a reminder an hour before we start." },
					],
				},
			],
		},
	},
});

export const callBack = template({
	id: "call-back",
	category: "contacts",
	names: { pl: "Zamów rozmowę", en: "Request a call" },
	lead: {
		pl: "Numer telefonu i dogodna pora. Dla tych, którzy utknęli na cenniku, ofercie albo kontakcie.",
		en: "A phone number and a good time. For people who are stuck on your pricing or contact page.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 15,
	pages: on(...pricePages, "*/kontakt*", "*/contact*", "*/oferta*", "*/offer*"),
	attention: { ...asks, afterSubmitMs: 14 * day },
	trigger: {
		any: [
			{ kind: "idle", seconds: 25 },
			{ kind: "presence", seconds: 60 },
		],
	},
	theme: looks.mint,
	content: {
		pl: {
			label: "Zamówienie rozmowy",
			blocks: [
				{ kind: "heading", text: "Wolisz porozmawiać?" },
				{
					kind: "text",
					text: "Oddzwonimy o dogodnej porze. Rozmowa nic nie kosztuje i do niczego nie zobowiązuje.",
				},
				{
					kind: "form",
					fields: [
						phone("pl"),
						{
							kind: "choice",
							name: "hour",
							label: "Kiedy dzwonić?",
							required: true,
							options: [
								{ value: "morning", label: "Przed południem" },
								{ value: "afternoon", label: "Po południu" },
							],
						},
						consent("call-back", "pl"),
					],
					submit: "Proszę o telefon",
					thanks: [
						{ kind: "heading", text: "Zadzwonimy" },
						{ kind: "text", text: "Najpóźniej w następnym dniu roboczym, o wybranej porze." },
					],
				},
			],
			teaser: { after: "Zamów rozmowę", at: "bottom-end" },
		},
		en: {
			label: "Request a call",
			blocks: [
				{ kind: "heading", text: "Rather talk it over?" },
				{ kind: "text", text: "We’ll call you back when it suits you. Free of charge, no strings attached." },
				{
					kind: "form",
					fields: [
						phone("en"),
						{
							kind: "choice",
							name: "hour",
							label: "When should we call?",
							required: true,
							options: [
								{ value: "morning", label: "In the morning" },
								{ value: "afternoon", label: "In the afternoon" },
							],
						},
						consent("call-back", "en"),
					],
					submit: "Call me back",
					thanks: [
						{ kind: "heading", text: "We’ll call you" },
						{ kind: "text", text: "By the next working day at the latest, at the time you picked." },
					],
				},
			],
			teaser: { after: "Request a call", at: "bottom-end" },
		},
	},
});
