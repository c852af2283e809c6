// What other systems than a browser tell of a person of this cell: a server, an import. In the transaction of the caller.

import { isWatched } from "../domain/card.ts";
import type { Identifier } from "../domain/contact.ts";
import type { Scalar } from "../domain/event.ts";
import { withSiteAmounts } from "../domain/money.ts";
import type { PartKind } from "../domain/person.ts";
import { adopt, arrive, learn } from "../domain/standing.ts";
import type { CollectEvent, Verdict } from "../protocol/collect.ts";
import { type Cards, cardOf } from "./cards.ts";
import { type Entry, examine } from "./collect.ts";
import { nobodys, type People, type Published } from "./people.ts";
import { isFirst, knowBy, memoryOf, newState } from "./state.ts";

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

export interface Stage {
	readonly people: People;
	readonly cards: Cards;
	readonly published: Published;
	/** The cell's own name. */
	readonly self: string;
}

/**
 * A person who never came before is made, and is identified from then on: somebody named them. Of whoever was erased
 * nothing is taken in.
 */
export function receive(telling: Telling, { people, cards, published, self }: Stage, now: number): Received {
	const { person, part, firesRules } = telling;
	if (person === nobodys)
		return { person, verdicts: telling.events.map(({ id }) => ({ id, verdict: "dropped", why: "erased" })) };
	const { rules, revision } = published;
	const state = people.know(person, published, now) ?? newState(now, revision);
	const { standing } = state;
	const memory = memoryOf(state, part.id);
	const isNew = state.version === 0;
	const entries: Entry[] = [];
	const verdicts: Verdict[] = [];
	if (telling.once !== undefined && !isFirst(memory, telling.once, now))
		return { person, verdicts: telling.events.map(({ id }) => ({ id, verdict: "duplicate" })) };
	if (standing.identity === "anonymous")
		standing.identity = isWatched(cardOf(state)) ? "monitored" : "identified";
	knowBy(state, telling.identifiers);
	cards.standApart(person, state, published, now, self);
	for (const sent of telling.events) {
		const { attributes: told = {} } = sent;
		const examined =
			telling.once === undefined
				? examine(memory, sent, 0, now, published.site.money)
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
	if (entries.length > 0 || isNew) people.save({ person, part: part.id, state }, entries, published, now);
	return { person, verdicts };
}

/** As `examine`, of an event that came with others which are taken in once and together. */
function taken({ id, name, at, props = {} }: ToldEvent, { site }: Published, now: number) {
	const event = withSiteAmounts({ id, name, at: Math.min(at, now), props }, site.money);
	return { is: "sound", event, attributes: {} } as const;
}
