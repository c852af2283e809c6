// Sales that begin and end by themselves: what a product costs changes then, and nobody says so.

import type { Duty } from "./duty.ts";
import type { CatalogueStore } from "./store.ts";

const perStep = 1_000;

export function sales(store: CatalogueStore): Duty {
	return {
		name: "sales",
		dueAt: () => store.nextTurn(),
		work: (now) => {
			store.transaction(() => store.turn(now, perStep));
		},
	};
}
