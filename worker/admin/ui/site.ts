// The site whose pages are open: its id stands in the address.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role } from "../../domain/role.ts";
import { isAtLeast } from "./session.ts";

export interface OpenSite {
	readonly id: string;
	readonly name: string;
	readonly role: Role;
	/** Where its API is: `/api/sites/demo`. */
	readonly api: string;
	/** Where its pages are: `/admin/demo`. */
	readonly home: string;
}

export const SiteContext = createContext<OpenSite | undefined>(undefined);

export function useSite(): OpenSite {
	const site = useContext(SiteContext);
	if (!site) throw new Error("no site is open");
	return site;
}

/** Whether this person's role on the site allows it: what it does not, is not offered. */
export function useMay(least: Role): boolean {
	return isAtLeast(useSite().role, least);
}
