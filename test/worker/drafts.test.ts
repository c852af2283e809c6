// Definitions one by one: two marketers at work at once, what is live and what is not, and what became of it all.

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { siteOf } from "../../worker/platform/name.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { account, log, signedIn } from "./colleagues.ts";
import { Browser, call, env, freshWorld, publish, site } from "./world.ts";

const is = (path: string) => ({
	field: "events",
	match: { name: "Page Viewed", path: { op: "is", value: path } },
	count: { op: ">=", n: 1 },
});
const segment = (id: string, condition: unknown = is("/cennik")) => ({ id, name: id, condition });
const popup = (id: string, more: Partial<Experience> = {}): Experience => ({
	id,
	revision: 1,
	name: `Pop-up ${id}`,
	priority: 0,
	pages: { only: [], except: [] },
	schedule: {},
	attention: { afterCloseMs: 0, afterSubmitMs: null },
	trigger: { kind: "at-once" },
	content: { pl: { label: "Hej", blocks: [{ kind: "text", text: "Hej" }] } },
	...more,
});
const none = {
	tagRules: [],
	scoreRules: [],
	programmes: [],
	interestTags: [],
	lists: [],
	segments: [],
	experiences: [],
	groups: [],
};

const operator = { id: "operator", name: null };

interface Kept {
	readonly kind: string;
	readonly id: string;
	readonly state: string;
	readonly version: number;
	readonly hasChanges: boolean;
	readonly changedAt: number;
	readonly changedBy: object;
	readonly draft: Record<string, unknown> | null;
	readonly live: { readonly version: number; readonly definition: Record<string, unknown> } | null;
}
interface Answered {
	readonly status: number;
	readonly error?: string;
	readonly definition: Kept;
	readonly definitions: readonly Kept[];
	readonly current: Kept;
	readonly problems: readonly { readonly in?: object; readonly at: string; readonly why: string }[];
	readonly uses: readonly { readonly by: object; readonly at: readonly unknown[] }[];
	readonly more: readonly object[];
	readonly changes: readonly object[];
	readonly revisions: readonly object[];
	readonly [more: string]: unknown;
}

async function ask(method: string, path: string, body?: unknown, of = site): Promise<Answered> {
	const response = await call(method, `${of}/${path}`, body);
	return { ...(await response.json<Omit<Answered, "status">>()), status: response.status } as Answered;
}
const get = (ref: string) => ask("GET", `definitions/${ref}`);
const put = (ref: string, version: number, body: unknown) =>
	ask("PUT", `definitions/${ref}?version=${version}`, body);

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ definitions: { ...none, segments: [segment("vip") as never] } });
});

async function shown(): Promise<readonly string[]> {
	return ((await new Browser(key).view("/")).show ?? []).map(({ experience }) => experience);
}

