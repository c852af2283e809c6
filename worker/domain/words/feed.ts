// What is wrong with a feed or an item of it, and what to do about it, in sentences.

import type { ItemFault } from "../catalogue/item.ts";
import type { InEach } from "./language.ts";

type ProblemKind = ItemFault["is"] | "repeated" | "no-room";

const say = (pl: string, en: string): InEach<string> => ({ pl, en });

/** `field` as the feed calls it. */
export function problemSentence(is: ProblemKind, field: string, said: string): InEach<string> {
	const value = said === "" ? say("", "") : say(` („${said}”)`, ` (“${said}”)`);
	switch (is) {
		case "missing":
			return say(
				`Brakuje pola „${field}”. Uzupełnij je w pliku.`,
				`The field “${field}” is missing. Fill it in.`,
			);
		case "too-long":
			return say(
				`Pole „${field}” jest za długie. Skróć je w pliku.`,
				`The field “${field}” is too long. Shorten it.`,
			);
		case "not-an-address":
			return say(
				`Pole „${field}”${value.pl} nie jest adresem. Podaj pełny adres, od https://.`,
				`The field “${field}”${value.en} is no address. Give it whole, beginning with https://.`,
			);
		case "not-a-price":
			return say(
				`Pole „${field}”${value.pl} nie jest ceną. Podaj kwotę większą od zera z walutą, na przykład „129.90 PLN”.`,
				`The field “${field}”${value.en} is no price. Give an amount above zero with its currency, such as “129.90 PLN”.`,
			);
		case "unknown-word":
			return say(
				`Nie znamy wartości pola „${field}”${value.pl}. Użyj jednej z tych, które opisuje format pliku.`,
				`The value of “${field}”${value.en} is not known. Use one of those that the kind of feed has.`,
			);
		case "other-currency":
			return say(
				`Pole „${field}” jest w innej walucie${value.pl} niż cena. Podaj obie w tej samej.`,
				`The field “${field}” is in another currency${value.en} than the price. Give both in the same.`,
			);
		case "malformed":
			return say(
				"Zapis produktu jest uszkodzony: niezamknięty znacznik albo cudzysłów. Popraw eksport w sklepie.",
				"The item is not written as it has to be: a tag or a quote is not closed. Mend the shop’s export.",
			);
		case "repeated":
			return say(
				`Identyfikator${value.pl} wystąpił już wcześniej. Każdy produkt i wariant musi mieć własny.`,
				`The id${value.en} was there before. Every product and variant needs one of its own.`,
			);
		case "no-room":
			return say(
				"Katalog jest pełny. Usuń z pliku produkty, których nie sprzedajesz.",
				"The catalogue is full. Take out of the feed what you do not sell.",
			);
	}
}

/** Why a feed as a whole is not taken. */
const faults = {
	"not-an-address": say("To nie jest adres.", "This is no address."),
	"not-http": say(
		"Adres pliku musi zaczynać się od https:// albo http://.",
		"The address has to begin with https:// or http://.",
	),
	"has-credentials": say(
		"W adresie jest hasło. Wystaw plik pod adresem bez hasła.",
		"There is a password in the address. Serve the feed at one without.",
	),
	"other-port": say(
		"Adres podaje port. Wystaw plik na zwykłym porcie.",
		"The address names a port. Serve the feed at the usual one.",
	),
	"not-public": say(
		"Adres prowadzi do sieci prywatnej. Podaj adres dostępny publicznie.",
		"The address leads into a private network. Give one of the public web.",
	),
	"too-many-redirects": say(
		"Adres przekierowuje zbyt wiele razy. Podaj adres docelowy.",
		"The address redirects too often. Give the one that it leads to.",
	),
	unreachable: say(
		"Serwer nie odpowiada. Sprawdź adres, spróbujemy ponownie.",
		"The server does not answer. Check the address; we try again.",
	),
	"timed-out": say(
		"Pobieranie trwało zbyt długo. Zmniejsz plik albo spakuj go programem gzip.",
		"It took too long. Make the feed smaller, or pack it by gzip.",
	),
	status: say(
		"Serwer odmówił podania pliku. Sprawdź, czy adres otwiera się bez logowania.",
		"The server refused. Check that the address opens without signing in.",
	),
	"too-large": say(
		"Plik jest za duży. Zostaw w nim tylko pola, które opisujemy.",
		"The feed is too large. Leave in it only the fields that we describe.",
	),
	"broken-package": say(
		"Spakowany plik jest uszkodzony. Wygeneruj go ponownie.",
		"The packed file is broken. Make it anew.",
	),
	"broken-off": say(
		"Plik urywa się w połowie. Poprzedni katalog zostaje; wygeneruj plik ponownie.",
		"The feed breaks off. The catalogue stays as it was; make the feed anew.",
	),
	"has-doctype": say(
		"Plik definiuje własne encje (DOCTYPE), czego nie przyjmujemy. Usuń DOCTYPE.",
		"The feed defines entities (DOCTYPE), which we refuse. Take the DOCTYPE out.",
	),
	"too-deep": say(
		"Znaczniki są zagnieżdżone zbyt głęboko. Popraw eksport w sklepie.",
		"Tags are nested too deep. Mend the shop’s export.",
	),
	"tag-too-long": say(
		"Jeden ze znaczników jest zbyt długi. Popraw eksport w sklepie.",
		"A tag is too long. Mend the shop’s export.",
	),
	"not-xml": say("To nie jest plik XML.", "This is no XML."),
	"unknown-format": say(
		"Nie rozpoznajemy formatu. Podaj plik Google Merchant (RSS, Atom, TSV, CSV) albo Ceneo.",
		"The format is not known. Give a feed for Google Merchant (RSS, Atom, TSV, CSV) or Ceneo.",
	),
	"columns-missing": say(
		"W tabeli brakuje kolumn: potrzebne są id, title, link i price.",
		"Columns are missing: it takes id, title, link and price.",
	),
	"no-products": say(
		"W pliku nie ma ani jednego poprawnego produktu. Poprzedni katalog zostaje.",
		"There is not one sound product in it. The catalogue stays as it was.",
	),
	"too-many-items": say(
		"W pliku jest za dużo produktów. Poprzedni katalog zostaje.",
		"There are too many products in it. The catalogue stays as it was.",
	),
	fault: say(
		"Wczytywanie nie powiodło się po naszej stronie. Uruchom je ponownie.",
		"It failed on our side. Run it again.",
	),
} as const satisfies Record<string, InEach<string>>;

export type FeedFaultName = keyof typeof faults;

export function faultSentence(is: FeedFaultName): InEach<string> {
	return faults[is];
}

/** Of a feed that has shrunk. */
export function suspicionSentence(good: number, before: number): InEach<string> {
	return say(
		`W pliku jest ${good} poprawnych produktów, a poprzednio było ich ${before}. Katalog się nie zmienił: potwierdź plik albo go odrzuć.`,
		`There are ${good} sound products in it, and there were ${before}. The catalogue has not changed: accept the feed, or dismiss it.`,
	);
}
