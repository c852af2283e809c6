import type { Words } from "../words.ts";

export const start: Words["start"] = {
	title: "Pierwsze kroki",
	lead: "Cztery kroki dzielą Cię od odwiedzającego powitanego tym, po co przyszedł.",
	done: "Gotowe",
	open: "Do zrobienia",
	tag: "Dodaj tag skryptu",
	platform: "Na czym działa Twój serwis?",
	platforms: {
		html: "Dowolna strona (HTML)",
		gtm: "Google Tag Manager",
		wordpress: "WordPress",
		woocommerce: "WooCommerce",
		shopify: "Shopify",
		prestashop: "PrestaShop",
		magento: "Magento / Adobe Commerce",
		shoper: "Shoper",
		idosell: "IdoSell",
	},
	where: {
		html: "Wklej go na każdej stronie, w dowolnym miejscu sekcji <head>.",
		gtm: "Nowy tag → Niestandardowy kod HTML, wklej go, reguła: Wszystkie strony. Jeśli sklep pyta o zgodę, w ustawieniach zgody tagu wybierz „Nie wymaga dodatkowej zgody”: Witaj samo czeka na zgodę.",
		wordpress:
			"Dodaj go na końcu functions.php motywu potomnego albo jako fragment PHP we wtyczce WPCode, uruchamiany wszędzie.",
		woocommerce:
			"Dodaj go na końcu functions.php motywu potomnego albo jako fragment PHP we wtyczce WPCode. Produkty odczytujemy z danych strukturalnych, które WooCommerce zapisuje samo.",
		shopify: "Sklep online → Motywy → Edytuj kod → theme.liquid: wklej go tuż przed </head>.",
		prestashop:
			"Wygląd → Szablon i logo → Konfiguracja stron albo moduł „Własny kod”: wklej go w sekcji head wszystkich stron.",
		magento: "Content → Design → Configuration → Twój widok sklepu → HTML Head → Scripts and Style Sheets.",
		shoper: "Konfiguracja → Integracje → Własne skrypty: dodaj go w sekcji head wszystkich stron.",
		idosell: "Moderacja → Własne dodatki HTML i JavaScript: nowa kampania, w <head>, na wszystkich stronach.",
	},
	route: "Jak przeglądarki docierają do Witaj?",
	routes: { worker: "Pod adresem Workera", own: "W Twojej domenie (najlepiej)" },
	ownHow:
		"W Cloudflare nadaj Workerowi „witaj” trasę, na przykład www.twoj-sklep.pl/_w/*. Token odwiedzającego jest wtedy ciasteczkiem, którego nie odczyta żaden skrypt i którego nie skróci żadna przeglądarka: rozpoznasz osoby na dłużej.",
	edge: "Adres Workera „witaj”",
	edgeHint: "Tak, jak wypisało go npm run deploy.",
	seen: "Zobacz, że działa",
	seenNow: "Widzimy Twój tag: ktoś jest teraz na Twojej stronie.",
	wasSeen: "Widzieliśmy Twój tag. Odwiedzających liczymy od chwili, gdy wyrażą zgodę.",
	notSeen: "Czekamy na pierwszą odsłonę… Otwórz swoją stronę w innej karcie; pojawi się tu w kilka sekund.",
	consent: "Zapytaj o zgodę tam, gdzie trzeba",
	consentWhy:
		"Przed zgodą niczego nie zapisujemy na urządzeniu i nikogo nie rozpoznajemy. Wybierz, czego słuchać: własnego banera przez nasze API, Google Consent Mode albo IAB TCF.",
	consentGo: "Ustaw zgody",
	first: "Opublikuj pierwszą treść",
	firstWhy:
		"Wybierz szablon, zmień słowa, obejrzyj go na własnej stronie i opublikuj. Zadziała w ciągu kilku sekund.",
	firstGo: "Wybierz szablon",
};
