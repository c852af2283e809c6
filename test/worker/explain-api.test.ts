// Why somebody has a tag, has so many points, or is shown something, asked over HTTP of data that came through
// /v1/collect.

import { beforeEach, describe, expect, it, test } from "vitest";
import type * as z from "zod";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type * as schema from "../../worker/protocol/admin.schema.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, site } from "./world.ts";

type Explained = z.infer<typeof schema.ExplainedPerson>;
type Page = z.infer<typeof schema.ExplainedPage>;

const day = 86_400_000;
const club = {
	id: "klub",
	name: "Klub",
	joins: "everyone",
	tiers: [{ id: "low", name: "Sadzonka", from: 5 }],
	rewards: [],
} as const;

const seedling = { field: "tier", programme: "klub", tier: "low", op: "at-least" } as const;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({
		definitions: {
			...definitions,
			programmes: [club],
			tagRules: [
				...definitions.tagRules.map((rule) =>
					rule.id === "tag-cennik" ? { ...rule, expiresAfterMs: 30 * day } : rule,
				),
				{ id: "tag-seedling", tag: "SADZONKA", when: { trait: seedling } },
			],
			segments: [...definitions.segments, { id: "seedlings", name: "Sadzonki", condition: seedling }],
			scoreRules: [
				...definitions.scoreRules,
				{
					id: "club-cennik",
					name: "Cennik w klubie",
					points: 2,
					programme: "klub",
					when: { event: { name: "Page Viewed", path: { op: "is", value: "/cennik" } } },
					limit: { perDay: 2 },
				},
			],
		},
	});
});

async function visitor(paths: readonly string[]): Promise<{ browser: Browser; person: string }> {
	const browser = new Browser(key);
	for (const path of paths) await browser.view(path, "");
	await drain(browser.token);
	return { browser, person: await personOf(browser) };
}

async function personOf(browser: Browser): Promise<string> {
	const { cell, visitor } = partsOf(browser.token);
	const seen = await inspectIn(cellOf(env, site, cell), visitor, "/");
	if (!seen) throw new Error("the visitor is not known");
	return seen.person;
}

async function explain<T = Explained>(body: object): Promise<T> {
	const response = await call("POST", `${site}/explain`, body);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json<T>();
}

async function candidate(
	person: string,
	url: string,
	experience: string,
): Promise<Page["candidates"][number]> {
	const { candidates } = await explain<Page>({ page: { url }, person });
	const found = candidates.find((one) => one.experience === experience);
	if (!found) throw new Error(`${experience} is no candidate`);
	return found;
}

test("a tier is explained as the points that it means, wherever it is asked for", async () => {
	const { person } = await visitor(["/cennik"]);
	const asked = await explain({ condition: seedling, person });
	expect(asked.sentence.en).toBe(
		"The person is on the tier “Sadzonka” or a higher one in the programme “Klub”.",
	);
	for (const question of [{ condition: seedling }, { segment: "seedlings" }, { tag: "SADZONKA" }]) {
		const { is, sentences } = await explain({ ...question, person });
		expect(is).toBe(false);
		expect(sentences.en.join(" ")).toContain("at least 5 points");
	}
});

describe("of a tag, an explanation", () => {
	it("tells each entry with what made it, and when the tag goes", async () => {
		const { person } = await visitor(["/cennik", "/", "/cennik"]);
		const { is, until, sentence, sentences, change, isWhole } = await explain({ tag: "CENNIK", person });
		expect({ is, isWhole }).toEqual({ is: true, isWhole: true });
		expect(until).toBeGreaterThan(Date.now() + 29 * day);
		expect(sentence.pl).toContain("znika, gdy nie dodano go ponownie przez 30 dni");
		expect(sentences.pl[0]).toBe("Osoba ma tag „CENNIK” 2 razy.");
		expect(sentences.pl.slice(1, 3)).toEqual([
			expect.stringMatching(/: dodano, bo wyświetlono stronę „\/cennik”\.$/),
			expect.stringMatching(/: dodano, bo wyświetlono stronę „\/cennik”\.$/),
		]);
		expect(sentences.en[3]).toMatch(/^Unless it is added again, it goes on /);
		expect(sentences.en).toHaveLength(4);
		expect(change.sentence.en).toMatch(/^For the tag to be taken off, this would do: waiting until /);
	});

	it("says what the rule lacks, and that is enough", async () => {
		const { browser, person } = await visitor(["/"]);
		const before = await explain({ tag: "CENNIK", person });
		expect(before.is).toBe(false);
		expect(before.change).toMatchObject({
			isPossible: true,
			sentence: {
				en: "For the tag to be added, this would do: 1 more view of a page whose path matches the pattern “*/cennik”.",
			},
		});
		await browser.view("/cennik", "");
		expect((await explain({ tag: "CENNIK", person })).is).toBe(true);
	});

	it("tells what time took, with the instant", async () => {
		const { browser, person } = await visitor(["/cennik"]);
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala@example.pl" });
		await drain(browser.token);
		await siteOf(env, site).moveClock(31 * day);
		expect((await explain({ tag: "CENNIK", person })).is).toBe(false);
		await drain(browser.token);
		const { sentences } = await explain({ tag: "CENNIK", person });
		expect(sentences.en[1]).toMatch(/: taken off \(1\), because it was not added again in time\.$/);
		expect(sentences.en[2]).toMatch(/: added, because the page “\/cennik” was viewed\.$/);
	});
});

