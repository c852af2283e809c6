import { policzone } from "../plural.ts";
import type { Words } from "../words.ts";

export const coupons: Words["coupons"] = {
	title: "Kupony",
	lead: "Kody, z których każda osoba dostaje jeden: pop-up albo koło bierze następny ze swojej puli i nikt nie dostaje tego samego.",
	add: "Nowa pula",
	none: "Nie ma jeszcze puli kuponów",
	noneWhy:
		"Utwórz w sklepie jednorazowe kody i wgraj je tutaj jako pulę. Treść, która daje kupon, weźmie po jednym dla każdej osoby, a my uprzedzimy, zanim się skończą.",
	pool: "Pula",
	left: "Zostało",
	leftOf: (left, codes) => `${left} z ${codes}`,
	isLow: "Kończy się",
	isEmpty: "Pusta",
	lowTitle: (pools) => `Kończą się: ${pools}`,
	lowWhy: "Została najwyżej dziesiąta część kodów. Treści z pustą pulą nie pokazujemy.",
	usedIn: "Rozdaje",
	unused: "Jeszcze nic",
	addCodes: "Dodaj kody",
	addTo: (pool) => `Dodaj kody do „${pool}”`,
	name: "Nazwa puli",
	nameHint: "Małe litery, cyfry i łączniki, na przykład wiosna-10. Treści się do niej odwołują.",
	nameWrong: "Użyj małych liter bez polskich znaków, cyfr i łączników; najwyżej 64 znaki.",
	nameTaken: "Taka pula już jest: kody zostaną do niej dodane.",
	codes: "Kody",
	codesHint: "Po jednym w wierszu albo oddzielone przecinkami.",
	drop: "Wybierz plik z kodami albo upuść go tutaj",
	dropHint: "CSV lub tekst, liczy się pierwsza kolumna.",
	found: (n) => policzone(n, "kod", "kody", "kodów"),
	twice: (n) => `${policzone(n, "powtórzenie", "powtórzenia", "powtórzeń")}: każdy kod liczymy raz.`,
	wrong: (n) =>
		`${policzone(n, "wiersz nie może", "wiersze nie mogą", "wierszy nie może")} być kodem (1–64 litery bez polskich znaków, cyfry lub znaki, bez spacji):`,
	line: (line, text) => `wiersz ${line}: ${text}`,
	andMore: (n) => `i jeszcze ${n}`,
	doAdd: (n) => `Dodaj ${policzone(n, "kod", "kody", "kodów")}`,
	added: (n) => `Dodano ${policzone(n, "kod", "kody", "kodów")}`,
	addedBut: (n, known) =>
		`Dodano ${policzone(n, "kod", "kody", "kodów")}; ${policzone(known, "był", "były", "było")} w puli wcześniej`,
};
