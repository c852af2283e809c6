// Whatever is thrown at /v1/collect: never a 5xx, a typed reason for what is refused, good neighbours taken, and the
// site as it was.

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectErrorCode, CollectRequest } from "../../worker/protocol/collect.schema.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import { limits } from "../../worker/protocol/limits.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, messageId, pageView, publish, send } from "../support/client.ts";
import { FaultyEdge, until, whereaboutsOf } from "../support/faulty-edge.ts";
import { badEvents, brokenEnvelopes, envelope, goodEvent, isThere, shop, strings } from "./hostile.ts";
import { Shooter } from "./shooter.ts";

const site = "hostile";
const seed = 20_261_121;

let edge: FaultyEdge;
let key: string;
let prototype: readonly string[];
let shooter: Shooter;

beforeAll(async () => {
	edge = await FaultyEdge.start();
	({ key } = await publish(edge.url, site, settings, definitions));
	prototype = await edge.prototype();
	shooter = new Shooter(edge.url);
});
afterAll(() => edge.stop());

describe("a body that is none", () => {
	it("truncated anywhere", async () => {
		const whole = JSON.stringify(envelope(key, [goodEvent()]));
		for (let length = 0; length < whole.length; length++)
			expect(await shooter.refused(whole.slice(0, length))).toBe("body-malformed");
	});

	it.each([
		"",
		" ",
		"NaN",
		"Infinity",
		"undefined",
		"null",
		"true",
		"1e999",
		"[]",
		"{}",
		'"',
		"{'a':1}",
		"\ufeff{}",
		"{}{}",
	])("%j", async (body) => {
		expect(await shooter.refused(body)).toBe("body-malformed");
	});

	it("bytes that are no text", async () => {
		const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 });
		await fc.assert(
			fc.asyncProperty(bytes, async (body) => {
				expect(await shooter.refused(Uint8Array.from(body))).toMatch(/^body-/);
			}),
			{ numRuns: 100, seed },
		);
	});

	it("compressed, or said to be", async () => {
		const whole = JSON.stringify(envelope(key, [goodEvent()]));
		const packed = Uint8Array.from(gzipSync(whole));
		expect(await shooter.refused(packed)).toBe("body-malformed");
		expect(await shooter.refused(packed, { "content-encoding": "gzip" })).toBe("body-malformed");
		expect(await shooter.refused(packed.slice(0, 30), { "content-encoding": "gzip" })).toBe("body-malformed");
		expect(await shooter.refused("garbage", { "content-encoding": "br" })).toBe("body-malformed");
	});

	it("deeper than it may be, up to where parsers recurse to death", async () => {
		for (const depth of [limits.collectBody.depth + 1, 100, 5_000, 15_000]) {
			expect(await shooter.refused("[".repeat(depth))).toBe("body-too-deep");
			expect(await shooter.refused('{"a":'.repeat(Math.min(depth, 6_000)))).toBe("body-too-deep");
			expect(await shooter.refused(`${"[".repeat(depth)}${"]".repeat(depth)}`)).toBe("body-too-deep");
		}
	});

	it("larger than it may be, however its length is told", async () => {
		const body = JSON.stringify(envelope(key, [], { more: "x".repeat(limits.collectBody.bytes) }));
		expect(await shooter.refused(body)).toBe("body-too-large");
		const chunks = Array.from({ length: 40 }, () => `400\r\n${"x".repeat(1_024)}\r\n`).join("");
		const chunked = "transfer-encoding: chunked\r\n";
		expect(await shooter.raw(`${chunked}\r\n${chunks}0\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 .*body-too-large/s);
		// Two lengths at once is how requests are smuggled.
		expect(await shooter.raw(`content-length: 5\r\n${chunked}\r\n${chunks}0\r\n\r\n`)).toMatch(
			/^HTTP\/1.1 4\d\d /,
		);
		for (const length of ["-1", "1e3", "abc", "99999999999999999999"])
			expect(await shooter.raw(`content-length: ${length}\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 4\d\d |^$/);
	});

	it("by another method", async () => {
		for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
			expect((await shooter.shoot("{}", {}, method)).status).toBe(404);
	});
});

