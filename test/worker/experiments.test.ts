// What is tried out: contents against each other, and against nothing at all.

import { beforeEach, expect, test } from "vitest";
import { variantOf } from "../../worker/domain/variant.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { loggedIn, login } from "./login.ts";
import { scrolled, showing } from "./showing.ts";
import { Browser, call, drain, env, freshWorld, inspect, partsOf, publish, site } from "./world.ts";

const said = (text: string) => ({ pl: { label: "Oferta", blocks: [{ kind: "text" as const, text }] } });
const tried: Experience = {
	...showing("offer", [{ kind: "text", text: "Własna" }]),
	heldOut: 40,
	variants: [
		{ id: "a", weight: 1 },
		{ id: "b", weight: 1, content: said("Inna") },
	],
};
const own: Readonly<Record<string, string>> = { a: "Własna", b: "Inna" };

beforeEach(freshWorld);

const groupOf = (browser: Browser) => variantOf(partsOf(browser.token).visitor, tried);

/** One browser in each group. */
async function oneOfEach(key: string): Promise<Readonly<Record<string, Browser>>> {
	const found: Record<string, Browser> = {};
	while (Object.keys(found).length < 3) {
		const browser = new Browser(key);
		await browser.send([], "/", {});
		found[groupOf(browser)] ??= browser;
	}
	return found;
}

interface Row {
	experience: string;
	variant: string;
	outcomes: Record<string, number>;
	byClick: object;
	tried: object;
}
const rows = async (): Promise<Record<string, Row>> => {
	const answer = await call("GET", `${site}/reports/experiences`);
	const { experiences } = await answer.json<{ experiences: Row[] }>();
	return Object.fromEntries(experiences.map((row) => [row.variant, row]));
};

test("each person gets the content of their variant, and those held out none, whatever the revision", async () => {
	const key = await publish({ definitions: { experiences: [tried] } });
	const groups = await oneOfEach(key);
	for (const revision of [1, 2]) {
		await publish({ definitions: { experiences: [{ ...tried, revision }] } });
		for (const [group, browser] of Object.entries(groups)) {
			const { show } = await browser.view("/");
			const texts = show.map(({ content: { blocks } }) => blocks.map((one) => "text" in one && one.text));
			expect(texts, group).toEqual(group === "held-out" ? [] : [[own[group]]]);
		}
	}
	const seen = await inspect(groups["held-out"] as Browser);
	expect(seen.candidates.map(({ reason }) => reason)).toEqual([{ is: "held-out" }]);
});

test("every event says its variant, those held out qualify, and orders of all are there to compare", async () => {
	const key = await publish({ definitions: { experiences: [tried] } });
	const groups = await oneOfEach(key);
	for (const [group, browser] of Object.entries(groups)) {
		await browser.view("/");
		// Whatever a page makes up.
		if (group === "b")
			await browser.track("Experience Clicked", { experience: "offer", revision: 1, variant: "z" });
		await browser.track("Order Completed", { order_id: `o-${group}`, revenue: 100 });
		await drain(browser.token);
	}
	const told = await rows();
	expect(Object.keys(told).sort()).toEqual(["a", "b", "held-out"]);
	expect(told.a).toMatchObject({
		outcomes: { qualified: 1, shown: 1, clicked: 0 },
		tried: { orders: 1, revenue: 100 },
	});
	expect(told.b).toMatchObject({ outcomes: { qualified: 1, shown: 1, clicked: 1 }, byClick: { orders: 1 } });
	expect(told["held-out"]).toMatchObject({
		outcomes: { qualified: 1, shown: 0 },
		tried: { orders: 1, revenue: 100 },
	});
	const { results } = await env.DB.prepare(
		"SELECT name, props ->> 'variant' AS variant FROM ledger WHERE site = ?1 AND props ->> 'experience' = 'offer'",
	)
		.bind(site)
		.all<{ name: string; variant: string | null }>();
	expect(new Set(results.map(({ name }) => name))).toEqual(new Set(["Experience Converted"]));
	expect(results.filter(({ variant }) => variant === null)).toEqual([]);
});

test("whoever is held out cannot claim it either", async () => {
	const key = await publish({ definitions: { experiences: [{ ...tried, trigger: scrolled }] } });
	const groups = await oneOfEach(key);
	for (const [group, browser] of Object.entries(groups)) {
		const claims = [{ id: uuidv7(Date.now()), experience: "offer" }];
		const { grants } = await browser.send([], "/", { claims });
		expect(grants.map(({ granted }) => granted)).toEqual([group !== "held-out"]);
	}
});

test("two devices of one person are in one group, once it is known whose they are", async () => {
	const key = await publish({ definitions: { experiences: [tried] }, settings: { login } });
	const proof = { kind: "jwt", token: await loggedIn("user-1") };
	const groups: unknown[] = [];
	for (let device = 0; device < 4; device++) {
		const browser = new Browser(key);
		await browser.view("/");
		await browser.send([], "/", { proof });
		const { show } = await browser.view("/");
		groups.push(show.map(({ content: { blocks } }) => blocks));
	}
	expect(new Set(groups.map((one) => JSON.stringify(one))).size).toBe(1);
});

test("a variant is as well looked into as the experience itself", async () => {
	const wrong = [
		{ variants: [{ id: "a", weight: 1 }] },
		{
			variants: [
				{ id: "a", weight: 1 },
				{ id: "a", weight: 1 },
			],
		},
		{
			variants: [
				{ id: "a", weight: 1 },
				{ id: "held-out", weight: 1 },
			],
		},
		{
			variants: [
				{ id: "a", weight: 1 },
				{ id: "b", weight: 1, content: said("{{ person.") },
			],
		},
		{ heldOut: 100 },
	];
	for (const one of wrong)
		await expect(publish({ definitions: { experiences: [{ ...tried, ...one }] } })).rejects.toThrow("422");
});
