// The live chat, over real sockets: what is acknowledged is there for everybody, once and in one order, and whoever may not,
// cannot.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk } from "../../worker/desk/desk.ts";
import { DeskStore } from "../../worker/desk/store.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { deskOf, siteOf } from "../../worker/platform/name.ts";
import type {
	AgentCommand,
	AgentDown,
	LogEvent,
	VisitorCommand,
	VisitorDown,
} from "../../worker/protocol/chat.ts";
import { account, enter, Screen } from "./colleagues.ts";
import { Browser, call, edge, env, freshWorld, publish, settled, shop, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { chat: {}, origins: [shop] } });
});

/** A socket as a page has it: what came, and a way to wait for what is to come. */
class Line<Down extends { readonly is: string }> {
	readonly socket: WebSocket;
	readonly heard: Down[] = [];
	pongs = 0;
	closed: number | undefined;
	#waiting: (() => void)[] = [];

	constructor(socket: WebSocket) {
		this.socket = socket;
		socket.accept();
		socket.addEventListener("message", ({ data }) => {
			if (data === "pong") this.pongs++;
			else this.heard.push(JSON.parse(String(data)));
			this.#wake();
		});
		socket.addEventListener("close", ({ code }) => {
			this.closed = code;
			this.#wake();
		});
	}

	#wake(): void {
		for (const go of this.#waiting.splice(0)) go();
	}

	say(frame: object): void {
		this.socket.send(JSON.stringify(frame));
	}

