// What stands for an id that may not be kept.

import { hash } from "node:crypto";

/**
 * 128 bits of SHA-256 in hex. Ids of ours are random: nobody gets from here to them. An order's is the shop's own: its
 * digest keeps it from standing in two tables in plain, and no more. A person, a part and a visitor may have one
 * id, and each its own digest. A name that somebody was called by is digested with the random id of a card.
 */
export function digestOf(
	kind: "person" | "part" | "visitor" | "name" | "order" | "site",
	id: string,
): string {
	return hash("sha256", `${kind} ${id}`, "hex").slice(0, 32);
}

/** 84 bits for what is told apart for a while alone: without the key, which is random, nobody can try ids. */
export function keyedDigest(key: string, text: string): string {
	return hash("sha256", `${key} ${text}`, "hex").slice(0, 21);
}
