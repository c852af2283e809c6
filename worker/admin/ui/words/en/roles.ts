// Who may do what on a site.

export const roles = {
	role: "Role",
	names: { owner: "Owner", marketer: "Marketer", agent: "Agent", analyst: "Analyst" },
	what: {
		owner: "may do everything: settings, keys, colleagues, erasing people",
		marketer: "makes and publishes experiences, segments and rules, imports and exports people",
		agent: "sees people and works on their cards: tags, notes, stages",
		analyst: "looks at everything, and changes nothing",
	},
};
