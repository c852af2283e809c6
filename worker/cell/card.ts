// All that a cell knows of one person, as their card shows it: every fact with the part that said it.

import { type Dimension, dimensions, interestOf, valuesIn } from "../domain/affinity.ts";
import { proofOf } from "../domain/card.ts";
import { type ConsentState, standingOf } from "../domain/consent.ts";
import type { Value } from "../domain/event.ts";
import { type Environment, type Facts, neverFirst, neverLast } from "../domain/facts.ts";
import { own } from "../domain/keyed.ts";
import { joinedAt } from "../domain/list.ts";
import { type CompletedOrder, completedOrders } from "../domain/order.ts";
import { type Part, type PartKind, read } from "../domain/person.ts";
import { balanceOf, isMember, pointsOf, tierOf } from "../domain/programme.ts";
import type { Touch } from "../domain/source.ts";
import type { Identity } from "../domain/subject.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { State } from "./state.ts";

/** Instants are epoch ms; of what never happened, null. */
export interface Card {
	readonly now: number;
	readonly revision: number;
	readonly person: string;
	readonly identity: Identity;
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
	readonly visits: number;
	readonly environment: Environment | null;
	readonly firstTouch: Touch | null;
	readonly lastTouch: Touch | null;
	/** By name, each with the part that said it last, and when. */
	readonly attributes: readonly CardAttribute[];
	/** The latest first. */
	readonly tags: readonly {
		readonly tag: string;
		readonly count: number;
		readonly firstAt: number;
		readonly lastAt: number;
	}[];
	readonly score: number;
	readonly programmes: readonly CardProgramme[];
	/** Those that the person is in, with the instant of entry. */
	readonly segments: readonly { readonly id: string; readonly since: number }[];
	/** The strongest first. */
	readonly interests: readonly CardInterest[];
	readonly lists: readonly { readonly id: string; readonly since: number }[];
	readonly consents: readonly CardConsent[];
	/** Of those that count, the latest first. */
	readonly orders: readonly CompletedOrder[];
	readonly parts: readonly CardPart[];
}

/** How a consent stands, and the act that made it so. */
export interface CardConsent {
	readonly channel: string;
	readonly purpose: string;
	readonly state: ConsentState;
	readonly at: number;
	readonly place: string;
}

export interface CardAttribute {
	readonly name: string;
	readonly value: Value;
	readonly at: number;
	readonly part: string;
}

export interface CardProgramme {
	readonly id: string;
	readonly name: string;
	readonly isMember: boolean;
	readonly joinedAt: number | null;
	readonly balance: number;
	readonly earned: number;
	readonly tier: string | null;
}

/** `share` in percent. */
export interface CardInterest {
	readonly in: Dimension;
	readonly value: string;
	readonly strength: number;
	readonly share: number;
}

/** `proof`: how a browser was tied to the card; null where nothing is known of who it is. */
export interface CardPart {
	readonly id: string;
	readonly kind: PartKind;
	readonly proof: "typed" | "linked" | "verified" | null;
	/** Whether what it did counts in the score and the segments. */
	readonly counts: boolean;
	readonly device: string | null;
	readonly browser: string | null;
	readonly system: string | null;
	readonly firstSeenAt: number | null;
	readonly lastSeenAt: number | null;
	readonly visits: number;
	/** The parts that are sealed together in this one, as their sum: see sealing.ts. */
	readonly sealed: readonly string[];
}

/** All the parts that a card has, those that are sealed together each by itself. */
export function partsIn({ parts }: Pick<Card, "parts">): readonly CardPart[] {
	return parts.flatMap((part) =>
		part.sealed.length === 0 ? [part] : part.sealed.map((id) => ({ ...part, id, sealed: [] })),
	);
}

export function cardOf(person: string, state: State, { revision, definitions }: Snapshot, now: number): Card {
	const { standing } = state;
	const facts = read(standing.person);
	const parts = Object.values(standing.person.parts);
	const aside = Object.values(state.ties ?? {}).flatMap((tie) => tie.aside ?? []);
	return {
		now,
		revision,
		person,
		identity: standing.identity,
		...seen(facts),
		environment: facts.environment?.value ?? null,
		firstTouch: facts.firstTouch?.value ?? null,
		lastTouch: facts.lastTouch?.value ?? null,
		attributes: Object.entries(facts.attributes).map(([name, { value, at, id }]) => {
			const part = parts.find((one) => own(one.facts.attributes, name)?.id === id);
			return { name, value, at, part: part?.id ?? "" };
		}),
		tags: Object.entries(facts.tags)
			.filter(([, { count }]) => count > 0)
			.map(([tag, { count, firstAt, lastAt }]) => ({ tag, count, firstAt, lastAt }))
			.sort((a, b) => b.lastAt - a.lastAt),
		score: facts.score,
		programmes: (definitions.programmes ?? []).map((programme) => {
			const points = pointsOf(standing.person, programme.id);
			const member = isMember(standing.person, programme);
			return {
				id: programme.id,
				name: programme.name,
				isMember: member,
				joinedAt: points.joinedAt ?? null,
				balance: balanceOf(points),
				earned: points.earned,
				tier: (member && tierOf(programme, points.earned)?.name) || null,
			};
		}),
		segments: Object.entries(standing.segments).map(([id, since]) => ({ id, since })),
		interests: interestsOf(facts, now),
		lists: Object.keys(facts.lists ?? {}).flatMap((id) => {
			const since = joinedAt(facts, id);
			return since === undefined ? [] : [{ id, since }];
		}),
		consents: Object.entries(facts.consents ?? {}).flatMap(([key, acts]) => {
			const stands = standingOf(acts);
			const [channel = "", ...purpose] = key.split("/");
			if (!stands) return [];
			const { state, act } = stands;
			return [{ channel, purpose: purpose.join("/"), state, at: act.at, place: act.place }];
		}),
		orders: completedOrders(facts.orders ?? {}),
		parts: [
			...parts.map((part) => partOf(part, state, true)),
			...aside.map((part) => partOf(part, state, false)),
		],
	};
}

function seen({ firstSeenAt, lastSeenAt, visits, sealedVisits }: Facts) {
	return {
		firstSeenAt: firstSeenAt === neverFirst ? null : firstSeenAt,
		lastSeenAt: lastSeenAt === neverLast ? null : lastSeenAt,
		visits: visits.length + sealedVisits,
	};
}

function partOf(part: Part, state: State, counts: boolean): CardPart {
	const { id, kind, facts } = part;
	const { device, browser, system } = facts.environment?.value ?? {};
	const proof = state.standing.identity === "anonymous" ? null : proofOf(state, part);
	return {
		id,
		kind,
		proof,
		counts,
		device: device ?? null,
		browser: browser ?? null,
		system: system ?? null,
		...seen(facts),
		sealed: part.seals ?? [],
	};
}

function interestsOf({ interests }: Facts, now: number): readonly CardInterest[] {
	const all = dimensions.flatMap((dimension) =>
		Array.from(valuesIn(interests, dimension), (value) => {
			const ask = (of: "strength" | "share") => interestOf(interests, { in: dimension, value, of }, now) ?? 0;
			return { in: dimension, value, strength: ask("strength"), share: ask("share") };
		}),
	);
	return all.filter(({ strength }) => strength > 0).sort((a, b) => b.strength - a.strength);
}
