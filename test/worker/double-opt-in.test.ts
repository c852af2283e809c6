// Double opt-in, whole: a form is submitted, a message leaves, its link is opened, confirmed on our page, and proves at
// the site whose browser it is.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { Mails, type ShownMail } from "../../worker/cell/mails.ts";
import { Store } from "../../worker/cell/store.ts";
import { resolve } from "../../worker/directory/resolve.ts";
import { proven } from "../../worker/edge/proof.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { sqlOf } from "../../worker/platform/sql.ts";
import { signToken, verifyToken } from "../../worker/platform/token.ts";
import type { ConsentField, FormBlock } from "../../worker/protocol/experience.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import {
	Browser,
	call,
	drain,
	edge,
	env,
	event,
	freshWorld,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

const [any] = definitions.experiences;
if (!any) throw new Error("the demo shows nothing");
const wording = "Chcę dostawać <b>newsletter</b>.";
const form = (id: string, doubleOptIn: boolean): Experience => {
	const { segment: _segment, ...rest } = any;
	const consent: ConsentField = {
		kind: "consent",
		name: "agreement",
		purpose: "newsletter",
		wording,
		version: "v1",
		doubleOptIn,
	};
	const block: FormBlock = {
		kind: "form",
		fields: [{ kind: "email", name: "email", label: "E-mail", required: true }, consent],
		submit: "Zapisz",
		thanks: [{ kind: "text", text: "Sprawdź pocztę." }],
	};
	return {
		...rest,
		id,
		content: {
			pl: { label: "Newsletter", blocks: [block] },
		},
	};
};

let browser: Browser;
beforeEach(async () => {
	await freshWorld();
	const experiences = [form("asks", true), form("trusts", false)];
	browser = new Browser(await publish({ settings: { origins: [shop] }, definitions: { experiences } }));
	await browser.view("/blog");
});

const props = (experience: string, email = "Ewa@Example.com") => ({
	experience,
	revision: 1,
	email,
	"consent.newsletter": "v1",
	"wording.newsletter": wording,
});
const submit = (experience: string, email?: string) =>
	browser.send([event("Form Submitted", props(experience, email))], "/blog", {});

async function mails(): Promise<readonly ShownMail[]> {
	const { cell } = partsOf(browser.token);
	return cellOf(env, site, cell).shownMails();
}

async function mail(): Promise<ShownMail> {
	const [first] = await expect.poll(mails).not.toEqual([]).then(mails);
	if (!first) throw new Error("no message left");
	return first;
}

const linkIn = ({ text }: ShownMail): string => /https:\/\/\S+\/c\/\S+/.exec(text)?.[0] ?? "";
const open = (url: string, method = "GET") =>
	exports.default.fetch(url, { method, redirect: "manual", headers: { "accept-language": "pl" } });

/** A browser whose cell is not the other's. */
async function elsewhere(): Promise<Browser> {
	for (;;) {
		const other = new Browser(browser.key);
		await other.view("/");
		if (partsOf(other.token).cell !== partsOf(browser.token).cell) return other;
	}
}

async function recogniseAs(one: Browser, value: string, kind: "user" | "email" = "user"): Promise<void> {
	const keyring = keyringOf(env.TOKEN_KEYS);
	const token = await verifyToken(keyring, site, one.token ?? "");
	const next = await recognise(env, site, token, { identifiers: [{ kind, value }], proof: "verified" });
	if (!next) throw new Error("the proof names nobody");
	one.token = await signToken(keyring, site, next);
	await settled();
}

const letter = {
	from: { address: "a@example.com" },
	to: { address: "b@example.com" },
	subject: "",
	text: "",
};

async function withConsent(state: string): Promise<number> {
	await drain(browser.token);
	const condition = { field: "consent", channel: "email", purpose: "newsletter", state };
	const answer = await call("POST", `${site}/conditions/people`, { condition });
	return (await answer.json<{ count: number }>()).count;
}

/** The proof that the confirmed page hands on to the site's. */
async function confirmed(): Promise<string> {
	await submit("asks");
	const answer = await open(linkIn(await mail()), "POST");
	return new URL(answer.headers.get("location") ?? "").searchParams.get("wc") ?? "";
}

