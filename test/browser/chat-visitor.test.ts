// What a visitor meets in the chat's window, by themselves and on another device, through the real edge; an agent is there.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { chat } from "../shop/chat.ts";
import { definitions, settings } from "../shop/definitions.ts";
import {
	agent,
	answer,
	answerIn,
	beside,
	bubbles,
	edge,
	inbox,
	open,
	openChat,
	press,
	setUpChat,
	shop,
	visitors,
	write,
} from "../support/chat.ts";
import { publish, putProducts } from "../support/client.ts";
import { isOf, say, soon } from "../support/host.ts";
import { login, tokenOf } from "../support/login.ts";

setUpChat({ login });

const fates = (page: Page) => visitors(page).locator(".state");

async function identify(page: Page, email: string, isProven: boolean): Promise<void> {
	await page.goto(`${shop.url}/cennik`);
	await page.waitForFunction(() => "witaj" in window && localStorage.getItem("witaj.token"));
	const proof = isProven ? [{ token: tokenOf({ sub: email, email, email_verified: true }) }] : [];
	const answered = page.waitForResponse(isOf("Identified"));
	await say(page, "identify", { email, firstName: "Ala" }, ...proof);
	await answered;
}

test("an emoji is chosen by a button; a message is delivered, and then read, for either side", async () => {
	const page = await (await open()).newPage();
	await openChat(page);
	await press(page, "Wstaw emoji");
	await visitors(page)
		.getByRole("group", { name: "Wstaw emoji" })
		.getByRole("button", { name: "👍" })
		.click();
	await write(page, `${await visitors(page).getByRole("textbox").inputValue()} pasuje`);
	await bubbles(page).getByText("👍 pasuje").waitFor();
	await fates(page).getByText("Dostarczono").waitFor();
	await answerIn("👍 pasuje");
	await fates(page).getByText("Przeczytano").waitFor();

	await page.keyboard.press("Escape");
	await answer("Świetnie 🌿");
	const line = agent.locator(".desk-line", { hasText: "Świetnie 🌿" });
	await line.getByText("Delivered").waitFor();
	await press(page, "Czat, nieprzeczytane wiadomości: 1");
	await line.getByText("Read").waitFor();
	await page.context().close();
});

test("a product that an agent pushes stands in the page, with its picture, its name, its price and the way to it", async () => {
	const url = `${shop.url}/produkt/kosiarka-akumulatorowa`;
	const image = `${shop.url}/img/logo.svg`;
	const product = { id: "kx-40", name: "Kosiarka KX-40", url, image, currency: "PLN", price: 1_299 };
	await putProducts(edge.url, "demo", [product]);
	const page = await (await open()).newPage();
	await openChat(page);
	await write(page, "Coś do małego ogrodu?");
	await answerIn("Coś do małego ogrodu?");
	await press(agent, "Assign");
	await agent.getByRole("menuitem", { name: "Show in the page" }).click();
	const dialog = agent.getByRole("dialog");
	await dialog.getByText("A product").click();
	await dialog.getByRole("combobox").fill("KX");
	await agent.getByRole("option", { name: /Kosiarka KX-40/ }).click();
	await dialog.getByRole("button", { name: "Show it" }).click();
	await visitors(page).getByText("Kosiarka KX-40").waitFor();
	await visitors(page).getByText("1 299,00 zł").waitFor();
	await soon(() =>
		visitors(page)
			.locator(".card img")
			.evaluate((picture: HTMLImageElement) => picture.naturalWidth),
	).toBeGreaterThan(0);
	await agent.getByText("Kosiarka KX-40 · PLN 1,299.00").waitFor();
	expect(await visitors(page).getByRole("link", { name: /Pokaż/ }).getAttribute("href")).toBe(url);
	await page.context().close();
});

