// Keep: for people who have bought before.

import { day, everywhere, looks, placed, stays, tells } from "./ready.ts";
import { template } from "./template.ts";

const customers = {
	id: "customers",
	names: { pl: "Klienci: co najmniej jedno zamówienie", en: "Customers: at least one order" },
	condition: { field: "orders", of: "count", test: { op: ">=", n: 1 } },
} as const;

export const welcomeBack = template({
	id: "welcome-back",
	category: "keep",
	names: { pl: "Witaj ponownie", en: "Welcome back" },
	lead: {
		pl: "Imienne powitanie dla klientów, z nowościami od ostatniej wizyty. Kogo nie znamy z imienia, temu też brzmi dobrze.",
		en: "A greeting by name for your customers, with what’s new. It reads well where the name isn’t known, too.",
	},
	audience: customers,
	surface: { kind: "corner", at: "bottom-start" },
	priority: 9,
	pages: everywhere,
	attention: { cap: { times: 1, perMs: 14 * day }, afterCloseMs: 14 * day, afterSubmitMs: null },
	trigger: { kind: "presence", seconds: 4 },
	theme: { ...looks.blush, radius: 20, font: "humanist" },
	content: {
		pl: {
			label: "Witaj ponownie",
			blocks: [
				{
					kind: "heading",
					text: "{% if person.first_name %}{{ person.first_name }}, miło cię znowu widzieć{% else %}Miło cię znowu widzieć{% endif %}",
				},
				{ kind: "text", text: "Od ostatnich zakupów przybyło sporo nowości. Na następne dajemy 8% mniej." },
				{ kind: "coupon", code: "HELLO8", label: "Kod dla stałych klientów" },
				{ kind: "button", text: "Zobacz nowości", link: "/" },
			],
		},
		en: {
			label: "Welcome back",
			blocks: [
				{
					kind: "heading",
					text: "Good to see you again{% if person.first_name %}, {{ person.first_name }}{% endif %}",
				},
				{ kind: "text", text: "Plenty has arrived since your last order. Here’s 8% off the next one." },
				{ kind: "coupon", code: "HELLO8", label: "A code for our regulars" },
				{ kind: "button", text: "See what’s new", link: "/" },
			],
		},
	},
});

export const loyaltyBalance = template({
	id: "loyalty-balance",
	category: "keep",
	names: { pl: "Twoje punkty", en: "Your points" },
	lead: {
		pl: "Pasek ze stanem punktów uczestnika programu i z zachętą do ich wykorzystania.",
		en: "A bar with a member’s balance of points and a nudge to spend them.",
	},
	audience: {
		id: "club-members",
		names: { pl: "Uczestnicy programu", en: "Programme members" },
		condition: { field: "points", programme: "club", of: "balance", test: { op: ">=", n: 1 } },
	},
	needs: {
		pl: "Program lojalnościowy o identyfikatorze club; zmień go w treści, jeśli Twój nazywa się inaczej.",
		en: "A loyalty programme with the id club; change it in the text if yours is called otherwise.",
	},
	kind: "banner",
	surface: { kind: "bar", at: "top" },
	priority: 7,
	pages: everywhere,
	attention: { ...tells, afterCloseMs: 3 * day },
	trigger: { kind: "at-once" },
	theme: { ...looks.lilac, spacing: "compact" },
	content: {
		pl: {
			label: "Stan punktów",
			blocks: [
				{
					kind: "text",
					text: "{% if person.first_name %}{{ person.first_name }}, masz{% else %}Masz{% endif %} **{{ programmes.club.balance | default: 0 }} pkt** do wykorzystania.",
				},
				{ kind: "button", text: "Wybierz nagrodę", link: "/nagrody" },
			],
		},
		en: {
			label: "Your points",
			blocks: [
				{
					kind: "text",
					text: "{% if person.first_name %}{{ person.first_name }}, you{% else %}You{% endif %} have **{{ programmes.club.balance | default: 0 }} points** to spend.",
				},
				{ kind: "button", text: "Pick a reward", link: "/rewards" },
			],
		},
	},
});

export const buyAgain = template({
	id: "buy-again",
	category: "keep",
	names: { pl: "Czas na zapas", en: "Time to restock" },
	lead: {
		pl: "Klientom pokazuje na stronie głównej to, co zwykle kupuje się ponownie, kiedy przychodzi na to pora.",
		en: "Shows customers on the home page what people buy again, when the time for it has come.",
	},
	audience: customers,
	kind: "frame",
	...placed("home"),
	priority: 4,
	pages: { only: ["/", "/pl", "/en"].map((value) => ({ op: "is", value })), except: [] },
	attention: stays,
	trigger: { kind: "at-once" },
	content: {
		pl: {
			label: "Czas uzupełnić zapas?",
			blocks: [
				{ kind: "heading", text: "Czas uzupełnić zapas?" },
				{
					kind: "products",
					layout: "list",
					recipe: {
						most: 3,
						least: 1,
						sources: [{ by: "replenishment" }, { by: "bought-together" }, { by: "for-you" }],
						filters: { notInCart: true },
					},
				},
			],
		},
		en: {
			label: "Time to restock?",
			blocks: [
				{ kind: "heading", text: "Time to restock?" },
				{
					kind: "products",
					layout: "list",
					recipe: {
						most: 3,
						least: 1,
						sources: [{ by: "replenishment" }, { by: "bought-together" }, { by: "for-you" }],
						filters: { notInCart: true },
					},
				},
			],
		},
	},
});

