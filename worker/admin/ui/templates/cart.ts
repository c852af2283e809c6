// Sell more: what is said beside a cart, or of the money that is in it.

import { cartPages, day, everywhere, looks, minute, offers, on, placed, stays, tells } from "./ready.ts";
import { template } from "./template.ts";

export const cartRescue = template({
	id: "cart-rescue",
	category: "sales",
	names: { pl: "Ratunek koszyka", en: "Cart rescue" },
	lead: {
		pl: "Gdy ktoś z koszykiem od 150 zł chce wyjść: kod na dokończenie zakupów, z jego kwotą w treści.",
		en: "When someone with 150 or more in the cart is about to leave: a code to finish the order, with their own total.",
	},
	surface: { kind: "modal" },
	priority: 40,
	pages: everywhere,
	attention: { ...offers, cap: { times: 1, perMs: 14 * day } },
	trigger: { all: [{ kind: "exit" }, { kind: "cart", from: 150 }] },
	theme: looks.blush,
	content: {
		pl: {
			label: "Kod na dokończenie zakupów",
			blocks: [
				{ kind: "heading", text: "Szkoda zostawić taki koszyk" },
				{
					kind: "text",
					text: "{% if cart %}Zakupy za **{{ cart.value | round }} zł** wciąż na ciebie czekają. {% endif %}Dokończ je dziś, a zapłacisz 5% mniej.",
				},
				{
					kind: "products",
					layout: "compact",
					recipe: { most: 2, least: 1, sources: [{ by: "left-in-cart" }], filters: {} },
				},
				{ kind: "coupon", code: "CART5", label: "5% mniej, ważne dziś" },
				{ kind: "button", text: "Przejdź do koszyka", link: "/koszyk" },
				{ kind: "button", text: "Jeszcze się zastanowię", closes: true, quiet: true },
			],
		},
		en: {
			label: "A code to finish your order",
			blocks: [
				{ kind: "heading", text: "Don’t leave your cart behind" },
				{
					kind: "text",
					text: "{% if cart %}**PLN {{ cart.value | round }}** worth of good choices is still waiting. {% endif %}Finish your order today and pay 5% less.",
				},
				{
					kind: "products",
					layout: "compact",
					recipe: { most: 2, least: 1, sources: [{ by: "left-in-cart" }], filters: {} },
				},
				{ kind: "coupon", code: "CART5", label: "5% off, today only" },
				{ kind: "button", text: "Back to my cart", link: "/cart" },
				{ kind: "button", text: "I’ll think it over", closes: true, quiet: true },
			],
		},
	},
	needs: {
		pl: "Dodaj kod rabatowy w sklepie i wpisz adres koszyka w przycisku.",
		en: "Create the code in your shop, and put your cart’s address into the button.",
	},
});

export const freeDelivery = template({
	id: "free-delivery",
	category: "sales",
	names: { pl: "Darmowa dostawa od 199 zł", en: "Free delivery from PLN 199" },
	lead: {
		pl: "Pasek, który każdemu liczy, ile brakuje do darmowej dostawy.",
		en: "A bar that works out for everyone how much is missing to free delivery.",
	},
	needs: {
		pl: "Zmień próg 199 w treści paska, jeśli Twój jest inny.",
		en: "Change the 199 in the bar’s text if your threshold is another.",
	},
	kind: "banner",
	surface: { kind: "bar", at: "bottom" },
	priority: 6,
	pages: everywhere,
	attention: { ...tells, afterCloseMs: day },
	trigger: { kind: "at-once" },
	theme: { ...looks.mint, spacing: "compact" },
	content: {
		pl: {
			label: "Ile brakuje do darmowej dostawy",
			blocks: [
				{
					kind: "text",
					text: "{% if cart.value >= 199 %}**Masz darmową dostawę.** Tę paczkę wysyłamy na nasz koszt.{% elsif cart %}Do darmowej dostawy brakuje jeszcze **{{ 199 | minus: cart.value | ceil }} zł**.{% else %}**Darmowa dostawa** od 199 zł, do domu i do paczkomatu.{% endif %}",
				},
			],
		},
		en: {
			label: "How far you are from free delivery",
			blocks: [
				{
					kind: "text",
					text: "{% if cart.value >= 199 %}**You’ve got free delivery.** This parcel is on us.{% elsif cart %}Just **PLN {{ 199 | minus: cart.value | ceil }}** more for free delivery.{% else %}**Free delivery** on orders of PLN 199 or more.{% endif %}",
				},
			],
		},
	},
});

