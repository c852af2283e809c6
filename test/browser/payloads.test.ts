// What attackers write, in every field of what is shown: nothing of it is more than words, whoever it was that filled it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { toJSONSchema } from "zod/mini";
import { Offer as OfferSchema } from "../../worker/protocol/experience.schema.ts";
import type { Block, Offer } from "../../worker/protocol/experience.ts";
import { everyBlock, everyField, given } from "../support/contents.ts";
import { complaints, context, newPage, offer, say, setUp, soon, stub } from "../support/host.ts";
import { attacks } from "../support/payloads.ts";

setUp();

// The lists are not ours to publish: they lie beside the repository, or not. Ours are of every class that they are of.
const published = join(import.meta.dirname, "../../../shared/data/hostile/xss-payloads.json");
const payloads: readonly string[] = existsSync(published)
	? JSON.parse(readFileSync(published, "utf8"))
	: Object.values(attacks).flat();

/** What leads somewhere begins as a link does, or the offer is none (blocks.test.ts). */
const links: ReadonlySet<string> = new Set(["src", "link", "url", "image"]);
/** Words with marks, in which a link is one that leads to the web. */
const marked: ReadonlySet<string> = new Set(["<text>.text", "<consent>.wording"]);

/** Kept by the server: no page is told. */
const untold = /\.recipe\./;
/** Made by the server out of colours that are six digits, and of fonts of a list (domain/theme.ts). */
const ours = /^\.theme\./;
/** In a frame of its own, where it may run. */
const framed = "<html>.html";

type Leaf = (at: string, key: string) => string | undefined;

/** Each text of it by the name of its field, as the schema has it below; what the leaf answers takes its place. */
function each<Node>(node: Node, leaf: Leaf, at = "", key = ""): Node {
	if (Array.isArray(node)) return node.map((one) => each(one, leaf, at, key)) as Node;
	if (typeof node === "string") return (leaf(at, key) ?? node) as Node;
	if (typeof node !== "object" || node === null) return node;
	// An offer's own kind is one of several whose members are the same; a pool's id is a key, and no member.
	const own = "kind" in node && at !== "" ? `<${node.kind}>` : at;
	const members = Object.entries(node);
	return Object.fromEntries(
		members.map(([key, value]) => [key, each(value, leaf, `${own}.${key === "spring" ? "*" : key}`, key)]),
	) as Node;
}

interface Schema {
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: unknown;
	readonly pattern?: string;
	readonly format?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly additionalProperties?: Schema | boolean;
	readonly items?: Schema;
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly allOf?: readonly Schema[];
}

/** Fields that hold any text at all, by the block they are of: whatever is neither one of a list nor of a set form. */
function* free(schema: Schema, at = ""): Generator<string> {
	const { type, properties = {}, additionalProperties: others, items } = schema;
	for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
		yield* free(one, at);
	const kind = properties.kind?.const;
	const own = kind === undefined ? at : `<${kind}>`;
	for (const [key, member] of Object.entries(properties)) yield* free(member, `${own}.${key}`);
	if (typeof others === "object") yield* free(others, `${own}.*`);
	if (items) yield* free(items, at);
	const isBound = schema.const !== undefined || schema.enum || schema.pattern || schema.format;
	if (type === "string" && !isBound) yield at;
}
const fields = new Set(
	[...free(toJSONSchema(OfferSchema, { unrepresentable: "any" }) as Schema)].filter(
		(field) => !untold.test(field) && !ours.test(field) && field !== framed,
	),
);

const products: Block = {
	kind: "products",
	layout: "carousel",
	why: true,
	products: [{ id: "x", name: "x", url: "x", image: "x", price: "x", before: "x", why: "x" }],
};
/** One of each kind, with each word that it may have. */
const blocks: readonly Block[] = [
	...everyBlock("x").flatMap((block): Block | Block[] => {
		if (block.kind === "coupon") return [block, { kind: "coupon", label: "x", code: "x" }];
		if (block.kind === "wheel")
			return { ...block, segments: block.segments.map((segment) => ({ ...segment, code: "x" })) };
		return block.kind === "html" ? { ...block, html: "<p>x</p>" } : block;
	}),
	products,
	{
		kind: "form",
		fields: everyField.map((field) => ("label" in field ? { ...field, hint: "x" } : field)),
		submit: "x",
		thanks: [{ kind: "heading", text: "x" }],
	},
];

