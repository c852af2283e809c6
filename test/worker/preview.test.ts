// A preview by its link: exactly one offer, as it stands in the drafts, filled as for whom it was made; and nothing of it
// is recorded, counted or asked of D1.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { previewIn } from "../../worker/edge/preview.ts";
import { siteOf } from "../../worker/platform/name.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, call, drain, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { origins: [shop] } });
});

const [draft] = definitions.experiences;
if (!draft) throw new Error("the shop shows nothing");
const text = (said: string) => ({
	pl: { label: "Nowa", blocks: [{ kind: "text", text: said }] },
});

/** Puts a draft in place of what is published, without publishing it. */
async function save(content: object): Promise<void> {
	const experiences = [{ ...draft, revision: 9, content }];
	const answer = await call("PUT", `${site}/definitions`, { ...definitions, experiences });
	expect(await answer.json()).toEqual({ ok: true });
}

const ask = (body: object, id = draft?.id) =>
	call("POST", `${site}/experiences/${id}/preview`, { url: `${shop}/kosiarki`, ...body });

async function linkTo(body: object = {}): Promise<{ mark: string; url: string }> {
	const answer = await ask(body);
	const { url } = await answer.json<{ url: string; expiresAt: number }>();
	return { url, mark: new URL(url).searchParams.get("wp") ?? "" };
}

const look = (browser: Browser, staff: string, more: object = {}) =>
	browser.send([event("Page Viewed", { url: `${shop}/kosiarki`, path: "/kosiarki" })], "/kosiarki", {
		decide: true,
		staff,
		...more,
	});
const said = (answer: { show: readonly { content: { blocks: readonly object[] } }[] }) =>
	answer.show.map(({ content }) => content.blocks.map((block) => ("text" in block ? block.text : "")));

describe("a preview", () => {
	it("is gone when its link has expired, whether or not another is made", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
		try {
			const { mark } = await linkTo({ hours: 1, persona: { person: { first_name: "Ola" } } });
			expect(await previewIn(env, site, mark)).toBeDefined();
			vi.setSystemTime(Date.now() + 3_600_001);
			expect(await runDurableObjectAlarm(siteOf(env, site))).toBe(true);
			const kept = await runInDurableObject(siteOf(env, site), (_, { storage }) =>
				storage.sql.exec("SELECT * FROM previews").toArray(),
			);
			expect(kept).toEqual([]);
		} finally {
			vi.useRealTimers();
		}
	});

	it("shows one of its variants where that is asked for", async () => {
		const variants = [
			{ id: "a", weight: 1 },
			{ id: "b", weight: 1, content: text("Inna") },
		];
		const experiences = [{ ...draft, content: text("Własna"), variants, heldOut: 90 }];
		await call("PUT", `${site}/definitions`, { ...definitions, experiences });
		for (const [variant, words] of [
			["a", "Własna"],
			["b", "Inna"],
		]) {
			const { mark } = await linkTo({ variant });
			expect(said(await look(new Browser(key), mark))[0]?.[1]).toBe(words);
		}
		expect((await ask({ variant: "c" })).status).toBe(404);
	});

	it("shows the draft as it stands, marked, and granted", async () => {
		await save(text("Jeszcze nieopublikowane"));
		const { url, mark } = await linkTo({ atOnce: true });
		expect(url).toMatch(new RegExp(`^${shop}/kosiarki\\?wp=l1\\.`));
		expect(mark.length).toBeLessThanOrEqual(200);
		const answer = await look(new Browser(key), mark);
		expect(answer.token).toBeUndefined();
		expect(said(answer)).toEqual([["▸ PODGLĄD · nic się nie liczy", "Jeszcze nieopublikowane"]]);
		expect(answer.show[0]).toMatchObject({
			revision: 9,
			preview: true,
			claim: "preview",
			trigger: { kind: "at-once" },
		});
		const published = await look(new Browser(key), (await linkTo({ of: "published" })).mark);
		expect(said(published)[0]).not.toContain("Jeszcze nieopublikowane");
	});

	it("has as much of a countdown left as whoever sees it first", async () => {
		const countdown = { kind: "countdown", label: "Zostało", ended: "Po czasie" } as const;
		await save({ pl: { label: "Zegar", blocks: [{ ...countdown, until: { minutes: 2_880 } }] } });
		const [shown] = (await look(new Browser(key), (await linkTo()).mark)).show;
		expect(shown?.given?.leftMs).toBe(2_880 * 60_000);
	});

	it("is recorded and counted nowhere, whatever is done with it", async () => {
		const browser = new Browser(key);
		const { mark } = await linkTo();
		const answer = await look(browser, mark);
		expect(answer.verdicts.map(({ verdict, ...rest }) => [verdict, rest])).toEqual([
			["dropped", expect.objectContaining({ why: "staff" })],
		]);
		const claims = [{ id: "01990000-0000-7000-8000-000000000000", experience: draft.id }];
		const clicked = event("Experience Clicked", { experience: draft.id });
		const after = await browser.send([clicked], "/", { staff: mark, claims });
		expect(after.grants).toEqual([{ id: claims[0]?.id, granted: true }]);
		expect(browser.token).toBeUndefined();
		expect(await siteOf(env, site).cells()).toEqual([]);
	});

	it("is filled as for somebody of the site's, or for somebody made up", async () => {
		const greeting = "Cześć, {{ person.email | default: 'nieznajoma' }}!";
		await save(text(greeting));
		const browser = new Browser(key);
		await browser.view("/");
		await browser.track("Identified", { email: "ala@example.pl" });
		await drain(browser.token);
		const person = partsOf(browser.token).visitor;
		const greeted = async (body: object) =>
			said(await look(new Browser(key), (await linkTo(body)).mark))[0]?.[1];
		expect(await greeted({ person })).toBe("Cześć, ala@example.pl!");
		expect(await greeted({ persona: { person: { email: "zofia@example.pl" } } })).toBe(
			"Cześć, zofia@example.pl!",
		);
		expect(await greeted({})).toBe("Cześć, nieznajoma!");
	});

	it("leads to the site's own pages, and is made of what is there", async () => {
		const refused = async (body: object, id?: string) => {
			const answer = await ask(body, id);
			return [answer.status, (await answer.json<{ error: string }>()).error];
		};
		expect(await refused({ url: "https://evil.example/" })).toEqual([422, "origin-refused"]);
		expect(await refused({ hours: 25 })).toEqual([422, "malformed"]);
		expect(await refused({ person: "a", persona: { person: {} } })).toEqual([422, "malformed"]);
		expect(await refused({ person: "nobody" })).toEqual([404, "person-unknown"]);
		expect(await refused({}, "nothing")).toEqual([404, "experience-unknown"]);
	});

	it("is good for its own site and its own hours, and whoever has another mark is a visitor", async () => {
		const { mark } = await linkTo();
		expect(await previewIn(env, site, mark)).toBeDefined();
		expect(await previewIn(env, "other", mark)).toBeUndefined();
		expect(await previewIn(env, site, `${mark.slice(0, -1)}x`)).toBeUndefined();
		const visitor = await look(new Browser(key), "l1.forged");
		expect(visitor.token).toBeDefined();
		expect(visitor.show.some(({ preview }) => preview)).toBe(false);
	});
});
