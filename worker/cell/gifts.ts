// What an experience gives to whoever is granted it: a code of a coupon pool, so much time, a turn of the wheel. Each is
// given once to a person, in the transaction that grants it, and told again whenever they are granted it again. What stands
// behind a form is given when the form was submitted.

import type { RunOut } from "../domain/decision.ts";
import { eventNames } from "../domain/event.ts";
import type { Givens } from "../domain/given.ts";
import { own } from "../domain/keyed.ts";
import { type Person, read } from "../domain/person.ts";
import { mayTell } from "../domain/proof.ts";
import { uuidv7 } from "../platform/id.ts";
import type { Block, Content, Given } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import type { Stocked } from "./codes.ts";
import { keep, type Passage } from "./collect.ts";
import { proofIn } from "./state.ts";

type Countdown = Extract<Block, { kind: "countdown" }>;
type Wheel = Extract<Block, { kind: "wheel" }>;

/** What a content has to give. */
interface Gifts {
	readonly pools: readonly string[];
	/** Pools of coupons that stand behind a form. */
	readonly behind: readonly string[];
	readonly countdown: Countdown | undefined;
	/** Whether a coupon goes with the time. */
	readonly isTimed: boolean;
	readonly wheel: Wheel | undefined;
	/** Whether a form stands before the wheel. */
	readonly isBehind: boolean;
	/** The content as it is offered: what the wheel comes to is told to nobody before it is drawn. */
	readonly offered: Content;
}

const known = new WeakMap<Content, Gifts | null>();

/** Nothing where it gives nothing, as most do. Looked for once in each content that is published. */
function giftsOf(content: Content): Gifts | null {
	const remembered = known.get(content);
	if (remembered !== undefined) return remembered;
	const [open, behind] = parted(content);
	const all = [...open, ...behind];
	const isWheel = (block: Block) => block.kind === "wheel";
	const wheel = all.find(isWheel);
	const gifts: Gifts = {
		pools: poolsIn(open),
		behind: poolsIn(behind),
		countdown: all.find((block) => block.kind === "countdown"),
		isTimed: all.some((block) => block.kind === "coupon" && block.withCountdown === true),
		wheel,
		isBehind: behind.some(isWheel),
		offered: wheel ? withoutPrizes(content) : content,
	};
	const { pools, countdown } = gifts;
	const isNothing = pools.length === 0 && gifts.behind.length === 0 && !countdown && !wheel;
	known.set(content, isNothing ? null : gifts);
	return isNothing ? null : gifts;
}

/** The blocks that are reached without submitting a form, and those that are not. */
function parted({
	blocks,
	steps = {},
}: Content): readonly [open: readonly Block[], behind: readonly Block[]] {
	const open: Block[] = [...blocks];
	const reached = new Set<string>();
	for (const block of open) {
		const leads = block.kind === "button" ? [block] : block.kind === "form" ? (block.next ?? []) : [];
		for (const { to } of leads) {
			if (to === undefined || reached.has(to)) continue;
			reached.add(to);
			open.push(...(own(steps, to)?.blocks ?? []));
		}
	}
	const others = Object.entries(steps).flatMap(([id, step]) => (reached.has(id) ? [] : step.blocks));
	const thanks = [...open, ...others].flatMap((block) => (block.kind === "form" ? (block.thanks ?? []) : []));
	return [open, [...others, ...thanks]];
}

function poolsIn(blocks: readonly Block[]): readonly string[] {
	const pools = blocks.flatMap((block) => (block.kind === "coupon" ? (block.pool ?? []) : []));
	return [...new Set(pools)];
}

/** What stands in a preview for what would be given: of its countdown all of the time, or what is left of a fixed one. */
export function sampleOf(content: Content, now: number): Given | undefined {
	const gifts = giftsOf(content);
	if (!gifts) return undefined;
	const { pools, behind, countdown, wheel } = gifts;
	return {
		codes: Object.fromEntries([...pools, ...behind].map((pool) => [pool, "PREVIEW"])),
		...(countdown && { leftMs: leftOf(countdown, now) }),
		...(wheel && { outcome: 0, code: "PREVIEW" }),
	};
}

