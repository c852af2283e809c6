// Histories that are harder than those of generate.ts: events minutes apart, the clock's own, orders told of by several
// parts, parts with more events than facts keep.

import fc from "fast-check";
import type { Event } from "../../worker/domain/event.ts";
import { type Happening, type History, history, hourMs, latest } from "./generate.ts";
import { orderHistory } from "./orders.ts";

const lateMs = 7 * 24 * hourMs;

/**
 * Quarters of an hour apart, so that visits are of several events, and a few of them made by the clock. None comes later
 * than a cell accepts it: what is older than that joins no visit any more.
 */
const crowded = ({ identity, parts }: History): History => ({
	identity,
	parts: parts.map((list) => {
		let newest = 0;
		return list.flatMap((one, i) => {
			const at = latest - (latest - one.event.at) / 4;
			newest = Math.max(newest, at);
			if (at < newest - lateMs) return [];
			const event: Event = { ...one.event, at };
			const byClock = { ...event, cause: { event: "clock", rule: `rule ${i}` } };
			const effects = one.effects.map((effect) => ({ ...effect, at }));
			return [{ ...one, event: i % 9 === 0 ? byClock : event, effects }];
		});
	}),
});

const ordered = fc.tuple(history(20), orderHistory()).map(([{ identity, parts }, orders]): History => {
	const told = orders.map((list) => list.map((event): Happening => happening(event)));
	return {
		identity,
		parts: Array.from({ length: Math.max(parts.length, told.length) }, (_, p) => [
			...(parts[p] ?? []),
			...(told[p] ?? []),
		]),
	};
});

function happening({ at, ...event }: Event): Happening {
	return { event: { ...event, at: latest - (12 - at) * 5 * hourMs }, circumstances: {}, effects: [] };
}

/** Of all kinds: plain ones, crowded ones, some of many events, and some with orders. */
export const busyHistory: fc.Arbitrary<History> = fc.oneof(
	{ weight: 4, arbitrary: history() },
	{ weight: 4, arbitrary: history(80).map(crowded) },
	{ weight: 1, arbitrary: history(450) },
	{ weight: 2, arbitrary: ordered },
);
