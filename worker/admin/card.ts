// The contact card: what the cell knows, with what D1 has of its past, in sentences.

import { type Card, partsIn } from "../cell/card.ts";
import { databaseOf } from "../data/database.ts";
import {
	activityOf,
	notesOf,
	type Place,
	type PointsRow,
	pointsLedgerOf,
	type TimelineQuery,
	type TimelineRow,
	timelineOf,
} from "../data/timeline.ts";
import { dayMs, dayOf } from "../domain/calendar.ts";
import { causeOf, clock } from "../domain/event.ts";
import { happeningKindOf, sideOf } from "../domain/happening.ts";
import { type Happening, happeningSentence } from "../domain/words/happening.ts";
import type { Context } from "../domain/words/language.ts";
import type { Env } from "../platform/env.ts";
import type * as view from "../protocol/person.ts";
import type { Definitions } from "../protocol/site.ts";
import { asked } from "./request.ts";

const ledgerLength = 100;
const mostNotes = 100;
const weeks = 52;
/** The first of January 1970 was a Thursday. */
const mondayShift = 3;

/** What sentences and names come from. */
export interface Named {
	readonly context: Context;
	readonly definitions: Pick<Definitions, "segments" | "lists">;
}

export async function cardView(env: Env, site: string, card: Card, named: Named): Promise<view.Card> {
	const { definitions, context } = named;
	const ledger = (programme: string | null) =>
		ledgerView(env, site, card, programme, { limit: ledgerLength }, context);
	const byHand = partsIn(card).flatMap(({ id, kind }) => (kind === "hand" ? [id] : []));
	const [notes, score, ...programmes] = await Promise.all([
		asked(notesOf(databaseOf(env, site), site, byHand, mostNotes)),
		ledger(null),
		...card.programmes.map(({ id }) => ledger(id)),
	]);
	const { orders, programmes: accounts, segments, lists, attributes, consents, ...known } = card;
	const text = (name: string): string | null => {
		const value = attributes.find((one) => one.name === name)?.value;
		return value === undefined ? null : String(value);
	};
	return {
		...known,
		// Its members are many, and none of the API's business.
		environment: card.environment && { ...card.environment },
		firstTouch: card.firstTouch && { ...card.firstTouch },
		lastTouch: card.lastTouch && { ...card.lastTouch },
		attributes,
		score: { points: card.score, ledger: score ?? { lines: [], next: null } },
		programmes: accounts.map((one, n) => ({ ...one, ledger: programmes[n] ?? { lines: [], next: null } })),
		segments: segments.map(({ id, since }) => {
			return { id, name: definitions.segments.find((one) => one.id === id)?.name ?? id, since };
		}),
		lists: lists.map(({ id, since }) => {
			return {
				id,
				names: definitions.lists?.find((one) => one.id === id)?.names ?? { pl: id, en: id },
				since,
			};
		}),
		orders: {
			count: orders.length,
			amount: orders.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100,
			lastAt: orders[0]?.at ?? null,
		},
		consents: consents.map((one) => ({ ...one })),
		owner: text("owner"),
		funnelStage: text("funnelStage"),
		notes: [...notes],
		profiles: attributes.flatMap(({ name, value }) =>
			name.startsWith("profile.") ? [{ network: name.slice("profile.".length), address: String(value) }] : [],
		),
	};
}

export async function ledgerView(
	env: Env,
	site: string,
	card: Card,
	programme: string | null,
	page: Pick<TimelineQuery, "before" | "limit">,
	context: Context,
): Promise<view.Ledger> {
	const ids = partsIn(card).map(({ id }) => id);
	const { rows, next } = await asked(
		pointsLedgerOf(databaseOf(env, site), site, ids, programme, page, card.now),
	);
	return { lines: rows.map((row) => lineView(row, context)), next: next && nextOf(next) };
}

function lineView({ id, at, name, props, rule, event }: PointsRow, context: Context) {
	const points = Number(props.points ?? 0) * (name === "Points Earned" ? 1 : -1);
	const by = rule !== null ? ({ is: "rule", rule } as const) : ({ is: "hand" } as const);
	return { id, at, points, rule, event, sentence: inEach({ name, props, by }, context) };
}

export async function timelineView(
	env: Env,
	site: string,
	card: Card,
	query: TimelineQuery,
	context: Context,
): Promise<view.Timeline> {
	const ids = partsIn(card).map(({ id }) => id);
	const { rows, next } = await asked(timelineOf(databaseOf(env, site), site, ids, query, card.now));
	const kinds = new Map(partsIn(card).map(({ id, kind }) => [id, kind]));
	return {
		entries: rows.map((row) => entryView(row, kinds.get(row.part) ?? null, context)),
		next: next && nextOf(next),
	};
}

function entryView(row: TimelineRow, kind: view.PartKind | null, context: Context): view.Entry {
	const { id, at, name, props, effects, part, cause } = row;
	const by: Happening["by"] =
		cause !== null
			? causeOf(id, cause).event === clock
				? { is: "clock" }
				: { is: "rule", rule: cause }
			: kind === "hand"
				? { is: "hand" }
				: undefined;
	return {
		id,
		at,
		part,
		kind: happeningKindOf(name),
		side: by === undefined ? sideOf(name) : "us",
		name,
		props,
		sentence: inEach({ name, props, ...(by && { by }) }, context),
		effects: effects.map((effect) => ({
			name: effect.name,
			kind: happeningKindOf(effect.name),
			props: effect.props,
			rule: effect.rule,
			sentence: inEach(
				{ name: effect.name, props: effect.props, by: { is: "rule", rule: effect.rule } },
				context,
			),
		})),
	};
}

/** 52 weeks of UTC, each from its Monday, the present one last; those in which nothing happened too. */
export async function activityView(env: Env, site: string, card: Card): Promise<view.Activity> {
	const weekOf = (day: number): number => Math.floor((day + mondayShift) / 7);
	const present = weekOf(dayOf(card.now));
	const mondayOf = (week: number): number => (week * 7 - mondayShift) * dayMs;
	const first = present - weeks + 1;
	const ids = partsIn(card).map(({ id }) => id);
	const days = await asked(activityOf(databaseOf(env, site), site, ids, mondayOf(first), card.now));
	const inWeek = Map.groupBy(days, ({ day }) => weekOf(day));
	const orders = Map.groupBy(card.orders, ({ at }) => weekOf(dayOf(at)));
	return {
		weeks: Array.from({ length: weeks }, (_, n) => {
			const week = first + n;
			const its = inWeek.get(week) ?? [];
			const sum = (of: "events" | "pages" | "visits") => its.reduce((all, one) => all + one[of], 0);
			const bought = orders.get(week) ?? [];
			return {
				from: mondayOf(week),
				events: sum("events"),
				visits: sum("visits"),
				pages: sum("pages"),
				orders: bought.length,
				amount: bought.reduce((all, { hundredths }) => all + hundredths, 0) / 100,
			};
		}),
	};
}

function inEach(happening: Happening, context: Context) {
	return {
		pl: happeningSentence(happening, "pl", context),
		en: happeningSentence(happening, "en", context),
	};
}

/** Where a page goes on, as a caller sends it back. */
export function nextOf({ at, id }: Place): string {
	return `${at}~${id}`;
}

export function placeOf(text: string): Place | undefined {
	const [, at, id] = /^(\d{1,16})~(.{1,200})$/.exec(text) ?? [];
	return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}