test("whoever logs in finds the conversation on another device, with its transcript by mail; whoever only says so, does not", async () => {
	const [desk, phone, stranger] = await Promise.all([1, 2, 3].map(async () => (await open()).newPage()));
	if (!desk || !phone || !stranger) throw new Error("there are three");
	const address = "ala@example.pl";
	await identify(desk, address, true);
	await openChat(desk);
	await write(desk, "Piszę z komputera");
	await answerIn("Piszę z komputera");
	await beside().getByText("Verified").waitFor();

	await identify(phone, address, true);
	await openChat(phone);
	await bubbles(phone).getByText("Piszę z komputera").waitFor();
	await write(phone, "A teraz z telefonu");
	await bubbles(desk).getByText("A teraz z telefonu").waitFor();
	await inbox().getByText("A teraz z telefonu").waitFor();

	await identify(stranger, address, false);
	await openChat(stranger);
	await visitors(stranger).getByText("W czym możemy pomóc?").waitFor();
	await write(stranger, "To też ja");
	await press(stranger, "Opcje rozmowy");
	await press(stranger, "Wyślij zapis na e-mail");
	await visitors(stranger).getByText("Zapis wysyłamy tylko na potwierdzony adres.").waitFor();
	expect(await bubbles(stranger).allInnerTexts()).toEqual(["To też ja"]);
	expect(await bubbles(desk).allInnerTexts()).toEqual(["Piszę z komputera", "A teraz z telefonu"]);

	await press(phone, "Opcje rozmowy");
	await press(phone, "Wyślij zapis na e-mail");
	await visitors(phone).getByText("Zapis rozmowy jest w drodze.").waitFor();
	const letters = async () => (await fetch(`${edge.url}/demo/outbox`)).text();
	await soon(letters).toContain("A teraz z telefonu");
	const text = await letters();
	expect(text).toContain(address);
	expect(text).toContain("Piszę z komputera");
	expect(text).not.toContain("To też ja");
	for (const page of [desk, phone, stranger]) await page.context().close();
});

test("on an English page the window speaks English, and so does what it says by itself", async () => {
	const page = await (await open({ locale: "en-GB" })).newPage();
	await page.goto(`${shop.url}/en/cennik`);
	await press(page, "Chat");
	await visitors(page).getByText("How can we help?").waitFor();
	const field = visitors(page).getByRole("textbox", { name: "Write a message…" });
	await field.fill("Do you ship abroad?");
	await field.press("Enter");
	await fates(page).getByText("Delivered").waitFor();
	await answerIn("Do you ship abroad?");
	await answer("We do.");
	await bubbles(page).getByText("We do.").waitFor();
	await press(page, "Options");
	await press(page, "End the conversation");
	await visitors(page).getByText("How was this conversation?").waitFor();
	expect(await visitors(page).innerText()).not.toMatch(/[ąćęłńóśźż]/i);
	await page.context().close();
});

test("a site that wants a name and an address asks for them first, and what was said is in the inbox, not proven", async () => {
	await publish(
		edge.url,
		"demo",
		{ ...settings, login, chat: { ...chat, asks: ["name", "email"] } },
		definitions,
	);
	const page = await (await open()).newPage();
	await page.goto(`${shop.url}/cennik`);
	await press(page, "Czat");
	// What is published reaches whoever is there; nobody who has begun to write is asked any more.
	const asked = (name: string) => visitors(page).getByRole("textbox", { name, exact: true });
	await asked("Wiadomość").fill("Czy jest serwis?");
	await press(page, "Rozpocznij rozmowę");
	await visitors(page).getByText("Uzupełnij to pole.").first().waitFor();
	await asked("Imię").fill("Jan");
	await asked("Adres e-mail").fill("jan@firma.example");
	await press(page, "Rozpocznij rozmowę");
	await bubbles(page).getByText("Czy jest serwis?").waitFor();
	await answerIn("Czy jest serwis?");
	await agent.getByText("jan@firma.example (typed, not proven)").waitFor();
	await agent.locator(".desk-head").getByText("Jan").waitFor();
	await page.context().close();
});
