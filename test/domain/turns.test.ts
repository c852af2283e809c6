import { expect, test } from "vitest";
import { Turns } from "../../worker/platform/turns.ts";

test("whoever asks before a turn begins goes on in it, one after the other and with nothing between", async () => {
	const turns = new Turns();
	const seen: string[] = [];
	const come = async (who: string) => {
		await turns.next();
		seen.push(who);
	};
	setTimeout(() => seen.push("what had come before"));
	const all = [come("first"), come("second")];
	queueMicrotask(() => all.push(come("third")));
	setTimeout(() => seen.push("what came after"));
	await turns.next();
	await new Promise((go) => setTimeout(go));
	await Promise.all(all);
	expect(seen).toEqual(["what had come before", "first", "second", "third", "what came after"]);
});

test("who asks in a turn waits for the next", async () => {
	const turns = new Turns();
	const seen: string[] = [];
	await turns.next();
	const again = turns.next().then(() => seen.push("next turn"));
	seen.push("this turn");
	await again;
	expect(seen).toEqual(["this turn", "next turn"]);
});