export const cartFrame = template({
	id: "frame-cart",
	category: "sales",
	names: { pl: "Ramka w koszyku: do kompletu", en: "Cart frame: goes well with it" },
	lead: {
		pl: "Produkty kupowane razem z tym, co jest w koszyku. Bez tych, które już w nim są albo były niedawno kupione.",
		en: "Products bought together with what is in the cart, without those already in it or bought recently.",
	},
	kind: "frame",
	...placed("cart"),
	priority: 2,
	pages: on(...cartPages),
	attention: stays,
	trigger: { kind: "at-once" },
	content: {
		pl: {
			label: "Przyda się do kompletu",
			blocks: [
				{ kind: "heading", text: "Przyda się do kompletu" },
				{
					kind: "products",
					layout: "compact",
					recipe: {
						most: 6,
						least: 2,
						sources: [{ by: "bought-together" }, { by: "viewed-together" }, { by: "popular", among: "site" }],
						filters: { notInCart: true, notBoughtDays: 30 },
					},
				},
			],
		},
		en: {
			label: "Goes well with your order",
			blocks: [
				{ kind: "heading", text: "Goes well with your order" },
				{
					kind: "products",
					layout: "compact",
					recipe: {
						most: 6,
						least: 2,
						sources: [{ by: "bought-together" }, { by: "viewed-together" }, { by: "popular", among: "site" }],
						filters: { notInCart: true, notBoughtDays: 30 },
					},
				},
			],
		},
	},
});

export const countdownSale = template({
	id: "countdown-sale",
	category: "sales",
	names: { pl: "Wyprzedaż z odliczaniem", en: "Countdown sale" },
	lead: {
		pl: "Kod z zegarem: każdy ma 48 godzin od pierwszego spotkania i zegar nigdy nie zaczyna od nowa.",
		en: "A code with a clock: everyone gets 48 hours from when they first saw it, and it never restarts.",
	},
	surface: { kind: "corner", at: "bottom-start" },
	priority: 22,
	pages: everywhere,
	attention: { ...offers, cap: { times: 4, perMs: 3 * day }, afterCloseMs: 720 * minute },
	trigger: { kind: "pages", n: 2 },
	theme: looks.sun,
	content: {
		pl: {
			label: "Wyprzedaż przez 48 godzin",
			blocks: [
				{ kind: "heading", text: "48 godzin na −15%" },
				{
					kind: "countdown",
					until: { minutes: 2_880 },
					label: "Twój rabat wygasa za",
					ended: "Czas minął, ale wkrótce wrócimy z czymś nowym.",
				},
				{ kind: "coupon", code: "48H15", label: "Kod na cały koszyk", withCountdown: true },
				{ kind: "button", text: "Zobacz ofertę", link: "/" },
			],
			teaser: { after: "−15% jeszcze działa", at: "bottom-start" },
		},
		en: {
			label: "A 48-hour sale",
			blocks: [
				{ kind: "heading", text: "15% off for 48 hours" },
				{
					kind: "countdown",
					until: { minutes: 2_880 },
					label: "Your discount ends in",
					ended: "Time’s up, but we’ll be back with something new soon.",
				},
				{ kind: "coupon", code: "48H15", label: "Code for your whole cart", withCountdown: true },
				{ kind: "button", text: "See what’s on", link: "/" },
			],
			teaser: { after: "15% off still on", at: "bottom-start" },
		},
	},
});
