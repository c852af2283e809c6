// The live chat's way in: here alone it can be known whose token it is. All else is the desk's (see protocol/chat.schema.ts).

import type { Forwarded } from "../desk/visitors.ts";
import { readBody } from "../platform/body.ts";
import { callerOf } from "../platform/caller.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { siteOfKey, verifyToken } from "../platform/token.ts";
import { cookieToken, isOwnOrigin } from "./carrier.ts";

const post = { bytes: 65_536, depth: 6 };

/** `prefix`: of the site's own route. */
export async function chat(request: Request, env: EdgeEnv, prefix: string): Promise<Response> {
	const { origin, pathname, searchParams } = new URL(request.url);
	const headers = new Headers(request.headers);
	// What is said in our name, only we say.
	headers.delete("x-witaj-chat");
	if (!(await env.CALLERS.limit({ key: callerOf(request) })).success)
		return Response.json({ error: "too-many-requests" }, { status: 429 });
	if (!pathname.endsWith("/v1/chat")) return env.CHAT.fetch(new Request(request, { headers }));
	const body = request.method === "POST" ? await readBody(request, post) : undefined;
	const said = body?.is === "read" ? (body.value as Partial<Record<string, unknown>> | null) : undefined;
	const [, inHeader] = headers.get("sec-websocket-protocol")?.split(", ") ?? [];
	const text = said?.token ?? inHeader ?? (isOwnOrigin(request) ? cookieToken(request) : undefined);
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), String(said?.site ?? searchParams.get("site")));
	if (site === undefined) return Response.json({ error: "site-unknown" }, { status: 404 });
	const token = text && (await verifyToken(keyringOf(env.TOKEN_KEYS), site, String(text)));
	const forwarded: Forwarded = { site, edge: origin + prefix, ...token };
	headers.delete("content-length");
	headers.set("x-witaj-chat", JSON.stringify(forwarded));
	return env.CHAT.fetch(request.url, {
		method: request.method,
		headers,
		...(body && { body: JSON.stringify(said) }),
	});
}