const bought = (field: "order.last", op: "longer-ago" | "in-the-last", days: number) =>
	({ field, test: { op, ms: days * day } }) as const;

export const reviewRequest = template({
	id: "review-request",
	category: "keep",
	names: { pl: "Prośba o opinię", en: "Review request" },
	lead: {
		pl: "Tydzień po zakupie pyta o ocenę i o jedno zdanie, a na koniec prowadzi do opinii w Google. Każdego, jak wymaga Google.",
		en: "Asks for a rating and a word a week after an order, then shows the way to Google. For everyone, as Google wants it.",
	},
	audience: {
		id: "bought-1-to-6-weeks-ago",
		names: { pl: "Zakup od tygodnia do sześciu tygodni temu", en: "Bought one to six weeks ago" },
		condition: { all: [bought("order.last", "longer-ago", 7), bought("order.last", "in-the-last", 42)] },
	},
	needs: {
		pl: "Wklej link do swojej wizytówki w Google.",
		en: "Paste the link to your Google profile.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 11,
	pages: everywhere,
	attention: { cap: { times: 2, perMs: 60 * day }, afterCloseMs: 30 * day, afterSubmitMs: null },
	trigger: { kind: "presence", seconds: 15 },
	theme: looks.sun,
	content: {
		pl: {
			label: "Ocena zakupów",
			blocks: [
				{ kind: "heading", text: "Jak oceniasz zakupy u nas?" },
				{
					kind: "form",
					fields: [{ kind: "rating", name: "rating", label: "Twoja ocena", required: true }],
					submit: "Dalej",
					next: [{ when: { field: "rating", least: 4 }, to: "happy" }, { to: "mend" }],
				},
			],
			steps: {
				happy: {
					blocks: [
						{ kind: "heading", text: "Dziękujemy, cieszymy się" },
						{
							kind: "form",
							fields: [
								{ kind: "text", name: "comment", label: "Co było najlepsze?", long: true, most: 1_000 },
							],
							submit: "Wyślij",
							thanks: [
								{ kind: "heading", text: "Powiesz to też innym?" },
								{ kind: "text", text: "Dwa zdania w Google pomogą komuś znaleźć dobry sklep." },
								{
									kind: "button",
									text: "Napisz opinię w Google",
									link: "https://g.page/r/twoj-sklep/review",
								},
							],
						},
					],
				},
				mend: {
					blocks: [
						{ kind: "heading", text: "Co możemy poprawić?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "comment", label: "Twoja uwaga", long: true, most: 1_000 }],
							submit: "Wyślij",
							thanks: [
								{ kind: "heading", text: "Dziękujemy za szczerość" },
								{ kind: "text", text: "Przeczyta to ktoś, kto może to zmienić." },
								{
									kind: "button",
									text: "Napisz też w Google",
									link: "https://g.page/r/twoj-sklep/review",
									quiet: true,
								},
							],
						},
					],
				},
			},
		},
		en: {
			label: "Rate your order",
			blocks: [
				{ kind: "heading", text: "How was your order?" },
				{
					kind: "form",
					fields: [{ kind: "rating", name: "rating", label: "Your rating", required: true }],
					submit: "Next",
					next: [{ when: { field: "rating", least: 4 }, to: "happy" }, { to: "mend" }],
				},
			],
			steps: {
				happy: {
					blocks: [
						{ kind: "heading", text: "Thank you, that’s lovely to hear" },
						{
							kind: "form",
							fields: [
								{ kind: "text", name: "comment", label: "What did you like best?", long: true, most: 1_000 },
							],
							submit: "Send",
							thanks: [
								{ kind: "heading", text: "Would you tell others, too?" },
								{ kind: "text", text: "Two sentences on Google help someone find a good shop." },
								{ kind: "button", text: "Review us on Google", link: "https://g.page/r/your-shop/review" },
							],
						},
					],
				},
				mend: {
					blocks: [
						{ kind: "heading", text: "What should we do better?" },
						{
							kind: "form",
							fields: [{ kind: "text", name: "comment", label: "Your comment", long: true, most: 1_000 }],
							submit: "Send",
							thanks: [
								{ kind: "heading", text: "Thank you for being frank" },
								{ kind: "text", text: "Someone who can change it will read this." },
								{
									kind: "button",
									text: "Review us on Google, too",
									link: "https://g.page/r/your-shop/review",
									quiet: true,
								},
							],
						},
					],
				},
			},
		},
	},
});