describe("a draft", () => {
	it("is changed by whoever has seen the version before, and says who changed it and when", async () => {
		const before = await get("segment/vip");
		expect(before.definition).toMatchObject({ version: 1, state: "live", hasChanges: false });
		const { status, definition } = await put("segment/vip", 1, { ...segment("vip"), name: "Stali" });
		expect(status).toBe(200);
		expect(definition).toMatchObject({
			names: { pl: "Stali", en: "Stali" },
			version: 2,
			state: "live",
			hasChanges: true,
			changedBy: operator,
			changedAt: expect.any(Number),
			draft: { name: "Stali" },
			live: { version: 1, definition: { name: "vip" } },
		});
	});

	it("that two marketers edit tells the second of the first, and loses neither's work", async () => {
		const anna = popup("hello", { name: "Anna's" });
		await ask("POST", "definitions/experience", { ...anna, name: "hello" });
		const [first, second] = await Promise.all([
			put("experience/hello", 1, anna),
			put("experience/hello", 1, popup("hello", { name: "Bob's" })),
		]);
		const [won, lost] = first.status === 200 ? [first, second] : [second, first];
		expect([won.status, lost.status, lost.error]).toEqual([200, 409, "changed-meanwhile"]);
		expect(lost.current).toEqual(won.definition);
		expect(lost.current).toMatchObject({ version: 2, changedBy: operator, changedAt: expect.any(Number) });
		// Whoever was second has seen it now, and decides; what was there stays among the revisions.
		const again = await put("experience/hello", 2, popup("hello", { name: "Both" }));
		expect(again.definition).toMatchObject({ version: 3, draft: { name: "Both" } });
		const kept = await ask("GET", "definitions/experience/hello/revisions/2");
		expect(kept.definition).toEqual(won.definition.draft);
	});

	it("says by name who was there before, whoever looks, and lets nobody change it who may not", async () => {
		const anna = await account("anna@shop.example", { [site]: "marketer" });
		await account("bob@shop.example", { [site]: "marketer" });
		await account("eva@shop.example", { [site]: "analyst" });
		const [first, second, third] = await Promise.all([
			signedIn("anna@shop.example"),
			signedIn("bob@shop.example"),
			signedIn("eva@shop.example"),
		]);
		const path = `/sites/${site}/definitions/segment/vip`;
		const before = Date.now();
		await first.ask("PUT", `${path}?version=1`, { ...segment("vip"), name: "Stali" });
		const response = await second.send("PUT", `${path}?version=1`, segment("vip", is("/x")));
		const { error, current } = (await response.json()) as Answered;
		expect([response.status, error, current]).toMatchObject([
			409,
			"changed-meanwhile",
			{ version: 2, changedBy: { id: anna, name: "anna" }, draft: { name: "Stali" } },
		]);
		expect(current.changedAt).toBeGreaterThanOrEqual(before);
		expect(await third.refusal("PUT", `${path}?version=2`, segment("vip"))).toEqual([403, "role-refused"]);
		expect(await third.ask<Answered>("GET", path)).toMatchObject({ definition: { version: 2 } });
		const acts = (await log()).map(({ act }) => act).filter((act) => act.startsWith("definition."));
		expect(acts).toEqual(["definition.saved"]);
	});

	it("that is saved as it was stays the version that it was", async () => {
		const { condition, name, id } = segment("vip");
		expect((await put("segment/vip", 1, { name, condition, id })).definition.version).toBe(1);
	});

	it("is made with an id out of its name, and another where that is taken", async () => {
		const made = async (name: string) =>
			(await ask("POST", "definitions/segment", { name, condition: is("/") })).definition;
		expect(await made("Wrócą po koszyk (łódzkie)")).toMatchObject({
			id: "wroca-po-koszyk-lodzkie",
			version: 1,
			state: "draft",
			live: null,
		});
		expect((await made("VIP")).id).toBe("vip-2");
		expect((await made("ąę!")).id).toBe("ae");
		expect((await made("?!")).id).toBe("segment");
		const rule = { tag: "CENNIK", when: { event: { name: "Page Viewed" } } };
		expect((await ask("POST", "definitions/tag-rule", rule)).definition.id).toBe("cennik");
	});

	it("that is malformed is refused with the place in it", async () => {
		const { status, error, problems } = await put("segment/vip", 1, { name: "", condition: { all: [3] } });
		expect([status, error]).toEqual([422, "malformed"]);
		expect(problems.map(({ at }) => at)).toEqual(["name", "condition.all.0"]);
	});

	it("that mentions what is not there is refused with the place in it", async () => {
		const condition = { all: [{ not: { field: "segment", segment: "gone" } }] };
		const answer = await put("segment/vip", 1, segment("vip", condition));
		expect([answer.status, answer.problems]).toEqual([
			422,
			[{ at: "condition.all.0.not.segment", why: "segment-unknown", segments: ["gone"] }],
		]);
		const words = popup("x", { content: { pl: { label: "x", blocks: [{ kind: "text", text: "{{ a" }] } } });
		const made = await ask("POST", "definitions/experience", words);
		expect([made.status, made.problems.map(({ at }) => at)]).toEqual([422, ["content.pl.blocks.0.text"]]);
	});

	it("that takes away what another needs is refused with the place in the other", async () => {
		const club = {
			name: "Klub",
			joins: "everyone",
			tiers: [
				{ id: "silver", name: "Srebrny", from: 0 },
				{ id: "gold", name: "Złoty", from: 100 },
			],
			rewards: [],
		};
		await ask("POST", "definitions/programme", club);
		const gold = { field: "tier", programme: "klub", tier: "gold", op: "is" };
		await put("segment/vip", 1, segment("vip", gold));
		const { status, problems } = await put("programme/klub", 1, { ...club, tiers: club.tiers.slice(0, 1) });
		expect([status, problems]).toEqual([
			422,
			[{ in: { kind: "segment", id: "vip" }, at: "condition.tier", why: "tier-unknown" }],
		]);
	});

	it("never stands beside what does not fit it, whoever writes at the same time", async () => {
		await ask("POST", "definitions/segment", segment("other"));
		// One deletes what the other begins to use.
		const outcomes = await Promise.all([
			ask("DELETE", "definitions/segment/other?version=1"),
			put("segment/vip", 1, segment("vip", { field: "segment", segment: "other" })),
		]);
		expect(outcomes.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
	});

	it("of one site is nobody's at another", async () => {
		await publish({ site: "other", definitions: none });
		expect((await ask("GET", "definitions/segment/vip", undefined, "other")).status).toBe(404);
		expect((await ask("GET", "definitions", undefined, "other")).definitions).toEqual([]);
		expect((await ask("PUT", "definitions/segment/vip?version=1", segment("vip"), "other")).status).toBe(404);
		expect((await ask("GET", "definitions", undefined, "nobody")).status).toBe(404);
	});
});

describe("what was deleted", () => {
	it("is refused to go where something needs it, and it is said where", async () => {
		await ask("POST", "definitions/experience", popup("hello", { name: "hello", segment: "vip" }));
		const { status, error, uses } = await ask("DELETE", "definitions/segment/vip?version=1");
		expect([status, error, uses]).toMatchObject([
			409,
			"in-use",
			[{ by: { kind: "experience", id: "hello", names: { pl: "hello" }, state: "draft" }, at: ["segment"] }],
		]);
		expect((await get("segment/vip")).uses).toEqual(uses);
		expect((await ask("GET", "uses")).uses).toEqual(uses);
	});

	it("stays live until that is published, and comes back as it was", async () => {
		const gone = await ask("DELETE", "definitions/segment/vip?version=1");
		expect(gone.definition).toMatchObject({ state: "live", hasChanges: true, draft: null, version: 2 });
		const back = await ask("POST", "definitions/segment/vip/rollback", { version: 2, to: 1 });
		expect(back.definition).toMatchObject({ state: "live", hasChanges: false, version: 3, of: 1 });
		await ask("DELETE", "definitions/segment/vip?version=3");
		await ask("POST", "publish");
		expect((await get("segment/vip")).definition).toMatchObject({ state: "deleted", live: null });
		expect((await ask("GET", "definitions/segment")).definitions).toEqual([]);
		expect((await ask("GET", "definitions?state=deleted")).definitions).toHaveLength(1);
		const again = await ask("POST", "definitions/segment/vip/rollback", { version: 4, to: 3 });
		expect(again.definition).toMatchObject({ state: "draft", draft: segment("vip") });
	});
});

describe("an experience", () => {
	it("is a draft, goes live, is paused at once and resumed, and nobody else's draft with it", async () => {
		const made = await ask("POST", "definitions/experience", popup("hello", { name: "hello" }));
		expect([made.definition.state, await shown()]).toEqual(["draft", []]);
		const chosen = [{ kind: "experience", id: "hello", version: 1 }];
		expect((await ask("POST", "publish", { definitions: chosen })).status).toBe(200);
		expect(await shown()).toEqual(["hello"]);
		// Somebody else is at work.
		await put("segment/vip", 1, segment("vip", is("/nowy")));
		await put("experience/hello", 1, popup("hello", { name: "Unfinished" }));

		const paused = await ask("POST", "experiences/hello/pause");
		expect(paused.definition).toMatchObject({ state: "paused", hasChanges: true });
		expect(await shown()).toEqual([]);
		const resumed = await ask("POST", "experiences/hello/resume");
		expect(resumed.definition.state).toBe("live");
		expect(await shown()).toEqual(["hello"]);
		const { snapshot } = (await siteOf(env, site).register("eu-test-0")) ?? {};
		expect(snapshot?.definitions.experiences).toMatchObject([{ name: "hello", revision: 1 }]);
		expect(snapshot?.definitions.segments).toMatchObject([{ condition: is("/cennik") }]);
	});

	it("that is paused stays so when all is published, and what was resumed is what was published", async () => {
		await ask("POST", "definitions/experience", popup("hello", { name: "hello" }));
		await ask("POST", "publish");
		await ask("POST", "experiences/hello/pause");
		await put("experience/hello", 1, popup("hello", { name: "Better" }));
		await ask("POST", "publish");
		expect(await shown()).toEqual([]);
		const { definition } = await ask("POST", "experiences/hello/resume");
		expect(definition).toMatchObject({
			state: "live",
			hasChanges: false,
			live: { definition: { name: "Better", revision: 2 } },
		});
		expect(await shown()).toEqual(["hello"]);
	});

	it("goes into the archive and comes back paused, or as a draft where it was never live", async () => {
		await ask("POST", "definitions/experience", popup("hello", { name: "hello" }));
		await ask("POST", "definitions/experience", popup("idea", { name: "idea" }));
		await ask("POST", "publish", { definitions: [{ kind: "experience", id: "hello", version: 1 }] });
		for (const id of ["hello", "idea"])
			expect((await ask("POST", `experiences/${id}/archive`)).definition.state).toBe("archived");
		expect(await shown()).toEqual([]);
		await ask("POST", "publish");
		expect(await shown()).toEqual([]);
		const refused = await put("experience/hello", 1, popup("hello"));
		expect([refused.status, refused.error]).toEqual([409, "archived"]);
		expect((await ask("POST", "experiences/hello/restore")).definition.state).toBe("paused");
		expect((await ask("POST", "experiences/idea/restore")).definition.state).toBe("draft");
		expect((await ask("POST", "experiences/hello/resume")).status).toBe(200);
		expect(await shown()).toEqual(["hello"]);
	});

	it("can only become what it can", async () => {
		await ask("POST", "definitions/experience", popup("hello", { name: "hello" }));
		const act = async (name: string, id = "hello") => {
			const { status, error } = await ask("POST", `experiences/${id}/${name}`);
			return [status, error];
		};
		expect(await act("pause")).toEqual([409, "not-live"]);
		expect(await act("resume")).toEqual([409, "not-paused"]);
		expect(await act("restore")).toEqual([409, "not-archived"]);
		expect(await act("pause", "nobody")).toEqual([404, "definition-unknown"]);
	});

	it("has another revision wherever it is something else than what is live, and only there", async () => {
		const revision = async (version: number, name: string) => {
			const { definition } = await put("experience/hello", version, popup("hello", { name, revision: 77 }));
			return definition.draft?.revision;
		};
		await ask("POST", "definitions/experience", popup("hello", { name: "hello" }));
		expect(await revision(1, "Hello")).toBe(1);
		await ask("POST", "publish");
		expect(await revision(2, "Hi")).toBe(2);
		expect(await revision(3, "Ho")).toBe(2);
		expect(await revision(4, "Hello")).toBe(1);
		expect((await get("experience/hello")).definition.hasChanges).toBe(false);
	});
});

describe("publishing some", () => {
	const chosen = (...refs: readonly (readonly [string, string, number])[]) => ({
		definitions: refs.map(([kind, id, version]) => ({ kind, id, version })),
	});

	beforeEach(async () => {
		await ask("POST", "definitions/segment", segment("buyers"));
		await ask("POST", "definitions/segment", segment("loyal", { field: "segment", segment: "buyers" }));
		await ask("POST", "definitions/experience", popup("hello", { name: "hello", segment: "loyal" }));
	});

	it("shows beforehand what would go live with it, and takes no more than was agreed to", async () => {
		const preview = await ask("POST", "publish/preview", {
			definitions: [{ kind: "experience", id: "hello" }],
		});
		expect(preview.definitions).toMatchObject([
			{ kind: "experience", id: "hello", does: "goes-live", of: null },
			{ kind: "segment", id: "buyers", of: { kind: "segment", id: "loyal" } },
			{ kind: "segment", id: "loyal", of: { kind: "experience", id: "hello" } },
		]);
		expect(preview.problems).toEqual([]);
		const alone = await ask("POST", "publish", chosen(["experience", "hello", 1]));
		expect([alone.status, alone.error, alone.more]).toEqual([
			409,
			"more-needed",
			[
				{ kind: "segment", id: "loyal" },
				{ kind: "segment", id: "buyers" },
			],
		]);
		const whole = chosen(["experience", "hello", 1], ["segment", "loyal", 1], ["segment", "buyers", 1]);
		expect((await ask("POST", "publish", whole)).status).toBe(200);
		expect((await ask("GET", "publication")).changes).toEqual([]);
	});

	it("takes a deletion with all that needs what goes", async () => {
		await ask("POST", "publish");
		await put("experience/hello", 1, popup("hello", { name: "hello" }));
		await ask("DELETE", "definitions/segment/loyal?version=1");
		const { definitions } = await ask("POST", "publish/preview", {
			definitions: [{ kind: "segment", id: "loyal" }],
		});
		expect(definitions).toMatchObject([
			{ id: "hello", does: "changes", of: { kind: "segment", id: "loyal" } },
			{ id: "loyal", does: "goes", of: null },
		]);
	});

	it("is refused in another version than was seen", async () => {
		await put("segment/buyers", 1, segment("buyers", is("/x")));
		const { status, error, current } = await ask("POST", "publish", chosen(["segment", "buyers", 1]));
		expect([status, error, current.version]).toEqual([409, "changed-meanwhile", 2]);
	});

	it("leaves alone what others are at work on", async () => {
		await put("segment/vip", 1, segment("vip", is("/x")));
		await ask("POST", "publish", chosen(["segment", "buyers", 1]));
		const { changes } = await ask("GET", "publication");
		expect(changes).toEqual([
			{ kind: "experience", id: "hello" },
			{ kind: "segment", id: "loyal" },
			{ kind: "segment", id: "vip" },
		]);
	});

	it("says which publication is the last, who made it, and how many cells wait for it", async () => {
		await new Browser(key).view("/");
		await ask("POST", "publish", chosen(["segment", "buyers", 1]));
		expect(await ask("GET", "publication")).toMatchObject({
			revision: 2,
			publishedAt: expect.any(Number),
			publishedBy: operator,
			cells: 1,
			cellsWaiting: 0,
		});
	});

	it("that was cut off before the cells were told reaches them with the next look at it", async () => {
		await ask("POST", "publish");
		expect(await shown()).toEqual([]);
		const snapshot = await env.DB.prepare(
			"SELECT snapshot FROM publications WHERE revision = 2",
		).first<string>("snapshot");
		const later = { ...JSON.parse(snapshot ?? ""), revision: 3 };
		later.definitions.experiences = [popup("late")];
		await env.DB.prepare("INSERT INTO publications VALUES (?1, 3, ?2, ?3, 'operator')")
			.bind(site, JSON.stringify(later), Date.now())
			.run();
		expect(await ask("GET", "publication")).toMatchObject({ revision: 3, cells: 1, cellsWaiting: 1 });
		await expect.poll(async () => (await ask("GET", "publication")).cellsWaiting).toBe(0);
		expect(await shown()).toEqual(["late"]);
	});

	it("at the same time as others loses nobody's", async () => {
		const outcomes = await Promise.all([
			ask("POST", "publish", chosen(["segment", "buyers", 1])),
			ask("POST", "publish"),
			ask("POST", "experiences/hello/archive"),
		]);
		expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200]);
		const live = (await siteOf(env, site).register("eu-test-0"))?.snapshot.definitions;
		expect(live?.segments.map(({ id }) => id)).toEqual(["buyers", "loyal", "vip"]);
		expect(live?.experiences).toEqual([]);
	});
});