/** Whoever sees it first at `now` has so much. */
function leftOf({ until }: Countdown, now: number): number {
	return typeof until === "number" ? Math.max(0, until - now) : until.minutes * 60_000;
}

/**
 * What speaks against showing this content, because what it gives is not there any more; or because the person has it
 * already, and it may not be told here. `told` is what may be: all of it where absent.
 */
export function runOutOf(
	content: Content,
	experience: string,
	{
		person,
		codes,
		now,
		told,
	}: {
		readonly person: Person;
		readonly codes: Stocked | undefined;
		readonly now: number;
		readonly told?: () => Givens;
	},
): RunOut | undefined {
	const gifts = giftsOf(content);
	if (!gifts) return undefined;
	const given = read(person).given ?? {};
	const { codes: heldCodes = {}, outcome: heldOutcomes = {} } = given;
	const { codes: toldCodes = {}, outcome: toldOutcomes = {} } = told?.() ?? given;
	const kept = [...gifts.pools, ...gifts.behind].find(
		(pool) => own(heldCodes, pool) && !own(toldCodes, pool),
	);
	if (kept !== undefined) return { is: "pool-empty", pool: kept };
	if (gifts.wheel && own(heldOutcomes, experience) && !own(toldOutcomes, experience))
		return { is: "pool-empty", pool: experience };
	const until = untilOf(gifts, own(given.until ?? {}, experience)?.value);
	if (gifts.isTimed && until !== undefined && now >= until) return { is: "expired", at: until };
	const isOut = (pool: string) => !own(given.codes ?? {}, pool) && (codes?.isOut(pool) ?? true);
	const empty = [...gifts.pools, ...gifts.behind].find(isOut);
	if (empty !== undefined) return { is: "pool-empty", pool: empty };
	if (!gifts.wheel || own(given.outcome ?? {}, experience)) return undefined;
	const drawable = gifts.wheel.segments.filter(({ weight }) => weight > 0);
	const lost = drawable.find(({ pool }) => pool !== undefined);
	return lost?.pool !== undefined && drawable.every(({ pool }) => pool !== undefined && isOut(pool))
		? { is: "pool-empty", pool: lost.pool }
		: undefined;
}

/** When the countdown ends; nothing where there is none, or it does not run yet. */
function untilOf({ countdown }: Gifts, running: number | undefined): number | undefined {
	return typeof countdown?.until === "number" ? countdown.until : countdown && running;
}

/** What is set with the showing, as properties of its event: when the time ends, and what the wheel comes to. */
export function setWith(content: Content, experience: string, passage: Passage): Record<string, number> {
	const gifts = giftsOf(content);
	if (!gifts) return {};
	const { countdown, wheel } = gifts;
	const given = givensOf(passage);
	const runs = own(given.until ?? {}, experience) !== undefined;
	const isDrawn = own(given.outcome ?? {}, experience) !== undefined;
	const outcome = wheel && !isDrawn ? drawn(wheel, passage) : undefined;
	return {
		...(countdown && typeof countdown.until !== "number" && !runs
			? { until: passage.now + leftOf(countdown, passage.now) }
			: {}),
		...(outcome === undefined ? {} : { outcome }),
	};
}

/** A segment by its weight, but of those alone that have something to give; nothing where none has. */
function drawn({ segments }: Wheel, { codes, state }: Passage): number | undefined {
	const given = read(state.standing.person).given?.codes ?? {};
	const weights = segments.map(({ weight, pool }) =>
		pool === undefined || own(given, pool) || codes?.isOut(pool) === false ? weight : 0,
	);
	let left = Math.random() * weights.reduce((sum, weight) => sum + weight, 0);
	const found = weights.findIndex((weight) => {
		left -= weight;
		return weight > 0 && left < 0;
	});
	return found < 0 ? undefined : found;
}

/**
 * Gives what the experience gives to whoever is granted it, or, where a form of it was submitted, what stands behind that;
 * answers with all of it that this person may be told. Again, it gives nothing new.
 */
