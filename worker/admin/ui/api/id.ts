// Ids that the caller makes, so that what is sent twice happens once.

/** A UUIDv7 of now. */
export function newId(now: number = Date.now()): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const time = now.toString(16).padStart(12, "0");
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const rest = Array.from(bytes.slice(6), (byte) => byte.toString(16).padStart(2, "0")).join("");
	return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}
