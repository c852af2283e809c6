// Erasure against traffic: whatever was under way, delayed, sent twice or lost on the way to D1 when somebody was erased,
// nothing of theirs comes back. Each life is made of a number: WITAJ_LONG lives 500 of them.

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Identifier } from "../../worker/domain/contact.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { messageId, publish, send } from "../support/client.ts";
import { localSecrets } from "../support/edge.ts";
import { FaultyEdge, until, whereaboutsOf } from "../support/faulty-edge.ts";
import { randomOf } from "./chance.ts";
import { type Plan, sound } from "./worker/plan.ts";

const lives = process.env.WITAJ_LONG ? 500 : 30;
/** D1 fails for all lives of a group alike. */
const perGroup = 10;
const shop = "https://shop.example";

let edge: FaultyEdge;
beforeAll(async () => {
	edge = await FaultyEdge.start();
});
afterAll(() => edge.stop());

/** One visitor of a site of their own, and what may happen around their erasure. */
class Life {
	readonly site: string;
	readonly #random: () => number;
	readonly #email: Identifier;
	/** On everything that happened before the erasure was asked for. */
	readonly #secret: string;
	#key = "";
	#token: string | undefined;
	/** Tokens of before, which a tab may still carry. */
	#tokens: string[] = [];
	#queue: object[] = [];
	#sent: string[] = [];
	#found: { person: string; cell: string; erasedAt?: number }[] = [];
	#told: { id: string; name: string; at: number; props: Record<string, string> }[] = [];
	#underWay: Promise<unknown>[] = [];
	#erased = "";
	#isOver = false;

	constructor(seed: number) {
		this.site = `erased-${seed}`;
		this.#random = randomOf(seed);
		this.#email = { kind: "email", value: `tajny-${seed}@example.pl` };
		this.#secret = `tajemnica-${seed}-`;
	}

