// Passwords, kept as what scrypt makes of them with its parameters beside: so that these can be raised and the old hashes
// still be read.

import crypto from "node:crypto";
import { base64UrlOf, bytesOf } from "./base64.ts";
import { isSame } from "./key.ts";

/** 16 MiB and some 170 ms. In production N·r·p may be 2^20 at most. */
export const cost = { N: 2 ** 14, r: 8, p: 5 } as const;
const keyBytes = 32;
const saltBytes = 16;

/** `scrypt$N$r$p$salt$key`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
	const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
	return written(cost, salt, await derive(password, salt, cost));
}

/** Where there is no hash as much is computed as where there is one: how long it takes tells nobody whom we know. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
	const [, N, r, p, salt = ""] = (hash ?? nobodys).split("$");
	const parameters = { N: Number(N), r: Number(r), p: Number(p) };
	const bytes = bytesOf(salt) ?? new Uint8Array();
	const again = written(parameters, bytes, await derive(password, bytes, parameters));
	return isSame(again, hash ?? nobodys) && hash !== null;
}

type Cost = { readonly [parameter in keyof typeof cost]: number };

const nobodys = written(cost, new Uint8Array(saltBytes), new Uint8Array(keyBytes));

function written({ N, r, p }: Cost, salt: Uint8Array, key: Uint8Array): string {
	return ["scrypt", N, r, p, base64UrlOf(salt), base64UrlOf(key)].join("$");
}

/** Compatibility forms of a letter are one letter, however a keyboard writes it. */
function derive(password: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Uint8Array> {
	const maxmem = 256 * N * r;
	return new Promise((resolve, reject) =>
		crypto.scrypt(password.normalize("NFKC"), salt, keyBytes, { N, r, p, maxmem }, (error, key) =>
			error ? reject(error) : resolve(new Uint8Array(key)),
		),
	);
}
