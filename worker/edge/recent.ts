// What the objects of sites answered lately. Settings, keys and logins change seldom, and every request asks for some of
// them: one isolate asks once in a while, and what has changed holds everywhere so much later.

import type { EdgeEnv } from "../platform/env.ts";

const rememberMs = 5_000;
const mostSites = 1_000;
const all: Recent<unknown>[] = [];

export class Recent<Answer> {
	readonly #answers = new Map<string, { readonly answer: Answer; readonly at: number }>();
	readonly #ask: (env: EdgeEnv, site: string) => Promise<Answer | undefined>;

	/** `ask`: of one site. Where it answers nothing, it is asked again the next time. */
	constructor(ask: (env: EdgeEnv, site: string) => Promise<Answer | undefined>) {
		this.#ask = ask;
		all.push(this);
	}

	/** As it was at most so long ago. */
	async of(env: EdgeEnv, site: string, agoMs = rememberMs): Promise<Answer | undefined> {
		const known = this.#answers.get(site);
		if (known && Date.now() - known.at < agoMs) return known.answer;
		const answer = await this.#ask(env, site);
		if (this.#answers.size >= mostSites) this.#answers.clear();
		if (answer !== undefined) this.#answers.set(site, { answer, at: Date.now() });
		return answer;
	}

	forget(): void {
		this.#answers.clear();
	}
}

/** For whoever makes sites anew under the same names. */
export function forgetRecent(): void {
	for (const one of all) one.forget();
}
