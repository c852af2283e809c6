export const lists = {
	title: "Lists",
	lead: "People whom you put on a list stay on it until you take them off. A segment decides for itself who belongs; a list does not.",
	add: "New list",
	none: "No lists yet",
	noneWhy:
		"A list holds people chosen by hand, by an import or in bulk: trade fair guests, testers, partners. Conditions can ask who is on it.",
	names: "Name",
	namesHint: "In both languages, as your team reads it. Where one is missing, the other is used for both.",
	nameIn: { pl: "In Polish", en: "In English" },
	placeholders: { pl: "Goście targów", en: "Trade fair guests" },
	people: "Its people",
	who: "Who is on it",
};
