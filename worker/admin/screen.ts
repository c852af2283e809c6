// The screen's document. Its scripts and sheets are files beside the Worker; which page it is, the script finds in the
// address.

import { Hono } from "hono/tiny";
import { document, preview } from "../../dist/screen.js";
import type { AdminEnv } from "../platform/env.ts";

/** Images may be the shop's own, and pages of the shop are shown in frames when an experience is looked at in place. */
const policy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"img-src 'self' data: https: http://localhost:*",
	"frame-src 'self' https: http://localhost:* http://*.localhost:*",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join("; ");

/** What an experience is looked at on, in a frame of the screen. It asks nothing of anybody. */
const previewPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data: https: http://localhost:*",
	"frame-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'self'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join("; ");

const headers = {
	"content-type": "text/html; charset=utf-8",
	"content-security-policy": policy,
	// A deployment names other files.
	"cache-control": "no-cache",
	"x-content-type-options": "nosniff",
	"referrer-policy": "same-origin",
	"cross-origin-opener-policy": "same-origin",
	"permissions-policy": "camera=(), microphone=(), geolocation=()",
};

export const screen = new Hono<{ Bindings: AdminEnv }>()
	// Where no site's pages are, whatever it is called.
	.get(
		"/assets/preview",
		() => new Response(preview, { headers: { ...headers, "content-security-policy": previewPolicy } }),
	)
	.get("/assets/*", (context) => context.text("not found", 404))
	.get("*", () => new Response(document, { headers }));
