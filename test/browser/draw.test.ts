// What draws our elements, against elements made from nothing: whatever was drawn before, the same comes of it.

import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, setUp } from "../support/host.ts";

setUp();

let page: Page;
beforeAll(async () => {
	const { outputFiles } = await build({
		stdin: {
			contents: `export * from "./draw.ts"; export * from "./hooks.ts"`,
			resolveDir: join(import.meta.dirname, "../../widget/ui"),
		},
		bundle: true,
		write: false,
		format: "iife",
		globalName: "ours",
	});
	page = await browser.newPage();
	await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
	await page.evaluate(drawTrees);
});
afterAll(() => page.close());

type Tree = string | null | { is: string; key: number; name: string; within: readonly Tree[] };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: "small" },
		fc.constantFrom("", "a", "ż <b>"),
		fc.constant(null),
		fc.record({
			is: fc.constantFrom("p", "b", "svg", "Component", "Fragment"),
			key: fc.nat(1),
			name: fc.constantFrom("", "x", "y"),
			within: fc.array(tie("tree"), { maxLength: 4 }),
		}),
	),
}));

interface Drawing {
	/** Draws one after another in one place; tells what each time stands there. */
	drawn(trees: readonly Tree[]): readonly string[];
}
declare const ours: typeof import("../../widget/ui/draw.ts") & typeof import("../../widget/ui/hooks.ts");

/** In the page. */
function drawTrees(): void {
	const Component = ({ name, children }: { name: string; children?: never }) =>
		ours.h("i", { title: name || undefined }, children ?? null);
	const nodeOf = (tree: Tree): never => {
		if (tree === null || typeof tree === "string") return tree as never;
		const { is, key, name, within } = tree;
		const type = is === "Component" ? Component : is === "Fragment" ? ours.Fragment : is;
		return ours.h(type, { key, name, class: name || undefined }, ...within.map(nodeOf)) as never;
	};
	const drawing: Drawing = {
		drawn(trees) {
			const place = document.createElement("div");
			return trees.map((tree) => {
				ours.render(nodeOf(tree), place);
				return place.innerHTML;
			});
		},
	};
	Object.assign(window, drawing);
}

const drawn = (trees: readonly Tree[]) =>
	page.evaluate((all) => (window as unknown as Drawing).drawn(all), trees);

test("what is drawn is the same, whatever stood there before", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(tree, { minLength: 2, maxLength: 5 }), async (trees) => {
			const { all, afresh } = await page.evaluate((given) => {
				const { drawn: draw } = window as unknown as Drawing;
				return { all: draw(given), afresh: given.map((one) => draw([one])[0]) };
			}, trees);
			expect(all).toEqual(afresh);
		}),
		{ numRuns: 150 },
	);
});

test("text is text: nothing of it becomes an element", async () => {
	expect(await drawn(["<img src=x onerror=alert(1)>"])).toEqual(["&lt;img src=x onerror=alert(1)&gt;"]);
});

test("elements stay who they are, so that focus and what was typed stay too", async () => {
	const kept = await page.evaluate(() => {
		const { h, render } = ours;
		const place = document.body.appendChild(document.createElement("div"));
		render(h("p", null, null, h("input", { name: "a" })) as never, place);
		const input = place.querySelector("input");
		input?.focus();
		render(h("p", { class: "wrong" }, h("b", null, "!"), h("input", { name: "a" })) as never, place);
		return place.querySelector("input") === input && document.activeElement === input;
	});
	expect(kept).toBe(true);
});

test("a state that changes is drawn once, an effect is undone before it is done again, and when it goes", async () => {
	const told = await page.evaluate(async () => {
		const { h, render, useEffect, useState } = ours;
		const log: string[] = [];
		const Counter = () => {
			const [n, setN] = useState(0);
			log.push(`drawn ${n}`);
			useEffect(() => {
				log.push(`done ${n}`);
				return () => log.push(`undone ${n}`);
			}, [n]);
			return h("button", {
				onClick: () => {
					setN(n + 1);
					setN(n + 2);
				},
			});
		};
		const place = document.createElement("div");
		render(h("p", null, h(Counter, null)) as never, place);
		place.querySelector("button")?.click();
		await new Promise((resolve) => setTimeout(resolve));
		render(null, place);
		return log;
	});
	expect(told).toEqual(["drawn 0", "done 0", "drawn 2", "undone 0", "done 2", "undone 2"]);
});

test("an error anywhere in it, now or later, is told to whoever drew it", async () => {
	const told = await page.evaluate(async () => {
		const { h, render, useState } = ours;
		const log: string[] = [];
		const Bad = () => {
			const [isBad, setBad] = useState(false);
			if (isBad) throw new Error("bad");
			return h("button", { onClick: () => setBad(true) });
		};
		const place = document.createElement("div");
		render(h(Bad, null) as never, place, () => log.push("later"));
		place.querySelector("button")?.click();
		await new Promise((resolve) => setTimeout(resolve));
		const Worse = () => {
			throw new Error("worse");
		};
		render(h(Worse, null) as never, document.createElement("div"), () => log.push("at once"));
		return log;
	});
	expect(told).toEqual(["later", "at once"]);
});
