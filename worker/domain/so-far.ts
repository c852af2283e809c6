// What triggers ask of the visit so far: its pages, how long the visitor was there, its cart, what happened in it. It is
// remembered only of what something published waits for, within the part, and in any order of arrival.

import { cartNow } from "./cart.ts";
import type { Experience } from "./definition.ts";
import { type Event, eventNames } from "./event.ts";
import type { Facts } from "./facts.ts";
import { own } from "./keyed.ts";
import type { Part, Person } from "./person.ts";
import { type Trigger, triggersIn } from "./trigger.ts";
import { visitGapMs } from "./visit.ts";

/** An event that a trigger waits for. */
export interface Awaited {
	readonly name: string;
	readonly of?: string;
}

/** What published triggers ask for, all of them together. */
export interface Signals {
	/** The most pages that one waits for; 0 where none does. */
	readonly pages: number;
	readonly seconds: boolean;
	readonly cart: boolean;
	readonly awaited: readonly Awaited[];
}

/** Instants are epoch ms, latest first. */
export interface SoFar {
	readonly views?: readonly number[];
	/** When a page was left, and after how many seconds. */
	readonly left?: readonly (readonly [at: number, seconds: number])[];
	/** When what is awaited last happened, by its key. */
	readonly happened?: Readonly<Record<string, number>>;
}

/** Pages of one visit whose seconds are added up. */
const rememberedPages = 60;
/** What a trigger that waits for the cart to change waits for. */
const cartEvents = ["Cart Updated", "Product Added", "Product Removed"].map((name) => ({ name }));

/** The events that a trigger waits for. */
export function awaitedBy(trigger: Trigger): readonly Awaited[] {
	if (trigger.kind === "cart") return trigger.from === undefined ? cartEvents : [];
	if (trigger.kind !== "event") return [];
	const { name, of } = trigger;
	return [of === undefined ? { name } : { name, of }];
}

/** Nothing where no trigger asks for anything. */
export function signalsOf(experiences: readonly Pick<Experience, "trigger">[]): Signals | undefined {
	const triggers = experiences.flatMap(({ trigger }) => triggersIn(trigger));
	const asked = triggers.some(asksForVisit);
	if (!asked) return undefined;
	const awaited = new Map(triggers.flatMap(awaitedBy).map((one) => [keyOf(one), one]));
	return {
		pages: Math.max(0, ...triggers.map((one) => (one.kind === "pages" ? one.n : 0))),
		seconds: triggers.some((one) => one.kind === "presence" && one.of === "visit"),
		cart: triggers.some((one) => one.kind === "cart" && one.from !== undefined),
		awaited: [...awaited.values()],
	};
}

export function asksForVisit(trigger: Trigger): boolean {
	const { kind } = trigger;
	return (
		kind === "pages" || kind === "cart" || kind === "event" || (kind === "presence" && trigger.of === "visit")
	);
}

/** What is remembered with one more event; the same object where that is nothing new. */
export function recordSoFar(known: SoFar | undefined, event: Event, signals: Signals): SoFar | undefined {
	const { name, at, props } = event;
	let soFar = known;
	if (name === eventNames.pageViewed && signals.pages > 0) {
		const views = [...(soFar?.views ?? []), at].sort(latestFirst).slice(0, signals.pages);
		soFar = { ...soFar, views };
	} else if (name === eventNames.pageLeft && signals.seconds && typeof props.seconds === "number") {
		const left = [...(soFar?.left ?? []), [at, Math.max(0, props.seconds)] as const];
		left.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
		soFar = { ...soFar, left: left.slice(0, rememberedPages) };
	}
	for (const one of signals.awaited) {
		if (one.name !== name || !isOf(event, one.of)) continue;
		const key = keyOf(one);
		const happened = soFar?.happened ?? {};
		soFar = { ...soFar, happened: { ...happened, [key]: Math.max(at, own(happened, key) ?? at) } };
	}
	return soFar;
}

/** Whether one of its properties says so; of whatever it is where nothing is asked. */
function isOf({ props }: Event, of: string | undefined): boolean {
	return of === undefined || Object.values(props).some((value) => String(value) === of);
}

/** Which experiences wait for which events. */
export interface Waiting {
	readonly experience: string;
	readonly awaited: readonly Awaited[];
}

export function waitingOf(experiences: readonly Pick<Experience, "id" | "trigger">[]): readonly Waiting[] {
	return experiences.flatMap(({ id, trigger }) => {
		const awaited = triggersIn(trigger).flatMap(awaitedBy);
		return awaited.length > 0 ? [{ experience: id, awaited }] : [];
	});
}

/** The browser's visit as it stands; nothing where it is over. */
export interface VisitNow {
	readonly pages: number;
	/** For which the visitor was there, on the pages that were left. */
	readonly seconds: number;
	/** In the site's currency. */
	readonly cart: number;
	/** Whether it happened in this visit, and after `since`. */
	has(awaited: Awaited, since: number): boolean;
}

/** `part` is the browser's: its pages and its cart are its own; what happened may have happened to the person elsewhere. */
export function visitNow({ parts }: Person, part: string, now: number): VisitNow | undefined {
	const facts = own(parts, part)?.facts;
	const visit = facts?.visits.at(-1);
	if (!facts || !visit || now > visit[1] + visitGapMs) return undefined;
	const [from] = visit;
	const { views = [], left = [] } = facts.soFar ?? {};
	return {
		pages: views.filter((at) => at >= from).length,
		seconds: left.reduce((sum, [at, seconds]) => (at >= from ? sum + seconds : sum), 0),
		cart: cartOf(facts),
		has: (awaited, since) => {
			const at = lastAt(parts, keyOf(awaited));
			return at !== undefined && at >= from && at > since;
		},
	};
}

function lastAt(parts: Readonly<Record<string, Part>>, key: string): number | undefined {
	let last: number | undefined;
	for (const { facts } of Object.values(parts)) {
		const at = own(facts.soFar?.happened ?? {}, key);
		if (at !== undefined) last = Math.max(at, last ?? at);
	}
	return last;
}

function cartOf({ cart, orders = {} }: Facts): number {
	return (cartNow(cart, orders)?.hundredths ?? 0) / 100;
}

function keyOf({ name, of = "" }: Awaited): string {
	return `${name}\n${of}`;
}

function latestFirst(a: number, b: number): number {
	return b - a;
}
