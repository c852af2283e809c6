// Listen: one question, and another that depends on the answer.

import { day, everywhere, looks } from "./ready.ts";
import { template } from "./template.ts";

export const nps = template({
	id: "nps",
	category: "listen",
	names: { pl: "Badanie NPS", en: "NPS survey" },
	lead: {
		pl: "Jedno pytanie od 0 do 10, a po nim inne dla zadowolonych i inne dla krytycznych. Raz na pół roku.",
		en: "One question from 0 to 10, then one for promoters and another for critics. Once in half a year.",
	},
	audience: {
		id: "came-back",
		names: { pl: "Co najmniej druga wizyta", en: "Second visit or later" },
		condition: { field: "visits", test: { op: ">=", n: 2 } },
	},
	surface: { kind: "corner", at: "bottom-start" },
	priority: 2,
	pages: everywhere,
	attention: { cap: { times: 2, perMs: 180 * day }, afterCloseMs: 90 * day, afterSubmitMs: 180 * day },
	trigger: { kind: "presence", seconds: 30 },
	theme: { radius: 8, font: "system", spacing: "compact" },
	content: {
		pl: {
			label: "Pytanie o polecenie",
			blocks: [
				{ kind: "heading", text: "Polecisz nas znajomym?" },
				{
					kind: "form",
					fields: [
						{
							kind: "nps",
							name: "nps",
							label: "W skali od 0 do 10",
							required: true,
							ends: { least: "Na pewno nie", most: "Na pewno tak" },
						},
					],
					submit: "Dalej",
					next: [
						{ when: { field: "nps", least: 9 }, to: "promoter" },
						{ when: { field: "nps", least: 7, most: 8 }, to: "passive" },
						{ to: "critic" },
					],
				},
			],
			steps: {
				promoter: {
					blocks: [
						{ kind: "heading", text: "Za co najbardziej nas cenisz?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "reason", label: "Twoja odpowiedź", long: true, most: 1_000 }],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, to dodaje skrzydeł" }],
						},
					],
				},
				passive: {
					blocks: [
						{ kind: "heading", text: "Czego zabrakło do dziesiątki?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "reason", label: "Twoja odpowiedź", long: true, most: 1_000 }],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, popracujemy nad tym" }],
						},
					],
				},
				critic: {
					blocks: [
						{ kind: "heading", text: "Przykro nam. Co poszło nie tak?" },
						{
							kind: "form",
							fields: [
								{ kind: "text", name: "reason", label: "Twoja odpowiedź", long: true, most: 1_000 },
								{ kind: "email", name: "email", label: "E-mail, jeśli mamy odpisać" },
							],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, że o tym mówisz" }],
						},
					],
				},
			},
		},
		en: {
			label: "Would you recommend us?",
			blocks: [
				{ kind: "heading", text: "Would you recommend us to a friend?" },
				{
					kind: "form",
					fields: [
						{
							kind: "nps",
							name: "nps",
							label: "On a scale from 0 to 10",
							required: true,
							ends: { least: "Not at all", most: "Extremely" },
						},
					],
					submit: "Next",
					next: [
						{ when: { field: "nps", least: 9 }, to: "promoter" },
						{ when: { field: "nps", least: 7, most: 8 }, to: "passive" },
						{ to: "critic" },
					],
				},
			],
			steps: {
				promoter: {
					blocks: [
						{ kind: "heading", text: "What do you like best about us?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "reason", label: "Your answer", long: true, most: 1_000 }],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, you’ve made our day" }],
						},
					],
				},
				passive: {
					blocks: [
						{ kind: "heading", text: "What would have made it a ten?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "reason", label: "Your answer", long: true, most: 1_000 }],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, we’ll work on it" }],
						},
					],
				},
				critic: {
					blocks: [
						{ kind: "heading", text: "We’re sorry. What went wrong?" },
						{
							kind: "form",
							fields: [
								{ kind: "text", name: "reason", label: "Your answer", long: true, most: 1_000 },
								{ kind: "email", name: "email", label: "Email, if you’d like a reply" },
							],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you for telling us" }],
						},
					],
				},
			},
		},
	},
});

