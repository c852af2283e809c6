// Visitors who have their tokens already, and the page views that they send.

import { messageId, pageView } from "../support/client.ts";
import { pathAt } from "./definitions.ts";
import { inParallel, type Pages } from "./load.ts";

const shop = "https://shop.example";

/** A request ready to be sent, and whose it is. */
export interface View {
	readonly visitor: string;
	readonly id: string;
	readonly body: string;
}

export class Crowd {
	readonly site: string;
	/** The views by which they came, as whoever knows them already would have sent them. */
	readonly firstViews: readonly View[];
	readonly #key: string;
	readonly #tokens: readonly string[];
	readonly #decide: boolean;
	readonly #sent = new Map<string, number>();
	/** Views of one round are the same for whoever asks for them. */
	readonly #rounds: (readonly View[])[] = [];
	readonly #roundOf = new Map<string, number>();
	#steps = 0;

	private constructor(
		site: string,
		key: string,
		tokens: readonly string[],
		firstViews: readonly View[],
		decide: boolean,
	) {
		this.site = site;
		this.#key = key;
		this.#tokens = tokens;
		this.firstViews = firstViews;
		this.#decide = decide;
	}

	static async gather(
		pages: Pages,
		edge: string,
		site: string,
		key: string,
		count: number,
		decide = true,
	): Promise<Crowd> {
		const tokens: string[] = [];
		const views: View[] = [];
		await inParallel(count, 32, async (n) => {
			const body = { ...pageView(key, shop + pathAt(n), undefined, "https://www.google.com/"), decide };
			const answer = await pages.post(`${edge}/v1/collect`, JSON.stringify(body));
			const token: string | undefined = JSON.parse(answer.body).token;
			if (token === undefined) throw new Error(`a newcomer got no token: ${answer.status} ${answer.body}`);
			tokens.push(token);
			views.push({
				visitor: visitorIn(token),
				id: body.page.view,
				body: JSON.stringify({ ...body, token }),
			});
		});
		return new Crowd(site, key, tokens, views, decide);
	}

	/** The next round of views for this kind of request; every kind gets the same. */
	views(kind: string, count: number): readonly View[] {
		const round = this.#roundOf.get(kind) ?? 0;
		this.#roundOf.set(kind, round + 1);
		// A visit has five page views: a fifth of so many visitors come by in one round, and others in the next.
		const present = Math.ceil(count / 5);
		this.#rounds[round] ??= Array.from({ length: count }, (_, n) =>
			this.#view(round * present + (n % present)),
		);
		return this.#rounds[round];
	}

	/** Of everybody in turn. */
	nextView(): View {
		return this.#view(this.#steps);
	}

	#view(visitor: number): View {
		const n = this.#steps++;
		const token = this.#tokens[visitor % this.#tokens.length] ?? "";
		const step = Math.floor(n / this.#tokens.length) + 1;
		const path = pathAt(n + step * 17);
		const body = { ...pageView(this.#key, shop + path, token, `${shop}/`), decide: this.#decide };
		return { visitor: visitorIn(token), id: body.page.view, body: JSON.stringify(body) };
	}

	async send(pages: Pages, url: string, views: readonly View[], lanes: number): Promise<void> {
		await inParallel(views.length, lanes, async (n) => {
			const view = views[n];
			if (view) await sendOne(pages, url, view);
		});
	}

	count(kind: string, events: number): void {
		this.#sent.set(kind, this.sent(kind) + events);
	}

	sent(kind: string): number {
		return this.#sent.get(kind) ?? 0;
	}
}

export async function sendOne(pages: Pages, url: string, { visitor, body }: View): Promise<void> {
	const { status, body: text } = await pages.post(url, body, { "x-visitor": visitor });
	if (status !== 200 || text.includes('"dropped"')) throw new Error(`${url}: ${status} ${text}`);
}

function visitorIn(token: string): string {
	return token.split(".")[3] ?? messageId();
}