	async begin(): Promise<void> {
		this.#key = (await publish(edge.url, this.site, settings, definitions)).key;
		await this.#view();
		// As an identification gives it to them.
		const { visitor: person, cell } = whereaboutsOf(this.#token ?? "");
		await edge.resolve(this.site, [this.#email], { person, cell });
		const part = { id: `server-${person}`, kind: "server" as const };
		await edge.receive(this.site, cell, [
			{ person, part, identifiers: [this.#email], events: [], firesRules: true },
		]);
	}

	/** Some of it waited for, some of it left under way. */
	async live(steps: number): Promise<void> {
		const acts = [
			() => this.#view(),
			() => this.#view(),
			() => this.#sign(),
			() => this.#queueUp(),
			() => this.#sendQueue(),
			() => this.#again(),
			() => this.#find(),
			() => this.#tell(),
			() => this.#tag(),
		];
		for (let step = 0; step < steps; step++) {
			const act = acts[Math.floor(this.#random() * acts.length)] ?? (() => this.#view());
			const done = act().catch(() => {});
			this.#underWay.push(done);
			if (this.#random() < 0.6) await done;
		}
	}

	async erase(): Promise<void> {
		this.#erased = whereaboutsOf(this.#tokens[0] ?? this.#token ?? "").visitor;
		this.#isOver = true;
		const answer = await this.#operate("DELETE", this.#erased);
		if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
	}

	/** What comes late: tabs with old tokens, queues, a server's own, everything sent once more. */
	async linger(): Promise<void> {
		const acts = [() => this.#sendQueue(), () => this.#again(), () => this.#tell(), () => this.#open()];
		for (let step = 0; step < 6; step++) await acts[Math.floor(this.#random() * acts.length)]?.();
	}

	async settle(): Promise<void> {
		await Promise.all(this.#underWay);
		await until(
			async () => {
				const answer = await fetch(`${this.#people}/${this.#erased}/erasure`, operator("GET"));
				return (await answer.json()) as { is: string };
			},
			({ is }) => is === "erased",
		);
		for (const cell of await edge.cells(this.site))
			await until(
				() => edge.tables(this.site, cell),
				({ outbox }) => outbox.every(({ sink }) => sink !== "d1"),
			);
	}

	async traces(): Promise<readonly string[]> {
		const all = await edge.everything(this.site, [this.#email]);
		return [this.#erased, this.#secret, this.#email.value].flatMap((trace) => {
			const at = all.indexOf(trace);
			return at < 0 ? [] : [all.slice(Math.max(0, at - 120), at + 120)];
		});
	}

	get #people(): string {
		return `${edge.url}/api/sites/${this.site}/people`;
	}

	#operate(method: string, person: string): Promise<Response> {
		return fetch(`${this.#people}/${person}`, operator(method));
	}

	#happening(name: string, props: Record<string, string>): object {
		return { id: messageId(), name, at: Date.now(), props };
	}

	#pageOf(path: string): object {
		return this.#happening("Page Viewed", { url: shop + path, path });
	}

	async #post(events: readonly object[], token = this.#token): Promise<void> {
		const url = `${shop}/`;
		const body = JSON.stringify({
			site: this.#key,
			...(token === undefined ? {} : { token }),
			consent: "granted",
			page: { url, visible: true },
			decide: this.#random() < 0.5,
			sentAt: Date.now(),
			events,
		});
		// Sent once more without a token, it would be another browser's.
		if (token !== undefined) this.#sent.push(body);
		await this.#take(body);
	}

	async #take(body: string): Promise<void> {
		const answer = await send(edge.url, body);
		if (!answer.ok) throw new Error(String(answer.status));
		const { token } = (await answer.json()) as { token?: string };
		if (token === undefined) return;
		if (this.#token !== undefined) this.#tokens.push(this.#token);
		this.#token = token;
	}

	#view(): Promise<void> {
		return this.#post([this.#pageOf(this.#isOver ? "/jawna" : `/${this.#secret}${this.#sent.length}`)]);
	}

	#sign(): Promise<void> {
		if (this.#isOver) return this.#open();
		return this.#post([this.#happening("Form Submitted", { email: this.#email.value, name: this.#secret })]);
	}

	async #queueUp(): Promise<void> {
		if (this.#isOver) return;
		this.#queue.push(this.#pageOf(`/${this.#secret}queue`));
		this.#queue.push(this.#happening("Form Submitted", { email: this.#email.value }));
	}

	/** With today's token, or one that another tab still has. */
	#sendQueue(): Promise<void> {
		const old = this.#tokens[Math.floor(this.#random() * this.#tokens.length)];
		return this.#post(this.#queue.splice(0), this.#random() < 0.5 ? (old ?? this.#token) : this.#token);
	}

	async #again(): Promise<void> {
		const body = this.#sent[Math.floor(this.#random() * this.#sent.length)];
		if (body !== undefined) await this.#take(body);
	}

	/** A page that is opened after the erasure, and may be known. */
	#open(): Promise<void> {
		return this.#post([this.#pageOf("/jawna")]);
	}

	/** The server finds the person, and keeps that for later. */
	async #find(): Promise<void> {
		if (this.#told.length === 0 && !this.#isOver) {
			const order = { order_id: `${this.#secret}order`, revenue: "10" };
			this.#told.push({ id: messageId(), name: "Order Completed", at: Date.now(), props: order });
		}
		this.#found.push(await edge.resolve(this.site, [this.#email]));
	}

	/** With what it found before, or anew; of what happened before the erasure. */
	async #tell(): Promise<void> {
		const known = this.#found[Math.floor(this.#random() * this.#found.length)];
		if (!known || this.#told.length === 0) return;
		const { person, cell, erasedAt } =
			this.#random() < 0.5 ? known : await edge.resolve(this.site, [this.#email]);
		const part = { id: `server-${person}`, kind: "server" as const };
		const past = erasedAt === undefined ? {} : { erasedAt };
		await edge.receive(this.site, cell, [
			{ person, part, identifiers: [this.#email], events: this.#told, firesRules: true, ...past },
		]);
	}

	async #tag(): Promise<void> {
		const person = whereaboutsOf(this.#token ?? "").visitor;
		const body = { id: messageId(), act: { kind: "tag", tag: "VIP" }, people: [person] };
		await fetch(`${edge.url}/api/sites/${this.site}/acts`, {
			...operator("POST"),
			body: JSON.stringify(body),
		});
	}
}

const operator = (method: string) => ({
	method,
	headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
});

test(`${lives} people are erased in the middle of everything, and nothing of them comes back`, async () => {
	for (let from = 0; from < lives; from += perGroup) {
		const group = Array.from({ length: Math.min(perGroup, lives - from) }, (_, n) => new Life(from + n));
		const random = randomOf(10_000 + from);
		const failing: Plan = { ...sound, before: random() * 0.4, after: random() * 0.4, seed: from + 1 };
		await Promise.all(group.map((life) => life.begin()));
		await edge.order(random() < 0.3 ? { ...failing, down: true } : failing);
		await Promise.all(
			group.map(async (life, n) => {
				await life.live(4 + (n % 8));
				await Promise.all([life.erase(), life.live(n % 4)]);
				await life.linger();
			}),
		);
		await edge.order(sound);
		await Promise.all(group.map((life) => life.settle()));
		await Promise.all(group.map((life) => life.linger()));
		await Promise.all(group.map((life) => life.settle()));
		for (const life of group) expect([life.site, await life.traces()]).toEqual([life.site, []]);
	}
}, 1_800_000);
