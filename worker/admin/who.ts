// Who changes definitions and settings, and what they are called.

import { accountNames } from "../data/accounts.ts";
import { accountsIn } from "../data/database.ts";
import type { By } from "../domain/kept.ts";
import type { AdminEnv } from "../platform/env.ts";
import type { AdminContext } from "./actor.ts";
import { asked } from "./request.ts";

const operator = "operator";

export function byOf(context: AdminContext): By {
	const actor = context.get("actor");
	return { at: Date.now(), by: actor.is === "account" ? actor.session.account : operator };
}

/** An account with its name; null for the operator, and for whoever has no account any more. */
export interface Who {
	readonly id: string;
	readonly name: string | null;
}
export type WhoIs = (id: string) => Who;

/** Names these accounts. */
export async function whoAmong(env: AdminEnv, ids: readonly string[]): Promise<WhoIs> {
	const accounts = [...new Set(ids)].filter((id) => id !== operator);
	const names = accounts.length > 0 ? await asked(accountNames(accountsIn(env), accounts)) : new Map();
	return (id) => ({ id, name: names.get(id) ?? null });
}
