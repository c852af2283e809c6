// A cell of a developer's machine, which can also be told made-up lives.

import { Cell as OwnCell } from "../cell/cell.ts";
import type { Env } from "../platform/env.ts";
import { cellOf } from "../platform/name.ts";
import { type ReplayCall, replay } from "./lives.ts";

export class Cell extends OwnCell {
	/** Lives through them; says how many were new. */
	async replay(call: ReplayCall): Promise<number> {
		if (this.env.LOCAL !== "1") throw new Error("lives are replayed on a developer's machine alone");
		const { people, ready, now, transact } = this.realm;
		const published = await ready(call);
		const announce = (person: string) => this.identity.announce(person);
		return transact(() => replay(call.lives, { people, published, now: now(), announce }));
	}
}

/** The same object, as what it is here. */
export function demoCellOf(env: Env, site: string, cell: string) {
	return cellOf(env, site, cell) as unknown as DurableObjectStub<Cell>;
}
