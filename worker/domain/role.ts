// What the site's own people may do there. Each role may what those before it may.

export const roles = ["analyst", "agent", "marketer", "owner"] as const;

/**
 * An analyst reads; an agent also acts on one person at a time; a marketer also writes what visitors meet, and acts on many;
 * an owner also has what can end a site or let others in: settings, keys, erasure, the team and its log.
 */
export type Role = (typeof roles)[number];

export function mayAs(role: Role, needed: Role): boolean {
	return roles.indexOf(role) >= roles.indexOf(needed);
}