describe("a form that asks for a confirmation", () => {
	test("sends one message, in the page's language, with nothing of the marketer's taken for HTML", async () => {
		await submit("asks");
		const { to, subject, text, html } = await mail();
		expect(to).toBe("ewa@example.com");
		expect(subject).toBe("Potwierdź swój adres – Zielony Kąt");
		expect(text).toContain(wording);
		expect(html).toContain("Chcę dostawać &lt;b&gt;newsletter&lt;/b&gt;.");
		expect(linkIn(await mail())).toMatch(new RegExp(`^${edge}/c/l1\\.k1\\.c\\.demo\\.`));
		expect(await withConsent("pending")).toBe(1);
	});

	test("a scanner that opens the link changes nothing; the button confirms and leads back with a proof", async () => {
		await submit("asks");
		const link = linkIn(await mail());
		for (const method of ["GET", "HEAD", "GET"]) expect((await open(link, method)).status).toBe(200);
		const page = await (await open(link)).text();
		expect(page).toContain("Zielony Kąt");
		expect(page).toContain("Chcę dostawać &#60;b&#62;newsletter");
		expect(page).not.toContain("<script");
		expect(await withConsent("given")).toBe(0);

		const answer = await open(link, "POST");
		expect(answer.status).toBe(303);
		const back = new URL(answer.headers.get("location") ?? "");
		expect(back.origin + back.pathname).toBe(`${shop}/blog`);
		expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
		expect(await withConsent("given")).toBe(1);
		expect(await withConsent("pending")).toBe(0);

		const token = back.searchParams.get("wc") ?? "";
		expect(await proven(env, site, { kind: "confirmed", token })).toEqual({
			proof: "verified",
			identifiers: [{ kind: "email", value: "ewa@example.com" }],
		});
	});

	test("comes from the site where it says from whom, and outlives a cell that sleeps in between", async () => {
		const sender = { name: "Zielony Kąt", address: "sklep@shop.example" };
		const experiences = [form("asks", true)];
		await publish({ settings: { origins: [shop], sender }, definitions: { experiences } });
		await submit("asks");
		const sent = await mail();
		expect(sent.from).toBe("Zielony Kąt <sklep@shop.example>");
		const { cell } = partsOf(browser.token);
		await evictDurableObject(cellOf(env, site, cell));
		expect((await open(linkIn(sent), "POST")).status).toBe(303);
		await evictDurableObject(cellOf(env, site, cell));
		expect(await mails()).toEqual([sent]);
		expect(await (await open(linkIn(sent))).text()).toContain("już potwierdzony");
	});

	test("confirms once: again, it says that it is done, gives no other proof and makes no other entry", async () => {
		await submit("asks");
		const link = linkIn(await mail());
		await open(link, "POST");
		const again = await open(link, "POST");
		expect([again.status, again.headers.get("location")]).toEqual([200, null]);
		expect(await again.text()).toContain("już potwierdzony");
		expect(await (await open(link)).text()).toContain("już potwierdzony");
		await drain(browser.token);
		const count = "SELECT count(*) AS n FROM events WHERE name = 'Consent Given'";
		expect(await env.DB.prepare(count).first("n")).toBe(1);
	});

	test("keeps the words agreed to, their version, the place and the time in the ledger", async () => {
		await confirmed();
		await drain(browser.token);
		const { results } = await env.DB.prepare(
			"SELECT name, props FROM events WHERE name LIKE 'Consent%' ORDER BY id",
		).all<{ name: string; props: string }>();
		const terms = { channel: "email", purpose: "newsletter", version: "v1", wording };
		expect(results.map(({ name, props }) => [name, JSON.parse(props)])).toEqual([
			["Consent Pending", { ...terms, place: "form" }],
			["Consent Given", { ...terms, place: "link" }],
		]);
	});

	test("writes to one address three times a day at most", async () => {
		for (let i = 0; i < 5; i++) await submit("asks");
		await expect.poll(async () => (await mails()).length).toBe(3);
		await submit("asks", "ola@example.com");
		await expect.poll(async () => (await mails()).length).toBe(4);
	});

	test("writes the published words alone: whoever types another's address does not choose what is written there", async () => {
		const lure = {
			...props("asks"),
			"wording.newsletter": "You have won: https://evil.example",
			name: "https://evil.example",
		};
		await browser.send([event("Form Submitted", lure)], "/blog", {});
		const sent = await mail();
		expect(JSON.stringify(sent)).not.toContain("evil");
		expect(sent.text).toContain(wording);
		const page = await (await open(linkIn(sent))).text();
		expect(page).not.toContain("evil");
		await open(linkIn(sent), "POST");
		await drain(browser.token);
		const given = "SELECT props ->> 'wording' AS wording FROM events WHERE name = 'Consent Given'";
		expect(await env.DB.prepare(given).first("wording")).toBe(wording);
	});

	test("asks nobody for what they gave already", async () => {
		await confirmed();
		await submit("asks");
		expect(await withConsent("given")).toBe(1);
		expect(await mails()).toHaveLength(1);
	});

	test("hands its proof to pages of the site alone, whatever a page says of its address", async () => {
		const page = { url: "https://evil.example/", language: "pl", visible: true };
		const events = [event("Form Submitted", props("asks"))];
		await browser.post({ ...browser.envelope("/"), page, events });
		const answer = await open(linkIn(await mail()), "POST");
		expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
		expect(await answer.text()).not.toContain("evil.example");
		expect(await withConsent("given")).toBe(1);
	});

	test("counts for whoever the person is by now, and proves it once: merged into another card", async () => {
		const other = await elsewhere();
		await submit("asks");
		const sent = await mail();
		await settled();
		await recogniseAs(other, "42");
		const { visitor: person, cell } = partsOf(browser.token);
		const into = await resolve(env, site, [{ kind: "user", value: "42" }]);
		expect(await cellOf(env, site, cell).merge({ site, cell, person, into })).toEqual({ is: "done" });
		const link = linkIn(sent);
		const [first, again] = [await open(link, "POST"), await open(link, "POST")];
		expect([first.status, again.status]).toEqual([303, 200]);
		const card = await cellOf(env, site, cell).card(person);
		expect(card).toMatchObject({ person: into.person, consents: [{ state: "given", place: "link" }] });
		await settled();
		const count = "SELECT count(*) AS n FROM events WHERE name = 'Consent Given'";
		expect(await env.DB.prepare(count).first("n")).toBe(1);
		// What is asked of them under their former name is asked of the card.
		expect(await cellOf(env, site, cell).basics(person)).toMatchObject({ person: into.person });
		expect(await cellOf(env, site, cell).identifiersOf(person)).toContainEqual({ kind: "user", value: "42" });
		const whence = { edge, language: "pl", page: shop } as const;
		// The address was typed, and no more is known of the card's own.
		expect(await cellOf(env, site, cell).ask({ site, cell, person, ...whence })).toBe("no-address");
	});

	test("counts for the card whose the address is, once the browser that typed it proved to be its", async () => {
		const other = await elsewhere();
		await other.send([event("Form Submitted", { email: "ewa@example.com" })], "/blog", {});
		await settled();
		const owner = await resolve(env, site, [{ kind: "email", value: "ewa@example.com" }]);
		await submit("asks");
		const { cell } = partsOf(browser.token);
		await expect.poll(async () => (await cellOf(env, site, cell).shownMails()).length).toBe(1);
		const sent = await mail();
		await settled();
		await recogniseAs(browser, "ewa@example.com", "email");
		expect(partsOf(browser.token).cell).toBe(owner.cell);
		expect((await open(linkIn(sent), "POST")).status).toBe(303);
		const card = await cellOf(env, site, owner.cell).card(owner.person);
		expect(card?.consents).toMatchObject([{ state: "given", place: "link" }]);
	});

	test("is not sent any more once the person is struck: while others are sent, while it is written, while the server is greeted", async () => {
		const { cell } = partsOf(browser.token);
		await runInDurableObject(cellOf(env, site, cell), async (_cell, { storage }) => {
			const sent: string[] = [];
			let ends: Promise<void> = Promise.resolve();
			const store = new Store(sqlOf(storage));
			const post: Mails<string> = new Mails<string>(store, {
				sender: () => ({
					from: { address: "a@example.com" },
					send: async ({ id }, isWanted = () => true) => {
						post.forget("second");
						if (id === "fourth") post.forget("fourth");
						if (isWanted()) sent.push(id);
						return "sent";
					},
				}),
				write: async (_letter, id) => {
					if (id === "third") post.forget("third");
					return { ...letter, id };
				},
				detached: (work) => {
					ends = work;
				},
			});
			const all = ["first", "second", "third", "fourth", "last"];
			for (const one of all) post.append({ id: one, person: one, letter: one });
			await post.run();
			await ends;
			expect(sent).toEqual(["first", "last"]);
		});
	});

	test("asks nothing any more once the person is gone", async () => {
		await submit("asks");
		const link = linkIn(await mail());
		const { cell } = partsOf(browser.token);
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
			storage.sql.exec("DELETE FROM confirmations");
		});
		expect((await open(link)).status).toBe(404);
		expect((await open(link, "POST")).status).toBe(404);
	});
});

