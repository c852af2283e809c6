// A visitor proves whose they are: by a link of ours, or by the site's own login. The directory says which card that is,
// and the cell that has the browser hands it over to the card's.

import type { HandOverAnswer, HandOverCall } from "../cell/handover.ts";
import { release, resolve } from "../directory/resolve.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { cellOf } from "../platform/name.ts";
import type { VisitorToken } from "../platform/token.ts";
import type { Proven } from "./proof.ts";

/**
 * Under which token the browser goes on: its own, where it stays in its cell, or the card is gone or cannot be reached now;
 * none where the proof names nobody. A link names the person itself, and nobody need be asked whose the identifiers are.
 * `token` is none of a browser that never came before, or whose visitor is gone.
 */
export async function recognise(
	env: EdgeEnv,
	site: string,
	token: VisitorToken | undefined,
	{ person, identifiers, proof }: Proven,
): Promise<VisitorToken | undefined> {
	if (!person && identifiers.length === 0) return token;
	const found = person ? { ...person, conflicts: [] } : await resolve(env, site, identifiers);
	const { conflicts, ...to } = { person: found.person, cell: found.cell, conflicts: found.conflicts };
	const call = { site, to, proof, identifiers, conflicts };
	const ask = async (cell: string, who: HandOverCall["who"]): Promise<HandOverAnswer> => {
		const answer = await cellOf(env, site, cell).handOver({ ...call, cell, who });
		if (answer.is === "gone") await release(env, site, identifiers, to.person);
		return answer;
	};
	if (token) {
		const { cell, visitor } = token;
		const answer = await ask(cell, { is: "known", visitor });
		if (answer.is === "pending" || answer.is === "gone") return token;
		if (answer.is === "handed") return answer.cell === cell ? token : { cell: answer.cell, visitor };
	}
	const visitor = uuidv7(Date.now());
	const answer = await ask(to.cell, { is: "new", visitor });
	return answer.is === "handed" ? { cell: answer.cell, visitor } : undefined;
}
