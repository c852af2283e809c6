// What an authenticator makes of the key that is typed into it (RFC 4648).

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function bytesOfBase32(text: string): Uint8Array<ArrayBuffer> {
	const bits = Array.from(text, (letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
	return new Uint8Array((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
