// Who asks: the operator by their token, somebody by the session in their cookie, or nobody that we know.

import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { accountsIn } from "../data/database.ts";
import { findSession, type Session, seeSession } from "../data/sessions.ts";
import type { Role } from "../domain/role.ts";
import { digestOfToken } from "../platform/chance.ts";
import type { AdminEnv } from "../platform/env.ts";
import { isSame } from "../platform/key.ts";
import { asked } from "./request.ts";

export type Actor =
	| { readonly is: "operator" }
	| { readonly is: "account"; readonly session: Session }
	| { readonly is: "nobody" };

/** What the routes of the API share. */
export interface AdminHono {
	Bindings: AdminEnv;
	Variables: { actor: Actor };
}
export type AdminContext = Context<AdminHono>;

/** A session ends a month after its sign-in at the latest. */
export const sessionMs = 30 * 86_400_000;
/** A row written each time that somebody is seen would be one for each click. */
const seenEveryMs = 10 * 60_000;

/**
 * Lax, and not Strict: a link in a mail or a chat opens the screen signed in. What is unsafe asks for the origin besides
 * (see policy.ts). On a developer's machine there is no TLS, and browsers differ in whether they take `Secure` there.
 */
const cookie = "session";
const isBare = (context: AdminContext) =>
	context.env.LOCAL === "1" && new URL(context.req.url).protocol === "http:";

export function sessionToken(context: AdminContext): string | undefined {
	return isBare(context) ? getCookie(context, cookie) : getCookie(context, cookie, "host");
}

/** Without a token it is taken away. */
export function setSessionCookie(context: AdminContext, token: string | undefined): void {
	setCookie(context, cookie, token ?? "", {
		path: "/",
		httpOnly: true,
		sameSite: "Lax",
		maxAge: token === undefined ? 0 : sessionMs / 1_000,
		...(isBare(context) ? {} : { secure: true, prefix: "host" }),
	});
}

/** Nothing for a token that is nobody's: whoever brings one means to be somebody. */
export async function actorOf(context: AdminContext): Promise<Actor | undefined> {
	const header = context.req.header("authorization");
	if (header !== undefined) {
		const token = /^Bearer (.+)$/.exec(header)?.[1];
		const { ADMIN_TOKEN } = context.env;
		return token && ADMIN_TOKEN && isSame(token, ADMIN_TOKEN) ? { is: "operator" } : undefined;
	}
	const token = sessionToken(context);
	if (!token) return { is: "nobody" };
	const db = accountsIn(context.env);
	const digest = digestOfToken("session", token);
	const now = Date.now();
	const session = await asked(findSession(db, digest, now));
	if (!session) return { is: "nobody" };
	if (session.seenAt < now - seenEveryMs) context.executionCtx.waitUntil(seeSession(db, digest, now));
	return { is: "account", session };
}

/** Whose session it is, on a route that only accounts reach. */
export function sessionIn(context: AdminContext): Session {
	const actor = context.get("actor");
	if (actor.is !== "account") throw new Error("the route's policy lets in whoever has no account");
	return actor.session;
}

/** Whose own things these are: an account's, or the operator's, whose servers and scripts are all one. */
export function askerOf(context: AdminContext): string {
	const actor = context.get("actor");
	return actor.is === "account" ? actor.session.account : "operator";
}

/** What the asker may at the site of the path; the operator may all. Within routes whose policy asked for a role. */
export function roleOf(context: Context): Role {
	const actor: Actor = context.get("actor");
	if (actor.is === "operator") return "owner";
	return (actor.is === "account" && actor.session.sites[context.req.param("site") ?? ""]) || "analyst";
}
