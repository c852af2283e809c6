// What happened, in words: “wyświetlono stronę”, “odsłona strony”. Every name that is not ours is quoted as it is.

import { chatEvents } from "../conversation/told.ts";
import { eventNames, productNews } from "../event.ts";
import { own } from "../keyed.ts";
import { orderNames } from "../order.ts";
import { type EnglishEvent, gerund, impersonal, type PolishEvent, passive } from "./event-forms.ts";
import type { InEach } from "./language.ts";
import { noun } from "./plural.ts";
import { englishSpec, polishSpec, type SpecName } from "./spec-events.ts";

const onPage = true;

type KnownName =
	| (typeof eventNames)[keyof typeof eventNames]
	| (typeof orderNames)[keyof typeof orderNames]
	| (typeof chatEvents)[keyof typeof chatEvents]
	| (typeof productNews)[keyof typeof productNews]
	| SpecName;

const polishEvents: Readonly<Record<KnownName, PolishEvent>> = {
	...polishSpec,
	[eventNames.pageViewed]: {
		...impersonal("wyświetlono", "stronę", "strony", onPage),
		noun: noun("odsłona strony", "odsłony strony", "odsłon strony", "odsłony strony"),
		gender: "feminine",
	},
	[eventNames.pageLeft]: {
		...impersonal("opuszczono", "stronę", "strony", onPage),
		noun: gerund("opuszczeni", "opuszczeń", "strony"),
		gender: "neuter",
	},
	[eventNames.pageReloaded]: {
		...impersonal("odświeżono", "stronę", "strony", onPage),
		noun: gerund("odświeżeni", "odświeżeń", "strony"),
		gender: "neuter",
	},
	[eventNames.experienceShown]: {
		...impersonal("pokazano", "treść na stronie", "treści na stronie"),
		noun: gerund("pokazani", "pokazań", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceQualified]: {
		...impersonal("przygotowano", "treść na stronie", "treści na stronie"),
		noun: gerund("przygotowani", "przygotowań", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceSeen]: {
		...impersonal("zobaczono", "treść na stronie", "treści na stronie"),
		noun: gerund("zobaczeni", "zobaczeń", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceEngaged]: {
		...impersonal("użyto", "treści na stronie", "treści na stronie"),
		noun: gerund("użyci", "użyć", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceMissed]: {
		...impersonal("odnotowano", "pominięcie treści na stronie", "pominięcia treści na stronie"),
		noun: gerund("pominięci", "pominięć", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceConverted]: {
		...impersonal("odnotowano", "zamówienie z treści na stronie", "zamówienia z treści na stronie"),
		noun: noun(
			"zamówienie z treści na stronie",
			"zamówienia z treści na stronie",
			"zamówień z treści na stronie",
			"zamówienia z treści na stronie",
		),
		gender: "neuter",
	},
	[eventNames.experienceClosed]: {
		...impersonal("zamknięto", "treść na stronie", "treści na stronie"),
		noun: gerund("zamknięci", "zamknięć", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.experienceClicked]: {
		...impersonal("kliknięto", "treść na stronie", "treści na stronie"),
		noun: gerund("kliknięci", "kliknięć", "treści na stronie"),
		gender: "neuter",
	},
	[eventNames.formSubmitted]: {
		...impersonal("wysłano", "formularz", "formularza"),
		noun: gerund("wysłani", "wysłań", "formularza"),
		gender: "neuter",
	},
	[eventNames.formContinued]: {
		...impersonal("wypełniono", "część formularza", "części formularza"),
		noun: gerund("wypełnieni", "wypełnień", "części formularza"),
		gender: "neuter",
	},
	[eventNames.couponGiven]: {
		...impersonal("przyznano", "kod rabatowy", "kodu rabatowego"),
		noun: gerund("przyznani", "przyznań", "kodu rabatowego"),
		gender: "neuter",
	},
	[eventNames.identified]: {
		...impersonal("zidentyfikowano", "osobę", "osoby"),
		noun: gerund("zidentyfikowani", "zidentyfikowań", "osoby"),
		gender: "neuter",
	},
	[eventNames.reset]: {
		...impersonal("odnotowano", "wylogowanie", "wylogowania"),
		noun: noun("wylogowanie", "wylogowania", "wylogowań", "wylogowania"),
		gender: "neuter",
	},
	[eventNames.tagAdded]: {
		...impersonal("dodano", "tag", "tagu"),
		noun: gerund("dodani", "dodań", "tagu"),
		gender: "neuter",
	},
	[eventNames.tagRemoved]: {
		...impersonal("zdjęto", "tag", "tagu"),
		noun: gerund("zdjęci", "zdjęć", "tagu"),
		gender: "neuter",
	},
	[eventNames.programmeJoined]: {
		...impersonal("odnotowano", "przystąpienie do programu", "przystąpienia do programu"),
		noun: gerund("przystąpieni", "przystąpień", "do programu"),
		gender: "neuter",
	},
	[eventNames.pointsEarned]: {
		...impersonal("przyznano", "punkty", "punktów"),
		noun: gerund("przyznani", "przyznań", "punktów"),
		gender: "neuter",
	},
	[eventNames.pointsSpent]: {
		...impersonal("wydano", "punkty", "punktów"),
		noun: gerund("wydani", "wydań", "punktów"),
		gender: "neuter",
	},
	[eventNames.pointsExpired]: {
		...impersonal("odnotowano", "wygaśnięcie punktów", "wygaśnięcia punktów"),
		noun: gerund("wygaśnięci", "wygaśnięć", "punktów"),
		gender: "neuter",
	},
	[eventNames.segmentEntered]: {
		...impersonal("odnotowano", "wejście do segmentu", "wejścia do segmentu"),
		noun: noun("wejście do segmentu", "wejścia do segmentu", "wejść do segmentu", "wejścia do segmentu"),
		gender: "neuter",
	},
	[eventNames.segmentExited]: {
		...impersonal("odnotowano", "wyjście z segmentu", "wyjścia z segmentu"),
		noun: noun("wyjście z segmentu", "wyjścia z segmentu", "wyjść z segmentu", "wyjścia z segmentu"),
		gender: "neuter",
	},
	[eventNames.listJoined]: {
		...impersonal("odnotowano", "dodanie do listy", "dodania do listy"),
		noun: gerund("dodani", "dodań", "do listy"),
		gender: "neuter",
	},
	[eventNames.listLeft]: {
		...impersonal("odnotowano", "usunięcie z listy", "usunięcia z listy"),
		noun: gerund("usunięci", "usunięć", "z listy"),
		gender: "neuter",
	},
	[eventNames.consentGiven]: {
		...impersonal("udzielono", "zgody", "zgody"),
		noun: gerund("udzieleni", "udzieleń", "zgody"),
		gender: "neuter",
	},
	[eventNames.consentPending]: {
		...impersonal("odnotowano", "prośbę o potwierdzenie zgody", "prośby o potwierdzenie zgody"),
		noun: noun(
			"prośba o potwierdzenie zgody",
			"prośby o potwierdzenie zgody",
			"próśb o potwierdzenie zgody",
			"prośby o potwierdzenie zgody",
		),
		gender: "feminine",
	},
	[eventNames.consentWithdrawn]: {
		...impersonal("wycofano", "zgodę", "zgody"),
		noun: gerund("wycofani", "wycofań", "zgody"),
		gender: "neuter",
	},
	[eventNames.ownerAssigned]: {
		...impersonal("przypisano", "opiekuna", "opiekuna"),
		noun: gerund("przypisani", "przypisań", "opiekuna"),
		gender: "neuter",
	},
	[eventNames.stageChanged]: {
		...impersonal("zmieniono", "etap lejka", "etapu lejka"),
		noun: noun("zmiana etapu lejka", "zmiany etapu lejka", "zmian etapu lejka", "zmiany etapu lejka"),
		gender: "feminine",
	},
	[eventNames.profileAdded]: {
		...impersonal("dodano", "profil społecznościowy", "profilu społecznościowego"),
		noun: gerund("dodani", "dodań", "profilu społecznościowego"),
		gender: "neuter",
	},
	[eventNames.noteAdded]: {
		...impersonal("dodano", "notatkę", "notatki"),
		noun: gerund("dodani", "dodań", "notatki"),
		gender: "neuter",
	},
	[eventNames.contactImported]: {
		...impersonal("zaimportowano", "kontakt", "kontaktu"),
		noun: noun("import kontaktu", "importy kontaktu", "importów kontaktu", "importu kontaktu"),
		gender: "masculine",
	},
	[eventNames.detailsCorrected]: {
		...impersonal("poprawiono", "dane", "danych"),
		noun: gerund("poprawieni", "poprawień", "danych"),
		gender: "neuter",
	},
	[eventNames.productBought]: {
		...impersonal("kupiono", "produkt", "produktu"),
		noun: noun("zakup produktu", "zakupy produktu", "zakupów produktu", "zakupu produktu"),
		gender: "masculine",
	},
	[orderNames.completed]: {
		...impersonal("złożono", "zamówienie", "zamówienia"),
		noun: noun("złożone zamówienie", "złożone zamówienia", "złożonych zamówień", "złożonego zamówienia"),
		gender: "neuter",
	},
	[orderNames.updated]: {
		...impersonal("zmieniono", "zamówienie", "zamówienia"),
		noun: noun("zmiana zamówienia", "zmiany zamówienia", "zmian zamówienia", "zmiany zamówienia"),
		gender: "feminine",
	},
	[orderNames.cancelled]: {
		...impersonal("anulowano", "zamówienie", "zamówienia"),
		noun: gerund("anulowani", "anulowań", "zamówienia"),
		gender: "neuter",
	},
	[orderNames.refunded]: {
		...impersonal("zwrócono", "zamówienie", "zamówienia"),
		noun: noun("zwrot zamówienia", "zwroty zamówienia", "zwrotów zamówienia", "zwrotu zamówienia"),
		gender: "masculine",
	},
	[chatEvents.started]: {
		...impersonal("rozpoczęto", "rozmowę na czacie", "rozmowy na czacie"),
		noun: gerund("rozpoczęci", "rozpoczęć", "rozmowy na czacie"),
		gender: "neuter",
	},
	[chatEvents.ended]: {
		...impersonal("zakończono", "rozmowę na czacie", "rozmowy na czacie"),
		noun: gerund("zakończeni", "zakończeń", "rozmowy na czacie"),
		gender: "neuter",
	},
	[chatEvents.sent]: {
		...impersonal("wysłano", "wiadomość na czacie", "wiadomości na czacie"),
		noun: gerund("wysłani", "wysłań", "wiadomości na czacie"),
		gender: "neuter",
	},
	[chatEvents.received]: {
		...impersonal("otrzymano", "odpowiedź na czacie", "odpowiedzi na czacie"),
		noun: gerund("otrzymani", "otrzymań", "odpowiedzi na czacie"),
		gender: "neuter",
	},
	[chatEvents.rated]: {
		...impersonal("oceniono", "rozmowę na czacie", "rozmowy na czacie"),
		noun: noun("ocena rozmowy", "oceny rozmowy", "ocen rozmowy", "oceny rozmowy"),
		gender: "feminine",
	},
	[productNews.priceDropped]: {
		...impersonal("odnotowano", "obniżkę ceny produktu", "obniżki ceny produktu"),
		noun: noun(
			"obniżka ceny produktu",
			"obniżki ceny produktu",
			"obniżek ceny produktu",
			"obniżki ceny produktu",
		),
		gender: "feminine",
	},
	[productNews.backInStock]: {
		...impersonal("odnotowano", "powrót produktu do sprzedaży", "powrotu produktu do sprzedaży"),
		noun: noun(
			"powrót produktu do sprzedaży",
			"powroty produktu do sprzedaży",
			"powrotów produktu do sprzedaży",
			"powrotu produktu do sprzedaży",
		),
		gender: "masculine",
	},
};

const englishEvents: Readonly<Record<KnownName, EnglishEvent>> = {
	...englishSpec,
	[eventNames.pageViewed]: passive("", "viewed", "view of", "views of", onPage),
	[eventNames.pageLeft]: passive("", "left", "exit from", "exits from", onPage),
	[eventNames.pageReloaded]: passive("", "reloaded", "reload of", "reloads of", onPage),
	[eventNames.experienceShown]: passive(
		"an experience",
		"shown",
		"display of an experience",
		"displays of an experience",
	),
	[eventNames.experienceQualified]: passive(
		"an experience",
		"offered",
		"offer of an experience",
		"offers of an experience",
	),
	[eventNames.experienceSeen]: passive(
		"an experience",
		"seen",
		"sight of an experience",
		"sights of an experience",
	),
	[eventNames.experienceEngaged]: passive(
		"an experience",
		"used",
		"use of an experience",
		"uses of an experience",
	),
	[eventNames.experienceMissed]: passive(
		"an experience",
		"left out",
		"omission of an experience",
		"omissions of an experience",
	),
	[eventNames.experienceConverted]: passive(
		"an experience",
		"converted",
		"order owed to an experience",
		"orders owed to an experience",
	),
	[eventNames.experienceClosed]: passive(
		"an experience",
		"closed",
		"closing of an experience",
		"closings of an experience",
	),
	[eventNames.experienceClicked]: passive(
		"an experience",
		"clicked",
		"click on an experience",
		"clicks on an experience",
	),
	[eventNames.formSubmitted]: passive("a form", "submitted", "form submission", "form submissions"),
	[eventNames.formContinued]: passive("a part of a form", "filled in", "part of a form", "parts of a form"),
	[eventNames.couponGiven]: passive("a coupon code", "given", "coupon code", "coupon codes"),
	[eventNames.identified]: passive("the person", "identified", "identification", "identifications"),
	[eventNames.reset]: passive("the browser", "reset", "reset", "resets"),
	[eventNames.tagAdded]: passive("a tag", "added", "tag addition", "tag additions"),
	[eventNames.tagRemoved]: passive("a tag", "removed", "tag removal", "tag removals"),
	[eventNames.programmeJoined]: passive("a programme", "joined", "programme joining", "programme joinings"),
	[eventNames.pointsEarned]: {
		...passive("points", "earned", "earning of points", "earnings of points"),
		did: "were earned",
		didNot: "were not earned",
		never: "were never earned",
	},
	[eventNames.pointsSpent]: {
		...passive("points", "spent", "spending of points", "spendings of points"),
		did: "were spent",
		didNot: "were not spent",
		never: "were never spent",
	},
	[eventNames.pointsExpired]: {
		subject: "points",
		did: "expired",
		didNot: "did not expire",
		never: "never expired",
		noun: { one: "expiry of points", other: "expiries of points" },
		isPage: false,
	},
	[eventNames.segmentEntered]: passive("a segment", "entered", "segment entry", "segment entries"),
	[eventNames.segmentExited]: passive("a segment", "left", "segment exit", "segment exits"),
	[eventNames.listJoined]: passive("a list", "joined", "list joining", "list joinings"),
	[eventNames.listLeft]: passive("a list", "left", "list leaving", "list leavings"),
	[eventNames.consentGiven]: passive("a consent", "given", "consent", "consents"),
	[eventNames.consentPending]: passive(
		"the confirmation of a consent",
		"asked for",
		"request to confirm a consent",
		"requests to confirm a consent",
	),
	[eventNames.consentWithdrawn]: passive(
		"a consent",
		"withdrawn",
		"withdrawal of a consent",
		"withdrawals of a consent",
	),
	[eventNames.ownerAssigned]: passive("an owner", "assigned", "owner assignment", "owner assignments"),
	[eventNames.stageChanged]: passive(
		"the funnel stage",
		"changed",
		"change of the funnel stage",
		"changes of the funnel stage",
	),
	[eventNames.profileAdded]: passive(
		"a social profile",
		"added",
		"addition of a social profile",
		"additions of a social profile",
	),
	[eventNames.noteAdded]: passive("a note", "added", "note", "notes"),
	[eventNames.contactImported]: passive("a contact", "imported", "contact import", "contact imports"),
	[eventNames.detailsCorrected]: {
		...passive("details", "corrected", "correction of details", "corrections of details"),
		did: "were corrected",
		didNot: "were not corrected",
		never: "were never corrected",
	},
	[eventNames.productBought]: passive(
		"a product",
		"bought",
		"purchase of a product",
		"purchases of a product",
	),
	[orderNames.completed]: passive("an order", "completed", "order completion", "order completions"),
	[orderNames.updated]: passive("an order", "updated", "order update", "order updates"),
	[orderNames.cancelled]: passive("an order", "cancelled", "order cancellation", "order cancellations"),
	[orderNames.refunded]: passive("an order", "refunded", "order refund", "order refunds"),
	[chatEvents.started]: passive("a chat", "started", "start of a chat", "starts of a chat"),
	[chatEvents.ended]: passive("a chat", "ended", "end of a chat", "ends of a chat"),
	[chatEvents.sent]: passive("a chat message", "sent", "chat message sent", "chat messages sent"),
	[chatEvents.received]: passive(
		"a chat answer",
		"received",
		"chat answer received",
		"chat answers received",
	),
	[chatEvents.rated]: passive("a chat", "rated", "chat rating", "chat ratings"),
	[productNews.priceDropped]: {
		...passive("the price of a product", "reduced", "price drop of a product", "price drops of a product"),
		did: "dropped",
		didNot: "did not drop",
		never: "never dropped",
	},
	[productNews.backInStock]: {
		...passive("a product", "restocked", "return of a product", "returns of a product"),
		did: "came back in stock",
		didNot: "did not come back in stock",
		never: "never came back in stock",
	},
};

/** Events with words of their own, each as one is called: “odsłona strony”, “page view”. */
export const eventWords: Readonly<Record<string, InEach<string>>> = Object.fromEntries(
	Object.entries(polishEvents).map(([name, { noun: one }]) => {
		const { noun: other, isPage } = englishEvents[name as KnownName];
		return [name, { pl: one.one, en: isPage ? `${other.one} a page` : other.one }];
	}),
);

/** The Polish words for an event; `quoted` is its name in quotation marks. */
export function polishEvent(name: string, quoted: string): PolishEvent {
	return (
		own<PolishEvent>(polishEvents, name) ?? {
			...impersonal("odnotowano", `zdarzenie ${quoted}`, `zdarzenia ${quoted}`),
			noun: gerund("zdarzeni", "zdarzeń", quoted),
			gender: "neuter",
		}
	);
}

/** The English words for an event; `quoted` is its name in quotation marks. */
export function englishEvent(name: string, quoted: string): EnglishEvent {
	return (
		own<EnglishEvent>(englishEvents, name) ?? {
			subject: `the event ${quoted}`,
			did: "happened",
			didNot: "did not happen",
			never: "never happened",
			noun: { one: `event ${quoted}`, other: `events ${quoted}` },
			isPage: false,
		}
	);
}
