// Who is signed in, and what they may do where.

import { effect, signal } from "@preact/signals";
import type { Role } from "../../domain/role.ts";
import type { Whoami } from "../../protocol/account.ts";
import { forgetAll } from "./api/asked.ts";
import { call, Refusal, whenSignedOut } from "./api/call.ts";

/** Somebody who is signed in. */
export type Session = Whoami & { readonly account: NonNullable<Whoami["account"]> };

/** Undefined until it was asked. */
export const whoami = signal<Whoami>();

// What one person was shown is not there for the next, however the first session ended.
let last: string | undefined;
effect(() => {
	const id = whoami.value?.account?.id;
	if (id === undefined) return;
	if (last !== undefined && last !== id) forgetAll();
	last = id;
});

/** Why it could not be found out. */
export const whoamiRefusal = signal<Refusal>();

whenSignedOut(() => void findSession());

export async function findSession(): Promise<void> {
	try {
		whoami.value = await call<Whoami>("GET", "/api/session");
		whoamiRefusal.value = undefined;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		whoamiRefusal.value = error;
	}
}

export function isSignedIn(who: Whoami): who is Session {
	return who.account !== null;
}

export async function signOut(): Promise<void> {
	await call("DELETE", "/api/session");
	await findSession();
}

const ranks: readonly Role[] = ["analyst", "agent", "marketer", "owner"];

/** Whether a role is at least another. What it may not is not offered; the API decides. */
export function isAtLeast(role: Role | undefined, least: Role): boolean {
	return role !== undefined && ranks.indexOf(role) >= ranks.indexOf(least);
}
