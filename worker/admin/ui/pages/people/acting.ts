// Acts by hand as a form asks for them: what each needs to be told, and what takes one back. Nothing here knows of a
// screen.

import type { Card } from "../../../../protocol/person.ts";
import type { Act, ManyAct } from "./types.ts";

export const manyKinds = [
	...["tag", "untag", "points", "enlist", "delist", "join", "stage", "owner"],
] as const satisfies readonly ManyAct["kind"][] as readonly ManyAct["kind"][];

/** What a form holds, whichever act is chosen. */
export interface Told {
	readonly text: string;
	readonly points: number | undefined;
	/** Of a programme; "" for the site's own score. */
	readonly programme: string;
	readonly list: string;
}

export const untold: Told = { text: "", points: undefined, programme: "", list: "" };

/** The act, once all of it was told. */
export function actOf(kind: ManyAct["kind"], told: Told): ManyAct | undefined {
	const text = told.text.trim();
	const { points, programme, list } = told;
	switch (kind) {
		case "tag":
		case "untag":
			return text === "" || /[{}]/.test(text) ? undefined : { kind, tag: text };
		case "points":
			return points === undefined || points === 0 || !Number.isInteger(points)
				? undefined
				: { kind, points, ...(programme !== "" && { programme }) };
		case "enlist":
		case "delist":
			return list === "" ? undefined : { kind, list };
		case "join":
			return programme === "" ? undefined : { kind, programme };
		case "stage":
			return text === "" ? undefined : { kind, stage: text };
		case "owner":
			return text === "" ? undefined : { kind, owner: text };
	}
}

/** What takes an act on one card back; nothing where no act does. */
export function inverse(act: Act, card: Card): Act | undefined {
	switch (act.kind) {
		case "tag":
			// Taking a tag off takes all of it: also what was there before.
			return card.tags.some(({ tag, count }) => tag === act.tag && count > 0)
				? undefined
				: { kind: "untag", tag: act.tag };
		case "points":
			return { ...act, points: -act.points };
		case "enlist":
			return card.lists.some(({ id }) => id === act.list) ? undefined : { ...act, kind: "delist" };
		case "delist":
			return card.lists.some(({ id }) => id === act.list) ? { ...act, kind: "enlist" } : undefined;
		case "stage":
			return card.funnelStage === null ? undefined : { kind: "stage", stage: card.funnelStage };
		case "owner":
			return card.owner === null ? undefined : { kind: "owner", owner: card.owner };
		default:
			return undefined;
	}
}
