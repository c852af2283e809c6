// What the gallery offers to begin with: a draft that is good as it stands, and what the gallery says of it.

import type { Condition } from "../../../domain/condition.ts";
import type { Experience } from "../../../protocol/site.ts";

export type InEach = Readonly<Record<"pl" | "en", string>>;
export type Draft = Omit<Experience, "id" | "revision">;

/** By what a shop wants of it, in the gallery's order. */
export const categories = {
	contacts: { pl: "Więcej kontaktów", en: "Win contacts" },
	sales: { pl: "Większa sprzedaż", en: "Sell more" },
	keep: { pl: "Powroty i lojalność", en: "Keep customers" },
	listen: { pl: "Ankiety i opinie", en: "Listen" },
	inform: { pl: "Komunikaty", en: "Inform" },
} as const satisfies Readonly<Record<string, InEach>>;
export type Category = keyof typeof categories;

export interface Template {
	readonly id: string;
	readonly category: Category;
	readonly names: InEach;
	/** What it does, and for whom. */
	readonly lead: InEach;
	/** Names no segment and no group: a site need not have any. */
	readonly draft: Draft;
	/** For whom it is meant: a segment to be made where the site has none of this id, and then named in the draft. */
	readonly audience?: Audience;
	/** What the site has to have, or the marketer to fill in, before it is published. */
	readonly needs?: InEach;
}

export interface Audience {
	readonly id: string;
	readonly names: InEach;
	readonly condition: Condition;
}

type Said = Omit<Template, "draft"> & Omit<Draft, "name" | "schedule">;

/** Its draft is called as it is itself, and begins at once. */
export function template({ id, category, names, lead, audience, needs, ...draft }: Said): Template {
	return {
		id,
		category,
		names,
		lead,
		draft: { name: names.pl, schedule: {}, ...draft },
		...(audience && { audience }),
		...(needs && { needs }),
	};
}
