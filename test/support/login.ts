// The shop's own login, which vouches for who it is that a browser belongs to.

import { createHmac } from "node:crypto";

export const login = {
	algorithm: "HS256",
	key: "a secret of the shop and of nobody else",
	audience: "witaj",
} as const;

/** What the shop's server says of somebody who has logged in, for ten minutes. */
export function tokenOf(claims: object): string {
	const exp = Math.floor(Date.now() / 1_000) + 600;
	const parts = [{ alg: "HS256" }, { aud: login.audience, exp, ...claims }].map((part) =>
		Buffer.from(JSON.stringify(part)).toString("base64url"),
	);
	const mac = createHmac("sha256", login.key).update(parts.join(".")).digest("base64url");
	return [...parts, mac].join(".");
}
