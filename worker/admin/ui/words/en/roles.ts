// Who may do what on a site.

export const roles = {
	role: "Role",
	names: { owner: "Owner", marketer: "Marketer", agent: "Agent", analyst: "Analyst" },
	what: {
		owner: "May do everything: settings, keys, colleagues, erasing people.",
		marketer: "Makes and publishes experiences, segments and rules, imports and exports people.",
		agent: "Sees people and works on their cards: tags, notes, stages.",
		analyst: "Looks at everything, and changes nothing.",
	},
};
