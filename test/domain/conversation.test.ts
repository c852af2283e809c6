// What a conversation promises, whatever is done in it and by whom.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../worker/domain/conversation/command.ts";
import { decide } from "../../worker/domain/conversation/decide.ts";
import { type Author, type Event, forVisitor } from "../../worker/domain/conversation/event.ts";
import { isWithin, opensAt } from "../../worker/domain/conversation/office.ts";
import { addressIn, type Circumstances, react } from "../../worker/domain/conversation/reception.ts";
import { type Conversation, editableMs, evolve } from "../../worker/domain/conversation/state.ts";
import { runs } from "../support/runs.ts";

const whose = { person: "p", part: "q", visitor: "v", proof: null } as const;
const visitor: Author = { who: "visitor" };
const ala: Author = { who: "agent", agent: "ala", name: "Ala" };
const ola: Author = { who: "agent", agent: "ola", name: "Ola" };
const site: Author = { who: "site" };

interface Step {
	readonly by: Author;
	readonly deed: Omit<Command, "id" | "seen">;
	/** How much of the log the agent has not seen. */
	readonly behind: number;
	/** Which of the messages so far is meant. */
	readonly which: number;
	readonly afterMs: number;
}

const text = fc.oneof(fc.string({ maxLength: 5 }), fc.constant("napisz na anna@example.pl"));
const ofVisitor = fc.oneof(
	text.map((one) => ({ is: "send", text: one }) as const),
	fc.nat(50).map((upTo) => ({ is: "read", upTo }) as const),
	fc.record({ is: fc.constant("rate" as const), stars: fc.integer({ min: 1, max: 5 }) }),
	fc.constant({ is: "introduce", email: "anna@example.pl" } as const),
	text.map((one) => ({ is: "edit", message: "", text: one }) as const),
	fc.constant({ is: "delete", message: "" } as const),
	fc.constant({ is: "close" } as const),
);
const ofAgents = fc.oneof(
	ofVisitor.filter(({ is }) => is !== "rate" && is !== "introduce"),
	fc.constant({ is: "take" } as const),
	fc.constantFrom(null, { agent: "ola", name: "Ola" }).map((to) => ({ is: "assign", to }) as const),
	fc.constant({ is: "reopen" } as const),
	fc.integer({ min: -5, max: 5_000 }).map((until) => ({ is: "snooze", until }) as const),
	text.map((one) => ({ is: "note", text: one }) as const),
	fc.constant({ is: "push", what: { is: "coupon", code: "X", text: "x" } } as const),
);
const step: fc.Arbitrary<Step> = fc.record({
	by: fc.constantFrom(visitor, ala, ola),
	deed: fc.oneof(ofVisitor, ofAgents) as fc.Arbitrary<Step["deed"]>,
	behind: fc.nat(4),
	which: fc.nat(5),
	afterMs: fc.oneof(fc.nat(1_000), fc.constant(editableMs)),
});

interface Lived {
	readonly log: readonly Event[];
	readonly state: Conversation;
	readonly refused: number;
}

function live(steps: readonly Step[]): Lived {
	let at = 1_000;
	const first = decide(undefined, { id: "m0", is: "send", text: "start" }, visitor, at, { whose });
	if (first.is === "refused") throw new Error(first.why);
	let { state } = first;
	const log = [...first.events];
	let refused = 0;
	for (const [i, { by, deed, behind, which, afterMs }] of steps.entries()) {
		at += afterMs;
		const messages = log.filter(({ is }) => is === "sent");
		const seen = by.who === "agent" ? { seen: Math.max(0, state.seq - behind) } : {};
		const meant = "message" in deed ? { message: messages[which % messages.length]?.id ?? "" } : {};
		const until = "until" in deed ? { until: at + Number(deed.until) } : {};
		const command = { ...deed, ...meant, ...until, ...seen, id: `c${i}` } as Command;
		const before = JSON.stringify(state);
		const decision = decide(state, command, by, at);
		expect(JSON.stringify(state)).toBe(before);
		if (decision.is === "refused") refused++;
		else {
			log.push(...decision.events);
			state = decision.state;
		}
	}
	return { log, state, refused };
}

