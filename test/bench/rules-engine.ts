// The same segments in json-rules-engine: five conditions each, three segments in four all of them, the others any.

import { Engine } from "json-rules-engine";
import type { Pair } from "./scene.ts";

const perSegment = 5;

export class RulesEngine {
	readonly #engine = new Engine([], { allowUndefinedFacts: true });
	readonly #names: readonly string[];

	constructor(size: number, asked: readonly Pair[]) {
		this.#names = asked.map(({ name }) => name);
		for (let i = 0; i < size; i++) {
			const five = asked.slice(i * perSegment, (i + 1) * perSegment).map(conditionOf);
			const conditions = i % 4 < 3 ? { all: five } : { any: five };
			this.#engine.addRule({ conditions, event: { type: String(i) } });
		}
	}

	/** The numbers of the segments that hold; `values` in the order of what is asked. */
	async run(values: readonly unknown[]): Promise<ReadonlySet<number>> {
		const facts = Object.fromEntries(this.#names.map((name, k) => [name, values[k]]));
		const { events } = await this.#engine.run(facts);
		return new Set(events.map(({ type }) => Number(type)));
	}
}

const operators: Readonly<Record<string, string>> = {
	$gte: "greaterThanInclusive",
	$lte: "lessThanInclusive",
	$in: "in",
};

function conditionOf({ name, mongo }: Pair) {
	const tests = Object.entries((mongo as Record<string, Record<string, unknown>>)[name] ?? {}).map(
		([operator, value]) => ({ fact: name, operator: operators[operator] ?? operator, value }),
	);
	return { all: tests };
}
