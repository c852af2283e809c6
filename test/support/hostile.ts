// A site full of what nobody should have to read: every field that a visitor, a server, an import, a feed or a marketer
// fills holds published attacks.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";
import { settings as shop } from "../shop/definitions.ts";
import { answered, chromeAgent, messageId, send } from "./client.ts";
import { localSecrets } from "./edge.ts";
import { attacks } from "./payloads.ts";

// The lists are not ours to publish: they lie beside the repository, or not. Ours are of every class that they are of.
const published = join(import.meta.dirname, "../../../shared/data/hostile/xss-payloads.json");
const [image, drawing] = attacks.handlers;
export const payloads: readonly string[] = [
	...Object.values(attacks).flat(),
	...(existsSync(published) ? (JSON.parse(readFileSync(published, "utf8")) as readonly string[]) : []),
];

/** As much of each as a field holds: what was cut may still bite. What holds a zero is refused where it is saved. */
const within = (most: number) =>
	payloads
		.filter((payload) => !payload.includes("\0"))
		.map((payload) => payload.slice(0, most).toWellFormed());
/** Several in one text, where each by itself would cost a second. */
export function packed(most: number): readonly string[] {
	const texts: string[] = [];
	for (const payload of within(most)) {
		const longer = `${texts.at(-1) ?? ""}${payload}`;
		if (texts.length > 0 && longer.length <= most) texts[texts.length - 1] = longer;
		else texts.push(payload);
	}
	return texts;
}
const inAddress = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
	Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

export const settings: WrittenSettings = { ...shop, name: image };

// What is called by nothing but spaces has no name for who listens: a marketer's own doing.
const names = within(200).filter((name) => name.trim() !== "");
const article = { name: "Article Read" };
const reads = (value: string) => ({
	...article,
	where: [{ property: "topic", test: { op: "is", value } as const }],
});

/** A definition with a link to an attack is refused, and one with a broken placeholder. */
const shown = (name: string) => name.replaceAll("](", "] (").replaceAll(/[{}%]/g, "$& ");

export const definitions: Definitions = {
	tagRules: [
		{ id: "topic", tag: "{topic}", when: { event: article } },
		...names.map((name, n) => ({
			id: `tag-${n}`,
			name,
			description: name,
			tag: `READS_${n}`,
			when: { event: reads(name) },
		})),
	],
	scoreRules: names.map((name, n) => ({
		id: `score-${n}`,
		name,
		description: name,
		points: 1,
		when: { event: reads(name) },
	})),
	programmes: chunks(names, 20).map((some, n) => ({
		id: `programme-${n}`,
		name: some[0] ?? "",
		description: some[0] ?? "",
		joins: "everyone",
		tiers: some.map((name, n) => ({ id: `tier-${n}`, name, from: n * 10 })),
		rewards: some.map((name, n) => ({ id: `reward-${n}`, name, points: n + 1 })),
	})),
	interestTags: names.slice(0, 8).map((name, n) => ({
		id: `interest-${n}`,
		name,
		description: name,
		tag: `LIKES_${n}_{category}`,
		of: "strength",
		test: { op: ">=", n: 1 },
	})),
	lists: names.slice(0, 200).map((name, n) => ({
		id: `list-${n}`,
		names: { pl: name, en: name },
		description: name,
	})),
	segments: names.map((name, n) => ({
		id: `segment-${n}`,
		name,
		description: name,
		condition: { field: "events", match: reads(name), count: { op: ">=", n: 1 } },
	})),
	experiences: names.map((name, n) => ({
		id: `experience-${n}`,
		revision: 1,
		name,
		description: name,
		priority: 1,
		segment: `segment-${n}`,
		pages: { only: [{ op: "contains", value: name }], except: [] },
		// Nobody is shown it: the admin is looked at here.
		schedule: { until: 1 },
		attention: { afterCloseMs: 0, afterSubmitMs: null },
		trigger: { kind: "at-once" },
		content: {
			pl: {
				label: shown(name),
				blocks: [
					{ kind: "heading", text: shown(name) },
					{ kind: "text", text: `**${shown(name)}**` },
				],
			},
		},
	})),
	groups: names.slice(0, 20).map((name, n) => ({ id: `group-${n}`, name, description: name })),
};

/** What a tracker, and whoever speaks as one, can send: pages, sources, browsers, events, forms. */
export async function visits(edge: string, key: string): Promise<void> {
	// A browser may send so many at once, and no more.
	await Promise.all(chunks(payloads, 45).map((some) => visit(edge, key, some)));
}

