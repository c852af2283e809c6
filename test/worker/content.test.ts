// What fills offers, asked as the edge asks it: over its binding.

import { beforeEach, describe, expect, it } from "vitest";
import type { FillCall } from "../../worker/content/call.ts";
import type { Block, FrameProduct, Offer } from "../../worker/protocol/experience.ts";
import { env, freshWorld, site } from "./world.ts";

beforeEach(freshWorld);

const mower: FrameProduct = {
	id: "kx-40",
	name: "Kosiarka KX-40",
	url: "https://shop.example/kx-40",
	price: "1299,00 zł",
	why: "",
};
const heading: Block = { kind: "heading", text: "Dla Ciebie" };
const shelf = (products?: FrameProduct[]): Block => ({
	kind: "products",
	layout: "grid",
	...(products && { products }),
});

function offer(kind: Offer["kind"], blocks: Block[]): Offer {
	return {
		experience: "shelf",
		revision: 1,
		kind,
		chunk: "popup",
		surface: { kind: "inline", place: { slot: "main" } },
		trigger: { kind: "at-once" },
		language: "pl",
		theme: { light: { accent: "#0a7c4a" } },
		content: { label: "Dla Ciebie", blocks },
	};
}

const fill = (offers: Offer[]) =>
	env.CONTENT.fill({ site, offers, words: { person: {} } } satisfies FillCall);

describe("what fills offers", () => {
	it("lets through what has nothing to fill, in its order", async () => {
		const offers = [offer("popup", [heading]), offer("frame", [heading, shelf([mower])])];
		expect(await fill(offers)).toEqual(offers);
	});

	it("leaves a frame without products out, whatever else is in it", async () => {
		const offers = [offer("frame", [heading, shelf()]), offer("frame", [shelf([]), heading])];
		expect(await fill(offers)).toEqual([null, null]);
	});

	it("shows of a pop-up without products what is left of it, and nothing where nothing is", async () => {
		const text = { kind: "text", text: "Zobacz też" } as const;
		const some = offer("popup", [heading, text, shelf()]);
		const [left, alone, none] = await fill([
			some,
			offer("popup", [heading, shelf()]),
			offer("popup", [shelf()]),
		]);
		expect(left?.content.blocks).toEqual([heading, text]);
		// A heading says nothing of what it was the heading of.
		expect(alone).toBeNull();
		expect(none).toBeNull();
	});
});
