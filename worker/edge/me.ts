// GET /me and POST /v1/me: what this site knows about me, in plain words; to correct, to pause, to forget. The cookie opens
// it on the site's own zone, the token in the body from elsewhere. What it changes, its own form alone may ask for: that
// carries a pass that we signed an hour ago at most, and the browser says that the form is ours.

import { partsIn } from "../cell/card.ts";
import { type Corrections, correctable, type Wish } from "../cell/self.ts";
import type { Message, Shown, Told } from "../content/me/page.ts";
import { databaseOf } from "../data/database.ts";
import { storyOfParts } from "../data/history.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import { signPass, verifyPass } from "../platform/pass.ts";
import { siteOfKey, type VisitorToken, verifyToken } from "../platform/token.ts";
import { cookieToken, isOwnOrigin, removedCookie } from "./carrier.ts";

const longestForm = 16_384;
const longestValue = 200;
const fields = ["site", "token", "pass", "lang", "act", ...correctable] as const;
type Form = Readonly<Partial<Record<(typeof fields)[number], string>>>;

export async function me(request: Request, env: EdgeEnv): Promise<Response> {
	const form = await formOf(request);
	const site = form?.site === undefined ? undefined : await siteOfKey(keyringOf(env.SITE_KEYS), form.site);
	const settings = site === undefined ? undefined : await siteOf(env, site).settings();
	if (!form || site === undefined || !settings)
		return new Response("not found", { status: 404, headers: plain });
	const { name, timeZone = "Europe/Warsaw", currency } = settings;
	const language = languageOf(request, form);
	const told: Told = {
		site: form.site ?? "",
		name,
		language,
		timeZone,
		currency,
		nonce: crypto.randomUUID(),
	};
	const keyring = keyringOf(env.TOKEN_KEYS);
	const passed = form.pass === undefined ? undefined : await verifyPass(keyring, site, form.pass, Date.now());
	if (form.act !== undefined && (!passed || !isOwnOrigin(request))) return say(env, told, "expired", 403);
	const token = request.method === "GET" ? cookieToken(request) : form.token;
	const whose = passed ?? (token === undefined ? undefined : await verifyToken(keyring, site, token));
	if (!whose) return say(env, told, form.pass === undefined ? "nobody" : "expired");
	return form.act === "forget" ? forget(env, site, whose, told) : show(env, site, whose, told, form);
}

async function forget(
	env: EdgeEnv,
	site: string,
	{ cell, visitor }: VisitorToken,
	told: Told,
): Promise<Response> {
	const { is } = await cellOf(env, site, cell).forgetSelf(visitor);
	const message = is === "erased" ? "forgotten" : is === "erasing" ? "forgetting" : "nobody";
	return say(env, told, message, 200, { "set-cookie": removedCookie() });
}

async function show(
	env: EdgeEnv,
	site: string,
	whose: VisitorToken,
	told: Told,
	form: Form,
): Promise<Response> {
	const wish = wishOf(form);
	const self = await cellOf(env, site, whose.cell).about(whose.visitor, wish);
	if (!self) return say(env, told, "nobody");
	const { now } = self.card;
	// What somebody else's browser did who merely typed the address is not the person's to read.
	const own = partsIn(self.card)
		.filter(({ counts }) => counts)
		.map(({ id }) => id);
	const parts = self.proof === "verified" ? own : [self.part];
	const story = await storyOfParts(databaseOf(env, site), site, parts, now);
	const pass = await signPass(keyringOf(env.TOKEN_KEYS), site, whose, Date.now());
	const shown: Shown = { self, correctable, story, pass, ...(wish && { done: wish.is }) };
	return answer(told, await env.CONTENT.ownPage({ told, shown }), 200);
}

function wishOf(form: Form): Wish | undefined {
	switch (form.act) {
		case "pause":
		case "resume":
			return { is: form.act };
		case "correct":
			return { is: "correct", corrections: correctionsIn(form) };
		default:
			return undefined;
	}
}

function correctionsIn(form: Form): Corrections {
	return Object.fromEntries(
		correctable.flatMap((name) => {
			const value = form[name]?.trim().slice(0, longestValue);
			return value ? [[name, value]] : [];
		}),
	);
}

async function formOf(request: Request): Promise<Form | undefined> {
	if (request.method === "GET") return known(new URL(request.url).searchParams);
	const type = request.headers.get("content-type") ?? "";
	if (!/^application\/x-www-form-urlencoded(;|$)/i.test(type)) return undefined;
	const length = Number(request.headers.get("content-length") ?? Number.NaN);
	if (!(length <= longestForm)) return undefined;
	return known(new URLSearchParams(await request.text()));
}

function known(values: URLSearchParams): Form {
	return Object.fromEntries(
		fields.flatMap((name) => {
			const value = values.get(name);
			return value === null ? [] : [[name, value]];
		}),
	);
}

function languageOf(request: Request, { lang }: Form): "pl" | "en" {
	const asked = lang ?? request.headers.get("accept-language") ?? "";
	return asked.toLowerCase().startsWith("pl") ? "pl" : "en";
}

const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

async function say(
	env: EdgeEnv,
	told: Told,
	message: Message,
	status = 200,
	more: Readonly<Record<string, string>> = {},
): Promise<Response> {
	return answer(told, await env.CONTENT.ownPage({ told, message }), status, more);
}

function answer(
	{ nonce, language }: Told,
	body: string,
	status: number,
	more: Readonly<Record<string, string>> = {},
): Response {
	return new Response(body, {
		status,
		headers: {
			"content-type": "text/html; charset=utf-8",
			"content-language": language,
			"cache-control": "no-store",
			"content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
			"x-content-type-options": "nosniff",
			// With none at all, a browser would not say of our own form that it is ours.
			"referrer-policy": "same-origin",
			...more,
		},
	});
}