async function visit(edge: string, key: string, some: readonly string[]): Promise<void> {
	let token: string | undefined;
	for (const payload of some) {
		const said = inAddress(payload);
		const utm = ["source", "medium", "campaign", "term", "content"].map((name) => `utm_${name}=${said}`);
		const query = utm.join("&");
		const url = `https://shop.example/${said}`.slice(0, 700);
		const referrer = `https://elsewhere.example/?q=${said}`.slice(0, 2_000);
		const now = Date.now();
		const view = messageId(now);
		const event = (name: string, props: object, id = messageId(now)) => ({ id, name, at: now, props });
		const body = {
			site: key,
			...(token === undefined ? {} : { token }),
			consent: "granted",
			page: {
				view,
				url: `${url}?${query}`.slice(0, 2_000),
				referrer,
				title: payload,
				language: payload.slice(0, 35),
				visible: true,
				product: { id: payload, name: payload, category: payload, brand: payload, price: 1 },
			},
			decide: true,
			sentAt: now,
			events: [
				event("Page Viewed", { url, path: payload, title: payload, referrer }, view),
				event(payload.slice(0, 100), { said: payload, $value: payload }),
				event("Article Read", { topic: payload.slice(0, 200) }),
				event("Product Viewed", { product_id: payload, name: payload, brand: payload, category: payload }),
				event("Form Submitted", { form: payload, name: payload, message: payload }),
			],
		};
		const agent = `${chromeAgent} ${payload.replaceAll(/[^ -~]/g, " ").slice(0, 300)}`;
		const languages = inAddress(payload).slice(0, 35);
		const sent = async (agent: string) =>
			answered(await send(edge, body, { "user-agent": agent, "accept-language": languages }));
		let answer = await sent(agent);
		// An agent with an address in it is a robot's, and nothing that it says is kept.
		if (answer.verdicts.every((one) => one.verdict === "dropped" && one.why === "bot"))
			answer = await sent(chromeAgent);
		const refused = answer.verdicts.filter(({ verdict }) => verdict !== "ok");
		if (refused.length > 0) throw new Error(`${payload}: ${JSON.stringify(refused)}`);
		token = answer.token ?? token;
	}
	await talk(edge, key, token, some);
}

/** As many words as one may say at once. */
async function talk(edge: string, key: string, token: string | undefined, some: readonly string[]) {
	const [name = "", ...words] = some.filter((payload) => /\S/.test(payload)).slice(0, 19);
	const body = {
		site: key,
		token,
		commands: [
			...words.map((text) => ({ id: messageId(), is: "send", text: text.slice(0, 4_000) })),
			{ id: messageId(), is: "introduce", name: name.slice(0, 200) },
		],
		here: {
			url: name.slice(0, 2_048),
			title: name.slice(0, 300),
			language: name.slice(0, 35),
			visible: true,
		},
	};
	const response = await fetch(`${edge}/v1/chat`, { method: "POST", body: JSON.stringify(body) });
	const said = (await response.json()) as { acks?: { is: string }[] };
	if (!said.acks?.every(({ is }) => is === "ok")) throw new Error(JSON.stringify(said));
}

