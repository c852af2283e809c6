// What tag rules, scoring rules and programmes have in common.

import { counted } from "../plural.ts";

export const rules = {
	when: "When",
	whens: { event: "Each time something happens", trait: "Once somebody meets a condition" },
	whensShort: { event: "Each time", trait: "Once met" },
	ownEvent: "This is an event of your own: it is called what your site sends.",
	onlySuch: "Only for some people",
	onlySuchHint: "People who do not meet this when it happens are passed over.",
	traitHint: "Once for each person, whether they do something or time passes until they meet it.",
	forWhom: "Who it applies to so far",
	past: "The recorded past",
	pastHint:
		"Rules work from the moment of publication. What happened before can be applied as well: nobody gets anything twice.",
	look: "See who would change",
	lookOn: "Look at more people",
	lookAll: "Look at everybody",
	lookStop: "Stop",
	wouldChange: (n: number) => `${counted(n, "person", "people")} would change`,
	among: (n: number) => `Of ${counted(n, "person", "people")} looked at.`,
	amongAll: (n: number) => `Of all ${counted(n, "person", "people")}.`,
	tagTotal: (tag: string, people: number, more: string) =>
		`${tag}: ${more} in all, at ${counted(people, "person", "people")}`,
	pointsTotal: (people: number, more: string) =>
		`Points: ${more} in all, at ${counted(people, "person", "people")}`,
	busy: (n: number) => `${counted(n, "person is", "people are")} doing something just now and not counted.`,
	points: (before: number, after: number) => `points: ${before} → ${after}`,
	pastOfSaved: "What is saved is looked at, without what you have changed since.",
	apply: "Apply to the past",
	applyLater: "To apply it to the past, publish it first.",
	applyWhy:
		"Everything recorded is gone through as if this had been live all along. Tags and points are added or put right; this cannot be undone in one go.",
	applyAgain: "Applying it again doubles nothing.",
	lookFirst: "You have not looked yet at who would change.",
	pastBegun: "Under way. You may leave this page.",
	applying: "Going through the past",
};
