// The live chat with a crowd: 1,000 visitors and 5 agents at once, links that break all the time, and then all objects are
// evicted together, as a deploy does.

import { definitions, settings } from "../shop/definitions.ts";
import { chromeAgent, messageId, publish } from "../support/client.ts";
import { localSecrets } from "../support/edge.ts";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { Clerk, Guest } from "./crowd-chat.ts";
import { atMost, figure, type Measure, median } from "./report.ts";

const site = "crowd";
const agents = 5;
/** A visitor who chats writes a message in that time, on the average. */
const thinkMs = 20_000;
/** Of all links, so many break in a second. */
const churn = 0.02;
const atOnce = 20;
/** From the instant at which all is gone. */
const backMs = 15_000;
/** From a visitor's key to the eyes of an agent. */
const seenMs = 500;

export async function benchChat(isQuick: boolean): Promise<Measure[]> {
	const [visitors, talkMs] = isQuick ? [200, 10_000] : [1_000, 60_000];
	const edge = await FaultyEdge.start(undefined, "whole");
	const name = `chat, ${visitors} visitors and ${agents} agents`;
	try {
		const guests = await gather(edge.url, visitors);
		const clerks = Array.from(
			{ length: agents },
			(_, i) =>
				new Clerk(
					edge.url,
					site,
					localSecrets.ADMIN_TOKEN,
					({ id }) => Number.parseInt(id.slice(-4), 16) % agents === i,
				),
		);
		const all = [...guests, ...clerks];
		for (const one of all) one.start();
		await until(
			async () => all.every(({ isUp }) => isUp),
			(isSo) => isSo,
		);
		console.log(`  all ${all.length} are there`);
		const drops = await talk(guests, clerks, talkMs);
		await settled(guests, clerks);
		const seen = guests.flatMap((guest) => seenIn(guest, clerks));
		const answered = guests.flatMap(({ answeredIn }) => answeredIn);
		const evictedAt = Date.now();
		await edge.evict(site);
		await until(
			async () => all.every(({ isUp }) => isUp),
			(isSo) => isSo,
		);
		const back = Date.now() - evictedAt;
		// What is said afterwards is heard too.
		for (const guest of guests) guest.write("Jeszcze jestem");
		await settled(guests, clerks);
		for (const one of all) one.end();

		const said = guests.flatMap((guest) => [...guest.said.keys()]);
		const answers = clerks.reduce((sum, clerk) => sum + clerk.acknowledged, 0);
		const lost = guests.reduce((sum, guest) => sum + differences(guest), 0);
		const query = "SELECT count(*) AS n, count(DISTINCT id) AS ids FROM messages WHERE site = ?1";
		const counted = await until(
			() => edge.sql<{ n: number; ids: number }>(query, site),
			([row]) => (row?.n ?? 0) >= said.length + answers,
		);
		const wrongs = all.flatMap((one) => one.wrongs);
		for (const wrong of wrongs.slice(0, 5)) console.log(`  ${wrong}`);
		console.log(`  ${said.length} messages, ${answers} answers, ${drops} links broken`);
		return [
			atMost(`${name}: messages lost or doubled`, lost + wrongs.length, "", 0),
			atMost(
				`${name}: rows too many or too few in D1`,
				Math.abs((counted[0]?.n ?? 0) - said.length - answers),
				"",
				0,
			),
			figure(`${name}: messages and answers`, said.length + answers, ""),
			figure(`${name}: from send to an agent's eyes, median`, median(seen), "ms"),
			isQuick
				? figure(`${name}: from send to an agent's eyes, p99`, p99(seen), "ms")
				: atMost(`${name}: from send to an agent's eyes, p99`, p99(seen), "ms", seenMs),
			figure(`${name}: from an answer to the visitor's eyes, p99`, p99(answered), "ms"),
			atMost(`${name}: all evicted, the last is back after`, back, "ms", backMs),
		];
	} finally {
		await edge.stop();
	}
}

async function gather(edge: string, many: number): Promise<readonly Guest[]> {
	const { key } = await publish(edge, site, { ...settings, origins: [], chat: {} }, definitions);
	const guests: Guest[] = [];
	for (let coming = many; coming > 0; coming -= atOnce) {
		const tokens = Array.from({ length: Math.min(atOnce, coming) }, () => tokenAt(edge, key));
		for (const token of await Promise.all(tokens)) guests.push(new Guest(edge, key, token));
	}
	return guests;
}

async function tokenAt(edge: string, key: string): Promise<string> {
	const url = "https://shop.example/";
	const answer = await fetch(`${edge}/v1/collect`, {
		method: "POST",
		headers: { "content-type": "text/plain", "user-agent": chromeAgent, origin: "https://shop.example" },
		body: JSON.stringify({
			site: key,
			consent: "granted",
			page: { url, visible: true },
			decide: false,
			sentAt: Date.now(),
			events: [{ id: messageId(), name: "Page Viewed", at: Date.now(), props: { url } }],
		}),
	});
	return ((await answer.json()) as { token: string }).token;
}

/** Everybody writes when they have thought; links break. Answers with how many did. */
async function talk(guests: readonly Guest[], clerks: readonly Clerk[], ms: number): Promise<number> {
	const all = [...guests, ...clerks];
	const among = <T>(some: readonly T[]): T => some[Math.floor(Math.random() * some.length)] as T;
	const tickMs = 50;
	let drops = 0;
	for (const end = Date.now() + ms; Date.now() < end; ) {
		await new Promise((resolve) => setTimeout(resolve, tickMs));
		for (let n = (guests.length * tickMs) / thinkMs; n > Math.random(); n--) {
			const guest = among(guests);
			if (guest.isUp) guest.write(`Czy jest na stanie? ${n}`);
		}
		for (let n = (all.length * churn * tickMs) / 1_000; n > Math.random(); n--) {
			among(all).drop();
			drops++;
		}
	}
	return drops;
}

async function settled(guests: readonly Guest[], clerks: readonly Clerk[]): Promise<void> {
	await until(
		async () => [...guests, ...clerks].every(({ isUp, waiting }) => isUp && waiting.size === 0),
		(isSo) => isSo,
	);
}

/** Own messages that were acknowledged and are not in the log, once and at that number; and others that are there. */
function differences({ said, log }: Guest): number {
	const wrong = [...said].filter(([id, { seq }]) => log.get(seq ?? 0) !== id).length;
	return wrong + Math.abs(log.size - said.size);
}

/** Of each message how long it took to the first agent who saw it. */
function seenIn({ conversation, said }: Guest, clerks: readonly Clerk[]): readonly number[] {
	const sights = clerks.flatMap((clerk) => clerk.sights.get(conversation ?? "") ?? []);
	return [...said.values()].map(({ sentAt, seq = 0 }) => {
		const seen = sights.filter((sight) => sight.seq >= seq).map(({ at }) => at);
		return Math.min(Number.POSITIVE_INFINITY, ...seen) - sentAt;
	});
}

function p99(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}
