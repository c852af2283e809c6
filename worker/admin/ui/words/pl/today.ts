import { policzone } from "../plural.ts";
import type { Words } from "../words.ts";

export const today: Words["today"] = {
	title: "Dziś",
	until: (day, time) => `${day}, do godz. ${time}`,
	hereNow: (n) => `Teraz na stronie: ${policzone(n, "osoba", "osoby", "osób")}`,
	compareWith: "Porównaj z",
	against: { yesterday: "Wczoraj", weekAgo: "Tydzień temu" },
	sameTime: {
		yesterday: (value) => `wczoraj o tej porze: ${value}`,
		weekAgo: (value) => `tydzień temu o tej porze: ${value}`,
	},
	now: "Dziś",
	byHour: "Godzina po godzinie",
	byHourHint: "Pełne godziny: trwająca dołączy, gdy minie.",
	shownFigure: "Co pokazać",
	sources: "Skąd przychodzą",
	noSources: "Dziś nikt jeszcze nie przyszedł.",
	brought: "Co dały treści na stronie",
	broughtHint: "Ile razy każdą pokazano i ile razy ktoś ją kliknął albo wysłał jej formularz.",
	noBrought: "Dziś nie pokazano jeszcze żadnej treści.",
	reacted: (n) => policzone(n, "reakcja", "reakcje", "reakcji"),
	toReports: "Wszystkie raporty",
	needs: "Wymaga uwagi",
	noNeeds: "Nic nie wymaga uwagi",
	noNeedsWhy:
		"Tu pojawi się segment, do którego nikt nie trafia, treść, która nigdy się nie pokazuje, błąd w pliku produktów albo kończące się kody.",
	quiet: "Dziś nie było jeszcze żadnej wizyty",
	quietWhy: "Gdy tag będzie na stronie i ktoś na nią wejdzie, liczby zaczną się tu zmieniać.",
	toStart: "Wstaw tag na stronę",
	need: {
		"segment-empty": {
			title: (name, days) =>
				`Od ${policzone(days, "dnia", "dni", "dni")} nikt nie trafił do segmentu „${name}”`,
			todo: (waiting) =>
				waiting === 0
					? "Sprawdź, czy jego warunek da się w ogóle spełnić; kreator pokaże, co go zawęża."
					: `Czeka na niego ${policzone(waiting, "treść", "treści", "treści")}. Sprawdź, czy jego warunek da się w ogóle spełnić.`,
			act: "Sprawdź warunek",
		},
		"experience-never-shown": {
			title: (name, days) => `Od ${policzone(days, "dnia", "dni", "dni")} ani razu nie pokazano „${name}”`,
			todo: (reason) =>
				reason === undefined
					? "Ani razu nie była brana pod uwagę. Sprawdź jej podstrony, harmonogram i wyzwalacz."
					: `Najczęstszy powód: ${reason}. Poszerz grono odbiorców albo podnieś jej priorytet.`,
			act: "Zobacz dlaczego",
		},
		"feed-failed": {
			title: "Nie udało się wczytać pliku produktów",
			suspicious: "Plik produktów podejrzanie się skurczył",
			todo: (when) =>
				`${when}. Do czasu naprawy produkty zostają takie, jakie były; sprawdź, co jest nie tak.`,
			todoSuspicious: (when) =>
				`${when}. Nic nie zostało zmienione: powiedz, czy w sklepie naprawdę ubyło tylu produktów.`,
			act: "Zobacz plik produktów",
		},
		"pool-low": {
			title: (pool, left, codes) => `Kończą się kody: w puli ${pool} zostało ${left} z ${codes}`,
			todo: "Gdy zabraknie kodów, treść przestanie się pokazywać. Dodaj kody ze sklepu.",
			act: "Dodaj kody",
		},
		"rows-set-aside": {
			title: (rows) => `Nie udało się zapisać w bazie: ${policzone(rows, "wpis", "wpisy", "wpisów")}`,
			todo: (cell) =>
				`Nic nie przepadło: wpisy czekają odłożone w ${cell}. Powiadom osobę, która prowadzi Witaj; do tego czasu brakuje ich w raportach.`,
			act: "",
		},
		conflicts: {
			title: (n) => `Karty do uzgodnienia: ${policzone(n, "konflikt", "konflikty", "konfliktów")}`,
			todo: "Jeden adres albo numer wskazuje na dwie karty. Rozstrzygnij, czy to ta sama osoba.",
			act: "Zobacz osoby",
		},
		"publication-waits": {
			title: (revision) => `Publikacja ${revision} nie dotarła jeszcze wszędzie`,
			todo: (cells) =>
				`Nie potwierdziło jej jeszcze: ${policzone(cells, "węzeł", "węzły", "węzłów")}; ponawiamy automatycznie. Jeśli to potrwa kilka minut, powiadom osobę, która prowadzi Witaj.`,
			act: "",
		},
	},
};
