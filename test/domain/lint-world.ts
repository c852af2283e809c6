// The language once more, as plainly as condition.ts puts it, over a made-up person: what the linter's soundness is tried
// against. Every field gets a value by itself, so that nothing hides behind how facts come about.

import fc from "fast-check";
import type { Condition, EventMatch, Leaf, ValueTest } from "../../worker/domain/condition.ts";
import { consentStates } from "../../worker/domain/consent.ts";
import { fold } from "../../worker/domain/text.ts";

export const day = 86_400_000;
/** The instant at which conditions are linted. */
export const now = 20_000 * day;

type Value = string | number | boolean | readonly string[] | undefined;
export interface World {
	readonly now: number;
	/** By field, attribute, tag or programme. */
	readonly values: Readonly<Record<string, Value>>;
	readonly events: readonly {
		readonly name: string;
		readonly at: number;
		readonly visit: number;
		readonly props: Readonly<Record<string, string | number | boolean>>;
	}[];
}

export function holds(condition: Condition, world: World): boolean {
	if ("all" in condition) return condition.all.every((member) => holds(member, world));
	if ("any" in condition) return condition.any.some((member) => holds(member, world));
	if ("not" in condition) return !holds(condition.not, world);
	return leafHolds(condition, world);
}

function leafHolds(leaf: Leaf, world: World): boolean {
	const { values } = world;
	switch (leaf.field) {
		case "events": {
			const since = world.now - (leaf.withinMs ?? Infinity);
			const found = eventsOf(leaf.match, world).filter(({ at }) => at > since);
			const property = typeof leaf.by === "object" ? leaf.by.property : undefined;
			const counted = property
				? found.flatMap(({ props }) => props[property] ?? [])
				: found.map(({ visit }) => visit);
			return passes(leaf.count, leaf.by ? new Set(counted).size : found.length, world.now);
		}
		case "sum": {
			const found = eventsOf(leaf.match, world).map(({ props }) => props[leaf.property]);
			const sum = found.reduce<number>((all, one) => all + (typeof one === "number" ? one : 0), 0);
			return passes(leaf.test, sum, world.now);
		}
		case "moment": {
			const found = eventsOf(leaf.match, world).map(({ at }) => at);
			const at = leaf.which === "first" ? Math.min(...found) : Math.max(...found);
			return passes(leaf.test, found.length > 0 ? at : undefined, world.now);
		}
		case "sequence": {
			const since = world.now - (leaf.withinMs ?? Infinity);
			const second = eventsOf(leaf.second, world).filter(({ at }) => at > since);
			return eventsOf(leaf.first, world).some((one) =>
				second.some(({ at }) => at > one.at && at <= one.at + leaf.thenWithinMs),
			);
		}
		case "tag":
			return passes(leaf.count, values[`tag ${leaf.tag}`] ?? 0, world.now);
		case "near":
			return typeof values.far === "number" && values.far <= leaf.km;
		case "segment":
			return values[leaf.segment] === true;
		case "attribute":
			return passes(leaf.test, values[`attribute ${leaf.name}`], world.now);
		case "member":
		case "tier":
			return values[leaf.programme] === true;
		case "consent":
			return passes({ op: "is", value: leaf.state }, values[`consent ${leaf.purpose}`], world.now);
		case "orders":
		case "points":
		case "tagged":
		case "list":
			throw new Error(`the world knows no ${leaf.field}`);
		default:
			return passes(leaf.test, values[leaf.field], world.now);
	}
}

function eventsOf({ name, where = [], during }: EventMatch, world: World): World["events"] {
	return world.events.filter(
		({ name: own, at, props }) =>
			own === name &&
			where.every(({ property, test }) => passes(test, props[property], world.now)) &&
			(!during || (at >= during.from && at < during.to)),
	);
}

function passes(test: ValueTest, value: Value, now: number): boolean {
	if (value === undefined) return false;
	if (test.op === "exists") return true;
	if (typeof value === "boolean") return test.op === (value ? "is-true" : "is-false");
	if (typeof value === "string") return passesText(test, fold(value));
	return typeof value === "number" ? passesNumber(test, value, now) : passesList(test, value.map(fold));
}

