// A visitor on the shop and an agent in the admin talk, through the real edge: reload, lose the network, go on.

import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { examine } from "../support/axe.ts";
import {
	agent,
	answer,
	answerIn,
	answering,
	beside,
	bubbles,
	colleague,
	complaints,
	cuttable,
	edge,
	field,
	inbox,
	open,
	openChat,
	openTab,
	phone,
	press,
	rows,
	setUpChat,
	shop,
	visitors,
	write,
} from "../support/chat.ts";
import { messageId, putProducts } from "../support/client.ts";
import { isDecision, isOf, say, soon } from "../support/host.ts";
import { packed } from "../support/hostile.ts";

setUpChat();

test("a visitor and an agent talk, both reload, and nothing is lost or doubled", async () => {
	const page = await (await open()).newPage();
	await openChat(page);
	await write(page, "Dzień dobry, czy ta kosiarka da radę na skarpie?");
	await answerIn("Dzień dobry, czy ta kosiarka");
	await answering().fill("/he");
	await agent.getByRole("option", { name: /hej/ }).waitFor();
	await answering().press("Enter");
	await answering().press("Enter");
	await bubbles(page).getByText("Dzień dobry, z tej strony Demo.").waitFor();
	// It is before the visitor's eyes, and the agent is told so.
	await agent
		.locator(".desk-line", { hasText: "Dzień dobry, z tej strony Demo." })
		.getByText("Read")
		.waitFor();

	await agent.getByText("Private note", { exact: true }).click();
	await agent.getByRole("textbox", { name: "Private note" }).fill("Look up the slope.");
	await agent.getByRole("textbox", { name: "Private note" }).press("Enter");
	await agent.locator(".is-note").getByText("Look up the slope.").waitFor();
	await field(page).pressSequentially("Su");
	await agent.getByText("The visitor is writing…").waitFor();
	await write(page, "Super, dziękuję!");
	await inbox().getByText("Super, dziękuję!").waitFor();

	await Promise.all([page.reload(), agent.reload()]);
	await bubbles(page).getByText("Super, dziękuję!").waitFor();
	await inbox().getByText("Super, dziękuję!").waitFor();
	await answer("Zawsze do usług.");
	await bubbles(page).getByText("Zawsze do usług.").waitFor();
	const talk = [
		"Dzień dobry, czy ta kosiarka da radę na skarpie?",
		"Dzień dobry, z tej strony Demo.",
		"Super, dziękuję!",
		"Zawsze do usług.",
	];
	expect(await bubbles(page).allInnerTexts()).toEqual(talk);
	expect(await inbox().allInnerTexts()).toEqual(talk.toSpliced(2, 0, "Look up the slope."));
	// On the next page, with what the agent sees beside it.
	await page.goto(`${shop.url}/`);
	await bubbles(page).getByText("Zawsze do usług.").waitFor();
	await beside()
		.locator(".desk-page", { hasText: `${shop.url}/` })
		.waitFor();
	await beside().locator(".desk-path", { hasText: "Cennik" }).waitFor();

	await press(page, "Opcje rozmowy");
	await press(page, "Zakończ rozmowę");
	await press(page, "5 z 5");
	await visitors(page).locator(".form").getByRole("button", { name: "Wyślij" }).press("Enter");
	await agent.getByText("Rated 5 of 5").waitFor();
	await page.keyboard.press("Escape");
	await visitors(page).getByRole("dialog").waitFor({ state: "detached" });

	await agent.getByRole("link", { name: "Closed" }).click();
	await rows().getByText("5 ★").waitFor();
	// What was said reaches the search by and by.
	const found = async () => {
		const answered = await agent.request.get(`${edge.url}/api/sites/demo/conversations?q=SKARPIE`);
		return (await answered.json()).conversations;
	};
	await soon(found).toHaveLength(1);
	await agent.getByRole("searchbox", { name: "Search in conversations" }).fill("SKARPIE");
	await agent.getByText("1 conversation found").waitFor();
	await agent.getByRole("searchbox", { name: "Search in conversations" }).fill("");
	await page.context().close();
});

