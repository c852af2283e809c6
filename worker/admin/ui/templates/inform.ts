// Inform: what people should know, where they need it, and no more.

import { cartPages, day, everywhere, looks, on, productPages, tells } from "./ready.ts";
import { template } from "./template.ts";

export const announcement = template({
	id: "announcement",
	category: "inform",
	names: { pl: "Pasek z ogłoszeniem", en: "Announcement bar" },
	lead: {
		pl: "Jedno zdanie i przycisk na górze każdej strony: nowa kolekcja, zmiana godzin, start wyprzedaży.",
		en: "One sentence and a button on top of every page: a new collection, changed hours, the start of a sale.",
	},
	kind: "banner",
	surface: { kind: "bar", at: "top" },
	priority: 5,
	pages: everywhere,
	attention: tells,
	trigger: { kind: "at-once" },
	theme: looks.ink,
	content: {
		pl: {
			label: "Ogłoszenie",
			blocks: [
				{ kind: "text", text: "**Nowa kolekcja już jest.** Pierwsze sztuki schodzą szybko." },
				{ kind: "button", text: "Zobacz", link: "/" },
			],
		},
		en: {
			label: "Announcement",
			blocks: [
				{ kind: "text", text: "**The new collection is here.** First pieces are going fast." },
				{ kind: "button", text: "Have a look", link: "/" },
			],
		},
	},
});

export const deliveryNotice = template({
	id: "delivery-notice",
	category: "inform",
	names: { pl: "Przerwa w wysyłkach", en: "Delivery notice" },
	lead: {
		pl: "Uczciwa wiadomość w koszyku przed świętami i długim weekendem: kiedy wyślemy, jeśli zamówisz teraz.",
		en: "An honest word in the cart before a holiday: when it ships if you order now.",
	},
	needs: { pl: "Wpisz daty i ustaw harmonogram.", en: "Fill in the dates and set the schedule." },
	kind: "banner",
	surface: { kind: "bar", at: "bottom" },
	priority: 26,
	pages: { only: cartPages.map((value) => ({ op: "wildcard", value })), except: [] },
	attention: { ...tells, afterCloseMs: day },
	trigger: { kind: "at-once" },
	theme: { ...looks.sun, font: "system", radius: 0, spacing: "compact" },
	content: {
		pl: {
			label: "Przerwa w wysyłkach",
			blocks: [
				{
					kind: "text",
					text: "**Zamów do czwartku do 12:00,** a paczka wyjedzie jeszcze przed świętami. Kolejne wyślemy w poniedziałek.",
				},
			],
		},
		en: {
			label: "Delivery notice",
			blocks: [
				{
					kind: "text",
					text: "**Order by noon on Thursday** and your parcel leaves before the holidays. The next ones ship on Monday.",
				},
			],
		},
	},
});

export const spotlight = template({
	id: "spotlight",
	category: "inform",
	names: { pl: "Światło na nowość", en: "Spotlight on something new" },
	lead: {
		pl: "Przygasza stronę i pokazuje jedną rzecz: nową funkcję, wyszukiwarkę, kalkulator. Raz dla każdej osoby.",
		en: "Dims the page and points at one thing: a new feature, the search, a calculator. Once for each person.",
	},
	needs: {
		pl: "Wskaż element strony selektorem CSS; domyślnie jest to pole wyszukiwania albo menu.",
		en: "Point at an element of the page by a CSS selector; by default it is the search field or the menu.",
	},
	surface: {
		kind: "spotlight",
		beside: "[role=search], form[action*=search], input[type=search], header nav",
	},
	priority: 6,
	pages: everywhere,
	attention: { cap: { times: 1 }, afterCloseMs: 365 * day, afterSubmitMs: null },
	trigger: { kind: "presence", seconds: 5 },
	theme: { radius: 14, font: "system", spacing: "compact" },
	content: {
		pl: {
			label: "Nowość na stronie",
			blocks: [
				{ kind: "heading", text: "Tędy najszybciej" },
				{ kind: "text", text: "Odświeżyliśmy menu. Teraz do każdego produktu prowadzą dwa kliknięcia." },
				{ kind: "button", text: "Rozumiem", closes: true },
			],
		},
		en: {
			label: "New on this page",
			blocks: [
				{ kind: "heading", text: "The quickest way" },
				{ kind: "text", text: "We’ve tidied up the menu. Every product is now two clicks away." },
				{ kind: "button", text: "Got it", closes: true },
			],
		},
	},
});

