// Bytes as text that may stand in addresses and cookies: base64url without padding (RFC 4648).

export function base64UrlOf(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace(/=+$/, "");
}

/** Nothing for what is none. */
export function bytesOf(base64Url: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[\w-]*$/.test(base64Url) || base64Url.length % 4 === 1) return undefined;
	const binary = atob(base64Url.replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