describe("a conversation's log", () => {
	it("is numbered from one without a gap, and folds to the same state wherever it is read", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const { log, state } = live(steps);
				expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
				const folded = log.reduce<Conversation | undefined>(
					(known, event) => evolve(known, event),
					undefined,
				);
				expect(JSON.parse(JSON.stringify(folded))).toEqual(JSON.parse(JSON.stringify(state)));
			}),
			{ numRuns: runs(300, 10_000) },
		);
	});

	it("shows the visitor nothing of what agents say among themselves, nor whom they know it to be", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const { log } = live(
					steps.map((one) =>
						"text" in one.deed && one.deed.is === "note"
							? { ...one, deed: { ...one.deed, text: "SECRET" } }
							: one,
					),
				);
				const seen = JSON.stringify(log.flatMap((event) => forVisitor(event) ?? []));
				expect(seen).not.toMatch(/SECRET|"noted"|"snoozed"|"identified"|"whose"/);
			}),
			{ numRuns: runs(300, 5_000) },
		);
	});

	it("keeps as much of a room in which much is said as of a quiet one", () => {
		const id = "0194a000-0000-7000-8000-000000000000";
		const said = { by: visitor, deed: { is: "send", text: "x" }, behind: 0, which: 0, afterMs: 1 } as const;
		let { state } = live([said]);
		for (let n = 0; n < 500; n++) {
			const next = decide(state, { ...said.deed, id: `${id}${n}` }, visitor, 2_000 + n);
			if (next.is === "done") state = next.state;
		}
		expect(state.seq).toBeGreaterThan(500);
		expect(JSON.stringify(state).length).toBeLessThan(8_000);
	});

	it("lets a message be changed by who wrote it alone, while it is fresh and not taken back", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const { log } = live(steps);
				for (const [i, event] of log.entries()) {
					if (event.is !== "edited" && event.is !== "deleted") continue;
					const before = log.slice(0, i);
					const message = before.find(({ id, is }) => is === "sent" && id === event.message);
					expect(message?.by).toEqual(event.by);
					expect(event.at - (message?.at ?? 0)).toBeLessThanOrEqual(editableMs);
					expect(before.some((one) => one.is === "deleted" && one.message === event.message)).toBe(false);
				}
			}),
			{ numRuns: runs(300, 5_000) },
		);
	});

	it("counts as unread what the visitor wrote since an agent read", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const { log, state } = live(steps);
				const read = Math.max(
					0,
					...log.flatMap((event) => (event.is === "read" && event.by.who !== "visitor" ? [event.upTo] : [])),
				);
				const written = log.filter(({ is, by, seq }) => is === "sent" && by.who === "visitor" && seq > read);
				expect(state.unread).toEqual(written.map(({ seq }) => seq));
			}),
			{ numRuns: runs(300, 5_000) },
		);
	});
});

describe("two agents", () => {
	const collides = (is: string) => ["send", "take", "assign", "close", "snooze"].includes(is);

	it("never do what the other could not know of: the later is told that it is stale", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), ofAgents, ofAgents, (steps, one, other) => {
				const { state, log } = live(steps);
				const at = (log.at(-1)?.at ?? 0) + 1;
				const begin = (id: string, deed: typeof one, from: Conversation, by: Author) =>
					decide(
						from,
						{ ...deed, id, seen: state.seq, ...("until" in deed && { until: at + 9 }) } as Command,
						by,
						at,
					);
				const first = begin("a", one, state, ala);
				if (first.is === "refused" || !collides(one.is) || first.events.length === 0) return;
				const second = begin("b", other, first.state, ola);
				if (collides(other.is)) expect(second).toEqual({ is: "refused", why: "stale" });
			}),
			{ numRuns: runs(500, 10_000) },
		);
	});

	it("who take it at the same moment: one has it, and who has seen that is told whose it is", () => {
		const { state } = live([]);
		const first = decide(state, { id: "a", is: "take", seen: state.seq }, ala, 2_000);
		if (first.is === "refused") throw new Error(first.why);
		expect(first.state.agent).toEqual({ agent: "ala", name: "Ala" });
		const take = (seen: number) => decide(first.state, { id: "b", is: "take", seen }, ola, 2_000);
		expect(take(state.seq)).toEqual({ is: "refused", why: "stale" });
		expect(take(first.state.seq)).toEqual({ is: "refused", why: "taken" });
	});
});

