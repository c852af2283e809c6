// Bodies as no page of ours would send them, and the events among them that no page should.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { CollectEvent } from "../../worker/protocol/collect.ts";
import { messageId } from "../support/client.ts";

export const shop = "https://shop.example";

/** An event that is in order. Each has an id of its own. */
export function goodEvent(props: CollectEvent["props"] = { path: "/cennik" }): CollectEvent {
	return { id: messageId(), name: "Page Viewed", at: Date.now(), ...(props === undefined ? {} : { props }) };
}

export function envelope(key: string, events: readonly unknown[], more: object = {}) {
	const page = { url: `${shop}/cennik`, visible: true };
	return { site: key, consent: "granted", page, decide: true, sentAt: Date.now(), events, ...more };
}

const anything = fc.jsonValue({ maxDepth: 1 });
const noObject = anything.filter(
	(value) => typeof value !== "object" || value === null || Array.isArray(value),
);

/** A member of an event that makes it malformed, by what is wrong with it. */
const brokenMembers: Readonly<Record<string, fc.Arbitrary<object>>> = {
	"an id that is none": fc
		.oneof(fc.string({ unit: "binary" }), noObject, fc.uuid({ version: 4 }))
		.map((id) => ({ id })),
	"a name that is none": fc
		.oneof(
			fc.constant(""),
			fc.string({ minLength: 101, maxLength: 300 }),
			noObject.filter((one) => typeof one !== "string"),
		)
		.map((name) => ({ name })),
	"an instant that is none": fc
		.oneof(
			fc.constantFrom<unknown>(-1, 1e300, 8_640_000_000_000_001, 0.5, null, "now", "1", true, [], {}),
			fc.double({ noInteger: true }).map((at) => (Number.isNaN(at) ? null : at)),
		)
		.map((at) => ({ at })),
	"properties that are none": noObject.map((props) => ({ props })),
	"a property that is a structure": fc
		.constantFrom<unknown>(null, [], {}, [1], { a: 1 }, [[]])
		.map((value) => ({ props: { path: "/", value } })),
	"a property's name that objects have by birth": fc
		.constantFrom(...Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__"))
		.map((name) => ({ props: Object.fromEntries([[name, "x"]]) })),
	"a property's name that is none": fc
		.oneof(fc.constantFrom("", " ", "-", "a\u0000b", "<b>", "a".repeat(65)), fc.string({ minLength: 65 }))
		.map((name) => ({ props: { [name]: 1 } })),
	"too many properties": fc
		.integer({ min: 51, max: 120 })
		.map((n) => ({ props: Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${i}`, i])) })),
	"text that is too long": fc
		.integer({ min: 2_049, max: 4_000 })
		.map((n) => ({ props: { text: "ą".repeat(n) } })),
};

export const badEvents: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
	"something else than an event": noObject,
	"an object that is no event": fc.dictionary(fc.string(), anything, { maxKeys: 4 }),
	...Object.fromEntries(
		Object.entries(brokenMembers).map(([name, broken]) => [
			name,
			broken.map((member) => ({ ...goodEvent(), ...member })),
		]),
	),
};

/** What may stand where a member of the envelope belongs: anything that JSON can say. */
export const brokenEnvelopes = fc
	.tuple(
		fc.constantFrom("site", "token", "staff", "consent", "page", "decide", "sentAt", "events", "claims"),
		fc.oneof(
			fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
			fc.constantFrom<unknown>(1e308, -1, "\ud800", "\u0000", "a".repeat(5_000), [], {}, null),
			fc.record({ url: fc.jsonValue({ maxDepth: 0 }), visible: fc.jsonValue({ maxDepth: 0 }) }),
		),
	)
	.map(([member, value]) => ({ [member]: value }));

const folder = join(import.meta.dirname, "../../../shared/data/hostile");
const lists = ["naughty-strings.json", "xss-payloads.json"];
/** Whether the published collections are there. */
export const isThere = existsSync(folder);
const generated = [
	..."\u0000\u0001\u001f\u007f\ud800\udfff\ufffe\uffff\u200b\u202e",
	"\ud800",
	"a\udc00b",
	"\ud83d",
	"\u0000'; DROP TABLE events; --",
	"%00",
	"𐀀".repeat(500),
	"e\u0301".repeat(500),
	"ﷺ".repeat(100),
	"İıŁłßſ",
	"\r\n\r\nHTTP/1.1 200 OK",
	"#{7*7}",
	"{{7*7}}",
	"$.part",
	'"]}',
	"\\",
];
const pieces = fc.constantFrom(
	..."<script>,</script>,<svg/onload=,javascript:,'--,\";,{{,}},${,%s,%n,\\,\u0000,\ud800,\u202e,../,:,=,&,?,#,[,],🏳️‍🌈,ﷺ,ß,İ".split(
		",",
	),
);
/** The same on every run, and as many as make the promise good where the published collections are not there. */
const madeUp = fc.sample(
	fc.oneof(
		fc.array(pieces, { minLength: 1, maxLength: 12 }).map((several) => several.join("")),
		fc.string({ unit: "binary", minLength: 1, maxLength: 100 }),
	),
	{ numRuns: 600, seed: 20_261_122 },
);
/** Texts that break careless programs. */
export const strings: readonly string[] = [
	...generated,
	...madeUp,
	...(isThere ? lists.flatMap(stringsIn) : []),
];

function stringsIn(file: string): readonly string[] {
	const strings: string[] = [];
	JSON.parse(readFileSync(join(folder, file), "utf8"), (_key, value: unknown) => {
		if (typeof value === "string") strings.push(value);
		return value;
	});
	return strings;
}
