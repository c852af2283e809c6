// Who is signed in, and what they may do where.

import { signal } from "@preact/signals";
import type { Session, SiteRole } from "../../protocol/account.ts";
import { forget } from "./api/asked.ts";
import { call, Refusal, whenSignedOut } from "./api/call.ts";

/** Undefined until it was asked; null where nobody is signed in. */
export const session = signal<Session | null>();
/** Why it could not be found out. */
export const sessionRefusal = signal<Refusal>();

whenSignedOut(() => {
	session.value = null;
});

export async function findSession(): Promise<void> {
	try {
		session.value = await call<Session>("GET", "/api/session");
		sessionRefusal.value = undefined;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		if (error.status === 401) session.value = null;
		else sessionRefusal.value = error;
	}
}

export async function signOut(): Promise<void> {
	await call("DELETE", "/api/session");
	forget("/");
	session.value = null;
}

const ranks: readonly SiteRole[] = ["analyst", "agent", "marketer", "owner"];

/** What a role may at least do, on the screen; the API decides. */
export function isAtLeast(role: SiteRole | undefined, least: SiteRole): boolean {
	return role !== undefined && ranks.indexOf(role) >= ranks.indexOf(least);
}
