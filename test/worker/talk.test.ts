// What a site's chat does by itself and what is left of it: who gets a conversation, what is answered when nobody is there,
// events on the card, the transcript, ratings, figures and words that are found again.

import { beforeEach, describe, expect, it } from "vitest";
import { recognise } from "../../worker/edge/recognise.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { signToken, verifyToken } from "../../worker/platform/token.ts";
import type { ChatSettings, DeskFigures } from "../../worker/protocol/chat.ts";
import type { ChatReport } from "../../worker/protocol/chat-report.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { answer, logOf, saidBy, say, seat, transcripts, write } from "./talking.ts";
import { Browser, call, env, freshWorld, inspect, partsOf, publish, settled, shop, site } from "./world.ts";

let key: string;
const open = async (chat: ChatSettings, definitions: Partial<Definitions> = {}) => {
	key = await publish({ settings: { chat, origins: [shop] }, definitions });
};
beforeEach(freshWorld);

async function shopper(at = "/cennik"): Promise<Browser> {
	const browser = new Browser(key);
	await browser.view(at, "");
	return browser;
}

/** The browser of somebody who has proven that this address is theirs. */
async function verified(email: string): Promise<Browser> {
	const browser = await shopper();
	await browser.track("Identified", { email, "traits.name": "Anna Nowak" });
	await settled();
	const keyring = keyringOf(env.TOKEN_KEYS);
	const token = await verifyToken(keyring, site, browser.token ?? "");
	const next = await recognise(env, site, token, {
		identifiers: [{ kind: "email", value: email }],
		proof: "verified",
	});
	if (!next) throw new Error("the proof names nobody");
	browser.token = await signToken(keyring, site, next);
	await settled();
	return browser;
}

const entry = (question: string, text: string) =>
	call("POST", `${site}/faq`, {
		texts: { pl: { question, answer: text }, en: { question: `EN ${question}`, answer: `EN ${text}` } },
	});

describe("a question that the site has answered before", () => {
	beforeEach(async () => {
		await open({ answers: true, greeting: { pl: "Cześć!" } });
		await entry("Ile kosztuje dostawa?", "Kurier kosztuje 15 zł.");
		await entry("Jak zwrócić towar?", "Na zwrot masz 30 dni.");
	});

	it("is answered by itself, in the visitor's words and language, with where the answer is from", async () => {
		const { conversation } = await write(await shopper(), "dzien dobry, jaki jest koszt dostawy?");
		await settled();
		expect(await saidBy(conversation)).toEqual([
			["answer", "Kurier kosztuje 15 zł.\n\nZ naszych odpowiedzi: „Ile kosztuje dostawa?”"],
		]);
		const english = await write(await shopper(), "EN dostawa?", "/cennik", "en-GB");
		await settled();
		expect(await saidBy(english.conversation)).toEqual([
			["answer", "EN Kurier kosztuje 15 zł.\n\nFrom our answers: “EN Ile kosztuje dostawa?”"],
		]);
		// It still waits for a person.
		const row = await call("GET", `${site}/conversations/${conversation}`);
		expect(await row.json()).toMatchObject({
			conversation: { waitingSince: expect.any(Number), last: { by: "site" } },
		});
	});

	it("is answered once, and not any more where an agent was faster or the site has no answer", async () => {
		const browser = await shopper();
		const { conversation } = await write(browser, "koszt dostawy?");
		await settled();
		await write(browser, "no więc ile za dostawę?");
		await settled();
		expect(await saidBy(conversation)).toHaveLength(1);
		const helped = await shopper();
		const begun = await write(helped, "Jaką kosiarkę polecacie?");
		await settled();
		expect(await saidBy(begun.conversation)).toEqual([]);
		await answer(begun.conversation, [{ is: "send", text: "Zaraz doradzę." }]);
		await write(helped, "a jaki jest koszt dostawy?");
		await settled();
		expect(await saidBy(begun.conversation)).toEqual([]);
	});

	it("is not answered where the site does not want it", async () => {
		await open({});
		const { conversation } = await write(await shopper(), "koszt dostawy?");
		await settled();
		expect(await saidBy(conversation)).toEqual([]);
	});
});