export const exitSurvey = template({
	id: "exit-survey",
	category: "listen",
	names: { pl: "Czego zabrakło?", en: "What was missing?" },
	lead: {
		pl: "Wychodzących bez zakupu pyta o powód. Komu było za drogo, ten od razu dostaje kod.",
		en: "Asks people who leave without buying why. Those who found it too expensive get a code on the spot.",
	},
	surface: { kind: "modal" },
	priority: 8,
	pages: everywhere,
	attention: { cap: { times: 1, perMs: 60 * day }, afterCloseMs: 60 * day, afterSubmitMs: null },
	trigger: { all: [{ kind: "exit" }, { kind: "pages", n: 3 }] },
	theme: { ...looks.paper, font: "slab", radius: 8, spacing: "normal" },
	content: {
		pl: {
			label: "Pytanie przed wyjściem",
			blocks: [
				{ kind: "heading", text: "Czego zabrakło?" },
				{ kind: "text", text: "Jedno kliknięcie, a nam bardzo pomoże." },
				{
					kind: "form",
					fields: [
						{
							kind: "choice",
							name: "missing",
							label: "Główny powód",
							required: true,
							options: [
								{ value: "price", label: "Za drogo" },
								{ value: "choice", label: "Nie ma tego, czego szukam" },
								{ value: "delivery", label: "Dostawa trwa za długo" },
								{ value: "later", label: "Kupię później" },
							],
						},
					],
					submit: "Wyślij",
					next: [{ when: { field: "missing", is: "price" }, to: "cheaper" }, { to: "word" }],
				},
			],
			steps: {
				cheaper: {
					blocks: [
						{ kind: "heading", text: "W takim razie 7% mniej" },
						{
							kind: "form",
							fields: [{ kind: "hidden", name: "outcome", value: "coupon" }],
							submit: "Pokaż kod",
							thanks: [
								{ kind: "heading", text: "Proszę bardzo" },
								{ kind: "coupon", code: "LESS7", label: "7% mniej, ważne dziś" },
							],
						},
					],
				},
				word: {
					blocks: [
						{ kind: "heading", text: "Chcesz coś dodać?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "comment", label: "Jednym zdaniem", long: true, most: 500 }],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy i do zobaczenia" }],
						},
					],
				},
			},
		},
		en: {
			label: "A question before you leave",
			blocks: [
				{ kind: "heading", text: "What was missing?" },
				{ kind: "text", text: "One click from you, a great help for us." },
				{
					kind: "form",
					fields: [
						{
							kind: "choice",
							name: "missing",
							label: "The main reason",
							required: true,
							options: [
								{ value: "price", label: "Too expensive" },
								{ value: "choice", label: "Couldn’t find what I need" },
								{ value: "delivery", label: "Delivery takes too long" },
								{ value: "later", label: "I’ll buy later" },
							],
						},
					],
					submit: "Send",
					next: [{ when: { field: "missing", is: "price" }, to: "cheaper" }, { to: "word" }],
				},
			],
			steps: {
				cheaper: {
					blocks: [
						{ kind: "heading", text: "How about 7% off, then?" },
						{
							kind: "form",
							fields: [{ kind: "hidden", name: "outcome", value: "coupon" }],
							submit: "Show me the code",
							thanks: [
								{ kind: "heading", text: "Here you are" },
								{ kind: "coupon", code: "LESS7", label: "7% off, today only" },
							],
						},
					],
				},
				word: {
					blocks: [
						{ kind: "heading", text: "Anything to add?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "comment", label: "In a sentence", long: true, most: 500 }],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, and see you soon" }],
						},
					],
				},
			},
		},
	},
});
