// What a cell answers to one request of a browser, in the transaction of the caller: each event recorded with the person
// whom the browser is at that moment, claims granted, the page decided for.

import type { Identifier } from "../domain/contact.ts";
import { eventNames } from "../domain/event.ts";
import { uuidv7 } from "../platform/id.ts";
import type { CollectEvent, Grant, Verdict } from "../protocol/collect.ts";
import { newsFor } from "./attending.ts";
import type { CollectAnswer, CollectCall } from "./call.ts";
import type { Codes } from "./codes.ts";
import { examine, type Passage, type Sound, take } from "./collect.ts";
import { asPublished, isRepeated } from "./forms.ts";
import { claim, offer, reward, toNobody } from "./offers.ts";
import type { Loaded, People, Published } from "./people.ts";
import { isPaused } from "./self.ts";
import { isOfErased, memoryOf, replaceErased } from "./state.ts";
import type { Tombstones } from "./tombstones.ts";

export interface Stage {
	readonly people: People;
	readonly tombstones: Tombstones;
	readonly published: Published;
	readonly now: number;
	readonly codes: Codes;
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
		return {
			is: "answered",
			verdicts: call.events.map(unwanted),
			grants: [],
			...toNobody(published, call, now),
		};
	}
	let passage = passageOf(loaded, call, stage);
	const skew = now - call.sentAt;
	const verdicts: Verdict[] = [];
	const grants: Grant[] = [];
	let hasRefused = false;
	const turnInto = (from: Loaded): Loaded => {
		people.save(from, passage.entries, published, now);
		const next = people.switchPerson(visitor, from, uuidv7(now), published, now);
		passage = passageOf(next, call, stage);
		isNew = true;
		return next;
	};
	const isSubmitted = ({ name }: { readonly name: string }) => name === eventNames.formSubmitted;
	const settle = (event: CollectEvent, verdict: Verdict): void => {
		verdicts.push(verdict);
		// Also where it came before: its answer may have been lost.
		const given = isSubmitted(event) && verdict.verdict !== "dropped" && reward(passage, event);
		if (given) grants.push(given);
	};
	for (const sent of call.events) {
		const { id } = sent;
		const { state, part } = loaded;
		if (isOfErased(state, sent, skew)) {
			verdicts.push({ id, verdict: "dropped", why: "erased" });
			hasRefused = true;
			continue;
		}
		const event = asPublished(sent, loaded, published.rules.experiences);
		if (!event) {
			verdicts.push({ id, verdict: "dropped", why: "bot" });
			continue;
		}
		const memory = memoryOf(state, part);
		const examined = examine(memory, event, skew, now, published.site.money);
		if (examined.is === "settled") {
			settle(event, examined.verdict);
			continue;
		}
		const isAgain = isRepeated(loaded, event, now);
		if (isAnother(loaded, examined.identifiers)) loaded = turnInto(loaded);
		const known = loaded.state.identifiers?.length ?? 0;
		settle(event, isAgain ? { id, verdict: "duplicate" } : take(passage, examined));
		// Also again: a consent may have been taken back meanwhile, or its message not have come.
		if (isSubmitted(event)) ask(passage, examined, loaded.person);
		if ((loaded.state.identifiers?.length ?? 0) > known) announce(loaded.person);
		if (event.name === eventNames.reset && loaded.state.standing.identity !== "anonymous")
			loaded = turnInto(loaded);
	}
	grants.push(...call.claims.flatMap((one) => claim(passage, one) ?? []));
	const isAgain = verdicts.some(({ id, verdict }) => id === call.page.view && verdict === "duplicate");
	const shown = call.decide ? offer(passage, isAgain) : { show: [] };
	if (passage.entries.length > 0 || isNew || hasRefused) people.save(loaded, passage.entries, published, now);
	const news = call.decide ? undefined : newsFor(passage);
	return { is: "answered", verdicts, grants, ...shown, ...(news && { news }) };
}

function passageOf(
	{ state, part, person }: Loaded,
	call: CollectCall,
	{ published, now, codes }: Stage,
): Passage {
	const { page, environment } = call;
	const { rules, site } = published;
	return { state, rules, site, person, part, environment, page, now, entries: [], codes };
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
