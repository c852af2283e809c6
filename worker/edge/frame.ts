// GET /v1/frame: a recommendation frame as plain HTML, for pages and messages without script. Without a personal link it is
// the same for everyone, and may be kept by whoever asks; with one it is that person's, as far as a link proves.

import type { CollectAnswer, Filling } from "../cell/call.ts";
import type { FillCall } from "../content/call.ts";
import { callerOf } from "../platform/caller.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { readLink } from "../platform/link.ts";
import { logFault } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import { placeOf } from "../platform/place.ts";
import { cellForNewcomer } from "../platform/region.ts";
import { siteOfKey } from "../platform/token.ts";
import { within } from "../platform/within.ts";
import type { Offer } from "../protocol/experience.ts";

const keptSeconds = 300;
const patienceMs = 2_000;
/** Of a product's id and the language's name. */
const longest = { product: 100, language: 35, frame: 64 } as const;

/** `?site=KEY&frame=EXPERIENCE` and, each where it is known, `product`, `language` and `link`. 204 where nothing is shown. */
export async function frame(request: Request, env: EdgeEnv): Promise<Response> {
	const asked = new URL(request.url).searchParams;
	const said = (name: keyof typeof longest) => asked.get(name)?.slice(0, longest[name]);
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), asked.get("site") ?? "");
	if (site === undefined) return Response.json({ error: "site-unknown" }, { status: 404 });
	if (!(await env.CALLERS.limit({ key: callerOf(request) })).success)
		return Response.json({ error: "too-many-requests" }, { status: 429 });
	const owner = await ownerOf(env, site, asked.get("link"));
	const cell = owner?.cell ?? cellForNewcomer(env, placeOf(request), Math.random());
	const [product, language] = [said("product"), said("language")];
	const answer = await (cellOf(env, site, cell).frame({
		site,
		cell,
		experience: said("frame") ?? "",
		...(product && { product }),
		...(language && { language }),
		...(owner && { person: owner.person }),
	}) as Promise<CollectAnswer>);
	const { show, fill } = answer.is === "answered" ? answer : nothing;
	const html = fill && (await plainOf(env, { site, offers: show, ...fill }));
	const headers = {
		"cache-control": asked.has("link") ? "private, no-store" : `public, max-age=${keptSeconds}`,
		"access-control-allow-origin": "*",
		"x-content-type-options": "nosniff",
		"content-security-policy":
			"default-src 'none'; img-src https: http:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
	};
	// Soon there may be something.
	if (!html) return new Response(null, { status: 204, headers: { ...headers, "cache-control": "no-store" } });
	return new Response(html, { headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

const nothing: { readonly show: readonly Offer[]; readonly fill?: Filling } = { show: [] };

/** Null where nothing is to be shown, and where nobody answers in time: an empty place is better than a page that waits. */
async function plainOf(env: EdgeEnv, call: FillCall): Promise<string | null> {
	try {
		return await within(patienceMs, env.CONTENT.plain(call));
	} catch (error) {
		logFault("frame", error);
		return null;
	}
}

/** Nobody where the link is none of ours, or no longer good. */
async function ownerOf(env: EdgeEnv, site: string, text: string | null) {
	const link =
		text === null ? undefined : await readLink(keyringOf(env.TOKEN_KEYS), "personal", text, Date.now());
	return link?.site === site ? cellOf(env, site, link.cell).whoIs(link.subject) : undefined;
}