/** Fields that hold a payload, as they are filled. */
const filled = new Set<string>();

function poisoned<Node>(node: Node, payload: string, at?: string): Node {
	const leaf: Leaf = (field, key) => {
		if (!fields.has(field)) return undefined;
		filled.add(field);
		if (links.has(key)) return `https://shop.example/${payload}`;
		return marked.has(field) ? `${payload} [${payload}](${payload}) **${payload}**` : payload;
	};
	return each(node, leaf, at);
}

/** One payload in each field of each block, and all of them in what an offer has once; and a frame. */
function drawn(some: readonly string[]): readonly Offer[] {
	const within = (many: readonly Block[]) => some.flatMap((payload) => poisoned(many, payload, ".content"));
	const shell = poisoned(
		offer({
			experience: "over",
			content: { label: "x", blocks: [], teaser: { before: "x", after: "x", at: "bottom-start" } },
			given: { ...given, codes: { spring: "x" }, code: "x" },
			claim: "x",
		}),
		some.join(" "),
	);
	const frame = offer({
		experience: "frame",
		kind: "frame",
		chunk: "frame",
		surface: { kind: "inline", place: { slot: "frame" } },
		content: { label: shell.content.label, blocks: within([{ kind: "heading", text: "x" }, products]) },
	});
	return [{ ...shell, content: { ...shell.content, blocks: within(blocks) } }, frame];
}

/** What names an element or an event, and names none of this page. */
function waiting(payload: string, n: number): readonly Offer[] {
	const triggers = [
		{ kind: "seen", selector: "x" },
		{ kind: "click", selector: "x" },
		{ kind: "event", name: "x", of: "x" },
	] as const;
	const waits = triggers.map((trigger, m) => {
		const { claim: _, ...unclaimed } = offer({
			trigger,
			surface: { kind: "spotlight", beside: "x" },
			visit: { happened: [{ name: "x", of: "x" }] },
		});
		const waits = poisoned(unclaimed, payload);
		// Of the same name, and of something else: or what is waited for has happened.
		const happened = waits.visit?.happened?.map((one) => ({ ...one, of: "another" })) ?? [];
		return { ...waits, visit: { happened }, experience: `waits-${n}-${m}` };
	});
	const place = { kind: "inline", place: { selector: "x", put: "inside" } } as const;
	return [...waits, { ...poisoned(offer({ surface: place }), payload), experience: `nowhere-${n}` }];
}

/** What there is in our elements that is not of the blocks' own making, and the words of their headings. */
const found = (page: Page) =>
	page.evaluate(() => {
		const within = (root: ParentNode): Element[] =>
			[...root.querySelectorAll("*")].flatMap((one) => [
				one,
				...(one.shadowRoot ? within(one.shadowRoot) : []),
			]);
		const ours = within(document).filter((one) => one.getRootNode() !== document);
		const known =
			/^(a|b|i|p|h[123]|g|svg|path|text|circle|img|div|span|small|code|button|form|input|select|option|textarea|label|fieldset|legend|hr|figure|figcaption|blockquote|section|dialog|progress|ul|li|s|em|iframe|witaj-frame)$/;
		return {
			strange: ours.map(({ localName }) => localName).filter((name) => !known.test(name)),
			running: ours.flatMap((one) =>
				one.getAttributeNames().filter((name) => /^on|^style$|^srcdoc$/.test(name)),
			),
			links: ours
				.map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? "/")
				.filter((link) => !/^(https?:\/\/|\/(?![/\\]))/i.test(link)),
			ran: (window as unknown as { ran: unknown[] }).ran,
			words: ours.filter(({ localName }) => localName === "h2").map(({ textContent }) => textContent ?? ""),
		};
	});

const nothing = { strange: [], running: [], links: [], ran: [] };