test("what is said while the network is gone arrives when it is back, once and in one order for both", async () => {
	const context = await open();
	const network = await cuttable(context);
	const page = await context.newPage();
	await openChat(page);
	await write(page, "Zaczynam");
	await answerIn("Zaczynam");
	// What is on its way is swallowed first, and only then is the line dead.
	network.fall();
	await write(page, "Pierwsze bez sieci");
	await answer("Tego jeszcze nie widać");
	await network.cut();
	await write(page, "Drugie bez sieci");
	await write(page, "Trzecie bez sieci");
	await visitors(page).getByText("Brak połączenia").waitFor();
	await page.reload();
	await expect
		.poll(async () => (await bubbles(page).allInnerTexts()).filter((text) => /bez sieci/.test(text)))
		.toHaveLength(3);
	await inbox().getByText("Tego jeszcze nie widać").waitFor();
	network.mend();
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await inbox().getByText("Trzecie bez sieci").waitFor();
	await bubbles(page).getByText("Tego jeszcze nie widać").waitFor();
	await expect.poll(async () => (await bubbles(page).allInnerTexts()).length).toBe(5);
	const both = await Promise.all([bubbles(page).allInnerTexts(), inbox().allInnerTexts()]);
	expect(both[0]).toEqual(both[1]);
	expect(new Set(both[0]).size).toBe(5);
	await context.close();
});

/** Those of the tabs that hold the lock of whoever speaks. */
async function speakers(pages: readonly Page[]): Promise<readonly Page[]> {
	const held = await Promise.all(
		pages.map((page) =>
			page.evaluate(() =>
				navigator.locks.request(crypto.randomUUID(), async (own) => {
					const { held = [] } = await navigator.locks.query();
					const holderOf = (name?: string) => held.find((one) => one.name === name)?.clientId;
					return holderOf("witaj.chat") === holderOf(own?.name);
				}),
			),
		),
	);
	return pages.filter((_, n) => held[n]);
}

/** The page does nothing at all, as if the browser had put it to sleep, until it is woken. */
async function sleep(page: Page): Promise<() => Promise<void>> {
	const asleep = Promise.withResolvers<void>();
	const woken = Promise.withResolvers<void>();
	await page.route("**/asleep", async (route) => {
		asleep.resolve();
		await woken.promise;
		await route.fulfill({ headers: { "access-control-allow-origin": "*" } });
	});
	const slept = page.evaluate((url) => {
		const request = new XMLHttpRequest();
		request.open("GET", url, false);
		request.send();
	}, `${edge.url}/asleep`);
	await asleep.promise;
	return () => {
		woken.resolve();
		return slept;
	};
}

test("four tabs share one line and hear the same, and where one is closed or sleeps another takes it over", async () => {
	const context = await open();
	const { lines } = await cuttable(context);
	const pages: Page[] = [];
	for (const path of ["/cennik", "/", "/koszyk", "/kosiarki-akumulatorowe"]) {
		const page = await context.newPage();
		pages.push(page);
		await openChat(page, path);
		await write(page, `Z karty ${pages.length}`);
		await bubbles(page).getByText(`Z karty ${pages.length}`).waitFor();
	}
	const all = ["Z karty 1", "Z karty 2", "Z karty 3", "Z karty 4"];
	for (const page of pages) await expect.poll(() => bubbles(page).allInnerTexts()).toEqual(all);
	await expect.poll(() => lines.size).toBe(1);
	const [first, ...left] = pages;
	if (!first) throw new Error("there are four");
	await first.close();
	await answerIn("Z karty 4");
	await answer("Do wszystkich kart");
	for (const page of left) await bubbles(page).getByText("Do wszystkich kart").waitFor();
	const [sleeper] = await speakers(left);
	if (!sleeper) throw new Error("one speaks");
	const others = left.filter((page) => page !== sleeper);
	// The one that speaks now hears nothing for a while, with its line and its lock; one that is awake takes both.
	const wake = await sleep(sleeper);
	for (const page of others) await write(page, `Nie śpi ${others.indexOf(page)}`);
	await inbox().getByText("Nie śpi 1").waitFor();
	await expect.poll(() => lines.size).toBe(2);
	await wake();
	all.push("Do wszystkich kart", "Nie śpi 0", "Nie śpi 1");
	for (const page of left)
		await expect.poll(async () => (await bubbles(page).allInnerTexts()).toSorted()).toEqual(all.toSorted());
	await expect.poll(() => lines.size).toBe(1);
	await context.close();
});

test("where sockets are blocked the same is said by requests", async () => {
	const context = await open();
	await context.routeWebSocket(/\/v1\/chat/, (line) => line.close({ code: 1001 }));
	const page = await context.newPage();
	await openChat(page);
	await write(page, "Bez gniazda");
	await answerIn("Bez gniazda");
	await answer("Też słychać");
	await bubbles(page).getByText("Też słychać").waitFor();
	expect(await bubbles(page).allInnerTexts()).toEqual(["Bez gniazda", "Też słychać"]);
	await context.close();
});

