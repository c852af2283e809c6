// What the widget says by itself; everything else the marketer wrote.

import type { Offer } from "../../worker/protocol/experience.ts";

const pl = {
	close: "Zamknij",
	copy: "Kopiuj",
	copied: "Skopiowano",
	email: "Adres e-mail",
	name: "Imię",
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
	email: "Email address",
	name: "First name",
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
