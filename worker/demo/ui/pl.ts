import type { Words } from "./words.ts";

const rules = new Intl.PluralRules("pl");

/** 1 punkt, 2 punkty, 5 punktów. */
function count(n: number, one: string, few: string, many: string): string {
	const form = rules.select(n);
	return `${n} ${form === "one" ? one : form === "few" ? few : many}`;
}

export const pl: Words = {
	title: "Demo Witaj: sklep i to, co Witaj wie o odwiedzającym",
	quoted: (text) => `„${text}”`,
	language: "Język",
	outbox: { name: "Poczta", hint: "Wiadomości, które sklep by wysłał" },
	why: "Dlaczego",
	explanation: "Co jest potrzebne i co by to zmieniło",
	personas: "Kto odwiedza sklep?",
	persona: {
		new: { name: "Ktoś nowy", hint: "Przeglądarka, której tu jeszcze nie było; adres wpisany z ręki" },
		google: { name: "Z Google: „kosiarka”", hint: "Wyszukiwanie „kosiarka” i wejście z wyników" },
		krakow: { name: "Z Krakowa", hint: "Ten sam sklep, otwarty w Krakowie" },
		phone: { name: "Na telefonie", hint: "Telefon o szerokości 390 punktów" },
		returning: { name: "Wraca po dniu", hint: "Pierwsza wizyta, dzień przerwy i druga wizyta" },
		consent: { name: "Jeszcze bez zgody", hint: "Sklep pyta o zgodę, a odpowiedzi jeszcze nie było" },
	},
	shop: {
		title: "Sklep",
		tab: "Sklep",
		back: "Wstecz",
		again: "Otwórz tę stronę jeszcze raz",
		home: "Strona główna",
		address: "Adres",
		missing: "Sklep demonstracyjny nie działa. Uruchom wszystko poleceniem: npm start",
		firstVisit: "Pierwsza wizyta…",
		away: "Karta zamknięta, mija dzień…",
		secondVisit: "Dzień później: ta sama przeglądarka wraca",
	},
	clock: {
		title: "Zegar Witaj",
		real: "czas rzeczywisty",
		ahead: (span) => `${span} naprzód`,
		steps: { minutes: "+30 min", hours: "+3 godz.", days: "+7 dni" },
		back: "Wróć do teraz",
	},
	inspector: { title: "Co wie Witaj", tab: "Inspektor" },
	silence: {
		waiting: "Sklep się otwiera…",
		nobody: "Nikogo jeszcze nie znamy",
		nobodyWhy: "Odwiedzający pojawi się tu chwilę po otwarciu pierwszej strony sklepu.",
		consent: "Przed zgodą niczego nie zapisujemy",
		consentWhy:
			"Nie ma ciasteczka, nie ma identyfikatora w sieci ani wiersza w żadnej bazie. Strona i tak dostaje to, co nie wymaga pamięci: treści dobrane według samej strony i przeglądarki.",
		consentHow:
			"Wyraź zgodę w banerze sklepu: otwarta strona zostanie wtedy wysłana razem z tym, skąd przyszło wejście, a ten panel wypełni się bez przeładowania.",
		refused: "Twoja przeglądarka odmawia",
		refusedWhy:
			"Wysyła sygnał Global Privacy Control i żaden baner tego nie zmieni. Aby zobaczyć inspektora przy pracy, wyłącz go dla tego adresu.",
		offline: "Serwer nie odpowiada. Próbujemy ponownie…",
	},
	guide: {
		title: "Dwie minuty",
		prices: "Otwórz cennik trzy razy",
		anywhere: "Otwórz dowolną inną stronę: jest pop-up",
		close: "Zamknij go i otwórz kolejną stronę: nie wróci",
		wait: "Przesuń zegar: co wygasa, zostaje zapomniane",
	},
	who: {
		title: "Odwiedzający",
		identity: { anonymous: "Anonimowy", identified: "Zidentyfikowany", monitored: "Monitorowany" },
		unproven: "bez potwierdzenia",
		unprovenWhy:
			"Adres został tylko wpisany. Przeglądarka jest powiązana z kartą, ale nic z tego, co karta wiedziała wcześniej, do niej nie trafia.",
		firstSeen: "Pierwszy raz",
		visits: "Wizyty",
		environment: "Środowisko",
		firstTouch: "Pierwsze źródło",
		lastTouch: "Ostatnie źródło",
		landing: (path) => `na ${path}`,
		unknown: "nieznane",
		direct: "bezpośrednio",
		attributes: { email: "E-mail", name: "Imię" },
		device: { desktop: "komputer", phone: "telefon", tablet: "tablet", tv: "telewizor" },
		forgotten:
			"Szczegóły tej anonimowej przeglądarki wygasły i już ich nie ma: stron, źródeł, tagów, scoringu. Zostaje to, kiedy przyszła po raz pierwszy, ile razy była i co jej pokazano.",
	},
	tags: { title: "Tagi", none: "Jeszcze bez tagów" },
	score: {
		title: "Scoring",
		none: "Jeszcze bez punktów",
		points: (n) => count(n, "punkt", "punkty", "punktów"),
		byClock: "zegar",
	},
	segments: {
		title: "Segmenty",
		in: "należy",
		out: "nie należy",
		since: (at) => `od ${at}`,
		until: (at, relative) => `do ${at} (${relative})`,
		forGood: "sam upływ czasu tego nie zakończy",
		pending: "Warunek spełniony; znowu liczy się od następnej wizyty",
		count: (isIn, all) => `${isIn} z ${all}`,
	},
	candidates: {
		title: "Co może się pokazać",
		on: (path) => `na ${path}`,
		none: "Nic nie jest opublikowane",
		verdict: { yes: "pokazuje się", no: "nie teraz" },
		shown: "Na tej stronie nic nie stoi na przeszkodzie",
		offSchedule: "Poza harmonogramem",
		otherPage: "Nie na tę stronę",
		noConsent: "Najpierw potrzebna jest zgoda",
		notInSegment: (segment) => `Tylko dla segmentu „${segment}”`,
		capped: "Limit wyświetleń wyczerpany",
		closed: "Odwiedzający ją zamknął",
		submitted: "Formularz wysłany",
		again: (at, relative) => `znowu od ${at} (${relative})`,
		never: "więcej się nie pokaże",
		lostTo: (experience) => `Pierwszeństwo ma „${experience}”`,
	},
	story: {
		title: "Co się wydarzyło",
		none: "Nic nie jest zapisane",
		events: {
			"Page Viewed": "Odsłona",
			"Page Reloaded": "Ponowne wczytanie",
			"Page Left": "Wyjście ze strony",
			"Experience Shown": "Pokazano",
			"Experience Closed": "Zamknięto",
			"Experience Clicked": "Kliknięto",
			"Form Submitted": "Wysłano formularz",
		},
		clock: "Upłynął czas",
		read: (seconds, percent) => `${seconds} s, ${percent} strony`,
		entered: (segment) => `wejście do „${segment}”`,
		left: (segment) => `wyjście z „${segment}”`,
		reasons: "Dlaczego w tamtej chwili",
	},
};