test("an agent sees that a colleague writes, is warned before a stale text goes out, and hands over", async () => {
	const network = await cuttable(agent.context());
	await agent.reload();
	const other = await colleague();
	const page = await (await open()).newPage();
	await openChat(page);
	await write(page, "Kto odpowie?");
	await answerIn("Kto odpowie?");
	await answer("Ja");
	await bubbles(page).getByText("Ja", { exact: true }).waitFor();
	const conversation = agent.url().split("/").at(-1) ?? "";
	other.say({ is: "typing", conversation });
	await agent.getByText("Operator is writing an answer").waitFor();
	await network.cut();
	const command = { id: messageId(), is: "send", text: "Ja też", seen: 1_000_000 };
	other.say({ is: "do", conversation, commands: [command] });
	await bubbles(page).getByText("Ja też").waitFor();
	await answer("Powtarzam się");
	network.mend();
	await agent.evaluate(() => dispatchEvent(new Event("online")));
	await agent.getByRole("alert").getByText("answered meanwhile").waitFor();
	await inbox().getByText("Ja też").waitFor();
	expect(await bubbles(page).allInnerTexts()).not.toContain("Powtarzam się");
	await press(agent, "Send it anyway");
	await bubbles(page).getByText("Powtarzam się").waitFor();

	const menu = (label: string, item: string) =>
		press(agent, label).then(() => agent.getByRole("menuitem", { name: item }).click());
	await menu("Assign", "Assign to Operator");
	await agent.locator(".desk-head").getByText("Operator").waitFor();
	await menu("Assign", "Assign to me");
	await agent.locator(".desk-head").getByText("You").waitFor();
	await menu("Snooze", "For an hour");
	await agent.locator(".desk-head").getByText("Snoozed").waitFor();
	// Whoever writes again wakes it.
	await write(page, "Jestem jeszcze");
	await agent.locator(".desk-head").getByText("Snoozed").waitFor({ state: "detached" });
	other.leave();
	await page.context().close();
});

