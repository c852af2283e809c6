// What stands for an id that may not be kept.

import { createHash } from "node:crypto";

/** 128 bits of SHA-256 in hex. Ids are random: nobody gets from here to them. */
export function digestOf(id: string): string {
	return createHash("sha256").update(id).digest("hex").slice(0, 32);
}
