// What a frame says by itself.

import type { Offer } from "../../worker/protocol/experience.ts";

const pl = {
	back: "Poprzednie produkty",
	on: "Następne produkty",
	soldOut: "Chwilowo niedostępny",
	before: "Najniższa cena z 30 dni przed obniżką:",
};

const en: typeof pl = {
	back: "Previous products",
	on: "Next products",
	soldOut: "Sold out for now",
	before: "Lowest price in the 30 days before the reduction:",
};

export function wordsIn(language: Offer["language"]): typeof pl {
	return language === "pl" ? pl : en;
}