export const returnsTip = template({
	id: "returns-tip",
	category: "inform",
	names: { pl: "Podpowiedź o dostawie i zwrotach", en: "Delivery and returns tip" },
	lead: {
		pl: "Odpowiada na pytanie, zanim padnie. O nic nie pyta i niczego nie zapisuje, więc działa też przed zgodą na pliki cookie.",
		en: "Answers the question before it is asked. Asks for nothing and stores nothing, so it works before cookie consent.",
	},
	surface: { kind: "corner", at: "bottom-start" },
	priority: 1,
	pages: on(...productPages),
	attention: { cap: { times: 1, perMs: 30 * day }, afterCloseMs: 60 * day, afterSubmitMs: null },
	trigger: {
		all: [
			{ kind: "presence", seconds: 20 },
			{ kind: "scroll", depth: 25 },
		],
	},
	theme: { ...looks.mint, radius: 12, font: "system", spacing: "compact" },
	content: {
		pl: {
			label: "Dostawa i zwroty",
			blocks: [
				{ kind: "heading", text: "Kupujesz bez ryzyka", level: 3 },
				{
					kind: "text",
					text: "**Wysyłka jutro,** jeśli zamówisz do 14:00.\n**30 dni na zwrot,** bez podawania powodu.\n**Pomoc człowieka** pod telefonem od 8 do 18.",
				},
			],
		},
		en: {
			label: "Delivery and returns",
			blocks: [
				{ kind: "heading", text: "Nothing to lose", level: 3 },
				{
					kind: "text",
					text: "**Ships tomorrow** if you order by 2 pm.\n**30 days to return it,** no questions asked.\n**Real people** on the phone from 8 to 6.",
				},
			],
		},
	},
});

export const comeBackTab = template({
	id: "while-you-were-away",
	category: "inform",
	names: { pl: "Gdy wracasz do karty", en: "While you were away" },
	lead: {
		pl: "Kto przeszedł na chwilę do innej karty, po powrocie widzi, co mówią o Was klienci.",
		en: "Whoever switched to another tab for a while finds a customer’s word when they return.",
	},
	needs: {
		pl: "Zastąp cytat prawdziwą opinią swojego klienta.",
		en: "Replace the quote with a real customer’s review.",
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 2,
	pages: everywhere,
	attention: { cap: { times: 1, perMs: 7 * day }, afterCloseMs: 30 * day, afterSubmitMs: null },
	trigger: { all: [{ kind: "return" }, { kind: "presence", seconds: 10 }] },
	theme: { ...looks.blush, font: "serif", radius: 12 },
	content: {
		pl: {
			label: "Opinia klientki",
			blocks: [
				{ kind: "heading", text: "Dobrze, że jesteś z powrotem", level: 3 },
				{
					kind: "review",
					stars: 5,
					quote: "Zamówione wieczorem, następnego dnia w południe u mnie. I odpisali na pytanie w kwadrans.",
					author: "Imię klientki, miasto",
				},
				{ kind: "button", text: "Przeczytaj więcej opinii", link: "/opinie" },
			],
		},
		en: {
			label: "A customer’s review",
			blocks: [
				{ kind: "heading", text: "Good to have you back", level: 3 },
				{
					kind: "review",
					stars: 5,
					quote:
						"Ordered in the evening, here by noon the next day. And they answered my question within fifteen minutes.",
					author: "Customer’s name, town",
				},
				{ kind: "button", text: "Read more reviews", link: "/reviews" },
			],
		},
	},
});
