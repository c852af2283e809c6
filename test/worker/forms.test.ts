// Forms, as the server has them: what is asked, what is taken of the answers, and what is one submission.

import { beforeEach, describe, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Block, Field } from "../../worker/protocol/experience.ts";
import { loggedIn, login } from "./login.ts";
import { showing } from "./showing.ts";
import { Browser, drain, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

const label = "Pytanie";
const fields: readonly Field[] = [
	{ kind: "email", name: "email", label, progressive: true },
	{ kind: "text", name: "name", label, to: "firstName", progressive: true, most: 20 },
	{
		kind: "choice",
		name: "garden",
		label,
		to: "garden",
		options: [
			{ value: "big", label },
			{ value: "small", label },
		],
	},
	{ kind: "number", name: "area", label, least: 1, most: 100 },
	{ kind: "rating", name: "stars", label },
	{
		kind: "consent",
		name: "agreement",
		purpose: "newsletter",
		wording: "Zgoda",
		version: "v1",
		progressive: true,
	},
	{ kind: "hidden", name: "from", value: "spring" },
];
const form: Block = {
	kind: "form",
	fields: [...fields],
	submit: "Wyślij",
	thanks: [{ kind: "text", text: "Dziękujemy" }],
};

let browser: Browser;
beforeEach(async () => {
	await freshWorld();
	const settings = { origins: [shop], login };
	browser = new Browser(await publish({ settings, definitions: { experiences: [showing("lead", [form])] } }));
	await browser.view("/");
});

const answers = { experience: "lead", revision: 1, email: "ala@example.pl" };
const submit = (more: Record<string, string | number | boolean> = {}) =>
	browser.track("Form Submitted", { ...answers, ...more });
const asked = ({ show }: CollectResponse) =>
	show.flatMap(({ content }) =>
		content.blocks.flatMap((block) => (block.kind === "form" ? block.fields : [])),
	);
const names = (answer: CollectResponse) => asked(answer).map(({ name }) => name);

async function known() {
	const { cell, visitor } = partsOf(browser.token);
	return (await inspectIn(cellOf(env, site, cell), visitor, "/"))?.attributes ?? {};
}

async function eventsOf(name: string): Promise<readonly Record<string, unknown>[]> {
	await drain(browser.token);
	const { results } = await env.DB.prepare("SELECT props FROM events WHERE name = ?")
		.bind(name)
		.all<{ props: string }>();
	return results.map(({ props }) => JSON.parse(props));
}

describe("what a form was answered", () => {
	it("is known of the person as the form says, and kept as it was given", async () => {
		await submit({ "traits.firstName": "Ala", "traits.garden": "big", area: 40, stars: 5, from: "spring" });
		expect(await known()).toEqual({ email: "ala@example.pl", firstName: "Ala", garden: "big" });
		expect(await eventsOf("Form Submitted")).toMatchObject([{ area: 40, stars: 5, from: "spring" }]);
	});

	it("is taken as far as the form asks for it: what does not fit, or was never asked, is left", async () => {
		await submit({
			"traits.firstName": "x".repeat(21),
			"traits.garden": "huge",
			"traits.owner": "me",
			"traits.vip": true,
			area: 1_000,
			stars: 2.5,
			from: "elsewhere",
			"wording.other": "x",
			anything: "else",
		});
		expect(await known()).toEqual({ email: "ala@example.pl" });
		expect(await eventsOf("Form Submitted")).toEqual([answers]);
	});

	it("of a survey without an address is known of the visitor too", async () => {
		await browser.track("Form Submitted", { experience: "lead", revision: 1, "traits.garden": "small" });
		expect(await known()).toEqual({ garden: "small" });
	});

	it("of a form of the site's own stays as it was said", async () => {
		await browser.track("Form Submitted", { email: "ala@example.pl", budget: 500 });
		expect(await eventsOf("Form Submitted")).toEqual([{ email: "ala@example.pl", budget: 500 }]);
	});
});

describe("the same submission", () => {
	it("sent five times is one", async () => {
		const sent = event("Form Submitted", answers);
		const verdicts = [];
		for (const _ of [1, 2, 3, 4, 5]) verdicts.push(...(await browser.send([sent], "/", {})).verdicts);
		expect(verdicts.map(({ verdict }) => verdict)).toEqual(["ok", ...Array(4).fill("duplicate")]);
		expect((await eventsOf("Form Submitted")).length).toBe(1);
	});

	it("sent again by a page that was loaded again, as another message, is one", async () => {
		const verdicts = [];
		for (const _ of [1, 2, 3, 4, 5]) verdicts.push(...(await submit({ stars: 4 })).verdicts);
		expect(verdicts.map(({ verdict }) => verdict)).toEqual(["ok", ...Array(4).fill("duplicate")]);
		expect((await eventsOf("Form Submitted")).length).toBe(1);
	});

	it("is another with other answers, or in another visit", async () => {
		for (const stars of [4, 5]) expect((await submit({ stars })).verdicts[0]?.verdict).toBe("ok");
		await siteOf(env, site).moveClock(3_600_000);
		expect((await submit({ stars: 5 })).verdicts[0]?.verdict).toBe("ok");
	});
});

describe("a form that a program filled in", () => {
	it("is dropped, and nothing comes of it", async () => {
		expect((await submit({ honeypot: "https://spam.example" })).verdicts[0]).toMatchObject({
			verdict: "dropped",
			why: "bot",
		});
		expect(await known()).toEqual({});
		expect((await submit({ honeypot: "" })).verdicts[0]?.verdict).toBe("ok");
		expect(await eventsOf("Form Submitted")).toEqual([answers]);
	});
});

describe("what was answered so far", () => {
	const go = (more: Record<string, string | number | boolean>) =>
		browser.track("Form Continued", { ...answers, step: "second", ...more });

	it("is kept as an event, without the address, and the person stays who they were", async () => {
		await go({ "traits.garden": "big", area: 40 });
		expect(await known()).toEqual({});
		const { email: _, ...rest } = answers;
		expect(await eventsOf("Form Continued")).toEqual([
			{ ...rest, step: "second", "traits.garden": "big", area: 40 },
		]);
	});

	it("has the address in it where its box was ticked", async () => {
		await go({ "consent.newsletter": "v1" });
		expect(await eventsOf("Form Continued")).toMatchObject([{ email: "ala@example.pl" }]);
	});
});

describe("a progressive field", () => {
	it("is asked until it is answered, and what was left out goes along all the same", async () => {
		expect(names(await browser.view("/"))).toEqual(fields.map(({ name }) => name));
		await submit({ "traits.firstName": "Ala", "consent.newsletter": "v1", "wording.newsletter": "Zgoda" });
		expect(names(await browser.view("/"))).toEqual(["garden", "area", "stars", "from"]);
		await browser.track("Form Submitted", { experience: "lead", revision: 1, "traits.garden": "big" });
		expect((await eventsOf("Form Submitted"))[1]).toMatchObject({ email: "ala@example.pl" });
	});

	it("is asked of whoever merely typed an address of which the card knows all", async () => {
		await submit({ "traits.firstName": "Ala" });
		const stranger = new Browser(browser.key);
		await stranger.view("/");
		await stranger.track("Form Submitted", { email: "ala@example.pl" });
		expect(names(await stranger.view("/"))).toContain("name");
	});

	it("is not asked of whoever logged in and told it on another device", async () => {
		const proof = { proof: { kind: "jwt", token: await loggedIn("42") }, decide: true };
		await browser.send([event("Identified", { userId: "42", "traits.firstName": "Ewa" })], "/", proof);
		const phone = new Browser(browser.key);
		expect(names(await phone.send([], "/", proof))).not.toContain("name");
	});
});