describe("of points, an explanation", () => {
	it("has lines that sum to the score, each with its rule", async () => {
		const { person } = await visitor(["/cennik", "/cennik", "/kontakt", "/kontakt"]);
		const { sentence, sentences, change } = await explain({ score: null, person });
		expect(sentence.pl).toBe("Scoring wynosi 25 punktów.");
		expect(sentences.pl[0]).toMatch(/^Reguła „Cennik”: 2 razy \(bez limitu\), łącznie 20 punktów, ostatnio /);
		expect(sentences.pl[1]).toMatch(
			/^Reguła „Kontakt”: 1 raz \(tylko jeden raz\), łącznie 5 punktów, ostatnio /,
		);
		expect(sentences.pl.slice(2).every((one) => one.startsWith("Jeszcze ani razu: reguła „"))).toBe(true);
		expect(sentences.pl.join()).not.toContain("Poza historią");
		expect(change.isPossible).toBe(false);
	});

	it("of a programme tells the tier and what the next one takes", async () => {
		const { browser, person } = await visitor(["/cennik"]);
		const before = await explain({ score: "klub", person });
		expect(before.change).toMatchObject({
			isPossible: true,
			sentence: { pl: "Do poziomu „Sadzonka” brakuje 3 punktów." },
		});
		for (const _ of [1, 2, 3]) await browser.view("/cennik", "");
		await drain(browser.token);
		const { sentence, sentences } = await explain({ score: "klub", person });
		expect(sentence.en).toBe("The balance in the programme “Klub” is 4 points; ever earned: 4 points.");
		expect(sentences.en[0]).toMatch(
			/^The rule “Cennik w klubie”: 2 times \(at most 2 times a day\), 4 points in all/,
		);
	});

	it("of a programme that is not there is refused", async () => {
		const { person } = await visitor(["/"]);
		const response = await call("POST", `${site}/explain`, { score: "nikt", person });
		expect([response.status, await response.json()]).toEqual([404, { error: "programme-unknown" }]);
	});
});

describe("of a page, an explanation", () => {
	it("tells of each experience what the decision would, and all that speaks against it", async () => {
		const { person } = await visitor(["/cennik"]);
		const page = await explain<Page>({ page: { url: "https://shop.example/cennik?a=1" }, person });
		expect(page.candidates.map(({ experience, reason }) => [experience, reason.is])).toEqual([
			["ready-to-buy", "other-page"],
			["blog-newsletter", "other-page"],
		]);
		const [ready] = page.candidates;
		expect(ready?.sentences.en).toEqual([
			"Not shown: the page “/cennik” is left out.",
			"Not shown: the person is not in the segment “Gotowi do zakupu”.",
			expect.stringMatching(/^Not met: all parts are needed, met: 0 of 2\.$/),
			expect.stringMatching(/^1\. Not met: the score is at least 30 points; it is 10 points\.$/),
			expect.stringMatching(/^2\. Not met: /),
		]);
		expect(ready?.change.isPossible).toBe(true);
	});

	it("says what would bring it, and that is enough", async () => {
		const { browser, person } = await visitor(["/cennik", "/cennik"]);
		const before = await candidate(person, "/", "ready-to-buy");
		expect(before).toMatchObject({ is: false, reason: { is: "not-in-segment", segment: "ready-to-buy" } });
		expect(before.change.sentence.en).toMatch(
			/: the score higher by at least 10 points; 1 more view of a page whose path matches the pattern “\*\/cennik” /,
		);
		await browser.view("/cennik", "");
		expect(await candidate(person, "/", "ready-to-buy")).toMatchObject({ is: true, reason: { is: "shown" } });
	});

	it("tells when it may come back, and of what was shown the reasons of that moment", async () => {
		const { browser, person } = await visitor(["/cennik", "/cennik", "/cennik", "/"]);
		await browser.track("Experience Closed", { experience: "ready-to-buy" });
		await drain(browser.token);
		const { candidates, shown } = await explain<Page>({ page: { url: "/" }, person });
		const [ready] = candidates;
		expect(ready?.reason.is).toBe("cooling-down");
		expect(ready?.until).toBeGreaterThan(Date.now() + 29 * day);
		expect(ready?.sentences.pl).toEqual([
			expect.stringMatching(/^Nie pokazuje się: zamknięto ją .* i wróci najwcześniej /),
		]);
		expect(shown).toMatchObject([
			{
				experience: "ready-to-buy",
				path: "/",
				candidates: [
					{ experience: "ready-to-buy", reason: { is: "shown" } },
					{ experience: "blog-newsletter", reason: { is: "other-page" } },
				],
			},
		]);
	});

	it("is not written down: asking changes nothing", async () => {
		const { browser, person } = await visitor(["/cennik", "/cennik", "/cennik"]);
		for (const _ of [1, 2, 3]) await explain({ page: { url: "/" }, person });
		const { show } = await browser.view("/", "");
		expect(show.map(({ experience }) => experience)).toEqual(["ready-to-buy"]);
	});

	it.each([{ url: "javascript:alert(1)" }, { url: "" }, {}, { url: "/", at: 1 }])(
		"refuses %j",
		async (page) => {
			const { person } = await visitor(["/"]);
			expect((await call("POST", `${site}/explain`, { page, person })).status).toBe(422);
		},
	);
});
