// What other systems than a browser tell of a person of this cell: a server, an import. In the transaction of the caller.

import { isWatched } from "../domain/card.ts";
import { attributeOf, type Identifier } from "../domain/contact.ts";
import type { Value } from "../domain/event.ts";
import type { Environment } from "../domain/facts.ts";
import { own } from "../domain/keyed.ts";
import { withSiteAmounts } from "../domain/money.ts";
import { type PartKind, read } from "../domain/person.ts";
import type { Proof } from "../domain/proof.ts";
import type { Touch } from "../domain/source.ts";
import { adopt, arrive, learn, type Standing } from "../domain/standing.ts";
import type { CollectEvent, Verdict } from "../protocol/collect.ts";
import { limits } from "../protocol/limits.ts";
import { type Cards, cardOf } from "./cards.ts";
import { type Entry, examine, saidIn, touchAt } from "./collect.ts";
import { nobodys, type People, type Published } from "./people.ts";
import { isFirst, knowBy, memoryOf, newState } from "./state.ts";

/** An event with what it says of the person, whom `attributes` names as the fields do. */
export interface ToldEvent extends CollectEvent {
	readonly attributes?: Readonly<Record<string, Value>>;
	/** Where the sender says that it came from; else that of a page view is worked out. */
	readonly touch?: Touch;
	readonly environment?: Environment;
}

/** What is told of one person. */
export interface Telling {
	readonly person: string;
	/** `id` is one person's alone: `server-<person>`, `import-<import>-<person>`. */
	readonly part: { readonly id: string; readonly kind: Exclude<PartKind, "browser"> };
	/** What they are called by. */
	readonly identifiers: readonly Identifier[];
	/** What a sender with the site's public key calls them: see directory/sources.ts. */
	readonly source?: string;
	/**
	 * `typed`: somebody wrote the identifiers, which anyone can, and the directory did not find the person by them.
	 * `verified`: the site's own server said who did what. None of an import.
	 */
	readonly proof?: Exclude<Proof, "linked">;
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
	/** Nothing was taken in: the person is known by another name than what was typed, so that this is somebody else. */
	readonly isAnother?: true;
	/** Nothing was taken in: the person was erased, and the directory need not name them any more. */
	readonly isGone?: true;
}

export interface Stage {
	readonly people: Pick<People, "know" | "open" | "save">;
	readonly cards: Pick<Cards, "standApart" | "prove">;
	readonly published: Published;
	/** The cell's own name. */
	readonly self: string;
	/** Somebody became known by something that was typed: the directory has to say whose card that is. */
	readonly announce: (person: string) => void;
}

/**
 * A person who never came before is made, and is identified as soon as somebody named them. Of whoever was erased nothing
 * is taken in.
 */
