// The chat's line as the widget keeps it: over links that carry only one way, or nothing at all, and say nothing of it.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Line, openLine } from "../../widget/chat/line.ts";
import type { VisitorCommand, VisitorDown, VisitorFrame } from "../../worker/protocol/chat.ts";

/** What the desk knows: who said what, each id once. */
let taken: Map<string, number>;
/** All sockets there were; the last is the one in use. */
let links: Link[];
/** Of the next sockets. */
let carries: { up: boolean; down: boolean };

class Link {
	static readonly OPEN = 1;
	readyState = Link.OPEN;
	onmessage: ((event: { data: string }) => void) | null = null;
	onclose: ((event: { code: number }) => void) | null = null;
	readonly carries = { ...carries };

	constructor() {
		links.push(this);
		setTimeout(() => this.say(welcome), 1);
	}

	/** From the page. */
	send(text: string): void {
		if (!this.carries.up || this.readyState !== Link.OPEN) return;
		if (text === "ping") {
			this.hear("pong");
			return;
		}
		const frame = JSON.parse(text) as VisitorFrame;
		if (frame.is !== "do") return;
		for (const { id } of frame.commands) if (!taken.has(id)) taken.set(id, taken.size + 1);
		const acks = frame.commands.map(({ id }) => ({ id, is: "ok", seq: taken.get(id) ?? 0 }) as const);
		this.say({ is: "acks", acks });
	}

	close(): void {
		this.readyState = 3;
	}

	say(down: VisitorDown): void {
		this.hear(JSON.stringify(down));
	}

	private hear(data: string): void {
		if (this.carries.down) setTimeout(() => this.onmessage?.({ data }), 20);
	}
}

const welcome: VisitorDown = {
	is: "welcome",
	conversation: null,
	office: { isOpen: true, asks: [], agents: [] },
	got: {},
	after: 0,
	upTo: 0,
	events: [],
};

let line: Line;
let waiting: Map<string, VisitorCommand>;
let isUp: boolean;
let end: AbortController;

beforeEach(async () => {
	vi.useFakeTimers();
	vi.stubGlobal("WebSocket", Link);
	vi.stubGlobal("document", new EventTarget());
	vi.stubGlobal("addEventListener", () => undefined);
	vi.stubGlobal("localStorage", new Map());
	taken = new Map();
	links = [];
	carries = { up: true, down: true };
	waiting = new Map();
	isUp = false;
	end = new AbortController();
	line = openLine({
		settings: { site: "s", edge: "https://edge.example" } as never,
		has: () => ({ conversation: null, upTo: 0 }),
		waiting: () => [...waiting.values()],
		here: () => ({ is: "here", url: "https://shop.example/", visible: true }),
		mayTalk: async () => true,
		isWatched: () => true,
		hear: (down) => {
			if ("acks" in down) for (const { id } of down.acks ?? []) waiting.delete(id);
		},
		onLink: (up) => {
			isUp = up;
		},
		signal: end.signal,
	});
	await vi.advanceTimersByTimeAsync(100);
	expect([links.length, isUp]).toEqual([1, true]);
});
afterEach(() => {
	end.abort();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function write(id: string): void {
	waiting.set(id, { id, is: "send", text: id });
	line.flush();
}

describe("a link that carries only one way", () => {
	it.each([
		["to us", { up: false, down: true }],
		["from us", { up: true, down: false }],
		["nothing", { up: false, down: false }],
	])(
		"%s: is noticed within seconds by whoever writes, and what was written arrives once",
		async (_, still) => {
			const [first] = links;
			Object.assign(first?.carries ?? {}, still);
			write("a");
			await vi.advanceTimersByTimeAsync(5_000);
			expect(waiting.size).toBe(1);
			await vi.advanceTimersByTimeAsync(3_000);
			expect(links.length).toBe(2);
			expect([waiting.size, isUp, [...taken.keys()]]).toEqual([0, true, ["a"]]);
			expect(first?.readyState).toBe(3);
		},
	);

	it("is noticed within half a minute and some seconds by whoever only listens", async () => {
		Object.assign(links[0]?.carries ?? {}, { down: false });
		await vi.advanceTimersByTimeAsync(32_000);
		expect([links.length, isUp]).toEqual([2, true]);
	});

	it("is left alone while it answers, however quiet it is", async () => {
		await vi.advanceTimersByTimeAsync(3_600_000);
		expect([links.length, isUp]).toEqual([1, true]);
	});

	it("where no new one is to be had, pauses longer and longer", async () => {
		carries = { up: false, down: false };
		const asked = vi.fn(async () => Promise.reject(new TypeError("nothing there")));
		vi.stubGlobal("fetch", asked);
		Object.assign(links[0]?.carries ?? {}, carries);
		await vi.advanceTimersByTimeAsync(3_600_000);
		expect(isUp).toBe(false);
		// By sockets and by requests: in the end every half minute, give or take.
		const tries = links.length + asked.mock.calls.length;
		expect(tries).toBeGreaterThan(60);
		expect(tries).toBeLessThan(250);
	});
});
