// What the visitor's own page says.

import type { Channel, ConsentState } from "../../domain/consent.ts";

export type Language = "pl" | "en";

export interface Words {
	readonly title: string;
	readonly intro: (site: string) => string;
	readonly other: string;
	readonly nobody: string;
	readonly expired: string;
	readonly proof: Readonly<Record<"none" | "typed" | "linked" | "verified", string>>;
	readonly told: string;
	readonly noneTold: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly save: string;
	readonly seen: string;
	readonly first: string;
	readonly visits: string;
	readonly browser: string;
	readonly place: string;
	readonly source: string;
	readonly direct: string;
	readonly orders: (count: string, amount: string) => string;
	readonly ordered: string;
	readonly history: string;
	readonly noHistory: string;
	readonly events: Readonly<Record<string, string>>;
	readonly agreed: string;
	readonly noneAgreed: string;
	readonly channels: Readonly<Record<Channel, string>>;
	readonly consents: Readonly<Record<ConsentState, string>>;
	readonly made: string;
	readonly tags: string;
	readonly points: string;
	readonly interests: string;
	readonly groups: string;
	readonly nothing: string;
	readonly control: string;
	readonly pause: string;
	readonly pauseWhat: string;
	readonly paused: string;
	readonly resume: string;
	readonly forget: string;
	readonly forgetWhat: string;
	readonly sure: string;
	readonly done: Readonly<Record<"correct" | "pause" | "resume" | "forgotten" | "forgetting", string>>;
}

