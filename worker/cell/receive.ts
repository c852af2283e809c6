// What other systems than a browser tell of a person of this cell: a server, an import. In the transaction of the caller.

import type { Identifier } from "../domain/contact.ts";
import type { Scalar } from "../domain/event.ts";
import { withSiteAmounts } from "../domain/money.ts";
import type { PartKind } from "../domain/person.ts";
import { adopt, arrive, learn } from "../domain/standing.ts";
import type { CollectEvent, Verdict } from "../protocol/collect.ts";
import { type Entry, examine } from "./collect.ts";
import type { People, Published } from "./people.ts";
import { isFirst, newState } from "./state.ts";
import type { Tombstones } from "./tombstones.ts";

/** An event with what it says of the person, whom `attributes` names as the fields do. */
export interface ToldEvent extends CollectEvent {
	readonly attributes?: Readonly<Record<string, Scalar>>;
}

/** What is told of one person. */
export interface Telling {
	readonly person: string;
	/** `id` is one person's alone: `server-<person>`, `import-<import>-<person>`. */
	readonly part: { readonly id: string; readonly kind: Exclude<PartKind, "browser"> };
	/** By which the directory found them. */
	readonly identifiers: readonly Identifier[];
	/** In the order of time. Their time is the sender's own, and is taken as it stands. */
	readonly events: readonly ToldEvent[];
	/** A UUID: all of it is taken in once, however old its events are. Without it each event is taken in once, by its own id. */
	readonly once?: string;
	/** As the directory said: nothing that happened until then is taken in. */
	readonly erasedAt?: number;
	/** Whether rules react to it, as they do to what happens on a page. */
	readonly firesRules: boolean;
}

export interface ReceiveCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	readonly people: readonly Telling[];
}

/** `verdicts` stand in the order of the events. */
export interface Received {
	readonly person: string;
	readonly verdicts: readonly Verdict[];
}

/** What is told of somebody who was erased: whoever tells it found them in the directory before that. */
export function refusalOf({ person, events }: Telling, tombstones: Tombstones): Received | undefined {
	if (tombstones.at("person", person) === undefined) return undefined;
	return { person, verdicts: events.map(({ id }) => ({ id, verdict: "dropped", why: "erased" })) };
}

/** A person who never came before is made, and is identified from then on: somebody named them. */
export function receive(telling: Telling, people: People, published: Published, now: number): Received {
	const { person, part, firesRules } = telling;
	const { rules, revision } = published;
	const state = people.know(person, published, now) ?? newState(now, revision);
	const { standing } = state;
	const isNew = state.version === 0;
	const entries: Entry[] = [];
	const verdicts: Verdict[] = [];
	if (telling.once !== undefined && !isFirst(state, telling.once, now))
		return { person, verdicts: telling.events.map(({ id }) => ({ id, verdict: "duplicate" })) };
	if (standing.identity === "anonymous") standing.identity = "identified";
	for (const sent of telling.events) {
		const { attributes: told = {} } = sent;
		if (telling.erasedAt !== undefined && sent.at <= telling.erasedAt) {
			verdicts.push({ id: sent.id, verdict: "dropped", why: "erased" });
			continue;
		}
		const examined =
			telling.once === undefined
				? examine(state, sent, 0, now, published.site.money)
				: taken(sent, published, now);
		if (examined.is === "settled") {
			verdicts.push(examined.verdict);
			continue;
		}
		const { event } = examined;
		const attributes = { ...examined.attributes, ...told };
		const effects = firesRules ? arrive(standing, rules, part, event, { attributes }, now) : [];
		if (!firesRules) learn(standing, rules, part, event, { attributes });
		entries.push({ event, effects });
		verdicts.push({ id: event.id, verdict: "ok" });
	}
	if (!firesRules) adopt(standing, rules, now);
	// Whoever was erased is not made anew by what is told of the time before.
	const isToBe = isNew && telling.erasedAt === undefined;
	if (entries.length > 0 || isToBe) people.save({ person, part: part.id, state }, entries, published, now);
	return { person, verdicts };
}

/** As `examine`, of an event that came with others which are taken in once and together. */
function taken({ id, name, at, props = {} }: ToldEvent, { site }: Published, now: number) {
	const event = withSiteAmounts({ id, name, at: Math.min(at, now), props }, site.money);
	return { is: "sound", event, attributes: {} } as const;
}
