// A frame that is asked for by its name, by a page or a message without script. Nothing is recorded, claimed or counted.

import { isOffSchedule } from "../domain/decision.ts";
import type { Page } from "../protocol/collect.ts";
import type { Passage } from "./collect.ts";
import { filling, offerOf, type Shown } from "./offers.ts";
import type { State } from "./state.ts";
import { segmentsIn, tasteOfNobody } from "./taste.ts";

export interface FrameCall {
	readonly site: string;
	readonly cell: string;
	readonly experience: string;
	/** Of the product that it goes with. */
	readonly product?: string;
	readonly language?: string;
	/** Whose personal link came with it: a link gets forwarded, so it proves no more than that it was sent to them. */
	readonly person?: string;
}

/**
 * What is to be filled; nothing where there is no such frame, it is not for now, or not for this person. `state` is the
 * linked person's: their segments may choose, and nothing that they did is shown.
 */
export function plainFrame(
	{ experience, product, language }: FrameCall,
	{ rules, site }: Pick<Passage, "rules" | "site">,
	state: State | undefined,
	now: number,
): Shown {
	const wanted = rules.experiences.find(({ id, kind }) => id === experience && kind === "frame");
	if (!wanted || isOffSchedule(wanted.schedule, now)) return { show: [] };
	const memberships = state?.standing.segments ?? {};
	if (wanted.segment !== undefined && !Object.hasOwn(memberships, wanted.segment)) return { show: [] };
	const page: Pick<Page, "language"> = language === undefined ? {} : { language };
	const show = [offerOf(wanted, { page, site }, undefined)];
	return filling(
		show,
		() => ({ person: {} }),
		() => ({
			...tasteOfNobody(product === undefined ? {} : { product: { id: product } }, now),
			segments: segmentsIn(show).filter((id) => Object.hasOwn(memberships, id)),
		}),
	);
}