describe("a message while nobody is there", () => {
	const offline = { pl: "Jesteśmy jutro od 9." };

	it("is followed by a question for an address, taken out of the answer as what was typed and no more", async () => {
		await open({ offline, asksAddress: true, askAddress: { pl: "Gdzie odpisać?" } });
		const browser = await shopper();
		const { conversation } = await write(browser, "Czy wysyłacie za granicę?");
		expect(await saidBy(conversation)).toEqual([
			["offline", "Jesteśmy jutro od 9."],
			["ask-address", "Gdzie odpisać?"],
		]);
		await write(browser, "anna@example");
		await write(browser, "to proszę na anna@example.pl, dziękuję");
		const said = await saidBy(conversation);
		expect(said.slice(2).map(([flow]) => flow)).toEqual(["ask-address", "thank-address"]);
		const { conversation: row } = await (await call("GET", `${site}/conversations/${conversation}`)).json<{
			conversation: object;
		}>();
		expect(row).toMatchObject({ email: "anna@example.pl", state: "open", agent: null });
		await settled();
		const card = await cellOf(env, site, partsOf(browser.token).cell).about(partsOf(browser.token).visitor);
		expect(card?.proof).toBe("typed");
		// What was asked of them is never asked again.
		await write(browser, "a kiedy?");
		expect(await saidBy(conversation)).toHaveLength(4);
	});

	it("left in the form becomes a conversation with an address that proves nothing", async () => {
		await open({ offline, asksAddress: true, hours: [null, null, null, null, null, null, null] });
		const anna = await verified("anna@example.pl");
		const secret = await write(anna, "moja tajemnica");
		await settled();
		const stranger = await shopper();
		const { conversation, office } = await say(stranger, [
			{ is: "introduce", name: "Anna", email: "anna@example.pl" },
			{ is: "send", text: "Proszę o odpowiedź" },
		]);
		expect(office).toMatchObject({ isOpen: false });
		expect(await saidBy(conversation)).toEqual([["offline", "Jesteśmy jutro od 9."]]);
		await settled();
		// It reached Anna's card as what somebody typed; and of her conversation, nor of whether she is known, nothing came back.
		const again = await say(stranger, []);
		expect(again.conversation).toBe(conversation);
		expect(conversation).not.toBe(secret.conversation);
		expect(JSON.stringify(again)).not.toContain("tajemnica");
		const mailed = await say(stranger, [{ is: "mail" }]);
		expect(mailed.acks).toMatchObject([{ is: "refused", why: "address-unknown" }]);
		expect(await transcripts()).toEqual([]);
		expect(await (await call("GET", `${site}/conversations/${conversation}`)).json()).toMatchObject({
			conversation: { proof: "typed", email: "anna@example.pl" },
		});
	});
});

describe("a rule about who gets what", () => {
	it("gives a new conversation by segment, language and page to an agent who is there", async () => {
		const routes = [
			{ id: "english", language: "en", agents: ["operator"] },
			{ id: "prices", pages: [{ op: "starts-with", value: "/cennik" } as const], agents: ["operator"] },
			{ id: "buyers", segment: "buyers", agents: ["operator"] },
		];
		const buyers = {
			id: "buyers",
			name: "Kupujący",
			condition: { field: "tag", tag: "KOSZYK", count: { op: ">=", n: 1 } },
		} as const;
		const tag = { id: "cart", tag: "KOSZYK", when: { event: { name: "Product Added" } } };
		await open({ routes }, { tagRules: [tag], segments: [buyers], experiences: [] });
		const routeOf = async (browser: Browser, at: string, language: string) => {
			const { conversation } = await write(browser, "Halo?", at, language);
			return (await logOf(conversation)).flatMap((event) =>
				event.is === "assigned" ? [[event.to?.agent, event.route]] : [],
			);
		};
		expect(await routeOf(await shopper(), "/cennik", "pl")).toEqual([]);
		const socket = await seat();
		expect(await routeOf(await shopper(), "/kosiarki", "pl")).toEqual([]);
		expect(await routeOf(await shopper(), "/Cennik?x=1", "pl-PL")).toEqual([["operator", "prices"]]);
		expect(await routeOf(await shopper(), "/kosiarki", "en-GB")).toEqual([["operator", "english"]]);
		const buyer = await shopper();
		await buyer.track("Product Added", { productId: "p1" });
		expect(await routeOf(buyer, "/kosiarki", "pl")).toEqual([["operator", "buyers"]]);
		socket.close();
	});
});

