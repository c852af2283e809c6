// Personal words on a page: who is told what, by what proves who they are; and what is shown where they cannot be had.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { filled } from "../../worker/edge/filled.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Block, Offer } from "../../worker/protocol/experience.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { loggedIn, login } from "./login.ts";
import { showing } from "./showing.ts";
import { Browser, call, env, event, freshWorld, partsOf, publish, settled, shop, site } from "./world.ts";

beforeEach(freshWorld);

const text = (words: string): Block => ({ kind: "text", text: words });
const hello = text('Cześć, {{ person.first_name | default: "nieznajomy" }}!');
const points = text(
	"{{ programmes.club.balance | default: 0 }} pkt, {{ programmes.club.tier | default: 'bez poziomu' }}",
);
const score = text("Wynik {{ score | default: 0 }}");
const told = ({ show }: CollectResponse) =>
	show.flatMap(({ content }) => content.blocks.map((block) => (block.kind === "text" ? block.text : "")));
const club: NonNullable<Definitions["programmes"]>[number] = {
	id: "club",
	name: "Klub",
	joins: "everyone",
	tiers: [
		{ id: "start", name: "Start", from: 0 },
		{ id: "gold", name: "Złoty", from: 50 },
	],
	rewards: [],
};
const site2 = (blocks: readonly Block[]) =>
	publish({
		settings: { origins: [shop], login },
		definitions: {
			programmes: [club],
			scoreRules: [
				...definitions.scoreRules,
				{ id: "join", name: "Klub", points: 60, programme: "club", when: { event: { name: "Joined" } } },
				{ id: "own", name: "Wynik", points: 7, when: { event: { name: "Joined" } } },
			],
			experiences: [showing("hello", blocks)],
		},
	});
const jwt = async (user: string) => ({ proof: { kind: "jwt", token: await loggedIn(user) }, decide: true });

/** Ewa on her own computer, of whom the card knows her name, and points. */
async function ewas(key: string): Promise<Browser> {
	const desk = new Browser(key);
	await desk.send(
		[event("Identified", { userId: "42", "traits.firstName": "Ewa" }), event("Joined", {})],
		"/",
		await jwt("42"),
	);
	return desk;
}

describe("personal words", () => {
	it("are said to whoever logged in, on whatever device", async () => {
		const key = await site2([hello, points, score]);
		await ewas(key);
		const phone = new Browser(key);
		const answer = await phone.send([], "/", await jwt("42"));
		expect(told(answer)).toEqual(["Cześć, Ewa!", "60 pkt, Złoty", "Wynik 7"]);
		expect(answer).not.toHaveProperty("fill");
	});

	it("are not said to whoever has a link of ours, which is forwarded", async () => {
		const key = await site2([hello, points, score]);
		const desk = await ewas(key);
		await settled();
		const { cell, visitor } = partsOf(desk.token);
		const seen = await inspectIn(cellOf(env, site, cell), visitor, "/");
		const made = await call("POST", `${site}/people/${seen?.person}/link`, { url: `${shop}/` });
		const { url } = await made.json<{ url: string }>();
		const token = new URL(url).searchParams.get("wl") ?? "";
		const friend = new Browser(key);
		const answer = await friend.send([], "/", { proof: { kind: "link", token }, decide: true });
		expect(told(answer)).toEqual(["Cześć, nieznajomy!", "0 pkt, bez poziomu", "Wynik 0"]);
		expect(JSON.stringify(answer)).not.toContain("Ewa");
	});

	it("are said to whoever typed an address as far as this very browser was told them", async () => {
		const key = await site2([hello, points]);
		const desk = await ewas(key);
		await desk.track("Form Submitted", { email: "ewa@example.com" });
		await settled();
		const stranger = new Browser(key);
		await stranger.track("Form Submitted", { email: "ewa@example.com" });
		await settled();
		expect(told(await stranger.view("/"))).toEqual(["Cześć, nieznajomy!", "0 pkt, Start"]);
		await stranger.track("Form Submitted", { email: "ewa@example.com", "traits.name": "Jan Nowak" });
		expect(told(await stranger.view("/"))).toEqual(["Cześć, Jan!", "0 pkt, Start"]);
		expect(told(await desk.view("/"))[0]).toBe("Cześć, Ewa!");
	});

	it("are said to nobody of whom nothing may be kept", async () => {
		const nobody = new Browser(await site2([hello]));
		const answer = await nobody.send([], "/", { consent: "denied", decide: true });
		expect(told(answer)).toEqual(["Cześć, nieznajomy!"]);
	});

	it("that nobody can write out are refused when they are saved, and it is said where", async () => {
		const experiences = [
			showing("plain", [text("a")]),
			showing("hello", [text("a"), text("{{ persn.x }} {% if %}")]),
		];
		const answer = await call("PUT", `${site}/definitions`, { ...definitions, experiences });
		expect(answer.status).toBe(422);
		const { problems } = await answer.json<{ problems: readonly { at: string; why: string }[] }>();
		expect(problems).toEqual([
			{
				at: "experiences.1.content.pl.blocks.1.text",
				code: "words-unreadable",
				why: expect.stringMatching(/line:1, col:20/),
			},
		]);
	});
});

describe("where what fills cannot be asked", () => {
	const offer = (blocks: readonly Block[], more: Partial<Offer> = {}): Offer => ({
		experience: "hello",
		revision: 1,
		kind: "popup",
		chunk: "popup",
		surface: { kind: "modal" },
		trigger: { kind: "at-once" },
		language: "pl",
		theme: { light: { accent: "#000000" } },
		content: { label: "Powitanie", blocks: [...blocks] },
		...more,
	});
	const heading: Block = { kind: "heading", text: "Tylko dziś" };
	const shelf: Block = { kind: "products", layout: "grid" };
	const fill = { words: { person: {} } };
	const without = (answer: () => Promise<never>, show: readonly Offer[]) => {
		vi.spyOn(console, "error").mockReturnValue(undefined);
		return filled({ CONTENT: { fill: answer } as never }, site, { show, fill });
	};
	const fails = () => Promise.reject(new Error("down"));

	it("what needed nothing is shown as it is, and of the rest what is sensible; a template is never seen", async () => {
		const plain = offer([heading]);
		const half = offer([hello, text("Zostaje")]);
		const shown = await without(fails, [plain, half, offer([heading, hello]), offer([hello])]);
		expect(shown).toEqual([plain, offer([text("Zostaje")])]);
	});

	it("no shelf is empty, and no frame", async () => {
		const shown = await without(fails, [
			offer([heading, shelf], { kind: "frame" }),
			offer([shelf, text("Zostaje")]),
		]);
		expect(shown).toEqual([offer([text("Zostaje")])]);
	});

	it("nobody waits for long", async () => {
		const shown = await without(() => new Promise<never>(() => {}), [offer([hello, text("Zostaje")])]);
		expect(shown).toEqual([offer([text("Zostaje")])]);
	});

	it("nothing is asked of it where nothing needs it", async () => {
		const show = [offer([heading])];
		const asked = vi.fn();
		expect(await filled({ CONTENT: { fill: asked } as never }, site, { show })).toBe(show);
		expect(asked).not.toHaveBeenCalled();
	});
});