describe("a definition's past", () => {
	it("is every version of it, which can be compared field by field and brought back", async () => {
		const text = (words: string) => ({ kind: "text", text: words }) as const;
		const saying = (...words: string[]) =>
			popup("hello", {
				name: "hello",
				content: { pl: { label: "x", blocks: words.map(text) } },
			});
		await ask("POST", "definitions/experience", saying("a", "b", "c"));
		await ask("POST", "publish");
		await put("experience/hello", 1, { ...saying("a", "c", "d"), priority: 5 });
		const { revisions } = await ask("GET", "definitions/experience/hello/revisions");
		expect(revisions).toMatchObject([
			{ version: 2, by: operator, isLive: false, isDeletion: false, of: null },
			{ version: 1, isLive: true },
		]);
		const { changes } = await ask("GET", "definitions/experience/hello/difference");
		expect(changes).toEqual([
			{ at: ["priority"], before: 0, after: 5 },
			{ at: ["content", "pl", "blocks", 1], before: text("b") },
			{ at: ["content", "pl", "blocks", 2], after: text("d") },
		]);
		const back = await ask("POST", "definitions/experience/hello/rollback", { version: 2, to: 1 });
		expect(back.definition).toMatchObject({ version: 3, of: 1, hasChanges: false });
		const same = await ask("GET", "definitions/experience/hello/difference?from=1&to=3");
		expect(same.changes).toEqual([]);
	});

	it("is bounded, and what is live stays in it however old it is", async () => {
		for (let version = 1; version <= 55; version++)
			await put("segment/vip", version, segment("vip", is(`/${version}`)));
		const { revisions } = await ask("GET", "definitions/segment/vip/revisions");
		expect(revisions).toHaveLength(51);
		expect(revisions.at(-1)).toMatchObject({ version: 1, isLive: true });
		expect((await get("segment/vip")).definition.live?.definition).toEqual(segment("vip"));
	});
});

