// Who plays the visitor. A persona is a host of its own, so that its storage is its own, and the host says who is
// played: nothing has to be remembered about it. Read by the demo's page and, on a developer's machine, by the edge.

import type { Environment } from "../domain/facts.ts";

export const personas = ["new", "google", "krakow", "phone", "returning", "consent"] as const;
export type Persona = (typeof personas)[number];

/**
 * The demo and its shops are hosts of one registrable domain, and so one site: otherwise the shop in the frame would
 * be a third party, and browsers would keep its cookies from it. Names under `localhost` need no DNS.
 */
export const stage = "witaj.localhost";

/** What a developer's machine cannot tell of itself. */
const pretended: Readonly<Record<Persona, Environment>> = {
	new: {},
	google: {},
	krakow: { country: "PL", city: "Kraków" },
	phone: { device: "phone", system: "Android" },
	returning: {},
	consent: {},
};

const host = new RegExp(`^([a-z]+)-[a-z0-9]{4,16}\\.${stage.replace(".", "\\.")}$`);

/** `random` is lower-case letters and digits, 4 to 16 of them. */
export function hostOf(persona: Persona, random: string): string {
	return `${persona}-${random}.${stage}`;
}

export function isPersonaHost(name: string): boolean {
	return roleOf(name) !== undefined;
}

/** The environment that the persona whose page this is puts in place of the real one. */
export function pretend(pageUrl: string): Environment {
	// Most pages on a developer's machine are nobody's stage: benchmarks and tests pay for no more than this.
	if (!pageUrl.includes(stage) || !URL.canParse(pageUrl)) return {};
	const role = roleOf(new URL(pageUrl).hostname);
	return role ? pretended[role] : {};
}

function roleOf(name: string): Persona | undefined {
	const role = host.exec(name)?.[1];
	return personas.find((persona) => persona === role);
}
