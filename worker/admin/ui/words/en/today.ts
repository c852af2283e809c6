import { counted } from "../plural.ts";

export const today = {
	title: "Today",
	until: (day: string, time: string) => `${day}, until ${time}`,
	hereNow: (n: number) => `${counted(n, "visitor", "visitors")} here now`,
	compareWith: "Compare with",
	against: { yesterday: "Yesterday", weekAgo: "A week ago" },
	sameTime: {
		yesterday: (value: string) => `yesterday by now: ${value}`,
		weekAgo: (value: string) => `a week ago by now: ${value}`,
	},
	now: "Today",
	byHour: "By hour",
	byHourHint: "Whole hours: the current one is added once it is over.",
	shownFigure: "Figure",
	sources: "Where they come from",
	noSources: "Nobody has come yet today.",
	brought: "What experiences brought",
	broughtHint: "How often each was shown, and how often somebody clicked it or sent its form.",
	noBrought: "No experience has been shown yet today.",
	reacted: (n: number) => `${counted(n, "reaction", "reactions")}`,
	toReports: "All reports",
	needs: "Needs attention",
	noNeeds: "Nothing needs your attention",
	noNeedsWhy:
		"This is where you would see a segment nobody enters, an experience that is never shown, a feed that failed, or codes that run out.",
	quiet: "No visit yet today",
	quietWhy: "As soon as the tag is on the website and somebody comes, the figures begin to move here.",
	toStart: "Put the tag on the website",
	need: {
		"segment-empty": {
			title: (name: string, days: number) => `Nobody came into “${name}” in ${counted(days, "day", "days")}`,
			todo: (waiting: number) =>
				waiting === 0
					? "Check whether its condition can be met at all; the builder says what makes it narrow."
					: `${counted(waiting, "experience waits", "experiences wait")} for it. Check whether its condition can be met at all.`,
			act: "Check the condition",
		},
		"experience-never-shown": {
			title: (name: string, days: number) => `“${name}” was never shown in ${counted(days, "day", "days")}`,
			todo: (reason: string | undefined) =>
				reason === undefined
					? "Nobody was ever a candidate for it. Check its pages, schedule and trigger."
					: `Most often: ${reason}. Widen whom it is for, or raise its priority.`,
			act: "See why",
		},
		"feed-failed": {
			title: "The product feed could not be taken in",
			suspicious: "The product feed has shrunk suspiciously",
			todo: (when: string) => `${when}. Products stay as they were until it works again; see what is wrong.`,
			todoSuspicious: (when: string) =>
				`${when}. Nothing was changed: say whether the shop has really become so much smaller.`,
			act: "See the feed",
		},
		"pool-low": {
			title: (pool: string, left: string, codes: string) =>
				`Codes run out: ${pool} has ${left} of ${codes} left`,
			todo: "Once none are left, its experience is no longer shown. Add codes from your shop.",
			act: "Add codes",
		},
		"rows-set-aside": {
			title: (rows: number) => `${counted(rows, "record", "records")} could not be written to the database`,
			todo: (cell: string) =>
				`Nothing is lost: they were set aside in ${cell}. Tell whoever runs Witaj; until then they are missing from reports.`,
			act: "",
		},
		conflicts: {
			title: (n: number) => `${counted(n, "conflict", "conflicts")} between cards to settle`,
			todo: "One address or number points at two cards. Say whether they are one person.",
			act: "See people",
		},
		"publication-waits": {
			title: (revision: number) => `Publication ${revision} has not reached everybody yet`,
			todo: (cells: number) =>
				`${counted(cells, "cell has", "cells have")} not confirmed it; it is sent again by itself. If this stays for minutes, tell whoever runs Witaj.`,
			act: "",
		},
	},
};
