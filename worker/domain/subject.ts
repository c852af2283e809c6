// Whom a condition is asked of, at an instant: what both compilers and the decision read.

import type { Facts } from "./facts.ts";

export const identities = ["anonymous", "identified", "monitored"] as const;
export type Identity = (typeof identities)[number];

export interface Subject {
	readonly facts: Facts;
	readonly identity: Identity;
}
