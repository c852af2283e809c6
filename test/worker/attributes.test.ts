// A site's own attributes: named in both languages, typed as far as values and conditions allow it.

import { beforeEach, expect, test } from "vitest";
import { Configuration } from "../../worker/protocol/configuration.schema.ts";
import { makeSecretKey, post, verdictsOf } from "./servers.ts";
import { call, freshWorld, publish, settled, site } from "./world.ts";

let secret: string;
beforeEach(async () => {
	await freshWorld();
	await publish({
		definitions: {
			segments: [
				{
					id: "large",
					name: "Large gardens",
					condition: { field: "attribute", name: "garden", test: { op: ">=", n: 500 } },
				},
			],
			experiences: [],
		},
	});
	secret = await makeSecretKey(["events"]);
});

interface Attribute {
	name: string;
	names: object | null;
	kind: string | null;
	version: number;
	people: number;
	holds: { type: string; people: number }[];
	uses: { id: string }[];
}
const all = async () =>
	(await call("GET", `${site}/attributes`)).json<{
		attributes: Attribute[];
		looked: number;
		contacts: number;
	}>();
const names = { pl: "Powierzchnia ogrodu", en: "Garden area" };
const put = async (name: string, body: object) => {
	const answer = await call("PUT", `${site}/attributes/${encodeURIComponent(name)}`, {
		names,
		kind: null,
		version: 0,
		...body,
	});
	return [answer.status, await answer.json<{ error?: string }>()] as const;
};

async function contact(name: string, own: Record<string, string | number | boolean>): Promise<void> {
	const traits = { email: `${name}@example.pl`, ...own };
	expect(await verdictsOf(post("identify", { userId: name, messageId: name, traits }, secret))).toEqual([
		"ok",
	]);
	await settled();
}

test("the site's own are listed with how many have them, of what type, and what asks for them", async () => {
	await contact("anna", { garden: 700, colour: "green" });
	await contact("bea", { garden: 100 });
	const { attributes, contacts } = await all();
	expect(contacts).toBe(2);
	expect(attributes.map(({ name }) => name)).toEqual(["colour", "garden"]);
	expect(attributes.find(({ name }) => name === "garden")).toMatchObject({
		names: null,
		version: 0,
		people: 2,
		holds: [{ type: "number", people: 2 }],
		uses: [{ kind: "segment", id: "large" }],
	});
	expect(attributes.find(({ name }) => name === "colour")).toMatchObject({ people: 1, uses: [] });
});

test("one is named and renamed, and of two who do so the second is told", async () => {
	expect(await put("garden", { kind: "number" })).toEqual([200, { ok: true }]);
	expect(await put("garden", { names: { pl: "Ogród", en: "Garden" } })).toEqual([
		409,
		{ error: "changed-meanwhile" },
	]);
	expect((await put("garden", { names: { pl: "Ogród", en: "Garden" }, kind: "number", version: 1 }))[0]).toBe(
		200,
	);
	expect((await all()).attributes).toMatchObject([
		{ name: "garden", names: { pl: "Ogród", en: "Garden" }, kind: "number", version: 2 },
	]);
	expect((await call("DELETE", `${site}/attributes/garden`)).status).toBe(200);
	expect((await all()).attributes).toMatchObject([{ name: "garden", names: null, kind: null, version: 0 }]);
});

test("sentences call it by its name, and builders learn names and types without anybody being looked at", async () => {
	const sentence = async () => {
		const condition = { field: "attribute", name: "garden", test: { op: ">=", n: 500 } };
		const answer = await call("POST", `${site}/conditions/check`, { condition });
		return (await answer.json<{ sentence: { pl: string; en: string } }>()).sentence;
	};
	const before = await sentence();
	expect(before.en).toContain("attribute “garden”");
	await put("garden", { kind: "number" });
	expect((await sentence()).en).toBe(before.en.replace("garden", "Garden area"));
	expect((await sentence()).pl).toBe(before.pl.replace("garden", "Powierzchnia ogrodu"));
	expect(await (await call("GET", `${site}/attribute-names`)).json()).toEqual({
		attributes: [{ name: "garden", names, kind: "number" }],
	});
});

test("a type is taken only where all values are of it, and nothing asks what it cannot answer", async () => {
	await contact("anna", { colour: "green" });
	await contact("bea", { colour: 7 });
	expect(await put("colour", { kind: "text" })).toEqual([409, { error: "values-differ", people: 1 }]);
	expect(await put("colour", { kind: null })).toEqual([200, { ok: true }]);
	expect(await put("garden", { kind: "text" })).toEqual([
		409,
		{ error: "in-use", uses: [{ kind: "segment", id: "large", names: expect.any(Object) }] },
	]);
	expect(await put("garden", { kind: "number" })).toEqual([200, { ok: true }]);
});

test("what we know ourselves is called by us, and what could not be asked for is no name", async () => {
	for (const name of ["email", "x".repeat(101), 'a"b']) expect((await put(name, {}))[0]).toBe(404);
});

test("what a site's people set up leaves as one file, and is taken back as it left", async () => {
	await put("garden", { kind: "number" });
	await call("POST", `${site}/faq`, { texts: { pl: { question: "Kiedy?", answer: "Jutro." } } });
	const answer = await call("GET", `${site}/configuration`);
	expect(answer.headers.get("content-disposition")).toBe('attachment; filename="demo-configuration.json"');
	const file = Configuration.parse(await answer.json());
	expect(file).toMatchObject({
		attributes: [{ name: "garden", names, kind: "number" }],
		faq: [{ pl: { question: "Kiedy?", answer: "Jutro." } }],
	});
	expect(file.definitions.segments).toMatchObject([{ id: "large" }]);
	expect(file.settings).not.toHaveProperty("login");
	const copy = (path: string, body: unknown) =>
		call("PUT", `copy/${path}`, body).then(({ status }) => status);
	expect(await copy("settings", file.settings)).toBe(200);
	expect(await copy("definitions", file.definitions)).toBe(200);
	const { definitions } = Configuration.parse(await (await call("GET", "copy/configuration")).json());
	expect(definitions).toEqual(file.definitions);
});