export function give(
	{ id, content }: { readonly id: string; readonly content: Content },
	when: "granted" | "submitted",
	passage: Passage,
): Given | undefined {
	const gifts = giftsOf(content);
	if (!gifts) return undefined;
	const { wheel } = gifts;
	const { until: untils = {} } = givensOf(passage);
	const { outcome: outcomes = {} } = toldTo(passage);
	const isTurned = when === "submitted" || !gifts.isBehind;
	const outcome = wheel && isTurned ? own(outcomes, id)?.value : undefined;
	const won = outcome === undefined ? undefined : wheel?.segments[outcome];
	const until = untilOf(gifts, own(untils, id)?.value);
	const isOver = gifts.isTimed && until !== undefined && passage.now >= until;
	const told = when === "granted" ? gifts.pools : [...gifts.pools, ...gifts.behind];
	const pools = [...(isOver ? [] : told), ...(won?.pool === undefined ? [] : [won.pool])];
	const codes: Record<string, string> = {};
	for (const pool of new Set(pools)) {
		const code = codeFor(pool, id, passage);
		if (code !== undefined) codes[pool] = code;
	}
	return {
		...(Object.keys(codes).length > 0 && { codes }),
		...(won && outcome !== undefined && { outcome }),
		...(won?.code === undefined ? {} : { code: won.code }),
		...(until === undefined ? {} : { leftMs: Math.max(0, until - passage.now) }),
	};
}

/** The person's own code of the pool, the next one where they have none; nothing where none is left here. */
function codeFor(pool: string, experience: string, passage: Passage): string | undefined {
	const held = own(givensOf(passage).codes ?? {}, pool);
	// One person has one code: where it may not be told, there is none.
	if (held) return own(toldTo(passage).codes ?? {}, pool)?.value;
	const coupon = passage.codes?.take(pool);
	if (coupon === undefined) return undefined;
	const { now } = passage;
	keep(
		passage,
		{ id: uuidv7(now), name: eventNames.couponGiven, at: now, props: { pool, coupon, experience } },
		{},
	);
	return coupon;
}

function givensOf({ state }: Pick<Passage, "state">): Givens {
	return read(state.standing.person).given ?? {};
}

/**
 * What of it this browser may be told: what it was given itself, and the rest where it has proved whose it is. A link of
 * ours gets forwarded.
 */
export function toldTo({ state, part }: Pick<Passage, "state" | "part">): Givens {
	const { person } = state.standing;
	if (mayTell(proofIn(state, part)) === "everything") return read(person).given ?? {};
	return own(person.parts, part)?.facts.given ?? {};
}

/** Whether something of it is each person's own: of whom nothing is kept, nobody knows whether they were given it. */
export function givesOnce(content: Content): boolean {
	const gifts = giftsOf(content);
	return gifts !== null && (typeof gifts.countdown?.until !== "number" || hasCodes(gifts));
}

function hasCodes({ pools, behind, wheel }: Gifts): boolean {
	return wheel !== undefined || pools.length > 0 || behind.length > 0;
}

/** As a page may have it before anything is given. */
export function offeredOf(content: Content): Content {
	return giftsOf(content)?.offered ?? content;
}

function withoutPrizes(content: Content): Content {
	const hidden = (blocks: Content["blocks"]): Content["blocks"] =>
		blocks.map((block) =>
			block.kind === "wheel"
				? { ...block, segments: block.segments.map(({ code: _code, ...segment }) => segment) }
				: block,
		);
	const { blocks, steps } = content;
	const others = Object.entries(steps ?? {}).map(([id, step]) => [id, { blocks: hidden(step.blocks) }]);
	return { ...content, blocks: hidden(blocks), ...(steps && { steps: Object.fromEntries(others) }) };
}

/** In the visitor's language, or the one that there is; of the experience itself, or of one of its variants. */
export function contentFor(
	{ content: its, variants = [] }: Pick<Experience, "content" | "variants">,
	spoken: string | undefined,
	variant = "",
): { readonly language: "pl" | "en"; readonly content: Content } {
	const content = variants.find(({ id }) => id === variant)?.content ?? its;
	const wanted = spoken?.toLowerCase().startsWith("pl") ? "pl" : "en";
	const language = content[wanted] ? wanted : wanted === "pl" ? "en" : "pl";
	const found = content[language];
	if (!found) throw new Error("an experience without content was published");
	return { language, content: found };
}
