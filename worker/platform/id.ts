// UUIDv7: sortable by the instant of its making.

/** When a UUIDv7 was made, by the clock of its maker: epoch ms. */
export function instantOf(uuidv7: string): number {
	return Number.parseInt(uuidv7.slice(0, 8) + uuidv7.slice(9, 13), 16);
}

/** Random bits come from the platform; `at` is epoch ms. */
export function uuidv7(at: number): string {
	return written(crypto.getRandomValues(new Uint8Array(16)), at);
}

/** Of what another system calls by a name of its own: the same name has the same last half, whatever its instant. */
export async function uuidv7Of(name: string, at: number): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
	return written(new Uint8Array(digest, 0, 16), at);
}

function written(bytes: Uint8Array, at: number): string {
	const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
	view.setUint16(0, Math.floor(at / 2 ** 32));
	view.setUint32(2, at % 2 ** 32);
	view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
	view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
