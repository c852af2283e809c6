// One room of the live chat, and everything that can break: sockets vanish, the object is aborted, the process is killed, D1
// fails before and after it commits. What was acknowledged is in the log once, and all who were there hold the same log.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forVisitor } from "../../worker/domain/conversation/event.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { chromeAgent, messageId, publish } from "../support/client.ts";
import { localSecrets } from "../support/edge.ts";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { type Place, sleep, Talker } from "./room.ts";
import type { Plan } from "./worker/plan.ts";

const site = "room";
const isLong = process.env.WITAJ_LONG === "1";
/** What has to happen at the least, each in the long version and usually. */
const least = isLong
	? { messages: 25_000, drops: 700, kills: 20, aborts: 20 }
	: { messages: 800, drops: 30, kills: 2, aborts: 3 };
const visitors = 4;
const agents = 20;
/** Of one agent. */
const perSecond = isLong ? 30 : 15;
const settledMs = 5_000;

const failing = (seed: number): Plan => ({ down: false, before: 0.2, after: 0.2, seed });

describe(`${visitors + agents} in one room, ${least.kills} kills, ${least.aborts} aborts`, () => {
	let edge: FaultyEdge;
	let talkers: readonly Talker[];
	let settledIn = 0;
	let inD1: readonly { readonly id: string; readonly text: string }[];
	const done = { kills: 0, aborts: 0 };

	beforeAll(async () => {
		edge = await FaultyEdge.start(failing(1), "whole");
		const { key } = await publish(edge.url, site, { ...settings, origins: [], chat: {} }, definitions);
		const place: Place = {
			edge: Promise.resolve(edge.url),
			site,
			key,
			token: await comeBy(edge.url, key),
			adminToken: localSecrets.ADMIN_TOKEN,
			conversation: "",
		};
		place.conversation = await begin(edge.url, place);
		talkers = [
			...Array.from({ length: visitors }, (_, i) => new Talker("visitor", `visitor ${i}`, place)),
			...Array.from({ length: agents }, (_, i) => new Talker("agent", `agent ${i}`, place)),
		];
		const staying = talkers.map((one) => one.stay());
		let isOver = false;
		const talking = talkers.map((one) => one.talk(one.kind === "agent" ? perSecond : 0.2, () => isOver));
		const dropping = dropAll(talkers, () => isOver);
		const count = () => talkers.reduce((sum, one) => sum + one.acknowledged.size, 0);
		const drops = () => talkers.reduce((sum, one) => sum + one.drops, 0);
		const isEnough = () => count() >= least.messages && drops() >= least.drops;
		while (!(done.kills >= least.kills && done.aborts >= least.aborts && isEnough())) {
			await sleep(300 + Math.random() * 900);
			if (done.aborts < least.aborts) {
				await edge.abortDesk(site);
				done.aborts++;
			}
			await sleep(200 + Math.random() * 600);
			if (done.kills >= least.kills) continue;
			edge.keepSpare();
			place.edge = edge
				.kill()
				.then(() => edge.revive(failing(++done.kills)))
				.then(() => edge.url);
			await place.edge;
		}
		isOver = true;
		await Promise.all([...talking, dropping]);
		const over = Date.now();
		await until(
			async () =>
				new Set(talkers.map(({ upTo }) => upTo)).size === 1 && talkers.every(({ isSettled }) => isSettled),
			(isSo) => isSo,
		);
		settledIn = Date.now() - over;
		const query = "SELECT id, text FROM messages WHERE site = ?1 ORDER BY seq";
		const [longest] = talkers;
		const sent = () =>
			Math.max(...talkers.map(({ log }) => [...log.values()].filter(({ is }) => is === "sent").length));
		inD1 = await until(
			() => edge.sql<{ id: string; text: string }>(query, site),
			(rows) => rows.length >= sent(),
		);
		for (const one of talkers) one.isOver = true;
		for (const one of talkers) one.drop();
		await Promise.all(staying);
		console.info(
			`${count()} messages acknowledged to ${talkers.length}, ${drops()} sockets dropped, ${done.kills} kills, ${done.aborts} aborts; log of ${longest?.upTo} events; settled in ${settledIn} ms`,
		);
	}, 600_000);
	afterAll(() => edge.stop());

	it("loses nothing that it acknowledged, and doubles nothing", () => {
		const [first] = talkers.filter(({ kind }) => kind === "agent");
		const log = [...(first?.log.values() ?? [])];
		const sent = log.flatMap(({ is, id }) => (is === "sent" ? [id] : []));
		expect(new Set(sent).size).toBe(sent.length);
		const bySeq = new Map(log.map((event) => [event.seq, event.id]));
		for (const { acknowledged } of talkers)
			for (const [id, seq] of acknowledged)
				if (bySeq.get(seq) !== id) expect([id, seq]).toEqual([bySeq.get(seq), seq]);
	});

	it("says the same to everybody, in one order and without a gap", () => {
		expect(talkers.flatMap(({ wrongs }) => wrongs).slice(0, 10)).toEqual([]);
		const [first, ...others] = talkers.filter(({ kind }) => kind === "agent");
		const log = [...(first?.log.values() ?? [])].sort((a, b) => a.seq - b.seq);
		expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
		const whole = JSON.stringify(log);
		const seen = JSON.stringify(log.flatMap((event) => forVisitor(event) ?? []));
		const inOrder = (one: Talker) => JSON.stringify([...one.log.values()].sort((a, b) => a.seq - b.seq));
		for (const one of others) expect(inOrder(one) === whole).toBe(true);
		for (const one of talkers) if (one.kind === "visitor") expect(inOrder(one) === seen).toBe(true);
	});

	it("is settled within five seconds after the last fault", () => {
		expect(settledIn).toBeLessThanOrEqual(settledMs);
	});

	it("tells D1 each message once, though D1 fails before and after it commits", () => {
		const [first] = talkers.filter(({ kind }) => kind === "agent");
		const log = [...(first?.log.values() ?? [])].sort((a, b) => a.seq - b.seq);
		const sent = log.flatMap((event) => (event.is === "sent" ? [{ id: event.id, text: event.text }] : []));
		expect(inD1.length).toBe(sent.length);
		expect(JSON.stringify(inD1) === JSON.stringify(sent)).toBe(true);
	});
});

/** A visitor, by a page view. */
async function comeBy(edge: string, key: string): Promise<string> {
	const answer = await fetch(`${edge}/v1/collect`, {
		method: "POST",
		headers: { "content-type": "text/plain", "user-agent": chromeAgent, origin: "https://shop.example" },
		body: JSON.stringify({
			site: key,
			consent: "granted",
			page: { url: "https://shop.example/", visible: true },
			decide: false,
			sentAt: Date.now(),
			events: [
				{ id: messageId(), name: "Page Viewed", at: Date.now(), props: { url: "https://shop.example/" } },
			],
		}),
	});
	return ((await answer.json()) as { token: string }).token;
}

async function begin(edge: string, { key, token }: Place): Promise<string> {
	const answer = await fetch(`${edge}/v1/chat`, {
		method: "POST",
		headers: { "content-type": "text/plain", origin: "https://shop.example" },
		body: JSON.stringify({ site: key, token, commands: [{ id: messageId(), is: "send", text: "początek" }] }),
	});
	return ((await answer.json()) as { conversation: string }).conversation;
}

async function dropAll(talkers: readonly Talker[], isOver: () => boolean): Promise<void> {
	while (!isOver()) {
		await sleep(Math.random() * 100);
		talkers[Math.floor(Math.random() * talkers.length)]?.drop();
	}
}
