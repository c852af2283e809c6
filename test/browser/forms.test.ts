// Forms and surveys as a visitor meets them: each field by keyboard alone, what is said of a mistake, steps that branch.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Block, FormBlock, Offer } from "../../worker/protocol/experience.ts";
import { devices, examine } from "../support/axe.ts";
import { everyField, offerOf } from "../support/contents.ts";
import { browser, complaints, dialog, events, newPage, say, setUp, soon, stub } from "../support/host.ts";

setUp();

async function open(shown: Offer, page?: Page): Promise<Page> {
	const own = page ?? (await newPage());
	stub.show = () => [shown];
	await own.goto(`${stub.page}/?csp`);
	await dialog(own).waitFor();
	return own;
}

const form = (change: Partial<FormBlock> = {}): FormBlock => ({
	kind: "form",
	fields: [...everyField],
	submit: "Wyślij",
	thanks: [{ kind: "heading", text: "Dziękujemy" }],
	...change,
});
const heading: Block = { kind: "heading", text: "Ankieta" };
const whole = () => offerOf([heading, form()]);

const answers = {
	"traits.firstName": "Ola",
	email: "ola@example.com",
	phone: "600 100 200",
	lawn: 350,
	"traits.birthday": "1990-05-17",
	soil: "v1",
	month: "v2",
	likes: "v0,v2",
	why: "Bo lubię.\nBardzo.",
	stars: 4,
	nps: 9,
	"consent.newsletter": "v2",
	"wording.newsletter": "Zgadzam się zgodnie z [polityką](/polityka).",
	campaign: "wiosna",
};

/** Nothing but keys. */
async function fillByKeyboard({ keyboard }: Page): Promise<void> {
	const type = async (text: string) => {
		await keyboard.press("Tab");
		await keyboard.type(text);
	};
	await keyboard.press("Tab");
	await type("Ola");
	await type(" ola@example.com ");
	await type("600 100 200");
	await type("350");
	await type("05171990");
	// Out of the day's own three parts.
	await keyboard.press("Tab");
	await keyboard.press("Tab");
	await keyboard.press("ArrowDown");
	await keyboard.press("Tab");
	for (let month = 0; month < 3; month++) await keyboard.press("ArrowDown");
	await keyboard.press("Tab");
	await keyboard.press("Space");
	await keyboard.press("Tab");
	await keyboard.press("Tab");
	await keyboard.press("Space");
	await keyboard.press("Tab");
	await keyboard.type("Bo lubię.");
	await keyboard.press("Enter");
	await keyboard.type("Bardzo.");
	await keyboard.press("Tab");
	for (let star = 1; star < 4; star++) await keyboard.press("ArrowRight");
	await keyboard.press("Tab");
	for (let n = 0; n < 9; n++) await keyboard.press("ArrowRight");
	await keyboard.press("Tab");
	await keyboard.press("Space");
	// The link in its words, and the button.
	await keyboard.press("Tab");
	await keyboard.press("Tab");
	await keyboard.press("Enter");
}