describe("an envelope with something else in one place", () => {
	it("is answered, or refused with a reason", async () => {
		await fc.assert(
			fc.asyncProperty(brokenEnvelopes, async (broken) => {
				const body = envelope(key, [goodEvent()], broken);
				const text = JSON.stringify(body);
				const { status, text: answer } = await shooter.shoot(text);
				const isInShape = CollectRequest.safeParse(JSON.parse(text)).success;
				if (!isInShape || body.site !== key)
					expect(CollectErrorCode.options).toContain((JSON.parse(answer) as { error: string }).error);
				else expect({ text, status }).toEqual({ text, status: 200 });
			}),
			{ numRuns: 500, seed },
		);
	});

	it("its kind is not asked for: a body counts for what it says", async () => {
		for (const type of ["application/json", "multipart/form-data", "text/html", "image/png", "x", ""]) {
			const event = goodEvent();
			const { text } = await shooter.shoot(JSON.stringify(envelope(key, [event])), { "content-type": type });
			expect((JSON.parse(text) as CollectResponse).verdicts).toEqual([{ id: event.id, verdict: "ok" }]);
		}
	});

	it("names that objects have by birth are nothing special", async () => {
		const proto = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
		const event = goodEvent();
		const body = JSON.stringify(envelope(key, [event]))
			.replace("{", `{${proto}`)
			.replace('"page":{', `"page":{${proto}`)
			.replace('"events":[{', `"events":[{${proto}`)
			.replace('"props":{', '"props":{"__proto__":"x",');
		const { text } = await shooter.shoot(body);
		expect((JSON.parse(text) as CollectResponse).verdicts).toEqual([{ id: event.id, verdict: "ok" }]);
	});
});

describe("bad events among good ones", () => {
	it.each(Object.entries(badEvents))("%s: dropped as malformed, the neighbours taken", async (_name, bad) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(bad, fc.constant("good")), { minLength: 1, maxLength: 5 }),
				async (mix) => {
					const events = [...mix, "good"].map((one) => (one === "good" ? goodEvent() : one));
					const good = new Set(events.filter((_, i) => [...mix, "good"][i] === "good"));
					const { verdicts } = await shooter.taken(envelope(key, events));
					expect(verdicts.map(({ verdict }) => verdict)).toEqual(
						events.map((event) => (good.has(event) ? "ok" : "dropped")),
					);
					for (const verdict of verdicts)
						if (verdict.verdict === "dropped") expect(verdict.why).toBe("malformed");
				},
			),
			{ numRuns: 60, seed },
		);
	});

	it("what only we may say, and what is too old, is told so", async () => {
		const reserved = ["Tag Added", "Points Earned", "Segment Entered", "Segment Exited", "Experience Shown"];
		const events = [
			...reserved.map((name) => ({
				...goodEvent({ tag: "VIP", points: 1_000, segment: "ready-to-buy" }),
				name,
			})),
			{ ...goodEvent(), at: 0 },
			goodEvent(),
		];
		const { verdicts } = await shooter.taken(envelope(key, events));
		expect(verdicts.map((verdict) => ("why" in verdict ? verdict.why : verdict.verdict))).toEqual([
			...reserved.map(() => "reserved-name"),
			"expired",
			"ok",
		]);
	});

	it("an event and a claim under one id do not get into each other's way", async () => {
		const first = await shooter.taken(envelope(key, [goodEvent(), goodEvent(), goodEvent()]));
		const { token } = first;
		const event = goodEvent({ path: "/blog/wiosna" });
		const claims = [{ id: event.id, experience: "blog-newsletter" }];
		const page = { url: `${shop}/blog/wiosna`, visible: true };
		const again = { ...event, id: messageId() };
		const body = envelope(key, [event], { token, claims, page, decide: false });
		expect((await shooter.taken(body)).grants).toEqual([{ id: event.id, granted: false }]);
		const own = [{ id: again.id, experience: "blog-newsletter" }];
		expect((await shooter.taken({ ...body, events: [], claims: own })).grants).toEqual([
			{ id: again.id, granted: true },
		]);
		const { verdicts } = await shooter.taken({ ...body, events: [again], claims: [] });
		expect(verdicts).toEqual([{ id: again.id, verdict: "duplicate" }]);
	});
});