describe("whether an address is theirs", () => {
	const body = { edge, page: `${shop}/konto`, language: "en" };
	const ask = (whose: string, more: object = {}) =>
		call("POST", `${site}/people/${whose}/confirmation`, { ...body, ...more });

	test("is asked by message, proves as much as a consent does, and enters nothing into the ledger", async () => {
		await submit("trusts");
		await drain(browser.token);
		const { visitor } = partsOf(browser.token);
		expect((await ask(visitor)).status).toBe(200);
		const sent = await mail();
		expect(sent.subject).toBe("Confirm your address – Zielony Kąt");
		const answer = await open(linkIn(sent), "POST");
		const back = new URL(answer.headers.get("location") ?? "");
		expect(back.pathname).toBe("/konto");
		const token = back.searchParams.get("wc") ?? "";
		expect(await proven(env, site, { kind: "confirmed", token })).toMatchObject({ proof: "verified" });
		await drain(browser.token);
		const count = "SELECT count(*) AS n FROM events WHERE name LIKE 'Consent%'";
		expect(await env.DB.prepare(count).first("n")).toBe(1);
		expect([(await ask(visitor)).status, (await ask(visitor)).status]).toEqual([200, 200]);
		const fourth = await ask(visitor);
		expect([fourth.status, await fourth.json()]).toEqual([422, { error: "too-often" }]);
	});

	test("is not asked of whoever has none, or is not there", async () => {
		await drain(browser.token);
		const { visitor } = partsOf(browser.token);
		expect(await (await ask(visitor)).json()).toEqual({ error: "no-address" });
		expect((await ask("nobody")).status).toBe(404);
		expect((await ask(visitor, { edge: "javascript:alert(1)" })).status).toBe(422);
		expect((await ask(visitor, { edge: `${edge}/` })).status).toBe(422);
	});
});

