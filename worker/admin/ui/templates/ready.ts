// What several templates have in common: how often, where, how it looks, and the fields of forms.

import type { ConsentField, Field } from "../../../protocol/experience.ts";
import type { Draft } from "./template.ts";

type Lang = "pl" | "en";

export const minute = 60_000;
export const day = 1_440 * minute;

/** Asks for something: seldom, not soon again once it was closed, and never of whoever gave it. */
export const asks: Draft["attention"] = {
	cap: { times: 2, perMs: 30 * day },
	afterCloseMs: 14 * day,
	afterSubmitMs: null,
};
/** Offers something: not again to whoever took it and bought. */
export const offers: Draft["attention"] = {
	cap: { times: 2, perMs: 14 * day },
	afterCloseMs: 7 * day,
	afterSubmitMs: null,
	afterConversion: { withinMs: 3 * day, restMs: 30 * day },
};
/** Tells something: until it was closed. */
export const tells: Draft["attention"] = { afterCloseMs: 7 * day, afterSubmitMs: null };
/** Part of the page: there each time. */
export const stays: Draft["attention"] = { afterCloseMs: 0, afterSubmitMs: null };

type Pages = Draft["pages"];
const paths = (...all: readonly string[]): Pages["only"] => all.map((value) => ({ op: "wildcard", value }));

/** Nobody is kept from paying. */
const checkout = paths(
	"*/zamowienie*",
	"*/kasa*",
	"*/platnosc*",
	"*/checkout*",
	"*/payment*",
	"*/dziekujemy*",
);
export const everywhere: Pages = { only: [], except: checkout };
export const on = (...only: readonly string[]): Pages => ({ only: paths(...only), except: checkout });
export const cartPages = ["*/koszyk*", "*/cart*", "*/basket*"] as const;
export const pricePages = ["*/cennik*", "*/pricing*", "*/price-list*"] as const;
/** Of the usual shops, by their addresses: not every site says in its pages what they are about. */
export const productPages = ["*/p/*", "*/produkt*", "*/product*"] as const;

/** A place that the site keeps, as the tag's instructions have it: nothing on the page moves. */
export const placed = (slot: string) => ({
	surface: { kind: "inline", place: { slot } } as const,
	needs: {
		pl: `Katalog produktów i miejsce na stronie: <div data-witaj="${slot}"></div>, albo wskaż własny element.`,
		en: `A product catalogue and a place on the page: <div data-witaj="${slot}"></div>, or point at an element of yours.`,
	},
});

/** Looks. Each leaves the accent to the brand; where nothing is said of colours at all they are the brand's too. */
export const looks = {
	paper: { mode: "light", surface: "#fbf6ec", ink: "#2b2118", font: "serif", radius: 4, spacing: "roomy" },
	night: { mode: "dark", surface: "#14161c", ink: "#f3f4f7", radius: 20, shadow: "deep" },
	mint: { mode: "light", surface: "#eef7f2", ink: "#12271d", radius: 24, font: "humanist" },
	sky: { mode: "light", surface: "#eff5fd", ink: "#13243d", radius: 16, font: "system" },
	blush: { mode: "light", surface: "#fdf1ed", ink: "#3b1d17", radius: 28 },
	lilac: { mode: "light", surface: "#f5f1fc", ink: "#281a43", radius: 20, font: "geometric" },
	sun: { mode: "light", surface: "#fff5d6", ink: "#352805", quiet: "#5c4a17", radius: 12, font: "geometric" },
	poster: { mode: "light", surface: "#ffffff", ink: "#0c0d10", radius: 0, font: "slab", shadow: "deep" },
	ink: { mode: "dark", surface: "#0c0d10", ink: "#ffffff", radius: 0, spacing: "compact" },
	slip: { mode: "light", surface: "#ffffff", ink: "#16181d", radius: 6, font: "mono", spacing: "compact" },
} as const satisfies Readonly<Record<string, NonNullable<Draft["theme"]>>>;

const labels = {
	email: { pl: "Adres e-mail", en: "Email address" },
	firstName: { pl: "Imię", en: "First name" },
	phone: { pl: "Numer telefonu", en: "Phone number" },
};
export const email = (lang: Lang): Field => ({
	kind: "email",
	name: "email",
	label: labels.email[lang],
	required: true,
});
export const phone = (lang: Lang): Field => ({
	kind: "phone",
	name: "phone",
	label: labels.phone[lang],
	required: true,
});
/** Not asked of whoever has told it. */
export const firstName = (lang: Lang): Field => ({
	kind: "text",
	name: "firstName",
	label: labels.firstName[lang],
	to: "firstName",
	progressive: true,
});

const wordings = {
	newsletter: {
		pl: "Chcę dostawać newsletter z ofertami sklepu na podany adres e-mail. Mogę zrezygnować w każdej chwili. [Polityka prywatności](/polityka-prywatnosci)",
		en: "I’d like to receive the shop’s newsletter with offers by email. I can unsubscribe at any time. [Privacy policy](/privacy-policy)",
	},
	guide: {
		pl: "Zgadzam się na otrzymanie poradnika oraz wiadomości o ofercie sklepu na podany adres e-mail. Zgodę mogę cofnąć w każdej chwili. [Polityka prywatności](/polityka-prywatnosci)",
		en: "I agree to receive the guide and news about the shop’s offers by email. I can withdraw my consent at any time. [Privacy policy](/privacy-policy)",
	},
	webinar: {
		pl: "Zgadzam się na otrzymanie e-mailem linku, przypomnienia i materiałów po webinarze. [Polityka prywatności](/polityka-prywatnosci)",
		en: "I agree to receive the link, a reminder and the follow-up materials by email. [Privacy policy](/privacy-policy)",
	},
	"back-in-stock": {
		pl: "Zgadzam się na jednorazową wiadomość o dostępności tego produktu. [Polityka prywatności](/polityka-prywatnosci)",
		en: "I agree to receive one email when this product is available again. [Privacy policy](/privacy-policy)",
	},
	"call-back": {
		pl: "Zgadzam się na kontakt telefoniczny w sprawie mojego pytania. [Polityka prywatności](/polityka-prywatnosci)",
		en: "I agree to be called about my enquiry. [Privacy policy](/privacy-policy)",
	},
};

/** What waits for a link in a message to be clicked is for what goes on; what is sent once needs none. */
export function consent(purpose: keyof typeof wordings, lang: Lang): ConsentField {
	const goesOn = purpose === "newsletter" || purpose === "guide";
	return {
		kind: "consent",
		name: "agreement",
		purpose,
		wording: wordings[purpose][lang],
		version: `${purpose}-${lang}-1`,
		required: true,
		...(purpose === "call-back" && { channels: ["phone"] }),
		...(goesOn && { doubleOptIn: true }),
	};
}
