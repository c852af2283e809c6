export const lists = {
	title: "Lists",
	lead: "People whom you put on a list stay on it until you take them off. A segment decides for itself who belongs; a list does not.",
	add: "New list",
	none: "No lists yet",
	noneWhy:
		"A list holds people chosen by hand, by an import or by an act on many: guests of a fair, testers, partners. Conditions can ask who is on it.",
	names: "Its name",
	namesHint: "In both languages, as your team reads it. Where one is missing, the other stands for both.",
	nameIn: { pl: "In Polish", en: "In English" },
	placeholders: { pl: "Goście targów", en: "Guests of the fair" },
	people: "Its people",
	who: "Who is on it",
};