export function receive(telling: Telling, stage: Stage, now: number): Received {
	const { people, cards, published, self, announce } = stage;
	const { person, part, firesRules, proof } = telling;
	const erased = { person, verdicts: telling.events.map(({ id }) => refused(id)) };
	if (person === nobodys) return { ...erased, isGone: true };
	// All of it is of the time before an erasure: not even the names that came with it are taken in.
	const { erasedAt } = telling;
	if (erasedAt !== undefined && telling.events.every(({ at }) => at <= erasedAt)) return erased;
	const { rules, revision } = published;
	const met = people.know(person, published, now);
	// What is done to somebody, and not by them, brings nobody back who is gone.
	if (!met && part.kind === "hand") return { person, verdicts: [] };
	const state = met ?? newState(now, revision);
	const { standing } = state;
	people.open(person, state, [part.id]);
	if (proof === "typed" && isAnother(standing, telling.identifiers))
		return { person, verdicts: [], isAnother: true };
	const named = telling.identifiers.filter(({ kind }) => kind !== "anonymous");
	const news = newsIn(standing, named);
	const known = state.identifiers?.length ?? 0;
	const memory = memoryOf(state, part.id);
	const isMet = state.version === 0 || (standing.identity === "anonymous" && named.length > 0);
	const entries: Entry[] = [];
	const verdicts: Verdict[] = [];
	if (telling.once !== undefined && !isFirst(memory, telling.once, now))
		return { person, verdicts: telling.events.map(({ id }) => ({ id, verdict: "duplicate" })) };
	if (standing.identity === "anonymous" && named.length > 0)
		standing.identity = isWatched(cardOf(state)) ? "monitored" : "identified";
	// Before the names are known: whoever is set apart is not told them.
	if (proof !== "typed") cards.standApart(person, state, published, now, self);
	if (telling.source !== undefined) state.source = telling.source;
	// What was typed says nothing of the names that others gave: those alone are claimed for the person.
	const names = proof === "typed" ? named : telling.identifiers;
	knowBy(state, part.kind === "import" ? names.map((one) => ({ ...one, by: part.id })) : names);
	const isNamed = (state.identifiers?.length ?? 0) > known;
	for (const sent of telling.events) {
		const { attributes: told = {} } = sent;
		if (telling.erasedAt !== undefined && sent.at <= telling.erasedAt) {
			verdicts.push(refused(sent.id));
			continue;
		}
		const examined =
			telling.once === undefined
				? examine(memory, sent, 0, now, published.site.money)
				: taken(sent, published, now);
		if (examined.is === "settled") {
			verdicts.push(examined.verdict);
			continue;
		}
		const { event } = examined;
		const { environment, touch = touchAt({ state, site: published.site }, event) } = sent;
		const named = entries.length === 0 ? news.map(({ kind, value }) => [attributeOf[kind], value]) : [];
		const attributes = bounded(standing, { ...Object.fromEntries(named), ...examined.attributes, ...told });
		const beside = { ...(touch && { touch }), ...(environment && { environment }) };
		const effects = firesRules ? arrive(standing, rules, part, event, { ...beside, attributes }, now) : [];
		if (!firesRules) learn(standing, rules, part, event, { ...beside, attributes });
		if (part.kind === "server") state.lastActivityAt = Math.max(state.lastActivityAt, event.at);
		entries.push({ event, effects, ...beside });
		verdicts.push({ id: event.id, verdict: "ok" });
	}
	if (!firesRules) adopt(standing, rules, now);
	if (entries.length > 0 || isMet || isNamed)
		people.save({ person, part: part.id, state }, entries, published, now);
	if (proof === "verified" && entries.length > 0) cards.prove(person, state, part.id, published, now);
	if (proof === "typed" && isNamed) announce(person);
	return { person, verdicts };
}

const refused = (id: string): Verdict => ({ id, verdict: "dropped", why: "erased" });

/** Those by which the person is not known yet. */
function newsIn({ person }: Standing, identifiers: readonly Identifier[]): readonly Identifier[] {
	const { attributes } = read(person);
	return identifiers.filter(({ kind, value }) => own(attributes, attributeOf[kind])?.value !== value);
}

/** Whether the strongest name that both have is not the same: an address changes, who has it does not. */
function isAnother({ person }: Standing, identifiers: readonly Identifier[]): boolean {
	const { attributes } = read(person);
	for (const kind of ["user", "email"] as const) {
		const told = identifiers.find((one) => one.kind === kind)?.value;
		const known = own(attributes, attributeOf[kind])?.value;
		if (told !== undefined && known !== undefined) return told !== known;
	}
	return false;
}

/** The attributes that the person has, and as many more as they may have: whoever sends them makes up the names. */
function bounded(
	{ person }: Standing,
	told: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
	const { attributes } = read(person);
	let left = limits.attributes - Object.keys(attributes).length;
	return Object.fromEntries(
		Object.entries(told).filter(([name]) => Object.hasOwn(attributes, name) || left-- > 0),
	);
}

/** As `examine`, of an event that came with others which are taken in once and together. */
function taken(told: ToldEvent, { site }: Published, now: number) {
	const { id, name, at } = told;
	const event = withSiteAmounts({ id, name, at: Math.min(at, now), props: saidIn(told) }, site.money);
	return { is: "sound", event, attributes: {}, identifiers: [] } as const;
}