export const words: Readonly<Record<Language, Words>> = {
	pl: {
		title: "Co ta strona o mnie wie",
		intro: (site) => `Oto, co serwis „${site}” zapisał o tej przeglądarce.`,
		other: "English",
		nobody:
			"Ten serwis nic nie wie o tej przeglądarce: nic tu nie zapisano albo wszystko zostało już usunięte.",
		expired: "Ta strona była otwarta zbyt długo albo przyszła z innego miejsca. Otwórz ją jeszcze raz.",
		proof: {
			none: "Nie wiemy, kim jesteś. Szczegóły wizyt znikają same po kilku godzinach.",
			typed:
				"Podano tu dane, ale nikt ich nie potwierdził. Dlatego widać tylko to, co zrobiono i wpisano w tej przeglądarce.",
			linked:
				"Ta przeglądarka otworzyła link z naszej wiadomości. Widać tylko to, co zrobiono i wpisano w tej przeglądarce.",
			verified: "Potwierdzono, że to Ty. Widać wszystko, co o Tobie wiemy.",
		},
		told: "Co nam powiedziano",
		noneTold: "Niczego nie podano.",
		attributes: {
			email: "E-mail",
			phone: "Telefon",
			name: "Imię i nazwisko",
			firstName: "Imię",
			lastName: "Nazwisko",
			company: "Firma",
			position: "Stanowisko",
			city: "Miasto",
			postcode: "Kod pocztowy",
		},
		save: "Zapisz poprawki",
		seen: "Skąd i czym",
		first: "Pierwszy raz",
		visits: "Wizyty",
		browser: "Przeglądarka",
		place: "Okolica",
		source: "Skąd",
		direct: "wejście bezpośrednie",
		orders: (count, amount) => `${count}, razem ${amount}`,
		ordered: "Zamówienia",
		history: "Co tu zrobiono",
		noHistory: "Nie ma zapisanych szczegółów.",
		events: {
			"Page Viewed": "wyświetlono stronę",
			"Page Left": "opuszczono stronę",
			"Page Reloaded": "odświeżono stronę",
			"Product Viewed": "obejrzano produkt",
			"Product Added": "dodano do koszyka",
			"Product Price Dropped": "cena produktu spadła",
			"Product Back in Stock": "produkt wrócił do sprzedaży",
			"Cart Updated": "zmieniono koszyk",
			"Order Completed": "złożono zamówienie",
			"Order Updated": "zmieniono zamówienie",
			"Order Refunded": "zwrócono pieniądze za zamówienie",
			"Order Cancelled": "anulowano zamówienie",
			"Form Submitted": "wysłano formularz",
			"Experience Shown": "pokazano okienko",
			"Experience Closed": "zamknięto okienko",
			"Experience Clicked": "kliknięto okienko",
			"Details Corrected": "poprawiono dane",
		},
		agreed: "Zgody",
		noneAgreed: "Nie udzielono tu żadnej zgody.",
		channels: { email: "E-mail", sms: "SMS", webpush: "Web push", phone: "Telefon", post: "Poczta" },
		consents: { given: "udzielona", pending: "czeka na potwierdzenie", withdrawn: "wycofana" },
		made: "Co z tego wywnioskowano",
		tags: "Znaczniki",
		points: "Punkty",
		interests: "Zainteresowania",
		groups: "Grupy",
		nothing: "nic",
		control: "Co możesz zrobić",
		pause: "Wstrzymaj zapisywanie",
		pauseWhat:
			"Od tej chwili nic, co zrobisz w tej przeglądarce, nie zostanie zapisane, dopóki tego nie wznowisz.",
		paused: "Zapisywanie jest wstrzymane.",
		resume: "Wznów zapisywanie",
		forget: "Zapomnij mnie",
		forgetWhat: "Usuniemy wszystko, co powyżej, na zawsze. Tego nie da się cofnąć.",
		sure: "Tak, usuń na zawsze",
		done: {
			correct: "Poprawki zapisane.",
			pause: "Zapisywanie wstrzymane.",
			resume: "Zapisywanie wznowione.",
			forgotten: "Gotowe. Wszystko zostało usunięte.",
			forgetting:
				"Już niczego nie widać; w ciągu kilku minut zniknie też z każdego miejsca, w którym było zapisane.",
		},
	},
	en: {
		title: "What this site knows about me",
		intro: (site) => `This is what “${site}” has recorded of this browser.`,
		other: "Polski",
		nobody: "This site knows nothing of this browser: nothing was recorded, or all of it has been deleted.",
		expired: "This page was open for too long, or came from somewhere else. Please open it again.",
		proof: {
			none: "We do not know who you are. Details of visits vanish by themselves after a few hours.",
			typed:
				"Somebody typed in details here, and nobody confirmed them. So you see only what was done and typed in this very browser.",
			linked:
				"This browser opened a link of a message of ours. You see only what was done and typed in this very browser.",
			verified: "It is confirmed that this is you. You see all that we know.",
		},
		told: "What we were told",
		noneTold: "Nothing was told.",
		attributes: {
			email: "E-mail",
			phone: "Phone",
			name: "Name",
			firstName: "First name",
			lastName: "Last name",
			company: "Company",
			position: "Position",
			city: "City",
			postcode: "Postcode",
		},
		save: "Save corrections",
		seen: "Where from, and with what",
		first: "First time here",
		visits: "Visits",
		browser: "Browser",
		place: "Place, roughly",
		source: "Came from",
		direct: "came directly",
		orders: (count, amount) => `${count}, ${amount} in all`,
		ordered: "Orders",
		history: "What was done here",
		noHistory: "No details are recorded.",
		events: {
			"Page Viewed": "viewed a page",
			"Page Left": "left a page",
			"Page Reloaded": "reloaded a page",
			"Product Viewed": "viewed a product",
			"Product Added": "added to the cart",
			"Product Price Dropped": "the price of a product dropped",
			"Product Back in Stock": "a product came back in stock",
			"Cart Updated": "changed the cart",
			"Order Completed": "placed an order",
			"Order Updated": "changed an order",
			"Order Refunded": "were given money back for an order",
			"Order Cancelled": "cancelled an order",
			"Form Submitted": "sent a form",
			"Experience Shown": "a pop-up was shown",
			"Experience Closed": "closed a pop-up",
			"Experience Clicked": "clicked a pop-up",
			"Details Corrected": "corrected details",
		},
		agreed: "Consents",
		noneAgreed: "No consent was given here.",
		channels: { email: "E-mail", sms: "Text messages", webpush: "Web push", phone: "Phone", post: "Post" },
		consents: { given: "given", pending: "waits to be confirmed", withdrawn: "taken back" },
		made: "What was concluded from it",
		tags: "Tags",
		points: "Points",
		interests: "Interests",
		groups: "Groups",
		nothing: "nothing",
		control: "What you can do",
		pause: "Pause recording",
		pauseWhat: "From now on nothing that you do in this browser is recorded, until you resume it.",
		paused: "Recording is paused.",
		resume: "Resume recording",
		forget: "Forget me",
		forgetWhat: "We delete everything above, for good. This cannot be undone.",
		sure: "Yes, delete it for good",
		done: {
			correct: "Your corrections are saved.",
			pause: "Recording is paused.",
			resume: "Recording goes on.",
			forgotten: "Done. All of it is deleted.",
			forgetting:
				"Nothing can be seen any more; within minutes it will be gone from every place where it was stored, too.",
		},
	},
};