describe("a conversation that was put aside", () => {
	it("comes back when its visitor writes, and stays where the site speaks by itself", () => {
		const { state } = live([]);
		const aside = decide(state, { id: "s", is: "snooze", until: 9_000, seen: state.seq }, ala, 2_000);
		if (aside.is === "refused") throw new Error(aside.why);
		const statusAfter = (by: Author) => {
			const said = decide(aside.state, { id: "x", is: "send", text: "x" }, by, 3_000);
			return said.is === "done" && said.state.status;
		};
		expect([statusAfter(site), statusAfter(visitor)]).toEqual(["snoozed", "open"]);
	});
});

describe("the first message", () => {
	const alone: Circumstances = { isOpen: false, present: [], routes: [], segments: [] };
	const address = { ask: "Adres?", thank: "Dzięki" };

	it("is given to whom the first rule that fits names, of those who are there the one with the fewest", () => {
		const { state } = live([]);
		const present = [
			{ agent: "ala", name: "Ala", open: 3 },
			{ agent: "ola", name: "Ola", open: 1 },
		];
		const routes = [
			{ id: "gold", segment: "gold", agents: ["ala"] },
			{
				id: "polish",
				language: "pl",
				pages: [{ op: "starts-with", value: "/cennik" } as const],
				agents: ["ola", "ala"],
			},
		];
		const given = (more: Partial<Circumstances>) =>
			react(undefined, { ...state, language: "pl-PL", url: "https://shop.example/Cennik?x=1" }, "x", {
				...alone,
				present,
				routes,
				isOpen: true,
				...more,
			}).flatMap(({ deed }) => (deed.is === "assign" ? [deed.to?.agent, deed.route] : []));
		expect(given({ segments: ["gold"] })).toEqual(["ala", "gold"]);
		expect(given({})).toEqual(["ola", "polish"]);
		expect(given({ present: [] })).toEqual([]);
	});

	it("that nobody is there to read is answered with a question for an address, and the next one is looked through for it", () => {
		const { state } = live([]);
		const asks = react(undefined, state, "start", { ...alone, offline: "Nie ma nas", address });
		expect(asks.map(({ deed }) => deed.is === "send" && deed.flow)).toEqual(["offline", "ask-address"]);
		const waiting = { ...state, asksAddress: true };
		const taken = react(waiting, waiting, "Proszę: anna@example.pl.", { ...alone, address });
		expect(taken.map(({ by, deed }) => [by.who, deed.is])).toEqual([
			["visitor", "introduce"],
			["site", "send"],
		]);
		expect(react(waiting, waiting, "nie podam", { ...alone, address })).toEqual([]);
	});

	it("finds an address in any text in time that grows with its length alone", () => {
		expect(addressIn("pisz na a.b@c-d.example.pl, proszę")).toBe("a.b@c-d.example.pl");
		expect(addressIn("żaden@ adres")).toBeUndefined();
		fc.assert(
			fc.property(fc.constantFrom("a@", "a.", "@", "aa@a-", "a@a."), fc.nat(2_000), (unit, times) => {
				addressIn(unit.repeat(times).slice(0, 4_000));
			}),
			{ numRuns: runs(50, 500) },
		);
	});
});

describe("office hours", () => {
	const nine = { from: 540, until: 1_020 };
	const hours = [nine, nine, nine, nine, nine, null, null];
	const at = (text: string) => Date.parse(text);

	it("are the site's own, on both sides of a change of clocks", () => {
		const zone = "Europe/Warsaw";
		expect(isWithin(hours, zone, at("2026-03-27T08:00:00Z"))).toBe(true);
		expect(isWithin(hours, zone, at("2026-03-27T07:59:00Z"))).toBe(false);
		expect(isWithin(hours, zone, at("2026-03-30T07:00:00Z"))).toBe(true);
		expect(isWithin(hours, zone, at("2026-03-28T12:00:00Z"))).toBe(false);
		expect(opensAt(hours, zone, at("2026-03-27T17:00:00Z"))).toBe(at("2026-03-30T07:00:00Z"));
		expect(opensAt([null, null, null, null, null, null, null], zone, 0)).toBeUndefined();
		expect(isWithin(undefined, zone, 0)).toBe(true);
	});
});