	async until<T>(find: () => T | undefined | false): Promise<T> {
		for (;;) {
			const found = find();
			if (found) return found;
			await new Promise<void>((go) => this.#waiting.push(go));
		}
	}

	/** The next frame of a kind after so many frames. */
	next<Is extends Down["is"]>(is: Is, from = 0): Promise<Extract<Down, { is: Is }>> {
		return this.until(() =>
			this.heard.slice(from).find((frame): frame is Extract<Down, { is: Is }> => frame.is === is),
		);
	}
}

async function socketOf(path: string, headers: Record<string, string>): Promise<Response> {
	return exports.default.fetch(`${edge}${path}`, { headers: { upgrade: "websocket", ...headers } });
}

async function visitor(browser: Browser, query = "", headers: Record<string, string> = {}) {
	const response = await socketOf(`/v1/chat?site=${browser.key}${query}`, {
		origin: shop,
		"sec-websocket-protocol": `witaj-chat, ${browser.token ?? ""}`,
		...headers,
	});
	if (!response.webSocket) throw new Error(`${response.status} ${await response.text()}`);
	return new Line<VisitorDown>(response.webSocket);
}

async function agent(of = site) {
	const response = await socketOf(`/api/sites/${of}/desk`, { authorization: `Bearer ${env.ADMIN_TOKEN}` });
	if (!response.webSocket) throw new Error(`${response.status} ${await response.text()}`);
	return new Line<AgentDown>(response.webSocket);
}

async function shopper(): Promise<Browser> {
	const browser = new Browser(key);
	await browser.view("/cennik", "");
	return browser;
}

const send = (text: string): Extract<VisitorCommand, { is: "send" }> => ({
	id: uuidv7(Date.now()),
	is: "send",
	text,
});
const texts = (events: readonly LogEvent[]) =>
	events.flatMap((event) => (event.is === "sent" ? [event.text] : []));

/** Somebody who has written, with their conversation. */
async function talking(text = "Dzień dobry") {
	const browser = await shopper();
	const line = await visitor(browser);
	await line.next("welcome");
	line.say({ is: "do", commands: [send(text)] });
	const news = await line.next("news");
	return { browser, line, conversation: news.conversation };
}

describe("a visitor's message", () => {
	it("is acknowledged with its number, and is in the first frame of whoever opens the chat next", async () => {
		const browser = await shopper();
		const line = await visitor(browser);
		expect(await line.next("welcome")).toMatchObject({
			conversation: null,
			events: [],
			office: { isOpen: false },
		});
		const command = send("Czy macie łopaty?");
		line.say({ is: "do", commands: [command] });
		const news = await line.next("news");
		expect(news).toMatchObject({ after: 0, upTo: 2, acks: [{ id: command.id, is: "ok", seq: 2 }] });
		expect(news.events.map(({ is, seq }) => [is, seq])).toEqual([
			["started", 1],
			["sent", 2],
		]);
		const again = await (await visitor(browser)).next("welcome");
		expect(again.conversation).toBe(news.conversation);
		expect(texts(again.events)).toEqual(["Czy macie łopaty?"]);
	});

	it("that comes again is acknowledged again, and is there once", async () => {
		const { browser, line, conversation } = await talking();
		const command = send("raz");
		line.say({ is: "do", commands: [command, command] });
		const news = await line.next("news", line.heard.length);
		expect(news.acks).toEqual([
			{ id: command.id, is: "ok", seq: 3 },
			{ id: command.id, is: "ok", seq: 3 },
		]);
		const back = await visitor(browser, `&conversation=${conversation}&after=2`);
		expect(await back.next("welcome")).toMatchObject({ after: 2, upTo: 3, events: [{ text: "raz" }] });
		back.say({ is: "do", commands: [command] });
		expect(await back.next("acks")).toEqual({ is: "acks", acks: [{ id: command.id, is: "ok", seq: 3 }] });
	});

	it("outlives the object, and its socket goes on", async () => {
		const { line } = await talking("przed");
		await evictDurableObject(deskOf(env, site));
		line.say({ is: "do", commands: [send("po")] });
		const news = await line.next("news", 2);
		expect(news).toMatchObject({ after: 2, upTo: 3 });
		expect(texts(news.events)).toEqual(["po"]);
	});

	it("goes the same way where there are no sockets, under the same ids", async () => {
		const browser = await shopper();
		const command = send("bez gniazda");
		const post = () =>
			exports.default.fetch(`${edge}/v1/chat`, {
				method: "POST",
				headers: { origin: shop, "content-type": "text/plain" },
				body: JSON.stringify({ site: browser.key, token: browser.token, commands: [command] }),
			});
		const answers = [await post(), await post()].map((response) => response.json<Record<string, unknown>>());
		for (const answer of await Promise.all(answers))
			expect(answer).toMatchObject({
				is: "welcome",
				upTo: 2,
				acks: [{ id: command.id, is: "ok", seq: 2 }],
				events: [{ is: "started" }, { is: "sent", text: "bez gniazda" }],
			});
	});
});

describe("whether a message is with an agent", () => {
	it("is told when it is, and not before: at once where one is there, else when the first comes", async () => {
		const { line, conversation } = await talking();
		expect((await line.next("news")).got).toEqual({});
		const colleague = await agent();
		expect(await line.next("got")).toEqual({ is: "got", by: "agent", upTo: 2 });
		const from = line.heard.length;
		line.say({ is: "do", commands: [send("Halo?")] });
		expect((await line.next("news", from)).got).toEqual({ agent: 3 });
		colleague.socket.close();
		await line.until(() => line.heard.some((frame) => frame.is === "office" && !frame.office.isOpen));
		const again = line.heard.length;
		line.say({ is: "do", commands: [send("Jest ktoś?")] });
		expect(await line.next("news", again)).toMatchObject({ conversation, got: {} });
	});
});

describe("an agent", () => {
	it("hears of it at once, answers, and the visitor has it in the same order", async () => {
		const desk = await agent();
		const { line, conversation } = await talking("Halo?");
		const rows = await desk.until(() =>
			desk.heard.find((frame) => frame.is === "rows" && frame.rows[0]?.id === conversation),
		);
		expect(rows).toMatchObject({
			rows: [{ state: "open", agent: null, unread: 1, last: { by: "visitor" } }],
		});
		desk.say({ is: "open", conversation, after: 0 });
		const log = await desk.next("news");
		const reply: AgentCommand = { id: uuidv7(Date.now()), is: "send", text: "Jestem.", seen: log.upTo };
		desk.say({ is: "do", conversation, commands: [reply] });
		const mine = await desk.next("news", desk.heard.length);
		const theirs = await line.next("news", 2);
		expect(mine.events.map(({ seq, is }) => [seq, is])).toEqual([
			[3, "assigned"],
			[4, "sent"],
		]);
		expect(theirs.events).toEqual(mine.events);
	});

	it("writes notes that no visitor ever gets", async () => {
		const { browser, line, conversation } = await talking();
		const desk = await agent();
		desk.say({ is: "open", conversation, after: 0 });
		await desk.next("news");
		const note: AgentCommand = { id: uuidv7(Date.now()), is: "note", text: "uwaga: VIP", seen: 2 };
		desk.say({ is: "do", conversation, commands: [note] });
		await line.until(() => line.heard.some((frame) => frame.is === "news" && frame.upTo === 3));
		const back = await (await visitor(browser)).next("welcome");
		expect(JSON.stringify([line.heard, back])).not.toContain("VIP");
		expect(back.upTo).toBe(3);
	});

	it("finds what was written by its words, in D1, without accents", async () => {
		const { conversation } = await talking("Szukam żółtej łopaty");
		const found = async () =>
			(await call("GET", `${site}/conversations?q=zoltej`)).json<{
				conversations: { id: string; found?: string }[];
			}>();
		await expect
			.poll(async () => (await found()).conversations)
			.toMatchObject([{ id: conversation, found: "Szukam żółtej łopaty" }]);
	});

	it("invites a visitor who never opened the chat", async () => {
		const browser = await shopper();
		const line = await visitor(browser);
		await line.next("welcome");
		const { visitor: id = "" } = { visitor: browser.token?.split(".")[3] };
		const body = { id: uuidv7(Date.now()), visitor: id, text: "W czym pomóc?" };
		const response = await call("POST", `${site}/conversations`, body);
		const { conversation } = await response.json<{ conversation: string }>();
		const news = await line.next("news");
		expect(news.conversation).toBe(conversation);
		expect(texts(news.events)).toEqual(["W czym pomóc?"]);
	});
});

describe("two agents at the same moment", () => {
	it("in 500 races: one of them has it, the other is warned, and all logs are one", async () => {
		const desk = deskOf(env, site);
		const { conversation } = await talking();
		const agents = ["ala", "ola"].map((name) => ({ site, agent: name, name }));
		for (let race = 0; race < 500; race++) {
			const { upTo } = (await desk.look(conversation, 0)) ?? { upTo: 0 };
			const answers = await Promise.all(
				agents.map(async (one) => {
					const id = uuidv7(Date.now());
					const command =
						race % 2 === 0
							? ({ id, is: "take", seen: upTo } as const)
							: ({ id, is: "send", text: `${race}`, seen: upTo } as const);
					return (await desk.answer(one, conversation, [command], upTo))?.acks[0]?.is;
				}),
			);
			expect(answers.toSorted()).toEqual(["ok", "refused"]);
			const log = await desk.look(conversation, upTo);
			expect(log?.events.filter(({ is }) => is === "assigned" || is === "sent").length).toBeGreaterThan(0);
			expect(log?.conversation.agent).not.toBeNull();
			const seen = log?.upTo ?? 0;
			await desk.answer(
				agents[0] ?? { site, agent: "", name: "" },
				conversation,
				[{ id: uuidv7(Date.now()), is: "assign", to: null, seen }],
				seen,
			);
		}
	}, 120_000);
});

describe("whoever may not", () => {
	it("gets no socket with a token that is none of ours, from a page that is none of the site's, or of a site without a chat", async () => {
		const browser = await shopper();
		const forged = new Browser(key);
		forged.token = `${browser.token?.slice(0, -4)}AAAA`;
		for (const [line, code] of [
			[await visitor(forged), 4401],
			[await visitor(browser, "", { origin: "https://evil.example" }), 4403],
		] as const) {
			await line.until(() => line.closed !== undefined);
			expect([line.closed, line.heard]).toEqual([code, []]);
		}
		const other = await publish({ site: "silent" });
		const silent = new Browser(other);
		await silent.view("/", "");
		const line = await visitor(silent);
		await line.until(() => line.closed !== undefined);
		expect(line.closed).toBe(4403);
	});

	it("cannot say in a header who they are", async () => {
		const forged = encodeURIComponent(JSON.stringify({ site, agent: "evil", name: "evil" }));
		const headers = {
			"x-witaj-who": forged,
			"x-witaj-chat": JSON.stringify({ site, cell: "eu-eeur-0", visitor: "x" }),
		};
		for (const path of ["/v1/chat", "/v1/chat/", "/v1/chat/x", "/_w/v1/chat/x"]) {
			const response = await socketOf(path, headers);
			expect([path, response.webSocket, response.status]).toEqual([path, null, 404]);
		}
	});

	it("gets nothing of another's conversation by its id", async () => {
		const { conversation } = await talking("tajemnica");
		const stranger = await visitor(await shopper(), `&conversation=${conversation}&after=0`);
		expect(await stranger.next("welcome")).toMatchObject({ conversation: null, events: [] });
		stranger.say({ is: "do", commands: [{ id: uuidv7(Date.now()), is: "read", upTo: 1 }] });
		expect(await stranger.next("acks")).toMatchObject({
			acks: [{ is: "refused", why: "conversation-unknown" }],
		});
		expect(JSON.stringify(stranger.heard)).not.toContain("tajemnica");
	});

	it("is told so with a fifth socket, and with ten messages a second", async () => {
		const { browser, line } = await talking();
		const more = await Promise.all([1, 2, 3].map(() => visitor(browser)));
		for (const one of more) await one.next("welcome");
		const fifth = await visitor(browser);
		await fifth.until(() => fifth.closed !== undefined);
		expect([fifth.closed, fifth.heard]).toEqual([4429, [{ is: "bye", why: "too-many-sockets" }]]);
		const commands = Array.from({ length: 40 }, (_, i) => send(`${i}`));
		line.say({ is: "do", commands });
		const { acks = [] } = await line.next("news", 2);
		const refused = acks.filter((ack) => ack.is === "refused");
		expect(refused.length).toBeGreaterThanOrEqual(19);
		expect(refused.every((ack) => ack.is === "refused" && ack.why === "flood")).toBe(true);
	});

	it("is cut off for more frames than anybody writes", async () => {
		const { line } = await talking();
		for (let n = 0; n < 70; n++) line.say({ is: "typing" });
		await line.until(() => line.closed !== undefined);
		expect([line.closed, line.heard.at(-1)]).toEqual([4429, { is: "bye", why: "flood" }]);
	});

	it("gets no agent's socket from a page that is not ours, though the browser sends our cookie with it", async () => {
		const agents = await enter(await account("ola@shop.example", { [site]: "agent" }));
		const analysts = await enter(await account("ela@shop.example", { [site]: "analyst" }));
		const ask = async ({ cookie = "" }: Screen, origin: string) => {
			const from = origin === "" ? {} : { origin };
			const { status, webSocket } = await socketOf(`/api/sites/${site}/desk`, { cookie, ...from });
			webSocket?.accept();
			webSocket?.close();
			return status;
		};
		expect(await ask(agents, edge)).toBe(101);
		for (const origin of ["https://evil.example", "https://shop.example", "null", ""])
			expect([origin, await ask(agents, origin)]).toEqual([origin, 403]);
		expect(await ask(analysts, edge)).toBe(403);
		expect(await ask(new Screen(), edge)).toBe(401);
	});

	it("is cut off for what is no frame", async () => {
		const { line } = await talking();
		line.socket.send('{"is":"do","commands":[{"is":"assign","to":null}]}');
		await line.until(() => line.closed !== undefined);
		expect(line.closed).toBe(4400);
	});
});

describe("a site that is to go", () => {
	it("has no chat from then on, neither for who comes nor for who is there", async () => {
		const { browser, line } = await talking();
		await siteOf(env, site).close(true);
		await line.until(() => line.closed !== undefined);
		const late = await visitor(browser);
		await late.until(() => late.closed !== undefined);
		expect([late.closed, line.closed]).toEqual([4403, 4403]);
	});

	it("takes its conversations along, and their files", async () => {
		const { token } = await shopper();
		const asked = await exports.default.fetch(`${edge}/v1/chat`, {
			method: "POST",
			headers: { origin: shop },
			body: JSON.stringify({ site: key, token, commands: [send("Dzień dobry")] }),
		});
		const { conversation } = await asked.json<{ conversation: string }>();
		const desk = deskOf(env, site);
		const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
		const file = await desk.attach(conversation, "łopata.png", png.buffer);
		expect(file).toMatchObject({ type: "image/png", bytes: 9 });
		// By its name: what the test before was just storing may come after the world was made anew.
		const kept = `${site}/${Object(file).id}`;
		expect(await env.FILES.head(kept)).not.toBeNull();
		await settled();
		const answer = await desk.vanish().then(
			() => "still there",
			(error: Error) => error.message,
		);
		expect(answer).toBe("vanished");
		expect(await env.FILES.head(kept)).toBeNull();
		expect(await deskOf(env, site).look(conversation, 0)).toBeUndefined();
	});
});

describe("office hours", () => {
	// A Thursday in Warsaw, an hour ahead of UTC: open from 9:00 to 17:00.
	const day = (time: string) => Date.parse(`2026-11-26T${time}:00Z`);
	const hours = [null, null, null, { from: 540, until: 1_020 }, null, null, null];
	const alarmOf = () => runInDurableObject(deskOf(env, site), (_desk, { storage }) => storage.getAlarm());
	/** What was told of the office, each in its turn. */
	const told = ({ heard }: Line<VisitorDown>) =>
		heard.flatMap((frame) =>
			frame.is === "welcome" || frame.is === "office" ? [[frame.office.isOpen, frame.office.opensAt]] : [],
		);

	beforeEach(async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: day("07:50") });
		await publish({ settings: { chat: { hours }, origins: [shop] } });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("begin and end for whoever is there at their minute, though the desk sleeps until then", async () => {
		const line = await visitor(await shopper());
		await line.next("welcome");
		const colleague = await agent();
		await colleague.next("welcome");
		await settled();
		await runDurableObjectAlarm(deskOf(env, site));
		expect(await alarmOf()).toBe(day("08:00"));
		const turns = ["08:00", "16:00"];
		for (const [n, time] of turns.entries()) {
			await evictDurableObject(deskOf(env, site));
			vi.setSystemTime(day(time));
			await runDurableObjectAlarm(deskOf(env, site));
			await line.until(() => told(line).length === n + 2);
		}
		const nextWeek = day("08:00") + 7 * 86_400_000;
		expect(told(line)).toEqual([
			[false, day("08:00")],
			[true, undefined],
			[false, nextWeek],
		]);
		expect(await alarmOf()).toBe(nextWeek);
	});

	it("wake nobody where no visitor is there, and say the truth to the next one", async () => {
		const first = await visitor(await shopper());
		await first.next("welcome");
		const colleague = await agent();
		await colleague.next("welcome");
		first.socket.close();
		await colleague.until(() =>
			colleague.heard.some((frame) => frame.is === "visitors" && frame.left.length > 0),
		);
		await settled();
		vi.setSystemTime(day("08:00"));
		await runDurableObjectAlarm(deskOf(env, site));
		expect(await alarmOf()).toBeNull();
		vi.setSystemTime(day("09:00"));
		const second = await visitor(await shopper());
		await second.next("welcome");
		vi.setSystemTime(day("16:00"));
		await runDurableObjectAlarm(deskOf(env, site));
		await second.until(() => told(second).length === 2);
		expect(told(second).map(([isOpen]) => isOpen)).toEqual([true, false]);
	});

	it("that the site publishes hold at once for whoever is there", async () => {
		const line = await visitor(await shopper());
		await line.next("welcome");
		await (await agent()).next("welcome");
		await publish({ settings: { chat: {}, origins: [shop] } });
		await line.until(() => told(line).length === 2);
		expect(told(line)).toEqual([
			[false, day("08:00")],
			[true, undefined],
		]);
	});
});