describe("what a page says of consent", () => {
	test("is given at once where the published form trusts it", async () => {
		await submit("trusts");
		expect(await withConsent("given")).toBe(1);
		expect(await mails()).toEqual([]);
	});

	test("waits, and asks nobody, where no such form is published: a page cannot spare itself the confirmation", async () => {
		await submit("invented");
		expect(await withConsent("given")).toBe(0);
		expect(await withConsent("pending")).toBe(1);
		expect(await mails()).toEqual([]);
	});

	test("is not said in the ledger's own words", async () => {
		const { verdicts } = await browser.track("Consent Given", {
			channel: "email",
			purpose: "newsletter",
			place: "form",
		});
		expect(verdicts).toMatchObject([{ verdict: "dropped", why: "reserved-name" }]);
	});

	test("brings back what was taken back only where it is the person for sure, or they confirm it", async () => {
		await submit("trusts");
		await settled();
		const { cell, visitor: person } = partsOf(browser.token);
		const takeBack = () => cellOf(env, site, cell).unsubscribe(person, "email", "newsletter");
		await takeBack();
		expect(await withConsent("withdrawn")).toBe(1);
		await submit("trusts");
		expect(await withConsent("pending")).toBe(1);
		await open(linkIn(await mail()), "POST");
		expect(await withConsent("given")).toBe(1);
		await takeBack();
		await recogniseAs(browser, "ewa@example.com", "email");
		await submit("trusts");
		expect(await withConsent("given")).toBe(1);
	});

	test("brings nothing back from another browser, of which nothing proves whose it is", async () => {
		await submit("trusts");
		await settled();
		const { cell, visitor: person } = partsOf(browser.token);
		await cellOf(env, site, cell).unsubscribe(person, "email", "newsletter");
		const hers = browser;
		browser = await elsewhere();
		await submit("trusts");
		await settled();
		const card = async () => (await cellOf(env, site, cell).card(person))?.consents;
		expect(await card()).toMatchObject([{ state: "withdrawn" }]);
		expect(await withConsent("given")).toBe(0);
		expect(await withConsent("withdrawn")).toBe(1);
		// Of somebody who never took it back, a form that the site trusts is believed.
		await submit("trusts", "ola@example.com");
		await settled();
		browser = hers;
		expect(await withConsent("given")).toBe(1);
	});

	test("stays with the card when the browser is forgotten", async () => {
		await submit("trusts");
		await browser.send([], "/", { consent: "denied" });
		expect(await withConsent("given")).toBe(1);
	});
});

describe("the proof of a confirmation", () => {
	test("is used once; the same visitor may bring it again, because an answer may be lost", async () => {
		const token = await confirmed();
		const bring = (by?: string) => proven(env, site, { kind: "confirmed", token }, by);
		expect(await bring("a")).toMatchObject({ proof: "verified" });
		expect(await bring("a")).toMatchObject({ proof: "verified" });
		expect(await bring("b")).toBeUndefined();
		expect(await bring()).toBeUndefined();
	});

	test("is not the link in the message, which may be forwarded", async () => {
		await submit("asks");
		const token = linkIn(await mail()).split("/c/")[1] ?? "";
		expect(await proven(env, site, { kind: "confirmed", token })).toBeUndefined();
		expect(await proven(env, site, { kind: "link", token })).toBeUndefined();
	});
});