describe("a form with every field", () => {
	test("is filled in by keyboard alone, and says each answer under its name or as an attribute", async () => {
		const page = await open(whole());
		await fillByKeyboard(page);
		await soon(() => events("Form Submitted").map(({ props }) => props)).toEqual([
			{ experience: "welcome", revision: 3, ...answers },
		]);
		await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
		expect(complaints).toEqual([]);
	});

	test.each(Object.keys(devices))(
		"asks so that everybody understands, %s, also when it has to ask again",
		async (device) => {
			const own = await browser.newContext(devices[device]);
			const page = await open(whole(), await newPage(own));
			expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
			await page.getByLabel("Telefon").fill("12");
			await page.getByLabel("Trawnik").fill("9");
			for (const kind of ["Róże", "Warzywa", "Zioła"]) await page.getByLabel(kind).check();
			await page.getByRole("button", { name: "Wyślij" }).click();
			await page.locator(".error").first().waitFor();
			expect(await page.locator(".error").allTextContents()).toEqual([
				"Wpisz adres e-mail.",
				"Wpisz 9 cyfr numeru albo numer z kierunkowym kraju, np. +48 600 100 200.",
				"Wpisz liczbę całkowitą od 10 do 5000.",
				"Uzupełnij to pole.",
				"Wybierz odpowiedź.",
				"Wybierz odpowiedź.",
				"Zaznacz odpowiedzi: do 2.",
				"Uzupełnij to pole.",
				"Wybierz odpowiedź.",
				"Wybierz odpowiedź.",
				"Zaznacz zgodę, żeby wysłać formularz.",
			]);
			const focus = await page.evaluate(() => {
				const inner = document.activeElement?.shadowRoot?.activeElement;
				const about = (inner?.getAttribute("aria-describedby") ?? "").split(" ");
				const root = document.activeElement?.shadowRoot;
				return [inner?.getAttribute("name"), ...about.map((id) => root?.getElementById(id)?.textContent)];
			});
			expect(focus).toEqual(["email", "Wpisz adres e-mail.", "Tu przyślemy kod."]);
			expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
			expect(events("Form Submitted")).toEqual([]);
			await own.close();
		},
	);

	test("offers phones the keyboard that fits, and browsers what they may fill in", async () => {
		const page = await open(whole());
		const hints = await page.evaluate(() => {
			const root = document.querySelector("witaj-popup")?.shadowRoot;
			return [...(root?.querySelectorAll<HTMLInputElement>("input[id]") ?? [])].map((input) =>
				[input.name, input.type, input.inputMode, input.autocomplete].filter(Boolean).join(" "),
			);
		});
		expect(hints.slice(0, 5)).toEqual([
			"first text given-name",
			"email email email",
			"phone tel tel",
			"lawn number decimal",
			"born date bday",
		]);
	});

	test("is one submission, however often and fast it is sent", async () => {
		const page = await open(offerOf([form({ fields: everyField.filter(({ kind }) => kind === "email") })]));
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		let release = () => {};
		stub.gate = new Promise((resolve) => {
			release = resolve;
		});
		await page.getByRole("button", { name: "Wyślij" }).evaluate((button: HTMLButtonElement) => {
			for (let click = 0; click < 5; click++) button.click();
		});
		await page.getByRole("button", { name: "Wysyłanie…" }).waitFor();
		await page
			.getByRole("button", { name: "Wysyłanie…" })
			.evaluate((button: HTMLButtonElement) => button.click());
		release();
		await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
		expect(events("Form Submitted")).toHaveLength(1);
	});

	test("tells what a program filled in that people do not see", async () => {
		const page = await open(offerOf([form({ fields: everyField.filter(({ kind }) => kind === "email") })]));
		await page.getByLabel("Adres e-mail").fill("bot@example.com");
		const trap = page.locator("[name=nickname]");
		expect((await trap.boundingBox())?.width).toBeLessThan(2);
		await trap.evaluate((input: HTMLInputElement) => {
			input.value = "https://spam.example";
		});
		await page.getByRole("button", { name: "Wyślij" }).click();
		await soon(() => events("Form Submitted")[0]?.props).toMatchObject({ honeypot: "https://spam.example" });
	});
});

const stars: FormBlock["fields"] = [{ kind: "rating", name: "stars", label: "Ocena", required: true }];
const survey = () =>
	offerOf(
		[
			{ kind: "heading", text: "Jak było?" },
			{
				kind: "form",
				fields: [...stars, { kind: "email", name: "email", label: "Adres e-mail" }],
				submit: "Dalej",
				next: [{ when: { field: "stars", most: 3 }, to: "sorry" }, { to: "praise" }],
			},
		],
		{},
		{
			sorry: [
				{ kind: "heading", text: "Co poprawić?" },
				form({
					fields: [{ kind: "text", name: "wrong", label: "Napisz" }],
					thanks: undefined as never,
					to: "end",
				}),
			],
			praise: [
				{ kind: "heading", text: "Komu nas polecisz?" },
				form({
					fields: [{ kind: "nps", name: "nps", label: "Na ile?" }],
					thanks: undefined as never,
					to: "end",
				}),
			],
			end: [
				{ kind: "heading", text: "To wszystko" },
				{ kind: "button", text: "Jeszcze raz", to: "praise" },
			],
		},
	);

