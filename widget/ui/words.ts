// What the widget says by itself; everything else the marketer wrote.

import type { Offer } from "../../worker/protocol/experience.ts";

const pl = {
	close: "Zamknij",
	copy: "Kopiuj",
	copied: "Skopiowano",
	back: "Wstecz",
	step: "Krok",
	optional: " (nieobowiązkowe)",
	missing: "Uzupełnij to pole.",
	phoneWrong: "Wpisz 9 cyfr numeru albo numer z kierunkowym kraju, np. +48 600 100 200.",
	emailMissing: "Wpisz adres e-mail.",
	emailWrong: "Ten adres wygląda na niepełny. Sprawdź go, np. jan@example.com.",
	agreementMissing: "Zaznacz zgodę, żeby wysłać formularz.",
	sending: "Wysyłanie…",
	notSent: "Nie udało się wysłać. Sprawdź połączenie i spróbuj ponownie.",
	notAccepted: "Nie udało się przyjąć tych danych. Popraw je i spróbuj ponownie.",
	cookiesFirst: "Żeby wysłać formularz, zaakceptuj najpierw pliki cookie tej strony.",
};

const en: typeof pl = {
	close: "Close",
	copy: "Copy",
	copied: "Copied",
	back: "Back",
	step: "Step",
	optional: " (optional)",
	missing: "Fill this in.",
	phoneWrong: "Enter the number with its country code, e.g. +44 7700 900 123.",
	emailMissing: "Enter your email address.",
	emailWrong: "This address looks incomplete. Check it, e.g. jane@example.com.",
	agreementMissing: "Tick the consent to send the form.",
	sending: "Sending…",
	notSent: "This could not be sent. Check your connection and try again.",
	notAccepted: "These details were not accepted. Correct them and try again.",
	cookiesFirst: "To send the form, first accept this site's cookies.",
};

export type Words = typeof pl;

export function wordsIn(language: Offer["language"]): Words {
	return language === "pl" ? pl : en;
}
