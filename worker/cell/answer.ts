// What a cell answers to one request of a browser, in the transaction of the caller: each event recorded with the person
// whom the browser is at that moment, claims granted, the page decided for.

import type { Identifier } from "../domain/contact.ts";
import { eventNames } from "../domain/event.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Verdict } from "../protocol/collect.ts";
import { newsFor } from "./attending.ts";
import type { CollectAnswer, CollectCall } from "./call.ts";
import { examine, type Passage, type Sound, take } from "./collect.ts";
import { claim, offer, offerToNobody } from "./offers.ts";
import type { Loaded, People, Published } from "./people.ts";
import { isPaused } from "./self.ts";
import { isOfErased, memoryOf, replaceErased } from "./state.ts";
import type { Tombstones } from "./tombstones.ts";

export interface Stage {
	readonly people: People;
	readonly tombstones: Tombstones;
	readonly published: Published;
	readonly now: number;
	/** Somebody became known by something: the directory has to say whose that is. */
	readonly announce: (person: string) => void;
	/** Somebody sent a form: it may speak of consent. */
	readonly ask: (passage: Passage, sound: Sound, person: string) => void;
}

export function answer(call: CollectCall, visitor: string, stage: Stage): CollectAnswer {
	const { people, tombstones, published, now, announce, ask } = stage;
	let isNew = call.who.is === "new";
	let loaded = people.load(visitor, isNew, published, now);
	if (!loaded) return strangerTo(tombstones.at("visitor", visitor));
	if (call.who.is === "new" && call.who.replaces === "erased") replaceErased(loaded.state, call.sentAt, now);
	if (isPaused(loaded.state, loaded.part)) {
		const show = call.decide ? offerToNobody(published, call.page, call.environment, now) : [];
		return { is: "answered", verdicts: call.events.map(unwanted), show, grants: [] };
	}
	let passage = passageOf(loaded, call, published, now);
	const skew = now - call.sentAt;
	const verdicts: Verdict[] = [];
	let hasRefused = false;
	const turnInto = (from: Loaded): Loaded => {
		people.save(from, passage.entries, published, now);
		const next = people.switchPerson(visitor, from, uuidv7(now), published, now);
		passage = passageOf(next, call, published, now);
		isNew = true;
		return next;
	};
	for (const event of call.events) {
		const { state, part } = loaded;
		if (isOfErased(state, event, skew)) {
			verdicts.push({ id: event.id, verdict: "dropped", why: "erased" });
			hasRefused = true;
			continue;
		}
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
	if (passage.entries.length > 0 || isNew || hasRefused) people.save(loaded, passage.entries, published, now);
	const news = call.decide ? undefined : newsFor(passage);
	return { is: "answered", verdicts, show, grants, ...(news && { news }) };
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

/** The visitor wants nothing recorded for now. */
const unwanted = ({ id }: { readonly id: string }): Verdict => ({
	id,
	verdict: "dropped",
	why: "no-consent",
});

function strangerTo(erasedAt: number | undefined): CollectAnswer {
	return { is: "unknown-visitor", ...(erasedAt === undefined ? {} : { was: "erased" }) };
}
