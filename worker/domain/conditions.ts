// The conditions of what a site defines.

import type { Condition } from "./condition.ts";
import type { Definitions } from "./definition.ts";

/** Every condition with the id of what it belongs to. */
export function* conditionsIn({
	segments,
	tagRules,
	scoreRules,
	programmes = [],
}: Definitions): Generator<readonly [string, Condition]> {
	for (const { id, condition } of segments) yield [id, condition];
	const joining = programmes.flatMap(({ id, joins }) =>
		joins === "everyone" ? [] : [{ id, when: joins.by }],
	);
	for (const { id, when } of [...tagRules, ...scoreRules, ...joining]) {
		if ("trait" in when) yield [id, when.trait];
		else if (when.who) yield [id, when.who];
	}
}
