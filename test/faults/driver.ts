// Many browsers at once, each on connections of its own: they send page views and events of their own, some late, some
// twice, and again whatever was not answered.

import { request } from "node:http";
import type { CollectEvent, CollectResponse } from "../../worker/protocol/collect.ts";
import { chromeAgent, messageId } from "../support/client.ts";
import { whereaboutsOf } from "../support/faulty-edge.ts";
import { Journal } from "./journal.ts";
import { pages } from "./pages.ts";

const shop = "https://shop.example";
const hour = 3_600_000;
const requestsPerBrowser = 30;
const eventsPerRequest = 4;
/** Shares of the bodies that go out twice at once, and that come again when the edge was dead and is back. */
const twinShare = 0.2;
const laterShare = 0.1;

interface Body {
	readonly token: string | undefined;
	readonly events: readonly CollectEvent[];
	readonly text: string;
}

export class Driver {
	readonly journal = new Journal();
	readonly #key: string;
	/** Where the edge answers; while it is dead, whoever asks waits. */
	#edge: Promise<string>;
	#later: Body[] = [];
	#isOver = false;
	readonly #browsers: Promise<void>[];

	constructor(edge: string, key: string, browsers: number) {
		this.#edge = Promise.resolve(edge);
		this.#key = key;
		this.#browsers = Array.from({ length: browsers }, () => this.#browse());
	}

	/** The edge is about to die; answers go on when `edge` says where it lives now. */
	async outlive(edge: Promise<string>): Promise<void> {
		this.#edge = edge;
		await edge;
		for (const body of this.#later.splice(0)) await this.#post(body);
	}

	/** Lets every browser end what it is doing, and hears every answer. */
	async finish(): Promise<void> {
		this.#isOver = true;
		await Promise.all(this.#browsers);
		for (const body of this.#later.splice(0)) await this.#post(body);
	}

	async #browse(): Promise<void> {
		while (!this.#isOver) {
			let token: string | undefined;
			for (let i = 0; i < requestsPerBrowser && !this.#isOver; i++) {
				const events = Array.from({ length: 1 + Math.floor(Math.random() * eventsPerRequest) }, anEvent);
				this.journal.send(events);
				const heard = await this.#deliver(token, events);
				// A browser without a token whose answer was lost has nothing to be known by: it begins anew.
				if (heard === undefined) break;
				token = heard;
			}
		}
	}

	/** Sends until an answer comes; with the token that it brought. */
	async #deliver(token: string | undefined, events: readonly CollectEvent[]): Promise<string | undefined> {
		for (;;) {
			const body = this.#bodyOf(token, events);
			const isTwin = token !== undefined && Math.random() < twinShare;
			if (isTwin) this.journal.bodiesSentAgain++;
			const answers = await Promise.all(isTwin ? [this.#post(body), this.#post(body)] : [this.#post(body)]);
			const answer = answers.find((one) => one !== undefined);
			const known = token ?? answer?.token;
			if (known !== undefined && !isTwin && Math.random() < laterShare) {
				this.journal.bodiesSentAgain++;
				this.#later.push(this.#bodyOf(known, events));
			}
			if (answer || token === undefined) return known;
		}
	}

	#bodyOf(token: string | undefined, events: readonly CollectEvent[]): Body {
		const text = JSON.stringify({
			site: this.#key,
			...(token === undefined ? {} : { token }),
			consent: "granted",
			page: { url: `${shop}/`, visible: true },
			decide: true,
			sentAt: Date.now(),
			events,
		});
		return { token, events, text };
	}

	async #post({ token, events, text }: Body): Promise<CollectResponse | undefined> {
		const answer = await post(await this.#edge, text).catch(() => undefined);
		if (answer === undefined) {
			this.journal.hearNothing(events);
			return undefined;
		}
		if (answer.status !== 200) {
			this.journal.refusals.push(`${answer.status} ${answer.text}`);
			throw new Error(`${answer.status} ${answer.text}`);
		}
		const response: CollectResponse = JSON.parse(answer.text);
		this.journal.hear(whereaboutsOf(response.token ?? token ?? "").visitor, response.verdicts);
		return response;
	}
}

function anEvent(): CollectEvent {
	const now = Date.now();
	const lot = Math.random();
	// Most events are fresh; some waited in a queue for hours, and are visits of their own.
	const at = now - (lot < 0.8 ? 0 : lot < 0.92 ? 2 * hour : 26 * hour);
	const page = pages[Math.floor(Math.random() * (pages.length + 1))];
	if (!page)
		return { id: messageId(now), name: "Product Viewed", at, props: { product: "sekator-2", price: 89.9 } };
	return { id: messageId(now), name: "Page Viewed", at, props: { url: shop + page.path, path: page.path } };
}

/** One request on a connection of its own; fails where no whole answer comes. */
function post(edge: string, text: string): Promise<{ readonly status: number; readonly text: string }> {
	return new Promise((resolve, reject) => {
		const headers = { "content-type": "text/plain", "user-agent": chromeAgent, origin: shop };
		const call = request(`${edge}/v1/collect`, { method: "POST", headers, agent: false }, (answer) => {
			let received = "";
			answer.setEncoding("utf8");
			answer.on("data", (chunk: string) => {
				received += chunk;
			});
			answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: received }));
			answer.on("error", reject);
			answer.on("aborted", () => reject(new Error("cut off")));
		});
		call.on("error", reject);
		call.end(text);
	});
}
