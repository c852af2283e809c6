import fc from "fast-check";
import { expect, it } from "vitest";
import { newState, readState, type State, writeState } from "../../worker/cell/state.ts";
import { own, put } from "../../worker/domain/keyed.ts";

const instant = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const segments = fc
	.array(fc.tuple(fc.oneof(fc.constantFrom("constructor", "1", "0", "ą"), fc.string()), instant))
	.map((pairs) => {
		const entered: Record<string, number> = {};
		for (const [id, at] of pairs) put(entered, id, at);
		return entered;
	});

function stateIn(members: State["standing"]["segments"]): State {
	const state = newState(1_000, 1);
	state.standing.segments = members;
	return state;
}

it("what is written of a person is read again as it was, with all memberships and what never ends", () => {
	fc.assert(
		fc.property(segments, (members) => {
			const state = stateIn(members);
			const again = readState(writeState(state));
			expect(again).toEqual(state);
			for (const [id, at] of Object.entries(members)) expect(own(again.standing.segments, id)).toBe(at);
		}),
	);
});

it("who leaves a segment is written as being in it no more", () => {
	const state = stateIn({ buyers: 1, readers: 1 });
	expect(readState(writeState(state)).standing.segments).toEqual({ buyers: 1, readers: 1 });
	state.standing.segments = { readers: 1 };
	expect(readState(writeState(state)).standing.segments).toEqual({ readers: 1 });
});

it("what was written before memberships stood apart is read as well", () => {
	const state = stateIn({ buyers: 1, readers: 2 });
	expect(readState(JSON.stringify(state))).toEqual(state);
});

it("many memberships that began at one instant take little more than their names", () => {
	const at = 1_795_444_175_350;
	const ids = Array.from({ length: 80 }, (_, i) => `segment-${i}`);
	const alone = writeState(stateIn({})).trim().length;
	const all = writeState(stateIn(Object.fromEntries(ids.map((id) => [id, at])))).trim().length;
	expect(all - alone).toBeLessThan(JSON.stringify(ids).length + 20);
});