test("whoever is on the site is seen, invited, shown things in the page, and told of answers that come meanwhile", async () => {
	const context = await open();
	await context.addInitScript(() => {
		Object.assign(window, { rung: 0 });
		OscillatorNode.prototype.start = () =>
			Object.assign(window, { rung: Number(Reflect.get(window, "rung")) + 1 });
	});
	const page = await context.newPage();
	await page.goto(`${shop.url}/kosiarki-akumulatorowe`);
	await agent.getByRole("link", { name: /^Visitors/ }).click();
	const one = agent.getByRole("row").filter({ hasText: "/kosiarki-akumulatorowe" });
	await one.getByRole("button", { name: "Invite" }).click();
	await agent.getByRole("dialog").getByRole("textbox").fill("Pomóc w wyborze?");
	await agent.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
	await bubbles(page).getByText("Pomóc w wyborze?").waitFor();
	await write(page, "Chętnie");
	await inbox().getByText("Chętnie").waitFor();

	const show = async (kind: string, fill: () => Promise<unknown>) => {
		await press(agent, "Assign");
		await agent.getByRole("menuitem", { name: "Show in the page" }).click();
		await agent.getByRole("dialog").getByText(kind).click();
		await fill();
		await agent.getByRole("dialog").getByRole("button", { name: "Show it" }).click();
	};
	await show("A coupon", async () => {
		await agent.getByLabel("Code").fill("ROZMOWA10");
		await agent.getByLabel("What it is for").fill("10% na kosiarki");
	});
	await visitors(page).getByText("ROZMOWA10").waitFor();
	await show("A pop-up", () =>
		agent.getByRole("dialog").getByRole("combobox").selectOption("Kontakt: zaproszenie do czatu"),
	);
	await page.locator("witaj-popup").getByText("Pomóc w wyborze?").waitFor();
	await page.locator("witaj-popup").getByRole("button", { name: "Porozmawiajmy" }).click();
	await page.keyboard.press("Escape");
	await answer("Mamy trzy takie");
	await press(page, "Czat, nieprzeczytane wiadomości: 1");
	await bubbles(page).getByText("Mamy trzy takie").waitFor();
	const rung = () => page.evaluate(() => Number(Reflect.get(window, "rung")));
	await soon(rung).toBeGreaterThan(0);
	await press(page, "Opcje rozmowy");
	await press(page, "Wycisz dźwięk");
	await page.evaluate(() => {
		Object.assign(window, { rung: 0 });
		Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await answer("Którą pokazać?");
	await expect.poll(() => page.title()).toMatch(/^\(1\) /);
	expect(await rung()).toBe(0);
	await page.evaluate(() => {
		Reflect.deleteProperty(document, "hidden");
		document.dispatchEvent(new Event("visibilitychange"));
	});
	expect(await page.title()).not.toContain("(1)");

	// The agent looks elsewhere, too.
	await agent.evaluate(() =>
		Object.defineProperty(document, "hidden", { configurable: true, get: () => true }),
	);
	await write(page, "Tę pierwszą");
	await expect
		.poll(() => agent.evaluate(() => Reflect.get(window, "told")))
		.toEqual(["Anonymous visitor writes: Tę pierwszą"]);
	await agent.evaluate(() => Reflect.deleteProperty(document, "hidden"));
	await context.close();
});

test("of whoever is there an agent sees cart, score, segments, and what they were shown and why, also beside the talk", async () => {
	const url = `${shop.url}/produkt/kx-40`;
	await putProducts(edge.url, "demo", [
		{ id: "kx-40", name: "Kosiarka KX-40", url, currency: "PLN", price: 899 },
	]);
	const page = await (await open()).newPage();
	for (const path of ["/cennik", "/cennik", "/cennik", "/kosiarki-akumulatorowe"]) {
		const answered = page.waitForResponse(isDecision);
		await page.goto(shop.url + path);
		await answered;
	}
	await page.locator("witaj-popup").getByText("WITAJ10").waitFor();
	await page.keyboard.press("Escape");
	// What the agent is told of those who are there is asked for seldom.
	const told = page.waitForResponse(isOf("Cart Updated"));
	await say(page, "track", "Cart Updated", {
		...{ cart_id: "1", value: 1_798, currency: "PLN" },
		products: [
			{ product_id: "kx-40", price: 899, quantity: 1 },
			{ product_id: "nozyce", price: 899, quantity: 1 },
		],
	});
	await told;
	await agent.getByRole("link", { name: /^Visitors/ }).click();
	const one = agent.getByRole("row").filter({ hasText: "/kosiarki-akumulatorowe" });
	for (const known of ["Gotowi do zakupu", "1,798", "Anonymous visitor"])
		await one.getByText(known).first().waitFor();
	await one.getByRole("button", { name: "Anonymous visitor" }).click();
	const about = agent.getByRole("dialog", { name: "About the visitor" });
	const isWhole = async (of: Locator) => {
		await of.locator(".desk-path li", { hasText: "/kosiarki-akumulatorowe" }).first().waitFor();
		await of.getByText("2 items").waitFor();
		await of.getByText("Kosiarka KX-40, nozyce").waitFor();
		await of.getByText("Gotowi do zakupu", { exact: true }).waitFor();
		const shown = of.locator(".desk-path li", { hasText: "Gotowi do zakupu: kod na pierwsze zamówienie" });
		await shown.getByText("On /kosiarki-akumulatorowe").waitFor();
		await shown.getByText("Because of the segment “Gotowi do zakupu”").waitFor();
	};
	await isWhole(about);
	await agent.keyboard.press("Escape");
	await press(page, "Czat");
	await write(page, "Mam kod?");
	await openTab().click();
	await answerIn("Mam kod?");
	await isWhole(beside());
	await page.context().close();
});

test("where nobody is there, a form takes a message and an address, which proves nothing", async () => {
	await press(agent, "I am here");
	await agent.getByRole("menuitemradio", { name: "I am away" }).click();
	// Said by the desk. A page that was there before would wait a while whether the agent comes back.
	await agent.getByRole("button", { name: "I am away" }).waitFor();
	const page = await (await open()).newPage();
	await page.goto(`${shop.url}/cennik`);
	await press(page, "Czat");
	// Whoever is in the middle of a sentence when this is known goes on with it, and is asked for nothing.
	await visitors(page).getByText("Zostaw wiadomość i adres").waitFor();
	await visitors(page).getByRole("textbox", { name: "Wiadomość" }).fill("Proszę o ofertę");
	await visitors(page).getByRole("textbox", { name: "Adres e-mail" }).fill("jan@");
	await press(page, "Zostaw wiadomość");
	await visitors(page).getByText("Ten adres wygląda na niepełny").waitFor();
	await visitors(page).getByRole("textbox", { name: "Adres e-mail" }).fill("jan@firma.example");
	await press(page, "Zostaw wiadomość");
	await bubbles(page).getByText("Proszę o ofertę").waitFor();
	await answerIn("Proszę o ofertę");
	await agent.getByText("Said to be jan@firma.example (typed, not proven)").waitFor();
	await press(agent, "I am away");
	await agent.getByRole("menuitemradio", { name: "I am here" }).click();
	await visitors(page).getByText("Jesteśmy tu").waitFor();
	await page.context().close();
});

test("a greeting's button opens the chat, and the conversation says that it did", async () => {
	const page = await (await open()).newPage();
	await page.goto(`${shop.url}/kontakt`);
	await page.locator("witaj-popup").getByRole("button", { name: "Porozmawiajmy" }).click();
	await write(page, "Tak, poproszę");
	await answerIn("Tak, poproszę");
	await page.context().close();
});

test("hostile words, names and files are words in the inbox, and nothing runs", async () => {
	const page = await (await open()).newPage();
	await openChat(page);
	const words = [
		'<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
		'javascript:alert(1) data:text/html,<b>x</b> https://example.com/"onmouseover=alert(1)',
		"\u202Eodwrócone\u0000 {{constructor.constructor('window.pwned=1')()}}",
	];
	for (const text of words) await write(page, text);
	const marked = words[0]?.slice(0, 20) ?? "";
	await answerIn("odwrócone");
	await visitors(page)
		.locator("input[type=file]")
		.setInputFiles({
			name: '"><img src=x onerror=window.pwned=1>.png',
			mimeType: "image/png",
			buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'/>"),
		});
	await visitors(page).getByText("Nie udało się wysłać pliku.").waitFor();
	await soon(() => complaints).toEqual([expect.stringMatching(/^422 .*\/v1\/chat\/file\//)]);
	complaints.length = 0;
	const picture = Buffer.from(
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
		"base64",
	);
	await visitors(page).locator("input[type=file]").setInputFiles({
		name: '"><img src=x onerror=window.pwned=1>.png',
		mimeType: "image/png",
		buffer: picture,
	});
	await expect
		.poll(() =>
			agent.locator(".desk-file img").evaluate((picture) => (picture as HTMLImageElement).naturalWidth),
		)
		.toBe(1);
	await inbox().getByText(marked).waitFor();
	for (const one of [page, agent]) {
		expect(await one.evaluate(() => "pwned" in window)).toBe(false);
		expect(await one.locator("a[href^='javascript:'], a[href^='data:']").count()).toBe(0);
	}
	expect(await inbox().allInnerTexts()).toContain(words[0]);
	await page.context().close();
});

test("no payload that one of the two says is more than words to either", async () => {
	const page = await (await open()).newPage();
	const ran: string[] = [];
	for (const one of [page, agent]) {
		one.on("dialog", async (shown) => {
			ran.push(shown.message());
			await shown.dismiss();
		});
	}
	await openChat(page);
	// As many in one message as it holds.
	for (const [n, text] of packed(3_900).entries()) {
		await write(page, `Pytanie-${n} ${text}`);
		if (n === 0) await answerIn("Pytanie-0");
		await answer(`Odpowiedź-${n} ${text}`);
		await bubbles(page).getByText(`Odpowiedź-${n}`).waitFor();
		await inbox().getByText(`Pytanie-${n}`).waitFor();
	}
	const own = [bubbles(page), inbox()];
	for (const said of own) {
		const elements = said.locator(":not(a, br, p, span)");
		expect(await elements.evaluateAll((all) => all.map(({ localName }) => localName))).toEqual([]);
		const links = await said.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
		expect(links.filter((link) => !link?.startsWith("https://") && !link?.startsWith("http://"))).toEqual([]);
		const marks = await said.locator("*").evaluateAll((all) => all.flatMap((one) => one.getAttributeNames()));
		expect(marks.filter((name) => /^on|^style$/.test(name))).toEqual([]);
	}
	expect(ran).toEqual([]);
	await page.context().close();
});

test("both sides are free of what axe finds, on a desktop and on a phone", async () => {
	for (const [n, options] of [{}, { ...phone, colorScheme: "dark" } as const].entries()) {
		const page = await (await open(options)).newPage();
		await openChat(page);
		await write(page, `Do obejrzenia ${n}`);
		await answerIn(`Do obejrzenia ${n}`);
		await answer("Patrzymy");
		await bubbles(page).getByText("Patrzymy").waitFor();
		expect((await examine(page, "witaj-chat")).failed).toEqual([]);
		await page.context().close();
	}
	for (const colorScheme of ["light", "dark"] as const) {
		await agent.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		expect((await examine(agent, "#page")).failed).toEqual([]);
	}
});