describe("hostile strings", () => {
	it.skipIf(isThere)(
		"../shared/data/hostile is not there: its strings were SKIPPED, ours are tried",
		() => {},
	);

	it(`${strings.length} of them, wherever a page may put text`, async () => {
		for (const text of strings) {
			const named = { ...goodEvent(), name: text };
			const valued = goodEvent({ path: text, title: text, url: `${shop}/${text}`, referrer: text });
			const keyed = goodEvent({ [text]: text });
			const form = { ...goodEvent({ experience: text, email: text, name: text }), name: "Form Submitted" };
			const page = { url: text, referrer: text, title: text, language: text.slice(0, 35), visible: true };
			const body = envelope(key, [named, valued, keyed, form, goodEvent()], {
				page,
				token: text.slice(0, 200),
				staff: text.slice(0, 200),
				claims: [{ id: messageId(), experience: text.slice(0, 64) || "x" }],
			});
			const { verdicts } = await shooter.taken(body);
			expect(verdicts.map(({ id }) => id)).toEqual(
				[named, valued, keyed, form, body.events[4]].map((one) => (one as { id: string }).id),
			);
			expect(verdicts[4]?.verdict).toBe("ok");
			const outcomes = verdicts.map((verdict) => ("why" in verdict ? verdict.why : verdict.verdict));
			expect(outcomes.every((outcome) => outcome === "ok" || outcome === "malformed")).toBe(true);
		}
	});

	it("those that are text are in D1 letter for letter", async () => {
		const texts = strings.filter((text) => text.isWellFormed() && text.length <= limits.text);
		const sent = texts.map((text) => ({ ...goodEvent({ text }), name: "Text Sent" }));
		for (let i = 0; i < sent.length; i += 10) {
			const { verdicts } = await shooter.taken(envelope(key, sent.slice(i, i + 10)));
			expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(["ok"]));
		}
		const rows = await until(
			() => edge.sql<{ id: string; props: string }>("SELECT id, props FROM events WHERE name = 'Text Sent'"),
			({ length }) => length === sent.length,
		);
		const stored = new Map(rows.map(({ id, props }) => [id, (JSON.parse(props) as { text: string }).text]));
		expect(sent.map(({ id }) => stored.get(id))).toEqual(texts);
	});
});

describe("after all of it", () => {
	it("2,000 bodies were sent at least", () => {
		expect(shooter.bodies).toBeGreaterThanOrEqual(2_000);
	});

	it("nothing was set aside: D1 took every row that the cells wrote, and can be read", async () => {
		for (const cell of await edge.cells(site)) {
			const { dead } = await until(
				() => edge.tables(site, cell),
				({ outbox }) => outbox.every(({ sink }) => sink !== "d1"),
			);
			expect(dead).toEqual([]);
		}
		expect((await edge.sql("SELECT * FROM events LIMIT 20000")).length).toBeGreaterThan(1_000);
		expect((await edge.sql("SELECT * FROM parts")).length).toBeGreaterThan(1_000);
	});

	it("objects are born with what they always had", async () => {
		expect(await edge.prototype()).toEqual(prototype);
	});

	it("the site works as it did", async () => {
		let token: string | undefined;
		for (const _ of [1, 2, 3])
			token =
				(await answered(await send(edge.url, pageView(key, `${shop}/cennik`, token, "")))).token ?? token;
		const { show } = await answered(await send(edge.url, pageView(key, `${shop}/blog/wiosna`, token)));
		expect(show.map(({ experience }) => experience)).toEqual(["ready-to-buy"]);
		expect(await edge.look(site, whereaboutsOf(token ?? ""))).toMatchObject({
			tags: { CENNIK: { count: 3 } },
			score: 30,
		});
	});
});