describe("all drafts at once", () => {
	it("are what they are from then on, each as a version of its own where it is another", async () => {
		await ask("POST", "definitions/experience", popup("kept", { name: "kept" }));
		await ask("POST", "experiences/kept/archive");
		const segments = [segment("vip"), segment("new")];
		expect((await ask("PUT", "definitions", { ...none, segments })).status).toBe(200);
		const { definitions } = await ask("GET", "definitions");
		expect(definitions.map(({ kind, id, version, state }) => [kind, id, version, state])).toEqual([
			["experience", "kept", 1, "archived"],
			["segment", "new", 1, "draft"],
			["segment", "vip", 1, "live"],
		]);
	});

	it("of a site that is not there are nobody's", async () => {
		expect((await ask("PUT", "definitions", none, "nobody")).status).toBe(404);
	});
});

describe("settings", () => {
	const secret = "a-secret-of-thirty-two-characters!";
	const login = { algorithm: "HS256", audience: "shop" };

	it("are changed by whoever has seen them, and wait for a publication", async () => {
		const { settings, version } = (await ask("GET", "settings")) as unknown as {
			settings: Record<string, unknown>;
			version: number;
		};
		const saved = await ask("PUT", `settings?version=${version}`, { ...settings, name: "Sklep" });
		expect(saved).toMatchObject({ status: 200, version: 2, hasChanges: true, live: { version: 1 } });
		const second = await ask("PUT", `settings?version=${version}`, { ...settings, name: "Inny" });
		expect(second).toMatchObject({ status: 409, error: "changed-meanwhile", current: { version: 2 } });
		await ask("POST", "publish", { definitions: [{ kind: "settings", id: "settings", version: 2 }] });
		expect((await siteOf(env, site).settings())?.name).toBe("Sklep");
	});

	it("tell nobody the key of the site's own login, and keep it where none is sent", async () => {
		const { settings } = (await ask("GET", "settings")) as unknown as { settings: object };
		const saved = await ask("PUT", "settings", { ...settings, login: { ...login, key: secret } });
		expect(JSON.stringify(saved)).not.toContain(secret);
		await ask("POST", "publish");
		expect(JSON.stringify(await ask("GET", "settings"))).not.toContain(secret);
		const again = await ask("PUT", "settings", { ...settings, login: { ...login, audience: "other" } });
		expect(again.settings).toMatchObject({ login: { algorithm: "HS256", audience: "other" } });
		await ask("POST", "publish");
		expect(await siteOf(env, site).login()).toMatchObject({ key: secret, audience: "other" });
		const foreign = await ask("PUT", "settings", { ...settings, login: { ...login, algorithm: "ES256" } });
		expect([foreign.status, foreign.problems]).toEqual([422, [{ at: "login.key", why: "member-missing" }]]);
	});
});

