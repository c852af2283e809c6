// What stands for an id that may not be kept.

import { createHash } from "node:crypto";

/**
 * 128 bits of SHA-256 in hex. Ids are random: nobody gets from here to them. A person, a part and a visitor may have one
 * id, and each its own digest.
 */
export function digestOf(kind: "person" | "part" | "visitor", id: string): string {
	return createHash("sha256").update(`${kind} ${id}`).digest("hex").slice(0, 32);
}
