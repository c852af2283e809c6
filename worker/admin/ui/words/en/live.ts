import { counted } from "../plural.ts";

export const live = {
	title: "Live",
	lead: "Who did something on the website within the last five minutes. It keeps itself up to date.",
	here: (n: number) => counted(n, "visitor here now", "visitors here now"),
	some: (n: number) => `The ${n} latest are shown.`,
	pages: "Pages",
	sources: "Sources",
	who: "Who",
	page: "Page",
	source: "Source",
	segments: "Segments",
	score: "Score",
	shown: "Shown to them",
	seen: "Visit",
	anonymous: "Anonymous visitor",
	viewed: (n: number) => counted(n, "page", "pages"),
	forSpan: (span: string) => `for ${span}`,
	just: "just now",
	none: "Nobody is here right now",
	noneWhy:
		"Whoever opens a page of the website appears here within seconds, with where they came from and what they see.",
	toToday: "See how today went",
	paused: "Paused",
	pause: "Pause",
	resume: "Go on",
	lost: "No connection; this is from a moment ago. We keep trying.",
};
