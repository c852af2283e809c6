// Interests, out of what the parts keep of them (affinity.ts says what they mean).

import { type Dimension, fading, unit, units } from "../affinity.ts";
import { dayOf } from "../calendar.ts";
import type { InterestLeaf } from "../condition.ts";
import { fold } from "../text.ts";
import { compared, gather, literal, type Scope } from "./scope.ts";
import { partsOf } from "./source.ts";

/**
 * What counts of a dimension, as JSON: [[day, value, weight]]. Each order once, on the last of its days: its id is a text,
 * which no day is. Most people have none, which their parts' column tells at once.
 */
export function countingInterests(dimension: Dimension): string {
	const pulls = partsOf.replace(" WHERE", `, jsonb_each(q.interests, '$.${dimension}') x WHERE`);
	return `SELECT CASE WHEN EXISTS (SELECT 1 ${partsOf} AND q.interests IS NOT NULL) THEN (
		SELECT json_group_array(json_array(day, v, w)) FROM (
			SELECT max(x.value ->> 0) AS day, x.value ->> 1 AS v,
				CASE WHEN x.value ->> 3 IS NULL THEN sum(x.value ->> 2) ELSE max(x.value ->> 2) END AS w
			${pulls} GROUP BY x.value ->> 1, coalesce(x.value ->> 3, x.value ->> 0))) ELSE '[]' END`;
}

export function interestSql(scope: Scope, { in: dimension, value, of, test }: InterestLeaf): string {
	const pulls = gather(scope, `interests.${dimension}`);
	const today = literal(scope, dayOf(scope.now));
	const wanted = literal(scope, fold(value));
	if (of === "strength") {
		const sum = `coalesce(sum(${faded("i.value ->> 2", `(${today}) - (i.value ->> 0)`)}), 0) / ${unit}.0`;
		return `(SELECT ${compared(scope, test, sum)} FROM json_each(${pulls}) i WHERE i.value ->> 1 = ${wanted})`;
	}
	const told = `SELECT i.value ->> 1 AS v, i.value ->> 2 AS w, i.value ->> 0 AS day,
		max(i.value ->> 0) OVER () AS last FROM json_each(${pulls}) i`;
	const strengths = `SELECT v, sum(${faded("w", "last - day")}) AS strength FROM (${told})
		WHERE last > (${today}) - ${fading.ends} GROUP BY v`;
	if (of === "share") {
		const share = `coalesce(sum(iif(v = ${wanted}, strength, 0)) * 100.0 / sum(strength), 0)`;
		return `(SELECT ${compared(scope, test, share)} FROM (${strengths}))`;
	}
	const ranked = `SELECT v, strength, rank() OVER (ORDER BY strength DESC) AS place FROM (${strengths})`;
	const passes = compared(scope, test, "place");
	return `EXISTS (SELECT 1 FROM (${ranked}) WHERE v = ${wanted} AND strength > 0 AND ${passes})`;
}

/** What is left of a weight at an age in days. */
function faded(weight: string, age: string): string {
	const { halves, ends } = fading;
	const left = `'[${units.join()}]' ->> (age % ${halves}) >> age / ${halves}`;
	return `(${weight}) * (SELECT CASE WHEN age < ${ends} THEN (${left}) ELSE 0 END FROM (SELECT max(${age}, 0) AS age))`;
}
