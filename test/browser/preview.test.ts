// A preview on the live site: what its link brings leaves the address bar, what it shows tells nobody anything.

import { expect, test } from "vitest";
import { complaints, dialog, newPage, offer, requests, seenBy, setUp, soon, stub } from "../support/host.ts";

setUp();

const preview = () => offer({ preview: true, claim: "preview" });
const told = () => stub.received.flatMap(({ events }) => events.map(({ name }) => name));

test("a preview's link opens it on every page until it is switched off, and is in no address", async () => {
	stub.show = ({ staff }) => (staff === "l1.mark" ? [preview()] : []);
	const page = await newPage();
	await page.goto(`${stub.page}/?a=1&wp=l1.mark`);
	await dialog(page).waitFor();
	expect(await page.evaluate(() => location.search)).toBe("?a=1");
	expect(JSON.stringify(stub.received.map(({ page: sent }) => sent))).not.toContain("l1.mark");
	await page.goto(`${stub.page}/next`);
	await dialog(page).waitFor();
	await page.goto(`${stub.page}/?witaj-staff=off`);
	await requests(3);
	expect(stub.received.at(-1)?.staff).toBeUndefined();
	expect(await dialog(page).count()).toBe(0);
	expect(complaints).toEqual([]);
});

test("whatever is done in it, no event and no claim of it leaves the page, and its form thanks", async () => {
	stub.show = ({ staff }) => (staff ? [preview()] : []);
	const page = await newPage();
	await page.goto(`${stub.page}/?wp=l1.mark`);
	await dialog(page).waitFor();
	await page.getByLabel("Adres e-mail").fill("ola@example.com");
	await page.getByLabel("Zgadzam się na newsletter.").check();
	await page.getByRole("button", { name: "Zapisz mnie" }).click();
	await page.getByRole("heading", { name: "Dziękujemy" }).waitFor();
	await page.getByRole("button", { name: "Zamknij" }).click();
	await dialog(page).waitFor({ state: "detached" });
	await page.click("#next");
	await soon(() => told().filter((name) => name === "Page Viewed").length).toBe(2);
	expect(told().filter((name) => /Experience|Form/.test(name))).toEqual([]);
	expect(stub.received.flatMap(({ claims = [] }) => claims)).toEqual([]);
	expect(JSON.stringify(stub.texts)).not.toContain("ola@");
	expect((await seenBy(page)).violations).toEqual([]);
});
