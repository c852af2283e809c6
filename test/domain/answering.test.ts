// What the chat answers by itself out of the site's own questions and answers: what is clearly meant, and nothing else.

import { describe, expect, it } from "vitest";
import { answerTo, isToAnswer } from "../../worker/domain/conversation/answering.ts";
import { decide } from "../../worker/domain/conversation/decide.ts";
import type { Author } from "../../worker/domain/conversation/event.ts";
import type { Conversation } from "../../worker/domain/conversation/state.ts";

const entries = [
	[
		"delivery-cost",
		"Ile kosztuje dostawa?",
		"Kurier kosztuje 15 zł, a od 200 zł wysyłka jest darmowa. Odbiór w paczkomacie 12 zł.",
	],
	["delivery-time", "Kiedy dostanę paczkę?", "Wysyłamy w 24 godziny, kurier doręcza następnego dnia."],
	["returns", "Jak zwrócić towar?", "Na zwrot masz 30 dni. Wypełnij formularz zwrotu i odeślij paczkę."],
	["complaint", "Jak złożyć reklamację?", "Napisz do nas i dołącz zdjęcie. Odpowiadamy w 14 dni."],
	["invoice", "Czy wystawiacie faktury VAT?", "Tak, podaj NIP przy zamówieniu."],
	["payment", "Jak mogę zapłacić?", "BLIK, karta, przelew i przy odbiorze. Raty od 300 zł."],
	["hours", "W jakich godzinach jest otwarty sklep?", "Od poniedziałku do piątku od 9 do 17."],
	["warranty", "Jak długa jest gwarancja na kosiarki?", "Dwa lata, na silnik trzy. Serwis mamy w Krakowie."],
	["parts", "Gdzie kupię części zamienne?", "W dziale Części, po numerze modelu."],
	["status", "Gdzie jest moje zamówienie?", "Status zobaczysz po zalogowaniu, w zakładce Zamówienia."],
].map(([id = "", question = "", answer = ""]) => ({ id, question, answer }));
const answered = (text: string, given: readonly string[] = []) =>
	answerTo(entries, text, (entry) => entry, given)?.id;

describe("the answer to what a visitor writes", () => {
	it.each([
		["Dzień dobry, ile kosztuje dostawa kurierem do Krakowa?", "delivery-cost"],
		["witam, chciałabym zapytać o koszt dostawy", "delivery-cost"],
		["po ile wysyłka", "delivery-cost"],
		["czy wysylka jest darmowa", "delivery-cost"],
		["kiedy przyjdzie moja paczka", "delivery-time"],
		["kiedy wyślecie paczkę?", "delivery-time"],
		["ile mam dni na zwrot?", "returns"],
		["ZWROTY", "returns"],
		["reklamacja", "complaint"],
		["chcę złożyć reklamację, kosiarka nie działa", "complaint"],
		["Czy dostanę fakturę VAT?", "invoice"],
		["w jakich godzinach pracujecie", "hours"],
		["jaka jest gwarancja na kosiarkę", "warranty"],
		["gdzie są części zamienne", "parts"],
		["Co z moim zamówieniem?", "status"],
	])("is found however it is asked: %s", (text, id) => {
		expect(answered(text)).toBe(id);
	});

	it.each([
		"dzień dobry",
		"halo, jest tam ktoś?",
		"ok",
		"dziękuję bardzo",
		"chcę rozmawiać z człowiekiem",
		"jaką kosiarkę polecacie do dużego ogrodu?",
		"czy kosiarka X200 ma napęd?",
		"mam problem ze stroną, nie mogę się zalogować",
		"szukam prezentu dla taty",
		"",
		"😀",
	])("is none where the site has none, and a person has to look: %s", (text) => {
		expect(answered(text)).toBeUndefined();
	});

	it("is none where two are meant alike, and is not given twice", () => {
		const twice = [1, 2].map((n) => ({ id: `${n}`, question: "Dostawa", answer: "Tak." }));
		expect(answerTo(twice, "dostawa", (entry) => entry, [])).toBeUndefined();
		expect(answered("zwroty", ["returns"])).toBeUndefined();
	});
});

describe("whether an answer is looked for", () => {
	const visitor: Author = { who: "visitor" };
	const ala: Author = { who: "agent", agent: "ala", name: "Ala" };
	const whose = { person: "p", part: "q", visitor: "v", proof: null } as const;
	let n = 0;
	const said = (state: Conversation | undefined, by: Author, flow?: "ask-address"): Conversation => {
		const command = { id: `c${n++}`, is: "send", text: "x", ...(flow && { flow }) } as const;
		const decision = decide(state, command, by, 1_000 + n, { whose });
		if (decision.is === "refused") throw new Error(decision.why);
		return decision.state;
	};

	it("is so until an agent has answered, and again where it is taken up after its end", () => {
		expect(isToAnswer(undefined, "dostawa?")).toBe(true);
		const asked = said(undefined, visitor);
		expect(isToAnswer(asked, "a zwrot?")).toBe(true);
		const helped = said(asked, ala);
		expect(isToAnswer(helped, "a zwrot?")).toBe(false);
		const closed = decide(helped, { id: "end", is: "close" }, visitor, 9_000);
		expect(closed.is === "done" && isToAnswer(closed.state, "jeszcze jedno")).toBe(true);
	});

	it("is not so for an address that was asked for, nor without end for whoever writes on and on", () => {
		const asking = said(said(undefined, visitor), { who: "site" }, "ask-address");
		expect(isToAnswer(asking, "anna@example.pl")).toBe(false);
		expect(isToAnswer(asking, "a ile kosztuje dostawa?")).toBe(true);
		let state = said(undefined, visitor);
		for (let i = 0; i < 20; i++) state = said(state, visitor);
		expect(isToAnswer(state, "dostawa?")).toBe(false);
	});
});
