// GET /w.js: the loader with its site's public settings inlined; GET /w/:chunk: what it loads later, which is served beside
// the Worker and asked for here only under a route of the site's zone.

import { loaderFile, placeholder, prefix } from "../../dist/widget/bundle.js";
import { themeOf } from "../domain/theme.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { siteOf } from "../platform/name.ts";
import { siteOfKey } from "../platform/token.ts";
import type { PublicSettings } from "../protocol/settings.ts";
import { Recent } from "./recent.ts";

const script = {
	"content-type": "text/javascript; charset=utf-8",
	"access-control-allow-origin": "*",
	"cross-origin-resource-policy": "cross-origin",
	"x-content-type-options": "nosniff",
};
const briefly = "public, max-age=300, stale-while-revalidate=86400";

const allSettings = new Recent((env, site) => siteOf(env, site).settings());

/** `edge` is where the browser reaches us: our origin, with the prefix of a site's own route where there is one. */
export async function serveLoader(env: EdgeEnv, key: string, edge: string): Promise<Response> {
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), key);
	const settings = site === undefined ? undefined : await allSettings.of(env, site);
	if (!settings) {
		// A page must not be bothered by our mistake or its own: nothing runs, and whoever looks finds out why.
		const headers = { ...script, "cache-control": "no-store" };
		return new Response("/* Witaj: this site key is not known. */", { status: 404, headers });
	}
	const { consent, collect, chat, theme = {} } = settings;
	const { accent = "", "on-accent": onAccent = "" } = chat ? themeOf(theme).light : {};
	const also = [collect && "collector", chat && "launcher"].filter((chunk) => chunk !== undefined);
	const inlined: PublicSettings = {
		site: key,
		edge,
		chunks: `/w/${prefix}`,
		...(consent === "ask" && { asks: true }),
		...(also.length > 0 && { also }),
		...(collect && { collect }),
		...(chat && {
			chat: {
				accent,
				onAccent,
				...(chat.at === "start" && { at: chat.at }),
				...(chat.invites && { invites: true }),
			},
		}),
	};
	const text = (await loader(env)).replace(placeholder, () => JSON.stringify(inlined));
	return new Response(text, { headers: { ...script, "cache-control": briefly } });
}

let loaded: string | undefined;

/** A file beside the Worker and no part of it: every cold start of whatever page would wait for it. */
async function loader(env: EdgeEnv): Promise<string> {
	if (loaded !== undefined) return loaded;
	const response = await env.ASSETS.fetch(new URL(`https://assets.local/w/${loaderFile}`));
	if (!response.ok) throw new Error(`the loader is not there: ${response.status}`);
	loaded = await response.text();
	return loaded;
}

export function serveChunk(env: EdgeEnv, request: Request, name: string): Promise<Response> {
	return env.ASSETS.fetch(new URL(`/w/${name}`, request.url));
}