describe("a conversation on the card", () => {
	it("is events that tag, give points and are asked for in conditions", async () => {
		const definitions = {
			tagRules: [{ id: "t", tag: "ROZMAWIAL", when: { event: { name: "Live Chat Message Sent" } } }],
			scoreRules: [
				{
					id: "s",
					name: "Dobra ocena",
					points: 7,
					once: false,
					when: {
						event: {
							name: "Live Chat Conversation Rated",
							where: [{ property: "stars", test: { op: ">=", n: 4 } } as const],
						},
					},
				},
			],
			segments: [],
			experiences: [],
		};
		await open({}, definitions);
		const browser = await verified("anna@example.pl");
		const { conversation } = await write(browser, "Tajne pytanie");
		await write(browser, "i jeszcze jedno");
		await answer(conversation, [{ is: "send", text: "Tajna odpowiedź" }, { is: "close" }]);
		expect((await say(browser, [{ is: "rate", stars: 5, text: "Tajna ocena" }])).acks).toMatchObject([
			{ is: "ok" },
		]);
		await settled();
		expect(await inspect(browser)).toMatchObject({ tags: { ROZMAWIAL: { count: 2 } }, score: 7 });
		const counted = async (name: string, n: number) => {
			const condition = { field: "events", match: { name }, count: { op: "=", n } };
			const answered = await call("POST", `${site}/conditions/people`, { condition });
			return (await answered.json<{ count: number }>()).count;
		};
		for (const [name, n] of [
			["Live Chat Conversation Started", 1],
			["Live Chat Message Sent", 2],
			["Live Chat Message Received", 1],
			["Live Chat Conversation Ended", 1],
			["Live Chat Conversation Rated", 1],
		] as const)
			expect([name, await counted(name, n)]).toEqual([name, 1]);
		const { results } = await env.DB.prepare("SELECT * FROM contact_events").all();
		expect(JSON.stringify(results)).not.toContain("Tajn");
	});
});

describe("a transcript", () => {
	it("goes to whoever has proven an address, with what they may see, and to nobody else's", async () => {
		await open({});
		const browser = await verified("anna@example.pl");
		const { conversation } = await write(browser, "Dzień dobry <b>pani</b>");
		await answer(conversation, [
			{ is: "note", text: "trudna klientka" },
			{ is: "send", text: "Witam, słucham." },
		]);
		expect((await say(browser, [{ is: "mail" }])).acks).toMatchObject([{ is: "ok" }]);
		const [letter] = await expect.poll(transcripts).toHaveLength(1).then(transcripts);
		expect(letter).toMatchObject({ to: "anna@example.pl", subject: "Zapis rozmowy: Zielony Kąt" });
		expect(letter?.text).toContain("Dzień dobry <b>pani</b>");
		expect(letter?.text).toContain("Witam, słucham.");
		expect(letter?.text).not.toContain("trudna");
		// An agent may send it to whom it is for.
		const sent = await call("POST", `${site}/conversations/${conversation}/mail`, {
			to: "biuro@example.com",
		});
		expect(sent.status).toBe(200);
		await expect.poll(async () => (await transcripts()).map(({ to }) => to)).toContain("biuro@example.com");
	});
});

describe("figures of the chat", () => {
	it("say what is open, who waits, how fast was answered and how it was rated", async () => {
		await open({});
		const [rated, waits] = [await shopper(), await shopper()];
		const { conversation } = await write(rated, "Halo?");
		expect((await say(rated, [{ is: "rate", stars: 4 }])).acks).toMatchObject([
			{ is: "refused", why: "nothing-to-rate" },
		]);
		await answer(conversation, [{ is: "send", text: "Jestem." }, { is: "close" }]);
		await say(rated, [{ is: "rate", stars: 4 }]);
		await write(waits, "Jest tam kto?");
		await settled();
		const figures = await (await call("GET", `${site}/desk/figures`)).json<DeskFigures>();
		expect(figures).toMatchObject({
			now: { open: 1, waiting: 1, longestWaitMs: expect.any(Number) },
			conversations: 2,
			answered: 1,
			ratings: { count: 1, average: 4, stars: [0, 0, 0, 1, 0] },
			agents: [{ agent: "operator", conversations: 1, stars: 4 }],
		});
	});

	it("over days are told by day, by who answered and by the hour, and as files that no spreadsheet runs", async () => {
		await open({}, {});
		const [helped, other] = [await shopper(), await shopper()];
		const { conversation } = await write(helped, "Halo?");
		await answer(conversation, [{ is: "send", text: "Jestem." }]);
		await say(helped, [{ is: "rate", stars: 5 }]);
		await write(other, "Jest tam kto?");
		await settled();
		// One of these began in the night in which the clocks went back, in the hour that there was twice.
		const at = Date.parse("2026-10-25T01:30:00Z");
		await env.DB.prepare("UPDATE conversations SET started_at = ?1 WHERE id = ?2")
			.bind(at, conversation)
			.run();
		const asked = (query: string) => call("GET", `${site}/reports/chat?${query}`);
		const span = "from=2026-10-24&until=2026-10-26";
		const report = await (await asked(span)).json<ChatReport>();
		expect(report).toMatchObject({
			from: "2026-10-24",
			until: "2026-10-26",
			total: { conversations: 1, answered: 1, rated: 1, rating: 5, stars: [0, 0, 0, 0, 1] },
			agents: [{ agent: "operator", conversations: 1, answered: 1, rating: 5 }],
		});
		expect(report.total.firstAnswerMs).toEqual({ median: expect.any(Number), p90: expect.any(Number) });
		expect(report.days.map(({ day, conversations }) => [day, conversations])).toEqual([
			["2026-10-24", 0],
			["2026-10-25", 1],
			["2026-10-26", 0],
		]);
		expect(report.hours).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 1 : 0)));
		expect((await (await asked("days=1")).json<ChatReport>()).total).toMatchObject({
			conversations: 1,
			answered: 0,
			rating: null,
			firstAnswerMs: { median: null, p90: null },
		});
		await env.DB.prepare("UPDATE conversations SET first_agent = '=cmd()'").run();
		const file = await asked(`${span}&format=csv&of=agents`);
		expect(file.headers.get("content-type")).toContain("text/csv");
		const [head, row] = (await file.text()).trim().split("\r\n");
		expect(head).toBe(
			"agent,name,conversations,answered,firstAnswerMs.median,firstAnswerMs.p90,rated,rating",
		);
		expect(row).toMatch(/^"?'=cmd\(\)"?,/);
		expect((await (await asked(`${span}&format=csv`)).text()).split("\r\n")).toHaveLength(5);
	});
});

