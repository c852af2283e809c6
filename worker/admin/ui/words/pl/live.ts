import { policzone } from "../plural.ts";
import type { Words } from "../words.ts";

export const live: Words["live"] = {
	title: "Na żywo",
	lead: "Kto w ostatnich pięciu minutach zrobił coś na stronie. Lista odświeża się sama.",
	here: (n) => `${policzone(n, "osoba", "osoby", "osób")} teraz na stronie`,
	some: (n) => `Widać ${n} ostatnich.`,
	pages: "Podstrony",
	sources: "Źródła",
	who: "Kto",
	page: "Strona",
	source: "Źródło",
	segments: "Segmenty",
	score: "Scoring",
	shown: "Pokazano",
	seen: "Wizyta",
	anonymous: "Anonimowy odwiedzający",
	viewed: (n) => policzone(n, "odsłona", "odsłony", "odsłon"),
	forSpan: (span) => `${span} na stronie`,
	just: "przed chwilą",
	none: "Teraz nikogo tu nie ma",
	noneWhy: "Kto otworzy stronę, pojawi się tu w kilka sekund: skąd przyszedł, co ogląda i co mu pokazano.",
	toToday: "Zobacz, jak minął dzień",
	paused: "Zatrzymane",
	pause: "Zatrzymaj",
	resume: "Wznów",
	lost: "Brak połączenia; widać stan sprzed chwili. Próbujemy dalej.",
};