/** A page on which whatever runs is written down, and so is whoever is asked for anything. No policy helps us there. */
async function watched(): Promise<{ page: Page; asked: Set<string> }> {
	const page = await newPage();
	const asked = new Set<string>();
	await context.route("**/*", (route) => {
		const { hostname, origin } = new URL(route.request().url());
		asked.add(hostname);
		return [stub.page, stub.edge].includes(origin) ? route.continue() : route.abort();
	});
	await page.addInitScript(() => {
		if (window !== top) return;
		const ran: unknown[] = [];
		Object.assign(window, { ran });
		for (const name of ["noticed", "alert", "confirm", "prompt", "print", "open"])
			Object.assign(window, { [name]: (...said: unknown[]) => ran.push(name, ...said.map(String)) });
	});
	await page.emulateMedia({ reducedMotion: "reduce" });
	return { page, asked };
}
const hosts = () => [...new Set([stub.page, stub.edge].map((url) => new URL(url).hostname))];

test("no field that may hold any text is left out", () => {
	drawn(["x"]);
	waiting("x", 0);
	expect([...filled].sort()).toEqual([...fields].sort());
});

test(`none of ${payloads.length} runs, whichever words of a marketer, a feed or a visitor it is`, async () => {
	const { page, asked } = await watched();
	stub.body = () => '<div id="far"></div><section data-witaj="frame"></section>';
	const perPage = 45;
	for (let from = 0; from < payloads.length; from += perPage) {
		const some = payloads.slice(from, from + perPage);
		stub.show = () => drawn(some);
		await page.goto(`${stub.page}/from-${from}`);
		const tab = page.locator("witaj-teaser button");
		await tab.click();
		const over = page.locator("witaj-popup").getByRole("dialog");
		await over.waitFor();
		await page.locator("witaj-frame section").waitFor({ state: "attached" });
		const { words, ...others } = await found(page);
		expect(others).toEqual(nothing);
		expect(words).toEqual(expect.arrayContaining(some));
		// What a visitor types is a value, and nothing else; and what they win is words.
		await page.evaluate((typed) => {
			const root = document.querySelector("witaj-popup")?.shadowRoot;
			const area = root?.querySelector("textarea");
			if (area) area.value = typed;
			area?.dispatchEvent(new InputEvent("input", { bubbles: true }));
			root?.querySelector("form")?.requestSubmit();
			root?.querySelector<HTMLElement>(".fortune button")?.click();
		}, some.join(" "));
		await page.locator("witaj-popup .won").first().waitFor();
		await page.locator("witaj-popup .error").first().waitFor();
		expect(await found(page)).toMatchObject(nothing);
		await page.keyboard.press("Escape");
		await over.waitFor({ state: "detached" });
		await tab.waitFor();
	}
	expect([...hosts(), "shop.example"]).toEqual(expect.arrayContaining([...asked]));
	expect(complaints).toEqual([]);
}, 120_000);

test("none is an element or an event of the page where it should name one", async () => {
	const { page, asked } = await watched();
	stub.show = () => payloads.flatMap(waiting);
	const chunk = page.waitForResponse((response) => response.url().includes(".inline.js"));
	await page.goto(`${stub.page}/`);
	await (await chunk).finished();
	await page.click("#button");
	await say(page, "track", "Product Added", { product_id: "x" });
	expect(await found(page)).toEqual({ ...nothing, words: [] });
	expect([...hosts(), "shop.example"]).toEqual(expect.arrayContaining([...asked]));
	expect(complaints).toEqual([]);
});

test("those that are a marketer's own HTML run in their frame alone", async () => {
	const { page } = await watched();
	const html = (some: readonly string[]): Block => ({
		kind: "html",
		// What comes after one that is not closed is no markup any more: the first is there to run in any case.
		html: ["<script>alert(1)</script>", ...some].join("\n"),
		title: "x",
		height: 60,
	});
	const half = payloads.length / 2;
	const both = [html(payloads.slice(0, half)), html(payloads.slice(half))];
	const told: string[] = [];
	page.on("console", (message) => told.push(message.text()));
	stub.show = () => [offer({ content: { label: "x", blocks: [{ kind: "heading", text: "x" }, ...both] } })];
	await page.goto(`${stub.page}/`);
	await page.getByRole("dialog").waitFor();
	// They do run: what they would show is refused them.
	await soon(() => told.filter((text) => /^Ignored call to 'alert\(\)'/.test(text)).length).toBeGreaterThan(
		1,
	);
	expect(await found(page)).toEqual({ ...nothing, words: ["x"] });
	expect(new URL(page.url()).pathname).toBe("/");
	expect(context.pages()).toHaveLength(1);
});
