// Listen: a survey with branches, from which segments can be built.

import { day, everywhere, looks } from "./ready.ts";
import { template } from "./template.ts";

export const survey = template({
	id: "survey",
	category: "listen",
	names: { pl: "Ankieta: po co tu jesteś?", en: "Survey: what brings you here?" },
	lead: {
		pl: "Dwa pytania, drugie zależne od pierwszego. Odpowiedzi trafiają na kartę i można z nich budować segmenty.",
		en: "Two questions, the second depending on the first. Answers go to the card, ready to build segments on.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 3,
	pages: everywhere,
	attention: { cap: { times: 1, perMs: 30 * day }, afterCloseMs: 30 * day, afterSubmitMs: null },
	trigger: {
		all: [
			{ kind: "pages", n: 3 },
			{ kind: "presence", seconds: 10 },
		],
	},
	theme: { ...looks.sky, radius: 24, font: "geometric" },
	content: {
		pl: {
			label: "Krótka ankieta",
			blocks: [
				{ kind: "heading", text: "Co cię dziś sprowadza?" },
				{
					kind: "form",
					fields: [
						{
							kind: "choice",
							name: "goal",
							label: "Wybierz jedno",
							required: true,
							options: [
								{ value: "buy", label: "Chcę coś kupić" },
								{ value: "compare", label: "Porównuję oferty" },
								{ value: "look", label: "Rozglądam się" },
							],
						},
					],
					submit: "Dalej",
					next: [
						{ when: { field: "goal", is: "buy" }, to: "obstacle" },
						{ when: { field: "goal", is: "compare" }, to: "criteria" },
						{ to: "interests" },
					],
				},
			],
			steps: {
				obstacle: {
					blocks: [
						{ kind: "heading", text: "Coś cię powstrzymuje?" },
						{
							kind: "form",
							fields: [
								{ kind: "text", name: "obstacle", label: "Napisz w jednym zdaniu", long: true, most: 500 },
							],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, to cenna wskazówka" }],
						},
					],
				},
				criteria: {
					blocks: [
						{ kind: "heading", text: "Co przesądzi o wyborze?" },
						{
							kind: "form",
							fields: [
								{
									kind: "choices",
									name: "criteria",
									label: "Najwyżej dwa",
									required: true,
									most: 2,
									options: [
										{ value: "price", label: "Cena" },
										{ value: "delivery", label: "Szybka dostawa" },
										{ value: "quality", label: "Jakość i gwarancja" },
										{ value: "advice", label: "Dobra rada" },
									],
								},
							],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, weźmiemy to pod uwagę" }],
						},
					],
				},
				interests: {
					blocks: [
						{ kind: "heading", text: "O czym chętnie poczytasz?" },
						{
							kind: "form",
							fields: [
								{
									kind: "choices",
									name: "topics",
									label: "Zaznacz, ile chcesz",
									required: true,
									options: [
										{ value: "news", label: "Nowości" },
										{ value: "guides", label: "Poradniki" },
										{ value: "offers", label: "Promocje" },
									],
								},
							],
							submit: "Wyślij",
							thanks: [{ kind: "heading", text: "Dziękujemy, miłego oglądania" }],
						},
					],
				},
			},
		},
		en: {
			label: "A short survey",
			blocks: [
				{ kind: "heading", text: "What brings you here today?" },
				{
					kind: "form",
					fields: [
						{
							kind: "choice",
							name: "goal",
							label: "Pick one",
							required: true,
							options: [
								{ value: "buy", label: "I want to buy something" },
								{ value: "compare", label: "I’m comparing offers" },
								{ value: "look", label: "Just looking around" },
							],
						},
					],
					submit: "Next",
					next: [
						{ when: { field: "goal", is: "buy" }, to: "obstacle" },
						{ when: { field: "goal", is: "compare" }, to: "criteria" },
						{ to: "interests" },
					],
				},
			],
			steps: {
				obstacle: {
					blocks: [
						{ kind: "heading", text: "Is anything holding you back?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "obstacle", label: "In a sentence", long: true, most: 500 }],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, that’s a real help" }],
						},
					],
				},
				criteria: {
					blocks: [
						{ kind: "heading", text: "What will decide it for you?" },
						{
							kind: "form",
							fields: [
								{
									kind: "choices",
									name: "criteria",
									label: "Two at most",
									required: true,
									most: 2,
									options: [
										{ value: "price", label: "Price" },
										{ value: "delivery", label: "Fast delivery" },
										{ value: "quality", label: "Quality and warranty" },
										{ value: "advice", label: "Good advice" },
									],
								},
							],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, noted" }],
						},
					],
				},
				interests: {
					blocks: [
						{ kind: "heading", text: "What would you like to read about?" },
						{
							kind: "form",
							fields: [
								{
									kind: "choices",
									name: "topics",
									label: "As many as you like",
									required: true,
									options: [
										{ value: "news", label: "New arrivals" },
										{ value: "guides", label: "Guides" },
										{ value: "offers", label: "Offers" },
									],
								},
							],
							submit: "Send",
							thanks: [{ kind: "heading", text: "Thank you, enjoy your visit" }],
						},
					],
				},
			},
		},
	},
});
