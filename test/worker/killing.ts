// Kills an object again and again while it works, by how far it has come and never by time: whenever it has had this answer
// of another object, which is held back until it is dead.

import { runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";

/** The `nth` call of a method since the last kill. */
export interface Mark {
	readonly call: string;
	readonly nth: number;
}

const cause = "killed by the test";

/** `stub` makes another each time: one whose object was killed reaches it no more. */
export async function kill(stub: () => DurableObjectStub): Promise<void> {
	for (;;) {
		const death = runInDurableObject(stub(), (_object, state) => state.abort(cause));
		if (await death.catch((error) => String(error).includes(cause))) return;
		await pause();
	}
}

/** Answers with how often the object was killed. `also`: whom else, after each kill. */
export async function killedAt(
	victim: () => DurableObjectStub,
	marks: readonly Mark[],
	objects: readonly { readonly prototype: object }[],
	work: Promise<unknown>,
	also: (kills: number) => Promise<void> = async () => undefined,
): Promise<number> {
	let kills = 0;
	let calls = 0;
	let isHeld = false;
	const held = async (call: string) => {
		const mark = marks[kills];
		if (isHeld || mark?.call !== call || ++calls < mark.nth) return;
		isHeld = true;
		for (const at = kills; at === kills; ) await pause();
	};
	const spies = objects.flatMap(({ prototype }) => {
		const methods = prototype as Record<string, (...args: unknown[]) => Promise<unknown>>;
		const named = [...new Set(marks.map(({ call }) => call))].filter((call) =>
			Object.hasOwn(prototype, call),
		);
		return named.map((call) => {
			const original = methods[call];
			if (!original) throw new Error(`there is no ${call}`);
			return vi.spyOn(methods, call).mockImplementation(async function (this: unknown, ...args) {
				const answer = await original.apply(this, args);
				await held(call);
				return answer;
			});
		});
	});
	let isOver = false;
	void work
		.catch(() => undefined)
		.finally(() => {
			isOver = true;
		});
	while (!isOver) {
		await pause();
		if (!isHeld) continue;
		await kill(victim);
		calls = 0;
		isHeld = false;
		kills++;
		await also(kills);
	}
	for (const spy of spies) spy.mockRestore();
	return kills;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
