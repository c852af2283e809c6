export const segments = {
	title: "Segments",
	lead: "Named groups of people. Who belongs is worked out at every step somebody takes, and to the second as time passes.",
	add: "New segment",
	none: "No segments yet",
	noneWhy:
		"A segment says for whom something is: “ready to buy”, “from Kraków”, “has not ordered for 90 days”. Experiences, scores and lists of people are built on them.",
	namePlaceholder: "Ready to buy",
	condition: "Who is in it",
	people: "Its people",
	moves: "If you publish this",
	movesHint: "Compared with what is live now.",
	comeIn: "Come in",
	go: "Go",
};
