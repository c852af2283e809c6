import { policzone } from "../plural.ts";
import type { Words } from "../words.ts";

export const rules: Words["rules"] = {
	when: "Kiedy",
	whens: { event: "Za każdym razem, gdy coś się zdarzy", trait: "Raz, gdy osoba zacznie spełniać warunki" },
	whensShort: { event: "Za każdym razem", trait: "Raz, po spełnieniu" },
	ownEvent: "To własne zdarzenie Twojego serwisu: nazywa się tak, jak serwis je wysyła.",
	onlySuch: "Tylko dla niektórych osób",
	onlySuchHint: "Kto w chwili zdarzenia nie spełnia warunków, jest pomijany.",
	traitHint: "Raz dla każdej osoby, niezależnie od tego, czy sprawi to jej działanie, czy upływ czasu.",
	forWhom: "Kogo to dotąd dotyczy",
	past: "Zapisana przeszłość",
	pastHint:
		"Reguły działają od chwili publikacji. Można też przejść przez to, co zdarzyło się wcześniej: nikt niczego nie dostanie dwa razy.",
	look: "Zobacz, u kogo coś się zmieni",
	lookOn: "Sprawdź kolejne osoby",
	lookAll: "Sprawdź wszystkich",
	lookStop: "Zatrzymaj",
	wouldChange: (n) => `Zmiany u ${policzone(n, "osoby", "osób", "osób")}`,
	among: (n) => `Wśród ${policzone(n, "sprawdzonej osoby", "sprawdzonych osób", "sprawdzonych osób")}.`,
	amongAll: (n) => `Sprawdzono wszystkich: ${policzone(n, "osobę", "osoby", "osób")}.`,
	tagTotal: (tag, people, more) => `${tag}: łącznie ${more}, u ${policzone(people, "osoby", "osób", "osób")}`,
	pointsTotal: (people, more) => `Punkty: łącznie ${more}, u ${policzone(people, "osoby", "osób", "osób")}`,
	busy: (n) =>
		`Pominięto ${policzone(n, "osobę zajętą", "osoby zajęte", "osób zajętych")} w tej chwili na stronie.`,
	points: (before, after) => `punkty: ${before} → ${after}`,
	pastOfSaved: "Sprawdzana jest zapisana wersja, bez ostatnich zmian.",
	apply: "Zastosuj do przeszłości",
	applyLater: "Aby zastosować do przeszłości, najpierw opublikuj.",
	applyWhy:
		"Przejdziemy przez wszystko, co zapisano, jakby ta wersja obowiązywała od początku. Tagi i punkty zostaną dodane lub poprawione; nie da się tego cofnąć jednym ruchem.",
	applyAgain: "Ponowne zastosowanie niczego nie podwoi.",
	lookFirst: "Nie sprawdzono jeszcze, u kogo coś się zmieni.",
	pastBegun: "W toku. Możesz opuścić tę stronę.",
	applying: "Przechodzimy przez przeszłość",
};
