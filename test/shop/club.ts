// The shop's loyalty programme: whoever leaves an address is a member, orders and reading earn points.

import type { Definitions } from "../../worker/protocol/site.ts";

const day = 86_400_000;

/** Codes of the dearest reward; a site uploads them. */
export const clubCodes = {
	pool: "klub",
	codes: Array.from({ length: 60 }, (_, n) => `KLUB-${(0x7a3 + n * 0x1d5).toString(36).toUpperCase()}`),
};

export const club: Required<Pick<Definitions, "programmes" | "scoreRules">> = {
	programmes: [
		{
			id: "klub",
			name: "Klub Zielony Kąt",
			joins: { by: { event: { name: "Form Submitted" } } },
			tiers: [
				{ id: "sadzonka", name: "Sadzonka", from: 0 },
				{ id: "krzew", name: "Krzew", from: 60 },
				{ id: "drzewo", name: "Drzewo", from: 150 },
			],
			rewards: [
				{ id: "dostawa", name: "Bezpłatna dostawa", points: 40 },
				{ id: "bon", name: "20 zł na akcesoria", points: 80, pool: clubCodes.pool },
			],
		},
	],
	scoreRules: [
		{
			id: "klub-order",
			name: "Klub: zamówienie",
			programme: "klub",
			points: 50,
			limit: "each",
			when: { event: { name: "Order Completed" } },
			expiresAfterMs: 365 * day,
		},
		{
			id: "klub-reading",
			name: "Klub: czytanie porad",
			programme: "klub",
			points: 5,
			limit: { perDay: 2 },
			when: { event: { name: "Page Viewed", path: { op: "wildcard", value: "*/blog/*" } } },
		},
	],
};
