// Links that we sign, and those that we did not: each class of attack by its name, at least ten of each.

import { describe, expect, test } from "vitest";
import { keyringOf } from "../../worker/platform/key.ts";
import { type Link, type LinkKind, readLink, signLink } from "../../worker/platform/link.ts";
import { signToken } from "../../worker/platform/token.ts";

const now = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const keyring = keyringOf(JSON.stringify({ k2: "the key of today", k1: "the key of yesterday" }));
const kinds: readonly LinkKind[] = ["personal", "confirmation", "confirmed", "unsubscribe"];
const link: Link = {
	kind: "personal",
	site: "demo",
	cell: "eu-eeur-0",
	subject: "01a2020c-d52d-7d34-8e69-4f1a5d8e3b70",
	issuedAt: now - hour,
	expiresAt: now + hour,
};
const read = (text: string, kind: LinkKind = "personal") => readLink(keyring, kind, text, now);
const tens = Array.from({ length: 10 }, (_, i) => i);

async function refused(texts: readonly string[], kind?: LinkKind): Promise<void> {
	expect(texts.length).toBeGreaterThanOrEqual(10);
	for (const text of texts) expect(await read(text, kind), text).toBeUndefined();
}

test.each(kinds)("a %s link says what it was signed for", async (kind) => {
	expect(await read(await signLink(keyring, { ...link, kind }), kind)).toEqual({ ...link, kind });
});

test("a link of yesterday's key is read while both keys live", async () => {
	const yesterday = keyringOf(JSON.stringify({ k1: "the key of yesterday" }));
	expect(await read(await signLink(yesterday, link))).toEqual(link);
});

test("what nobody could read is never signed", async () => {
	for (const subject of ["", "a.b", "a b", "x".repeat(201), "ł"])
		await expect(signLink(keyring, { ...link, subject })).rejects.toThrow("a link is signed");
});

describe("refused", () => {
	test("expired, or not issued yet", async () => {
		const spans = [
			...tens.map((i) => ({ expiresAt: now - i ** 6 * 1_000 })),
			...tens.map((i) => ({ issuedAt: now + 61_000 + i ** 6 * 1_000 })),
		];
		await refused(await Promise.all(spans.map((span) => signLink(keyring, { ...link, ...span }))));
	});

	test("signed by somebody else, under our key's name or their own", async () => {
		const strangers = tens.flatMap((i) =>
			["k2", "k1", `x${i}`].map((id) => keyringOf(JSON.stringify({ [id]: `stranger ${i}` }))),
		);
		await refused(await Promise.all(strangers.map((one) => signLink(one, link))));
	});

	test("signed with a key that is retired", async () => {
		const retired = tens.map((i) => keyringOf(JSON.stringify({ [`r${i}`]: "the key of last year" })));
		await refused(await Promise.all(retired.map((one) => signLink(one, link))));
	});

	test("signed for another use", async () => {
		for (const kind of kinds) {
			const others = kinds.filter((one) => one !== kind);
			const texts = await Promise.all(
				tens.flatMap((i) =>
					others.map((one) => signLink(keyring, { ...link, kind: one, subject: `person-${i}` })),
				),
			);
			await refused(texts, kind);
		}
		const { cell, subject } = link;
		await refused(await Promise.all(tens.map(() => signToken(keyring, "demo", { cell, visitor: subject }))));
	});

	test("with one letter changed, anywhere", async () => {
		const text = await signLink(keyring, link);
		await refused(
			Array.from(text, (letter, i) => text.slice(0, i) + (letter === "0" ? "1" : "0") + text.slice(i + 1)),
		);
	});

	test("cut short, or too long", async () => {
		const text = await signLink(keyring, link);
		const cut = Array.from(text, (_letter, i) => text.slice(0, i));
		await refused([...cut, `${text}A`, `${text}.`, `${text}.A`, ` ${text}`, `${text}\n`]);
	});

	test("with its fields swapped, or of two links", async () => {
		const fields = (await signLink(keyring, link)).split(".");
		const other = {
			...link,
			site: "other",
			cell: "us-enam-1",
			subject: "somebody",
			expiresAt: now + 9 * hour,
		};
		const others = (await signLink(keyring, other)).split(".");
		const swapped = fields.flatMap((_one, i) =>
			fields.flatMap((_two, k) => {
				if (i === k || fields[i] === fields[k]) return [];
				return [
					fields
						.with(i, fields[k] ?? "")
						.with(k, fields[i] ?? "")
						.join("."),
				];
			}),
		);
		const mixed = fields.flatMap((one, i) =>
			one === others[i] ? [] : [fields.with(i, others[i] ?? "").join(".")],
		);
		await refused([...swapped, ...mixed]);
	});

	test("for longer, for somebody else, or for another site than it was signed for", async () => {
		const fields = (await signLink(keyring, link)).split(".");
		const far = Math.floor((now + 1e12) / 1_000).toString(36);
		await refused([
			...tens.map((i) => fields.with(7, `${i}${far}`).join(".")),
			...tens.map((i) => fields.with(5, `person-${i}`).join(".")),
			...tens.map((i) => fields.with(3, `site-${i}`).join(".")),
			...tens.map((i) => fields.with(4, `eu-weur-${i}`).join(".")),
		]);
	});
});
