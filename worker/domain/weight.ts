// What a leaf of a condition weighs: what SQL has to spell out of it, in nodes.

import { type EventMatch, type Leaf, matchesOf } from "./condition.ts";

/**
 * How many nodes a leaf counts for: one for itself, one for each test within a match, and more where SQL has to join or
 * to gather. A sequence spells each of its matches twice.
 */
export function weightOf(leaf: Leaf): number {
	const tests = matchesOf(leaf).reduce((sum, match) => sum + weightOfMatch(match), 0);
	switch (leaf.field) {
		case "events":
			return 1 + tests + (leaf.by === undefined ? 0 : leaf.by === "visit" ? 6 : 2);
		case "sum":
			return 3 + tests;
		case "moment":
			return 2 + tests;
		case "sequence":
			return 5 + 2 * tests;
		case "orders":
			return 4;
		case "near":
		case "interest":
			return 3;
		case "tier":
			return 8;
		case "tagged":
		case "points":
		case "member":
		case "cartProducts":
		case "list":
		case "consent":
			return 2;
		case "tag":
		case "segment":
			return 1;
		default:
			return leaf.test.op === "wildcard" ? 2 : 1;
	}
}

function weightOfMatch({ path, where = [], during }: EventMatch): number {
	// A wildcard goes through the text piece by piece, in each of the two tables of events.
	const tests = where.reduce((sum, { test }) => sum + (test.op === "wildcard" ? 4 : 1), 0);
	return tests + (path?.op === "wildcard" ? 2 : path ? 1 : 0) + (during ? 1 : 0);
}
