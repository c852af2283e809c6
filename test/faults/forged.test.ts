// A token that we did not sign for this site, this cell and this visitor is nobody's: whoever sends it is a new visitor,
// and never becomes the one whose id it bears.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keyring, keyringOf } from "../../worker/platform/key.ts";
import { signToken, type VisitorToken, verifyToken } from "../../worker/platform/token.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, messageId, pageView, publish, send } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import { whereaboutsOf } from "../support/faulty-edge.ts";
import type { Edge } from "../support/runtime.ts";

const site = "forged";
const total = 10_000;
const overHttp = 50;
const shop = "https://shop.example";
const cells = ["eu-eeur-0", "eu-eeur-1", "eu-eeur-2", "eu-eeur-3", "us-wnam-0"] as const;

const keyring = keyringOf(localSecrets.TOKEN_KEYS);
/** A key that signed tokens once, was retired, and lies in someone's drawer. */
const retired = keyringOf(JSON.stringify({ k0: "a-key-of-last-year" }));
/** Somebody else's key under the name of ours. */
const impostor = keyringOf(JSON.stringify({ k1: "a-key-that-only-they-know" }));

/** A genuine token, and another of the same site to take pieces from. */
interface Loot {
	readonly token: string;
	readonly other: string;
}

type Forger = (loot: Loot, i: number) => string | Promise<string>;

const classes: Readonly<Record<string, Forger>> = {
	"a bit flipped": ({ token }, i) => {
		const at = i % token.length;
		return replaceAt(token, at, String.fromCharCode(token.charCodeAt(at) ^ (1 << (i % 7))));
	},
	truncated: ({ token }, i) => token.slice(0, i % token.length),
	"with something behind": ({ token }, i) => token + (["A", ".", ".A", " ", "=", "\u0000"][i % 6] ?? "A"),
	"of another site": ({ token }, i) => sign(keyring, `site-${i}`, token),
	"of another cell": ({ token }, i) => {
		const { cell } = whereaboutsOf(token);
		const others = cells.filter((one) => one !== cell);
		return withField(token, 2, others[i % others.length] ?? "");
	},
	"signed with a retired key": ({ token }) => sign(retired, site, token),
	"signed with another's key under our key's name": ({ token }) => sign(impostor, site, token),
	"with a key id that is none": ({ token }, i) =>
		withField(token, 1, ["", "k0", "k2", "K1", "__proto__", "constructor"][i % 6] ?? ""),
	"with another visitor's id": ({ token, other }) => withField(token, 3, whereaboutsOf(other).visitor),
	"with another visitor's signature": ({ token, other }) => withField(token, 4, other.split(".")[4] ?? ""),
	"with an invented visitor's id": ({ token }, i) => withField(token, 3, messageId(i * 1_000)),
	"with fields in another order": ({ token }, i) => {
		const fields = token.split(".");
		const from = i % fields.length;
		const to = (from + 1 + (Math.floor(i / fields.length) % (fields.length - 1))) % fields.length;
		return fields
			.with(from, fields[to] ?? "")
			.with(to, fields[from] ?? "")
			.join(".");
	},
	"with a signature of another kind": ({ token }, i) =>
		withField(token, 4, ["", "undefined", "null", "A".repeat(22), "=".repeat(22)][i % 5] ?? ""),
};

function sign(by: Keyring, forSite: string, token: string): Promise<string> {
	return signToken(by, forSite, whereaboutsOf(token));
}

function withField(token: string, field: number, value: string): string {
	return token.split(".").with(field, value).join(".");
}

function replaceAt(text: string, at: number, letter: string): string {
	return text.slice(0, at) + letter + text.slice(at + 1);
}

async function lootOf(i: number): Promise<Loot> {
	const someone = (n: number): VisitorToken => ({
		cell: cells[n % cells.length] ?? "",
		visitor: messageId(),
	});
	const [token, other] = await Promise.all([
		signToken(keyring, site, someone(i)),
		signToken(keyring, site, someone(i + 1)),
	]);
	return { token, other };
}

describe(`${total} forged tokens`, () => {
	const each = Math.ceil(total / Object.keys(classes).length);
	it.each(Object.entries(classes))(`${each} of them %s: none is taken for genuine`, async (_name, forge) => {
		const accepted: string[] = [];
		for (let i = 0; i < each; i++) {
			const loot = await lootOf(i);
			const forged = await forge(loot, i);
			expect(forged).not.toBe(loot.token);
			if (await verifyToken(keyring, site, forged)) accepted.push(forged);
		}
		expect(accepted).toEqual([]);
		const { token } = await lootOf(0);
		expect(await verifyToken(keyring, site, token)).toEqual(whereaboutsOf(token));
	});
});

describe("sent to the edge", () => {
	let edge: Edge;
	let key: string;
	beforeAll(async () => {
		edge = await startEdge({ port: 0, newcomers: 1_000_000 });
		({ key } = await publish(edge.url, site, settings, definitions));
	});
	afterAll(() => edge.stop());

	/** A page view with this token; answers with the token that came back, none where it was accepted. */
	async function view(token?: string, expected = "ok"): Promise<string | undefined> {
		const answer = await answered(await send(edge.url, pageView(key, `${shop}/cennik`, token)));
		expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual([expected]);
		return answer.token;
	}

	async function genuine(): Promise<string> {
		const token = await view();
		if (token === undefined) throw new Error("a new visitor got no token");
		return token;
	}

	it.each(Object.entries(classes))(`${overHttp} tokens %s make new visitors`, async (_name, forge) => {
		const loot: Loot = { token: await genuine(), other: await genuine() };
		const taken = new Set([loot.token, loot.other].map((token) => whereaboutsOf(token).visitor));
		for (let i = 0; i < overHttp; i++) {
			const forged = await forge(loot, i);
			const issued = await view(forged);
			const { visitor } = whereaboutsOf(issued ?? "");
			expect({ forged, adopted: taken.has(visitor) || forged.includes(visitor) }).toEqual({
				forged,
				adopted: false,
			});
		}
		expect(await view(loot.token)).toBeUndefined();
	});

	it("a genuine token of a visitor who never came makes a new visitor", async () => {
		const unknown = await signToken(keyring, site, { cell: "eu-eeur-0", visitor: messageId() });
		expect(whereaboutsOf((await view(unknown)) ?? "").visitor).not.toBe(whereaboutsOf(unknown).visitor);
	});

	it("the token of an erased visitor makes a new visitor, every time", async () => {
		for (let i = 0; i < overHttp; i++) {
			const erased = await genuine();
			const denied = { ...pageView(key, `${shop}/`, erased), consent: "denied", events: [] };
			expect((await send(edge.url, denied)).status).toBe(200);
			// What was sent under it was done by whoever is erased.
			const again = [await view(erased, "dropped"), await view(erased, "dropped")].map(
				(token) => whereaboutsOf(token ?? "").visitor,
			);
			expect(new Set([...again, whereaboutsOf(erased).visitor]).size).toBe(3);
		}
	});
});