describe("what was written", () => {
	const found = async (q: string, of = site) => {
		const response = await call("GET", `${of}/conversations?${new URLSearchParams({ q })}`);
		const { conversations } = await response.json<{ conversations: { id: string; found?: string }[] }>();
		return conversations.map(({ id, found: text }) => [id, text]);
	};
	const indexed = () =>
		env.DB.prepare("SELECT hex(block) AS block FROM message_words_data").all<{ block: string }>();
	const hexOf = (text: string) => [...new TextEncoder().encode(text)].map((n) => n.toString(16)).join("");

	it("is found by words that begin so, without accents, in this site alone, changed and taken back as it is now", async () => {
		await open({});
		const other = await publish({ site: "other", settings: { chat: {}, origins: [shop] } });
		const browser = await shopper();
		const { conversation } = await write(browser, "Szukam żółtej łopaty ZAM-12345");
		const foreign = new Browser(other);
		await foreign.view("/cennik", "");
		await write(foreign, "Szukam żółtej taczki");
		await settled();
		await settled("other");
		const text = "Szukam żółtej łopaty ZAM-12345";
		for (const q of ["zolt", "ŻÓŁTEJ", "lopaty szukam", "12345", "zam-123"])
			expect([q, await found(q)]).toEqual([q, [[conversation, text]]]);
		for (const q of ["opaty", "taczki", "zolt taczki", '"?', "* OR site", 'zolt" OR folded : "x'])
			expect([q, await found(q)]).toEqual([q, []]);
		expect(await found("zolt", "other")).toMatchObject([[expect.any(String), "Szukam żółtej taczki"]]);
		const [sent] = (await logOf(conversation)).filter(({ is }) => is === "sent");
		await say(browser, [{ is: "edit", message: sent?.id ?? "", text: "Szukam zielonej łopaty" }]);
		await settled();
		expect([await found("zolt"), await found("zielon")]).toEqual([
			[],
			[[conversation, "Szukam zielonej łopaty"]],
		]);
		await say(browser, [{ is: "delete", message: sent?.id ?? "" }]);
		await settled();
		expect(await found("zielon")).toEqual([]);
	});

	it("of whoever is forgotten is found no more, and its words are nowhere in the index", async () => {
		await open({});
		const browser = await shopper();
		await write(browser, "zupelnieniepowtarzalne slowo");
		await write(await shopper(), "zostaje slowo");
		await settled();
		const before = (await indexed()).results.map(({ block }) => block.toLowerCase()).join();
		expect(before).toContain(hexOf("niepowtarzalne"));
		await browser.send([], "/", { consent: "denied" });
		await settled();
		await expect.poll(() => found("zupelnie")).toEqual([]);
		expect(await found("slowo")).toHaveLength(1);
		const after = (await indexed()).results.map(({ block }) => block.toLowerCase()).join();
		expect(after).not.toContain(hexOf("niepowtarzalne"));
	});
});