/** What else fills a site: its servers, feed, files and people at work. Answers with what pages can be opened of it. */
export async function fill(edge: string, site: string): Promise<{ readonly import: string }> {
	const call = async (method: string, path: string, body?: object | string) => {
		const response = await fetch(`${edge}/api/sites/${site}/${path}`, {
			method,
			headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
			...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return (await response.json()) as Record<string, unknown>;
	};
	const keyNames = within(100);
	const scopes = ["events", "people", "products"];
	const { key } = await call("POST", "secret-keys", { name: keyNames[0], scopes });
	for (const name of keyNames.slice(1, 8)) await call("POST", "secret-keys", { name, scopes });
	await tell(edge, String(key));

	for (const some of chunks(payloads, 200))
		await call("PUT", "products", {
			products: some.map((payload, n) => ({
				id: `${n} ${payload}`.slice(0, 100),
				name: payload.slice(0, 300),
				url: `https://shop.example/${inAddress(payload)}`.slice(0, 2_000),
				image: `https://shop.example/${inAddress(payload)}`.slice(0, 2_000),
				currency: "PLN",
				price: 1,
				brand: payload.slice(0, 150),
				categories: [payload.slice(0, 150)],
				labels: { color: payload.slice(0, 150) },
			})),
		});
	const feed = payloads.map((payload, n) =>
		[`feed-${n}`, payload, `https://shop.example/${n}`, n % 2 ? "1 PLN" : payload].map(quoted).join(";"),
	);
	await call("POST", "catalogue/feed/file", ["id;title;link;price", ...feed].join("\n"));

	const codes = payloads.map((payload) => payload.replaceAll(/[^!-~]/g, "").slice(0, 64)).filter(Boolean);
	await call("POST", "pools/spring/codes", { codes: [...new Set(codes)] });
	for (const [n, some] of chunks(packed(100), 2).entries()) {
		const [pl = "", en = pl] = some;
		await call("PUT", `attributes/said%200%20${n}`, { names: { pl, en }, kind: null, version: 0 });
	}
	for (const text of packed(300))
		await call("POST", "faq", {
			texts: { pl: { question: text, answer: text }, en: { question: text, answer: text } },
		});
	for (const name of keyNames.slice(0, 8))
		await call("POST", "views", {
			name,
			condition: { field: "events", match: reads(name), count: { op: ">=", n: 1 } },
			columns: ["identity", "score"],
			sort: { by: "createdAt", order: "desc" },
			isShared: true,
		});
	return { import: await imported(call) };
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

async function imported(
	call: (method: string, path: string, body?: object | string) => Promise<Record<string, unknown>>,
): Promise<string> {
	for (const name of packed(200).slice(1)) await call("POST", `imports?name=${inAddress(name)}`, "a;b\n1;2");
	const columns = ["e-mail", "word", "labels", ...within(300).slice(0, 40)];
	const row = (email: string, payload: string) =>
		[email, payload, payload, ...Array<string>(40).fill(payload)].map(quoted).join(";");
	const rows = payloads.map((payload, n) => row(n < 180 ? payload : `imported-${n}@example.com`, payload));
	const file = [columns.map(quoted).join(";"), ...rows].join("\n");
	const name = inAddress(packed(200)[0] ?? "");
	const id = String((await call("POST", `imports?name=${name}`, file)).id);
	const targets = [
		{ to: "identifier", kind: "email" },
		{ to: "attribute", name: "word", type: "text" },
		{ to: "tags" },
		...Array<object>(40).fill({ to: "nothing" }),
	];
	await call("PUT", `imports/${id}/plan`, { columns: targets, tags: within(60).slice(0, 5).map(braceless) });
	await call("POST", `imports/${id}/rehearsal`);
	return id;
}

const braceless = (tag: string) => tag.replaceAll(/[{}]/g, "").slice(0, 64) || "x";

/** By a server: two people with an attribute for each, events, tags, notes and profiles; and a third who is both of them. */
async function tell(edge: string, key: string): Promise<void> {
	const post = async (path: string, body: object) => {
		const response = await fetch(`${edge}/v1/${path}`, {
			method: "POST",
			headers: { authorization: `Basic ${btoa(`${key}:`)}` },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	};
	const anna = { email: "anna@example.com" };
	const jan = { user: drawing };
	for (const [n, some] of chunks(within(500), 45).entries()) {
		const attributes = Object.fromEntries(some.map((payload, i) => [`said ${n} ${i}`, payload]));
		const shared = { firstName: some[0], lastName: some[1], company: some[2], list: some.slice(0, 50) };
		const identifiers = n % 2 ? jan : anna;
		await post("people", {
			people: [{ id: `told-${n}`, identifiers, attributes: { ...attributes, ...shared } }],
		});
	}
	await post("people", { people: [{ id: "both", identifiers: { ...jan, ...anna }, attributes: {} }] });
	for (const some of chunks(payloads, 100)) {
		const events = some.map((payload) => ({
			id: messageId(),
			identifiers: anna,
			name: payload.slice(0, 100),
			props: { said: payload, path: payload },
		}));
		await post("events", { events });
		const act = (act: object) => ({ id: crypto.randomUUID(), identifiers: anna, act });
		await post("acts", { acts: some.map((text) => act({ kind: "note", text })) });
		await post("acts", {
			acts: some.map((payload) => act({ kind: "tag", tag: braceless(payload.toWellFormed()) })),
		});
		const word = (some[0] ?? "").slice(0, 200);
		const url = `https://elsewhere.example/?${inAddress(word)}`;
		await post("acts", {
			acts: [
				act({ kind: "owner", owner: word }),
				act({ kind: "stage", stage: word }),
				act({ kind: "profile", network: "x", url }),
			],
		});
	}
}