it("whatever several do at once, every version that was answered is kept, and what is live stands together", async () => {
	const made = (id: string) => (id === "a" ? segment(id) : segment(id, { field: "segment", segment: "a" }));
	for (const id of ["a", "b"]) await ask("POST", "definitions/segment", made(id));
	await ask("POST", "definitions/experience", popup("e", { name: "e", segment: "b" }));
	const refs = ["segment/a", "segment/b", "experience/e"] as const;
	const body = (ref: string, words: string) => {
		const [kind, id = ""] = ref.split("/");
		return kind === "segment" ? { ...made(id), name: words } : popup(id, { name: words, segment: "b" });
	};
	const act = fc.record({
		does: fc.constantFrom("save", "save", "delete", "back", "publish", "pause", "resume"),
		ref: fc.constantFrom(...refs),
		words: fc.stringMatching(/^[a-z]{1,3}$/),
	});
	const answered = new Map<string, unknown>();
	const perform = async ({ does, ref, words }: typeof act extends fc.Arbitrary<infer Act> ? Act : never) => {
		const { definition: now } = await get(ref);
		const answer = await {
			save: () => put(ref, now.version, body(ref, words)),
			delete: () => ask("DELETE", `definitions/${ref}?version=${now.version}`),
			back: () => ask("POST", `definitions/${ref}/rollback`, { version: now.version, to: 1 }),
			publish: () => ask("POST", "publish"),
			pause: () => ask("POST", "experiences/e/pause"),
			resume: () => ask("POST", "experiences/e/resume"),
		}[does]();
		expect([200, 404, 409, 422]).toContain(answer.status);
		if (answer.status !== 200 || !answer.definition) return;
		const { kind, id, version, draft } = answer.definition;
		const key = `${kind}/${id}@${version}`;
		// No version is ever two things.
		if (answered.has(key)) expect(draft).toEqual(answered.get(key));
		answered.set(key, draft);
	};
	await fc.assert(
		fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (together) => {
			await Promise.all(together.map(perform));
			const { definitions } = await ask("GET", "definitions");
			const live = (await siteOf(env, site).register("eu-test-0"))?.snapshot.definitions;
			const met = definitions.filter(({ state }) => state === "live").map(({ id }) => id);
			const pushed = [...(live?.segments ?? []), ...(live?.experiences ?? [])].map(({ id }) => id);
			expect(pushed.sort()).toEqual(met.sort());
			const { problems } = await ask("POST", "publish/preview", {});
			expect(problems).toEqual([]);
		}),
		{ numRuns: 25 },
	);
	for (const [key, draft] of answered) {
		const [ref, version] = key.split("@");
		const kept = await ask("GET", `definitions/${ref}/revisions/${version}`);
		if (kept.status === 200) expect(kept.definition).toEqual(draft);
	}
	expect(answered.size).toBeGreaterThan(10);
});
