import type { Words } from "../words.ts";

export const lists: Words["lists"] = {
	title: "Listy",
	lead: "Osoby dodane do listy zostają na niej, dopóki ich nie usuniesz. Segment sam rozstrzyga, kto do niego należy; lista nie.",
	add: "Nowa lista",
	none: "Nie ma jeszcze list",
	noneWhy:
		"Lista zbiera osoby wybrane ręcznie, przez import albo zbiorczo: gości targów, testerów, partnerów. Warunki mogą pytać, kto na niej jest.",
	names: "Nazwa",
	namesHint: "Tak, jak czyta ją zespół. Gdy w jednym języku jej brakuje, widać tę drugą.",
	nameIn: { pl: "Po polsku", en: "Po angielsku" },
	placeholders: { pl: "Goście targów", en: "Guests of the fair" },
	people: "Osoby z listy",
	who: "Kto na niej jest",
};
