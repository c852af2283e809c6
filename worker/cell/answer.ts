// What a cell answers to one request of a browser, in the transaction of the caller: each event recorded with the person
// whom the browser is at that moment, claims granted, the page decided for.

import type { Identifier } from "../domain/contact.ts";
import { eventNames } from "../domain/event.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Verdict } from "../protocol/collect.ts";
import type { CollectAnswer, CollectCall } from "./call.ts";
import { claim, examine, offer, type Passage, type Sound, take } from "./collect.ts";
import type { Loaded, People, Published } from "./people.ts";
import { memoryOf } from "./state.ts";

export interface Stage {
	readonly people: People;
	readonly published: Published;
	readonly now: number;
	/** Somebody became known by something: the directory has to say whose that is. */
	readonly announce: (person: string) => void;
	/** Somebody sent a form: it may speak of consent. */
	readonly ask: (passage: Passage, sound: Sound, person: string) => void;
}

export function answer(call: CollectCall, visitor: string, stage: Stage): CollectAnswer {
	const { people, published, now, announce, ask } = stage;
	let isNew = call.who.is === "new";
	let loaded = people.load(visitor, isNew, published, now);
	if (!loaded) return { is: "unknown-visitor" };
	let passage = passageOf(loaded, call, published, now);
	const skew = now - call.sentAt;
	const verdicts: Verdict[] = [];
	const turnInto = (from: Loaded): Loaded => {
		people.save(from, passage.entries, published, now);
		const next = people.switchPerson(visitor, from, uuidv7(now), published, now);
		passage = passageOf(next, call, published, now);
		isNew = true;
		return next;
	};
	for (const event of call.events) {
		const { state, part } = loaded;
		const examined = examine(memoryOf(state, part), event, skew, now, published.site.money);
		if (examined.is === "settled") {
			verdicts.push(examined.verdict);
			continue;
		}
		if (isAnother(loaded, examined.identifiers)) loaded = turnInto(loaded);
		const known = loaded.state.identifiers?.length ?? 0;
		verdicts.push(take(passage, examined));
		if (event.name === eventNames.formSubmitted) ask(passage, examined, loaded.person);
		if ((loaded.state.identifiers?.length ?? 0) > known) announce(loaded.person);
		if (event.name === eventNames.reset && loaded.state.standing.identity !== "anonymous")
			loaded = turnInto(loaded);
	}
	const grants = call.claims.map((one) => claim(passage, one));
	const show = call.decide ? offer(passage) : [];
	if (passage.entries.length > 0 || isNew) people.save(loaded, passage.entries, published, now);
	return { is: "answered", verdicts, show, grants };
}

function passageOf({ state, part }: Loaded, call: CollectCall, published: Published, now: number): Passage {
	const { page, environment } = call;
	const { rules, site } = published;
	return { state, rules, site, part, environment, page, now, entries: [] };
}

/** Whether any of these is someone else's than the one whom this browser is known to be. */
function isAnother({ state }: Loaded, identifiers: readonly Identifier[]): boolean {
	return identifiers.some(({ kind, value }) => {
		const known = state.identifiers?.filter((one) => one.kind === kind) ?? [];
		return known.length > 0 && known.every((one) => one.value !== value);
	});
}
