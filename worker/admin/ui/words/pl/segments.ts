import type { Words } from "../words.ts";

export const segments: Words["segments"] = {
	title: "Segmenty",
	lead: "Nazwane grupy osób. Przynależność sprawdzamy przy każdym kroku każdej osoby i co do sekundy wraz z upływem czasu.",
	add: "Nowy segment",
	none: "Nie ma jeszcze segmentów",
	noneWhy:
		"Segment mówi, dla kogo coś jest: „gotowi do zakupu”, „z Krakowa”, „bez zamówienia od 90 dni”. Na segmentach opierają się treści na stronie, punkty i listy osób.",
	namePlaceholder: "Gotowi do zakupu",
	condition: "Kto w nim jest",
	people: "Osoby w segmencie",
	moves: "Po opublikowaniu",
	movesHint: "W porównaniu z tym, co jest teraz opublikowane.",
	comeIn: "Wejdą",
	go: "Wyjdą",
};