function passesText(test: ValueTest, text: string): boolean {
	switch (test.op) {
		case "is":
			return text === fold(test.value);
		case "any-of":
			return test.values.map(fold).includes(text);
		case "starts-with":
			return text.startsWith(fold(test.value));
		case "ends-with":
			return text.endsWith(fold(test.value));
		case "contains":
			return text.includes(fold(test.value));
		case "wildcard": {
			const pieces = fold(test.value)
				.split("*")
				.map((piece) => piece.replace(/[^a-z]/g, "\\$&"));
			return new RegExp(`^${pieces.join(".*")}$`, "s").test(text);
		}
		default:
			return false;
	}
}

function passesNumber(test: ValueTest, t: number, now: number): boolean {
	switch (test.op) {
		case ">=":
			return t >= test.n;
		case "<=":
			return t <= test.n;
		case "=":
			return t === test.n;
		case "between":
			return test.from <= t && t <= test.to;
		case "before":
			return t < test.at;
		case "after":
			return t >= test.at;
		case "in-the-last":
			return now - test.ms < t && t <= now;
		case "longer-ago":
			return t <= now - test.ms;
		case "in-the-next":
			return now < t && t <= now + test.ms;
		case "anniversary": {
			const today = Math.floor(now / day) * day;
			const days = Array.from({ length: test.days + 1 }, (_, i) => new Date(today + i * day));
			const date = new Date(t);
			return days.some((one) => `${one.toISOString().slice(5, 10)}` === date.toISOString().slice(5, 10));
		}
		default:
			return false;
	}
}

function passesList(test: ValueTest, list: readonly string[]): boolean {
	if (test.op === "has-any") return test.values.some((value) => list.includes(fold(value)));
	return test.op === "has-all" && test.values.every((value) => list.includes(fold(value)));
}

export const text = fc.constantFrom(
	"Ł",
	"l",
	"lo",
	"Łódź",
	"od",
	"z",
	"dz",
	"Kraków",
	"anonymous",
	"monitored",
	"",
);
export const texts = fc.array(text, { maxLength: 3 });
export const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 3, 5);
export const few = fc.constantFrom(0, 1, 2, 3);
export const instant = fc.integer({ min: -6, max: 6 }).map((days) => now + days * day);
const moment = fc.oneof(
	instant,
	instant.map((at) => at + day / 2),
);
const anyText = fc.oneof(text, fc.constantFrom("lodz", "lol", "lzl", "zlo"));
const anyValue = fc.oneof(anyText, number, fc.boolean(), moment, texts);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
const later = fc.integer({ min: 0, max: 8 }).map((days) => now + days * day);
export const world: fc.Arbitrary<World> = later.chain((now) =>
	fc.record({
		now: fc.constant(now),
		values: fc.record({
			city: maybe(anyText),
			identity: fc.constantFrom("anonymous", "identified", "monitored"),
			score: fc.integer({ min: -2, max: 6 }),
			visits: fc.integer({ min: 0, max: 6 }),
			browserVersion: maybe(number),
			"seen.last": maybe(moment.map((at) => Math.min(at, now))),
			"attribute x": maybe(anyValue),
			cartProducts: maybe(texts),
			"tag T": maybe(few),
			interest: maybe(fc.constantFrom(1, 2, 3)),
			far: maybe(fc.constantFrom(0, 3, 10, 50)),
			s: fc.boolean(),
			m: fc.boolean(),
			"consent c": maybe(fc.constantFrom(...consentStates)),
			age: maybe(few),
		}),
		events: fc.array(
			fc.record({
				name: fc.constantFrom("a", "b"),
				at: moment.map((at) => Math.min(at, now)),
				visit: few,
				props: fc.record({ p: fc.oneof(anyText, number, fc.boolean()) }, { requiredKeys: [] }),
			}),
			{ maxLength: 6 },
		),
	}),
);
