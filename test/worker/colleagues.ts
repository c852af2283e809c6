// The site's own people: accounts with roles, and what their browsers send.

import { exports } from "cloudflare:workers";
import { scryptSync } from "node:crypto";
import { addAccount, join } from "../../worker/data/accounts.ts";
import { beginSession } from "../../worker/data/sessions.ts";
import type { Role } from "../../worker/domain/role.ts";
import { digestOfToken, makeToken } from "../../worker/platform/chance.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { edge, env } from "./world.ts";

export const password = "a long pass phrase";
/** With the least cost there is: to derive it at our own takes as long as everything else in a test, at each sign-in. */
const hashed = [
	"scrypt",
	2,
	1,
	1,
	"c2FsdA",
	scryptSync(password, "salt", 32, { N: 2, r: 1, p: 1 }).toString("base64url"),
].join("$");

/** An account without the way that leads to one. */
export async function account(email: string, sites: Readonly<Record<string, Role>>): Promise<string> {
	const now = Date.now();
	const id = uuidv7(now);
	await addAccount(env.DB, { id, email, name: email.split("@")[0] ?? "", password: hashed }, now);
	for (const [site, role] of Object.entries(sites)) await join(env.DB, site, id, role, now);
	return id;
}

/** A browser on our own pages. */
export class Screen {
	cookie: string | undefined;
	readonly headers: Record<string, string>;

	/** `headers` beside, or in place of, what a browser sends by itself. */
	constructor(headers: Record<string, string> = {}) {
		this.headers = headers;
	}

	async send(method: string, path: string, body?: unknown, more: HeadersInit = {}): Promise<Response> {
		const headers = new Headers({ ...(method === "GET" ? {} : { origin: edge }), ...this.headers });
		if (this.cookie) headers.set("cookie", this.cookie);
		for (const [name, value] of Object.entries(more)) {
			if (value === "") headers.delete(name);
			else headers.set(name, value);
		}
		const response = await exports.default.fetch(`${edge}/api${path}`, {
			method,
			headers,
			redirect: "manual",
			...(body === undefined || method === "GET"
				? {}
				: { body: typeof body === "string" ? body : JSON.stringify(body) }),
		});
		const set = response.headers.get("set-cookie");
		if (set) this.cookie = /Max-Age=0/.test(set) ? undefined : set.split(";")[0];
		return response;
	}

	/** The answer of what has to go well. */
	async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, body);
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
		return response.json<T>();
	}

	/** Its status, and what is wrong. */
	async refusal(method: string, path: string, body?: unknown): Promise<[number, string]> {
		const response = await this.send(method, path, body);
		return [response.status, (await response.json<{ error?: string }>()).error ?? "taken"];
	}

	signIn(email: string, own = password): Promise<Response> {
		return this.send("POST", "/session", { email, password: own });
	}
}

/** A session without the way that leads to one. */
export async function enter(of: string): Promise<Screen> {
	const now = Date.now();
	const token = makeToken();
	const session = {
		digest: digestOfToken("session", token),
		id: uuidv7(now),
		account: of,
		password: hashed,
		agent: "",
		place: "",
		expiresAt: now + 3_600_000,
	};
	if (!(await beginSession(env.DB, session, now))) throw new Error("there is no such account");
	const screen = new Screen();
	screen.cookie = `__Host-session=${token}`;
	return screen;
}

export async function signedIn(email: string): Promise<Screen> {
	const screen = new Screen();
	const response = await screen.signIn(email);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return screen;
}

/** What stands in the log, the oldest first. */
export async function log(): Promise<readonly { readonly act: string; readonly about: object }[]> {
	const { results } = await env.DB.prepare("SELECT * FROM audit ORDER BY id").all<
		Record<string, string> & { act: string; about: string }
	>();
	return results.map((row) => ({ ...row, about: JSON.parse(row.about) }));
}
