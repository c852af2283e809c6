import fc from "fast-check";
import { expect, test } from "vitest";
import { Lru } from "../../worker/platform/lru.ts";

const most = 20;
const key = fc.constantFrom("a", "b", "c", "d", "e");
const act = fc.oneof(
	fc.record({ is: fc.constant("put" as const), key, bytes: fc.integer({ min: 1, max: 12 }) }),
	fc.record({ is: fc.constantFrom("find" as const, "remove" as const, "peek" as const), key }),
);

test("whatever is asked of it, it holds what was found last, as much of it as fits, and what was put just now", () => {
	fc.assert(
		fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
			const lru = new Lru<number>(most);
			/** The same as a list, the longest unused first. */
			let plain: { key: string; value: number; bytes: number }[] = [];
			const of = (key: string) => plain.find((one) => one.key === key);
			for (const [n, one] of acts.entries()) {
				const known = of(one.key);
				if (one.is === "put") {
					lru.put(one.key, n, one.bytes);
					if (known) Object.assign(known, { value: n, bytes: one.bytes });
					else plain.push({ key: one.key, value: n, bytes: one.bytes });
					const sum = () => plain.reduce((all, { bytes }) => all + bytes, 0);
					while (sum() > most) {
						const oldest = plain.findIndex((other) => other.key !== one.key);
						if (oldest < 0) break;
						plain.splice(oldest, 1);
					}
				} else if (one.is === "remove") {
					lru.remove(one.key);
					plain = plain.filter((other) => other.key !== one.key);
				} else {
					expect(lru[one.is](one.key)).toBe(known?.value);
					if (known && one.is === "find") plain = [...plain.filter((other) => other !== known), known];
				}
				for (const name of ["a", "b", "c", "d", "e"]) expect(lru.peek(name)).toBe(of(name)?.value);
			}
		}),
	);
});
