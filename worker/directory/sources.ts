// What senders with a site's public key call people, in a space of names that no card is in: anybody can send it, in
// anybody's name.

import type { Identifier } from "../domain/contact.ts";

/** A sender's name for somebody: an anonymous id, or without one a name that was typed. */
export function sourceOf({ kind, value }: Identifier): Identifier {
	return { kind: "anonymous", value: `typed:${kind}:${value}` };
}

/** Who had this name on a source: of two people who share a device each has one. */
export function namedOn(source: string, { kind, value }: Identifier): Identifier {
	return { kind: "anonymous", value: `${source} ${kind} ${value}` };
}

/** All that the directory may know somebody by who was told of under a source. */
export function callsOn(source: string, names: readonly Identifier[]): readonly Identifier[] {
	return [{ kind: "anonymous", value: source }, ...names.map((name) => namedOn(source, name))];
}
