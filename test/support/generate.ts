// Arbitrary histories, for arbitrary conditions (conditions.ts) to be asked of: for every suite that must find two
// implementations in agreement.

import fc from "fast-check";
import { consentEvents, consentPlaces } from "../../worker/domain/consent.ts";
import { type Event, eventNames, type Value } from "../../worker/domain/event.ts";
import { type Circumstances, emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import type { Part, PartKind, Person } from "../../worker/domain/person.ts";
import { channels } from "../../worker/domain/source/channel.ts";
import { type Identity, identities } from "../../worker/domain/subject.ts";
import type { Watch } from "../../worker/domain/watch.ts";
import {
	agreed,
	hourMs,
	instants,
	keys,
	latest,
	names,
	numbers,
	paths,
	scalars,
	words,
} from "./conditions.ts";

export * from "./conditions.ts";

/** An event with what came with it, and what rules made of it. */
export interface Happening {
	readonly event: Event;
	readonly circumstances: Circumstances;
	readonly effects: readonly Event[];
}
export interface History {
	readonly identity: Identity;
	/** Events of each part, in order of arrival. */
	readonly parts: readonly (readonly Happening[])[];
	/** What the parts are, in their order; browsers, where it does not say. */
	readonly kinds?: readonly PartKind[];
}

const entries = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
	// Not fc.dictionary: fromEntries makes "__proto__" an own member, as JSON.parse does.
	fc.array(fc.tuple(keys, value), { maxLength: 3 }).map((list) => Object.fromEntries(list));
const values: fc.Arbitrary<Value> = fc.oneof(
	{ weight: 3, arbitrary: scalars },
	{ weight: 1, arbitrary: instants },
	{ weight: 1, arbitrary: fc.array(words, { maxLength: 3 }) },
);
const places = fc.constantFrom({ latitude: 51.76, longitude: 19.46 }, { latitude: 52.23, longitude: 21.01 });
/** What some fields read, by the names that they read. */
const known: fc.Arbitrary<Record<string, Value>> = fc.oneof(
	fc.record({ email: fc.constantFrom("ala@Sklep.PL", "a@b@c", "@", "nobody", "x@ŁÓDŹ.pl") }),
	fc.record({ city: values, "delivery.city": words, "delivery.country": words }),
	places,
	places.map(({ latitude, longitude }) => ({
		"delivery.latitude": latitude,
		"delivery.longitude": longitude,
	})),
	fc.record({ latitude: values }),
	fc.record({ birthday: fc.oneof(instants, instants, values) }),
);
const circumstances: fc.Arbitrary<Circumstances> = fc.record(
	{
		environment: fc
			.tuple(
				fc.record(
					{
						browser: words,
						version: numbers,
						system: words,
						systemVersion: words,
						device: fc.constantFrom("phone", "tablet", "desktop", "tv"),
						language: words,
						timeZone: words,
						country: words,
						region: words,
						city: words,
					},
					{ requiredKeys: [] },
				),
				fc.option(places, { nil: {} }),
			)
			.map(([environment, place]) => ({ ...environment, ...place })),
		touch: fc.record(
			{
				source: words,
				medium: words,
				campaign: words,
				content: words,
				phrase: words,
				referrer: words,
				landing: paths,
				click: words,
				channel: fc.constantFrom(...channels),
			},
			{ requiredKeys: ["source", "medium", "landing"] },
		),
		attributes: fc.oneof({ weight: 3, arbitrary: entries(values) }, { weight: 1, arbitrary: known }),
	},
	{ requiredKeys: [] },
);
const programme = fc.record({ programme: keys }, { requiredKeys: [] });
const consentProps = fc.record({ ...agreed, place: fc.constantFrom(...consentPlaces) });
const effect = fc.oneof(
	fc.record({ name: fc.constant(eventNames.tagAdded), props: fc.record({ tag: keys }) }),
	fc.record({
		name: fc.constantFrom(eventNames.pointsEarned, eventNames.pointsSpent),
		props: fc.tuple(fc.integer({ min: -3, max: 3 }), programme).map(([points, of]) => ({ points, ...of })),
	}),
	fc.record({
		name: fc.constant(eventNames.tagRemoved),
		props: fc.record({ tag: keys, count: fc.integer({ min: 1, max: 2 }) }),
	}),
	fc.record({
		name: fc.constantFrom(eventNames.pointsExpired, eventNames.programmeJoined),
		props: fc.record({ points: fc.integer({ min: 0, max: 3 }), programme: keys }),
	}),
	fc.record({
		name: fc.constantFrom(eventNames.listJoined, eventNames.listLeft),
		props: fc.record({ list: fc.oneof(keys, fc.constantFrom("lodz", "")) }),
	}),
	fc.record({
		name: fc.constantFrom(...consentEvents),
		props: consentProps,
	}),
	fc.record({
		name: fc.constantFrom(eventNames.segmentEntered, eventNames.segmentExited),
		props: entries(scalars),
	}),
);
const drawing = fc.constantFrom("Łódź", "lodz|a", "12", 12, "a", "b|", true);
const products = fc
	.array(
		fc.record(
			{
				product_id: fc.constantFrom("lodz", "Łódź", 12, "12", "__proto__", ""),
				quantity: fc.constantFrom(1, 2, 0.5, 3, 0, -1, "2"),
				price: numbers,
				category: words,
				coupon: words,
			},
			{ requiredKeys: ["product_id"] },
		),
		{ maxLength: 3 },
	)
	.map((list) => JSON.stringify(list));
const commerce = fc.record({
	order_id: fc.constantFrom("A", "B", "C", 4),
	revenue: numbers,
	products: fc.oneof(fc.constantFrom("lodz", "Łódź|1", "", "a|b|12", "[1]", "[{"), products),
	items: fc.constantFrom(0, 1, 3),
	value: numbers,
	category: drawing,
	brand: drawing,
});
const happening = fc.record({
	name: names,
	/** Hours apart, with ties; some histories reach back further than any window. */
	at: fc.oneof(
		{ weight: 4, arbitrary: fc.integer({ min: 0, max: 90 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
	),
	props: fc.tuple(entries(scalars), fc.option(paths, { nil: undefined }), commerce, programme, consentProps),
	circumstances,
	effects: fc.oneof(
		{ weight: 3, arbitrary: fc.array(effect, { maxLength: 0 }) },
		{ weight: 1, arbitrary: fc.array(effect, { maxLength: 2 }) },
	),
});

/** A person of up to three parts and up to `length` events in each. Ids are unique in the history. */
export function history(length = 60): fc.Arbitrary<History> {
	const part = fc.array(happening, { maxLength: length, size: "max" });
	return fc
		.record({
			identity: fc.constantFrom(...identities),
			parts: fc.array(part, { maxLength: 3 }),
			kinds: fc.array(fc.constantFrom<PartKind>("browser", "browser", "import", "server", "hand"), {
				minLength: 3,
				maxLength: 3,
			}),
		})
		.map(({ identity, parts, kinds }) => ({
			identity,
			kinds,
			parts: parts.map((list, p) =>
				list.map(
					({ name, at, props: [props, path, sold, of, consent], circumstances, effects }, i): Happening => {
						const id = `${p}-${i}`;
						const when = latest - at * hourMs;
						const event: Event = {
							id,
							name,
							at: when,
							props: {
								...props,
								...(path === undefined ? {} : { path }),
								...(name === eventNames.tagAdded ? { tag: "category" } : {}),
								...(/^(Order|Cart|Product)/.test(name) ? sold : {}),
								...(name.startsWith("Consent") ? consent : {}),
								...(name.startsWith("List") ? { list: sold.products } : {}),
								...(name.startsWith("Points") ? { points: i, ...of } : {}),
							},
						};
						return {
							event,
							circumstances,
							effects: effects.map((made, k): Event => {
								const rule = `rule ${k}`;
								const cause = { event: id, rule };
								return { id: `${id}/${rule}`, name: made.name, at: when, props: made.props, cause };
							}),
						};
					},
				),
			),
		}));
}

/** The person that a history makes, as a cell that watches would remember it. */
export function personOf({ parts, kinds = [] }: History, watch: Watch): Person {
	const known: Record<string, Part> = {};
	for (const [p, list] of parts.entries()) {
		const id = `part-${p}`;
		const kind = kinds[p] ?? "browser";
		known[id] = { id, kind, version: list.length, facts: factsOf(list, watch, kind) };
	}
	return { parts: known };
}

export function factsOf(list: readonly Happening[], watch: Watch, kind?: PartKind): Facts {
	const facts = emptyFacts();
	for (const { event, circumstances, effects } of list) {
		record(facts, event, watch, circumstances, kind);
		for (const one of effects) record(facts, one, watch);
	}
	return facts;
}
