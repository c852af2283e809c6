import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bounds, learn, type Memory, newMemory } from "../../worker/domain/recommend/memory.ts";
import { foretell } from "../../worker/domain/recommend/neighbours.ts";

const small: Bounds = { sessions: 8, itemsPerSession: 4, sessionsPerItem: 3 };

function memoryOf(sessions: Readonly<Record<string, string>>, bounds?: Bounds): Memory {
	const memory = newMemory(bounds);
	for (const [visit, products] of Object.entries(sessions))
		for (const product of products.split(" ")) learn(memory, visit, product);
	return memory;
}

const products = (memory: Memory, seen: string, again = false) =>
	foretell(memory, seen.split(" "), { most: 5, again }).map(({ product }) => product);

describe("a recommendation", () => {
	const memory = memoryOf({
		a: "mower battery charger",
		b: "mower battery",
		c: "mower oil",
		d: "rake gloves",
		e: "rake gloves hat",
	});

	it("is what others looked at with it, the most of them first", () => {
		expect(products(memory, "mower").slice(0, 2)).toEqual(["battery", "oil"]);
	});

	it("says because of what it is here, and of how many", () => {
		const [best] = foretell(memory, ["mower"], { most: 1, again: false });
		expect(best).toMatchObject({ product: "battery", because: { product: "mower", sessions: 2 } });
	});

	it("follows the last product before the first", () => {
		expect(products(memory, "mower rake")[0]).toBe("gloves");
	});

	it("asks further where the nearest know too little: friends of friends, after friends", () => {
		expect(products(memory, "hat")).toEqual(["gloves", "rake"]);
		expect(products(memoryOf({ a: "x y", b: "y z" }), "x")).toEqual(["y", "z"]);
	});

	it("never is the product that is being looked at; one seen before only where it may come again", () => {
		expect(products(memory, "battery mower")).not.toContain("battery");
		expect(products(memory, "battery mower", true)).toContain("battery");
		expect(products(memory, "battery mower", true)).not.toContain("mower");
	});

	it("does not come of the visit itself", () => {
		const own = memoryOf({ me: "kayak paddle" });
		expect(foretell(own, ["kayak"], { most: 5, visit: "me", again: false })).toEqual([]);
		expect(products(own, "kayak")).toEqual(["paddle"]);
	});

	it("is nothing where nothing is known", () => {
		expect(products(newMemory(), "mower")).toEqual([]);
		expect(products(memory, "piano")).toEqual([]);
		expect(foretell(memory, [], { most: 5, again: true })).toEqual([]);
	});
});

describe("the memory of sessions", () => {
	it("forgets the oldest session when there is one too many", () => {
		const memory = memoryOf({ a: "x y", b: "q", c: "q", d: "q" }, { ...small, sessions: 3 });
		expect(products(memory, "x")).toEqual([]);
	});

	it("keeps the latest products of a long visit", () => {
		const memory = memoryOf({ a: "1 2 3 4 5 6" }, small);
		expect(products(memory, "6").sort()).toEqual(["3", "4", "5"]);
	});

	it("takes product ids as they come, also those that every object has", () => {
		const memory = memoryOf({ a: "__proto__ constructor", b: "__proto__ constructor" });
		expect(products(memory, "__proto__")).toEqual(["constructor"]);
	});

	const click = fc.record({ visit: fc.nat(14).map(String), product: fc.nat(9).map(String) });

	it("stays within its bounds, and counts what it still has, whatever comes", () => {
		fc.assert(
			fc.property(fc.array(click, { maxLength: 300 }), (clicks) => {
				const memory = newMemory(small);
				for (const { visit, product } of clicks) learn(memory, visit, product);
				const counted = new Map<string, number>();
				for (let place = 0; place < small.sessions; place++) {
					const from = place * small.itemsPerSession;
					const items = [...memory.items.subarray(from, from + (memory.lengths[place] ?? 0))];
					expect(new Set(items).size).toBe(items.length);
					for (const item of items) {
						const name = memory.names[item] ?? "";
						counted.set(name, (counted.get(name) ?? 0) + 1);
					}
				}
				expect(memory.open.size).toBeLessThanOrEqual(small.sessions);
				expect(new Set(memory.numbers.keys())).toEqual(new Set(counted.keys()));
				for (const [name, item] of memory.numbers) {
					expect(memory.popularity[item]).toBe(counted.get(name));
					expect(memory.sessions[item]?.length).toBeLessThanOrEqual(small.sessionsPerItem * 1.5);
				}
			}),
		);
	});

	it("answers only with products that it knows, each once, the best first", () => {
		const seen = fc.array(fc.nat(9).map(String), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(fc.array(click, { maxLength: 200 }), seen, fc.boolean(), (clicks, looked, again) => {
				const memory = newMemory(small);
				for (const { visit, product } of clicks) learn(memory, visit, product);
				const all = foretell(memory, looked, { most: 6, again });
				const names = all.map(({ product }) => product);
				expect(new Set(names).size).toBe(names.length);
				expect(names).not.toContain(looked.at(-1));
				if (!again) for (const one of looked) expect(names).not.toContain(one);
				for (const { product, because } of all) {
					expect(memory.numbers.has(product)).toBe(true);
					expect(because.sessions).toBeGreaterThan(0);
				}
				const weights = all.map(({ weight }) => weight);
				expect(weights).toEqual(weights.toSorted((a, b) => b - a));
			}),
		);
	});
});
