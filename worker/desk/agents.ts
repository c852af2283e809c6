// The agents whom this desk knows: whoever ever sat at it can be given a conversation.

import type { Agent, Colleague } from "./call.ts";
import type { DeskStore } from "./store.ts";

export class Agents {
	readonly #store: DeskStore;

	constructor(store: DeskStore) {
		this.#store = store;
	}

	meet({ agent, name }: Agent): void {
		const known = this.#known();
		if (known[agent] !== name) this.#store.setMeta("agents", JSON.stringify({ ...known, [agent]: name }));
	}

	/** Nothing of one who never was here. */
	by(agent: string): Colleague | undefined {
		const known = this.#known();
		const name = Object.hasOwn(known, agent) ? known[agent] : undefined;
		return name === undefined ? undefined : { agent, name };
	}

	#known(): Readonly<Record<string, string>> {
		return JSON.parse(this.#store.meta("agents") ?? "{}");
	}
}