describe("what a site publishes", () => {
	it("of what its visitors are asked first, whoever is there hears at once", async () => {
		const line = await visitor(await shopper());
		await line.next("welcome");
		await publish({ settings: { chat: { asks: ["email"] }, origins: [shop] } });
		expect(await line.next("office")).toMatchObject({ office: { asks: ["email"] } });
	});

	it("is told again to a desk that could not be reached, until it has it", async () => {
		const line = await visitor(await shopper());
		await line.next("welcome");
		const unreachable = vi.spyOn(Desk.prototype, "published").mockRejectedValueOnce(new Error("restarting"));
		await publish({ settings: { origins: [shop] } });
		expect(unreachable).toHaveBeenCalled();
		await runDurableObjectAlarm(siteOf(env, site));
		await line.until(() => line.closed !== undefined);
		expect(line.closed).toBe(4403);
		// It has it: what else the alarm rings for is none of its business.
		await runDurableObjectAlarm(siteOf(env, site));
		expect(unreachable).toHaveBeenCalledTimes(2);
		unreachable.mockRestore();
	});
});

describe("a desk at rest", () => {
	it("answers pings without being woken, and sets no clock but for the day on which a conversation ends", async () => {
		const { line } = await talking();
		const stranger = await visitor(await shopper());
		const colleague = await agent();
		await Promise.all([stranger.next("welcome"), colleague.next("welcome")]);
		await settled();
		const desk = deskOf(env, site);
		// What was a backstop rings once more, and then no more.
		await runDurableObjectAlarm(desk);
		const alarm = await runInDurableObject(desk, (_desk, { storage }) => storage.getAlarm());
		expect(alarm).toBeGreaterThan(Date.now() + 364 * 86_400_000);
		await evictDurableObject(desk);
		const born = vi.spyOn(DeskStore.prototype, "migrate");
		for (let n = 1; n <= 100; n++)
			for (const one of [line, stranger, colleague]) {
				one.socket.send("ping");
				await one.until(() => one.pongs === n);
			}
		expect(born).not.toHaveBeenCalled();
		line.say({ is: "do", commands: [send("Jeszcze tu jestem")] });
		await line.next("news", 2);
		expect(born).toHaveBeenCalledTimes(1);
	});
});