describe("steps", () => {
	test("lead on by what was answered, back with all that was typed, and tell how far it is", async () => {
		const page = await open(survey());
		const progress = page.getByRole("progressbar");
		expect(await progress.getAttribute("aria-label")).toBe("Krok 1 / 3");
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		await page.getByLabel("2 na 5").check({ force: true });
		await page.getByRole("button", { name: "Dalej" }).press("Enter");
		await page.getByRole("heading", { name: "Co poprawić?" }).waitFor();
		const focus = () =>
			page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label"));
		expect(await focus()).toBe("Krok 2 / 3");
		await page.getByLabel("Napisz").fill("Więcej róż");
		await page.getByRole("button", { name: "Wstecz" }).press("Enter");
		expect(await focus()).toBe("Krok 1 / 3");
		expect(await page.getByLabel("Adres e-mail").inputValue()).toBe("ola@example.com");
		expect(await page.getByLabel("2 na 5").isChecked()).toBe(true);
		await page.getByLabel("5 na 5").check({ force: true });
		await page.getByRole("button", { name: "Dalej" }).click();
		await page.getByLabel("8", { exact: true }).check({ force: true });
		await page.getByRole("button", { name: "Wyślij" }).click();
		await page.getByRole("heading", { name: "To wszystko" }).waitFor();
		// Behind what was submitted nobody goes back.
		expect(await page.getByRole("button", { name: "Wstecz" }).count()).toBe(0);
		expect(await progress.getAttribute("aria-label")).toBe("Krok 3 / 3");
		expect(events("Form Submitted").map(({ props }) => props)).toEqual([
			{ experience: "welcome", revision: 3, step: "praise", stars: 5, email: "ola@example.com", nps: 8 },
		]);
		// Of the branch that was left nothing is submitted; nothing that says who it is leaves before.
		await soon(() => events("Form Continued").map(({ props }) => props)).toEqual([
			{ experience: "welcome", revision: 3, stars: 2 },
			{ experience: "welcome", revision: 3, stars: 5 },
		]);
		expect(complaints).toEqual([]);
	});

	test("are kept as far as they were answered when the page is left, and nothing that says who it is", async () => {
		const page = await open(survey());
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		await page.getByLabel("5 na 5").check({ force: true });
		await page.getByRole("button", { name: "Dalej" }).click();
		await page.getByLabel("8", { exact: true }).check({ force: true });
		stub.show = () => [];
		await page.goto(`${stub.page}/next`);
		// The last request of a page has no answer, so the next page sends the same again.
		const told = () => [...new Map(events("Form Continued").map(({ id, props }) => [id, props])).values()];
		await soon(told).toEqual([
			{ experience: "welcome", revision: 3, stars: 5 },
			{ experience: "welcome", revision: 3, step: "praise", stars: 5, nps: 8 },
		]);
		expect(JSON.stringify(stub.texts)).not.toContain("ola@");
		expect(complaints).toEqual([]);
	});

	test.each(Object.keys(devices))("are understood by everybody, %s", async (device) => {
		const own = await browser.newContext(devices[device]);
		const page = await open(survey(), await newPage(own));
		expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
		await page.getByLabel("5 na 5").check({ force: true });
		await page.getByRole("button", { name: "Dalej" }).click();
		await page.getByRole("button", { name: "Wstecz" }).waitFor();
		expect((await examine(page, "witaj-popup")).wrong).toEqual([]);
		await own.close();
	});

	test("that buttons lead to come round again, and closing by a button is noted", async () => {
		const page = await open(
			offerOf(
				[{ kind: "button", text: "Pokaż", to: "more" }],
				{},
				{
					more: [
						{ kind: "heading", text: "Więcej" },
						{ kind: "button", text: "Zamknij ofertę", closes: true },
					],
				},
			),
		);
		await page.getByRole("button", { name: "Pokaż" }).click();
		await page.getByRole("button", { name: "Wstecz" }).click();
		await page.getByRole("button", { name: "Pokaż" }).click();
		await page.getByRole("button", { name: "Zamknij ofertę" }).click();
		await dialog(page).waitFor({ state: "detached" });
		await say(page, "track", "Done");
		await soon(() => events("Experience Closed")[0]?.props).toEqual({
			experience: "welcome",
			revision: 3,
			by: "button",
		});
		expect(events("Experience Engaged").map(({ props }) => props?.by)).toEqual(["step"]);
	});

	test("and what was typed are as they were left when it is closed and opened again", async () => {
		const shown = survey();
		const page = await open({
			...shown,
			content: { ...shown.content, teaser: { after: "Ankieta", at: "bottom-end" } },
		});
		await page.getByLabel("1 na 5").check({ force: true });
		await page.getByRole("button", { name: "Dalej" }).click();
		await page.getByLabel("Napisz").fill("Zostaw to");
		await page.keyboard.press("Escape");
		await dialog(page).waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Ankieta" }).click();
		expect(await page.getByLabel("Napisz").inputValue()).toBe("Zostaw to");
		await page.getByRole("button", { name: "Wstecz" }).click();
		expect(await page.getByLabel("1 na 5").isChecked()).toBe(true);
	});

	test("show what stands behind a form when the server has given it", async () => {
		const pooled: Block = { kind: "coupon", pool: "spring", label: "Twój kod" };
		const { answer } = stub;
		stub.answer = (sent) => {
			const own = answer(sent);
			const submitted = sent.events.find(({ name }) => name === "Form Submitted");
			const grants = submitted
				? [{ id: submitted.id, granted: true, given: { codes: { spring: "TYLKO-OLA" } } }]
				: [];
			return { ...own, grants };
		};
		const page = await open(
			offerOf([
				form({
					fields: everyField.filter(({ kind }) => kind === "email"),
					thanks: [pooled as Extract<Block, { kind: "coupon" }>],
				}),
			]),
		);
		await page.getByLabel("Adres e-mail").fill("ola@example.com");
		expect(await page.getByText("TYLKO-OLA").count()).toBe(0);
		await page.getByRole("button", { name: "Wyślij" }).click();
		await page.getByText("TYLKO-OLA").waitFor();
	});
});
