// Made-up lives of the demo shop's visitors: the same seed, the same people. Two in five are contacts, the others stay
// anonymous; of the anonymous every sixth was here within the last hours, and the details of the others have lapsed.

import type { Life, LivedEvent } from "../../worker/demo/lives.ts";
import type { Properties } from "../../worker/domain/event.ts";
import { placeOfCity } from "../../worker/domain/geography/city.ts";
import { fold } from "../../worker/domain/text.ts";
import { type CategorySlug, categories } from "../shop/catalogue.ts";
import { Chance } from "./seed-chance.ts";
import { type Plan, Visit } from "./seed-visit.ts";
import {
	arrivalsOf,
	browsers,
	cities,
	companies,
	men,
	phrases,
	surnames,
	trades,
	women,
} from "./seed-words.ts";

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
const spanMs = 90 * dayMs;
/** Orders of contacts in turn: 12 of 16. */
const orders = [0, 1, 0, 2, 0, 0, 1, 0, 5, 0, 0, 1, 0, 2, 0, 0] as const;
const slugs = categories.map(({ slug }) => slug);
const mowers: readonly CategorySlug[] = ["kosiarki-akumulatorowe", "kosiarki-spalinowe"];

export interface Crowd {
	readonly seed: number;
	readonly count: number;
	/** What the ends of all lives are counted from. */
	readonly now: number;
}

/** The same person at the same place, however long the row; the first came first. */
export function lifeOf(crowd: Crowd, index: number): Life {
	const chance = new Chance(crowd.seed, index);
	const isContact = index % 5 < 2;
	return isContact ? contact(chance, crowd, index) : anonymous(chance, crowd, index);
}

function contact(chance: Chance, crowd: Crowd, index: number): Life {
	const { now, count } = crowd;
	const place = Math.floor(index / 5) * 2 + (index % 5);
	const times = orders[place % orders.length] ?? 0;
	const firstAt = Math.floor(now - spanMs * (1 - (index + chance.next()) / (count + 1)) ** 1.2) - 2 * hourMs;
	const visits = Math.max(
		times,
		chance.weighed([
			[52, 1],
			[28, 2],
			[11, 3],
			[6, 5],
			[2, 8],
			[1, 12],
		] as const),
	);
	const instants = [firstAt, ...later(chance, firstAt, now - hourMs, visits - 1)];
	const city = chance.weighed(cities);
	const life = { chance, city, categories: interests(chance), events: [] as LivedEvent[] };
	// Most say who they are at once: what they did before they did is forgotten after some hours.
	const cardAt = times > 0 || chance.is(0.8) ? 0 : Math.min(1, instants.length - 1);
	for (const [n, at] of instants.entries()) {
		const isOrder = n < times;
		const basket = isOrder ? "bought" : chance.is(0.18) ? "left" : "none";
		const card = n === cardAt ? cardOf(chance, crowd, index, city) : undefined;
		const { bought } = visit(life, at, { basket, pages: chance.between(2, 9), ...(card && { card }) });
		if (bought) regret(life, bought, now);
	}
	return lived(life, firstAt, now);
}

function anonymous(chance: Chance, { now, count }: Crowd, index: number): Life {
	const isRecent = index % 18 < 3;
	const since = isRecent ? 2.4 * hourMs : spanMs * (1 - (index + chance.next()) / (count + 1)) + 4 * hourMs;
	const firstAt = Math.floor(now - (isRecent ? since * (0.1 + 0.9 * chance.next()) : since));
	const life = { chance, city: chance.weighed(cities), categories: interests(chance), events: [] };
	const until = isRecent ? firstAt : now - 4 * hourMs;
	const more = isRecent
		? 0
		: chance.weighed([
				[70, 0],
				[20, 1],
				[10, 3],
			] as const);
	for (const at of [firstAt, ...later(chance, firstAt, until, more)])
		visit(life, at, {
			basket: chance.is(0.08) ? "left" : "none",
			pages: chance.between(1, isRecent ? 6 : 3),
		});
	return lived(life, firstAt, now);
}

interface Beginning {
	readonly chance: Chance;
	readonly city: string;
	readonly categories: readonly CategorySlug[];
	readonly events: LivedEvent[];
}

function visit(
	{ chance, categories, events }: Beginning,
	at: number,
	plan: Omit<Plan, "arrival" | "categories">,
): Visit {
	const phrase = encodeURIComponent(chance.of(phrases)).replaceAll("%20", "+");
	const arrival = chance.weighed(arrivalsOf(phrase, new Date(at).toISOString().slice(0, 7)));
	// Two visits never overlap: the later one waits.
	const from = Math.max(at, (events.at(-1)?.at ?? 0) + hourMs);
	const made = new Visit(chance, from, { arrival, categories, ...plan });
	events.push(...made.events);
	return made;
}

/** A few orders are cancelled soon after, a few are given back in part or whole. */
function regret({ chance, events }: Beginning, bought: NonNullable<Visit["bought"]>, now: number): void {
	const { order, revenue } = bought;
	const isCancelled = chance.is(0.05);
	if (!isCancelled && !chance.is(0.07)) return;
	const at = Math.min(bought.at + chance.between(5, 50) * 60_000, now);
	const id = chance.id(at);
	const back = Math.round(revenue * (chance.is(0.5) ? 100 : 40)) / 100;
	const refund = { order_id: order, refund_id: `${order}-R`, revenue: back, currency: "PLN" };
	const event = { id, at };
	if (isCancelled) events.push({ ...event, name: "Order Cancelled", props: { order_id: order } });
	else events.push({ ...event, name: "Order Refunded", props: refund });
}

function lived({ chance, city, events }: Beginning, firstAt: number, now: number): Life {
	const { country, region, latitude, longitude } = placeOfCity(city) ?? {};
	const seen = { country, region, city, latitude, longitude };
	const known = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
	return {
		visitor: chance.id(firstAt),
		environment: { ...chance.weighed(browsers), ...known },
		events: events.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at),
	};
}

function later(chance: Chance, from: number, to: number, count: number): readonly number[] {
	const room = Math.max(to - from, 0);
	return Array.from({ length: count }, () => Math.floor(from + room * chance.next())).sort((a, b) => a - b);
}

function interests(chance: Chance): readonly CategorySlug[] {
	return chance.is(0.4) ? [...mowers, chance.of(slugs)] : [chance.of(slugs), chance.of(slugs)];
}

function cardOf(
	chance: Chance,
	{ seed, now }: Crowd,
	index: number,
	city: string,
): NonNullable<Plan["card"]> {
	const first = chance.of(chance.is(0.5) ? women : men);
	const last = chance.of(surnames);
	const host = chance.of(["poczta.example", "mail.example", "firma.example", "ogrody.example"]);
	const email = `${fold(first)}.${fold(last)}.${seed}.${index}@${host}`;
	const birthday = Math.floor((now - chance.between(20 * 365, 75 * 365) * dayMs) / dayMs) * dayMs;
	return {
		form: { email, name: `${first} ${last}` },
		attributes: { ...aboutOf(chance, last, city), birthday },
	};
}

function aboutOf(chance: Chance, last: string, city: string): Properties {
	const region = placeOfCity(city)?.region;
	const declared = { city, ...(region !== undefined && { region }), country: "PL" };
	if (!chance.is(0.3)) return declared;
	const industry = chance.weighed(trades);
	return { ...declared, industry, company: `${chance.of(companies[industry])} ${last}` };
}
